"""exp(-|x|) as an unevaluated sum of two floats, for results that are right to the last bit."""

import numpy as np

from ._validation import Array

_LN2_DIGITS = 693147180559945309417232121458176568075500134360255254120680  # log(2) * 10**60
_high, _low = divmod(_LN2_DIGITS * 2**41, 10**60)
_LN2_HIGH = _high / 2**41  # 41 bits, so that n * _LN2_HIGH is exact for |n| < 2**12
_LN2_LOW = _low / (2**41 * 10**60)
_LOWEST = -750.0  # exp(-750) rounds to 0 in float64


def exp_minus_abs(x: Array) -> tuple[Array, Array]:
    """Return (e, rest) with e + rest = exp(-|x|), for float64 or complex128 `x`.

    np.exp is off by up to 0.7 units in the last place (ulp). Where exp(-x) is just above a power
    of two, log(1 + exp(-x)) is just below it: there an ulp is half as wide, and that error alone
    costs 1.4 ulp. So exp is taken apart (n an integer, |r| <= log(2)/2):

        exp(-|x|) = 2**n exp(r) = 2**n (1 + expm1(r))

    Near a power of two r is small, so expm1(r) is almost without error there, and `rest` keeps
    what rounding 1 + expm1(r) loses. For the complex step "|x|" flips the sign by the real part,
    and plain exp will do: only the imaginary part counts.
    """
    falling = np.where(x.real < 0, x, -x)
    if np.iscomplexobj(falling):
        e = np.exp(falling)
        return e, np.zeros_like(e)
    falling = np.maximum(falling, _LOWEST)
    n = np.rint(falling / _LN2_HIGH)
    coarse, fine = falling - n * _LN2_HIGH, n * _LN2_LOW
    r = coarse - fine
    r_rest = (coarse - r) - fine
    m = np.expm1(r)
    one_plus_m = 1 + m
    rest = (m - (one_plus_m - 1)) + r_rest * one_plus_m
    exponent = n.astype(np.int32)
    return np.ldexp(one_plus_m, exponent), np.ldexp(rest, exponent)
