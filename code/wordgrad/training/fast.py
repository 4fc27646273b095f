"""The batched trainer tuned: memory that stays in the cache, and a compiled loop to add rows."""

import math
from typing import Any

import numpy as np

from .batched import BLOCKS, BatchedTrainer
from .blocks import Blocks
from .chunks import Ints
from .config import TrainingConfig
from .rows import Matrix, add_parts, add_rows, compiled_add, take_rows
from .vocabulary import Vocabulary

_WORTH_LOADING = 8_000_000  # words to train on: Numba takes more than a second to load


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
    * Rows are added by a compiled loop if Numba is installed (``pip install 'wordgrad[fast]'``)
      and there is enough to do. Without it the vectors are the same to the last bit.
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

    compiled: bool | None = None  # whether Numba adds the rows; None: if that repays loading it

    def __init__(self, config: TrainingConfig, vocabulary: Vocabulary) -> None:
        super().__init__(config, vocabulary)
        if self.compiled is None:
            many = int(vocabulary.counts.sum()) * config.epochs >= _WORTH_LOADING
            self.compiled = many or config.processes > 1  # those load it while this one works
        self._memory: dict[str, tuple[Matrix, Matrix]] = {}
        self._zeros: Matrix | None = None

    def sampling_step(
        self,
        center_vecs: Matrix,
        outside_vecs: Matrix,
        blocks: Blocks,
        noise: Ints,
        rate: float,
        measure: int = BLOCKS,
    ) -> tuple[float, int]:
        """Move the vectors by one batch of B blocks, noise (B, K); return the loss of a few."""
        band = self._band(blocks)
        inputs, mix = blocks.inputs(self.config, band)
        targets, context = blocks.targets(self.config, band)  # (B, L), (B, n, T, C)
        n_positive = blocks.n_targets(self.config)[..., None]  # (B, S, 1)
        share = n_positive * np.float32(self.config.negative / noise.shape[1])

        vectors = self._take("vectors", center_vecs, inputs)
        pieces = blocks.windows(vectors)
        pieces = pieces if mix is None else self._product("hidden", mix, pieces)  # (B, n, T, d)
        hidden = pieces.reshape(*n_positive.shape[:2], -1)  # (B, S, d)
        near = self._take("near", outside_vecs, targets)  # (B, L, d)
        around = blocks.windows(near)  # (B, n, C, d)
        far = self._take("far", outside_vecs, noise)  # (B, K, d)
        pull = self._product("pull", pieces, around.swapaxes(2, 3))  # scores, soon to be slopes
        push = self._product("push", hidden, far.swapaxes(1, 2))
        loss = 0.0
        if measure:
            loss += float((context[:measure] * np.logaddexp(0, -pull[:measure])).sum())
            loss += float((share[:measure] * np.logaddexp(0, push[:measure])).sum())
        _sigmoid_of_minus(pull)
        pull *= context
        _sigmoid_of_minus(push)
        push -= 1
        push *= share

        size, length = inputs.shape[0], n_positive.shape[1]
        move = self._space("move", (size, 2, length, hidden.shape[-1]), hidden.dtype)
        np.matmul(pull, around, out=move[:, 0].reshape(pieces.shape))
        np.matmul(push, far, out=move[:, 1])
        if mix is None:
            self._add(center_vecs, inputs, move, rate * self.scale_center[inputs], 0)
        else:
            move[:, 0] += move[:, 1]
            parts = self._product("parts", mix.swapaxes(2, 3), move[:, 0].reshape(pieces.shape))
            factors = rate * self.scale_center[inputs]
            self._add(center_vecs, inputs, parts, factors, blocks.piece)
        parts = self._product("move", pull.swapaxes(2, 3), pieces)
        self._add(outside_vecs, targets, parts, rate * self.scale_outside[targets], blocks.piece)
        parts = self._product("move", push.swapaxes(1, 2), hidden)[:, None]
        self._add(outside_vecs, noise, parts, rate * self.scale_outside[noise], 0)
        return loss, int(n_positive[:measure].sum()) if measure else 0

    def _take(self, name: str, matrix: Matrix, rows: Ints) -> Matrix:
        out = self._space(name, (*rows.shape, matrix.shape[1]), matrix.dtype)
        return take_rows(matrix, rows, out)

    def _product(self, name: str, left: Matrix, right: Matrix) -> Matrix:
        out = self._space(name, (*left.shape[:-1], right.shape[-1]), right.dtype)
        product: Matrix = np.matmul(left, right, out=out)
        return product

    def _add(self, matrix: Matrix, rows: Ints, parts: Matrix, factors: Matrix, step: int) -> None:
        """Move rows (B, L) of a matrix, each by its factor times the sum of its parts."""
        if self.compiled and (add := compiled_add()):
            add(matrix, rows, parts, factors, step)
            return
        toward = self._space("toward", (*rows.shape, matrix.shape[1]), matrix.dtype)
        add_parts(parts, step, toward)
        toward *= factors[..., None]
        work = self._space("work", (rows.size * matrix.shape[1],), np.dtype(np.intp))
        add_rows(matrix, rows, toward, self._places_in(matrix), work)

    def _band(self, blocks: Blocks) -> Matrix:
        """Return memory for the band of context words; it is zero beside the band."""
        n_pieces = blocks.centers.shape[1] // blocks.piece
        shape = (len(blocks), n_pieces, blocks.piece, blocks.piece + 2 * blocks.window)
        if self._zeros is None or len(self._zeros) < len(blocks):
            self._zeros = np.zeros(shape, dtype=np.float32)
        return self._zeros[: len(blocks)]

    def _space(self, name: str, shape: tuple[int, ...], dtype: np.dtype[Any]) -> Matrix:
        """Return memory of this shape, for each name the same at every batch."""
        whole, view = self._memory.get(name, (None, None))
        if view is not None and view.shape == shape and view.dtype == dtype:
            return view
        size = math.prod(shape)
        if whole is None or whole.size < size or whole.dtype != dtype:
            whole = np.empty(size, dtype)
        view = whole[:size].reshape(shape)
        self._memory[name] = whole, view
        return view


def _sigmoid_of_minus(scores: Matrix) -> None:
    """Replace each score by sigmoid(-score): for a context word, how much it lacks."""
    np.exp(scores, out=scores)
    scores += 1
    np.reciprocal(scores, out=scores)
