"""Train on several machines: rounds of local steps on Dask workers, and averages between them."""

import copy
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import numpy as np

from .averaging import Shard, ShardResult, Stop, run_in_turn, run_rounds, train_shard
from .checkpoint import TrainingState
from .errors import WorkerError
from .jobs import JobResult, Jobs

if TYPE_CHECKING:
    from distributed import Client, Future

_ATTEMPTS = 4  # at a shard whose worker is lost
_SECONDS_TO_CONNECT = 10


def check_scheduler(scheduler: str) -> None:
    """Refuse what names no scheduler.

    Raises
    ------
    ValueError
        With what is allowed.

    Examples
    --------
    >>> check_scheduler("local:2")
    >>> check_scheduler("local:none")
    Traceback (most recent call last):
    ...
    ValueError: scheduler is 'local:none'; give the address of a Dask scheduler, such as \
tcp://host:8786, or local:N for N processes on this machine, or here:N for N workers that take \
turns in this process
    """
    kind, colon, rest = scheduler.partition(":")
    counted = rest.isdecimal() and int(rest) > 0
    if not (colon and rest) or (kind in ("local", "here") and not counted):
        raise ValueError(
            f"scheduler is {scheduler!r}; give the address of a Dask scheduler, such as "
            "tcp://host:8786, or local:N for N processes on this machine, or here:N for N "
            "workers that take turns in this process"
        )


def run_on_dask(
    jobs: Jobs, state: TrainingState, stop: Stop, scheduler: str, period: int
) -> Iterator[JobResult]:
    """Run the jobs that are not done on the workers of a Dask scheduler.

    In a round every worker gets the vectors and the next `period` chunks, trains on a copy of its
    own, and sends back the rows that it moved. A row that several workers moved becomes the mean
    of what they made of it [1]_. The share of a worker that is lost is run again by another.

    Parameters
    ----------
    scheduler : str
        Address of a Dask scheduler, or ``local:N`` for N processes on this machine. ``here:N``
        needs no Dask: N workers take turns in this process, to see what averaging does.
    period : int
        Chunks that a worker trains between two averages.

    Raises
    ------
    WorkerError
        If there is no worker, or the same share loses its worker again and again.
    ValueError, OSError
        If the scheduler cannot be understood, or not be reached.

    Notes
    -----
    Chapter *scale*. A round sends the 2 V d numbers of the vectors to every worker, and back at
    most as many from each.

    References
    ----------
    .. [1] R. McDonald, K. Hall, G. Mann, "Distributed training strategies for the structured
       perceptron" (2010), NAACL.
    """
    check_scheduler(scheduler)
    kind, _, number = scheduler.partition(":")
    if kind == "here":
        yield from run_in_turn(jobs, state, stop, int(number), period)
        return
    with _client(scheduler) as client:
        workers = _Workers(client, jobs)
        yield from run_rounds(jobs, state, stop, workers.count, workers.train_round, period)


class _Workers:
    """The workers of a scheduler, each with the jobs, whatever worker it is."""

    def __init__(self, client: "Client", jobs: Jobs) -> None:
        self.client = client
        self.count()
        self.light = copy.copy(jobs)
        self.light.ids = np.empty(0, np.int32)  # a shard brings its own
        self.jobs = self._send(self.light)

    def count(self) -> int:
        """How many there are now; they may come and go."""
        from distributed import TimeoutError as NoWorkers

        try:
            self.client.wait_for_workers(1, timeout=_SECONDS_TO_CONNECT)
        except (NoWorkers, TimeoutError) as error:
            raise WorkerError(
                "the scheduler has no workers; start some with: dask worker ADDRESS --nthreads 1"
            ) from error
        return len(self.client.nthreads())

    def _send(self, thing: object) -> "Future[Any]":
        """Give it to one worker, from which the others fetch it.

        To broadcast would be to wait for ever for a worker that is lost meanwhile.
        """
        future: Future[Any]
        (future,) = self.client.scatter([thing], hash=False)
        return future

    def train_round(self, state: TrainingState, shards: Sequence[Shard]) -> list[ShardResult]:
        """Train every shard on some worker; a shard whose worker is lost is sent out again."""
        done: dict[int, ShardResult] = {}
        for attempt in range(_ATTEMPTS):
            left = [place for place in range(len(shards)) if place not in done]
            try:
                if attempt:
                    self.jobs = self._send(self.light)  # it may be lost with the worker
                vectors = self._send((state.center_vecs, state.outside_vecs))
            except OSError:  # the worker that it was sent to was just lost
                continue
            futures = {
                place: self.client.submit(
                    train_shard, self.jobs, vectors, shards[place], pure=False
                )
                for place in left
            }
            results = {place: _result(future) for place, future in futures.items()}
            done |= {place: result for place, result in results.items() if result is not None}
            if len(done) == len(shards):
                return [done[place] for place in range(len(shards))]
        raise WorkerError(
            f"a worker was lost {_ATTEMPTS} times in one round (out of memory?); give the "
            "workers more memory, or go on from the last checkpoint with fewer of them"
        )


def _result(future: "Future[Any]") -> ShardResult | None:
    """Wait for the result; None if its worker is lost; an error of the training is raised."""
    from distributed import CancelledError, KilledWorker, wait

    try:
        wait(future)
        result: ShardResult = future.result()
    except (KilledWorker, CancelledError):  # lost again and again, or with what it was sent
        return None
    except (OSError, TimeoutError):
        if future.status == "error":
            raise
        return None  # the worker was lost with the result
    return result


@contextmanager
def _client(scheduler: str) -> Iterator["Client"]:
    """Connect, or start processes on this machine and end them afterwards."""
    try:
        from distributed import Client, LocalCluster
    except ImportError as error:
        raise WorkerError(
            "training on a Dask scheduler needs the extra `scale`: pip install 'wordgrad[scale]'"
        ) from error
    kind, _, number = scheduler.partition(":")
    if kind != "local":
        with Client(scheduler, timeout=_SECONDS_TO_CONNECT) as client:
            yield client
        return
    settings: dict[str, Any] = {"threads_per_worker": 1, "dashboard_address": ":0"}
    with LocalCluster(n_workers=int(number), **settings) as cluster, Client(cluster) as client:
        yield client
