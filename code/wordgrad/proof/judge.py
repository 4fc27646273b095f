"""The judgement of one line against another: prover first, oracle where the prover is silent.

The two judges share no rule.  If the prover says "equal" and the oracle finds a point where the
sides differ, one of them is broken: that is an error of ours and stops everything.
"""

from collections.abc import Iterable, Mapping

from wordgrad.calculus.errors import CalculusError
from wordgrad.calculus.limits import TooLarge
from wordgrad.calculus.sorts import Sort
from wordgrad.latex.errors import NotUnderstood
from wordgrad.latex.syntax import Expr, Line
from wordgrad.meaning.elaborate import Elaboration, elaborate_line
from wordgrad.meaning.faults import LineError, UnknownName, Unsupported
from wordgrad.meaning.notation import Notation
from wordgrad.meaning.shapes import Typed
from wordgrad.oracle.compare import Agreement, EvaluationError, NoData, Witness, compare
from wordgrad.proof.derivation import Derivation
from wordgrad.proof.prover import prover_for
from wordgrad.proof.verdict import Verdict


class JudgesDisagree(AssertionError):
    """The prover calls equal what the oracle tells apart: a defect in one of them."""


def judge(
    above: str | Expr, line: str | Expr, notation: Notation, *, oracle: bool = False
) -> Verdict:
    """Is `line` equal to the line above it?

    Parameters
    ----------
    above, line : str or Expr
        Expressions as LaTeX, without relation signs, or as syntax trees.
    notation : Notation
        Letters and assumptions.
    oracle : bool
        Ask the oracle even when the line is proved.

    Returns
    -------
    Verdict
        Lines are compared for all sizes and in every component.

    Raises
    ------
    JudgesDisagree
        If the line is proved and the oracle has a witness against it.
    OutOfTime
        If a `time_limit` is set around the call and is over.

    Examples
    --------
    >>> from wordgrad.meaning.contexts import naive_softmax
    >>> judge(r"\\frac{\\partial J}{\\partial u_w}", r"\\hat y_w v_c", naive_softmax()).status
    'wrong'
    """
    try:
        left = _meaning(above, notation)
        right = _meaning(line, notation, left.free_indices)
        return _judged(left, right, notation, oracle)
    except (NotUnderstood, Unsupported, UnknownName, TooLarge) as error:
        return Verdict("not_understood", str(error))
    except (LineError, EvaluationError) as error:
        return Verdict("ill_formed", str(error))
    except (ArithmeticError, RecursionError):
        return Verdict("not_understood", "numbers or nesting in this line are too large to handle")


def _judged(left: Elaboration, right: Elaboration, notation: Notation, oracle: bool) -> Verdict:
    mismatch = _shape_mismatch(left.parts[-1], right.parts[-1])
    if mismatch:
        return Verdict("ill_formed", mismatch)
    reason = _why_not_proved(left, right, notation)
    if reason:
        return _ask_oracle(left, right, notation, reason)
    if oracle:
        _cross_examine(left, right, notation)
    conditions = prover_for(notation).undischarged((*left.conditions, *right.conditions))
    return Verdict("proved", _sentence(conditions), side_conditions=conditions)


def _meaning(
    line: str | Expr, notation: Notation, free: Mapping[str, Sort] | None = None
) -> Elaboration:
    return elaborate_line(line if isinstance(line, str) else Line((line,)), notation, free)


def _why_not_proved(left: Elaboration, right: Elaboration, notation: Notation) -> str:
    """Empty if proved."""
    try:
        if prover_for(notation).equal(left.parts[-1], right.parts[-1]):
            return ""
    except (CalculusError, TooLarge) as error:
        return f"no proof: {error}"
    return "no proof found"


def _compared(
    left: Elaboration, right: Elaboration, notation: Notation
) -> Agreement | Witness | NoData:
    return compare(left.line.parts[-1], right.line.parts[-1], notation)


def _cross_examine(left: Elaboration, right: Elaboration, notation: Notation) -> None:
    outcome = _compared(left, right, notation)
    if isinstance(outcome, Witness):
        raise JudgesDisagree(f"proved equal, yet different at {outcome}: {left.text}, {right.text}")


def _ask_oracle(left: Elaboration, right: Elaboration, notation: Notation, reason: str) -> Verdict:
    outcome = _compared(left, right, notation)
    if isinstance(outcome, Witness):
        return Verdict("wrong", "the two sides differ at these numbers", outcome)
    if isinstance(outcome, NoData) and outcome.without_value == ("right",):
        return Verdict("wrong", "this line has no real value at any point that was tried")
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
        judge(above, line, derivation.notation, oracle=oracle) for above, line in derivation.pairs()
    )


def all_proved(verdicts: Iterable[Verdict]) -> bool:
    """Is every line proved without open side conditions?"""
    return all(v.status == "proved" and not v.side_conditions for v in verdicts)
