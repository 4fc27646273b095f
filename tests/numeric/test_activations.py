import math

import autograd
import autograd.numpy as anp
import mpmath
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from wordgrad import check_gradients, log_sigmoid, log_softmax, log_sum_exp, sigmoid, softmax

from .cases import quick
from .ulp import ulp_errors

ELEMENTWISE = [sigmoid, log_sigmoid]
ALONG_AXIS = [softmax, log_softmax, log_sum_exp]
FLOATS = [np.float32, np.float64]

scores = hnp.arrays(
    np.float64,
    hnp.array_shapes(min_dims=1, max_dims=3, max_side=5),
    elements=st.floats(-1e4, 1e4),
)


def probes(dtype, n, seed=0):
    """Points over the whole range: the middle, the tails, all magnitudes, the awkward ones."""
    rng = np.random.default_rng(seed)
    tail = 745.2 if dtype is np.float64 else 103.98
    normal_tail = 708.0 if dtype is np.float64 else 87.0
    halves = np.arange(1, 60) * math.log(2)  # exp(-x) is a power of two: rounding errors double
    near = (
        halves[:, None] + halves[:, None] ** -3 * rng.uniform(-1, 0.2, (59, n // 59 + 1))
    ).ravel()
    awkward = [
        0.0,
        5e-324,
        1e-300,
        1e-45,
        1e-16,
        36.7,
        37.5,
        709.78,
        745.13,
        745.2,
        750.0,
        1e4,
        1e30,
    ]
    positive = np.concatenate(
        [
            np.linspace(0, 5, n),
            rng.uniform(0, 40, n),
            rng.uniform(0, tail, n),
            rng.uniform(normal_tail, tail, n),
            10 ** rng.uniform(-20, 4, n),
            near.ravel(),
            awkward,
        ]
    )
    x = np.concatenate([positive, -positive])
    with np.errstate(under="ignore"):
        return x.astype(dtype)


def largest_ulp_error(function, exact, x):
    got = function(x)
    assert got.dtype == x.dtype
    return ulp_errors(got, [exact(mpmath.mpf(float(v))) for v in x]).max()


def exact_sigmoid(x):
    return 1 / (1 + mpmath.exp(-x))


def exact_log_sigmoid(x):
    return -mpmath.log1p(mpmath.exp(-x))


@pytest.mark.parametrize("dtype", FLOATS)
@pytest.mark.parametrize("n", [250, pytest.param(20_000, marks=pytest.mark.slow)])
def test_last_bits(dtype, n):
    x = probes(dtype, n, seed=n)
    assert largest_ulp_error(sigmoid, exact_sigmoid, x) <= 1
    assert largest_ulp_error(log_sigmoid, exact_log_sigmoid, x) <= 1.5


@pytest.mark.parametrize(
    ("dtype", "x"), [(np.float64, -745.0), (np.float64, -745.1), (np.float32, -103.0)]
)
def test_smallest_numbers(dtype, x):
    smallest = np.nextafter(dtype(0), dtype(1))
    assert smallest <= sigmoid(dtype(x)) <= 4 * smallest
    assert log_sigmoid(dtype(-x)) == -sigmoid(dtype(x))


def test_published_values():
    # Sigmoid table; the softmax lines are the sanity checks of the word2vec assignment of CS224n.
    x = [[1, 2], [-1, -2]]
    table = [[0.73105858, 0.88079708], [0.26894142, 0.11920292]]
    np.testing.assert_allclose(sigmoid(x), table, rtol=0, atol=5e-9)
    np.testing.assert_allclose(softmax([1001, 1002]), [0.26894142, 0.73105858], rtol=0, atol=5e-9)
    np.testing.assert_allclose(
        softmax([[1001, 1002], [3, 4]]), [[0.26894142, 0.73105858]] * 2, rtol=0, atol=5e-9
    )
    np.testing.assert_allclose(softmax([-1001, -1002]), [0.73105858, 0.26894142], rtol=0, atol=5e-9)


def test_a_nearly_certain_word_keeps_a_relative_error():
    # log(softmax) would be 0 here: 1 + exp(-40) rounds to 1.
    exact = -mpmath.log1p(mpmath.exp(-40))
    assert ulp_errors(log_softmax([40.0, 0.0])[:1], [exact])[0] <= 2


@pytest.mark.parametrize("function", [*ELEMENTWISE, *ALONG_AXIS])
@pytest.mark.parametrize("dtype", FLOATS)
def test_dtype_is_kept(function, dtype):
    assert function(np.array([0.5, -2.0], dtype=dtype)).dtype == dtype
    assert function(np.array([0.5, -2.0], dtype=np.float16)).dtype == np.float64
    assert function(np.array([0.5, -2.0], dtype=np.longdouble)).dtype == np.float64
    assert function([1, -2]).dtype == np.float64
    assert function(np.array([0.5, -2.0], dtype=np.complex64)).dtype == np.complex128


@pytest.mark.parametrize("function", ELEMENTWISE)
def test_scalars_and_shapes(function):
    assert np.shape(function(0.3)) == ()
    assert isinstance(function(0.3), float)
    assert function(np.zeros((2, 0, 3))).shape == (2, 0, 3)


@pytest.mark.parametrize("function", [*ELEMENTWISE, *ALONG_AXIS])
@given(x=scores)
@quick
def test_finite_and_silent_up_to_1e4(function, x):
    with np.errstate(under="ignore"):
        single = x.astype(np.float32)
    for given_scores in (x, single):
        before = given_scores.copy()
        with np.errstate(all="raise"):
            result = function(given_scores)
        assert np.isfinite(result).all()
        assert np.array_equal(given_scores, before)


@given(x=scores)
@quick
def test_sigmoid_identities(x):
    np.testing.assert_allclose(sigmoid(x) + sigmoid(-x), 1, rtol=0, atol=3e-16)
    np.testing.assert_allclose(log_sigmoid(x) - log_sigmoid(-x), x, rtol=1e-15, atol=1e-15)
    assert (np.diff(sigmoid(np.sort(x, axis=None))) >= 0).all()


@given(x=scores, data=st.data())
@quick
def test_softmax_is_a_distribution_along_the_axis(x, data):
    axis = data.draw(st.integers(-x.ndim, x.ndim - 1))
    probs = softmax(x, axis)
    assert probs.shape == x.shape
    np.testing.assert_allclose(probs.sum(axis=axis), 1, rtol=1e-14)
    np.testing.assert_allclose(np.exp(log_softmax(x, axis)), probs, rtol=1e-11, atol=1e-300)
    np.testing.assert_allclose(
        log_softmax(x, axis),
        x - np.expand_dims(log_sum_exp(x, axis), axis),
        rtol=1e-14,
        atol=1e-11,
    )
    moved = softmax(np.moveaxis(x, axis, -1))
    np.testing.assert_allclose(np.moveaxis(probs, axis, -1), moved, rtol=1e-14)


@given(x=scores, shift=st.integers(-(2**12), 2**12))
@quick
def test_shift_invariance(x, shift):
    x = np.round(x * 16) / 16  # so that the shift is exact
    assert np.array_equal(softmax(x + shift), softmax(x))
    assert np.array_equal(log_softmax(x + shift), log_softmax(x))
    np.testing.assert_allclose(log_sum_exp(x + shift), log_sum_exp(x) + shift, atol=1e-11)


@given(x=scores, seed=st.integers(0, 2**32 - 1))
@quick
def test_permutation_equivariance(x, seed):
    order = np.random.default_rng(seed).permutation(x.shape[-1])
    np.testing.assert_allclose(softmax(x[..., order]), softmax(x)[..., order], rtol=1e-14)
    np.testing.assert_allclose(log_sum_exp(x[..., order]), log_sum_exp(x), rtol=1e-14)


@given(x=scores)
@quick
def test_batch_is_stacked_singles(x):
    rows = x.reshape(-1, x.shape[-1])
    for function in ALONG_AXIS:
        singles = np.stack([function(row) for row in rows])
        np.testing.assert_allclose(function(rows), singles, rtol=1e-15, atol=0)


def test_softmax_from_its_definition():
    x = [0.3, -1.2, 2.5]
    total = sum(math.exp(v) for v in x)
    np.testing.assert_allclose(softmax(x), [math.exp(v) / total for v in x], rtol=1e-15)
    assert log_sum_exp(x) == pytest.approx(math.log(total), rel=1e-15)


def test_derivatives_agree_with_autograd():
    x = np.linspace(-5, 5, 21)
    plain = autograd.elementwise_grad(lambda t: 1 / (1 + anp.exp(-t)))(x)
    np.testing.assert_allclose(sigmoid(x) * sigmoid(-x), plain, rtol=1e-12)
    plain = autograd.elementwise_grad(lambda t: -anp.log(1 + anp.exp(-t)))(x)
    np.testing.assert_allclose(sigmoid(-x), plain, rtol=1e-12)
    plain = autograd.grad(lambda t: anp.log(anp.sum(anp.exp(t))))(x)
    np.testing.assert_allclose(softmax(x), plain, rtol=1e-12)


@pytest.mark.parametrize(
    ("value", "slope"),
    [
        (lambda x: sigmoid(x).sum(), lambda x: sigmoid(x) * sigmoid(-x)),
        (lambda x: log_sigmoid(x).sum(), lambda x: sigmoid(-x)),
        (log_sum_exp, softmax),
        (lambda x: log_softmax(x)[2], lambda x: (np.arange(9) == 2) - softmax(x)),
        (lambda x: softmax(x)[2], lambda x: softmax(x)[2] * ((np.arange(9) == 2) - softmax(x))),
    ],
)
@pytest.mark.parametrize("method", ["central", "complex"])
def test_complex_numbers_carry_the_derivative(value, slope, method):
    x = np.array([-30.0, -2.0, -1e-3, 0.0, 1e-3, 0.5, 2.0, 9.0, 30.0])
    check_gradients(lambda z: (value(z), slope(z)), x, method).raise_if_wrong()


@pytest.mark.parametrize("function", [*ELEMENTWISE, *ALONG_AXIS])
@pytest.mark.parametrize("bad", [[1.0, np.nan], [np.inf, 0.0], ["a"], [[1.0], [1.0, 2.0]], None])
def test_bad_numbers_are_refused_by_name(function, bad):
    name = "x" if function in ELEMENTWISE else "scores"
    with pytest.raises(ValueError, match=f"^{name} "):
        function(bad)


@pytest.mark.parametrize("function", ALONG_AXIS)
def test_bad_axes_are_refused(function):
    with pytest.raises(ValueError, match=r"^axis is 2, .* from -2 to 1"):
        function(np.zeros((2, 3)), axis=2)
    with pytest.raises(ValueError, match=r"^axis is None"):
        function(np.zeros((2, 3)), axis=None)
    with pytest.raises(ValueError, match=r"0 axes"):
        function(1.0)
    with pytest.raises(ValueError, match="must not be empty"):
        function(np.zeros((2, 0)))
