"""The rungs from the loop to matrix products: trainers with one interface and one gradient."""

import numpy as np

from wordgrad.numeric import negative_sampling_loss_and_gradients, sigmoid
from wordgrad.training.batched import BatchedTrainer
from wordgrad.training.chunks import Chunk, Ints
from wordgrad.training.fast import FastTrainer
from wordgrad.training.loop import LoopTrainer
from wordgrad.training.rows import Matrix

__all__ = [
    "DenseTrainer",
    "KeptMemoryTrainer",
    "PairTrainer",
    "RowsTrainer",
    "WindowTrainer",
    "all_pairs",
]


class DenseTrainer(LoopTrainer):
    """The loop with whole matrices: each pair subtracts a V x d gradient, nearly all of it zero."""

    def skipgram_step(
        self,
        center_vecs: Matrix,
        outside_vecs: Matrix,
        center: int,
        context: Ints,
        rate: float,
        rng: np.random.Generator,
    ) -> float:
        """Move the vectors by one pair after the other; return the sum of their losses."""
        loss = 0.0
        for outside in context:
            negatives = self.noise.sample(self.config.negative, rng)
            value, grad_center, grad_outside = negative_sampling_loss_and_gradients(
                center_vecs[center], outside, outside_vecs, negatives
            )
            center_vecs[center] -= rate * grad_center
            outside_vecs -= rate * grad_outside
            loss += float(value)
        return loss


class WindowTrainer(LoopTrainer):
    """The loop with the pairs of a window at once; its loss is not measured."""

    def skipgram_step(
        self,
        center_vecs: Matrix,
        outside_vecs: Matrix,
        center: int,
        context: Ints,
        rate: float,
        rng: np.random.Generator,
    ) -> float:
        """Move the vectors by all pairs of one center word at once."""
        negatives = self.noise.sample(self.config.negative * len(context), rng)
        words = np.concatenate([context, negatives])
        label = np.zeros(len(words), np.float32)
        label[: len(context)] = 1
        near = outside_vecs[words]  # (words, d)
        error = (sigmoid(near @ center_vecs[center]) - label) * np.float32(rate)
        np.add.at(outside_vecs, words, -np.outer(error, center_vecs[center]))
        center_vecs[center] -= error @ near
        return 0.0


class PairTrainer(LoopTrainer):
    """Batches of pairs from all over the chunk, each with negatives of its own; no loss."""

    batch = 512  # pairs

    def train_chunk(
        self,
        center_vecs: Matrix,
        outside_vecs: Matrix,
        chunk: Chunk,
        learning_rates: tuple[float, float],
        rng: np.random.Generator,
    ) -> tuple[float, int]:
        """Move the vectors in place by one pass over a chunk."""
        centers, outsides = all_pairs(chunk)
        order = rng.permutation(len(centers))
        starts = range(0, len(order), self.batch)
        rates = np.linspace(*learning_rates, num=len(starts), endpoint=False)
        for start, rate in zip(starts, rates.tolist(), strict=True):
            pairs = order[start : start + self.batch]
            self.pair_step(center_vecs, outside_vecs, centers[pairs], outsides[pairs], rate, rng)
        return 0.0, 0

    def pair_step(
        self,
        center_vecs: Matrix,
        outside_vecs: Matrix,
        centers: Ints,
        outsides: Ints,
        rate: float,
        rng: np.random.Generator,
    ) -> None:
        """Move the vectors by B pairs at once."""
        negatives = self.noise.sample((len(centers), self.config.negative), rng)
        words = np.column_stack([outsides, negatives])  # (B, 1 + K)
        hidden, near = center_vecs[centers], outside_vecs[words]  # (B, d), (B, 1 + K, d)
        error = sigmoid(np.einsum("bkd,bd->bk", near, hidden))
        error[:, 0] -= 1
        error *= np.float32(rate)
        np.add.at(center_vecs, centers, -np.einsum("bk,bkd->bd", error, near))
        np.add.at(outside_vecs, words, -error[:, :, None] * hidden[:, None])


class RowsTrainer(BatchedTrainer):
    """The batched trainer, adding rows by ``np.add.at`` as it comes."""

    def _move(self, matrix: Matrix, rows: Ints, toward: Matrix, factors: Matrix) -> None:
        np.add.at(matrix, rows, toward * factors[..., None])


class CompiledTrainer(FastTrainer):
    """The fast trainer with Numba, however little there is to do."""

    compiled = True


class KeptMemoryTrainer(FastTrainer):
    """The fast trainer in NumPy alone, whether Numba is installed or not."""

    compiled = False


def all_pairs(chunk: Chunk) -> tuple[Ints, Ints]:
    """Center and outside word of every pair of a chunk, (N,) and (N,).

    Examples
    --------
    >>> chunk = Chunk(np.array([3, 1, 2]), np.array([0, 1, 1]), np.array([1, 1, 0]))
    >>> all_pairs(chunk)
    (array([1, 2, 3, 1]), array([3, 1, 1, 2]))
    """
    positions = np.arange(len(chunk.tokens))
    centers, outsides = [], []
    for distance in range(1, int(max(chunk.left.max(), chunk.right.max())) + 1):
        for reach, sign in ((chunk.left, -1), (chunk.right, 1)):
            inside = positions[reach >= distance]
            centers.append(chunk.tokens[inside])
            outsides.append(chunk.tokens[inside + sign * distance])
    return np.concatenate(centers), np.concatenate(outsides)
