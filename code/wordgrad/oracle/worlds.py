"""The worlds in which lines are compared: several sizes, each drawn once and then remembered."""

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache

import numpy as np

from wordgrad.oracle.evaluate import Evaluator
from wordgrad.oracle.reading import Needs, Reading
from wordgrad.oracle.world import draw_world

SIZES: tuple[Mapping[str, int], ...] = (
    {"d": 1, "V": 2, "K": 2, "m": 1},  # the simplest witnesses
    {"d": 2, "V": 3, "K": 2, "m": 1},
    {"d": 3, "V": 5, "K": 2, "m": 2},  # all four ranges differ in length
)
ROOMY: Mapping[str, int] = {"d": 2, "V": 9, "K": 3, "m": 1}  # for words that must all differ
LARGEST = 9  # a number written as an index that a world still makes room for


def evaluators(
    reading: Reading, needs: Needs, sizes: Sequence[Mapping[str, int]], seeds: int, rng_seed: int
) -> Iterator[Evaluator]:
    """One for each size; another with more room if the assumptions do not fit into some size.

    Parameters
    ----------
    reading, needs : Reading, Needs
        What the lines depend on.
    sizes : sequence of mappings
        Simplest first; sizes that differ only where it does not matter are taken once.
    seeds : int
        Draws of numbers for each pattern of coinciding indices.
    rng_seed : int
    """
    crowded = False
    for size in _sizes(reading, needs, sizes):
        evaluator = evaluator_for(needs, size, seeds, rng_seed)
        crowded |= evaluator is None
        if evaluator is not None:
            yield evaluator
    if crowded:
        (size,) = _sizes(reading, needs, [ROOMY])
        evaluator = evaluator_for(needs, size, seeds, rng_seed)
        if evaluator is not None:
            yield evaluator


@lru_cache(maxsize=64)
def evaluator_for(
    needs: Needs, sizes: tuple[tuple[str, int], ...], seeds: int, rng_seed: int
) -> Evaluator | None:
    """An evaluator in the world that these needs get; None if the assumptions leave no room."""
    world = draw_world(needs, dict(sizes), seeds, np.random.default_rng(rng_seed))
    return None if world is None else Evaluator(needs.notation, world)


def _sizes(
    reading: Reading, needs: Needs, sizes: Sequence[Mapping[str, int]]
) -> Iterator[tuple[tuple[str, int], ...]]:
    """Sizes that differ where it matters, large enough for the numbers that are written."""
    seen = set()
    number = min(reading.largest_number, LARGEST)
    least = {"m": min(reading.furthest_position, LARGEST)}
    for size in sizes:
        grown = {
            letter: max(size.get(letter, 3), least.get(letter, number))
            for letter in dict.fromkeys((*size, *needs.sizes))
        }
        relevant = tuple(grown[letter] for letter in needs.sizes)
        if relevant not in seen:
            seen.add(relevant)
            yield tuple(grown.items())
