"""The batched trainer tuned: memory that stays in the cache, and a compiled loop to add rows."""

import math
from typing import Any

import numpy as np

from .batched import BatchedTrainer
from .blocks import Blocks
from .chunks import Ints
from .config import TrainingConfig
from .rows import Matrix, add_rows, compiled_add, take_rows
from .vocabulary import Vocabulary


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
    * Rows are added by a compiled loop if Numba is installed (``pip install 'wordgrad[fast]'``).
      Without it the vectors are the same to the last bit.
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

    compiled = True  # a subclass may do without Numba, to be compared

    def __init__(self, config: TrainingConfig, vocabulary: Vocabulary) -> None:
        super().__init__(config, vocabulary)
        self._memory: dict[str, tuple[Matrix, Matrix]] = {}
        self._zeros: Matrix | None = None

    def sampling_step(
        self,
        center_vecs: Matrix,
        outside_vecs: Matrix,
        blocks: Blocks,
        noise: Ints,
        rate: float,
        measure: bool = True,
    ) -> tuple[float, int]:
        """Move the vectors by one batch of B blocks, noise (B, K); return its loss if asked."""
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
            loss += float((context * np.logaddexp(0, -pull)).sum())
            loss += float((share * np.logaddexp(0, push)).sum())
        _sigmoid_of_minus(pull)
        pull *= context
        _sigmoid_of_minus(push)
        push -= 1
        push *= share

        move = self._product("move", pull, around).reshape(hidden.shape)
        move += self._product("far part", push, far)
        if mix is not None:
            parts = self._product("parts", mix.swapaxes(2, 3), move.reshape(pieces.shape))
            move = blocks.add_windows(parts, vectors)
        self._move(center_vecs, inputs, move, rate * self.scale_center[inputs])
        move = blocks.add_windows(self._product("parts", pull.swapaxes(2, 3), pieces), near)
        self._move(outside_vecs, targets, move, rate * self.scale_outside[targets])
        move = self._product("far part", push.swapaxes(1, 2), hidden)
        self._move(outside_vecs, noise, move, rate * self.scale_outside[noise])
        return loss, int(n_positive.sum()) if measure else 0

    def _take(self, name: str, matrix: Matrix, rows: Ints) -> Matrix:
        out = self._space(name, (*rows.shape, matrix.shape[1]), matrix.dtype)
        return take_rows(matrix, rows, out)

    def _product(self, name: str, left: Matrix, right: Matrix) -> Matrix:
        out = self._space(name, (*left.shape[:-1], right.shape[-1]), right.dtype)
        product: Matrix = np.matmul(left, right, out=out)
        return product

    def _move(self, matrix: Matrix, rows: Ints, toward: Matrix, factors: Matrix) -> None:
        """Move rows of a matrix, each by its factor times where it should go."""
        if self.compiled and (add := compiled_add()):
            add(matrix, rows.reshape(-1), toward.reshape(-1, matrix.shape[1]), factors.reshape(-1))
            return
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
