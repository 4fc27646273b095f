"""Derivatives by perturbation: step a variable's entries and evaluate again, all at once.

Every entry of the variable gets its own position on a new front axis.  Where the body contains no
derivative itself, the step is imaginary and as small as can be: no digit is lost.  Otherwise eight
real steps are combined.
"""

from collections.abc import Callable, Sequence
from fractions import Fraction
from math import prod
from typing import Any

import numpy as np
from numpy.typing import NDArray

from wordgrad.oracle.arithmetic import Arithmetic
from wordgrad.oracle.values import SCALAR, EvaluationError, Shape, Value, shape_name

Array = NDArray[Any]

# Central difference of order 8: offsets 1..4 and their weights; the weights of -1..-4 are opposite.
WEIGHTS = (Fraction(4, 5), Fraction(-1, 5), Fraction(4, 105), Fraction(-1, 280))


def directions(lengths: Sequence[int], chosen: Sequence[Array], depth: int) -> Array:
    """One unit vector per free entry of an array.

    Parameters
    ----------
    lengths : sequence of int
        Of all axes.
    chosen : sequence of int ndarray of shape (..., points)
        Positions along the first axes, which are fixed by subscripts.
    depth : int
        Front axes in use already.

    Returns
    -------
    ndarray of shape (entries, ..., points, *lengths)
        Of zeros and ones.
    """
    free = lengths[len(chosen) :]
    entries = prod(free)
    ones = (1,) * len(chosen)
    units = np.eye(entries, dtype=np.int64).reshape(entries, *(1,) * (depth + 1), *ones, *free)
    for axis, position in enumerate(chosen):
        hit = position[..., None] == np.arange(lengths[axis])
        shape = [1] * len(lengths)
        shape[axis] = lengths[axis]
        units = units * hit.reshape(*hit.shape[:-1], *shape)
    return units


def differences(
    numbers: Arithmetic,
    evaluate: Callable[[Array], Value],
    steps: Array,
    depth: int,
    imaginary: bool,
) -> Value:
    """Derivatives along all directions; the front axis of the result counts them.

    Parameters
    ----------
    numbers : Arithmetic
    evaluate : function
        Of the perturbation, with all its front axes.
    steps : ndarray
        From `directions`.
    depth : int
        Front axes in use outside.
    imaginary : bool
        Whether the body may be evaluated off the real line.
    """
    entries = len(steps)
    if imaginary:
        body = evaluate(steps * numbers.imaginary_step)
        array = _with_front(body.array, entries, depth)
        real, h = numbers.real(array), numbers.imaginary_step.imag
        return body.with_array(np.where(real == real, numbers.imaginary(array) / h, numbers.nan))
    offsets = [k for k in range(-4, 5) if k]
    h = numbers.real_step
    shifted = np.concatenate([steps * (k * h) for k in offsets])
    body = evaluate(shifted)
    array = _with_front(body.array, entries * len(offsets), depth)
    array = array.reshape(len(offsets), entries, *array.shape[1:])
    total: Any = 0
    for row, k in zip(array, offsets, strict=True):
        weight = WEIGHTS[abs(k) - 1] * (1 if k > 0 else -1)
        total = total + row * (weight.numerator / (h * weight.denominator))
    return body.with_array(total)


def _with_front(array: Array, entries: int, depth: int) -> Array:
    """The array with its axis of perturbations, even if it does not depend on them."""
    missing = depth + 4 - array.ndim
    array = array.reshape((1,) * missing + array.shape)
    return np.broadcast_to(array, (entries, *array.shape[1:]))


def arrange(body: Value, variable: Shape, lengths: Sequence[int]) -> Value:
    """Turn the axis of perturbations into rows and columns.

    A derivative of a scalar has the shape of the variable; that of a column by a column or a row
    is the Jacobian, with rows of the body and columns of the variable.

    Raises
    ------
    EvaluationError
        If the result would need more than two axes.
    """
    array = body.array
    if variable == SCALAR:
        return body.with_array(array[0])
    rows, columns = variable
    if body.shape == SCALAR:
        flat = np.moveaxis(array[..., 0, 0], 0, -1)
        if len(lengths) == 2:
            return Value(flat.reshape(*flat.shape[:-1], *lengths), rows, columns)
        return Value(flat[..., None] if columns is None else flat[..., None, :], rows, columns)
    last = np.moveaxis(array, 0, -1)  # (..., points, rows, columns, entries)
    if body.columns is None and (rows is None or columns is None):
        return Value(last[..., 0, :], body.rows, rows or columns)
    if body.rows is None and columns is None:
        return Value(last[..., 0, :, :].swapaxes(-1, -2), rows, body.columns)
    raise EvaluationError(
        f"the derivative of {shape_name(body.shape)} by {shape_name(variable)} has more than two "
        "axes; write it with components"
    )
