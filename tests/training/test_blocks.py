"""Blocks hold exactly the pairs of their chunk."""

from collections import Counter

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wordgrad.training.blocks import Blocks, cut_blocks
from wordgrad.training.chunks import Chunk, draw_chunk
from wordgrad.training.config import TrainingConfig
from wordgrad.training.rows import add_parts

Pairs = Counter[tuple[int, int]]


def chunk_of(ids: list[int], window: int) -> Chunk:
    array = np.array(ids, dtype=np.int32)
    return draw_chunk(array, np.ones(10), window, np.random.default_rng(len(ids)))


def pairs_of_chunk(chunk: Chunk) -> Pairs:
    return Counter(
        (int(center), int(outside))
        for i, center in enumerate(chunk.tokens)
        for outside in chunk.context(i)
    )


def pairs_of_blocks(blocks: Blocks) -> Pairs:
    context = blocks.context()
    assert set(np.unique(context)) <= {0, 1}
    centers, columns = (
        blocks.windows(rows[..., None])[..., 0] for rows in (blocks.centers, blocks.columns)
    )
    return Counter(
        (int(centers[b, n, t]), int(columns[b, n, c]))
        for b, n, t, c in zip(*np.nonzero(context), strict=True)
    )


@settings(deadline=None)  # the first example makes the table of reaches
@given(
    st.lists(st.integers(-1, 9), min_size=1, max_size=50),
    st.integers(1, 4),
    st.integers(1, 6),
    st.integers(1, 3),
)
def test_pairs_are_those_of_the_chunk(
    ids: list[int], window: int, piece: int, n_pieces: int
) -> None:
    chunk = chunk_of(ids, window)
    blocks = cut_blocks(chunk, piece * n_pieces, window, piece)
    assert pairs_of_blocks(blocks) == pairs_of_chunk(chunk)
    assert blocks.n_context.sum() == chunk.n_pairs


def test_any_order_of_blocks_has_the_same_pairs() -> None:
    blocks = cut_blocks(chunk_of(list(range(10)) * 5, 3), 4, 3)
    shuffled = blocks[np.random.default_rng(0).permutation(len(blocks))]
    assert pairs_of_blocks(shuffled) == pairs_of_blocks(blocks)


def test_memory_for_the_band_can_be_used_again() -> None:
    blocks = cut_blocks(chunk_of(list(range(10)) * 5, 3), 4, 3)
    space = np.zeros_like(blocks.context())
    blocks[np.arange(len(blocks))[::-1]].context(space)
    np.testing.assert_array_equal(blocks.context(space), blocks.context())


@pytest.mark.parametrize("combine", ["mean", "sum"])
def test_cbow_mixes_the_context(combine: str) -> None:
    chunk = chunk_of([1, 2, 3, -1, 4, -1, 5, 6, 7, 8], 2)
    config = TrainingConfig.from_dict({"model": "cbow", "combine": combine})
    blocks = cut_blocks(chunk, 6, 2, 3)
    inputs, mix = blocks.inputs(config)
    assert mix is not None
    vectors = np.random.default_rng(0).standard_normal((10, 3))
    hidden = (mix @ blocks.windows(vectors[inputs])).reshape(-1, 3)
    targets, weights = blocks.targets(config)
    for i in range(len(chunk.tokens)):
        context = vectors[chunk.context(i)]
        divisor = len(context) if combine == "mean" and len(context) else 1
        np.testing.assert_allclose(hidden[i], context.sum(axis=0) / divisor, atol=1e-6)
    predicted = weights.sum(axis=3).ravel()[: len(chunk.tokens)]
    np.testing.assert_array_equal(predicted, (chunk.left + chunk.right) > 0)
    np.testing.assert_array_equal(targets, blocks.centers)


def test_the_empty_chunk_has_no_pairs() -> None:
    blocks = cut_blocks(chunk_of([-1, -1], 2), 4, 2, 2)
    assert len(blocks) == 1
    assert not pairs_of_blocks(blocks)


@given(st.integers(1, 5), st.integers(1, 4), st.integers(0, 7))
def test_windows_put_together_are_the_transpose_of_windows(
    piece: int, n_pieces: int, window: int
) -> None:
    """<windows(x), y> = <x, add_parts(y)> for all x and y; whole numbers, so no rounding."""
    blocks = cut_blocks(chunk_of(list(range(10)) * 4, 1), piece * n_pieces, window, piece)
    rng = np.random.default_rng(0)
    rows = rng.integers(-9, 9, (*blocks.columns.shape, 3))
    windows = blocks.windows(rows)
    parts = rng.integers(-9, 9, windows.shape)
    together = add_parts(parts, piece, np.full_like(rows, 7))
    assert (windows * parts).sum() == (rows * together).sum()
