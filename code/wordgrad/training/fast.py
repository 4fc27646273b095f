"""The batched trainer tuned: noise shared by more centers, and no new memory for any array."""

import math
from typing import Any

import numpy as np

from .blocks import Blocks, cut_blocks
from .chunks import Chunk, Ints
from .config import TrainingConfig
from .rows import Matrix, add_rows, row_places, take_rows
from .sampling import AliasSampler
from .steps import step_scales
from .vocabulary import Vocabulary

_BLOCK = 16  # centers in a block: its context columns are a matrix product of their own
_GROUP = 4  # blocks that share their noise words
_BATCH = 64  # blocks in a matrix product, a multiple of _GROUP
_MOST_PLACES = 1 << 25  # of a matrix whose places are kept, as many bytes as the matrix has


class FastTrainer:
    """Moves the vectors after every batch of blocks, as fast as NumPy can.

    Parameters
    ----------
    config : TrainingConfig
    vocabulary : Vocabulary

    Notes
    -----
    Chapter *fast*. What differs from `BatchedTrainer`, by what it saves:

    * Four blocks from anywhere in the chunk share their noise words: reading and adding to
      scattered rows costs more than multiplying them, and this needs a quarter of the noise rows.
      Context and noise become two matrix products, each without superfluous columns.
    * Every array of a batch lives in memory that is used again (``out=``), so it stays in the
      cache and the system need not clear new pages.
    * The loss is measured on the first batch of a chunk alone.

    Examples
    --------
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
        self.config = config
        self.noise = AliasSampler(vocabulary.noise_distribution(config.noise_power))
        self.scale_center, self.scale_outside = step_scales(vocabulary, config, _BATCH * _BLOCK)
        self.places: Ints | None = None
        self._memory: dict[str, Any] = {}

    def train_chunk(
        self,
        center_vecs: Matrix,
        outside_vecs: Matrix,
        chunk: Chunk,
        learning_rates: tuple[float, float],
        rng: np.random.Generator,
    ) -> tuple[float, int]:
        """Move the vectors in place by one pass over a chunk.

        Parameters, Returns: see `LoopTrainer.train_chunk`; the losses are those of the first batch.
        """
        blocks = cut_blocks(chunk, _BLOCK, self.config.window, multiple=_GROUP)
        blocks = blocks[rng.permutation(len(blocks))]
        size = (len(blocks) // _GROUP, self.config.shared_negatives)
        noise = self.noise.sample(size, rng).astype(np.intp)
        starts = range(0, len(blocks), _BATCH)
        rates = np.linspace(*learning_rates, num=len(starts), endpoint=False)
        loss, n_losses = 0.0, 0
        with np.errstate(over="ignore"):  # exp(score) may be infinite: 1 / (1 + exp(score)) is 0
            for start, rate in zip(starts, rates.tolist(), strict=True):
                batch = blocks[start : start + _BATCH]
                shared = noise[start // _GROUP : (start + _BATCH) // _GROUP]
                measured = self.step(center_vecs, outside_vecs, batch, shared, rate, start == 0)
                loss, n_losses = loss + measured[0], n_losses + measured[1]
        return loss, n_losses

    def step(
        self,
        center_vecs: Matrix,
        outside_vecs: Matrix,
        blocks: Blocks,
        noise: Ints,
        rate: float,
        measure: bool = True,
    ) -> tuple[float, int]:
        """Move the vectors by one batch of blocks, noise (B / 4, K); return its loss if asked."""
        band = self._band(blocks)
        inputs, mix = blocks.inputs(self.config, band)
        targets, context = blocks.targets(self.config, band)  # (B, C), (B, T, C)
        n_positive = blocks.n_targets(self.config).reshape(len(noise), -1)  # (B / 4, 4 T)
        share = (self.config.negative / noise.shape[1]) * n_positive[..., None]

        vectors = self._take("vectors", center_vecs, inputs)
        hidden = vectors if mix is None else self._product("hidden", mix, vectors)  # (B, T, d)
        grouped = hidden.reshape(len(noise), -1, hidden.shape[2])  # (B / 4, 4 T, d)
        near = self._take("near", outside_vecs, targets)  # (B, C, d)
        far = self._take("far", outside_vecs, noise)  # (B / 4, K, d)
        pull = self._product("pull", hidden, near.swapaxes(1, 2))  # scores, soon the slopes
        push = self._product("push", grouped, far.swapaxes(1, 2))
        loss, n_losses = 0.0, 0
        if measure:
            loss = float((context * np.logaddexp(0, -pull)).sum())
            loss += float((share * np.logaddexp(0, push)).sum())
            n_losses = int(n_positive.sum())
        _mistaken(pull)  # sigmoid(-score): how far a context word is from certain
        pull *= context
        _mistaken(push)
        push -= 1  # -sigmoid(score): how far a noise word is from certain
        push *= share

        move = self._product("move", pull, near)
        move += self._product("move far", push, far).reshape(move.shape)
        if mix is not None:
            move = self._product("move mixed", mix.swapaxes(1, 2), move)
        self._add(center_vecs, inputs, move, rate * self.scale_center)
        pulled = self._product("near move", pull.swapaxes(1, 2), hidden)
        self._add(outside_vecs, targets, pulled, rate * self.scale_outside)
        pushed = self._product("far move", push.swapaxes(1, 2), grouped)
        self._add(outside_vecs, noise, pushed, rate * self.scale_outside)
        return loss, n_losses

    def _take(self, name: str, matrix: Matrix, rows: Ints) -> Matrix:
        out = self._space(name, (*rows.shape, matrix.shape[1]), matrix.dtype)
        return take_rows(matrix, rows, out)

    def _product(self, name: str, left: Matrix, right: Matrix) -> Matrix:
        shape = (*left.shape[:2], right.shape[2])
        product: Matrix = np.matmul(left, right, out=self._space(name, shape, right.dtype))
        return product

    def _add(self, matrix: Matrix, rows: Ints, move: Matrix, scale: Matrix) -> None:
        move *= scale[rows][..., None]
        if self.places is None and matrix.size <= _MOST_PLACES:
            self.places = row_places(*matrix.shape)
        work = self._space("work", (rows.size * matrix.shape[1],), np.dtype(np.intp))
        add_rows(matrix, rows, move, self.places, work)

    def _band(self, blocks: Blocks) -> Matrix:
        """Return memory for the band of context words; it is zero beside the band."""
        shape = (*blocks.centers.shape, blocks.columns.shape[1])
        if "band" not in self._memory:
            self._memory["band"] = np.zeros((_BATCH, *shape[1:]), dtype=np.float32)
        band: Matrix = self._memory["band"][: shape[0]]
        return band

    def _space(self, name: str, shape: tuple[int, ...], dtype: np.dtype[Any]) -> Matrix:
        """Return memory of this shape, the same for the same name at each batch."""
        size = math.prod(shape)
        space = self._memory.get(name)
        if space is None or space.size < size or space.dtype != dtype:
            space = self._memory[name] = np.empty(size, dtype)
        return space[:size].reshape(shape)


def _mistaken(scores: Matrix) -> None:
    """Replace each score by sigmoid(-score), in place."""
    np.exp(scores, out=scores)
    scores += 1
    np.reciprocal(scores, out=scores)
