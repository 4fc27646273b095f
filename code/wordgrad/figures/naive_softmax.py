"""Figures of the chapter *The naive softmax loss*."""

from collections.abc import Callable
from functools import partial
from typing import Any

import matplotlib.pyplot as plt
import numpy as np
import numpy.typing as npt
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from wordgrad.numeric import naive_softmax_loss_and_gradients, sgd, softmax, textbook

from ._style import BLUE, GREEN, GREY, PURPLE, VERMILLION, label_at, label_end, size, styled
from ._timing import best_seconds

__all__ = ["OUTSIDE_VECS", "WORDS", "cost", "loss_surface", "not_jointly_convex", "pull_and_push"]

Floats = npt.NDArray[np.floating[Any]]

# Outside vectors in two dimensions, d = 2: "warm" lies amid the others, "cup" is a corner.
_VECTORS = {
    "cup": (2.0, 0.7),
    "hot": (1.2, 1.8),
    "leaf": (-0.5, 2.0),
    "rain": (-1.9, 0.5),
    "wind": (-1.4, -1.4),
    "desk": (0.8, -1.7),
    "warm": (0.4, 0.5),
}
WORDS = tuple(_VECTORS)
OUTSIDE_VECS: Floats = np.array(list(_VECTORS.values()))  # (V, 2)
_CORNERS = 6  # the first six, in order around the others


@styled
def pull_and_push() -> Figure:
    """Outside vectors sized by their probability, their mean, and the step from it to u_o."""
    figure, axes = plt.subplots(figsize=size(rows=1.35))
    center_vec = np.array([-0.5, 0.3])
    probs = softmax(OUTSIDE_VECS @ center_vec)
    mean, observed = probs @ OUTSIDE_VECS, OUTSIDE_VECS[WORDS.index("cup")]
    axes.fill(*OUTSIDE_VECS[:_CORNERS].T, color=GREY, alpha=0.1, linewidth=0)
    for word, vec, prob in zip(WORDS, OUTSIDE_VECS, probs, strict=True):
        color = VERMILLION if word == "cup" else BLUE
        axes.plot(*vec, "o", color=color, markersize=45 * np.sqrt(prob), alpha=0.7)
        label_at(axes, tuple(vec), f"{word}  {prob:.0%}", color, xytext=(0, -21), ha="center")
    axes.annotate(
        "",
        tuple(observed),
        tuple(mean),
        arrowprops={"arrowstyle": "-|>", "color": GREEN, "lw": 2.5},
    )
    axes.plot(*mean, "X", color=GREEN, markersize=11)
    label_at(axes, tuple(mean), r"expected, $\bar u$", GREEN, xytext=(-4, 15), ha="center")
    label_at(axes, tuple((mean + observed) / 2), r"$u_o-\bar u$", GREEN, xytext=(4, -15))
    axes.set(aspect="equal", xlim=(-2.8, 2.8), ylim=(-2.5, 2.5), xticks=[], yticks=[])
    axes.spines[:].set_visible(False)
    return figure


@styled
def loss_surface() -> Figure:
    """The loss over the plane of v_c with descents: a minimum, or a valley without end."""
    figure, panels = plt.subplots(2, figsize=size(rows=2.5))
    for axes, word in zip(panels, ("warm", "cup"), strict=True):
        _contours(axes, WORDS.index(word))
        for start, color in zip(_STARTS, (VERMILLION, GREEN, PURPLE), strict=True):
            path = descend(partial(_pair, WORDS.index(word)), np.array(start))
            axes.plot(*path.T, ".-", color=color, markersize=4, linewidth=1.2)
            axes.plot(*path[0], "o", color=color)
        axes.text(0, 1.02, f"outside word: {word}", transform=axes.transAxes)
        axes.set(aspect="equal", xlim=(-4, 4), ylim=(-4, 4), xticks=[-4, 0, 4], yticks=[-4, 0, 4])
        axes.set(ylabel="$[v_c]_2$")
    panels[-1].set_xlabel("$[v_c]_1$")
    return figure


_STARTS = ((-3.0, 2.0), (-2.0, -3.0), (0.5, 3.0))


def _pair(outside_idx: int, center_vec: Floats) -> tuple[Any, Floats]:
    loss, grad_center, _ = naive_softmax_loss_and_gradients(center_vec, outside_idx, OUTSIDE_VECS)
    return loss, grad_center


def _contours(axes: Axes, outside_idx: int) -> None:
    line = np.linspace(-4, 4, 81)
    plane = np.stack(np.meshgrid(line, line), axis=-1).reshape(-1, 2)
    batch = np.full(len(plane), outside_idx)
    losses = naive_softmax_loss_and_gradients(plane, batch, OUTSIDE_VECS)[0].reshape(81, 81)
    levels = [0.1, 0.5, 1, 2, 3, 4, 6, 8, 10, 12]
    contours = axes.contour(line, line, losses, levels=levels, colors=GREY, linewidths=0.8)
    axes.clabel(contours, fmt="%g", fontsize="small")


def descend(
    loss: Callable[[Floats], tuple[Any, Floats]], start: Floats, n_steps: int = 60
) -> Floats:
    """Points on the way down, one per step, (2,) -> (n_steps + 1, 2).

    Examples
    --------
    >>> descend(lambda x: (x @ x, 2 * x), np.ones(2), n_steps=1)
    array([[1. , 1. ],
           [0.4, 0.4]])
    """
    points: list[Floats] = []

    def watched(x: Floats) -> tuple[Any, Floats]:
        points.append(x.copy())
        return loss(x)

    last = sgd(watched, start, learning_rate=0.3, n_steps=n_steps).x
    return np.array([*points, last])


@styled
def not_jointly_convex() -> Figure:
    """The loss along three lines through zero: one convex, one uphill, one downhill."""
    figure, axes = plt.subplots(figsize=size(rows=1.15))
    t = np.linspace(-1, 1, 201)
    center_vec, outside_idx = np.array([1.3, 0.4]), WORDS.index("cup")
    for name, color, along, where, offset in (
        ("$v_c$ alone", BLUE, lambda s: (s, 1.0), 45, (8, 6)),
        ("$v_c$ and $U$", VERMILLION, lambda s: (s, s), 168, (8, 6)),
        ("$v_c$ and $-U$", PURPLE, lambda s: (s, -s), 180, (-8, 6)),
    ):
        factors = [along(step) for step in t]
        losses = [_loss_at(v * center_vec, outside_idx, u * OUTSIDE_VECS) for v, u in factors]
        (line,) = axes.plot(t, losses, color=color)
        label_end(line, name, where=where, xytext=offset, ha="left" if offset[0] > 0 else "right")
        if color == VERMILLION:
            axes.plot([-1, 1], [losses[0], losses[-1]], color=color, linewidth=0.9, linestyle="--")
            label_at(axes, (0, losses[0]), "chord", color, xytext=(0, 9), ha="center")
    axes.plot([0], [np.log(len(WORDS))], "o", color=GREY)
    label_at(axes, (0, np.log(len(WORDS))), r"$\log V$", GREY, xytext=(0, 13), ha="center")
    axes.set(
        xlabel="position $t$ on the line", ylabel="loss, nats", xlim=(-1, 1), xticks=[-1, 0, 1]
    )
    return figure


def _loss_at(center_vec: Floats, outside_idx: int, outside_vecs: Floats) -> float:
    return float(naive_softmax_loss_and_gradients(center_vec, outside_idx, outside_vecs)[0])


# V times d stays below what sends a matrix product to several cores: one core is measured.
_DIMENSION = 8
_SIZES = {"loop": (100, 300, 1000), "vectorised": (100, 300, 1000, 3000, 10_000, 30_000)}
_FUNCTIONS = {
    "loop": textbook.naive_softmax_loss_and_gradients,
    "vectorised": naive_softmax_loss_and_gradients,
}


@styled
def cost(rounds: int = 20) -> Figure:
    """Time of one pair against the size of the vocabulary, loop and vectorised code."""
    figure, axes = plt.subplots()
    rng = np.random.default_rng(0)
    labels = [(name, vocab_size) for name, sizes in _SIZES.items() for vocab_size in sizes]
    calls = [_call(name, vocab_size, rng) for name, vocab_size in labels]
    times = dict(zip(labels, best_seconds(calls, rounds), strict=True))
    unit = times["vectorised", 100]
    for (name, sizes), color in zip(_SIZES.items(), (VERMILLION, BLUE), strict=True):
        ratios = [times[name, vocab_size] / unit for vocab_size in sizes]
        (line,) = axes.loglog(sizes, ratios, "o-", color=color)
        label_end(line, name, where=1, xytext=(-6, 12), ha="right" if name == "loop" else "center")
    guide = np.array([1000, 30_000])
    axes.loglog(guide, guide / 500, ":", color=GREY, linewidth=1.2)
    label_at(axes, (3000, 6.0), "in step with $V$", GREY, xytext=(-6, 6), ha="right")
    axes.set(xlabel="words in the vocabulary, $V$", ylabel="time / time at $V=100$")
    axes.grid()
    return figure


def _call(name: str, vocab_size: int, rng: np.random.Generator) -> Callable[[], object]:
    shape = (vocab_size, _DIMENSION)
    center_vec, outside_vecs = rng.normal(size=_DIMENSION), 0.1 * rng.normal(size=shape)
    return partial(_FUNCTIONS[name], center_vec, 0, outside_vecs)
