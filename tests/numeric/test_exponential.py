import mpmath
import numpy as np

from wordgrad.numeric._exponential import exp_minus_abs


def test_the_two_parts_hold_more_bits_than_one_float():
    x = np.random.default_rng(0).uniform(-600, 600, 500)
    e, rest = exp_minus_abs(x)
    exact = [mpmath.exp(-abs(mpmath.mpf(float(v)))) for v in x]
    errors = [
        abs((mpmath.mpf(float(a)) + mpmath.mpf(float(b))) / t - 1)
        for a, b, t in zip(e, rest, exact, strict=True)
    ]
    assert max(errors) < 2.0**-54  # one float alone: up to 2**-53
    assert (np.abs(rest) <= np.spacing(e)).all()


def test_a_power_of_two_is_almost_exact():
    # Just above a power of two the sigmoid needs the bits behind the last one.
    x = np.arange(1, 50) * np.log(2)
    e, rest = exp_minus_abs(x)
    errors = [
        abs((mpmath.mpf(float(a)) + mpmath.mpf(float(b))) / mpmath.exp(-mpmath.mpf(float(v))) - 1)
        for a, b, v in zip(e, rest, x, strict=True)
    ]
    assert max(errors) < 2.0**-80


def test_the_far_end_is_zero():
    e, rest = exp_minus_abs(np.array([746.0, -1e308, 0.0]))
    assert e.tolist() == [0.0, 0.0, 1.0]
    assert rest.tolist() == [0.0, 0.0, 0.0]


def test_complex_points_flip_by_the_real_part():
    z = np.array([2 + 1e-20j, -2 + 1e-20j])
    e, _ = exp_minus_abs(z)
    np.testing.assert_allclose(e.real, np.exp(-2.0), rtol=1e-15)
    np.testing.assert_allclose(e.imag, np.exp(-2.0) * np.array([-1e-20, 1e-20]), rtol=1e-15)
