"""Small worlds for the tests: one point, numbers that can be checked by hand."""

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from wordgrad.calculus.sorts import DIM, NEG, VOC, WIN, Sort
from wordgrad.latex.parser import parse_expression
from wordgrad.meaning.contexts import naive_softmax, negative_sampling, window
from wordgrad.meaning.notation import Notation
from wordgrad.oracle.arithmetic import DOUBLES, Arithmetic
from wordgrad.oracle.evaluate import evaluate
from wordgrad.oracle.values import Value
from wordgrad.oracle.world import World

Array = NDArray[Any]
SIZES = {"V": 3, "d": 2, "K": 2, "m": 1}
OUTSIDE = np.array([[1.0, -1.0], [0.5, 2.0], [-1.0, 0.5]])
CENTER = np.array([[0.5, 1.0], [-1.0, 0.5], [2.0, -0.5]])
SORTS: Mapping[str, Sort] = {
    "o": VOC, "c": VOC, "w": VOC, "x": VOC, "i": VOC, "a": DIM, "k": NEG, "l": NEG, "j": WIN,
}  # fmt: skip
NAIVE, NEGATIVE = naive_softmax(), negative_sampling()
WINDOW = window("negative_sampling")


def world_of(
    indices: Mapping[str, int] | None = None,
    tables: Mapping[str, Any] | None = None,
    arrays: Mapping[str, Any] | None = None,
    sizes: Mapping[str, int] = SIZES,
) -> World:
    """A world of one point: o is word 2 and c word 1 unless said otherwise."""
    chosen = {"o": 2, "c": 1, **(indices or {})}
    numbers: Mapping[str, Any] = arrays or {"u": OUTSIDE, "v": CENTER}
    return World(
        sizes,
        {name: np.asarray(array, dtype=float)[None] for name, array in numbers.items()},
        {name: SORTS[name] for name in chosen},
        {name: np.array([value]) for name, value in chosen.items()},
        {name: np.array(table)[None] for name, table in (tables or {}).items()},
    )


def value_of(
    latex: str,
    notation: Notation = NAIVE,
    world: World | None = None,
    numbers: Arithmetic = DOUBLES,
) -> Value:
    """The value of a line at the only point."""
    return evaluate(parse_expression(latex), notation, world or world_of(), numbers)


def numbers_of(latex: str, notation: Notation = NAIVE, world: World | None = None) -> Array:
    """The same as a bare array: a number, a vector or a matrix."""
    value = value_of(latex, notation, world)
    array: Array = value.array[0]
    if value.columns is None:
        array = array[:, 0]
    return array[0] if value.rows is None else array


def softmax(scores: Array) -> Array:
    """Closed form, typed here a second time."""
    weights = np.exp(scores)
    result: Array = weights / weights.sum()
    return result


def sigmoid(x: Array | float) -> Any:
    """Closed form, typed here a second time."""
    return 1 / (1 + np.exp(-np.asarray(x)))
