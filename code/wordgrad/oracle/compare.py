"""The second judge: are two expressions equal in numbers?

It tries several sizes, every pattern of coinciding indices that the assumptions allow, and several
draws of each.  It knows no rule of calculus: see `evaluate` and `numeric_derivative`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from wordgrad.latex.syntax import Expr
from wordgrad.meaning.notation import Notation
from wordgrad.oracle.arithmetic import decimals
from wordgrad.oracle.evaluate import Evaluator
from wordgrad.oracle.evaluator import definition_tree
from wordgrad.oracle.reader import read
from wordgrad.oracle.reading import Needs, Reading
from wordgrad.oracle.values import EvaluationError, Value, common_shape
from wordgrad.oracle.witness import Witness, witness_at
from wordgrad.oracle.worlds import SIZES, evaluators

__all__ = ["Agreement", "EvaluationError", "NoData", "Witness", "compare"]

Array = NDArray[Any]

PLAIN = 1e-2  # a relative difference that shows in the first digits
CERTAIN = 1e-5  # one that rounding cannot explain
EQUAL = 1e-9  # one that rounding explains
FEW = 0.2  # share of the points: what is equal in fewer is no agreement
EXACT = 1e-15  # the same with fifty digits


@dataclass(frozen=True)
class Agreement:
    """No difference found.

    Parameters
    ----------
    evaluations : int
        Points at which both sides have a value and it is the same.
    one_sided : int
        Points at which only one side has a value (a logarithm of a negative number, say).
    """

    evaluations: int
    one_sided: int = 0


@dataclass(frozen=True)
class NoData:
    """No point could be tried.

    Parameters
    ----------
    reason : str
        In words.
    without_value : tuple of {"left", "right"}
        The sides that had no real value at any point.
    """

    reason: str
    without_value: tuple[str, ...] = ()


@dataclass
class _Tally:
    """What has been seen so far."""

    equal: int = 0
    one_sided: int = 0
    defined: dict[str, int] = field(default_factory=lambda: {"left": 0, "right": 0})

    def outcome(self) -> Agreement | NoData:
        """What is to be said if there is no witness."""
        if self.equal and self.equal >= FEW * (self.equal + self.one_sided):
            return Agreement(self.equal, self.one_sided)
        if self.equal:  # what is equal in a few corners only says little
            tried = self.one_sided + self.equal
            return NoData(f"at {self.one_sided} of {tried} points only one side has a real value")
        never = tuple(side for side, count in self.defined.items() if not count)
        if not never:
            return NoData("at no point that was tried do both sides have a real value")
        sides = " and the ".join(never)
        verb = "has" if len(never) == 1 else "have"
        return NoData(f"the {sides} side {verb} no real value at any point that was tried", never)


def compare(
    left: Expr,
    right: Expr,
    notation: Notation,
    *,
    seeds: int = 2,
    rng_seed: int = 0,
    sizes: Sequence[Mapping[str, int]] = SIZES,
) -> Agreement | Witness | NoData:
    """Compare two expressions at many points.

    Parameters
    ----------
    left, right : Expr
        Syntax trees with the same meaning of free indices.
    notation : Notation
        Letters and assumptions.
    seeds : int
        Draws of numbers for each pattern of coinciding indices.
    rng_seed : int
        Start of the random numbers; the same call gives the same result.
    sizes : sequence of mappings
        Sizes to try, simplest first.

    Returns
    -------
    Agreement, Witness or NoData
        The first witness found, at the smallest sizes and with the fewest coincidences.

    Raises
    ------
    EvaluationError
        If a side has no value at all: shapes that do not fit, an unknown name.

    Examples
    --------
    >>> from wordgrad.meaning.contexts import scalar
    >>> from wordgrad.latex.parser import parse_expression
    >>> left, right = parse_expression(r"1-\\sigma(x)"), parse_expression(r"\\sigma(x)")
    >>> print(compare(left, right, scalar()))
    x=2: 0.119203 against 0.880797
    """
    assumed = _assumed(notation, read((left, right), notation))
    reading = read((left, right, *assumed), notation)
    needs, tally, room = reading.needs(), _Tally(), False
    for evaluator in evaluators(reading, needs, sizes, seeds, rng_seed):
        room = True
        witness = _at_size(left, right, evaluator, needs, assumed, tally)
        if witness is not None:
            return witness
    if not room:
        return NoData("the assumptions leave no room at the sizes that were tried")
    return tally.outcome()


def _assumed(notation: Notation, reading: Reading) -> list[Expr]:
    """What is taken to be positive, as far as the lines speak of it."""
    trees = [definition_tree(latex) for latex in notation.assumptions.positive]
    return [
        tree
        for tree, found in ((tree, read((tree,), notation)) for tree in trees)
        if found.quantities & reading.quantities and set(found.uses) <= set(reading.uses)
    ]


def _at_size(
    left: Expr,
    right: Expr,
    evaluator: Evaluator,
    needs: Needs,
    assumed: Sequence[Expr],
    tally: _Tally,
) -> Witness | None:
    """Compare at all points of one world; count what agrees, return what does not."""
    sides = evaluator.noted("value", left, lambda: evaluator.value(left)), evaluator.value(right)
    a, b = _aligned(*sides)
    defined = [np.isfinite(side).all(axis=(1, 2)) for side in (a, b)]
    admitted = np.ones(len(a), dtype=bool)
    for expression in assumed:
        admitted &= (evaluator.value(expression).array > 0).all(axis=(1, 2))
    for side, where in zip(tally.defined, defined, strict=True):
        tally.defined[side] += int((where & admitted).sum())
    both = defined[0] & defined[1] & admitted
    tally.one_sided += int(((defined[0] ^ defined[1]) & admitted).sum())
    difference = np.where(both, _difference(a, b).max(axis=(1, 2)), 0.0)
    for point in (*np.flatnonzero(difference > PLAIN), *np.flatnonzero(difference > CERTAIN)):
        return witness_at(a[point], b[point], evaluator.world.at(int(point)), needs)
    worst = int(difference.argmax())
    if difference[worst] > EQUAL:
        world = evaluator.world.at(worst)
        exact = Evaluator(evaluator.notation, world, decimals())
        exact_sides = _aligned(exact.value(left), exact.value(right))
        if (_difference(*exact_sides) > EXACT).any():
            return witness_at(a[worst], b[worst], world, needs)
    tally.equal += int(both.sum())
    return None


def _aligned(left: Value, right: Value) -> tuple[Array, Array]:
    """Both arrays in one shape; a plain 0 takes the shape of the other side."""
    common_shape((left, right), "the two sides")
    a, b = np.broadcast_arrays(left.array, right.array)
    return a, b


def _difference(a: Array, b: Array) -> Array:
    """Relative to the largest entry at the same point, and to 1."""
    with np.errstate(all="ignore"):
        sizes = np.maximum(abs(a), abs(b)).max(axis=(1, 2), keepdims=True)
        result: Array = abs(a - b) / (1 + sizes)
    return result
