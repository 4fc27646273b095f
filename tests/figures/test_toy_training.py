"""The toy corpus of the gallery: its true loss, and two runs that differ in the gradient only."""

import numpy as np
import pytest

from wordgrad import naive_softmax_loss_and_gradients, negative_sampling_loss_and_gradients
from wordgrad.figures._toy_training import PAIRS, losses, true_loss


def test_pairs_are_two_words_of_one_topic() -> None:
    assert len(PAIRS) == len(set(PAIRS)) == 3 * 4 * 3
    assert all(c != o and c // 4 == o // 4 for c, o in PAIRS)


def test_true_loss_is_the_mean_over_all_pairs() -> None:
    rng = np.random.default_rng(1)
    center_vecs, outside_vecs = rng.normal(size=(2, 12, 3))
    each = [naive_softmax_loss_and_gradients(center_vecs[c], o, outside_vecs)[0] for c, o in PAIRS]
    assert true_loss(center_vecs, outside_vecs, "softmax") == pytest.approx(np.mean(each))


def test_true_loss_of_negatives_is_an_expectation() -> None:
    """Five negatives, each any of the twelve words with the same probability."""
    rng = np.random.default_rng(2)
    center_vecs, outside_vecs = rng.normal(size=(2, 12, 3))
    expected = 0.0
    for c, o in PAIRS:
        by_word = [
            negative_sampling_loss_and_gradients(center_vecs[c], o, outside_vecs, [w] * 5)[0]
            for w in range(12)
        ]
        expected += np.mean(by_word) / len(PAIRS)
    assert true_loss(center_vecs, outside_vecs, "negative sampling") == pytest.approx(expected)


@pytest.mark.parametrize("slip", ["sign", "repeats counted wrongly", "layout"])
def test_both_runs_start_alike_and_the_right_one_learns(slip: str) -> None:
    right, wrong = losses(slip)
    assert right.shape == wrong.shape
    assert right[0] == wrong[0]
    assert right[-1] < 0.6 * right[0]
    assert (right != wrong)[1:].all()


def test_the_right_softmax_comes_close_to_the_entropy_of_the_corpus() -> None:
    right, _ = losses("sign")
    assert np.log(3) < right[-1] < np.log(3) + 0.15


def test_what_leaves_all_bounds_is_infinite() -> None:
    _, wrong = losses("log split")
    assert np.isinf(wrong[-1])
    assert np.isfinite(wrong[0])
    assert not np.isnan(wrong).any()
