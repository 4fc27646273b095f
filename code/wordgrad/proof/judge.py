"""The judgement of one line against another: prover first, oracle where the prover is silent.

The two judges share no rule.  If the prover says "equal" and the oracle finds a point where the
sides differ, one of them is broken: that is an error of ours and stops everything.
"""

from collections.abc import Iterable

from wordgrad.calculus.errors import CalculusError
from wordgrad.latex.elaborate import Elaboration, elaborate_line
from wordgrad.latex.errors import NotUnderstood
from wordgrad.latex.faults import LineError
from wordgrad.latex.notation import Notation
from wordgrad.latex.parser import parse_expression
from wordgrad.latex.shapes import Typed
from wordgrad.proof.derivation import Derivation
from wordgrad.proof.oracle import NoData, Witness, compare
from wordgrad.proof.prover import prover_for
from wordgrad.proof.verdict import Verdict


class JudgesDisagree(AssertionError):
    """The prover calls equal what the oracle tells apart: a defect in one of them."""


def judge(above: str, line: str, notation: Notation, *, oracle: bool = False) -> Verdict:
    """Is `line` equal to the line above it?

    Parameters
    ----------
    above, line : str
        LaTeX expressions, without relation signs.
    notation : Notation
        Letters and assumptions.
    oracle : bool
        Ask the oracle even when the line is proved.

    Raises
    ------
    JudgesDisagree
        If the line is proved and the oracle has a witness against it.
    """
    try:
        left, right = elaborate_line(above, notation), elaborate_line(line, notation)
    except NotUnderstood as error:
        return Verdict("not_understood", str(error))
    except LineError as error:
        return Verdict("ill_formed", str(error))
    mismatch = _shape_mismatch(left.parts[-1], right.parts[-1])
    if mismatch:
        return Verdict("ill_formed", mismatch)
    reason = _prove(left, right, notation)
    if reason and not oracle:
        return _ask_oracle(above, line, notation, reason)
    if not reason:
        conditions = prover_for(notation).undischarged((*left.conditions, *right.conditions))
        if oracle:
            _cross_examine(above, line, notation)
        return Verdict("proved", _sentence(conditions), side_conditions=conditions)
    return _ask_oracle(above, line, notation, reason)


def _prove(left: Elaboration, right: Elaboration, notation: Notation) -> str:
    """Empty if proved, else why not."""
    try:
        if prover_for(notation).equal(left.parts[-1], right.parts[-1]):
            return ""
    except CalculusError as error:
        return f"no proof: {error}"
    return "no proof found"


def _cross_examine(above: str, line: str, notation: Notation) -> None:
    outcome = compare(parse_expression(above), parse_expression(line), notation)
    if isinstance(outcome, Witness):
        raise JudgesDisagree(f"proved, but the oracle tells apart {above} and {line}: {outcome}")


def _ask_oracle(above: str, line: str, notation: Notation, reason: str) -> Verdict:
    outcome = compare(parse_expression(above), parse_expression(line), notation)
    if isinstance(outcome, Witness):
        return Verdict("wrong", "the two lines differ at these numbers", outcome)
    if isinstance(outcome, NoData):
        return Verdict("not_understood", f"{reason}, and no point to try: {outcome.reason}")
    return Verdict("agrees", f"{reason}; equal at {outcome.evaluations} random points")


def _shape_mismatch(left: Typed, right: Typed) -> str:
    if (left.rows, left.cols) == (right.rows, right.cols) or right.is_zero or left.is_zero:
        return ""
    return f"this line is {right.describe()}, the line above is {left.describe()}"


def _sentence(conditions: tuple[str, ...]) -> str:
    return f"holds where {', '.join(f'${c}$' for c in conditions)}" if conditions else ""


def judge_derivation(derivation: Derivation, *, oracle: bool = False) -> tuple[Verdict, ...]:
    """A verdict for each step, judged against the line above it."""
    return tuple(
        judge(above, line, derivation.notation, oracle=oracle)
        for above, line in derivation.pairs()
    )


def all_proved(verdicts: Iterable[Verdict]) -> bool:
    """Is every line proved without open side conditions?"""
    return all(v.status == "proved" and not v.side_conditions for v in verdicts)
