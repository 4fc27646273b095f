"""Train by matrix products: blocks of centers against all their context and noise words at once."""

import numpy as np

from .blocks import Blocks, cut_blocks
from .chunks import Chunk, Ints
from .config import TrainingConfig
from .rows import Matrix, add_rows, take_rows
from .sampling import AliasSampler
from .steps import plan_steps
from .vocabulary import Vocabulary

BLOCK = 16  # consecutive centers in a block
GROUP = 4  # blocks that share their noise words
GROUPS = 16  # most groups in a batch


class BatchedTrainer:
    """Moves the vectors after every batch of blocks; NumPy only.

    Parameters
    ----------
    config : TrainingConfig
    vocabulary : Vocabulary

    Notes
    -----
    Chapter *fast*. The context words of neighbouring centers are nearly the same, so a block of
    consecutive centers needs few rows for many pairs. Four blocks from anywhere in the chunk share
    their noise words, each with the weight that makes the expected gradient that of separate
    negatives. Blocks are shuffled across the chunk, so that the sum over a batch is not about one
    topic. The loss is measured on the first blocks of a chunk.

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
        most = 1 if config.loss == "softmax" else GROUPS  # softmax moves every outside vector
        plan = plan_steps(vocabulary, config, GROUP * BLOCK, most)
        self.batch = plan.groups * GROUP  # blocks in a batch
        self.scale_center, self.scale_outside = plan.scale_center, plan.scale_outside

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
        blocks = cut_blocks(chunk, BLOCK, self.config.window, multiple=GROUP)
        blocks = blocks[rng.permutation(len(blocks))]
        size = (len(blocks) // GROUP, self.config.shared_negatives)
        noise = self.noise.sample(size, rng).astype(np.intp)
        step = self.softmax_step if self.config.loss == "softmax" else self.sampling_step
        starts = range(0, len(blocks), self.batch)
        rates = np.linspace(*learning_rates, num=len(starts), endpoint=False)
        loss, n_losses = 0.0, 0
        with np.errstate(over="ignore"):  # exp(score) may be infinite: 1 / (1 + exp(score)) is 0
            for start, rate in zip(starts, rates.tolist(), strict=True):
                batch = blocks[start : start + self.batch]
                shared = noise[start // GROUP : (start + self.batch) // GROUP]
                measure = start < GROUPS * GROUP
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
        measure: bool = True,
    ) -> tuple[float, int]:
        """Move the vectors by one batch of B blocks, noise (B / 4, K); return its loss if asked."""
        inputs, mix = blocks.inputs(self.config)
        targets, context = blocks.targets(self.config)  # (B, C), (B, T, C)
        n_positive = blocks.n_targets(self.config).reshape(len(noise), -1, 1)  # (B / 4, 4 T, 1)
        share = n_positive * (self.config.negative / noise.shape[1])  # of each noise word

        vectors = take_rows(center_vecs, inputs)
        hidden = vectors if mix is None else mix @ vectors  # (B, T, d)
        grouped = hidden.reshape(len(noise), -1, hidden.shape[2])  # (B / 4, 4 T, d)
        near, far = take_rows(outside_vecs, targets), take_rows(outside_vecs, noise)
        near_scores, far_scores = hidden @ near.swapaxes(1, 2), grouped @ far.swapaxes(1, 2)

        pull = context / (1 + np.exp(near_scores))  # sigmoid(-score): what a context word lacks
        push = share * (1 / (1 + np.exp(far_scores)) - 1)  # -sigmoid(score): noise has too much
        toward = pull @ near + (push @ far).reshape(hidden.shape)  # minus the gradient
        self._move_centers(center_vecs, inputs, mix, toward, rate)
        self._move_outside(outside_vecs, targets, pull.swapaxes(1, 2) @ hidden, rate)
        self._move_outside(outside_vecs, noise, push.swapaxes(1, 2) @ grouped, rate)
        if not measure:
            return 0.0, 0
        near_loss, far_loss = np.logaddexp(0, -near_scores), np.logaddexp(0, far_scores)
        loss = (context * near_loss).sum() + (share * far_loss).sum()
        return float(loss), int(n_positive.sum())

    def softmax_step(
        self,
        center_vecs: Matrix,
        outside_vecs: Matrix,
        blocks: Blocks,
        noise: Ints,
        rate: float,
        measure: bool = True,
    ) -> tuple[float, int]:
        """Move the vectors by one batch of blocks; softmax over the vocabulary, no noise."""
        inputs, mix = blocks.inputs(self.config)
        targets, context = blocks.targets(self.config)
        vectors = take_rows(center_vecs, inputs)
        hidden = vectors if mix is None else mix @ vectors  # (B, T, d)
        counts = np.zeros((*blocks.centers.shape, len(outside_vecs)), outside_vecs.dtype)
        block, center, column = np.nonzero(context)
        np.add.at(counts, (block, center, targets[block, column]), 1)  # (B, T, V)
        n_positive = blocks.n_targets(self.config)[..., None]  # (B, T, 1)
        scores = hidden @ outside_vecs.T
        scores -= scores.max(axis=2, keepdims=True)
        log_probs = scores - np.log(np.exp(scores).sum(axis=2, keepdims=True))
        toward = counts - n_positive * np.exp(log_probs)  # minus the gradient by the scores
        self._move_centers(center_vecs, inputs, mix, toward @ outside_vecs, rate)
        step = rate * self.scale_outside[:, None]
        outside_vecs += step * np.tensordot(toward, hidden, axes=((0, 1), (0, 1)))
        if not measure:
            return 0.0, 0
        return -float((counts * log_probs).sum()), int(n_positive.sum())

    def _move_centers(
        self, center_vecs: Matrix, inputs: Ints, mix: Matrix | None, toward: Matrix, rate: float
    ) -> None:
        """Move the center vectors; `toward` (B, T, d) is for what they mixed to."""
        move = toward if mix is None else mix.swapaxes(1, 2) @ toward
        add_rows(center_vecs, inputs, move * (rate * self.scale_center[inputs])[..., None])

    def _move_outside(self, outside_vecs: Matrix, rows: Ints, toward: Matrix, rate: float) -> None:
        add_rows(outside_vecs, rows, toward * (rate * self.scale_outside[rows])[..., None])
