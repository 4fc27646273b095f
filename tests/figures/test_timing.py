"""Timings: the shortest time of each call counts, and the calls take turns."""

from collections.abc import Callable

import numpy as np
import pytest

from wordgrad.figures._timing import best_seconds


def _call(log: list[str], name: str) -> Callable[[], object]:
    return lambda: log.append(name)


def test_the_shortest_time_of_each_call_counts() -> None:
    ticks = iter([0.0, 4.0, 10.0, 17.0, 20.0, 22.0, 30.0, 39.0])
    calls = [_call([], "first"), _call([], "second")]
    assert best_seconds(calls, rounds=2, clock=lambda: next(ticks), tick=0) == pytest.approx([2, 7])


def test_calls_take_turns_and_each_turn_begins_untimed() -> None:
    log: list[str] = []
    calls = [_call(log, "first"), _call(log, "second")]

    def clock() -> float:
        log.append("clock")
        return 0.0

    best_seconds(calls, rounds=2, clock=clock, tick=0)
    turn = ["first", "clock", "first", "clock", "second", "clock", "second", "clock"]
    assert log == 2 * turn


def test_a_short_call_is_repeated_until_a_coarse_clock_sees_it() -> None:
    now = 0.0

    def call() -> None:
        nonlocal now
        now += 0.3

    found = best_seconds([call], rounds=2, clock=lambda: float(int(now)), tick=1)
    assert found == pytest.approx([0.3], rel=0.06)


def test_real_clock_gives_positive_times() -> None:
    assert (best_seconds([lambda: sum(range(1000))], rounds=3) > np.zeros(1)).all()
