"""Run a training from the first chunk to the last: schedule, checkpoints, result."""

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import numpy as np
import numpy.typing as npt

from .checkpoint import TrainingState, fingerprint, load_checkpoint, save_checkpoint
from .config import TrainingConfig
from .corpus import Corpus
from .distributed import check_scheduler, run_on_dask
from .jobs import JobResult, Jobs
from .running import run_here, run_in_processes
from .vectors import WordVectors

SECONDS_BETWEEN_CHECKPOINTS = 60.0
Runner = Callable[[Jobs, TrainingState, Callable[[], bool]], Iterator[JobResult]]


@dataclass(frozen=True)
class Report:
    """What is known after a chunk.

    Parameters
    ----------
    done, total : int
        Chunks trained, of how many in all epochs together.
    words : int
        Words of the corpus that this run has trained on; those too rare for a vector not counted.
    seconds : float
        Time since this run began to train.
    loss : float
        Mean loss of a pair (CBOW: of a window) in this chunk, in nats; nan if it had none.
    learning_rate : float
        At the end of this chunk.
    """

    done: int
    total: int
    words: int
    seconds: float
    loss: float
    learning_rate: float


@dataclass(frozen=True, eq=False)
class TrainingResult:
    """What a training returns.

    Parameters
    ----------
    vectors : WordVectors
        With outside vectors and counts.
    config : TrainingConfig
    losses : ndarray, shape (epochs, chunks of the corpus)
        Mean loss of each chunk, in nats; nan for a chunk that was not trained.
    words, seconds : int, float
        Words that this run trained on, and the time it took.
    complete : bool
        False if the training was stopped before its end.
    """

    vectors: WordVectors
    config: TrainingConfig
    losses: npt.NDArray[np.float64]
    words: int
    seconds: float
    complete: bool

    @property
    def words_per_second(self) -> float:
        """Speed of this run, in words of the corpus."""
        return self.words / self.seconds if self.seconds > 0 else 0.0


def train(
    corpus: Corpus,
    config: TrainingConfig | None = None,
    *,
    report: Callable[[Report], object] | None = None,
    stop: Callable[[], bool] = lambda: False,
    checkpoint: str | Path | None = None,
    resume: bool = False,
    scheduler: str | None = None,
    average_every: int = 8,
) -> TrainingResult:
    """Train word vectors.

    Parameters
    ----------
    corpus : Corpus
    config : TrainingConfig, optional
    report : function, optional
        Called with a `Report` after each chunk.
    stop : function, optional
        Asked after each chunk; True ends the training early.
    checkpoint : path, optional
        File that holds the state, written every minute and at the end of the run.
    resume : bool, default False
        Go on from the checkpoint. With one process the vectors are those of a run without a break,
        to the last bit.
    scheduler : str, optional
        Address of a Dask scheduler, ``local:N`` for N processes on this machine, or ``here:N`` for
        N workers that take turns in this process; see `run_on_dask`. Instead of
        ``config.processes``.
    average_every : int, default 8
        Chunks that each Dask worker trains between two averages.

    Returns
    -------
    TrainingResult

    Raises
    ------
    CorpusError
        If fewer than two words are frequent enough.
    CheckpointError
        If the checkpoint cannot be read, or belongs to another corpus or config.
    FloatingPointError
        If the vectors stop being finite; the checkpoint keeps the state before that.
    WorkerError
        If a process of the training is ended from outside.
    ValueError
        If `resume` is asked for without a checkpoint, or `scheduler` is none.

    Examples
    --------
    >>> from wordgrad.training import SyntheticLanguage, encode_texts
    >>> corpus = encode_texts(SyntheticLanguage().texts(3000, np.random.default_rng(0)))
    >>> result = train(corpus, TrainingConfig(dim=20, sample=0, epochs=2))
    >>> result.vectors.center_vecs.shape, result.losses.shape
    ((102, 20), (2, 1))
    >>> bool(result.losses[1, 0] < result.losses[0, 0])
    True
    """
    config = config or TrainingConfig()
    run = _runner(config, scheduler, average_every)
    if resume and checkpoint is None:
        raise ValueError("resume is True, but no checkpoint is given; name its file")
    vocabulary = corpus.vocabulary(config.min_count)
    jobs = Jobs(config, vocabulary, corpus.ids)
    name = fingerprint(vocabulary, len(corpus.ids))
    if resume and checkpoint is not None:
        state = load_checkpoint(checkpoint, config, name)
    else:
        state = TrainingState.fresh(jobs)

    def save() -> None:
        if checkpoint is not None:
            save_checkpoint(checkpoint, state, config, name)

    words, seconds = _run(run, jobs, state, report, stop, save)
    vectors = WordVectors(
        vocabulary.words, state.center_vecs, state.outside_vecs, vocabulary.counts
    )
    losses = state.losses.reshape(config.epochs, -1)
    return TrainingResult(vectors, config, losses, words, seconds, bool(state.done.all()))


def _runner(config: TrainingConfig, scheduler: str | None, average_every: int) -> Runner:
    """Choose where the jobs run."""
    if scheduler is None:
        return run_in_processes if config.processes > 1 else run_here
    check_scheduler(scheduler)
    if config.processes > 1:
        raise ValueError(
            f"processes is {config.processes} and scheduler is {scheduler!r}; give one of them "
            "(local:N has N processes)"
        )
    if average_every < 1:
        raise ValueError(f"average_every is {average_every}; it must be a whole number from 1 up")
    return partial(run_on_dask, scheduler=scheduler, period=average_every)


def _run(
    run: Runner,
    jobs: Jobs,
    state: TrainingState,
    report: Callable[[Report], object] | None,
    stop: Callable[[], bool],
    save: Callable[[], None],
) -> tuple[int, float]:
    """Run all jobs that are not done; return the words and seconds this took."""
    words, begin = 0, time.monotonic()
    saved = begin
    for result in run(jobs, state, stop):
        state.done[result.job] = True
        state.losses[result.job] = result.loss
        words += result.words
        if report is not None:
            rate = jobs.learning_rates(result.job)[1]
            done, seconds = int(state.done.sum()), time.monotonic() - begin
            report(Report(done, len(jobs), words, seconds, result.loss, rate))
        if time.monotonic() - saved > SECONDS_BETWEEN_CHECKPOINTS:
            _check_finite(state, jobs.config)
            save()
            saved = time.monotonic()
    seconds = time.monotonic() - begin
    _check_finite(state, jobs.config)
    save()
    return words, seconds


def _check_finite(state: TrainingState, config: TrainingConfig) -> None:
    """Refuse to go on, or to save, when a number has overflowed."""
    for matrix in (state.center_vecs, state.outside_vecs):
        if not np.isfinite(np.abs(matrix).max()):  # the maximum of a nan is nan
            raise FloatingPointError(
                f"the vectors are no longer finite; try a learning rate below "
                f"{config.learning_rate}, now {config}"
            )
