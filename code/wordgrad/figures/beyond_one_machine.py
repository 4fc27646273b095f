"""Figures of the chapter *Beyond one machine*: from the record of its runs, and on paper."""

from collections.abc import Sequence
from statistics import median
from typing import Any

import matplotlib.pyplot as plt
import numpy as np
import numpy.typing as npt
from matplotlib.figure import Figure

from ._records import record, told
from ._style import BLUE, CYCLE, GREEN, GREY, VERMILLION, label_at, label_end, size, styled
from ._workers import Cluster, kept_of_a_step, where_averages_settle

__all__ = [
    "Cluster",
    "cluster",
    "cost",
    "drift",
    "kept",
    "kept_of_a_step",
    "quality",
    "record",
    "runs",
    "speed",
    "told",
    "where_averages_settle",
    "words_per_second",
]

Floats = npt.NDArray[np.floating[Any]]
WORKERS = np.unique(np.geomspace(1, 1000, 61).round()).astype(int)


@styled
def kept(workers: Sequence[int] = (10, 100, 1000)) -> Figure:
    """What averaging leaves of a worker's step on a row, against how often the row is moved."""
    figure, axes = plt.subplots()
    moving = np.geomspace(1e-5, 1, 200)
    for n, color in zip(workers, CYCLE, strict=False):
        (line,) = axes.loglog(moving, kept_of_a_step(moving, n), color=color)
        label_end(line, f"{n} workers")
    axes.set(
        xlabel="chance that a worker moves the row in a round", ylabel="what is left of its step",
        xlim=(1e-5, 1),
    )  # fmt: skip
    axes.grid()
    return figure


@styled
def drift(rate: float = 0.1, curvatures: tuple[float, float] = (0.2, 2.0)) -> Figure:
    """Where averages of two workers settle, against the number of local steps between them."""
    figure, axes = plt.subplots(figsize=size(rows=0.8))
    steps = np.unique(np.geomspace(1, 1000, 60).round()).astype(int)
    settled = [where_averages_settle(curvatures, (0, 1), rate, int(h)) for h in steps]
    axes.semilogx(steps, settled, color=BLUE)
    best = float(np.average((0, 1), weights=curvatures))
    label_at(axes, (1000, best), "least sum of both losses", xytext=(0, 8), ha="right")
    label_at(axes, (1, 0.5), "mean of both minima", xytext=(4, 8))
    for height in (best, 0.5):
        axes.axhline(height, color=GREY, linewidth=0.8, linestyle=":")
    axes.set(xlabel="local steps between two averages", ylabel="comes to rest at", xlim=(1, 1000))
    axes.set(ylim=(0.45, 1))
    return figure


def runs(measure: str, workers: int, period: int = 1, learning_rate: float | None = None) -> Floats:
    """What all seeds of a setting came to; one worker has no period."""
    of = record("distributed")
    rate = of["base"]["learning_rate"] if learning_rate is None else learning_rate
    wanted = (workers, 1 if workers == 1 else period, rate)
    return np.array([
        run[measure] for run in of["quality"]
        if (run["workers"], run["period"], run["learning_rate"]) == wanted and measure in run
    ])  # fmt: skip


def _swept() -> tuple[list[int], list[int]]:
    """Numbers of workers and periods of the record."""
    of = record("distributed")["quality"]
    numbers = sorted({run["workers"] for run in of})
    return numbers, sorted({run["period"] for run in of})


@styled
def quality(measures: Sequence[str] = ("loss", "wordsim353")) -> Figure:
    """Loss and score against the number of workers, for each period; a dot for each seed."""
    names = {"loss": "loss", "wordsim353": "WordSim", "simlex999": "SimLex"}
    figure, panels = plt.subplots(len(measures), sharex=True, figsize=size(rows=1.6))
    numbers, periods = _swept()
    for axes, measure in zip(panels, measures, strict=True):
        for period, color in zip(periods, (BLUE, VERMILLION, GREEN), strict=False):
            means = [runs(measure, n, period).mean() for n in numbers]
            (line,) = axes.semilogx(numbers, means, color=color)
            for n in numbers:
                values = runs(measure, n, period)
                axes.plot(np.full(len(values), n), values, "o", color=color, markersize=3.5)
            left, below = (period > 1), (period > 1) != (measure == "loss")
            label_end(
                line, f"period {period}", where=-2 if measure == "loss" else len(numbers) // 2,
                xytext=(-6 if left else 5, -9 if below else 8), ha="right" if left else "left",
            )  # fmt: skip
        axes.set(ylabel=names[measure])
        axes.grid(axis="y")
    axes.set(xlabel="workers", xticks=numbers, xticklabels=[str(n) for n in numbers])
    axes.minorticks_off()
    return figure


def words_per_second(workers: int, period: int) -> float:
    """Median speed with N processes; 0 workers is one process without any scheduler."""
    of = record("distributed")["speed"]
    found = [
        float(run["words_per_second"]) for run in of
        if (run["workers"], run["period"]) == (workers, period)
    ]  # fmt: skip
    return median(found)


@styled
def speed() -> Figure:
    """Words per second against the period, for each number of processes; every run a dot."""
    figure, axes = plt.subplots()
    of = [run for run in record("distributed")["speed"] if run["workers"]]
    periods = sorted({run["period"] for run in of})
    for n, color in zip(sorted({run["workers"] for run in of}), CYCLE, strict=False):
        for run in (run for run in of if run["workers"] == n):
            axes.plot(run["period"], run["words_per_second"] / 1e6, "o", color=color, markersize=3)
        means = [words_per_second(n, period) / 1e6 for period in periods]
        (line,) = axes.semilogx(periods, means, color=color)
        label_end(line, f"{n} process" + ("es" if n > 1 else ""))
    plain = words_per_second(0, 0) / 1e6
    axes.axhline(plain, color=GREY, linewidth=0.8, linestyle=":")
    label_at(axes, (periods[0], plain), "no scheduler", xytext=(0, 8))
    axes.set(
        xlabel="chunks between two averages", ylabel="million words per second", ylim=(0, None),
        xticks=periods, xticklabels=[str(period) for period in periods],
    )  # fmt: skip
    axes.minorticks_off()
    return figure


def cluster(gigabits: float = 10, vocab_size: int = 100_000, dim: int = 100) -> Cluster:
    """A cluster on paper of workers as fast as those that were measured.

    The time of a word is that of the record, longer in proportion to the dimension.
    """
    of = record("distributed")
    most = of["costs"]["shares"][-1]
    seconds = most["cpu_seconds"] / most["words"] * dim / of["base"]["dim"]
    each = of["costs"]["average_cpu_seconds_per_byte"]
    return Cluster(gigabits, seconds, each, vocab_size, dim)


@styled
def cost(words: Sequence[int] = (10**5, 10**6, 10**7), gigabits: float = 10) -> Figure:
    """Speed-up against the number of workers, on paper: a star and a ring, three periods."""
    figure, panels = plt.subplots(2, sharex=True, sharey=True, figsize=size(rows=1.9))
    for axes, between in zip(panels, ("star", "ring"), strict=True):
        axes.loglog(WORKERS, WORKERS, color=GREY, linewidth=0.8, linestyle=":")
        for each, color in zip(words, CYCLE, strict=False):
            speedup = cluster(gigabits).speedup(WORKERS, each, between)
            (line,) = axes.loglog(WORKERS, speedup, color=color)
            if between == "star" or each == min(words):
                label_end(line, f"$10^{round(np.log10(each))}$ words")
        axes.set(ylabel="speed-up", xlim=(1, 1000), ylim=(0.1, 1000))
        axes.text(0.03, 0.9, between, transform=axes.transAxes)
        axes.grid()
    panels[-1].set_xlabel("workers")
    return figure
