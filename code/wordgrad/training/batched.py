"""Train by matrix products: a block of centers against all its context and noise words at once."""

import numpy as np

from .blocks import Blocks, cut_blocks
from .chunks import Chunk, Ints
from .config import TrainingConfig
from .rows import Matrix, add_rows
from .sampling import AliasSampler
from .steps import step_scales
from .vocabulary import Vocabulary

_BLOCK = 16  # centers in a block
_BATCH = 64  # blocks in a matrix product
_SOFTMAX_BATCH = 4  # softmax moves every outside vector at each step, so its steps are shorter


class BatchedTrainer:
    """Moves the vectors after every batch of blocks; NumPy only, one process.

    Parameters
    ----------
    config : TrainingConfig
    vocabulary : Vocabulary

    Notes
    -----
    Chapter *fast*. The noise words are shared by the centers of a block, each with the weight that
    makes the expected gradient that of separate negatives. Blocks are shuffled across the chunk,
    so that the sums of a batch are not all about one topic.

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
        self.batch = _SOFTMAX_BATCH if config.loss == "softmax" else _BATCH
        scales = step_scales(vocabulary, config, self.batch * _BLOCK)
        self.scale_center, self.scale_outside = scales

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
        step = self.softmax_step if self.config.loss == "softmax" else self.sampling_step
        blocks = cut_blocks(chunk, _BLOCK, self.config.window)
        blocks = blocks[rng.permutation(len(blocks))]
        size = (len(blocks), self.config.shared_negatives)
        noise = self.noise.sample(size, rng).astype(np.intp)
        starts = range(0, len(blocks), self.batch)
        rates = np.linspace(*learning_rates, num=len(starts), endpoint=False)
        loss, n_losses = 0.0, 0
        with np.errstate(over="ignore"):  # exp(-score) may be infinite: its sigmoid is 0
            for start, rate in zip(starts, rates.tolist(), strict=True):
                batch = slice(start, start + self.batch)
                measured = step(
                    center_vecs, outside_vecs, blocks[batch], noise[batch], rate, start == 0
                )
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
        """Move the vectors by one batch of blocks, noise (B, K); return its loss if asked."""
        inputs, mix = blocks.inputs(self.config)
        targets, context = blocks.targets(self.config)  # (B, C), (B, T, C)
        columns = np.concatenate([targets, noise], axis=1)  # (B, C + K)
        n_positive = blocks.n_targets(self.config)[..., None]  # (B, T, 1)
        share = self.config.negative / noise.shape[1] * n_positive  # of each noise word
        weights = np.concatenate([context, np.repeat(share, noise.shape[1], axis=2)], axis=2)
        labels = np.arange(columns.shape[1]) < targets.shape[1]  # context first, then noise

        vectors = center_vecs[inputs]  # (B, I, d)
        hidden = vectors if mix is None else mix @ vectors  # (B, T, d)
        outside = outside_vecs[columns]  # (B, C + K, d)
        scores = hidden @ outside.swapaxes(1, 2)
        slopes = weights * (1 / (1 + np.exp(-scores)) - labels)  # dJ/dscores
        self._move(center_vecs, inputs, mix, slopes @ outside, rate)
        step = (rate * self.scale_outside[columns])[..., None]
        add_rows(outside_vecs, columns, -step * (slopes.swapaxes(1, 2) @ hidden))
        if not measure:
            return 0.0, 0
        losses = weights * np.logaddexp(0, np.where(labels, -scores, scores))
        return float(losses.sum()), int(n_positive.sum())

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
        vectors = center_vecs[inputs]
        hidden = vectors if mix is None else mix @ vectors  # (B, T, d)
        counts = np.zeros((*blocks.centers.shape, len(outside_vecs)), outside_vecs.dtype)
        block, center, column = np.nonzero(context)
        np.add.at(counts, (block, center, targets[block, column]), 1)  # (B, T, V)
        n_positive = blocks.n_targets(self.config)[..., None]  # (B, T, 1)
        scores = hidden @ outside_vecs.T
        scores -= scores.max(axis=2, keepdims=True)
        log_probs = scores - np.log(np.exp(scores).sum(axis=2, keepdims=True))
        slopes = n_positive * np.exp(log_probs) - counts
        self._move(center_vecs, inputs, mix, slopes @ outside_vecs, rate)
        step = rate * self.scale_outside[:, None]
        outside_vecs -= step * np.tensordot(slopes, hidden, axes=((0, 1), (0, 1)))
        if not measure:
            return 0.0, 0
        return -float((counts * log_probs).sum()), int(n_positive.sum())

    def _move(
        self,
        center_vecs: Matrix,
        inputs: Ints,
        mix: Matrix | None,
        grad_hidden: Matrix,
        rate: float,
    ) -> None:
        """Move the center vectors against the gradient of what they mixed to, (B, T, d)."""
        gradient = grad_hidden if mix is None else mix.swapaxes(1, 2) @ grad_hidden
        step = (rate * self.scale_center[inputs])[..., None]
        add_rows(center_vecs, inputs, -step * gradient)
