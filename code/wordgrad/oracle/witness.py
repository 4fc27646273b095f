"""A point at which two expressions differ, as a reader would write it down."""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import product
from typing import Any

import numpy as np
from numpy.typing import NDArray

from wordgrad.calculus.sorts import WIN, Sort
from wordgrad.oracle.ranges import all_values
from wordgrad.oracle.reading import Needs
from wordgrad.oracle.world import World, table_position

Array = NDArray[Any]
Numbers = float | tuple["Numbers", ...]


@dataclass(frozen=True)
class Witness:
    """A point at which the sides differ, small enough to be calculated by hand.

    Parameters
    ----------
    sizes : mapping of str to int
        The sizes that matter here.
    indices : mapping of str to int
        Free indices, and words looked up ("n_1", "w_{c-1}").
    inputs : mapping of str to nested tuples of float
        Every array that is read.
    component : tuple of int
        Row and column that differ, counted from 1; empty for a scalar.
    left, right : float
        The two values there.
    """

    sizes: Mapping[str, int]
    indices: Mapping[str, int]
    inputs: Mapping[str, Numbers]
    component: tuple[int, ...]
    left: float
    right: float

    def __str__(self) -> str:
        given = {**self.sizes, **self.indices, **self.inputs}
        places = ", ".join(f"{name}={_short(value)}" for name, value in given.items())
        entry = f"entry {self.component}, " if self.component else ""
        return f"{places}: {entry}{self.left:.6g} against {self.right:.6g}"


def witness_at(a: Array, b: Array, world: World, needs: Needs) -> Witness:
    """The witness that a world of one point gives, by the entry that differs most.

    Parameters
    ----------
    a, b : ndarray of shape (rows, columns)
        The two sides.
    world : World
    needs : Needs
        What the two sides depend on; nothing else is shown.
    """
    row, column = np.unravel_index(int(abs(a - b).argmax()), a.shape)
    places = tuple(
        int(place) + 1 for place, size in zip((row, column), a.shape, strict=True) if size > 1
    )
    indices = {name: int(values[0]) for name, values in world.indices.items()}
    for name, table in world.tables.items():
        sorts = needs.notation.index_functions[name].arguments
        indices |= table_entries(name, sorts, table[0], world.sizes)
    return Witness(
        {letter: world.sizes[letter] for letter in needs.sizes},
        indices,
        {name: nested(array[0]) for name, array in world.arrays.items()},
        places,
        float(a[row, column]),
        float(b[row, column]),
    )


def table_entries(
    name: str, sorts: tuple[Sort, ...], table: Array, sizes: Mapping[str, int]
) -> dict[str, int]:
    """Looked-up words under the names they have on paper: n_1, w_{c-1}, n_{-1,2}."""
    entries = {}
    for values in product(*(all_values(sort, sizes) for sort in sorts)):
        places = tuple(
            table_position(sort, value, sizes) for sort, value in zip(sorts, values, strict=True)
        )
        text = f"c{values[0]:+d}" if sorts == (WIN,) else ",".join(map(str, values))
        subscript = text if len(text) == 1 else f"{{{text}}}"
        entries[f"{name}_{subscript}"] = int(table[places])
    return entries


def nested(array: Array) -> Numbers:
    if array.ndim == 0:
        return float(array)
    return tuple(nested(part) for part in array)


def _short(value: Numbers) -> str:
    """Nested brackets around the numbers, as in [[-1, 0.5], [2, 1]]."""
    if isinstance(value, tuple):
        return f"[{', '.join(map(_short, value))}]"
    return f"{value:g}"
