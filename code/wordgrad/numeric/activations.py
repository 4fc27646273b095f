"""Sigmoid and softmax, and their logarithms, without overflow and right to the last bits."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from ._exponential import exp_minus_abs
from ._precision import narrow, quiet, widen
from ._validation import Array, axis_index


@quiet
def sigmoid(x: npt.ArrayLike) -> Any:
    r"""Logistic function of each entry.

    Parameters
    ----------
    x : array_like, any shape
        Finite scores.

    Returns
    -------
    ndarray or scalar, shape and dtype of `x`
        Values between 0 and 1. Integers give float64.

    Raises
    ------
    ValueError
        If `x` is not numeric or not finite.

    Notes
    -----
    Chapter *sigmoid*:

    .. math:: \sigma(x) = \frac{1}{1+e^{-x}}, \qquad \sigma'(x) = \sigma(x)\,\sigma(-x).

    The error is below 1 ulp for every float32 and float64, also where the result is subnormal.
    Use ``sigmoid(-x)`` for :math:`1-\sigma(x)`, which cancels when x is large.

    Examples
    --------
    >>> sigmoid([-1.0, 0.0, 1.0])
    array([0.26894142, 0.5       , 0.73105858])
    >>> bool(sigmoid(-745.0) > 0)
    True
    """
    wide, dtype = widen("x", x)
    e, rest = exp_minus_abs(wide)
    falls = wide.real < 0
    top, top_rest = np.where(falls, e, 1), np.where(falls, rest, 0)  # e/(1+e) or 1/(1+e)
    quotient = top / (1 + e)
    # One Newton step for the quotient: top - quotient is exact, so this is what is left to divide.
    missing = (top - quotient) - quotient * e + (top_rest - quotient * rest)
    return narrow(quotient + missing / (1 + e), dtype)


@quiet
def log_sigmoid(x: npt.ArrayLike) -> Any:
    r"""Logarithm of the sigmoid of each entry, in nats.

    Parameters
    ----------
    x, Raises
        As for `sigmoid`.

    Returns
    -------
    ndarray or scalar, shape and dtype of `x`
        Values below or equal to 0.

    Notes
    -----
    Chapter *sigmoid*:

    .. math:: \log\sigma(x) = \min(x, 0) - \log(1 + e^{-|x|}).

    The error is below 1.5 ulp for every float32 and float64, also where the result is subnormal.

    Examples
    --------
    >>> log_sigmoid([-1000.0, 0.0, 100.0])
    array([-1.00000000e+03, -6.93147181e-01, -3.72007598e-44])
    """
    wide, dtype = widen("x", x)
    e, rest = exp_minus_abs(wide)
    linear, curved = np.where(wide.real < 0, wide, 0), -np.log1p(e)
    total = linear + curved
    kept = total - linear
    lost = (linear - (total - kept)) + (curved - kept)  # by rounding the sum (Knuth's TwoSum)
    return narrow(total + (lost - rest / (1 + e)), dtype)


def _below_top(scores: Array, axis: int) -> tuple[Array, Array, Array]:
    """Return the top score, the scores minus the top, and the sum of exp of all but the top."""
    where_top = np.argmax(scores.real, axis=axis, keepdims=True)
    top = np.take_along_axis(scores, where_top, axis)
    below = scores - top
    others = np.exp(below)
    np.put_along_axis(others, where_top, 0, axis)
    return top, below, others.sum(axis=axis, keepdims=True)


@quiet
def softmax(scores: npt.ArrayLike, axis: int = -1) -> Array:
    r"""Turn scores into probabilities along an axis.

    Parameters
    ----------
    scores : array_like, shape (..., V, ...)
        Finite scores.
    axis : int, default -1
        The axis that sums to one.

    Returns
    -------
    ndarray, shape and dtype of `scores`
        Probabilities. Integers give float64.

    Raises
    ------
    ValueError
        If `scores` is not numeric or not finite, or `axis` is missing or empty.

    Notes
    -----
    Chapter *softmax*:

    .. math:: \hat y_i = \frac{e^{\theta_i}}{\sum_w e^{\theta_w}}.

    The top score is subtracted first, which changes nothing but prevents overflow [1]_.

    References
    ----------
    .. [1] P. Blanchard, D. J. Higham, N. J. Higham, "Accurately computing the log-sum-exp and
       softmax functions", IMA Journal of Numerical Analysis 41 (2021).

    Examples
    --------
    >>> softmax([1001.0, 1002.0])
    array([0.26894142, 0.73105858])
    """
    wide, dtype = widen("scores", scores)
    _, below, others = _below_top(wide, axis_index("scores", axis, wide))
    return np.asarray(narrow(np.exp(below) / (1 + others), dtype))


@quiet
def log_softmax(scores: npt.ArrayLike, axis: int = -1) -> Array:
    r"""Logarithm of the softmax along an axis, in nats.

    Parameters, Raises and References are those of `softmax`.

    Returns
    -------
    ndarray, shape and dtype of `scores`
        Log-probabilities, finite where ``log(softmax(scores))`` would be minus infinity.

    Notes
    -----
    Chapter *softmax*. With t the index of the top score,

    .. math:: \log\hat y_i = (\theta_i - \theta_t)
              - \log\Bigl(1 + \sum_{w\ne t} e^{\theta_w-\theta_t}\Bigr);

    keeping the 1 apart makes the loss of a nearly certain prediction exact.

    Examples
    --------
    >>> log_softmax([0.0, -100.0, -2000.0])
    array([-3.72007598e-44, -1.00000000e+02, -2.00000000e+03])
    """
    wide, dtype = widen("scores", scores)
    _, below, others = _below_top(wide, axis_index("scores", axis, wide))
    return np.asarray(narrow(below - np.log1p(others), dtype))


@quiet
def log_sum_exp(scores: npt.ArrayLike, axis: int = -1) -> Any:
    r"""Logarithm of the sum of exponentials along an axis, in nats.

    Parameters, Raises and References are those of `softmax`.

    Returns
    -------
    ndarray or scalar, shape of `scores` without `axis`, dtype of `scores`
        :math:`\log\sum_w e^{\theta_w}` (chapter *softmax*).

    Examples
    --------
    >>> float(log_sum_exp([1000.0, 1000.0])) == 1000 + float(np.log(2))
    True
    """
    wide, dtype = widen("scores", scores)
    axis = axis_index("scores", axis, wide)
    top, _, others = _below_top(wide, axis)
    return narrow(np.squeeze(top + np.log1p(others), axis=axis), dtype)
