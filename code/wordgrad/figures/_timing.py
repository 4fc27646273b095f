"""Timings side by side: the calls take turns, and the shortest time of each counts."""

from collections.abc import Callable, Sequence
from time import perf_counter
from typing import Any

import numpy as np
import numpy.typing as npt

__all__ = ["best_seconds", "tick_of"]

_ENOUGH = 20  # ticks of the clock that a measured time has at least


def best_seconds(
    calls: Sequence[Callable[[], object]],
    rounds: int,
    clock: Callable[[], float] = perf_counter,
    tick: float | None = None,
) -> npt.NDArray[np.floating[Any]]:
    """Shortest time of each call in seconds, calls (N,) -> (N,).

    Whatever else the machine does adds time and never takes any away, so the shortest of many
    times is the least disturbed one.  The calls take turns: a slow minute slows all of them.
    Each turn begins with a call that is not timed, which brings the call's own data near.
    A call that is over within a few ticks of the clock is repeated: a browser's clock is coarse.

    Parameters
    ----------
    calls : sequence of functions without arguments
    rounds : int
        How often each is called.
    clock : function, default `time.perf_counter`
    tick : float, optional
        Smallest step of the clock in seconds; measured if not given.

    Examples
    --------
    >>> ticks = iter([0, 5, 5, 9, 10, 13, 20, 29])
    >>> best_seconds([int, float], 2, lambda: float(next(ticks)), tick=0)
    array([3., 4.])
    """
    tick = tick_of(clock) if tick is None else tick
    times = np.empty((rounds, len(calls)))
    for which in np.ndindex(times.shape):
        calls[which[1]]()
        times[which] = _seconds(calls[which[1]], clock, _ENOUGH * tick)
    return np.asarray(times.min(axis=0))


def tick_of(clock: Callable[[], float]) -> float:
    """The smallest step that the clock was seen to make, in the clock's unit.

    Examples
    --------
    >>> readings = iter([0, 0, 3, 4, 6, 6, 8, 10, 11, 13])
    >>> tick_of(lambda: next(readings))
    1
    """
    return min(_next_step(clock) for _ in range(4))


def _next_step(clock: Callable[[], float]) -> float:
    start = now = clock()
    while now == start:
        now = clock()
    return now - start


def _seconds(call: Callable[[], object], clock: Callable[[], float], least: float) -> float:
    """Time of one call, from as many as take at least so long together."""
    repeats = 1
    while True:
        start = clock()
        for _ in range(repeats):
            call()
        elapsed = clock() - start
        if elapsed >= least:
            return elapsed / repeats
        repeats *= 2
