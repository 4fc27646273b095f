"""Figures of the chapter *Hyper-parameters, honestly*: drawn from the record of its sweeps."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import matplotlib.pyplot as plt
import numpy as np
import numpy.typing as npt
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from ._comparing import best_of, holm, permutation_p
from ._records import record, told
from ._style import BLUE, GREEN, GREY, VERMILLION, label_at, size, styled

__all__ = [
    "MEASURES",
    "Comparison",
    "base_scores",
    "best_of",
    "both_spreads",
    "comparisons",
    "cpu_seconds",
    "holm",
    "luck",
    "permutation_p",
    "record",
    "scores",
    "sweep",
    "told",
]

Floats = npt.NDArray[np.floating[Any]]
MEASURES = {"wordsim353": "WordSim", "simlex999": "SimLex", "analogies": "analogies"}
_COLORS = {"wordsim353": BLUE, "simlex999": VERMILLION, "analogies": GREEN}
_NAMES = {
    "dim": "dimension $d$", "window": "window $m$", "negative": "negatives $K$",
    "noise_power": "power of the noise", "sample": "subsampling threshold $t$",
    "learning_rate": "learning rate",
}  # fmt: skip
_WORDS = {  # where a row of text has to do
    "noise_power": "power", "learning_rate": "rate", "negative": "K", "sample": "t", "dim": "d",
}  # fmt: skip


def scores(setting: str, value: float, measure: str) -> Floats:
    """Scores of all seeds with one setting changed to a value; the base's if it is its own."""
    of = record("hyperparameters")
    if value == of["base"].get(setting):
        setting, value = "base", 0.0
    return np.array([
        run[measure] for run in of["runs"] if (run["setting"], run["value"]) == (setting, value)
    ])  # fmt: skip


def base_scores(measure: str) -> Floats:
    """Scores of all seeds of the base."""
    return scores("base", 0.0, measure)


def cpu_seconds(setting: str, value: float) -> float:
    """Mean processor time of a training with one setting changed."""
    return float(scores(setting, value, "cpu_seconds").mean())


@dataclass(frozen=True)
class Comparison:
    """A value of a setting against the base.

    Parameters
    ----------
    setting, value
    difference : float
        Of the mean scores.
    error : float
        Standard error of that difference between seeds.
    chance : float
        Of such a difference or a larger one if the value did not matter, corrected for all tests.
    pairs : tuple of float, optional
        Middle 95 % of the difference, had the test other pairs of words of the same kind.
    """

    setting: str
    value: float
    difference: float
    error: float
    chance: float
    pairs: tuple[float, float] | None

    @property
    def name(self) -> str:
        """Setting and value, short."""
        return f"{_WORDS.get(self.setting, self.setting)} = {_number(self.value)}"

    @property
    def beyond_seeds(self) -> bool:
        """Whether luck with seeds is an unlikely reason."""
        return self.chance < 0.05

    @property
    def beyond_pairs(self) -> bool:
        """Whether luck with the choice of pairs is an unlikely reason."""
        return self.pairs is not None and (self.pairs[0] > 0 or self.pairs[1] < 0)


def comparisons(measure: str) -> list[Comparison]:
    """Every value of the sweeps that is not the base's, against the base."""
    of, base = record("hyperparameters"), base_scores(measure)
    found = [(one["setting"], one["value"], one.get(measure)) for one in of["other_pairs"]]
    seen = [scores(setting, value, measure) for setting, value, _ in found]
    chances = holm([permutation_p(base, other) for other in seen])
    return [
        Comparison(
            setting, value, float(other.mean() - base.mean()),
            float(np.sqrt(other.var(ddof=1) / len(other) + base.var(ddof=1) / len(base))),
            chance, pairs and (pairs[0], pairs[1]),
        )
        for (setting, value, pairs), other, chance in zip(found, seen, chances, strict=True)
    ]  # fmt: skip


@styled
def sweep(
    *settings: str, measures: Sequence[str] = ("wordsim353", "simlex999", "analogies")
) -> Figure:
    """Difference from the base, in its standard deviations, for every seed of each value."""
    figure, panels = plt.subplots(
        len(settings), figsize=size(rows=0.85 * len(settings)), squeeze=False
    )
    for axes, setting in zip(panels[:, 0], settings, strict=True):
        values = sorted(record("hyperparameters")["sweeps"][setting])
        if setting == "sample":  # 0 keeps every token, as the largest threshold would
            values = [*values[1:], *values[:1]]
        axes.axhspan(-2, 2, color=GREY, alpha=0.15, linewidth=0)
        for number, measure in enumerate(measures):
            base = base_scores(measure)
            places = np.arange(len(values)) + 0.12 * (number - (len(measures) - 1) / 2)
            of = [(scores(setting, v, measure) - base.mean()) / base.std(ddof=1) for v in values]
            _draw_seeds(axes, places, of, _COLORS[measure])
            axes.plot(places, [one.mean() for one in of], color=_COLORS[measure])
            if setting == settings[0]:
                label_at(
                    axes, (len(values) - 0.8, 3 - 3 * number), MEASURES[measure], _COLORS[measure]
                )
        axes.set(
            xticks=range(len(values)), xticklabels=[_number(v) for v in values],
            xlabel=_NAMES[setting],
        )  # fmt: skip
        axes.set_yscale("symlog", linthresh=4)
        axes.set(yticks=[-8, -4, -2, 0, 2, 4], yticklabels=["−8", "−4", "−2", "0", "2", "4"])
        axes.grid(axis="y")
    panels[len(settings) // 2, 0].set_ylabel("difference, in seed spreads")
    return figure


def _draw_seeds(axes: Axes, places: Floats, of: Sequence[Floats], color: str) -> None:
    for place, values in zip(places, of, strict=True):
        axes.plot(np.full(len(values), place), values, "o", color=color, markersize=3.5, alpha=0.6)


def _number(value: float) -> str:
    return f"{value:g}".replace("1e-05", "0.00001")


@styled
def luck(measure: str = "wordsim353") -> Figure:
    """How much better the best of several runs looks, though nothing was changed but the seed."""
    figure, axes = plt.subplots(figsize=size(rows=0.8))
    base = base_scores(measure)
    tries = list(range(1, len(base) + 1))
    axes.plot(tries, [best_of(base, n) for n in tries], "o-", color=BLUE)
    axes.plot(np.full(len(base), 1), base, "o", color=GREY, markersize=3.5)
    label_at(axes, (1, float(base.max())), "single runs", xytext=(8, 0))
    label_at(axes, (float(tries[5]), best_of(base, 6)), "the best of them", BLUE, xytext=(-8, -16))
    axes.set(xlabel="runs with different seeds", ylabel=f"{MEASURES[measure]} correlation")
    axes.grid(axis="y")
    return figure


@styled
def both_spreads(measure: str = "wordsim353") -> Figure:
    """Differences from the base with both spreads: between seeds, and between sets of pairs."""
    of = comparisons(measure)
    figure, axes = plt.subplots(figsize=size(rows=0.11 * len(of)))
    for row, one in enumerate(reversed(of)):
        ends = np.array([-2, 2]) * one.error + one.difference
        if one.pairs:
            axes.plot(one.pairs, [row, row], color=VERMILLION, linewidth=1)
        axes.plot(ends, [row, row], color=BLUE, linewidth=4, solid_capstyle="butt")
        axes.plot(one.difference, row, "o", color=BLUE, markersize=4)
    top = of[0]
    assert top.pairs is not None
    label_at(axes, (top.pairs[1], len(of) - 1), "other pairs", VERMILLION)
    label_at(axes, (0, len(of)), "other seeds", BLUE, xytext=(-8, 0), ha="right")
    axes.axvline(0, color=GREY, linewidth=0.8)
    axes.set(yticks=range(len(of)), yticklabels=[one.name for one in reversed(of)])
    axes.set(xlabel=f"difference in {MEASURES[measure]} from the base", ylim=(-0.7, len(of) + 0.3))
    axes.grid(axis="x")
    return figure
