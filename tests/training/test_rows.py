"""Scattered sums against a plain loop, to the last bit."""

from typing import Literal

import numpy as np
import pytest

from wordgrad.training import (
    SyntheticLanguage,
    TrainingConfig,
    Vocabulary,
    encode_texts,
    train,
)
from wordgrad.training.fast import FastTrainer
from wordgrad.training.rows import add_parts, add_rows, compiled_add, row_places, take_rows


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@pytest.mark.parametrize("dim", [1, 2, 7, 8])
@pytest.mark.parametrize("with_work", [False, True])
def test_add_rows(dtype: type, dim: int, with_work: bool) -> None:
    rng = np.random.default_rng(0)
    rows = rng.integers(0, 5, (6, 3))  # rows repeat
    updates = rng.standard_normal((6, 3, dim)).astype(dtype)
    matrix = rng.standard_normal((8, dim)).astype(dtype)
    expected = matrix.copy()
    for row, update in zip(rows.ravel(), updates.reshape(-1, dim), strict=True):
        expected[row] += update
    places = row_places(8, dim) if with_work else None
    work = np.full(1000, -1, dtype=np.intp) if with_work else None
    add_rows(matrix, rows, updates, places, work)
    np.testing.assert_array_equal(matrix, expected)


def test_take_rows() -> None:
    matrix = np.arange(12.0).reshape(4, 3)
    rows = np.array([[3, 0], [1, 1]])
    out = np.empty((2, 2, 3))
    assert take_rows(matrix, rows, out) is out
    np.testing.assert_array_equal(out, matrix[rows])
    np.testing.assert_array_equal(take_rows(matrix, rows), matrix[rows])


SHAPES = [(1, 4, 0), (3, 4, 0), (1, 4, 4), (3, 4, 4), (4, 5, 3), (3, 7, 2)]  # n, C, step


@pytest.mark.parametrize(("n_parts", "length", "step"), SHAPES)
def test_add_parts(n_parts: int, length: int, step: int) -> None:
    rng = np.random.default_rng(0)
    parts = rng.integers(-9, 10, (2, n_parts, length, 3)).astype(float)  # sums without rounding
    expected = np.zeros((2, (n_parts - 1) * step + length, 3))
    for number in range(n_parts):
        expected[:, number * step : number * step + length] += parts[:, number]
    out = np.full_like(expected, 7)
    assert add_parts(parts, step, out) is out
    np.testing.assert_array_equal(out, expected)


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@pytest.mark.parametrize("dim", [1, 8, 33])
@pytest.mark.parametrize(("n_parts", "length", "step"), SHAPES[:1] + SHAPES[2:])
def test_compiled_add_is_the_same_sum(
    dtype: type, dim: int, n_parts: int, length: int, step: int
) -> None:
    pytest.importorskip("numba", reason="the extra `fast` is not installed")
    rng = np.random.default_rng(0)
    rows = rng.integers(0, 5, (6, (n_parts - 1) * step + length))  # rows repeat
    parts = rng.standard_normal((6, n_parts, length, dim)).astype(dtype)
    factors = rng.random(rows.shape, dtype=np.float32)
    matrix = rng.standard_normal((8, dim)).astype(dtype)
    expected = matrix.copy()
    updates = add_parts(parts, step, np.empty((*rows.shape, dim), dtype))
    add_rows(expected, rows, updates * factors[..., None])
    add = compiled_add()
    assert add is not None
    add(matrix, rows, parts, factors, step)
    np.testing.assert_array_equal(matrix, expected)


@pytest.mark.parametrize("model", ["skipgram", "cbow"])
@pytest.mark.parametrize(("dim", "window"), [(16, 5), (7, 12)])
def test_vectors_are_the_same_with_and_without_numba(
    model: Literal["skipgram", "cbow"], dim: int, window: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("numba", reason="the extra `fast` is not installed")
    corpus = encode_texts(SyntheticLanguage().texts(300, np.random.default_rng(0)))
    config = TrainingConfig(dim=dim, window=window, model=model, epochs=2)
    monkeypatch.setattr(FastTrainer, "compiled", True)
    with_numba = train(corpus, config).vectors
    monkeypatch.setattr(FastTrainer, "compiled", False)
    without = train(corpus, config).vectors
    np.testing.assert_array_equal(with_numba.center_vecs, without.center_vecs)
    np.testing.assert_array_equal(with_numba.outside_vecs, without.outside_vecs)


def test_numba_is_loaded_when_there_is_enough_to_do() -> None:
    few, many = (Vocabulary(["a", "b"], [n, n]) for n in (1000, 10**6))
    assert not FastTrainer(TrainingConfig(epochs=5), few).compiled
    assert FastTrainer(TrainingConfig(epochs=5), many).compiled
    assert FastTrainer(TrainingConfig(processes=2), few).compiled
