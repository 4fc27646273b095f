"""The rungs are the same step: with one pair, or small enough rates, they move vectors alike."""

import numpy as np
import pytest

from wordgrad.figures._rungs import (
    DenseTrainer,
    KeptMemoryTrainer,
    PairTrainer,
    RowsTrainer,
    WindowTrainer,
    all_pairs,
)
from wordgrad.training import TrainingConfig, Vocabulary
from wordgrad.training.batched import BatchedTrainer
from wordgrad.training.chunks import Chunk
from wordgrad.training.fast import FastTrainer
from wordgrad.training.loop import LoopTrainer
from wordgrad.training.rows import Matrix

CONFIG = TrainingConfig(dim=4, negative=3)
VOCABULARY = Vocabulary([f"w{i}" for i in range(9)], [40, 30, 20, 9, 8, 7, 6, 5, 4])


def vectors() -> Matrix:
    """Center and outside vectors, (2, V, d)."""
    return np.random.default_rng(0).normal(size=(2, 9, 4))


def test_dense_and_window_steps_are_the_loop_for_one_pair() -> None:
    moved = []
    for trainer in (LoopTrainer, DenseTrainer, WindowTrainer):
        state = vectors()
        rng = np.random.default_rng(1)
        trainer(CONFIG, VOCABULARY).skipgram_step(*state, 2, np.array([5]), 0.1, rng)
        moved.append(state)
    assert abs(moved[0] - vectors()).max() > 1e-3
    assert moved[1] == pytest.approx(moved[0], rel=1e-12)
    assert moved[2] == pytest.approx(moved[0], rel=1e-6)  # its rate is a float32


def test_pair_step_is_the_loop_for_one_pair() -> None:
    state, expected = vectors(), vectors()
    PairTrainer(CONFIG, VOCABULARY).pair_step(
        *state, np.array([2]), np.array([5]), 0.1, np.random.default_rng(1)
    )
    LoopTrainer(CONFIG, VOCABULARY).skipgram_step(
        *expected, 2, np.array([5]), 0.1, np.random.default_rng(1)
    )
    assert state == pytest.approx(expected, rel=1e-6)


def test_rows_trainer_moves_as_the_batched_one() -> None:
    rng = np.random.default_rng(3)
    tokens = rng.integers(0, 9, size=300)
    chunk = Chunk(tokens, np.minimum(2, np.arange(300)), np.minimum(2, np.arange(300)[::-1]))
    moved = []
    for trainer in (BatchedTrainer, RowsTrainer):
        state = vectors()
        trainer(CONFIG, VOCABULARY).train_chunk(
            *state, chunk, (0.02, 0.02), np.random.default_rng(4)
        )
        moved.append(state)
    assert moved[0] == pytest.approx(moved[1], rel=1e-6)


def test_all_pairs_are_those_of_the_windows() -> None:
    rng = np.random.default_rng(5)
    n = 40
    tokens = np.arange(n)
    left = np.minimum(rng.integers(1, 4, size=n), tokens)
    right = np.minimum(rng.integers(1, 4, size=n), tokens[::-1])
    chunk = Chunk(tokens, left, right)
    expected = sorted((i, int(word)) for i in range(n) for word in chunk.context(i))
    centers, outsides = all_pairs(chunk)
    assert sorted(zip(centers.tolist(), outsides.tolist(), strict=True)) == expected


def test_without_numba_the_fast_trainer_moves_alike() -> None:
    moved = []
    for trainer in (FastTrainer, KeptMemoryTrainer):
        state = vectors().astype(np.float32)
        chunk = Chunk(np.array([3, 1, 2, 1]), np.array([0, 1, 1, 2]), np.array([1, 2, 1, 0]))
        trainer(CONFIG, VOCABULARY).train_chunk(*state, chunk, (0.1, 0.1), np.random.default_rng(1))
        moved.append(state)
    assert abs(moved[0] - vectors()).max() > 1e-3
    np.testing.assert_array_equal(moved[0], moved[1])
