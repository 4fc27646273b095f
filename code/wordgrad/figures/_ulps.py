"""Distance of a computed number from the exact one, in units in the last place (ulp)."""

from collections.abc import Callable

import mpmath
import numpy as np
import numpy.typing as npt

__all__ = ["ulp_errors"]

_BITS = 160  # of the exact values: three times those of a float64


def ulp_errors(
    function: Callable[[npt.NDArray[np.floating]], npt.NDArray[np.floating]],
    exact: Callable[[mpmath.mpf], mpmath.mpf],
    x: npt.NDArray[np.floating],
) -> npt.NDArray[np.float64]:
    """Error of ``function(x)`` in ulp of the exact result, in the dtype of `x`.

    An ulp is the distance of neighbouring floats around the exact result; below the smallest
    normal number all floats have the same distance.  A result that is not finite has error inf.

    Parameters
    ----------
    function : function of an array
        What is measured; it gets `x` as it is, so it computes in float32 or float64.
    exact : function of an mpmath number
        The same in arbitrary precision.
    x : ndarray of float32 or float64
        Where to measure; each entry is taken as exact.

    Returns
    -------
    ndarray of float64, shape of `x`

    Examples
    --------
    >>> third = lambda x: x / 3
    >>> bool(ulp_errors(third, third, np.array([1.0]))[0] < 0.5)
    True
    >>> ulp_errors(lambda x: np.nextafter(x, np.inf), lambda x: x, np.array([1.0, 0.0]))
    array([1., 1.])
    """
    with np.errstate(all="ignore"):
        computed = function(x)
    errors = np.empty(x.shape)
    with mpmath.workprec(_BITS):
        for where in np.ndindex(x.shape):
            right = exact(mpmath.mpf(float(x[where])))
            errors[where] = _in_ulps(float(computed[where]), right, np.finfo(x.dtype))
    return errors


def _in_ulps(computed: float, right: mpmath.mpf, format_: "np.finfo[np.floating]") -> float:
    if not np.isfinite(computed):
        return float("inf")
    exponent = mpmath.mag(right) - 1 if right else format_.minexp  # 2**exponent <= |right|
    ulp = mpmath.ldexp(1, int(max(exponent, format_.minexp)) - format_.nmant)
    return float(abs(mpmath.mpf(computed) - right) / ulp)
