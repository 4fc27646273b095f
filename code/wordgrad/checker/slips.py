"""The search for a slip: which single edit makes a wrong line right?

Candidates are screened in one small world, which takes a fraction of a millisecond, and the most
plausible ones that pass are confirmed by the judges.  A line that is also in another layout is
compared there; a line that no edit repairs may still hold under an assumption that it forgot.
"""

from collections.abc import Iterable, Iterator
from itertools import islice

from wordgrad.calculus.limits import OutOfTime, check_time, time_limit
from wordgrad.checker.additions import additions
from wordgrad.checker.capture import both_free_and_bound, captured
from wordgrad.checker.comparison import Reference
from wordgrad.checker.edits import Edit, edits
from wordgrad.checker.factors import insertable
from wordgrad.checker.forgotten import forgotten_case
from wordgrad.checker.naming import plausibility, slip_name
from wordgrad.checker.report import Slip
from wordgrad.checker.screen import Screen
from wordgrad.checker.tidy import tidy
from wordgrad.checker.trees import index_names, places
from wordgrad.checker.words import sentence
from wordgrad.latex.printer import to_latex
from wordgrad.latex.syntax import Expr, IndexName, Line
from wordgrad.meaning.elaborate import elaborate_line
from wordgrad.meaning.faults import LineError
from wordgrad.proof.judge import judge

MOST_CANDIDATES = 3000  # so that the same line has the same slip on every machine
SECONDS = 10.0  # for lines whose candidates are slow
_CONFIRMED = 5  # how many candidates that pass are taken to the judges


def find_slip(
    part: Expr, reference: Reference, others: Iterable[Reference] = ()
) -> tuple[Slip | None, str]:
    """The slip in a wrong expression, and the repaired expression as LaTeX.

    Parameters
    ----------
    part : Expr
        The wrong right-hand side.
    reference : Reference
        What it should equal.
    others : iterable of Reference
        The same in other layouts, tried if the line cannot be repaired in its own.

    Returns
    -------
    slip : Slip or None
        None if no single edit repairs the line, or none was found in time.
    repair : str
        LaTeX, empty without a slip and where a case was forgotten.
    """
    try:
        with time_limit(SECONDS):
            return _search(part, reference, others)
    except OutOfTime:
        return None, ""


def _search(
    part: Expr, reference: Reference, others: Iterable[Reference]
) -> tuple[Slip | None, str]:
    for wanted in (reference, *others):
        found = sorted(_passing(part, wanted), key=plausibility)
        for edit in found[:_CONFIRMED]:
            if judge(wanted.tree, edit.tree, wanted.notation).status in ("proved", "agrees"):
                return _slip(edit, part, wanted), to_latex(tidy(edit.tree))
    return _forgotten(part, reference), ""


def _forgotten(part: Expr, reference: Reference) -> Slip | None:
    """The line holds in some cases only."""
    found = forgotten_case(part, reference)
    if found is None:
        return None
    name, condition = found
    written = to_latex(part)
    return Slip(name, f"${written}$ is right only if {condition}.", written, "")


def _passing(part: Expr, reference: Reference) -> Iterator[Edit]:
    """The edits that repair the line, as far as one world can tell."""
    neighbours = (part, *insertable(part, reference.notation))
    screen = Screen(reference.tree, neighbours, reference.notation)
    for edit in islice(_candidates(part, reference), MOST_CANDIDATES):
        check_time()
        if screen.passes(edit.tree):
            yield edit


def _candidates(part: Expr, reference: Reference) -> Iterator[Edit]:
    indices = _indices(part, reference)
    seen = {part}
    for source in (
        additions(part, reference.notation, indices),
        captured(part, index_names(reference.tree)),
        edits(part, indices),
    ):
        for edit in source:
            if edit.tree not in seen:
                seen.add(edit.tree)
                yield edit


def _indices(part: Expr, reference: Reference) -> tuple[str, ...]:
    """Free index names that could have been meant."""
    names: dict[str, None] = {}
    for tree in (reference.tree, part):
        try:
            names |= dict.fromkeys(elaborate_line(Line((tree,)), reference.notation).free_indices)
        except LineError:
            names |= dict.fromkeys(
                place.node.name
                for place in places(tree)
                if isinstance(place.node, IndexName) and place.node.name not in place.bound
            )
    return tuple(names | dict.fromkeys(reference.notation.constants))


def _slip(edit: Edit, part: Expr, reference: Reference) -> Slip:
    written, meant = to_latex(edit.before), to_latex(tidy(edit.after))
    name = slip_name(edit)
    if name == "wrong index" and both_free_and_bound(edit.before, part, reference.tree):
        name = "index both free and bound"
    return Slip(name, sentence(name, written, meant), written, meant)
