"""Measure pages of the built book with Lighthouse, as on a slow phone and on a desktop.

Run it with ``make lighthouse``; the reports land in ``_build/lighthouse``. Names of pages may be
given as arguments to measure only those. The exit code is 1 if a page stays below ``WANTED``.
"""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from statistics import median

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "site"))

from browsing import FLAGS, find_chromium, serve
from built_site import ROOT, SITE, page_names

# npm leaves Lighthouse out where Node is older than it asks for; another one can be named.
PROGRAM = Path(
    os.environ.get("LIGHTHOUSE") or ROOT / "book" / "_node" / "node_modules" / ".bin" / "lighthouse"
)
NOT_INSTALLED = (
    "Lighthouse is not installed: run `make lighthouse`, with npm and Node 22.19 or newer there,"
    " or set LIGHTHOUSE to the path of one."
)
REPORTS = ROOT / "_build" / "lighthouse"
# Device -> the lowest score of each category that will do.
OTHERS = {"accessibility": 100, "best-practices": 100, "seo": 100}
WANTED = {"mobile": {"performance": 95, **OTHERS}, "desktop": {"performance": 100, **OTHERS}}


def measure(chromium: str, url: str, device: str, report: Path) -> dict[str, int]:
    """Run Lighthouse on one page; return its scores."""
    command = [
        str(PROGRAM), url, "--quiet", "--output=json", f"--output-path={report}",
        f"--chrome-flags=--headless=new {' '.join(FLAGS)}",
        f"--only-categories={','.join(WANTED[device])}",
        *(["--preset=desktop"] if device == "desktop" else []),
    ]  # fmt: skip
    subprocess.run(command, check=True, env={**os.environ, "CHROME_PATH": chromium})
    found = json.loads(report.read_text(encoding="utf-8"))["categories"]
    return {name: round(100 * (found[name]["score"] or 0)) for name in WANTED[device]}


def judge(chromium: str, url: str, device: str, report: Path) -> dict[str, int]:
    """Measure a page; if it is below what is wanted, three times, and return the medians.

    A computer that does something else in between makes a page look slower than it is.
    """
    rounds = [measure(chromium, url, device, report)]
    if too_low(rounds[0], device):
        rounds += [measure(chromium, url, device, report) for _ in range(2)]
    return {kind: round(median(one[kind] for one in rounds)) for kind in WANTED[device]}


def too_low(scores: dict[str, int], device: str) -> list[str]:
    """Return the categories in which the scores are below what is wanted."""
    return [kind for kind, score in scores.items() if score < WANTED[device][kind]]


def main(wanted: list[str]) -> int:
    """Measure the pages, print a table; return the exit code."""
    chromium = find_chromium()
    if chromium is None:
        print("No Chromium found: install one, or set CHROMIUM to its path.", file=sys.stderr)
        return 1
    if not PROGRAM.exists() or shutil.which("node") is None:
        print(NOT_INSTALLED, file=sys.stderr)
        return 1
    REPORTS.mkdir(parents=True, exist_ok=True)
    names = wanted or page_names()
    short = 0
    with serve(SITE, compressed=True) as address:
        for name in names:
            for device in WANTED:
                report = REPORTS / f"{name.replace('/', '-')}-{device}.json"
                scores = judge(chromium, f"{address}/{name}.html", device, report)
                low = too_low(scores, device)
                short += bool(low)
                row = " ".join(f"{score:4d}" for score in scores.values())
                print(
                    f"{name:24} {device:8} {row}  {'low: ' + ', '.join(low) if low else ''}",
                    flush=True,
                )
    print(f"(columns: {', '.join(WANTED['mobile'])}; reports in {REPORTS})")
    return 1 if short else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
