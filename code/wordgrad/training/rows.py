"""Read and add to scattered rows of a matrix: what training does most of the time."""

from collections.abc import Callable
from functools import cache
from typing import Any, cast

import numpy as np
import numpy.typing as npt

Matrix = npt.NDArray[Any]
Ints = npt.NDArray[np.intp]
Add = Callable[[Matrix, Ints, Matrix, Matrix], None]


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


@cache
def compiled_add() -> Add | None:
    """Return a compiled ``matrix[rows] += updates * factors[:, None]``; None without Numba.

    It takes a matrix (V, d), rows (n,), updates (n, d) and factors (n,), goes row after row, and
    rounds as NumPy does: the sums are those of `add_rows` to the last bit. What Numba compiles it
    keeps on disk for the next time.
    """
    try:
        from numba import njit
    except ImportError:
        return None

    def add(matrix: Matrix, rows: Ints, updates: Matrix, factors: Matrix) -> None:
        for i in range(rows.size):
            row, factor = rows[i], factors[i]
            for j in range(matrix.shape[1]):
                matrix[row, j] += factor * updates[i, j]

    try:
        return cast(Add, njit(add, cache=True))
    except RuntimeError:  # no folder may be written to
        return cast(Add, njit(add))
