"""The second judge: are two expressions equal in numbers?

It tries several sizes, every pattern of coinciding indices that the assumptions allow, and several
draws of each.  It knows no rule of calculus: see `evaluate` and `numeric_derivative`.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from wordgrad.latex.notation import Notation
from wordgrad.latex.syntax import Expr
from wordgrad.proof.arithmetic import decimals
from wordgrad.proof.evaluate import Evaluator
from wordgrad.proof.evaluator import definition_tree
from wordgrad.proof.reader import read
from wordgrad.proof.reading import Needs, Reading
from wordgrad.proof.values import EvaluationError, Value, common_shape
from wordgrad.proof.witness import Witness, witness_at
from wordgrad.proof.world import draw_world

__all__ = ["Agreement", "EvaluationError", "NoData", "Witness", "compare"]

Array = NDArray[Any]

SIZES: tuple[Mapping[str, int], ...] = (
    {"d": 1, "V": 2, "K": 2, "m": 1},  # the simplest witnesses
    {"d": 2, "V": 3, "K": 2, "m": 1},
    {"d": 3, "V": 5, "K": 2, "m": 2},  # all four ranges differ in length
)
ROOMY: Mapping[str, int] = {"d": 2, "V": 9, "K": 3, "m": 1}  # for words that must all differ
PLAIN = 1e-2  # a relative difference that shows in the first digits
CERTAIN = 1e-5  # one that rounding cannot explain
EQUAL = 1e-9  # one that rounding explains
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
    """

    reason: str


@dataclass
class _Tally:
    """What has been seen so far."""

    equal: int = 0
    one_sided: int = 0


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
    >>> from wordgrad.latex.contexts import scalar
    >>> from wordgrad.latex.parser import parse_expression
    >>> left, right = parse_expression(r"1-\\sigma(x)"), parse_expression(r"\\sigma(x)")
    >>> print(compare(left, right, scalar()))
    x=2: 0.119203 against 0.880797
    """
    assumed = _assumed(notation, read((left, right), notation))
    reading = read((left, right, *assumed), notation)
    needs, tally = reading.needs(), _Tally()
    evaluators = [
        evaluator_for(needs, size, seeds, rng_seed) for size in _sizes(reading, needs, sizes)
    ]
    crowded = None in evaluators
    if crowded:
        (roomy,) = _sizes(reading, needs, [ROOMY])
        evaluators.append(evaluator_for(needs, roomy, seeds, rng_seed))
    for evaluator in filter(None, evaluators):
        witness = _at_size(left, right, evaluator, needs, assumed, tally)
        if witness is not None:
            return witness
    if tally.equal:
        return Agreement(tally.equal, tally.one_sided)
    if crowded:
        return NoData("the assumptions leave no room at the sizes that were tried")
    return NoData("at no point that was tried do both sides have a real value")


@lru_cache(maxsize=64)
def evaluator_for(
    needs: Needs, sizes: tuple[tuple[str, int], ...], seeds: int, rng_seed: int
) -> Evaluator | None:
    """An evaluator in the world that these needs get; None if the assumptions leave no room."""
    world = draw_world(needs, dict(sizes), seeds, np.random.default_rng(rng_seed))
    return None if world is None else Evaluator(needs.notation, world)


def _assumed(notation: Notation, reading: Reading) -> list[Expr]:
    """What is taken to be positive, as far as the lines speak of it."""
    trees = [definition_tree(latex) for latex in notation.assumptions.positive]
    return [
        tree
        for tree, found in ((tree, read((tree,), notation)) for tree in trees)
        if found.quantities & reading.quantities and set(found.uses) <= set(reading.uses)
    ]


def _sizes(
    reading: Reading, needs: Needs, sizes: Sequence[Mapping[str, int]]
) -> Iterator[tuple[tuple[str, int], ...]]:
    """Sizes that differ where it matters, large enough for the numbers that are written."""
    seen = set()
    for size in sizes:
        least = {"m": reading.furthest_position}
        grown = {
            letter: max(size.get(letter, 3), least.get(letter, reading.largest_number))
            for letter in dict.fromkeys((*size, *needs.sizes))
        }
        relevant = tuple(grown[letter] for letter in needs.sizes)
        if relevant not in seen:
            seen.add(relevant)
            yield tuple(grown.items())


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
