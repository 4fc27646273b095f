import mpmath
import numpy as np
import pytest

from .ulp import ulp_errors


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_the_next_float_is_one_ulp_away(dtype):
    values = np.array([1.0, 3.0, 0.1, -5e4], dtype=dtype)
    exact = [mpmath.mpf(float(v)) for v in values]
    assert np.array_equal(ulp_errors(values, exact), np.zeros(4))
    assert np.array_equal(ulp_errors(np.nextafter(values, dtype(np.inf)), exact), np.ones(4))


def test_below_a_power_of_two_the_unit_is_half_as_wide():
    just_below_one = mpmath.mpf(1) - mpmath.ldexp(1, -80)
    assert ulp_errors(np.array([1 + 2.0**-52]), [just_below_one])[0] == pytest.approx(2)


def test_subnormal_unit():
    assert ulp_errors(np.array([0.0]), [mpmath.ldexp(3, -1075)])[0] == 1.5
    assert ulp_errors(np.array([0.0], dtype=np.float32), [mpmath.ldexp(1, -150)])[0] == 0.5
