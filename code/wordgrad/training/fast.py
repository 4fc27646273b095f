"""The batched trainer tuned: the same sums, in memory that stays in the cache."""

import math
from typing import Any

import numpy as np

from .batched import BatchedTrainer
from .blocks import Blocks
from .chunks import Ints
from .config import TrainingConfig
from .rows import Matrix, add_rows, row_places, take_rows
from .vocabulary import Vocabulary

_MOST_PLACES = 1 << 25  # of a matrix whose places are kept, in as many bytes as the matrix has


class FastTrainer(BatchedTrainer):
    """Moves the vectors after every batch of blocks, as fast as NumPy can.

    Parameters
    ----------
    config : TrainingConfig
    vocabulary : Vocabulary

    Notes
    -----
    Chapter *fast*. The steps are those of `BatchedTrainer`. What is saved:

    * Every array of a batch lives in memory that is used again (``out=``), so it stays in the
      cache, and the system need not clear new pages.
    * The places of a row's numbers in the flat matrix are looked up, not worked out.
    * The outside steps are scaled before the last product, where there are fewer numbers.
    * Several processes may run it on the same vectors.

    Examples
    --------
    >>> from .chunks import Chunk
    >>> vocabulary = Vocabulary(["a", "b", "c"], [3, 2, 1])
    >>> trainer = FastTrainer(TrainingConfig(dim=2), vocabulary)
    >>> center_vecs, outside_vecs = np.ones((3, 2)), np.zeros((3, 2))
    >>> chunk = Chunk(np.array([0, 1]), np.array([0, 1]), np.array([1, 0]))
    >>> rng = np.random.default_rng(0)
    >>> loss, n_pairs = trainer.train_chunk(center_vecs, outside_vecs, chunk, (0.1, 0.1), rng)
    >>> n_pairs, round(loss / n_pairs, 1)  # 6 log 2
    (2, 4.2)
    """

    def __init__(self, config: TrainingConfig, vocabulary: Vocabulary) -> None:
        super().__init__(config, vocabulary)
        self._places: Ints | None = None
        self._memory: dict[str, Any] = {}

    def sampling_step(
        self,
        center_vecs: Matrix,
        outside_vecs: Matrix,
        blocks: Blocks,
        noise: Ints,
        rate: float,
        measure: bool = True,
    ) -> tuple[float, int]:
        """Move the vectors by one batch of B blocks, noise (B / 4, K); return its loss if asked."""
        band = self._band(blocks)
        inputs, mix = blocks.inputs(self.config, band)
        targets, context = blocks.targets(self.config, band)  # (B, C), (B, T, C)
        n_positive = blocks.n_targets(self.config).reshape(len(noise), -1, 1)  # (B / 4, 4 T, 1)
        share = n_positive * np.float32(self.config.negative / noise.shape[1])

        vectors = self._take("vectors", center_vecs, inputs)
        hidden = vectors if mix is None else self._product("hidden", mix, vectors)  # (B, T, d)
        grouped = hidden.reshape(len(noise), -1, hidden.shape[2])  # (B / 4, 4 T, d)
        near = self._take("near", outside_vecs, targets)  # (B, C, d)
        far = self._take("far", outside_vecs, noise)  # (B / 4, K, d)
        pull = self._product("pull", hidden, near.swapaxes(1, 2))  # scores, soon to be slopes
        push = self._product("push", grouped, far.swapaxes(1, 2))
        loss = 0.0
        if measure:
            loss += float((context * np.logaddexp(0, -pull)).sum())
            loss += float((share * np.logaddexp(0, push)).sum())
        _sigmoid_of_minus(pull)
        pull *= context
        _sigmoid_of_minus(push)
        push -= 1
        push *= share

        move = self._product("move", pull, near)
        move += self._product("far part", push, far).reshape(move.shape)
        if mix is not None:
            move = self._product("mixed move", mix.swapaxes(1, 2), move)
        move *= (rate * self.scale_center[inputs])[..., None]
        self._add(center_vecs, inputs, move)
        pull *= (rate * self.scale_outside[targets])[:, None]
        self._add(outside_vecs, targets, self._product("near move", pull.swapaxes(1, 2), hidden))
        push *= (rate * self.scale_outside[noise])[:, None]
        self._add(outside_vecs, noise, self._product("far move", push.swapaxes(1, 2), grouped))
        return loss, int(n_positive.sum()) if measure else 0

    def _take(self, name: str, matrix: Matrix, rows: Ints) -> Matrix:
        out = self._space(name, (*rows.shape, matrix.shape[1]), matrix.dtype)
        return take_rows(matrix, rows, out)

    def _product(self, name: str, left: Matrix, right: Matrix) -> Matrix:
        out = self._space(name, (*left.shape[:2], right.shape[2]), right.dtype)
        product: Matrix = np.matmul(left, right, out=out)
        return product

    def _add(self, matrix: Matrix, rows: Ints, moves: Matrix) -> None:
        if self._places is None and matrix.size <= _MOST_PLACES:
            self._places = row_places(*matrix.shape)
        work = self._space("work", (rows.size * matrix.shape[1],), np.dtype(np.intp))
        add_rows(matrix, rows, moves, self._places, work)

    def _band(self, blocks: Blocks) -> Matrix:
        """Return memory for the band of context words; it is zero beside the band."""
        shape = (*blocks.centers.shape, blocks.columns.shape[1])
        if "band" not in self._memory or len(self._memory["band"]) < shape[0]:
            self._memory["band"] = np.zeros(shape, dtype=np.float32)
        band: Matrix = self._memory["band"][: shape[0]]
        return band

    def _space(self, name: str, shape: tuple[int, ...], dtype: np.dtype[Any]) -> Matrix:
        """Return memory of this shape, for each name the same at every batch."""
        size = math.prod(shape)
        space = self._memory.get(name)
        if space is None or space.size < size or space.dtype != dtype:
            space = self._memory[name] = np.empty(size, dtype)
        return space[:size].reshape(shape)


def _sigmoid_of_minus(scores: Matrix) -> None:
    """Replace each score by sigmoid(-score): for a context word, how much it lacks."""
    np.exp(scores, out=scores)
    scores += 1
    np.reciprocal(scores, out=scores)
