"""Train by matrix products: blocks of centers against all their context and noise words at once."""

import numpy as np

from .blocks import Blocks, cut_blocks
from .chunks import Chunk, Ints
from .config import TrainingConfig
from .rows import Matrix, add_parts, add_rows, row_places, take_rows
from .sampling import AliasSampler
from .steps import plan_steps
from .vocabulary import Vocabulary

BLOCK = 64  # consecutive centers that share their noise words
PIECE = 8  # of them, those that meet their context words in one product
BLOCKS = 8  # most blocks in a batch
LOSS_BLOCKS = 4  # blocks of a chunk whose loss is measured
_MOST_PLACES = 1 << 22  # numbers of a matrix whose places are kept, in as many bytes as it has


class BatchedTrainer:
    """Moves the vectors after every batch of blocks; NumPy only.

    Parameters
    ----------
    config : TrainingConfig
    vocabulary : Vocabulary

    Notes
    -----
    Chapter *fast*. The context words of neighbouring centers are nearly the same, so a block of
    consecutive centers needs few rows for many pairs. The centers of a block share their noise
    words, each with the weight that makes the expected gradient that of separate negatives. Blocks
    are shuffled across the chunk, so that the sum over a batch is not about one topic. The loss is
    measured on a few blocks of each chunk.

    Examples
    --------
    >>> vocabulary = Vocabulary(["a", "b", "c"], [3, 2, 1])
    >>> trainer = BatchedTrainer(TrainingConfig(dim=2, trainer="batched"), vocabulary)
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
        most = 1 if config.loss == "softmax" else BLOCKS  # softmax moves every outside vector
        plan = plan_steps(vocabulary, config, BLOCK, most)
        self.batch = plan.groups  # blocks in a batch
        self.scale_center, self.scale_outside = plan.scale_center, plan.scale_outside
        self._places: Ints | None = None

    def train_chunk(
        self,
        center_vecs: Matrix,
        outside_vecs: Matrix,
        chunk: Chunk,
        learning_rates: tuple[float, float],
        rng: np.random.Generator,
    ) -> tuple[float, int]:
        """Move the vectors in place by one pass over a chunk.

        Parameters, Returns: see `LoopTrainer.train_chunk`; losses of the first blocks.
        """
        blocks = cut_blocks(chunk, BLOCK, self.config.window, PIECE)
        blocks = blocks[rng.permutation(len(blocks))]
        size = (len(blocks), self.config.shared_negatives)
        noise = self.noise.sample(size, rng).astype(np.intp)
        step = self.softmax_step if self.config.loss == "softmax" else self.sampling_step
        starts = range(0, len(blocks), self.batch)
        rates = np.linspace(*learning_rates, num=len(starts), endpoint=False)
        loss, n_losses = 0.0, 0
        with np.errstate(over="ignore"):  # exp(score) may be infinite: 1 / (1 + exp(score)) is 0
            for start, rate in zip(starts, rates.tolist(), strict=True):
                batch = blocks[start : start + self.batch]
                shared = noise[start : start + self.batch]
                measure = max(0, LOSS_BLOCKS - start)
                measured = step(center_vecs, outside_vecs, batch, shared, rate, measure)
                loss, n_losses = loss + measured[0], n_losses + measured[1]
        return loss, n_losses

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
        inputs, mix = blocks.inputs(self.config)
        targets, context = blocks.targets(self.config)  # (B, L), (B, n, T, C)
        n_positive = blocks.n_targets(self.config)[..., None]  # (B, S, 1)
        share = n_positive * (self.config.negative / noise.shape[1])  # of each noise word

        vectors = take_rows(center_vecs, inputs)
        pieces = blocks.windows(vectors)  # (B, n, T, d)
        pieces = pieces if mix is None else mix @ pieces
        hidden = pieces.reshape(*n_positive.shape[:2], -1)  # (B, S, d)
        near, far = take_rows(outside_vecs, targets), take_rows(outside_vecs, noise)
        around = blocks.windows(near)  # (B, n, C, d)
        near_scores, far_scores = pieces @ around.swapaxes(2, 3), hidden @ far.swapaxes(1, 2)

        pull = context / (1 + np.exp(near_scores))  # sigmoid(-score): what a context word lacks
        push = share * (1 / (1 + np.exp(far_scores)) - 1)  # -sigmoid(score): noise has too much
        toward = (pull @ around).reshape(hidden.shape)  # minus the gradient
        toward += push @ far
        if mix is not None:
            parts = mix.swapaxes(2, 3) @ toward.reshape(pieces.shape)
            toward = add_parts(parts, blocks.piece, vectors)
        self._move(center_vecs, inputs, toward, rate * self.scale_center[inputs])
        toward = add_parts(pull.swapaxes(2, 3) @ pieces, blocks.piece, near)
        self._move(outside_vecs, targets, toward, rate * self.scale_outside[targets])
        toward = push.swapaxes(1, 2) @ hidden
        self._move(outside_vecs, noise, toward, rate * self.scale_outside[noise])
        if not measure:
            return 0.0, 0
        loss = (context[:measure] * np.logaddexp(0, -near_scores[:measure])).sum()
        loss += (share[:measure] * np.logaddexp(0, far_scores[:measure])).sum()
        return float(loss), int(n_positive[:measure].sum())

    def softmax_step(
        self,
        center_vecs: Matrix,
        outside_vecs: Matrix,
        blocks: Blocks,
        noise: Ints,
        rate: float,
        measure: int = BLOCKS,
    ) -> tuple[float, int]:
        """Move the vectors by one batch of blocks; softmax over the vocabulary, no noise."""
        inputs, mix = blocks.inputs(self.config)
        targets, context = blocks.targets(self.config)
        n_positive = blocks.n_targets(self.config)[..., None]  # (B, S, 1)
        vectors = take_rows(center_vecs, inputs)
        pieces = blocks.windows(vectors)
        pieces = pieces if mix is None else mix @ pieces
        hidden = pieces.reshape(*n_positive.shape[:2], -1)  # (B, S, d)
        counts = np.zeros((*hidden.shape[:2], len(outside_vecs)), outside_vecs.dtype)  # (B, S, V)
        block, piece, center, column = np.nonzero(context)
        first = piece * blocks.piece
        np.add.at(counts, (block, first + center, targets[block, first + column]), 1)
        scores = hidden @ outside_vecs.T
        scores -= scores.max(axis=2, keepdims=True)
        log_probs = scores - np.log(np.exp(scores).sum(axis=2, keepdims=True))
        slopes = counts - n_positive * np.exp(log_probs)  # minus the gradient by the scores
        toward = slopes @ outside_vecs
        if mix is not None:
            parts = mix.swapaxes(2, 3) @ toward.reshape(pieces.shape)
            toward = add_parts(parts, blocks.piece, vectors)
        self._move(center_vecs, inputs, toward, rate * self.scale_center[inputs])
        step = rate * self.scale_outside[:, None]
        outside_vecs += step * np.tensordot(slopes, hidden, axes=((0, 1), (0, 1)))
        if not measure:
            return 0.0, 0
        loss = -(counts[:measure] * log_probs[:measure]).sum()
        return float(loss), int(n_positive[:measure].sum())

    def _move(self, matrix: Matrix, rows: Ints, toward: Matrix, factors: Matrix) -> None:
        """Move rows of a matrix, each by its factor times where it should go."""
        toward *= factors[..., None]
        add_rows(matrix, rows, toward, self._places_in(matrix))

    def _places_in(self, matrix: Matrix) -> Ints | None:
        """Return where the numbers of each row stand, once and for all; None if that is too much.

        The matrices of center and of outside vectors have one shape.
        """
        if self._places is None and matrix.size <= _MOST_PLACES:
            self._places = row_places(*matrix.shape)
        return self._places
