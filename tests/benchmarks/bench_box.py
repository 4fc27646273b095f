"""Measure how long a reader waits for verdicts in the derivation box of the built book.

    python tests/benchmarks/bench_box.py [--repeats N]

*Cold* is a first visit in a fresh browser; *warm* is another page of the same browser, which has
the site's files but starts Python again; *later* is one changed line while Python runs. Pyodide
comes from this machine, so that the network is left out. The result is JSON, with the load of the
machine, from which the times are not free.
"""

import argparse
import json
import os
import statistics
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "tests" / name) for name in ("browser", "site")]
sys.path.insert(0, str(ROOT / "book" / "_ext"))

from playwright.sync_api import BrowserContext, Page, expect  # noqa: E402

from box_driver import HOME, SOON, find_box, listen  # noqa: E402
from browsing import DESKTOP, chromium, find_chromium, reader, serve  # noqa: E402
from built_site import SITE  # noqa: E402
from pyodide_mirror import serve_pyodide  # noqa: E402

# A line of each kind, with its target: right, wrong with a slip, in another layout, unread.
LINES = {
    "right": ("= -u_o + \\sum_x \\hat y_x u_x", "naive_vc"),
    "wrong": ("= U^\\top(y - \\hat y)", "naive_vc"),
    "layout": ("= U(\\hat y - y)", "naive_vc"),
    "unread": ("= U^\\top(\\hat y - y", "naive_vc"),
    "sigmoid": ("= \\sigma(x)\\sigma(-x)", "sigmoid_derivative"),
    "negatives": ("= (\\sigma(u_o^\\top v_c) - 1)\\,v_c", "neg_uo"),
}


def first_verdict(page: Page) -> float:
    """Seconds from the click on Check to the verdict of the first example."""
    box = find_box(page, listen(page), [])
    box.button("Right").click()
    expect(box.rows()).to_have_count(3, timeout=SOON)
    began = time.perf_counter()
    box.button("Check").click()
    expect(box.summary).to_be_visible(timeout=SOON)
    return time.perf_counter() - began


def later_verdicts(page: Page) -> dict[str, list[float]]:
    """Seconds in Python for a line of each kind: the first time it is asked, and again."""
    box = find_box(page, listen(page), [])
    found: dict[str, list[float]] = {}
    for name, (line, target) in LINES.items():
        for attempt in (line, f"{line} ,"):
            box.clear()
            box.write(attempt, target)
            box.check()
            found.setdefault(name, []).append(float(box.place.get_attribute("data-seconds") or 0))
    return found


def measure(context: BrowserContext, url: str) -> dict[str, object]:
    """One reader's visits."""
    serve_pyodide(context)
    page = context.new_page()
    page.goto(f"{url}/{HOME}")
    cold = first_verdict(page)
    other = context.new_page()
    other.goto(f"{url}/{HOME}")
    return {"cold": cold, "warm": first_verdict(other), "later": later_verdicts(other)}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--repeats", type=int, default=3)
    repeats = parser.parse_args().repeats
    path = find_chromium()
    if path is None or not (SITE / HOME).is_file():
        sys.exit("This needs a Chromium and the built book: run `make book` first.")
    runs = []
    with serve(SITE, compressed=True) as url, chromium(path) as browser:
        for _ in range(repeats):
            with reader(browser, DESKTOP, "light") as context:
                runs.append(measure(context, url))
    summary = {
        name: round(statistics.median(float(str(run[name])) for run in runs), 2)
        for name in ("cold", "warm")
    }
    print(json.dumps({"median": summary, "runs": runs, "load": os.getloadavg()}, indent=1))


if __name__ == "__main__":
    main()
