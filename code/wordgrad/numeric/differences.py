"""Derivatives without derivation: the central difference and the complex step."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Literal

import numpy as np
import numpy.typing as npt

from ._validation import Array, real_numbers

Method = Literal["central", "complex"]
EPSILON = float(np.finfo(np.float64).eps)
CENTRAL_STEP = EPSILON ** (1 / 3)  # balances the error of the formula and that of rounding
_COMPLEX_STEP = 1e-20  # nothing is subtracted, so it can be so small that its square vanishes


def numerical_gradient(
    f: Callable[[Array], Any], x: npt.ArrayLike, method: Method = "central"
) -> Array:
    r"""Gradient of a scalar function without knowing its derivative.

    Parameters
    ----------
    f : function of an array, returns a scalar
        For "complex" it must accept complex128 and keep the imaginary part, as the losses of this
        package do.
    x : array_like, any shape
        Where to differentiate; float32 is widened to float64.
    method : {"central", "complex"}
        See Notes.

    Returns
    -------
    ndarray of float64, shape of `x`
        The gradient.

    Raises
    ------
    ValueError
        If `method` is unknown, `x` is complex, or `f` returns no scalar or drops the imaginary
        part.

    Notes
    -----
    Chapter *gradient-checking*. With :math:`e_i` the unit vector of entry i,

    .. math:: \frac{f(x+he_i)-f(x-he_i)}{2h} + O(h^2), \qquad
       \frac{\operatorname{Im} f(x+ihe_i)}{h} + O(h^2) .

    The first subtracts two nearly equal numbers, so h cannot be small; the second subtracts
    nothing and is exact to rounding with h = 1e-20 [1]_.

    References
    ----------
    .. [1] W. Squire, G. Trapp, "Using Complex Variables to Estimate Derivatives of Real
       Functions", SIAM Review 40 (1998).

    Examples
    --------
    >>> numerical_gradient(lambda x: np.exp(x).sum(), [0.0, 1.0], "complex")
    array([1.        , 2.71828183])
    """
    if method not in ("central", "complex"):
        raise ValueError(f"method is {method!r}; it must be 'central' or 'complex'")
    point = real_numbers("x", x).astype(np.float64)
    if point.size == 0:
        raise ValueError(f"x has shape {point.shape}; there is nothing to differentiate by")
    slope = _central_slope if method == "central" else _complex_slope
    gradient = np.empty_like(point)
    for where in np.ndindex(point.shape):
        gradient[where] = slope(f, point, where)
    return gradient


def _central_slope(f: Callable[[Array], Any], point: Array, where: tuple[int, ...]) -> float:
    ahead, behind = point.copy(), point.copy()
    step = CENTRAL_STEP * max(1.0, abs(point[where]))
    ahead[where] += step
    behind[where] -= step
    rise = _scalar(f(ahead)) - _scalar(f(behind))
    return float(rise / (ahead[where] - behind[where]))  # the step as rounded


def _complex_slope(f: Callable[[Array], Any], point: Array, where: tuple[int, ...]) -> float:
    shifted = point.astype(np.complex128)
    shifted[where] += 1j * _COMPLEX_STEP
    value = _scalar(f(shifted))
    if not np.iscomplexobj(value):
        raise ValueError(
            "f returned a real number for a complex x, so it drops the imaginary part; "
            "make it keep complex numbers, or use method='central'"
        )
    return float(value.imag / _COMPLEX_STEP)


def _scalar(value: Any) -> Any:
    array = np.asarray(value)
    if array.ndim != 0:
        raise ValueError(f"f returned a value of shape {array.shape}; it must return one number")
    if not np.isfinite(array):
        raise ValueError(f"f returned {array[()]} near x; it must be finite there")
    return array[()]
