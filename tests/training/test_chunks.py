"""Subsampling and windows against a token-by-token version."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from wordgrad.training.chunks import draw_chunk

IDS = st.lists(st.integers(-1, 6), max_size=60)
SIZE = 5  # numbers 5 and 6 are rare words


@given(IDS, st.integers(1, 4), st.integers(0, 99))
def test_windows_stay_within_sentences(ids: list[int], window: int, seed: int) -> None:
    array = np.array(ids, dtype=np.int32)
    chunk = draw_chunk(array, np.ones(SIZE), window, np.random.default_rng(seed))
    sentences: list[list[int]] = [[]]
    for number in ids:
        if number < 0:
            sentences.append([])
        elif number < SIZE:
            sentences[-1].append(number)
    assert chunk.tokens.tolist() == [number for sentence in sentences for number in sentence]
    i = 0
    for sentence in sentences:
        for place, _ in enumerate(sentence):
            reach = max(chunk.left[i], chunk.right[i])
            assert reach <= window
            # Each side reaches as far as the other, or to the end of the sentence.
            assert chunk.left[i] in (reach, place)
            assert chunk.right[i] in (reach, len(sentence) - 1 - place)
            assert chunk.left[i] <= place
            assert chunk.right[i] <= len(sentence) - 1 - place
            near = sentence[place - chunk.left[i] : place + chunk.right[i] + 1]
            near.pop(chunk.left[i])
            assert chunk.context(i).tolist() == near
            i += 1
    assert chunk.n_pairs == sum(len(chunk.context(i)) for i in range(len(chunk.tokens)))


def test_reach_is_uniform_from_one_to_window() -> None:
    ids = np.zeros(40_000, dtype=np.int32)
    chunk = draw_chunk(ids, np.ones(1), 4, np.random.default_rng(0))
    share = np.bincount(chunk.left[4:-4]) / len(chunk.left[4:-4])
    np.testing.assert_allclose(share, [0, 0.25, 0.25, 0.25, 0.25], atol=0.01)


def test_tokens_are_kept_with_their_probability() -> None:
    ids = np.tile(np.array([0, 1, 2], dtype=np.int32), 20_000)
    chunk = draw_chunk(ids, np.array([0.1, 0.5, 1.0]), 1, np.random.default_rng(0))
    share = np.bincount(chunk.tokens) / 20_000
    np.testing.assert_allclose(share, [0.1, 0.5, 1.0], atol=0.02)
    assert share[2] == 1


def test_windows_reach_over_dropped_words() -> None:
    ids = np.array([0, 9, 9, 9, 1], dtype=np.int32)
    chunk = draw_chunk(ids, np.ones(2), 1, np.random.default_rng(0))
    assert chunk.context(0).tolist() == [1]
