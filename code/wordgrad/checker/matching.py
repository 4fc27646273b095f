"""Which target a passage aims at, found by its left-hand sides and by what it says."""

import re
from collections.abc import Mapping, Sequence

from wordgrad.checker.check import check_derivation
from wordgrad.checker.clauses import take_apart
from wordgrad.checker.comparison import Comparer
from wordgrad.checker.reading import read_line
from wordgrad.checker.report import Report
from wordgrad.checker.targets import Target, target_of
from wordgrad.checker.units import with_units
from wordgrad.derivations import ALL
from wordgrad.latex.errors import NotUnderstood
from wordgrad.latex.syntax import Expr

_SIGMA = re.compile(r"sigma(?![a-z])|sigmoid|σ")


def check_passage(
    lines: Sequence[str], layout: str = "rows", assuming: Mapping[str, str] | None = None
) -> Report:
    """Judge lines whose target is not given.

    Parameters
    ----------
    lines, layout, assuming
        As for `check_derivation`.

    Returns
    -------
    Report
        Under the target whose left-hand side occurs and under which most lines hold; in free
        mode if the lines define a loss with `:=` or no target has such a left-hand side.
    """
    if any(":=" in line for line in lines):
        return check_derivation(lines, "", layout, assuming)
    candidates = [name for name in ALL if _aims_at(lines, target_of(name))]
    fits = [
        _fit(check_derivation(lines, name, layout, assuming, slips=False), lines)
        for name in candidates
    ]
    best = candidates[fits.index(max(fits))] if fits else ""
    return check_derivation(lines, best, layout, assuming)


def _fit(report: Report, lines: Sequence[str]) -> tuple[int, int, bool, int]:
    """Most lines hold, fewest are unread, the loss looks like it, fewest assumptions are needed."""
    holding = sum(line.holds for line in report.lines)
    unread = sum(line.status == "not_understood" for line in report.lines)
    notation = target_of(report.target).notation
    sampled = any(_SIGMA.search(line) for line in lines)
    assumptions = notation.assumptions
    assumed = (assumptions.equal, assumptions.distinct, assumptions.injective, assumptions.avoiding)
    return holding, -unread, sampled == ("n" in notation.index_functions), -sum(map(len, assumed))


def _aims_at(lines: Sequence[str], target: Target) -> bool:
    comparer = Comparer(target, target.notation)
    return any(comparer.is_target(subject) for subject in _subjects(lines, target))


def _subjects(lines: Sequence[str], target: Target) -> list[Expr]:
    found: list[Expr] = []
    for text in lines:
        try:
            formula = take_apart(text).formula
            if not formula.strip():
                continue
            segments, _ = read_line(formula, with_units(target.notation))
        except NotUnderstood:
            continue
        for segment in segments:
            if not segment.continues:
                found.append(segment.parts[0])
    return found
