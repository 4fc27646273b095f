"""The checker beside HuggingFace Math-Verify, on last lines whose rightness is computed.

    python tests/benchmarks/bench_math_verify.py [--out FILE]

The lines are the results of the derivations in tests/checker/corpus, in many notations, right and
wrong; which is which is found by evaluating each in NumPy (tests/checker/corpus/truth.py), not by
either contestant.  Math-Verify compares a line with the book's result; the checker compares it with
the derivative of the loss.  Lines in another layout and lines under special assumptions are left
out, because Math-Verify can be told neither.  Needs the extra `bench`.
"""

import argparse
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "code")]

from tests.benchmarks import record  # noqa: E402
from tests.checker.corpus.reader import Case, corpus  # noqa: E402
from tests.checker.corpus.truth import label  # noqa: E402

from wordgrad.checker import check_derivation  # noqa: E402
from wordgrad.derivations import derivation  # noqa: E402
from wordgrad.latex.parser import NotUnderstood, parse_line  # noqa: E402

MISSING = """\
Math-Verify is not installed here. Install the extra `bench`:
    .venv/bin/python -m pip install -e ".[bench]"
or only what this script needs, in an environment of its own:
    python3 -m venv /tmp/bench && /tmp/bench/bin/pip install -e . "math-verify[antlr4_13_2]"
    /tmp/bench/bin/python tests/benchmarks/bench_math_verify.py"""
OUTCOMES = ("accepted", "rejected", "could not read")
HOLDS = ("proved", "agrees", "layout")


@dataclass(frozen=True)
class Answer:
    """A last line: what a reader gives as the result of a derivation."""

    case: Case
    latex: str
    right: bool


def answers() -> Iterator[Answer]:
    """The last line of each derivation of the corpus that both contestants can be asked about."""
    for case in corpus():
        last = case.formulas[-1]
        if case.layout != "rows" or case.assuming or last.left is not None:
            continue
        truth = label(case, last)
        if truth != "layout":
            yield Answer(case, _right_hand_side(last.latex), truth == "right")


def _right_hand_side(line: str) -> str:
    """What follows the last relation sign."""
    try:
        begin, end = parse_line(line).parts[-1].span
    except NotUnderstood:
        return line.rpartition("=")[2].strip()
    return line[begin:end]


def by_checker(answer: Answer) -> str:
    """The outcome of `wordgrad.checker`."""
    (line,) = check_derivation([answer.latex], answer.case.target).lines
    if line.status == "not_understood":
        return "could not read"
    return "accepted" if line.status in HOLDS else "rejected"


def by_math_verify(answer: Answer) -> str:
    """The outcome of Math-Verify; a text that it only compares as text counts as not read."""
    from math_verify import parse, verify

    gold = _gold(answer.case.target)
    given = parse(f"${answer.latex}$")
    if verify(gold, given):
        return "accepted"
    unread = all(isinstance(part, str) for part in given)
    return "could not read" if unread else "rejected"


@cache
def _gold(target: str) -> Any:
    """The book's result, as Math-Verify reads it."""
    from math_verify import parse

    return parse(f"${derivation(target).result.lstrip('= ')}$")


CONTESTANTS = {"wordgrad": by_checker, "Math-Verify": by_math_verify}


def main() -> None:
    parser = argparse.ArgumentParser(description="the checker and Math-Verify on the same lines")
    parser.add_argument("--out", type=Path, default=record.RESULTS / "math_verify.json")
    arguments = parser.parse_args()
    if record.version("math-verify") is None:
        sys.exit(MISSING)
    asked = list(answers())
    counts = {name: Counter[str]() for name in CONTESTANTS}
    lines = []
    for answer in asked:
        truth = "right" if answer.right else "wrong"
        found = {name: judge(answer) for name, judge in CONTESTANTS.items()}
        for name, outcome in found.items():
            counts[name][f"{truth} {outcome}"] += 1
        lines.append({"id": answer.case.id, "latex": answer.latex, "truth": truth} | found)
    right = sum(answer.right for answer in asked)
    totals = {"right": right, "wrong": len(asked) - right}
    rows = [f"{truth} {outcome}" for truth in totals for outcome in OUTCOMES]
    table = {name: {row: count[row] for row in rows} for name, count in counts.items()}
    _show(totals, table)
    packages = ("wordgrad", "math-verify", "latex2sympy2-extended", "sympy", "numpy")
    record.write(arguments.out, {"lines": totals, "counts": table, "answers": lines}, packages)


def _show(totals: dict[str, int], table: dict[str, dict[str, int]]) -> None:
    print(f"{totals['right']} right and {totals['wrong']} wrong last lines")
    print(f"{'':24}" + "".join(f"{name:>14}" for name in table))
    for row in next(iter(table.values())):
        print(f"{row:24}" + "".join(f"{counts[row]:14}" for counts in table.values()))


if __name__ == "__main__":
    main()
