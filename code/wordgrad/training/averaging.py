"""A round of training on several machines: deal chunks, train on copies, average what moved."""

import copy
import threading
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from .checkpoint import TrainingState
from .encoding import Ids
from .jobs import JobResult, Jobs

Matrix = npt.NDArray[np.float32]
Shard = list[tuple[int, Ids]]  # numbers of jobs, each with its part of the corpus
Stop = Callable[[], bool]


class Moved(NamedTuple):
    """Rows of a matrix that a worker moved, and what it made of them."""

    rows: npt.NDArray[np.intp]
    values: Matrix


class ShardResult(NamedTuple):
    """What a worker sends back after its share of a round."""

    results: list[JobResult]
    center: Moved
    outside: Moved


TrainRound = Callable[[TrainingState, Sequence[Shard]], list[ShardResult]]


def run_rounds(
    jobs: Jobs,
    state: TrainingState,
    stop: Stop,
    count: Callable[[], int],
    train_round: TrainRound,
    period: int,
) -> Iterator[JobResult]:
    """Run the jobs that are not done, round by round, and average the vectors after each.

    Parameters
    ----------
    jobs : Jobs
    state : TrainingState
        Its vectors move after each round.
    stop : function
        Asked before each round.
    count : function
        Number of workers of the next round.
    train_round : function
        Trains each share on a copy of the vectors, somewhere.
    period : int
        Chunks that a worker trains between two averages.
    """
    todo = np.flatnonzero(~state.done).tolist()
    while todo and not stop():
        shares, todo = deal(todo, count(), period)
        shards = [[(job, np.asarray(jobs.ids_of(job))) for job in share] for share in shares]
        done = train_round(state, shards)
        average_rows(state.center_vecs, [shard.center for shard in done])
        average_rows(state.outside_vecs, [shard.outside for shard in done])
        results = [result for shard in done for result in shard.results]
        for result in results:  # all of them now: a checkpoint has the whole round or nothing
            state.done[result.job] = True
            state.losses[result.job] = result.loss
        yield from results


def run_in_turn(
    jobs: Jobs, state: TrainingState, stop: Stop, workers: int, period: int
) -> Iterator[JobResult]:
    """Run the rounds in this process: the workers take turns, each from the same vectors.

    The vectors are those that as many Dask workers would make, to the last bit.
    """

    def train_round(state: TrainingState, shards: Sequence[Shard]) -> list[ShardResult]:
        vectors = state.center_vecs, state.outside_vecs
        return [train_shard(jobs, vectors, shard) for shard in shards]

    return run_rounds(jobs, state, stop, lambda: workers, train_round, period)


def deal(todo: Sequence[int], workers: int, period: int) -> tuple[list[list[int]], list[int]]:
    """Deal the next jobs to the workers, `period` to each; the last round is shared evenly.

    Examples
    --------
    >>> deal(range(7), workers=2, period=3)
    ([[0, 2, 4], [1, 3, 5]], [6])
    >>> deal([6], workers=2, period=3)
    ([[6]], [])
    """
    now, later = list(todo[: workers * period]), list(todo[workers * period :])
    return [now[k::workers] for k in range(min(workers, len(now)))], later


def train_shard(jobs: Jobs, vectors: tuple[Matrix, Matrix], shard: Shard) -> ShardResult:
    """Train on copies of the vectors; this is what a worker does in a round."""
    jobs = _own(jobs)
    center_vecs, outside_vecs = vectors[0].copy(), vectors[1].copy()
    results = [jobs.run(job, center_vecs, outside_vecs, ids) for job, ids in shard]
    return ShardResult(results, _moved(vectors[0], center_vecs), _moved(vectors[1], outside_vecs))


_here = threading.local()


def _own(jobs: Jobs) -> Jobs:
    """A copy for this thread alone: a trainer has memory that it uses again and again."""
    if getattr(_here, "original", None) is not jobs:
        _here.original, _here.copy = jobs, copy.deepcopy(jobs)
    own: Jobs = _here.copy
    return own


def _moved(before: Matrix, after: Matrix) -> Moved:
    rows = np.flatnonzero((before != after).any(axis=1))
    return Moved(rows, after[rows])


def average_rows(matrix: Matrix, moves: Sequence[Moved]) -> None:
    """Replace each row by the mean of what those made of it that moved it, in place.

    Parameters
    ----------
    matrix : ndarray, shape (V, d)
        The vectors from which all started.
    moves : sequence of Moved
        From each worker its rows, no row twice.

    Examples
    --------
    >>> matrix = np.zeros((3, 1))
    >>> one = Moved(np.array([0, 1]), np.array([[2.0], [4.0]]))
    >>> average_rows(matrix, [one, Moved(np.array([1]), np.array([[8.0]]))])
    >>> matrix.ravel().tolist()
    [2.0, 6.0, 0.0]
    """
    total, count = np.zeros_like(matrix), np.zeros(len(matrix), dtype=matrix.dtype)
    for rows, values in moves:
        total[rows] += values
        count[rows] += 1
    moved = count > 0
    matrix[moved] = total[moved] / count[moved, None]


def bytes_per_round(vocab_size: int, dim: int, workers: int) -> int:
    """Most bytes that a round sends: all vectors to every worker, and back from each.

    Examples
    --------
    >>> bytes_per_round(vocab_size=100_000, dim=100, workers=10)
    1600000000
    """
    return 2 * workers * 2 * vocab_size * dim * np.dtype(np.float32).itemsize
