"""Timings side by side: the calls take turns, and the shortest time of each counts."""

from collections.abc import Callable, Sequence
from time import perf_counter
from typing import Any

import numpy as np
import numpy.typing as npt

__all__ = ["best_seconds"]


def best_seconds(
    calls: Sequence[Callable[[], object]],
    rounds: int,
    clock: Callable[[], float] = perf_counter,
) -> npt.NDArray[np.floating[Any]]:
    """Shortest time of each call in seconds, calls (N,) -> (N,).

    Whatever else the machine does adds time and never takes any away, so the shortest of many
    times is the least disturbed one.  The calls take turns: a slow minute slows all of them.
    Each turn begins with a call that is not timed, which brings the call's own data near.

    Parameters
    ----------
    calls : sequence of functions without arguments
    rounds : int
        How often each is called.
    clock : function, default `time.perf_counter`

    Examples
    --------
    >>> ticks = iter([0, 5, 5, 9, 10, 13, 20, 29])
    >>> best_seconds([int, float], 2, lambda: float(next(ticks)))
    array([3., 4.])
    """
    times = np.empty((rounds, len(calls)))
    for which in np.ndindex(times.shape):
        calls[which[1]]()
        start = clock()
        calls[which[1]]()
        times[which] = clock() - start
    return np.asarray(times.min(axis=0))
