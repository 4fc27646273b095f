"""Refuse bad input early: name the argument, say what it is and what is allowed."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[Any]


def numbers(name: str, value: npt.ArrayLike) -> Array:
    """Return finite numbers as float32, float64 or complex128, whatever the shape.

    Other real dtypes become float64. Complex numbers stay complex, because the complex step
    carries a derivative in the imaginary part.
    """
    array = _rectangular(name, value)
    if array.dtype.kind not in "biufc":
        raise ValueError(f"{name} has dtype {array.dtype}; give real numbers (or complex128)")
    wide = np.complex128 if array.dtype.kind == "c" else np.float64
    array = array.astype(np.float32 if array.dtype.type is np.float32 else wide, copy=False)
    if not np.isfinite(array).all():
        where = tuple(np.argwhere(~np.isfinite(array))[0].tolist())
        raise ValueError(f"{name} is {array[where]} at {where}; every number must be finite")
    return array


def real_numbers(name: str, value: npt.ArrayLike) -> Array:
    """Return finite numbers as float32 or float64; refuse complex ones."""
    array = numbers(name, value)
    if np.iscomplexobj(array):
        raise ValueError(f"{name} is complex; give real numbers")
    return array


def vectors(name: str, value: npt.ArrayLike, shapes: str) -> Array:
    """Return numbers whose shape has as many axes as one of `shapes`, none of them empty.

    `shapes` reads like ``"(d,) or (B, d)"``; the last axis is the dimension d.
    """
    array = numbers(name, value)
    allowed = [len(shape.strip("() ,").split(",")) for shape in shapes.split(" or ")]
    if array.ndim not in allowed or array.size == 0:
        raise ValueError(f"{name} has shape {array.shape}; it must be {shapes}, not empty")
    return array


def one_space(name: str, array: Array, other_name: str, other: Array) -> tuple[Array, Array]:
    """Return two stacks of vectors of the same dimension d as arrays of one dtype."""
    if array.shape[-1] != other.shape[-1]:
        raise ValueError(
            f"{name} has dimension {array.shape[-1]} (shape {array.shape}), but {other_name} has "
            f"dimension {other.shape[-1]} (shape {other.shape}); both need the same last axis"
        )
    dtype = np.result_type(array, other)
    return array.astype(dtype, copy=False), other.astype(dtype, copy=False)


def indices(
    name: str, value: npt.ArrayLike, shape: tuple[int | None, ...], rows: tuple[str, int]
) -> npt.NDArray[np.intp]:
    """Return integers that index the rows of a matrix, in the wanted shape.

    Parameters
    ----------
    shape
        The wanted shape; None stands for any length from 1 up.
    rows
        Name of the indexed matrix and its number of rows.
    """
    array = _rectangular(name, value)
    fits = len(shape) == array.ndim and all(
        have > 0 if want is None else have == want
        for have, want in zip(array.shape, shape, strict=True)
    )
    if not fits:
        empty = " (it is empty: give at least one index)" if array.size == 0 else ""
        raise ValueError(f"{name} has shape {array.shape}{empty}; it must be {_wanted(shape)}")
    if array.dtype.kind not in "iu":
        raise ValueError(f"{name} has dtype {array.dtype}; indices must be integers")
    matrix, n_rows = rows
    outside = (array < 0) | (array >= n_rows)
    if outside.any():
        raise ValueError(
            f"{name} contains {array[outside].flat[0]}, but {matrix} has {n_rows} rows: "
            f"indices go from 0 to {n_rows - 1}"
        )
    return array.astype(np.intp)


def axis_index(name: str, axis: int, array: Array) -> int:
    """Return `axis` counted from 0; refuse one that `array` lacks, or that is empty."""
    if not isinstance(axis, int | np.integer) or not -array.ndim <= axis < array.ndim:
        raise ValueError(
            f"axis is {axis!r}, but {name} has {array.ndim} axes (shape {array.shape}): "
            f"axis must be an integer from {-array.ndim} to {array.ndim - 1}"
        )
    if array.shape[axis] == 0:
        raise ValueError(f"{name} has shape {array.shape}: axis {axis} must not be empty")
    return int(axis) % array.ndim


def _rectangular(name: str, value: npt.ArrayLike) -> Array:
    try:
        return np.asarray(value)
    except ValueError as error:
        raise ValueError(f"{name} is not a rectangular array: its rows differ in length") from error


def _wanted(shape: tuple[int | None, ...]) -> str:
    """Put the shape of an index array into words."""
    if not shape:
        return "a single integer"
    lengths = ", ".join("any" if length is None else str(length) for length in shape)
    return f"integers of shape ({lengths}{',' if len(shape) == 1 else ''})"
