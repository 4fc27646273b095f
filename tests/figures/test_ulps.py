"""The measure of error: units in the last place, in normal and subnormal numbers."""

import mpmath
import numpy as np
import pytest

from wordgrad.figures._ulps import ulp_errors


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@pytest.mark.parametrize("start", [1.0, 3.7, 1e-30, 0.0])
def test_neighbouring_floats_are_one_ulp_apart(dtype: type, start: float) -> None:
    x: np.ndarray = np.array([start], dtype=dtype)
    error = ulp_errors(lambda x: np.nextafter(x, dtype(np.inf)), lambda x: x, x)
    assert error[0] == pytest.approx(1, rel=1e-6)


def test_subnormal_numbers_have_the_ulp_of_the_smallest_normal_number() -> None:
    x = np.array([np.finfo(np.float64).tiny / 8])
    smallest = float(np.finfo(np.float64).smallest_subnormal)
    assert ulp_errors(lambda x: x + 3 * smallest, lambda x: x, x)[0] == 3


def test_what_is_not_finite_is_infinitely_wrong() -> None:
    errors = ulp_errors(lambda x: np.log(x), lambda x: mpmath.mpf(0), np.array([0.0, -1.0]))
    assert np.isinf(errors).all()
