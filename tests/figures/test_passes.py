"""A window in one pass gives what the window pair by pair gives."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from wordgrad.figures._passes import drawn_rows_pass, drawn_weights, one_pass
from wordgrad.numeric import cbow, skipgram

VECS = np.random.default_rng(0).normal(size=(2, 9, 4))
WORDS = st.lists(st.integers(0, 8), min_size=1, max_size=6)


@given(WORDS)
def test_one_softmax_for_a_skip_gram_window(words: list[int]) -> None:
    counts = np.bincount(words, minlength=9).astype(float)
    _, grad_centers, grad_outside = skipgram(2, words, VECS[0], VECS[1])
    computed = one_pass(VECS[0][2], counts, VECS[1])
    assert computed[0] == pytest.approx(grad_centers[2], abs=1e-12)
    assert computed[1] == pytest.approx(grad_outside, abs=1e-12)


@given(WORDS)
def test_the_same_pass_for_cbow(words: list[int]) -> None:
    _, grad_centers, grad_outside = cbow(words, 2, VECS[0], VECS[1])
    computed = one_pass(VECS[0][words].sum(axis=0), np.eye(9)[2], VECS[1])
    assert grad_centers[words[0]] == pytest.approx(words.count(words[0]) * computed[0], abs=1e-12)
    assert computed[1] == pytest.approx(grad_outside, abs=1e-12)


@given(st.lists(st.lists(st.integers(0, 8), min_size=4, max_size=4), min_size=1, max_size=5))
def test_only_drawn_rows_for_negatives_that_may_repeat(table: list[list[int]]) -> None:
    words, negatives = np.array(table)[:, 0], np.array(table)[:, 1:]
    _, grad_centers, grad_outside = skipgram(
        2, words, VECS[0], VECS[1], "negative_sampling", negatives
    )
    grad_vector, rows, grad_rows = drawn_rows_pass(VECS[0][2], words, VECS[1], negatives)
    assert grad_vector == pytest.approx(grad_centers[2], abs=1e-12)
    assert rows.tolist() == sorted(set(np.ravel(table)))
    assert grad_rows == pytest.approx(grad_outside[rows], abs=1e-12)


def test_drawn_weights_come_near_their_expectation() -> None:
    expected = (6 - np.arange(1, 6)) / 5
    weights = drawn_weights(5, 20_000)
    assert weights[0] == 1  # every window reaches the next word
    assert weights == pytest.approx(expected, abs=5 * 0.5 / np.sqrt(20_000))
