import autograd
import autograd.numpy as anp
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from wordgrad import (
    cbow,
    check_gradients,
    naive_softmax_loss_and_gradients,
    negative_sampling_loss_and_gradients,
    skipgram,
)
from wordgrad.numeric import textbook

from .cases import Problem, handout_vectors, problems, quick
from .test_losses import CLOSE, plain_negative_sampling_loss, plain_softmax_loss


def windows(p: Problem):
    """Every kind of window as a function of both matrices, with its plain definition."""

    def plain_skipgram(c, u):
        return sum(plain_softmax_loss(c[p.center_idx], o, u) for o in p.outside_idxs)

    def plain_skipgram_negatives(c, u):
        return sum(
            plain_negative_sampling_loss(c[p.center_idx], o, u, n)
            for o, n in zip(p.outside_idxs, p.negative_idxs, strict=True)
        )

    def context(c, share):
        return share * anp.sum(anp.stack([c[w] for w in p.outside_idxs]), axis=0)

    mean = 1 / len(p.outside_idxs)
    skip, bag = (p.center_idx, p.outside_idxs), (p.outside_idxs, p.center_idx)
    return [
        (lambda c, u: skipgram(*skip, c, u), plain_skipgram),
        (
            lambda c, u: skipgram(*skip, c, u, "negative_sampling", p.negative_idxs),
            plain_skipgram_negatives,
        ),
        (
            lambda c, u: cbow(*bag, c, u),
            lambda c, u: plain_softmax_loss(context(c, 1), p.center_idx, u),
        ),
        (
            lambda c, u: cbow(*bag, c, u, "negative_sampling", "mean", p.negative_idx),
            lambda c, u: plain_negative_sampling_loss(
                context(c, mean), p.center_idx, u, p.negative_idx
            ),
        ),
    ]


@given(p=problems(magnitude=1.0))
@quick
def test_agrees_with_autograd(p):
    for ours, plain in windows(p):
        loss, *gradients = ours(p.center_vecs, p.outside_vecs)
        np.testing.assert_allclose(loss, plain(p.center_vecs, p.outside_vecs), **CLOSE)
        expected = autograd.grad(plain, (0, 1))(p.center_vecs, p.outside_vecs)
        for gradient, by_autograd in zip(gradients, expected, strict=True):
            np.testing.assert_allclose(gradient, by_autograd, **CLOSE)


@pytest.mark.parametrize("method", ["central", "complex"])
@given(p=problems(magnitude=1.0))
@quick
def test_gradients_pass_the_check(method, p):
    for ours, _ in windows(p):
        check_gradients(
            lambda c, ours=ours: ours(c, p.outside_vecs)[:2], p.center_vecs, method
        ).raise_if_wrong()
        check_gradients(
            lambda u, ours=ours: ours(p.center_vecs, u)[::2], p.outside_vecs, method
        ).raise_if_wrong()


@given(p=problems(magnitude=30.0), dtype=st.sampled_from([np.float32, np.float64]))
@quick
def test_finite_silent_and_of_the_dtype(p, dtype):
    centers, outsides = p.center_vecs.astype(dtype), p.outside_vecs.astype(dtype)
    for ours, _ in windows(p):
        with np.errstate(all="raise"):
            results = ours(centers, outsides)
        for result in results:
            assert result.dtype == dtype
            assert np.isfinite(result).all()
    assert np.array_equal(centers, p.center_vecs.astype(dtype))


def test_only_the_center_row_moves_in_skipgram():
    rng = np.random.default_rng(0)
    centers, outsides = rng.normal(size=(2, 5, 3))
    _, grad_centers, grad_outsides = skipgram(
        2, [0, 1], centers, outsides, "negative_sampling", [[3, 3], [0, 3]]
    )
    assert (grad_centers != 0).any(axis=1).tolist() == [False, False, True, False, False]
    assert (grad_outsides != 0).any(axis=1).tolist() == [True, True, False, True, False]


def test_a_repeated_context_word_counts_twice():
    rng = np.random.default_rng(1)
    centers, outsides = rng.normal(size=(2, 4, 3))
    twice = skipgram(0, [1, 1], centers, outsides)
    once = skipgram(0, [1], centers, outsides)
    for a, b in zip(twice, once, strict=True):
        np.testing.assert_allclose(a, 2 * b, rtol=1e-14)
    _, grad, _ = cbow([1, 2, 1, 0], 0, centers, outsides)  # the center word is in its own context
    np.testing.assert_allclose(grad, [grad[2], 2 * grad[2], grad[2], np.zeros(3)], rtol=1e-14)


@given(p=problems(), combine=st.sampled_from(["sum", "mean"]))
@quick
def test_the_order_of_context_words_is_free(p, combine):
    backwards = p.outside_idxs[::-1]
    for a, b in zip(
        cbow(p.outside_idxs, p.center_idx, p.center_vecs, p.outside_vecs, combine=combine),
        cbow(backwards, p.center_idx, p.center_vecs, p.outside_vecs, combine=combine),
        strict=True,
    ):
        np.testing.assert_allclose(a, b, **CLOSE)


def test_sum_is_the_mean_of_scaled_vectors():
    rng = np.random.default_rng(2)
    centers, outsides = rng.normal(size=(2, 4, 3))
    words = [0, 3, 3]
    assert cbow(words, 1, centers, outsides)[0] == pytest.approx(
        cbow(words, 1, 3 * centers, outsides, combine="mean")[0], rel=1e-14
    )


@given(p=problems())
@quick
def test_a_function_may_be_passed_as_pair_loss(p):
    skip = (p.center_idx, p.outside_idxs, p.center_vecs, p.outside_vecs)
    bag = (p.outside_idxs, p.center_idx, p.center_vecs, p.outside_vecs)
    named = [
        (skipgram(*skip, pair_loss="softmax"), skipgram(*skip, naive_softmax_loss_and_gradients)),
        (skipgram(*skip), skipgram(*skip, textbook.naive_softmax_loss_and_gradients)),
        (
            skipgram(*skip, "negative_sampling", p.negative_idxs),
            skipgram(*skip, negative_sampling_loss_and_gradients, p.negative_idxs),
        ),
        (
            cbow(*bag, "negative_sampling", negative_idx=p.negative_idx),
            cbow(
                *bag,
                textbook.negative_sampling_loss_and_gradients,
                negative_idx=p.negative_idx,
            ),
        ),
    ]
    for by_name, by_function in named:
        for a, b in zip(by_name, by_function, strict=True):
            np.testing.assert_allclose(a, b, **CLOSE)


A, B, C, D, E = range(5)  # the words of the published cases


def test_published_skipgram_with_softmax():
    # Sanity check of the word2vec assignment of CS224n: center "c", context "a b e d b c".
    loss, grad_centers, grad_outsides = skipgram(C, [A, B, E, D, B, C], *handout_vectors())
    assert loss == pytest.approx(11.16610900153398, rel=1e-15)
    published = np.zeros((5, 3))
    published[C] = [-1.26947339, -1.36873189, 2.45158957]
    np.testing.assert_allclose(grad_centers, published, rtol=0, atol=5e-9)
    published = [
        [-0.41045956, 0.18834851, 1.43272264],
        [0.38202831, -0.17530219, -1.33348241],
        [0.07009355, -0.03216399, -0.24466386],
        [0.09472154, -0.04346509, -0.33062865],
        [-0.13638384, 0.06258276, 0.47605228],
    ]
    np.testing.assert_allclose(grad_outsides, published, rtol=0, atol=5e-9)


def test_published_skipgram_with_negative_sampling():
    # The same handout, center "c", context "a b", ten negatives each. The handout draws them at
    # random and does not print them; how often each word was drawn is read off the rows of the
    # published gradient (each is a whole number there), the loss and the other gradient follow.
    negatives = [[B, B, B, B, C, C, D, E, E, E], [A, A, A, A, C, C, D, D, E, E]]
    loss, grad_centers, grad_outsides = skipgram(
        C, [A, B], *handout_vectors(), "negative_sampling", negatives
    )
    assert loss == pytest.approx(16.15119285363322, rel=1e-15)
    published = np.zeros((5, 3))
    published[C] = [-4.54650789, -1.85942252, 0.76397441]
    np.testing.assert_allclose(grad_centers, published, rtol=0, atol=5e-9)
    published = [
        [-0.69148188, 0.31730185, 2.41364029],
        [-0.22716495, 0.10423969, 0.79292674],
        [-0.45528438, 0.20891737, 1.58918512],
        [-0.31602611, 0.14501561, 1.10309954],
        [-0.80620296, 0.36994417, 2.81407799],
    ]
    np.testing.assert_allclose(grad_outsides, published, rtol=0, atol=5e-9)


def test_published_cbow_with_softmax():
    # Sanity check of the 2017 assignment: predicted word "a", context "a b c a", sum of vectors.
    loss, grad_centers, grad_outsides = cbow([A, B, C, A], A, *handout_vectors())
    assert loss == pytest.approx(0.79899580109066504, rel=1e-15)
    published = np.zeros((5, 3))
    published[[A, B, C]] = [
        [0.23330542, -0.51643128, -0.8281311],
        [0.11665271, -0.25821564, -0.41406555],
        [0.11665271, -0.25821564, -0.41406555],
    ]
    np.testing.assert_allclose(grad_centers, published, rtol=0, atol=6e-9)
    published = [
        [0.80954933, 0.21962514, -0.54095764],
        [-0.03556575, -0.00964874, 0.02376577],
        [-0.13016109, -0.0353118, 0.08697634],
        [-0.1650812, -0.04478539, 0.11031068],
        [-0.47874129, -0.1298792, 0.31990485],
    ]
    np.testing.assert_allclose(grad_outsides, published, rtol=0, atol=6e-9)


GOOD_SKIPGRAM = {
    "center_idx": 0,
    "outside_idxs": [1, 2],
    "center_vecs": np.ones((3, 2)),
    "outside_vecs": np.ones((3, 2)),
}


@pytest.mark.parametrize(
    ("name", "value", "message"),
    [
        ("center_idx", 3, "contains 3"),
        ("center_idx", [0], "has shape"),
        ("center_idx", 0.0, "has dtype"),
        ("outside_idxs", [], "has shape .* empty"),
        ("outside_idxs", [0, -1], "contains -1"),
        ("outside_idxs", 1, "has shape"),
        ("outside_idxs", [0.0], "has dtype"),
        ("center_vecs", np.ones(2), "has shape"),
        ("center_vecs", np.ones((3, 4)), "has dimension 4"),
        ("center_vecs", np.full((3, 2), np.nan), "is nan"),
        ("outside_vecs", np.full((3, 2), np.inf), "is inf"),
        ("outside_vecs", np.ones((3, 2, 1)), "has shape"),
        (
            "pair_loss",
            "hinge",
            "is 'hinge'; it must be 'softmax', 'negative_sampling' or a function",
        ),
        ("pair_loss", ["softmax"], "is "),
        ("pair_loss", None, "is None"),
        ("pair_loss", lambda v, o, u: (0.0, u, v), "returned grad_center of shape"),
        ("pair_loss", lambda v, o, u: (0.0, v, v), "returned grad_outside of shape"),
    ],
)
def test_bad_input_is_refused_by_name(name, value, message):
    with pytest.raises(ValueError, match=f"^{name} {message}"):
        skipgram(**{**GOOD_SKIPGRAM, name: value})
    with pytest.raises(ValueError, match=f"^{name} {message}"):
        cbow(**{**GOOD_SKIPGRAM, name: value})


@pytest.mark.parametrize(
    ("window", "name", "bad"), [(skipgram, "negative_idxs", [[0]]), (cbow, "negative_idx", [[0]])]
)
def test_negatives_are_asked_for_and_checked(window, name, bad):
    with pytest.raises(ValueError, match=f"^{name} is None"):
        window(**GOOD_SKIPGRAM, pair_loss="negative_sampling")
    with pytest.raises(ValueError, match=f"^{name} is None"):
        window(**GOOD_SKIPGRAM, pair_loss=negative_sampling_loss_and_gradients)
    with pytest.raises(ValueError, match=f"^{name} is given, but pair_loss 'softmax'"):
        window(**GOOD_SKIPGRAM, **{name: [[0], [0]]})
    with pytest.raises(ValueError, match=f"^{name} has shape"):
        window(**GOOD_SKIPGRAM, pair_loss="negative_sampling", **{name: bad})


def test_combine_is_checked():
    with pytest.raises(ValueError, match=r"^combine is 'max'; it must be 'sum' or 'mean'"):
        cbow(**GOOD_SKIPGRAM, combine="max")
