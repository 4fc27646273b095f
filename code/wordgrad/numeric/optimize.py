"""Gradient descent in its plainest form, for losses of the kind that the chapters derive."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from ._validation import Array, real_numbers


@dataclass(frozen=True, eq=False)
class SGDResult:
    """What `sgd` returns: the last point `x` and the loss before each step, ``losses``."""

    x: Array
    losses: npt.NDArray[np.float64]


def sgd(
    f: Callable[[Array], tuple[Any, Array]],
    x: npt.ArrayLike,
    learning_rate: float | Callable[[int], float],
    n_steps: int,
) -> SGDResult:
    r"""Stochastic gradient descent.

    Parameters
    ----------
    f : function of an array, returns (loss, gradient)
        The loss; it may be random, such as the loss of one window drawn with a Generator.
    x : array_like, any shape
        Where to start; it is not changed. Stack the two matrices of word2vec into one array.
    learning_rate : float or function of the step number
        Step size; ``lambda step: 0.1 / (1 + step)`` lets it decay.
    n_steps : int
        Number of steps.

    Returns
    -------
    SGDResult
        ``x``, shape and dtype of `x`, and ``losses``, shape (n_steps,).

    Raises
    ------
    ValueError
        If `n_steps` is not a positive integer, a learning rate is not a positive number, or the
        gradient has another shape than `x`.
    FloatingPointError
        If the loss or the gradient stops being finite: the learning rate is too large.

    Notes
    -----
    Chapter *window*: :math:`x \leftarrow x - \eta\,\partial J/\partial x`.

    Examples
    --------
    >>> result = sgd(lambda x: (x @ x, 2 * x), [3.0, 4.0], learning_rate=0.1, n_steps=3)
    >>> result.losses
    array([25.  , 16.  , 10.24])
    >>> result.x
    array([1.536, 2.048])
    """
    point = real_numbers("x", x).copy()
    if not isinstance(n_steps, int | np.integer) or n_steps < 1:
        raise ValueError(f"n_steps is {n_steps!r}; it must be a positive integer")
    losses = np.empty(n_steps)
    for step in range(n_steps):
        rate = float(learning_rate(step) if callable(learning_rate) else learning_rate)
        if not (np.isfinite(rate) and rate > 0):
            raise ValueError(f"learning_rate is {rate} at step {step}; it must be positive")
        loss, gradient = f(point)
        if np.shape(gradient) != point.shape:
            raise ValueError(
                f"f returned a gradient of shape {np.shape(gradient)} for x of shape "
                f"{point.shape}; a gradient has the shape of what it is taken by"
            )
        if not (np.isfinite(loss) and np.isfinite(gradient).all()):
            raise FloatingPointError(
                f"the loss is {loss} at step {step} or its gradient is not finite; "
                f"try a learning_rate below {rate}"
            )
        losses[step] = loss
        point = (point - rate * gradient).astype(point.dtype, copy=False)
    return SGDResult(point, losses)
