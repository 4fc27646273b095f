"""Figures of the chapter *Softmax and cross-entropy*."""

from typing import Any

import matplotlib.pyplot as plt
import mpmath
import numpy as np
import numpy.typing as npt
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from wordgrad.numeric import cross_entropy, sgd, softmax

from ._style import BLUE, CYCLE, GREY, VERMILLION, label_at, label_end, size, styled

__all__ = ["SCORES", "jacobian", "label_smoothing", "naive_softmax", "overflow", "temperature"]

Floats = npt.NDArray[np.floating[Any]]

SCORES = np.array([2.0, 1.0, 0.0, -1.0])


def naive_softmax(scores: Floats) -> Floats:
    """The definition, typed in: exponentials divided by their sum, scores (V,) -> (V,).

    Examples
    --------
    >>> naive_softmax(np.zeros(2))
    array([0.5, 0.5])
    """
    exponentials = np.exp(scores)
    return np.asarray(exponentials / exponentials.sum())


@styled
def temperature() -> Figure:
    """Probabilities of four scores against the temperature: bands that always fill the unit."""
    figure, axes = plt.subplots()
    temperatures = np.geomspace(0.05, 50, 200)
    upper = np.cumsum(softmax(SCORES / temperatures[:, None]), axis=-1).T  # (V, 200)
    lower = np.vstack([np.zeros_like(temperatures), upper[:-1]])
    for score, low, high, color in zip(SCORES, lower, upper, CYCLE, strict=False):
        axes.fill_between(temperatures, low, high, color=color, alpha=0.25, linewidth=0)
        axes.semilogx(temperatures, high, color=color)
        middle = (float(temperatures[-1]), float(low[-1] + high[-1]) / 2)
        label_at(axes, middle, f"score {score:g}".replace("-", "−"), color)
    axes.set(xlabel=r"temperature $\tau$", ylabel="probability", ylim=(0, 1.01), xlim=(0.05, 50))
    return figure


@styled
def jacobian() -> Figure:
    """The Jacobian of the softmax at four scores: a positive diagonal, the rest negative."""
    figure, axes = plt.subplots(figsize=size(rows=1.15))
    probs = softmax(SCORES)
    entries = np.diag(probs) - np.outer(probs, probs)
    limit = np.abs(entries).max()
    axes.imshow(entries, cmap="PuOr", vmin=-2 * limit, vmax=2 * limit)
    for (i, j), entry in np.ndenumerate(entries):
        axes.text(
            j,
            i,
            f"{entry:.3f}".replace("-", "−"),
            ha="center",
            va="center",
            color="#333333",
        )
    names = [f"{score:g}".replace("-", "−") for score in SCORES]
    places = range(len(SCORES))
    axes.set(xticks=places, xticklabels=names, yticks=places, yticklabels=names)
    axes.set(xlabel=r"score that is moved, $\theta_j$", ylabel=r"probability of $\theta_i$")
    axes.spines[:].set_visible(False)
    axes.tick_params(length=0)
    return figure


@styled
def overflow() -> Figure:
    """Error of the softmax against a number that is added to every score, measured with mpmath."""
    figure, panels = plt.subplots(2, figsize=size(rows=1.9))
    for axes, dtype, reach in zip(panels, (np.float32, np.float64), (130, 1000), strict=True):
        _draw_shifts(axes, np.linspace(-reach, reach, 401).astype(dtype))
        axes.set(ylabel=f"relative error, {dtype.__name__}", xlim=(-reach, reach))
    panels[-1].set_xlabel("number added to every score")
    return figure


def _draw_shifts(axes: Axes, shifts: Floats) -> None:
    """Draw one panel; an error that is not a number is drawn at the upper edge."""
    floor = float(np.finfo(shifts.dtype).eps) / 8
    for formula, color, text, place in (
        (naive_softmax, VERMILLION, "as defined", (0.2, 0.6)),
        (softmax, BLUE, "wordgrad.softmax", (0.35, 0.3)),
    ):
        errors = np.array([_softmax_error(formula, shift) for shift in shifts])
        axes.semilogy(shifts, np.nan_to_num(errors, nan=1e2).clip(floor, 1e2), color=color)
        axes.text(*place, text, color=color, transform=axes.transAxes)
    axes.text(0.5, 0.9, "← not a number →", color=GREY, ha="center", transform=axes.transAxes)
    axes.set_ylim(floor, 1e2)


def _softmax_error(formula: Any, shift: np.floating[Any]) -> float:
    """Largest relative error of a probability, for the scores as rounded after the shift."""
    scores = SCORES.astype(shift.dtype) + shift
    with np.errstate(all="ignore"):
        computed = formula(scores)
    with mpmath.workprec(160):
        exact = [mpmath.exp(float(score) - float(scores[0])) for score in scores]
        total = mpmath.fsum(exact)
        errors = [abs(float(p) * total / e - 1) for p, e in zip(computed, exact, strict=True)]
    return float(np.max(np.array(errors, dtype=np.float64)))  # not a number, if one is not


@styled
def label_smoothing() -> Figure:
    """Lead of the right score while the loss is walked down: one-hot never ends, smoothed does."""
    figure, axes = plt.subplots()
    vocab_size, n_steps = 5, 3000
    for smoothing, color in zip((0.0, 0.01, 0.1), CYCLE, strict=False):
        target = (1 - smoothing) * np.eye(vocab_size)[0] + smoothing / vocab_size
        (line,) = axes.semilogx(1 + np.arange(n_steps), _leads(target, n_steps), color=color)
        label_end(line, "one-hot" if smoothing == 0 else rf"$\epsilon={smoothing:g}$")
        if smoothing:
            end = np.log(target[0] / target[1])
            axes.axhline(end, color=color, linewidth=0.8, linestyle=":")
    axes.set(xlabel="gradient steps", ylabel="lead of the right score", xlim=(1, n_steps))
    return figure


def _leads(target: Floats, n_steps: int) -> list[float]:
    """Right score minus best other score before each step, from scores that are all 0."""
    leads: list[float] = []

    def watched(scores: Floats) -> tuple[Any, Floats]:
        leads.append(float(scores[0] - scores[1:].max()))
        return cross_entropy(target, scores), softmax(scores) - target

    sgd(watched, np.zeros(len(target)), learning_rate=0.5, n_steps=n_steps)
    return leads
