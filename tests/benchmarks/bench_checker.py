"""How fast the checker is: seconds a line over the whole corpus, and seconds to import it.

    python tests/benchmarks/bench_checker.py [--repeats N] [--out FILE]

Time is that of the processor, so that other work on the machine counts less.  The corpus is read
from its start in a new process, as one reader after another would send it; each line is judged in
the derivation it belongs to.
"""

import argparse
import statistics
import subprocess
import sys
import time
from collections import defaultdict
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "code")]

from tests.benchmarks import record  # noqa: E402
from tests.checker.corpus.reader import corpus  # noqa: E402

TARGETS = {"median": 0.050, "worst": 2.0, "import": 1.0}  # seconds
SLOWEST = 10  # lines that are shown
IMPORT = """
import sys, time
sys.path.insert(0, sys.argv[1])
import numpy, sympy
begin = time.process_time()
import wordgrad.checker
print(time.process_time() - begin)
"""


def main() -> None:
    parser = argparse.ArgumentParser(description="seconds a line, and seconds to import")
    parser.add_argument("--repeats", type=int, default=3, help="of the import, 3 or more")
    parser.add_argument("--out", type=Path, default=record.RESULTS / "checker.json")
    arguments = parser.parse_args()
    imports = [_import_time() for _ in range(arguments.repeats)]
    lines = _timed_lines()
    seconds = sorted(line["seconds"] for line in lines)
    by_status: dict[str, list[float]] = defaultdict(list)
    for line in lines:
        by_status[line["status"]].append(line["seconds"])
    measured = {"median": statistics.median(seconds), "worst": seconds[-1]}
    measured |= {"import": statistics.median(imports)}
    slowest = sorted(lines, key=lambda line: -line["seconds"])[:SLOWEST]
    result = {
        "targets": TARGETS,
        "measured": {name: round(value, 4) for name, value in measured.items()},
        "mean": round(statistics.fmean(seconds), 4),
        "lines": len(lines),
        "imports": [round(value, 3) for value in imports],
        "by_status": {
            status: {"lines": len(found), "median": round(statistics.median(found), 4),
                     "worst": round(max(found), 4)}
            for status, found in sorted(by_status.items())
        },
        "slowest": slowest,
    }  # fmt: skip
    _show(result)
    record.write(arguments.out, result, ("wordgrad", "sympy", "numpy", "lark", "mpmath"))


def _import_time() -> float:
    done = subprocess.run(
        [sys.executable, "-c", IMPORT, str(ROOT / "code")],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    return float(done.stdout)


def _timed_lines() -> list[dict[str, Any]]:
    """Each line of the corpus with the seconds it took, all readings of it together."""
    from wordgrad.checker import check

    found: dict[tuple[str, str], dict[str, Any]] = {}
    judged = check.line_report

    def timed(text: str, state: Any) -> Any:
        begin = time.process_time()
        line = judged(text, state)
        seconds = time.process_time() - begin
        seconds += found.get((case.id, text), {"seconds": 0.0})["seconds"]
        row = {"seconds": round(seconds, 5), "status": line.status, "id": case.id, "latex": text}
        found[case.id, text] = row
        return line

    check.line_report = timed
    try:
        for case in corpus():
            lines = [formula.latex for formula in case.formulas]
            check.check_derivation(lines, case.target, case.layout, case.assuming)
    finally:
        check.line_report = judged
    return list(found.values())


def _show(result: dict[str, Any]) -> None:
    print(f"{result['lines']} lines")
    for name, target in TARGETS.items():
        value = result["measured"][name]
        verdict = "within" if value <= target else "OVER"
        print(f"{name:8} {1000 * value:9.1f} ms   {verdict} the target of {1000 * target:.0f} ms")
    print("by status:")
    for status, row in result["by_status"].items():
        print(f"  {status:15} {row['lines']:5}  median {1000 * row['median']:7.1f} ms"
              f"  worst {1000 * row['worst']:7.1f} ms")  # fmt: skip
    print("slowest:")
    for line in result["slowest"]:
        print(f"  {1000 * line['seconds']:7.1f} ms  {line['id']}: {line['latex'][:70]}")


if __name__ == "__main__":
    main()
