"""Read and add to scattered rows of a matrix: what training does most of the time."""

from collections.abc import Callable
from functools import cache
from typing import Any, cast

import numpy as np
import numpy.typing as npt

Matrix = npt.NDArray[Any]
Ints = npt.NDArray[np.intp]
Add = Callable[[Matrix, Ints, Matrix, Matrix, int], None]


def add_rows(
    matrix: Matrix,
    rows: Ints,
    updates: Matrix,
    places: Ints | None = None,
    work: Ints | None = None,
) -> None:
    """Add `updates` to rows of `matrix` in place; a row that occurs twice gets both updates.

    Parameters
    ----------
    matrix : ndarray, shape (V, d)
        Contiguous float32 or float64.
    rows : ndarray of int, any shape S
        Rows of `matrix`.
    updates : ndarray, shape (*S, d)
        Contiguous, dtype of `matrix`.
    places : ndarray of int, optional
        ``row_places(*matrix.shape)``, to be looked up instead of worked out.
    work : ndarray of int, optional
        Space for at least ``rows.size * d`` numbers, to be used again and again.

    Notes
    -----
    Chapter *fast*. ``matrix[rows] += updates`` would add a repeated row once. ``np.add.at`` is
    right, and fast if index and values are flat. Seen as complex numbers, two neighbouring floats
    travel as one: the sums are the same to the last bit, in half as many steps. An odd d goes
    without.

    Examples
    --------
    >>> matrix = np.zeros((3, 2), dtype=np.float32)
    >>> add_rows(matrix, np.array([2, 0, 2]), np.ones((3, 2), dtype=np.float32))
    >>> matrix
    array([[1., 1.],
           [0., 0.],
           [2., 2.]], dtype=float32)
    """
    number: npt.DTypeLike = matrix.dtype
    if matrix.shape[1] % 2 == 0:
        number = np.complex64 if matrix.dtype == np.float32 else np.complex128
    target = matrix.view(number)
    size = rows.size * target.shape[1]
    flat = np.empty(size, np.intp) if work is None else work[:size]
    out = flat.reshape(rows.size, -1)
    if places is None:
        np.add(rows.reshape(-1, 1) * target.shape[1], np.arange(target.shape[1]), out=out)
    else:
        index = rows.reshape(-1).astype(np.intp, copy=False)
        places.take(index, axis=0, out=out, mode="clip")
    np.add.at(target.reshape(-1), flat, updates.view(number).reshape(-1))


def row_places(n_rows: int, dim: int) -> Ints:
    """Return where the numbers of each row stand in the flat matrix, as `add_rows` sees it.

    Examples
    --------
    >>> row_places(2, 6)  # three complex numbers in a row
    array([[0, 1, 2],
           [3, 4, 5]])
    """
    per_row = dim // 2 if dim % 2 == 0 else dim
    return np.arange(n_rows * per_row).reshape(n_rows, per_row)


def take_rows(matrix: Matrix, rows: Ints, out: Matrix | None = None) -> Matrix:
    """Return rows of `matrix`, shape (*S, d); faster than indexing, for rows known to exist.

    Examples
    --------
    >>> take_rows(np.eye(3), np.array([[2], [0]])).shape
    (2, 1, 3)
    """
    index = rows.astype(np.intp, copy=False)  # 32 bits in a browser, where take insists on them
    return matrix.take(index, axis=0, out=out, mode="clip")  # other modes would buffer `out`


def add_parts(parts: Matrix, step: int, out: Matrix) -> Matrix:
    """Sum what several parts say about the same rows.

    Parameters
    ----------
    parts : ndarray, shape (M, n, C, d)
        Part q is about the rows from q * `step` on, C of them.
    step : int
        How far the next part begins behind one; 0 if all are about the same rows.
    out : ndarray, shape (M, L, d)
        Where to write; contiguous.

    Examples
    --------
    >>> add_parts(np.ones((1, 2, 4, 1)), step=2, out=np.empty((1, 6, 1)))[0, :, 0]
    array([1., 1., 2., 2., 1., 1.])
    """
    if step == 0:
        return np.add.reduce(parts, axis=1, out=out)
    across, down, along = out.strides
    out[...] = 0
    for start in range(
        0, parts.shape[2], step
    ):  # that many rows of neighbouring parts do not overlap
        part = parts[:, :, start : start + step]
        strides = (across, step * down, down, along)
        out_rows: Matrix = np.ndarray(part.shape, out.dtype, out, start * down, strides)
        out_rows += part
    return out


@cache
def compiled_add() -> Add | None:
    """Return a compiled loop for ``matrix[rows] += factors * add_parts(parts, step)``.

    It takes a matrix (V, d), rows (M, L), parts (M, n, C, d), factors (M, L) and a step, goes row
    after row, and rounds as NumPy does: the sums are those of `add_parts` and `add_rows` to the
    last bit. The parts are used up. What Numba compiles it keeps on disk for the next time. None
    without Numba.
    """
    try:
        from numba import njit
    except ImportError:
        return None

    def add(matrix: Matrix, rows: Ints, parts: Matrix, factors: Matrix, step: int) -> None:
        n_parts, length, dim = parts.shape[1:]
        for block in range(rows.shape[0]):
            last = 0  # of the parts about this place
            for place in range(rows.shape[1]):
                row, factor = rows[block, place], factors[block, place]
                while last + 1 < n_parts and (last + 1) * step <= place:
                    last += 1
                here = place - last * step
                for other in range(last - 1, -1, -1):
                    there = place - other * step
                    if there >= length:
                        break
                    for j in range(dim):
                        parts[block, last, here, j] += parts[block, other, there, j]
                for j in range(dim):
                    matrix[row, j] += factor * parts[block, last, here, j]

    try:
        return cast(Add, njit(add, cache=True))
    except RuntimeError:  # no folder may be written to
        return cast(Add, njit(add))
