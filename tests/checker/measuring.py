"""What the checker says of the corpus, counted against the computed labels."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache

import pytest

from tests.checker.corpus.reader import Case, corpus
from tests.checker.corpus.truth import Label, label
from wordgrad.checker import Report, check_derivation

HOLDS = ("proved", "agrees", "layout")
TABLES = pytest.StashKey[dict[str, list[str]]]()  # what the end of a test run prints
FAILS = ("wrong", "ill_formed")


@dataclass
class Measured:
    """Counts over some derivations, with a sentence for everything that is not as it should be."""

    counts: Counter[str] = field(default_factory=Counter)
    failures: dict[str, list[str]] = field(default_factory=dict)

    def share(self, part: str, whole: str) -> float:
        """One count as a fraction of another."""
        return self.counts[part] / max(self.counts[whole], 1)

    def fail(self, kind: str, sentence: str) -> None:
        """Count something bad and remember it."""
        self.counts[kind] += 1
        self.failures.setdefault(kind, []).append(sentence)

    def table(self) -> Iterator[str]:
        """The counts, one a line."""
        for name, whole in _ROWS:
            count = self.counts[name]
            share = f"  {100 * self.share(name, whole):5.1f} %" if whole else ""
            yield f"{count:5d}{share:10s}  {name}"


_ROWS = (
    ("derivations", ""),
    ("lines", ""),
    ("lines read", "lines"),
    ("right lines", "lines"),
    ("right lines proved", "right lines"),
    ("right line called wrong", ""),
    ("lines in the other layout", "lines"),
    ("layout recognised", "layout lines read"),
    ("layout line called wrong", ""),
    ("wrong lines", "lines"),
    ("wrong line passed", ""),
    ("wrong line with a witness", "wrong lines"),
    ("wrong derivations", "derivations"),
    ("first wrong line found", "wrong derivations"),
    ("slips claimed", ""),
    ("slip named rightly", "slips claimed"),
)


@cache
def checked(case: Case) -> Report:
    """The checker's report on the formulas of a derivation."""
    lines = [formula.latex for formula in case.formulas]
    return check_derivation(lines, case.target, case.layout, case.assuming)


def labels(case: Case) -> list[Label]:
    """The computed labels of the formulas."""
    return [label(case, formula) for formula in case.formulas]


@cache
def measure(held_out: bool) -> Measured:
    """All derivations of one part of the corpus."""
    return measured(case for case in corpus() if case.held_out == held_out)


def measured(cases: Iterable[Case]) -> Measured:
    """Some derivations, checked and counted."""
    result = Measured()
    for case in cases:
        _add(result, case)
    return result


def _add(result: Measured, case: Case) -> None:
    report, wanted = checked(case), labels(case)
    result.counts["derivations"] += 1
    for number, (line, right) in enumerate(zip(report.lines, wanted, strict=True), start=1):
        where = f"{case.id}, line {number}: {line.latex}\n    {line.status}: {line.message}"
        result.counts["lines"] += 1
        if line.status == "not_understood":
            result.fail("not understood", where)
        else:
            result.counts["lines read"] += 1
        _LABELLED[right](result, line.status, where)
        if right == "wrong" and line.status in FAILS:
            explained = line.witness is not None or line.status == "ill_formed"
            result.counts["wrong line with a witness"] += explained
            if not explained:
                result.fail("no witness", where)
    if "wrong" in wanted:
        _add_first_wrong(result, case, report, wanted.index("wrong"))


def _right(result: Measured, status: str, where: str) -> None:
    result.counts["right lines"] += 1
    if status == "proved":
        result.counts["right lines proved"] += 1
    elif status == "agrees":
        result.fail("right, but only agrees", where)
    elif status == "layout":
        result.fail("right line called layout", where)
    elif status in FAILS:
        result.fail("right line called wrong", where)


def _layout(result: Measured, status: str, where: str) -> None:
    result.counts["lines in the other layout"] += 1
    result.counts["layout lines read"] += status != "not_understood"
    if status == "layout":
        result.counts["layout recognised"] += 1
    elif status in FAILS:
        result.fail("layout line called wrong", where)
    elif status in HOLDS:
        result.fail("layout not noticed", where)


def _wrong(result: Measured, status: str, where: str) -> None:
    result.counts["wrong lines"] += 1
    if status in HOLDS:
        result.fail("wrong line passed", where)


_LABELLED = {"right": _right, "layout": _layout, "wrong": _wrong}


def _add_first_wrong(result: Measured, case: Case, report: Report, first: int) -> None:
    result.counts["wrong derivations"] += 1
    if report.first_wrong == first:
        result.counts["first wrong line found"] += 1
    else:
        result.fail("first wrong line missed", f"{case.id}: {report.first_wrong} for {first}")
    slip = report.lines[first].slip
    named = slip.kind if slip else "several"
    result.counts["slips claimed"] += 1
    if named in case.slips:
        result.counts["slip named rightly"] += 1
    else:
        line = report.lines[first]
        text = f"{case.id}: {named!r} for {' / '.join(case.slips)}: {line.latex}"
        if slip:
            text += f"\n    {slip.written} -> {slip.meant}"
        result.fail("slip named otherwise", text)


def complaints(result: Measured, kinds: Iterable[str]) -> str:
    """The failures of some kinds as text, for an assertion."""
    return "\n".join(
        f"{kind}:\n  " + "\n  ".join(result.failures[kind])
        for kind in kinds
        if kind in result.failures
    )
