"""A training as a list of jobs: one for each chunk of each epoch, each with a seed of its own."""

from dataclasses import dataclass
from typing import Protocol

import numpy as np
import numpy.typing as npt

from .batched import BatchedTrainer
from .chunks import Chunk, draw_chunk
from .config import TrainingConfig
from .encoding import Ids
from .fast import FastTrainer
from .loop import LoopTrainer
from .rows import Matrix
from .vocabulary import Vocabulary

_TRAINERS: dict[str, type[LoopTrainer] | type[BatchedTrainer] | type[FastTrainer]] = {
    "loop": LoopTrainer,
    "batched": BatchedTrainer,
    "fast": FastTrainer,
}


class Trainer(Protocol):
    """What the loop, the batched and the fast trainer have in common."""

    def train_chunk(
        self,
        center_vecs: Matrix,
        outside_vecs: Matrix,
        chunk: Chunk,
        learning_rates: tuple[float, float],
        rng: np.random.Generator,
    ) -> tuple[float, int]:
        """See `LoopTrainer.train_chunk`."""


@dataclass(frozen=True)
class JobResult:
    """What a job returns: its number, the mean loss in nats, the words of the corpus it read."""

    job: int
    loss: float
    words: int


class Jobs:
    """The jobs of a training.

    Parameters
    ----------
    config : TrainingConfig
    vocabulary : Vocabulary
    ids : ndarray of int32, shape (n,)
        The encoded corpus.

    Notes
    -----
    What a job does depends on its number and the vectors alone: its random numbers start from
    (seed, number), its learning rate from its place in the schedule. So a training can stop after
    any job, and go on as if it never had.

    Examples
    --------
    >>> ids = np.zeros(200, dtype=np.int32)
    >>> config = TrainingConfig(chunk_tokens=100, epochs=2, learning_rate=0.04)
    >>> jobs = Jobs(config, Vocabulary(["a", "b"], [2, 1]), ids)
    >>> len(jobs), round(jobs.learning_rates(1)[0], 6)
    (4, 0.030025)
    """

    def __init__(self, config: TrainingConfig, vocabulary: Vocabulary, ids: Ids) -> None:
        self.config = config
        self.vocab_size = len(vocabulary)
        self.ids = ids
        self.per_epoch = -(-len(ids) // config.chunk_tokens)
        self.keep_probability = vocabulary.keep_probability(config.sample)
        self.trainer: Trainer = _TRAINERS[config.trainer](config, vocabulary)

    def __len__(self) -> int:
        return self.per_epoch * self.config.epochs

    def learning_rates(self, job: int) -> tuple[float, float]:
        """Return the learning rates at the start and the end of a job."""
        first, last = self.config.learning_rate, self.config.min_learning_rate
        start, end = (first + (last - first) * j / len(self) for j in (job, job + 1))
        return start, end

    def ids_of(self, job: int) -> Ids:
        """Return the part of the corpus that a job trains on."""
        start = job % self.per_epoch * self.config.chunk_tokens
        return self.ids[start : start + self.config.chunk_tokens]

    def run(
        self, job: int, center_vecs: Matrix, outside_vecs: Matrix, ids: Ids | None = None
    ) -> JobResult:
        """Train one chunk, `ids_of(job)` if not given; the vectors, (V, d), move in place."""
        ids = self.ids_of(job) if ids is None else ids
        rng = np.random.default_rng((self.config.seed, 1 + job))
        chunk = draw_chunk(ids, self.keep_probability, self.config.window, rng)
        loss, n = self.trainer.train_chunk(
            center_vecs, outside_vecs, chunk, self.learning_rates(job), rng
        )
        words = int(((ids >= 0) & (ids < self.vocab_size)).sum())
        return JobResult(job, loss / n if n else float("nan"), words)


def initial_vectors(
    vocab_size: int, config: TrainingConfig
) -> tuple[npt.NDArray[np.float32], npt.NDArray[np.float32]]:
    """Return the center and outside vectors before training, both (V, d).

    Notes
    -----
    Chapter *training*. As in the original program: center vectors uniform between -1/2d and 1/2d,
    outside vectors zero.

    Examples
    --------
    >>> center_vecs, outside_vecs = initial_vectors(10, TrainingConfig(dim=4))
    >>> bool(abs(center_vecs).max() <= 0.125), bool(outside_vecs.any())
    (True, False)
    """
    rng = np.random.default_rng((config.seed, 0))
    center_vecs = rng.random((vocab_size, config.dim), dtype=np.float32)
    center_vecs -= 0.5
    center_vecs /= config.dim
    return center_vecs, np.zeros_like(center_vecs)
