"""The search for a slip: which single edit makes a wrong line right?

Candidates are judged by the oracle first, which takes a fraction of a millisecond, and the first
ones that agree are confirmed by the prover.  Among several the smallest change wins.
"""

import time
from collections.abc import Iterator

from wordgrad.checker.additions import additions
from wordgrad.checker.comparison import Reference
from wordgrad.checker.edits import Edit, edits
from wordgrad.checker.naming import plausibility, slip_name
from wordgrad.checker.report import Slip
from wordgrad.checker.trees import places
from wordgrad.checker.words import sentence
from wordgrad.latex.elaborate import elaborate_line
from wordgrad.latex.faults import LineError
from wordgrad.latex.printer import to_latex
from wordgrad.latex.syntax import Expr, IndexName, Line
from wordgrad.proof.judge import judge
from wordgrad.proof.oracle import Agreement, EvaluationError, compare

SECONDS = 1.0
_CONFIRMED = 3  # how many agreeing candidates are taken to the prover


def find_slip(part: Expr, reference: Reference) -> tuple[Slip | None, str]:
    """The slip in a wrong expression, and the repaired expression as LaTeX.

    Parameters
    ----------
    part : Expr
        The wrong right-hand side.
    reference : Reference
        What it should equal.

    Returns
    -------
    slip : Slip or None
        None if no single edit repairs the line, or none was found in time.
    repair : str
        LaTeX, empty without a slip.
    """
    end = time.monotonic() + SECONDS
    agreeing: list[Edit] = []
    for edit in _candidates(part, reference):
        if _agrees(edit.tree, reference):
            agreeing.append(edit)
        if time.monotonic() > end:
            break
    for edit in sorted(agreeing, key=plausibility)[:_CONFIRMED]:
        if judge(reference.tree, edit.tree, reference.notation).status == "proved":
            return _slip(edit), to_latex(edit.tree)
    return None, ""


def _candidates(part: Expr, reference: Reference) -> Iterator[Edit]:
    indices = _indices(part, reference)
    seen = {part}
    for edit in (*edits(part, indices), *additions(part, reference.notation, indices)):
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


def _agrees(candidate: Expr, reference: Reference) -> bool:
    try:
        outcome = compare(reference.tree, candidate, reference.notation)
    except (LineError, EvaluationError):
        return False
    return isinstance(outcome, Agreement)


def _slip(edit: Edit) -> Slip:
    written, meant = to_latex(edit.before), to_latex(edit.after)
    name = slip_name(edit)
    return Slip(name, sentence(name, written, meant), written, meant)
