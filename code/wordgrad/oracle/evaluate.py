"""From a syntax tree to numbers, at all points of a world at once.

Nothing is rewritten, expanded or simplified: a sum adds, a derivative perturbs.
"""

from wordgrad.latex import syntax
from wordgrad.meaning.notation import Notation
from wordgrad.oracle import rules_algebra, rules_derivatives, rules_sums  # noqa: F401  (their rules)
from wordgrad.oracle.arithmetic import DOUBLES, Arithmetic
from wordgrad.oracle.evaluator import Evaluator
from wordgrad.oracle.values import Value
from wordgrad.oracle.world import World

__all__ = ["Evaluator", "evaluate"]


def evaluate(
    expression: syntax.Expr, notation: Notation, world: World, numbers: Arithmetic = DOUBLES
) -> Value:
    """The value of an expression at every point of a world.

    Parameters
    ----------
    expression : Expr
    notation : Notation
    world : World
        Must hold the arrays, tables and free indices of the expression.
    numbers : Arithmetic
        Doubles, or fifty digits.

    Returns
    -------
    Value
        Its array has shape (points, rows, columns); not a number where there is no real value.

    Raises
    ------
    EvaluationError
        If shapes do not fit or something is not known.
    """
    return Evaluator(notation, world, numbers).value(expression)
