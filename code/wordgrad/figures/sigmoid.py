"""Figures of the chapter *The sigmoid*."""

from collections.abc import Callable
from typing import Any, Literal

import matplotlib.pyplot as plt
import mpmath
import numpy as np
import numpy.typing as npt
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from wordgrad.numeric import log_sigmoid, sgd, sigmoid

from ._style import BLUE, GREEN, GREY, PURPLE, VERMILLION, label_at, label_end, size, styled
from ._ulps import ulp_errors

__all__ = ["curve", "lookup_table", "softplus_hinge", "stuck", "tail_errors", "word2vec_table"]

Floats = npt.NDArray[np.floating[Any]]
Formula = Callable[[Floats], Floats]


@styled
def curve() -> Figure:
    """The sigmoid and its slope: the slope is gone long before the curve ends."""
    figure, axes = plt.subplots()
    x = np.linspace(-9, 9, 361)
    slope = sigmoid(x) * sigmoid(-x)
    (value,) = axes.plot(x, sigmoid(x), color=BLUE)
    (derivative,) = axes.plot(x, slope, color=VERMILLION)
    axes.fill_between(x, slope, color=VERMILLION, alpha=0.15, linewidth=0)
    label_end(value, r"$\sigma(x)$", where=250, xytext=(8, -6))
    label_end(derivative, r"$\sigma'(x)$", where=205, xytext=(8, 6))
    axes.set(xlabel="score $x$", yticks=[0, 0.25, 0.5, 1], xlim=(-9, 9), ylim=(0, 1.02))
    axes.grid(axis="y")
    return figure


@styled
def softplus_hinge() -> Figure:
    """The loss -log sigma against the hinge that it rounds off."""
    figure, axes = plt.subplots()
    x = np.linspace(-5, 5, 201)
    (loss,) = axes.plot(x, -log_sigmoid(x), color=BLUE)
    axes.plot(x, np.maximum(0, -x), color=GREY, linestyle="--", linewidth=1.2)
    label_end(loss, r"$-\log\sigma(x)=\mathrm{softplus}(-x)$", where=66, xytext=(8, 6))
    label_at(axes, (-1.5, 1.5), r"$\max(0,-x)$", GREY, ha="right", va="top", xytext=(-4, -2))
    label_at(axes, (0, np.log(2)), r"$\log 2$", BLUE, xytext=(4, 9))
    axes.plot([0], [np.log(2)], "o", color=BLUE)
    axes.set(xlabel="score $x$", ylabel="nats", xlim=(-5, 5), ylim=(0, 5))
    return figure


@styled
def stuck() -> Figure:
    """Descent from a wrong start: the squared loss stands still, the log loss walks away."""
    figure, (path, force) = plt.subplots(2, figsize=size(rows=1.7))
    x = np.linspace(-10, 10, 201)
    for loss, color, name, where, offset in (
        (_log_loss, BLUE, r"$-\log\sigma(x)$", 12, (8, -4)),
        (_squared_loss, VERMILLION, r"$(1-\sigma(x))^2$", 25, (0, 9)),
    ):
        (line,) = path.plot(_descend(loss), color=color)
        label_end(line, name, where=where, xytext=offset)
        (pull,) = force.plot(x, np.abs(loss(x)[1]), color=color)
        label_end(pull, name, where=(30 if color == BLUE else 75), xytext=(-8, 9), ha="right")
    path.set(xlabel="gradient steps", ylabel="score $x$")
    force.set(xlabel="score $x$", ylabel="size of the gradient", ylim=(0, 1.15))
    return figure


def _squared_loss(x: Floats) -> tuple[Any, Floats]:
    miss = sigmoid(-x)  # 1 - sigmoid(x)
    return (miss**2).sum(), -2 * miss * sigmoid(x) * sigmoid(-x)


def _log_loss(x: Floats) -> tuple[Any, Floats]:
    return -log_sigmoid(x).sum(), -sigmoid(-x)


def _descend(loss: Callable[[Floats], tuple[Any, Floats]]) -> list[float]:
    """Scores on the way down from -8, one per step."""
    scores: list[float] = []

    def watched(x: Floats) -> tuple[Any, Floats]:
        scores.append(float(x[0]))
        return loss(x)

    sgd(watched, np.array([-8.0]), learning_rate=0.5, n_steps=50)
    return scores


def _naive(x: Floats) -> Floats:
    return np.asarray(1 / (1 + np.exp(-x)))


def _by_tanh(x: Floats) -> Floats:
    return np.asarray((1 + np.tanh(x / 2)) / 2)


def _log_naive(x: Floats) -> Floats:
    return np.asarray(np.log(_naive(x)))


def _minus_log1p(x: Floats) -> Floats:
    return np.asarray(-np.log1p(np.exp(-x)))


_EXACT: dict[str, Callable[[mpmath.mpf], mpmath.mpf]] = {
    "sigmoid": lambda x: 1 / (1 + mpmath.exp(-x)),
    "log_sigmoid": lambda x: min(x, 0) - mpmath.log1p(mpmath.exp(-abs(x))),
}
# Formula, colour, and where its name stands (fractions of the panel).
_FORMULAS: dict[str, dict[str, tuple[Formula, str, tuple[float, float]]]] = {
    "sigmoid": {
        r"$\frac{1}{2}(1+\tanh\frac{x}{2})$": (_by_tanh, PURPLE, (0.3, 0.6)),
        r"$1/(1+e^{-x})$": (_naive, VERMILLION, (0.16, 0.4)),
        "wordgrad.sigmoid": (sigmoid, BLUE, (0.2, 0.18)),
    },
    "log_sigmoid": {
        r"$\log(1/(1+e^{-x}))$": (_log_naive, PURPLE, (0.34, 0.6)),
        r"$-\mathrm{log1p}(e^{-x})$": (_minus_log1p, VERMILLION, (0.16, 0.42)),
        "wordgrad.log_sigmoid": (log_sigmoid, BLUE, (0.2, 0.18)),
    },
}
_PER_BIN = 8  # scores whose largest error makes one point


@styled
def tail_errors(name: Literal["sigmoid", "log_sigmoid"]) -> Figure:
    """Error in ulp against the score, for the formulas that people use, measured with mpmath."""
    figure, panels = plt.subplots(2, figsize=size(rows=1.9))
    for axes, dtype, lowest in zip(panels, (np.float32, np.float64), (-110, -770), strict=True):
        _draw_errors(axes, name, np.linspace(lowest, -lowest / 2, 100 * _PER_BIN).astype(dtype))
        axes.set(ylabel=f"error in ulp, {dtype.__name__}", xlim=(lowest, -lowest / 2))
    panels[-1].set_xlabel("score $x$")
    return figure


def _draw_errors(axes: Axes, name: str, x: Floats) -> None:
    """Draw one panel; an infinite error is drawn at the upper edge."""
    ceiling = 1e10 if x.dtype == np.float32 else 1e19
    for text, (formula, color, place) in _FORMULAS[name].items():
        errors = ulp_errors(formula, _EXACT[name], x).reshape(-1, _PER_BIN).max(axis=1)
        axes.semilogy(x.reshape(-1, _PER_BIN).mean(axis=1), errors.clip(0.1, ceiling), color=color)
        axes.text(*place, text, color=color, transform=axes.transAxes)
    axes.axhline(1, color=GREY, linewidth=0.8, linestyle=":")
    axes.set_ylim(0.1, ceiling)
    if name == "log_sigmoid":
        axes.text(0.16, 0.93, "← both infinite", color=GREY, transform=axes.transAxes)


def word2vec_table(x: npt.ArrayLike, index_scale: float = 1000 // 6 // 2) -> Floats:
    """The sigmoid as the original C program looks it up, for scores between -6 and 6.

    The table has 1000 entries for scores from -6 to 6, and the entry of a score is
    ``(int)((x + 6) * (1000 / 6 / 2))``.  C divides integers there, so the scale is 83 and not
    83.33, and entries meant for a slightly lower score are read.

    Parameters
    ----------
    x : array_like
        Scores between -6 and 6.
    index_scale : float, default 83
        What ``1000 / 6 / 2`` is; pass ``1000 / 12`` for what was meant.

    Examples
    --------
    >>> word2vec_table(0.0) < 0.5 == word2vec_table(0.0, 1000 / 12)
    np.True_
    """
    entries = sigmoid((np.arange(1000) / 1000 * 2 - 1) * 6)
    where = ((np.asarray(x, dtype=np.float64) + 6) * index_scale).astype(int)
    return np.asarray(entries[where.clip(0, 999)])


@styled
def lookup_table() -> Figure:
    """Error of the C program's table, as written and as meant."""
    figure, axes = plt.subplots()
    x = np.linspace(-6, 6, 20_000, endpoint=False).reshape(200, -1)
    for scale, color, text, place in (
        (1000 / 12, GREEN, "fractional scale", (0.7, 0.72)),
        (83, VERMILLION, "integer scale", (0.68, 0.3)),
    ):
        errors = word2vec_table(x, scale) - sigmoid(x)
        axes.fill_between(
            x.mean(axis=1), errors.min(axis=1), errors.max(axis=1), color=color, linewidth=0
        )
        axes.text(*place, text, color=color, transform=axes.transAxes, va="top")
    axes.axhline(0, color=GREY, linewidth=0.8)
    axes.set(xlabel="score $x$", ylabel=r"table $-\,\sigma(x)$", xlim=(-6, 6))
    return figure
