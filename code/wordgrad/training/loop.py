"""Train as the derivation says: pair by pair, with the gradients of `wordgrad.numeric`."""

from typing import Any

import numpy as np

from ..numeric import cbow, naive_softmax_loss_and_gradients, negative_sampling_loss_and_gradients
from .chunks import Chunk, Ints
from .config import TrainingConfig
from .rows import Matrix
from .sampling import AliasSampler
from .vocabulary import Vocabulary


class LoopTrainer:
    """Moves the vectors after every pair (skip-gram) or window (CBOW).

    Parameters
    ----------
    config : TrainingConfig
    vocabulary : Vocabulary

    Examples
    --------
    >>> vocabulary = Vocabulary(["a", "b", "c"], [3, 2, 1])
    >>> trainer = LoopTrainer(TrainingConfig(dim=2, trainer="loop"), vocabulary)
    >>> center_vecs, outside_vecs = np.ones((3, 2)), np.zeros((3, 2))
    >>> chunk = Chunk(np.array([0, 1]), np.array([0, 1]), np.array([1, 0]))
    >>> rng = np.random.default_rng(0)
    >>> loss, n_pairs = trainer.train_chunk(center_vecs, outside_vecs, chunk, (0.1, 0.1), rng)
    >>> n_pairs, round(loss / n_pairs, 1)  # 6 log 2 = 4.2 at first
    (2, 4.0)
    """

    def __init__(self, config: TrainingConfig, vocabulary: Vocabulary) -> None:
        self.config = config
        self.noise = AliasSampler(vocabulary.noise_distribution(config.noise_power))

    def train_chunk(
        self,
        center_vecs: Matrix,
        outside_vecs: Matrix,
        chunk: Chunk,
        learning_rates: tuple[float, float],
        rng: np.random.Generator,
    ) -> tuple[float, int]:
        """Move the vectors in place by one pass over a chunk.

        Parameters
        ----------
        center_vecs, outside_vecs : ndarray, shape (V, d)
        chunk : Chunk
        learning_rates : (float, float)
            At the first and after the last token; it falls linearly between.
        rng : numpy.random.Generator

        Returns
        -------
        loss : float
            Sum of the losses in nats, each measured before its own step.
        n_losses : int
            Number of losses summed: pairs for skip-gram, windows for CBOW.
        """
        step = self.skipgram_step if self.config.model == "skipgram" else self.cbow_step
        rates = np.linspace(*learning_rates, num=len(chunk.tokens), endpoint=False)
        loss, n_losses = 0.0, 0
        for i, (center, rate) in enumerate(zip(chunk.tokens, rates.tolist(), strict=True)):
            context = chunk.context(i)
            if len(context):
                loss += step(center_vecs, outside_vecs, center, context, rate, rng)
                n_losses += len(context) if self.config.model == "skipgram" else 1
        return loss, n_losses

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
        negatives = self.noise.sample((len(context), self.config.negative), rng)
        for outside, negative in zip(context, negatives, strict=True):
            if self.config.loss == "softmax":
                value, grad_center, grad_outside = naive_softmax_loss_and_gradients(
                    center_vecs[center], outside, outside_vecs
                )
                outside_vecs -= rate * grad_outside
            else:
                # The loss sees the rows of the outside word and the negatives only: it gets these.
                rows, places = np.unique([outside, *negative], return_inverse=True)
                value, grad_center, grad_rows = negative_sampling_loss_and_gradients(
                    center_vecs[center], places[0], outside_vecs[rows], places[1:]
                )
                outside_vecs[rows] -= rate * grad_rows
            center_vecs[center] -= rate * grad_center
            loss += float(value)
        return loss

    def cbow_step(
        self,
        center_vecs: Matrix,
        outside_vecs: Matrix,
        center: int,
        context: Ints,
        rate: float,
        rng: np.random.Generator,
    ) -> float:
        """Move the vectors by one window; return its loss."""
        inputs, places = np.unique(context, return_inverse=True)
        combine = self.config.combine
        if self.config.loss == "softmax":
            value, grad_inputs, grad_outside = cbow(
                places, center, center_vecs[inputs], outside_vecs, "softmax", combine
            )
            outside_vecs -= rate * grad_outside
        else:
            negative = self.noise.sample(self.config.negative, rng)
            rows, outside = np.unique([center, *negative], return_inverse=True)
            vectors: tuple[Any, Any] = (center_vecs[inputs], outside_vecs[rows])
            value, grad_inputs, grad_rows = cbow(
                places, outside[0], *vectors, "negative_sampling", combine, outside[1:]
            )
            outside_vecs[rows] -= rate * grad_rows
        center_vecs[inputs] -= rate * grad_inputs
        return float(value)
