"""The NumPy words in which the values of the corpus are typed.

Nothing here comes from `wordgrad`: the values are a second opinion.  Derivatives are taken by the
complex step, so every function must accept complex arguments.
"""

from collections.abc import Callable, Iterable
from typing import Any

import numpy as np

Array = np.ndarray
_STEP = 1e-30


class ShapeClash(ValueError):
    """A line adds a row to a column, or a number to a vector."""


def sig(x: Any) -> Any:
    """The logistic function."""
    return 1 / (1 + np.exp(-x))


def softmax(scores: Array) -> Array:
    """Softmax of a vector, unshifted: the scores of the corpus are small."""
    return np.exp(scores) / np.exp(scores).sum()


def onehot(index: int, size: int) -> Array:
    """1 at the index, 0 elsewhere."""
    return np.eye(size)[index]


def counts(indices: Array, size: int) -> Array:
    """How often each of 0..size-1 stands among the indices."""
    return np.bincount(np.ravel(indices), minlength=size)


def row(vector: Array) -> Array:
    """A vector written as a row: shape (1, d), told apart from a column, shape (d,)."""
    return vector[np.newaxis, :]


def plus(*terms: Any) -> Any:
    """A sum of things that must have one shape, for lines that add unlike things."""
    if len({np.shape(term) for term in terms}) > 1:
        raise ShapeClash(" + ".join(str(np.shape(term)) for term in terms))
    return sum(terms)


def no_value(why: str) -> Any:
    """For a line that means nothing: an index that nothing defines, a product that is none."""
    raise ShapeClash(why)


def total(summand: Callable[[Any], Any], over: Iterable[Any]) -> Any:
    """The sum of a function over a range."""
    return sum(summand(item) for item in over)


def put(matrix: Array, index: int, vector: Any) -> Array:
    """A copy with one row replaced."""
    new = matrix.astype(complex)
    new[index] = vector
    return new


def D(function: Callable[[Any], Any], at: Any) -> Array:
    """The derivative: axes of the function's value first, then those of its argument."""
    point = np.asarray(at, dtype=complex)
    columns = []
    for position in np.ndindex(point.shape):
        moved = point.copy()
        moved[position] += 1j * _STEP
        columns.append(np.imag(function(moved)) / _STEP)
    stacked = np.stack(columns, axis=-1)
    return stacked.reshape(stacked.shape[:-1] + point.shape)


def D2(function: Callable[[Any], Any], at: Any, step: float = 1e-5) -> Array:
    """The second derivative of a scalar function: central differences of the complex step."""
    point = np.asarray(at, dtype=float)
    columns = []
    for position in np.ndindex(point.shape):
        move = np.zeros_like(point)
        move[position] = step
        columns.append((D(function, point + move) - D(function, point - move)) / (2 * step))
    return np.stack(columns, axis=-1)


def nll(u: Array, h: Array, o: int) -> Any:
    """Naive softmax loss of one pair: h predicts the word o."""
    return -np.log(softmax(u @ h)[o])


def neg(u: Array, h: Array, o: int, n: Array) -> Any:
    """Negative-sampling loss of one pair, with the negatives n."""
    return -np.log(sig(u[o] @ h)) - np.log(sig(-(u[n] @ h))).sum()


VOCABULARY: dict[str, Any] = {
    "np": np,
    "exp": np.exp,
    "log": np.log,
    "sqrt": np.sqrt,
    "tanh": np.tanh,
    "outer": np.outer,
    "diag": np.diag,
    "eye": np.eye,
    "where": np.where,
    "sig": sig,
    "softmax": softmax,
    "onehot": onehot,
    "row": row,
    "plus": plus,
    "no_value": no_value,
    "total": total,
    "put": put,
    "D": D,
    "D2": D2,
    "nll": nll,
    "neg": neg,
}
