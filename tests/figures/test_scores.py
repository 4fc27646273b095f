"""What trained scores mean: negative sampling fixes them, the softmax up to a shift per center."""

import numpy as np
import pytest

from wordgrad.figures._scores import expected_scores, joint_distribution, trained_scores
from wordgrad.numeric import log_sigmoid, unigram_distribution


def test_pairs_have_probabilities() -> None:
    pairs = joint_distribution(5)
    assert pairs.shape == (5, 5)
    assert (pairs > 0).all()
    assert pairs.sum() == pytest.approx(1)


@pytest.mark.parametrize("n_negatives", [1, 5])
def test_expected_scores_have_the_least_expected_loss(n_negatives: int) -> None:
    pairs = joint_distribution()
    given_center = pairs / pairs.sum(axis=1, keepdims=True)
    noise = n_negatives * unigram_distribution(pairs.sum(axis=0))

    def loss(scores: np.ndarray) -> np.ndarray:
        return -given_center * log_sigmoid(scores) - noise * log_sigmoid(-scores)

    best = expected_scores(pairs, n_negatives)
    for step in (-0.1, 0.1):
        assert (loss(best + step) > loss(best)).all()


def test_negative_sampling_learns_the_expected_scores() -> None:
    pairs = joint_distribution()
    trained = trained_scores(pairs, n_negatives=5)
    assert np.abs(trained - expected_scores(pairs, 5)).max() < 0.3


def test_softmax_learns_log_probabilities_up_to_a_shift_per_center() -> None:
    pairs = joint_distribution()
    shifts = trained_scores(pairs, n_negatives=0) - np.log(pairs / pairs.sum(axis=1, keepdims=True))
    assert shifts.std(axis=1).max() < 0.2
    assert np.ptp(shifts.mean(axis=1)) > 0.5
