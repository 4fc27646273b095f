import math

import autograd
import autograd.numpy as anp
import mpmath
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from wordgrad import (
    check_gradients,
    cross_entropy,
    log_softmax,
    sigmoid,
    softmax,
)
from wordgrad import naive_softmax_loss_and_gradients as naive_softmax
from wordgrad import negative_sampling_loss_and_gradients as negative_sampling

from .cases import Problem, handout_vectors, problems, quick
from .ulp import ulp_errors

CLOSE = {"rtol": 1e-12, "atol": 1e-12}


def plain_softmax_loss(center_vec, outside_idx, outside_vecs):
    scores = anp.dot(outside_vecs, center_vec)
    return anp.log(anp.sum(anp.exp(scores))) - scores[outside_idx]


def plain_negative_sampling_loss(center_vec, outside_idx, outside_vecs, negative_idx):
    scores = anp.dot(outside_vecs, center_vec)
    loss = anp.log(1 + anp.exp(-scores[outside_idx]))
    for k in negative_idx:
        loss = loss + anp.log(1 + anp.exp(scores[k]))
    return loss


def pair_losses(p: Problem):
    """Each loss as a function of the two kinds of vectors, with its plain definition."""
    return [
        (
            lambda v, u: naive_softmax(v, p.outside_idx, u),
            lambda v, u: plain_softmax_loss(v, p.outside_idx, u),
        ),
        (
            lambda v, u: negative_sampling(v, p.outside_idx, u, p.negative_idx),
            lambda v, u: plain_negative_sampling_loss(v, p.outside_idx, u, p.negative_idx),
        ),
    ]


@given(p=problems())
@quick
def test_agrees_with_autograd(p):
    for ours, plain in pair_losses(p):
        loss, grad_center, grad_outside = ours(p.center_vec, p.outside_vecs)
        by_center, by_outside = autograd.grad(plain, (0, 1))(p.center_vec, p.outside_vecs)
        np.testing.assert_allclose(loss, plain(p.center_vec, p.outside_vecs), **CLOSE)
        np.testing.assert_allclose(grad_center, by_center, **CLOSE)
        np.testing.assert_allclose(grad_outside, by_outside, **CLOSE)


@pytest.mark.parametrize("method", ["central", "complex"])
@given(p=problems())
@quick
def test_gradients_pass_the_check(method, p):
    for ours, _ in pair_losses(p):
        check_gradients(
            lambda v, ours=ours: ours(v, p.outside_vecs)[:2], p.center_vec, method
        ).raise_if_wrong()
        check_gradients(
            lambda u, ours=ours: ours(p.center_vec, u)[::2], p.outside_vecs, method
        ).raise_if_wrong()


@given(p=problems(magnitude=100.0), dtype=st.sampled_from([np.float32, np.float64]))
@quick
def test_finite_and_silent_for_large_scores(p, dtype):
    center, outside = p.center_vec.astype(dtype), p.outside_vecs.astype(dtype)
    for ours, _ in pair_losses(p):
        with np.errstate(all="raise"):
            results = ours(center, outside)
        for result in results:
            assert result.dtype == dtype
            assert np.isfinite(result).all()
        assert results[0] >= 0
        assert np.array_equal(outside, p.outside_vecs.astype(dtype))  # input is left alone


def test_scores_of_ten_thousand():
    outside = np.array([[100.0], [-100.0], [0.0]])
    loss, grad_center, grad_outside = naive_softmax([100.0], 1, outside)
    assert loss == 20_000
    assert grad_center.tolist() == [200.0]
    assert grad_outside.tolist() == [[100.0], [-100.0], [0.0]]
    loss, grad_center, grad_outside = negative_sampling([100.0], 1, outside, [0, 2])
    assert loss == 20_000 + math.log(2)
    assert grad_center.tolist() == [200.0]
    assert grad_outside.tolist() == [[100.0], [-100.0], [50.0]]


def test_a_nearly_certain_word_has_an_exact_small_loss_and_gradient():
    loss, grad_center, grad_outside = naive_softmax([1.0], 0, [[40.0], [0.0]])
    exact = mpmath.log1p(mpmath.exp(-40))
    assert ulp_errors(np.array([loss]), [exact])[0] <= 2
    slope = mpmath.mpf(1) / (1 + mpmath.exp(40))  # 1 - y_hat, which rounds to 0
    assert ulp_errors(-grad_outside[0], [slope])[0] <= 3
    assert ulp_errors(-grad_center, [40 * slope])[0] <= 3


def test_a_certain_word_costs_plus_zero():
    assert math.copysign(1, naive_softmax([1.0], 0, [[1000.0], [0.0]])[0]) == 1
    assert math.copysign(1, negative_sampling([1.0], 0, [[1000.0], [-1000.0]], [1])[0]) == 1
    assert math.copysign(1, cross_entropy([1, 0], [1000.0, 0.0])) == 1


@given(p=problems(), seed=st.integers(0, 2**32 - 1))
@quick
def test_permutation_equivariance_over_the_vocabulary(p, seed):
    order = np.random.default_rng(seed).permutation(len(p.outside_vecs))
    place = np.argsort(order)  # where each word went
    shuffled = Problem(
        p.center_vecs, p.outside_vecs, p.center_idx, place[p.outside_idxs], place[p.negative_idxs]
    )
    for (ours, _), (theirs, _) in zip(pair_losses(p), pair_losses(shuffled), strict=True):
        loss, grad_center, grad_outside = ours(p.center_vec, p.outside_vecs)
        loss2, grad_center2, grad_outside2 = theirs(p.center_vec, p.outside_vecs[order])
        np.testing.assert_allclose(loss2, loss, rtol=1e-14)
        np.testing.assert_allclose(grad_center2, grad_center, **CLOSE)
        np.testing.assert_allclose(grad_outside2, grad_outside[order], **CLOSE)


@given(p=problems())
@quick
def test_repeated_negatives_equal_the_sum_of_single_ones(p):
    def alone(negatives):
        return negative_sampling(p.center_vec, p.outside_idx, p.outside_vecs, negatives)

    together, n = alone(p.negative_idx), len(p.negative_idx)
    singles = [alone([k]) for k in p.negative_idx]
    twice = alone(np.repeat(p.negative_idx[:1], 2))
    # Each single call counts the outside word once more; two equal negatives minus one is one.
    outside_alone = [2 * a - b for a, b in zip(alone(p.negative_idx[:1]), twice, strict=True)]
    for whole, outside, *parts in zip(together, outside_alone, *singles, strict=True):
        np.testing.assert_allclose(whole, sum(parts) - (n - 1) * outside, rtol=1e-12, atol=1e-12)


def test_multiplicities_by_the_formula():
    # Word 0 is the outside word and also drawn; word 1 is drawn three times; word 3 never.
    rng = np.random.default_rng(3)
    v, u = rng.normal(size=3), rng.normal(size=(4, 3))
    _, _, grad_outside = negative_sampling(v, 0, u, [1, 0, 1, 2, 1])
    s = sigmoid(u @ v)
    coefficient = np.array([s[0] - (1 - s[0]), 3 * s[1], s[2], 0.0])
    np.testing.assert_allclose(grad_outside, np.outer(coefficient, v), rtol=1e-14)


@given(p=problems(), seed=st.integers(0, 2**32 - 1))
@quick
def test_batch_is_stacked_singles(p, seed):
    rng = np.random.default_rng(seed)
    n, vocab_size = len(p.outside_idxs), len(p.outside_vecs)
    centers = p.center_vecs[rng.integers(vocab_size, size=n)]
    extra = {naive_softmax: (), negative_sampling: (p.negative_idxs,)}
    for function, more in extra.items():
        loss, grad_center, grad_outside = function(centers, p.outside_idxs, p.outside_vecs, *more)
        singles = [
            function(centers[i], p.outside_idxs[i], p.outside_vecs, *(m[i] for m in more))
            for i in range(n)
        ]
        np.testing.assert_allclose(loss, [single[0] for single in singles], **CLOSE)
        np.testing.assert_allclose(grad_center, [single[1] for single in singles], **CLOSE)
        np.testing.assert_allclose(grad_outside, sum(single[2] for single in singles), **CLOSE)


def test_shapes_and_dtypes():
    centers = np.ones((4, 3), np.float32)
    outside = np.ones((5, 3), np.float32)
    for result in (
        naive_softmax(centers, [0, 1, 2, 3], outside),
        negative_sampling(centers, [0, 1, 2, 3], outside, np.zeros((4, 2), int)),
    ):
        assert [part.shape for part in result] == [(4,), (4, 3), (5, 3)]
        assert [part.dtype for part in result] == [np.float32] * 3
    assert naive_softmax([1, 2], 0, [[1, 2]])[1].dtype == np.float64
    assert naive_softmax(centers[0], 0, outside.astype(np.float64))[1].dtype == np.float64


def test_published_naive_softmax():
    # Sanity check of the word2vec assignment of CS224n.
    loss, grad_center, grad_outside = naive_softmax(
        np.array([-0.27323645, 0.12538062, 0.95374082]),
        3,
        [
            [-0.6831809, -0.04200519, 0.72904007],
            [0.18289107, 0.76098587, -0.62245591],
            [-0.61517874, 0.5147624, -0.59713884],
            [-0.33867074, -0.80966534, -0.47931635],
            [-0.52629529, -0.78190408, 0.33412466],
        ],
    )
    assert loss == pytest.approx(2.217424877675181, abs=2e-8)  # from vectors of 8 digits
    assert grad_center == pytest.approx([-0.17249875, 0.64873661, 0.67821423], abs=2e-8)
    published = [
        [-0.11394933, 0.05228819, 0.39774391],
        [-0.02740743, 0.01257651, 0.09566654],
        [-0.03385715, 0.01553611, 0.11817949],
        [0.24348396, -0.11172803, -0.84988879],
        [-0.06827005, 0.03132723, 0.23829885],
    ]
    np.testing.assert_allclose(grad_outside, published, rtol=0, atol=2e-8)
    centers, outsides = handout_vectors()  # the same vectors in full
    assert naive_softmax(centers[2], 3, outsides)[0] == pytest.approx(2.217424877675181, rel=1e-15)


@given(p=problems())
@quick
def test_cross_entropy_of_a_word_is_the_softmax_loss(p):
    scores = p.outside_vecs @ p.center_vec
    one_hot = np.arange(len(scores)) == p.outside_idx
    loss = naive_softmax(p.center_vec, p.outside_idx, p.outside_vecs)[0]
    np.testing.assert_allclose(cross_entropy(one_hot, scores), loss, rtol=1e-14, atol=1e-15)


@given(p=problems(), axis=st.integers(-2, 1))
@quick
def test_cross_entropy_from_its_definition(p, axis):
    target, scores = softmax(p.center_vecs, axis), p.outside_vecs
    loss = cross_entropy(target, scores, axis)
    np.testing.assert_allclose(loss, -(target * log_softmax(scores, axis)).sum(axis), rtol=1e-13)
    assert (loss - cross_entropy(target, p.center_vecs, axis) >= -1e-12).all()  # Gibbs


@pytest.mark.parametrize("method", ["central", "complex"])
def test_cross_entropy_gradient(method):
    rng = np.random.default_rng(0)
    target = softmax(rng.normal(size=6))
    check_gradients(
        lambda s: (cross_entropy(target, s), softmax(s) - target), rng.normal(size=6), method
    ).raise_if_wrong()


def test_cross_entropy_dtype_and_extremes():
    one_hot = np.array([0, 1])
    loss = cross_entropy(one_hot, np.array([1e4, -1e4], np.float32))
    assert loss.dtype == np.float32
    assert loss == 20_000
    target = np.eye(3, dtype=np.float32)
    assert cross_entropy(target, np.zeros((3, 3), np.float32)).dtype == np.float32
    assert cross_entropy(target, np.zeros((3, 3)), axis=0).shape == (3,)


@pytest.mark.parametrize(
    ("target", "scores", "message"),
    [
        ([0.5, 0.5], [1.0, 2.0, 3.0], r"target has shape \(2,\), scores \(3,\)"),
        ([1.5, -0.5], [1.0, 2.0], r"target contains -0\.5"),
        ([0.5, 0.6], [1.0, 2.0], r"target sums to 1\.1"),
        ([1j, 1.0], [1.0, 2.0], "target is complex"),
        ([1.0, np.nan], [1.0, 2.0], "target is nan"),
        ([1.0, 0.0], [1.0, np.inf], "scores is inf"),
    ],
)
def test_cross_entropy_refuses(target, scores, message):
    with pytest.raises(ValueError, match=f"^{message}"):
        cross_entropy(target, scores)


GOOD = {"center_vec": np.ones(2), "outside_idx": 1, "outside_vecs": np.ones((3, 2))}


@pytest.mark.parametrize(
    ("name", "value", "message"),
    [
        ("center_vec", np.ones((2, 2, 2)), r"has shape \(2, 2, 2\)"),
        ("center_vec", np.ones(3), "has dimension 3"),
        ("center_vec", [1.0, np.nan], "is nan"),
        ("center_vec", ["a", "b"], "has dtype"),
        ("outside_vecs", np.ones(2), r"has shape \(2,\)"),
        ("outside_vecs", [[1.0, 1.0], [np.inf, 1.0]], r"is inf at \(1, 0\)"),
        ("outside_idx", 3, "contains 3"),
        ("outside_idx", -1, "contains -1"),
        ("outside_idx", 1.0, "has dtype float64"),
        ("outside_idx", [1], r"has shape \(1,\)"),
        ("outside_idx", None, "has dtype object"),
    ],
)
def test_bad_input_is_refused_by_name(name, value, message):
    with pytest.raises(ValueError, match=f"^{name} {message}"):
        naive_softmax(**{**GOOD, name: value})
    with pytest.raises(ValueError, match=f"^{name} {message}"):
        negative_sampling(**{**GOOD, name: value}, negative_idx=[0])


@pytest.mark.parametrize(
    ("value", "message"),
    [
        (0, "has shape"),
        ([], "has shape .* empty"),
        ([[0]], "has shape"),
        ([0.5], "has dtype"),
        ([0, 3], "contains 3"),
        ([-1], "contains -1"),
    ],
)
def test_bad_negatives_are_refused(value, message):
    with pytest.raises(ValueError, match=f"^negative_idx {message}"):
        negative_sampling(**GOOD, negative_idx=value)


def test_scores_that_overflow_are_refused():
    huge = np.full((2, 2), 1e30, np.float32)
    with pytest.raises(ValueError, match="dot products beyond float32"):
        naive_softmax(huge[0], 0, huge)
    with pytest.raises(ValueError, match="dot products beyond float32"):
        negative_sampling(huge[0], 0, -huge, [1])
