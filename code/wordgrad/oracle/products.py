"""Products of scalars, columns, rows and matrices, in the order in which they are written."""

from collections.abc import Sequence
from functools import cache
from typing import Any

import numpy as np

from wordgrad.oracle.values import SCALAR, Array, EvaluationError, Shape, Value, shape_name


@cache
def product_shape(left: Shape, right: Shape, operator: str) -> Shape | None:
    """The shape of a product of two, or None if they cannot be multiplied."""
    if SCALAR in (left, right) and operator != "otimes":
        return right if left == SCALAR else left
    columns = left[1] is None and right[1] is None
    if operator == "odot":
        return left if left == right else None
    if operator == "otimes":
        return (left[0], right[0]) if columns and left[0] and right[0] else None
    if operator == "cdot" and columns:
        return SCALAR if left[0] == right[0] else None
    return (left[0], right[1]) if left[1] == right[0] else None


def multiply(left: Value, right: Value, operator: str) -> Value:
    """Product of two values whose shapes `product_shape` accepts."""
    shape = product_shape(left.shape, right.shape, operator)
    if shape is None:
        raise EvaluationError(
            f"cannot multiply {shape_name(left.shape)} by {shape_name(right.shape)}"
        )
    a, b = left.array, right.array
    if operator == "odot" or (SCALAR in (left.shape, right.shape) and operator != "otimes"):
        return Value(a * b, *shape)
    if operator == "otimes":
        return Value(a * b.swapaxes(-1, -2), *shape)
    if operator == "cdot" and left.columns is None and right.columns is None:
        a = a.swapaxes(-1, -2)
    return Value(_matrix_product(a, b), *shape)


def _matrix_product(a: Array, b: Array) -> Array:
    """Sums of products; written out for vectors, where it is faster than `matmul`."""
    if a.shape[-1] == 1:
        result: Array = a * b
    elif b.shape[-1] == 1:
        result = (a * b.swapaxes(-1, -2)).sum(axis=-1, keepdims=True)
    elif a.shape[-2] == 1:
        result = (a.swapaxes(-1, -2) * b).sum(axis=-2, keepdims=True)
    else:
        result = np.matmul(a, b)
    return result


Grouping = int | tuple[Any, Any, str]


@cache
def grouping(shapes: tuple[Shape, ...], operators: tuple[str, ...]) -> Grouping | None:
    """Brackets that make a written product well shaped, from the left if that works.

    Returns the position of a single factor, or (left, right, operator); None if no brackets help.
    """
    return next((group for group, _ in _groupings(0, shapes, operators)), None)


@cache
def _groupings(
    start: int, shapes: tuple[Shape, ...], operators: tuple[str, ...]
) -> tuple[tuple[Grouping, Shape], ...]:
    """One way of setting brackets for each shape that can come out, best first."""
    if len(shapes) == 1:
        return ((start, shapes[0]),)
    found: dict[Shape, Grouping] = {}
    for cut in range(len(shapes) - 1, 0, -1):
        for left, left_shape in _groupings(start, shapes[:cut], operators[: cut - 1]):
            for right, right_shape in _groupings(start + cut, shapes[cut:], operators[cut:]):
                shape = product_shape(left_shape, right_shape, operators[cut - 1])
                if shape is not None:
                    found.setdefault(shape, (left, right, operators[cut - 1]))
    return tuple((group, shape) for shape, group in found.items())


def product(factors: Sequence[Value], operators: tuple[str, ...]) -> Value:
    """A written product of several factors.

    Raises
    ------
    EvaluationError
        If no way of setting brackets makes the shapes fit.
    """
    group = grouping(tuple(factor.shape for factor in factors), operators)
    if group is None:
        shapes = ", ".join(shape_name(factor.shape) for factor in factors)
        raise EvaluationError(f"these factors cannot be multiplied in this order: {shapes}")
    return _multiply_group(group, factors)


def _multiply_group(group: Grouping, factors: Sequence[Value]) -> Value:
    if isinstance(group, int):
        return factors[group]
    left, right, operator = group
    return multiply(_multiply_group(left, factors), _multiply_group(right, factors), operator)
