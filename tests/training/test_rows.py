"""Scattered sums against a plain loop, to the last bit."""

import numpy as np
import pytest

from wordgrad.training import SyntheticLanguage, TrainingConfig, encode_texts, fast, train
from wordgrad.training.rows import add_rows, compiled_add, row_places, take_rows


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


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@pytest.mark.parametrize("dim", [1, 8, 33])
def test_compiled_add_is_the_same_sum(dtype: type, dim: int) -> None:
    pytest.importorskip("numba", reason="the extra `fast` is not installed")
    rng = np.random.default_rng(0)
    rows = rng.integers(0, 5, 40)  # rows repeat
    updates = rng.standard_normal((40, dim)).astype(dtype)
    factors = rng.random(40, dtype=np.float32)
    matrix = rng.standard_normal((8, dim)).astype(dtype)
    expected = matrix.copy()
    add_rows(expected, rows, updates * factors[:, None])
    add = compiled_add()
    assert add is not None
    add(matrix, rows, updates, factors)
    np.testing.assert_array_equal(matrix, expected)


@pytest.mark.parametrize("dim", [16, 7])
def test_vectors_are_the_same_with_and_without_numba(
    dim: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("numba", reason="the extra `fast` is not installed")
    corpus = encode_texts(SyntheticLanguage().texts(300, np.random.default_rng(0)))
    config = TrainingConfig(dim=dim, epochs=2)
    with_numba = train(corpus, config).vectors
    monkeypatch.setattr(fast, "compiled_add", lambda: None)
    without = train(corpus, config).vectors
    np.testing.assert_array_equal(with_numba.center_vecs, without.center_vecs)
    np.testing.assert_array_equal(with_numba.outside_vecs, without.outside_vecs)
