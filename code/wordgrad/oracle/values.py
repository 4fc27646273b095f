"""Arrays that know whether they are scalars, columns, rows or matrices, and over which sorts.

The last three axes of every array are (points, rows, columns); whatever stands in front of them
belongs to bound indices and to perturbations, so that NumPy's broadcasting lines them up.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from wordgrad.calculus.sorts import Sort

Array = NDArray[Any]
Axis = Sort | tuple[Any, ...] | None  # a tuple: blocks one below the other; None: no axis
Shape = tuple[Axis, Axis]

SCALAR: Shape = (None, None)


class EvaluationError(ValueError):
    """A line that has no value: shapes that do not fit, an unknown name, an unbound index."""


@dataclass(frozen=True, slots=True, eq=False)
class Value:
    """Numbers with a shape.

    Parameters
    ----------
    array : ndarray of shape (..., points, rows, columns)
        An absent axis has length 1.
    rows, columns : Sort, tuple or None
        What the axes run over; both None for a scalar, `columns` None for a column vector.
    zero : bool
        Written as a plain 0, which stands for the zero array of whatever shape is due.
    """

    array: Array
    rows: Axis = None
    columns: Axis = None
    zero: bool = False

    @property
    def shape(self) -> Shape:
        """The sorts of rows and columns."""
        return self.rows, self.columns

    @property
    def transposed(self) -> "Value":
        """Rows for columns."""
        return replace(
            self, array=self.array.swapaxes(-1, -2), rows=self.columns, columns=self.rows
        )

    def with_array(self, array: Array) -> "Value":
        """The same shape with other numbers."""
        return Value(array, self.rows, self.columns)


def axis_name(axis: Axis) -> str:
    """An axis in words, for messages."""
    if isinstance(axis, Sort):
        return axis.name
    return "1" if axis is None else "[" + "; ".join(axis_name(part) for part in axis) + "]"


def shape_name(shape: Shape) -> str:
    """A shape in words, for messages."""
    rows, columns = shape
    if shape == SCALAR:
        return "a scalar"
    if columns is None:
        return f"a column over {axis_name(rows)}"
    if rows is None:
        return f"a row over {axis_name(columns)}"
    return f"a matrix of {axis_name(rows)} x {axis_name(columns)}"


def common_shape(values: Sequence[Value], what: str) -> Shape:
    """The one shape of all values; a plain 0 fits any.

    Raises
    ------
    EvaluationError
        If two shapes differ.
    """
    shapes = list(dict.fromkeys(value.shape for value in values if not value.zero))
    if len(shapes) > 1:
        first, second = shape_name(shapes[0]), shape_name(shapes[1])
        raise EvaluationError(f"{what} must have one shape, but here are {first} and {second}")
    return shapes[0] if shapes else SCALAR


def require_scalar(value: Value, what: str) -> Value:
    """The value itself if it is a scalar.

    Raises
    ------
    EvaluationError
        If it is not.
    """
    if value.shape != SCALAR:
        raise EvaluationError(f"{what} must be a scalar, but it is {shape_name(value.shape)}")
    return value


def pick(array: Array, axes: int, positions: Array) -> Array:
    """Select along the first of the last `axes` axes, at each point its own position.

    Parameters
    ----------
    array : ndarray of shape (..., points, n, ...)
    axes : int
        How many axes stand behind the points.
    positions : int ndarray of shape (..., points)

    Returns
    -------
    ndarray of shape (..., points, ...)
    """
    lead = array.shape[: array.ndim - axes]
    grid = [
        np.arange(size).reshape(size, *(1,) * (len(lead) - 1 - axis))
        for axis, size in enumerate(lead)
    ]
    picked: Array = array[(*grid, positions)]
    return picked


def blocks(rows: Sequence[Sequence[Value]]) -> Value:
    """A matrix put together from blocks; a plain 0 takes the shape that its place demands.

    Raises
    ------
    EvaluationError
        If blocks side by side or below each other do not fit.
    """
    if len({len(row) for row in rows}) != 1:
        raise EvaluationError("the rows of a matrix must have the same number of entries")
    heights = [_common_axis([value.rows for value in row if not value.zero]) for row in rows]
    columns = list(zip(*rows, strict=True))
    widths = [
        _common_axis([value.columns for value in column if not value.zero]) for column in columns
    ]
    tall = [max(value.array.shape[-2] for value in row) for row in rows]
    wide = [max(value.array.shape[-1] for value in column) for column in columns]
    front = np.broadcast_shapes(*(value.array.shape[:-2] for row in rows for value in row))
    bands = [
        np.concatenate(
            [
                np.broadcast_to(value.array, (*front, height, width))
                for value, width in zip(row, wide, strict=True)
            ],
            axis=-1,
        )
        for row, height in zip(rows, tall, strict=True)
    ]
    return Value(np.concatenate(bands, axis=-2), _joint_axis(heights), _joint_axis(widths))


def _common_axis(axes: Sequence[Axis]) -> Axis:
    different = list(dict.fromkeys(axes))
    if len(different) > 1:
        names = " and ".join(axis_name(axis) for axis in different)
        raise EvaluationError(f"blocks over {names} stand in one row or column of a matrix")
    return different[0] if different else None


def _joint_axis(axes: Sequence[Axis]) -> Axis:
    return axes[0] if len(axes) == 1 else tuple(axes)
