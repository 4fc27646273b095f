"""How many units in the last place (ulp) a float is off the exact value."""

import mpmath
import numpy as np

mpmath.mp.prec = 120  # more than twice the 53 bits of float64

_LAST_BIT = {np.dtype(np.float32): (24, -149), np.dtype(np.float64): (53, -1074)}


def ulp_errors(got: np.ndarray, exact: list[mpmath.mpf]) -> np.ndarray:
    """Return |got - exact| in units of the last bit of the exact value, (n,) and n mpf -> (n,).

    The unit is that of the binade of the exact value; below the normal range it is the smallest
    subnormal number.
    """
    precision, smallest = _LAST_BIT[got.dtype]
    errors = []
    for value, truth in zip(got, exact, strict=True):
        exponent = mpmath.frexp(truth)[1] if truth else smallest
        unit = mpmath.ldexp(1, max(int(exponent) - precision, smallest))
        errors.append(float(abs(mpmath.mpf(float(value)) - truth) / unit))
    return np.array(errors)
