"""Run jobs one after the other, or in several processes that share the vectors."""

import os
import signal
from collections.abc import Callable, Iterator
from concurrent.futures import FIRST_COMPLETED, ProcessPoolExecutor, ThreadPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import ExitStack, contextmanager
from copy import copy
from itertools import islice
from multiprocessing import get_all_start_methods, get_context, parent_process
from multiprocessing.context import BaseContext
from multiprocessing.shared_memory import SharedMemory
from threading import Thread
from typing import Any

import numpy as np
import numpy.typing as npt

from .checkpoint import TrainingState
from .errors import WorkerError
from .fast import FastTrainer
from .jobs import JobResult, Jobs

_THREAD_SETTINGS = ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS")
Stop = Callable[[], bool]
Array = npt.NDArray[Any]


def run_here(jobs: Jobs, state: TrainingState, stop: Stop) -> Iterator[JobResult]:
    """Run the jobs that are not done, in order, until `stop` says so."""
    for job in np.flatnonzero(~state.done).tolist():
        if stop():
            return
        yield jobs.run(job, state.center_vecs, state.outside_vecs)


def run_in_processes(jobs: Jobs, state: TrainingState, stop: Stop) -> Iterator[JobResult]:
    """Run the jobs that are not done in ``config.processes`` processes.

    The vectors lie in memory that all processes share. They add to them without locks: now and
    then one update overwrites another, which costs less than waiting [1]_. While the processes
    start, this one trains. Each of them reads the calling script again, which therefore needs the
    usual ``if __name__ == "__main__":``.

    Raises
    ------
    WorkerError
        If a process ends before its work is done.

    References
    ----------
    .. [1] F. Niu, B. Recht, C. Ré, S. J. Wright, "Hogwild: a lock-free approach to parallelizing
       stochastic gradient descent" (2011), arXiv:1106.5730.
    """
    todo = iter(np.flatnonzero(~state.done).tolist())
    here = _without_loading(jobs)
    with (
        _shared(jobs, state) as addresses,
        _one_blas_thread(),
        ProcessPoolExecutor(
            jobs.config.processes, _context(), _attach, (jobs, addresses)
        ) as executor,
        ThreadPoolExecutor(1) as starter,
    ):
        try:
            started = starter.submit(lambda: executor.submit(os.getpid).result())
            while not started.done():
                if stop():
                    return
                for job in islice(todo, 1):
                    yield here.run(job, state.center_vecs, state.outside_vecs)
            started.result()
            yield from _results(executor, todo, 2 * jobs.config.processes, stop)
        except BrokenProcessPool as error:
            raise WorkerError(
                "a process of the training was ended from outside (out of memory?); "
                "go on from the last checkpoint, with fewer processes"
            ) from error


def _context() -> BaseContext:
    """Let processes be copies of one that has loaded what they need, where the system can."""
    if "forkserver" not in get_all_start_methods():
        return get_context("spawn")
    context = get_context("forkserver")
    context.set_forkserver_preload(["wordgrad.training.ready"])
    return context


def _without_loading(jobs: Jobs) -> Jobs:
    """Return jobs that can be run at once: with NumPy, which comes to the same."""
    here = copy(jobs)
    here.trainer = copy(jobs.trainer)
    if isinstance(here.trainer, FastTrainer):
        here.trainer.compiled = False
    return here


def _results(
    executor: ProcessPoolExecutor, todo: Iterator[int], ahead: int, stop: Stop
) -> Iterator[JobResult]:
    """Yield results as they come, with `ahead` jobs waiting or running at any time."""
    running = {executor.submit(_run, job) for job in islice(todo, ahead)}
    while running:
        finished, running = wait(running, return_when=FIRST_COMPLETED)
        for future in finished:
            if not stop():
                running |= {executor.submit(_run, job) for job in islice(todo, 1)}
            yield future.result()


Address = tuple[str, tuple[int, ...], str]  # name of the shared memory, shape, dtype


@contextmanager
def _shared(jobs: Jobs, state: TrainingState) -> Iterator[dict[str, Address]]:
    """Move corpus and vectors to shared memory; bring the vectors back at the end."""
    ids = jobs.ids
    with ExitStack() as stack:
        addresses: dict[str, Address] = {}
        if isinstance(ids, np.memmap):  # each process maps the file by itself
            addresses["ids"] = (str(ids.filename), ids.shape, "file")
        else:
            addresses["ids"], _ = _share(ids, stack)
        addresses["center_vecs"], state.center_vecs = _share(state.center_vecs, stack)
        addresses["outside_vecs"], state.outside_vecs = _share(state.outside_vecs, stack)
        jobs.ids = np.empty(0, np.int32)  # the processes do not get it a second time
        try:
            yield addresses
        finally:
            jobs.ids = ids
            state.center_vecs = state.center_vecs.copy()  # no view of the memory may be left
            state.outside_vecs = state.outside_vecs.copy()


def _share(array: Array, stack: ExitStack) -> tuple[Address, Array]:
    memory = SharedMemory(create=True, size=max(1, array.nbytes))
    stack.callback(memory.unlink)
    stack.callback(memory.close)
    view: Array = np.ndarray(array.shape, array.dtype, memory.buf)
    view[...] = array
    return (memory.name, array.shape, array.dtype.str), view


@contextmanager
def _one_blas_thread() -> Iterator[None]:
    """Let new processes use one thread each: there are as many processes as cores to use."""
    before = {name: os.environ.get(name) for name in _THREAD_SETTINGS}
    os.environ.update(dict.fromkeys(_THREAD_SETTINGS, "1"))
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value


class _Worker:
    """What a process of the training keeps between its jobs."""

    jobs: Jobs
    vectors: tuple[Array, Array]
    memory: tuple[SharedMemory, ...] = ()  # it is freed when nobody refers to it


def _attach(jobs: Jobs, addresses: dict[str, Address]) -> None:
    """Prepare a process: find the shared arrays."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the process that shows progress
    Thread(target=_end_with_parent, daemon=True).start()
    _Worker.jobs = jobs
    jobs.ids = _find(addresses["ids"])
    _Worker.vectors = _find(addresses["center_vecs"]), _find(addresses["outside_vecs"])


def _end_with_parent() -> None:
    """End this process when the one that wants its results is gone, even if that was killed."""
    if parent := parent_process():
        parent.join()
        os._exit(1)


def _find(address: Address) -> Array:
    name, shape, dtype = address
    if dtype == "file":
        return np.memmap(name, dtype=np.int32, mode="r", shape=shape)
    memory = SharedMemory(name=name)
    _Worker.memory = (*_Worker.memory, memory)
    return np.ndarray(shape, dtype, memory.buf)


def _run(job: int) -> JobResult:
    return _Worker.jobs.run(job, *_Worker.vectors)
