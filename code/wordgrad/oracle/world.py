"""Concrete models: sizes, arrays, tables of looked-up words and values of the free indices.

A `World` holds many points at once, one for each pattern of coinciding indices and each draw, so
that a line is evaluated at all of them in one pass over its syntax tree.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import combinations, product
from typing import Any

import numpy as np
from numpy.typing import NDArray

from wordgrad.calculus.sorts import WIN, Sort
from wordgrad.meaning.notation import Notation
from wordgrad.oracle.patterns import Constraints, Pair, Pattern, patterns
from wordgrad.oracle.ranges import all_values, length, size_symbol
from wordgrad.oracle.reading import Needs

Array = NDArray[Any]
Slot = tuple[str, tuple[int, ...]]  # a free index, or an index function at some arguments

SIMPLE = (-1.0, -0.5, 0.5, 1.0, 2.0)  # numbers that a reader can calculate with
TENTHS = tuple(k / 10 for k in range(-16, 17) if k)
PATTERNS = 40  # at most so many points per draw
FEWEST = 12  # at least so many


@dataclass(frozen=True, eq=False)
class World:
    """Many points of one size.

    Parameters
    ----------
    sizes : mapping of str to int
        "V", "d", "K", "m".
    arrays : mapping of name to ndarray of shape (points, ...)
        Base quantities, float64; short decimals.
    sorts : mapping of index name to Sort
        The free indices of the lines.
    indices : mapping of index name to int ndarray of shape (points,)
        Values from 1; a window position is -m..m without 0.
    tables : mapping of index function to int ndarray of shape (points, ...)
        Words from 1. An axis over window positions has length 2m+1, with the center in the middle.
    """

    sizes: Mapping[str, int]
    arrays: Mapping[str, Array]
    sorts: Mapping[str, Sort]
    indices: Mapping[str, Array]
    tables: Mapping[str, Array]

    @property
    def points(self) -> int:
        """How many points there are."""
        return next((len(a) for part in self._parts() for a in part.values()), 1)

    def _parts(self) -> tuple[Mapping[str, Array], ...]:
        return self.arrays, self.indices, self.tables

    def at(self, point: int) -> "World":
        """The world that consists of one of the points."""
        arrays, indices, tables = (
            {name: array[point : point + 1] for name, array in part.items()}
            for part in self._parts()
        )
        return World(self.sizes, arrays, self.sorts, indices, tables)


def table_position(sort: Sort, value: int | Array, sizes: Mapping[str, int]) -> Any:
    """Where a value of an index stands along the axis of a table."""
    return value + sizes[size_symbol(sort)[1]] if sort == WIN else value - 1


def draw_world(
    needs: Needs, sizes: Mapping[str, int], draws: int, rng: np.random.Generator
) -> World | None:
    """A world for some lines: every admissible pattern of coincidence, `draws` times or more.

    Parameters
    ----------
    needs : Needs
        What the lines depend on.
    sizes : mapping of str to int
    draws : int
        More, if there are few patterns.  The first half takes the simplest numbers.
    rng : numpy.random.Generator

    Returns
    -------
    World or None
        None if the assumptions leave no room at these sizes.
    """
    sorts, notation = dict(needs.indices), needs.notation
    slots = _slots(needs, sizes)
    choices = _coincidences(slots, notation, sizes, rng)
    if not choices:
        return None
    draws *= -(-FEWEST // len(choices))
    points = draws * len(choices)
    tables = {name: _draw_table(notation, name, sizes, points, rng) for name in needs.functions}
    indices = {name: np.ones(points, dtype=np.int64) for name in sorts}
    for point in range(points):
        for sort, pattern in choices[point % len(choices)].items():
            values = rng.permutation(all_values(sort, sizes))
            for (name, position), block in zip(slots[sort], pattern, strict=True):
                (tables if position else indices)[name][(point, *position)] = values[block]
    for name, table in tables.items():
        if notation.index_functions[name].arguments == (WIN,):
            table[:, table_position(WIN, 0, sizes)] = indices[notation.anchors[0]]
    simple = np.arange(points) < len(choices) * -(-draws // 2)
    arrays = {name: _draw_array(notation, name, sizes, simple, rng) for name in needs.quantities}
    return World(dict(sizes), arrays, sorts, indices, tables)


# ---------------------------------------------------------------------------- coincidences
def _slots(needs: Needs, sizes: Mapping[str, int]) -> dict[Sort, list[Slot]]:
    """Everything that takes a value: free indices, and index functions at each argument."""
    slots: dict[Sort, list[Slot]] = {}
    for name, sort in needs.indices:
        slots.setdefault(sort, []).append((name, ()))
    for name in needs.functions:
        function = needs.notation.index_functions[name]
        ranges = [all_values(sort, sizes) for sort in function.arguments]
        for values in product(*ranges):
            pairs = zip(function.arguments, values, strict=True)
            position = tuple(table_position(sort, value, sizes) for sort, value in pairs)
            slots.setdefault(function.result, []).append((name, position))
    return slots


def _coincidences(
    slots: Mapping[Sort, list[Slot]],
    notation: Notation,
    sizes: Mapping[str, int],
    rng: np.random.Generator,
) -> list[dict[Sort, Pattern]]:
    """Patterns for all sorts together, at most `PATTERNS`; empty if there is no room."""
    options = {
        sort: patterns(_constraints(members, notation, length(sort, sizes)), PATTERNS, rng)
        for sort, members in slots.items()
    }
    total = int(np.prod([len(found) for found in options.values()], dtype=np.int64))
    if total <= PATTERNS:
        return [dict(zip(options, choice, strict=True)) for choice in product(*options.values())]
    shuffled = {sort: rng.permutation(len(found)) for sort, found in options.items()}
    return [
        {sort: found[shuffled[sort][k % len(found)]] for sort, found in options.items()}
        for k in range(PATTERNS)
    ]


def _constraints(members: list[Slot], notation: Notation, values: int) -> Constraints:
    """The assumptions about slots of one sort."""
    assumptions, functions = notation.assumptions, notation.index_functions
    injective = {functions[name].name for name in assumptions.injective}
    avoiding = {(functions[name].name, index) for name, index in assumptions.avoiding}
    equal, distinct = set[Pair](), set[Pair]()
    for (i, (first, at)), (j, (second, other)) in combinations(enumerate(members), 2):
        pairs = {(first, second), (second, first)}
        if not at and not other:
            equal |= {(i, j)} if pairs & set(assumptions.equal) else set()
            distinct |= {(i, j)} if pairs & set(assumptions.distinct) else set()
        elif at and other:
            distinct |= {(i, j)} if first == second and first in injective else set()
        else:
            pair = (first, second) if at else (second, first)
            distinct |= {(i, j)} if pair in avoiding else set()
    return Constraints(len(members), values, equal, distinct)


# ----------------------------------------------------------------------------------- numbers
def _draw_table(
    notation: Notation, name: str, sizes: Mapping[str, int], points: int, rng: np.random.Generator
) -> Array:
    """Words for every argument; positions that are slots are overwritten."""
    function = notation.index_functions[name]
    shape = [length(sort, sizes) + (sort == WIN) for sort in function.arguments]
    return rng.integers(1, length(function.result, sizes) + 1, size=(points, *shape))


def _draw_array(
    notation: Notation,
    name: str,
    sizes: Mapping[str, int],
    simple: Array,
    rng: np.random.Generator,
) -> Array:
    """Numbers for a base quantity, simple ones at the points marked so."""
    quantity = next(q for q in notation.quantities.values() if q.stored_as == name)
    shape = (len(simple), *(length(sort, sizes) for sort in quantity.sorts))
    if quantity.kind == "distribution":
        return _draw_distributions(shape, rng)
    mask = simple.reshape(-1, *(1,) * (len(shape) - 1))
    numbers = np.where(mask, rng.choice(SIMPLE, size=shape), rng.choice(TENTHS, size=shape))
    positive = quantity.kind == "positive" or name in notation.assumptions.positive
    return np.abs(numbers) if positive else numbers


def _draw_distributions(shape: tuple[int, ...], rng: np.random.Generator) -> Array:
    """Positive multiples of a tenth (or a smaller part) that sum to one along the last axis."""
    *leading, parts = shape
    total = 10 * -(-parts // 5)
    cuts = np.sort(
        np.array(
            [rng.permutation(total - 1)[: parts - 1] + 1 for _ in range(int(np.prod(leading)))],
            dtype=np.int64,
        ).reshape(-1, parts - 1)
    )
    edges = np.pad(cuts, ((0, 0), (1, 1)), constant_values=((0, 0), (0, total)))
    return (np.diff(edges, axis=1) / total).reshape(shape)
