import dataclasses

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from wordgrad import GradientCheck, check_gradients, naive_softmax_loss_and_gradients, softmax

from .cases import problems, quick

METHODS = pytest.mark.parametrize("method", ["central", "complex"])


def cubic(x):
    return (x**3).sum(), 3 * x**2


@METHODS
def test_a_right_gradient(method):
    check = check_gradients(cubic, [1.0, -2.0], method)
    assert check
    assert check.ok
    check.raise_if_wrong()
    assert check.method == method
    assert check.tolerance == {"central": 1e-7, "complex": 1e-12}[method]
    np.testing.assert_allclose(check.analytic, [3.0, 12.0])
    np.testing.assert_allclose(check.numeric, [3.0, 12.0], rtol=1e-8)
    assert "agrees with" in str(check)


@METHODS
def test_a_wrong_gradient_says_where_and_by_how_much(method):
    def wrong(x):
        value, gradient = cubic(x)
        gradient[1, 0] += 0.5
        return value, gradient

    check = check_gradients(wrong, [[1.0, -2.0], [2.0, 1.0]], method)
    assert not check
    assert check.where == (1, 0)
    assert check.max_abs_error == pytest.approx(0.5)
    assert check.max_rel_error == pytest.approx(0.5 / 12.5)
    with pytest.raises(AssertionError, match=r"largest at \(1, 0\): analytic 12\.5, numeric 12"):
        check.raise_if_wrong()


COARSE_SLIPS = {
    "sign": lambda p, y, u: -u.T @ (p - y),
    "y_hat without y": lambda p, y, u: u.T @ p,
    "factor two": lambda p, y, u: 2 * u.T @ (p - y),
    "one percent": lambda p, y, u: 1.01 * u.T @ (p - y),
}
FINE_SLIPS = {
    "y_hat of o under the sum": lambda p, y, u: u.T @ (p[y == 1] - y),
    "one part in a million": lambda p, y, u: (1 + 1e-6) * u.T @ (p - y),
}
CAUGHT = [
    *((slip, scale) for slip in COARSE_SLIPS for scale in (1.0, 1e-3, 1e-6)),
    *((slip, scale) for slip in FINE_SLIPS for scale in (1.0, 1e-3)),
]


@METHODS
@pytest.mark.parametrize(("slip", "scale"), CAUGHT)
def test_slips_in_the_softmax_gradient_are_caught(slip, scale, method):
    # A small scale makes the gradient small: an absolute tolerance would let the slip through.
    rng = np.random.default_rng(0)
    outside, y, point = scale * rng.normal(size=(5, 3)), np.eye(5)[2], rng.normal(size=3)
    slipped = {**COARSE_SLIPS, **FINE_SLIPS}[slip]

    def right(v):
        return naive_softmax_loss_and_gradients(v, 2, outside)[:2]

    def wrong(v):
        return right(v)[0], slipped(softmax(outside @ v), y, outside)

    assert check_gradients(right, point, method)
    assert not check_gradients(wrong, point, method)


@METHODS
@given(p=problems(), data=st.data())
@quick
def test_one_changed_entry_is_caught(method, p, data):
    where = data.draw(st.integers(0, p.outside_vecs.size - 1))

    def changed(u):
        loss, _, gradient = naive_softmax_loss_and_gradients(p.center_vec, p.outside_idx, u)
        gradient = gradient.copy()
        gradient.flat[where] += 1e-3
        return loss, gradient

    assume(np.abs(p.center_vec).max() > 0.1)
    check = check_gradients(changed, p.outside_vecs, method)
    assert not check
    assert check.max_abs_error == pytest.approx(1e-3, rel=1e-3)


@METHODS
def test_a_gradient_that_is_zero_up_to_rounding_is_accepted(method):
    # By symmetry the true gradient is 0; the rounded one is not.
    outside = np.array([[0.1, 0.7], [0.3, -0.2], [-0.4, -0.5]])
    target = np.full(3, 1 / 3)

    def flat(v):
        scores = outside @ v
        probs = softmax(scores)
        return -(target * np.log(probs)).sum(), outside.T @ (probs - target) + 1e-17

    assert check_gradients(flat, np.zeros(2), method)


@METHODS
def test_both_gradients_zero(method):
    check = check_gradients(lambda x: (x.sum() * 0, np.zeros(2)), [1.0, 2.0], method)
    assert check
    assert check.max_rel_error == 0


def test_tolerance_is_the_callers():
    def rough(x):
        return (x**2).sum(), 2.002 * x

    assert not check_gradients(rough, [1.0], "complex")
    assert check_gradients(rough, [1.0], "complex", tolerance=1e-2)


def test_a_scalar_point():
    check = check_gradients(lambda x: (x**2, 2 * x), 3.0, "complex")
    assert check
    assert check.where == ()


def test_the_result_is_frozen():
    check = check_gradients(cubic, [1.0])
    assert isinstance(check, GradientCheck)
    with pytest.raises(dataclasses.FrozenInstanceError):
        check.ok = False


@pytest.mark.parametrize(
    ("f", "message"),
    [
        (lambda x: (x.sum(), np.ones(3)), r"f returned a gradient of shape \(3,\) for x of shape"),
        (lambda x: (x.sum(), [np.nan, 0.0]), "the gradient that f returns is nan"),
        (lambda x: (x.sum(), [1j, 0.0]), "the gradient that f returns is complex"),
    ],
)
def test_a_bad_gradient_is_refused(f, message):
    with pytest.raises(ValueError, match=f"^{message}"):
        check_gradients(f, [1.0, 2.0])
