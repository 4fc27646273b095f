"""Coincidences among negatives: the exact chances against every case counted one by one."""

from itertools import product

import numpy as np
import pytest

from wordgrad.figures._collisions import chances, drawn, zipf_counts
from wordgrad.numeric import unigram_distribution


def _counted_one_by_one(vocab_size: int, n_negatives: int) -> list[float]:
    counts = zipf_counts(vocab_size)
    frequencies, probs = unigram_distribution(counts, 1), unigram_distribution(counts)
    repeat = hit = either = 0.0
    for outside, *negatives in product(range(vocab_size), repeat=1 + n_negatives):
        chance = float(frequencies[outside] * np.prod(probs[negatives]))
        twice, met = len(set(negatives)) < n_negatives, outside in negatives
        repeat, hit, either = (
            repeat + chance * twice,
            hit + chance * met,
            either + chance * (twice or met),
        )
    return [repeat, hit, either]


@pytest.mark.parametrize(("vocab_size", "n_negatives"), [(2, 1), (3, 2), (4, 3), (5, 4)])
def test_chances_are_those_of_counting_all_cases(vocab_size: int, n_negatives: int) -> None:
    exact = chances(zipf_counts(vocab_size), n_negatives)
    assert exact.shape == (n_negatives, 3)
    assert exact[-1] == pytest.approx(_counted_one_by_one(vocab_size, n_negatives))


def test_more_negatives_than_words_must_repeat() -> None:
    assert chances(zipf_counts(3), 5)[3:, [0, 2]] == pytest.approx(1)


@pytest.mark.parametrize("n_negatives", [5, 20])
def test_drawing_agrees_with_the_chances(n_negatives: int) -> None:
    counts, n_pairs = zipf_counts(300), 5000
    exact = chances(counts, n_negatives)[-1]
    shares = np.array(drawn(counts, n_negatives, n_pairs, np.random.default_rng(2)))
    assert (np.abs(shares - exact) < 4 * np.sqrt(exact * (1 - exact) / n_pairs)).all()
