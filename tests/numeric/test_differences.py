import numpy as np
import pytest

from wordgrad import numerical_gradient


def smooth(x):
    return np.exp(x).sum() + np.prod(x) ** 2


def smooth_gradient(x):
    return np.exp(x) + 2 * np.prod(x) ** 2 / x


POINT = np.array([[0.5, -1.5], [2.0, 0.25]])


@pytest.mark.parametrize(("method", "rtol"), [("central", 1e-8), ("complex", 1e-15)])
def test_against_a_known_gradient(method, rtol):
    gradient = numerical_gradient(smooth, POINT, method)
    assert gradient.dtype == np.float64
    np.testing.assert_allclose(gradient, smooth_gradient(POINT), rtol=rtol)


def test_squire_and_trapp_example():
    # SIAM Review 40 (1998): F(x) = x**(9/2) at x = 1.5, F'(1.5) = 18.6008127...
    exact = 4.5 * 1.5**3.5
    assert exact == pytest.approx(18.600812734259759, rel=1e-15)
    assert numerical_gradient(lambda x: x**4.5, 1.5, "complex") == pytest.approx(exact, rel=1e-15)
    assert numerical_gradient(lambda x: x**4.5, 1.5) == pytest.approx(exact, rel=1e-9)


@pytest.mark.parametrize("method", ["central", "complex"])
def test_float32_is_widened_and_the_point_left_alone(method):
    point = np.array([1.0, 2.0], np.float32)
    gradient = numerical_gradient(smooth, point, method)
    np.testing.assert_allclose(gradient, smooth_gradient(point.astype(np.float64)), rtol=1e-9)
    assert point.tolist() == [1.0, 2.0]


def test_large_points_get_a_larger_step():
    assert numerical_gradient(lambda x: (x**2).sum(), [1e6])[0] == pytest.approx(2e6, rel=1e-9)


@pytest.mark.parametrize(
    ("f", "x", "method", "message"),
    [
        (smooth, [1.0], "forward", "method is 'forward'; it must be 'central' or 'complex'"),
        (smooth, [1j], "complex", "x is complex"),
        (smooth, [np.inf], "central", "x is inf"),
        (smooth, [], "central", r"x has shape \(0,\)"),
        (lambda x: x, [1.0, 2.0], "central", r"f returned a value of shape \(2,\)"),
        (lambda x: np.abs(x).sum(), [1.0], "complex", "f returned a real number for a complex x"),
        (lambda x: float("nan"), [1.0], "central", "f returned nan near x"),
        (lambda x: complex("nan"), [1.0], "complex", "f returned "),
    ],
)
def test_bad_input_is_refused(f, x, method, message):
    with pytest.raises(ValueError, match=f"^{message}"):
        numerical_gradient(f, x, method)
