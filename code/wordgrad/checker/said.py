"""Sizes that a reader has given a number: `K = 1`, and one negative `n_1` from there on.

The prover works for every size; what holds for one only is compared in numbers.
"""

from collections.abc import Mapping

from wordgrad.latex.syntax import Expr, Name, Number
from wordgrad.meaning.notation import Notation
from wordgrad.oracle.compare import Agreement, EvaluationError, Witness, compare
from wordgrad.oracle.worlds import SIZES
from wordgrad.proof.verdict import Verdict

MOST = 6  # a size of the reader's
SEEDS = 4


def at_sizes(
    part: Expr, reference: Expr, notation: Notation, said: Mapping[str, int]
) -> Verdict | None:
    """The verdict for these sizes; None if it cannot be had in numbers."""
    sizes = [{**size, **said} for size in SIZES]
    try:
        found = compare(reference, part, notation, seeds=SEEDS, sizes=sizes)
    except (EvaluationError, ArithmeticError, RecursionError, ValueError):
        return None
    names = ", ".join(f"{size} = {count}" for size, count in said.items())
    if isinstance(found, Witness):
        if any(found.sizes.get(size, count) != count for size, count in said.items()):
            return Verdict("not_understood", f"this line needs more than {names}")
        return Verdict("wrong", "the two sides differ at these numbers", found)
    if isinstance(found, Agreement):
        return Verdict("agrees", f"equal at {found.evaluations} random points with {names}")
    return None


def said_size(first: Expr, value: Expr, notation: Notation) -> tuple[str, Expr] | None:
    """A size and what the reader says it is, for a line such as `K = 3` or `|V| = N`.

    Examples
    --------
    >>> from wordgrad.latex.parser import parse_expression
    >>> from wordgrad.meaning.contexts import negative_sampling
    >>> said_size(Name("K"), parse_expression("3"), negative_sampling())[0]
    'K'
    >>> said_size(Name("J"), parse_expression("3"), negative_sampling()) is None
    True
    """
    quantity = notation.quantity(first.name) if isinstance(first, Name) else None
    if quantity is None or quantity.kind != "size" or quantity.definition:
        return None
    if isinstance(value, Number) and value.value.denominator == 1 and 1 <= value.value <= MOST:
        return quantity.name, value
    if isinstance(value, Name) and not value.subscripts and notation.quantity(value.name) is None:
        return quantity.name, value
    return None
