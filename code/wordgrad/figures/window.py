"""Figures of the chapter *From a pair to a window*."""

from collections.abc import Callable
from functools import partial
from typing import Any

import matplotlib.pyplot as plt
import numpy as np
import numpy.typing as npt
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from wordgrad.numeric import cbow, skipgram

from ._passes import drawn_rows_pass, drawn_weights, one_pass
from ._style import BLUE, GREEN, GREY, PURPLE, VERMILLION, label_end, size, styled
from ._timing import best_seconds

__all__ = [
    "cost",
    "one_pass",
    "step_of_context",
    "touched_vectors",
    "two_directions",
    "weight_by_distance",
]

Floats = npt.NDArray[np.floating[Any]]

WORDS = ("a", "ship", "sails", "over", "the", "dark", "sea")
_CENTER = 3


@styled
def two_directions() -> Figure:
    """One window twice: the center predicts its neighbours, the neighbours predict the center."""
    figure, panels = plt.subplots(2, figsize=size(rows=1.05))
    for axes, name in zip(panels, ("skip-gram", "CBOW"), strict=True):
        for place, word in enumerate(WORDS):
            color = VERMILLION if place == _CENTER else BLUE if abs(place - _CENTER) < 3 else GREY
            axes.text(place, 0, word, color=color, ha="center", va="center", fontsize="large")
        for place in (1, 2, 4, 5):
            _arc(axes, *((_CENTER, place) if name == "skip-gram" else (place, _CENTER)))
        axes.text(-0.4, 1.15, name, va="top", fontsize="large")
        axes.set(xlim=(-0.5, 6.5), ylim=(-0.3, 1.25), xticks=[], yticks=[])
        axes.spines[:].set_visible(False)
    return figure


def _arc(axes: Axes, start: float, end: float) -> None:
    bend = 0.55 if start < end else -0.55
    arrow = {"arrowstyle": "-|>", "color": GREEN, "connectionstyle": f"arc3,rad={-bend}", "lw": 1.6}
    axes.annotate("", (end, 0.16), (start, 0.16), arrowprops=arrow)


# ------------------------------------------------------------------------- which vectors move
_CONTEXT, _WORD = np.array([7, 12, 25, 31]), 18
_NEGATIVES = np.array([[2, 9, 36], [4, 22, 9], [15, 28, 2], [34, 20, 7]])
_ROLES = ((VERMILLION, "center word"), (BLUE, "context word"), (GREEN, "negative"), (GREY, "other"))


@styled
def touched_vectors(vocab_size: int = 40) -> Figure:
    """Which rows of the two gradients are not zero, for two models and two losses."""
    figure, panels = plt.subplots(2, sharex=True, figsize=size(rows=1.55))
    gradients = _gradients_of_a_window(vocab_size)
    for axes, which, title in zip(
        panels, (0, 1), ("center vectors", "outside vectors"), strict=True
    ):
        for height, both in enumerate(gradients.values()):
            rows = np.flatnonzero(both[which].any(axis=1))
            axes.scatter(
                rows, np.full(len(rows), -height), s=24, c=[_role(int(row)) for row in rows]
            )
        axes.set(yticks=[-h for h in range(len(gradients))], yticklabels=list(gradients))
        axes.set(xlim=(-1, vocab_size), ylim=(-len(gradients) + 0.4, 0.6))
        axes.text(0, 1.02, title, transform=axes.transAxes)
        axes.tick_params(axis="y", length=0)
        axes.grid(axis="y")
    panels[1].set_xlabel("word")
    for place, (color, name) in zip((-0.2, 0.13, 0.5, 0.78), _ROLES, strict=True):
        panels[0].text(place, 1.2, f"● {name}", color=color, transform=panels[0].transAxes)
    return figure


def _gradients_of_a_window(vocab_size: int) -> dict[str, tuple[Floats, Floats]]:
    """Both gradients of one window, by the name of what computed them."""
    rng = np.random.default_rng(1)
    vecs = rng.normal(size=(2, vocab_size, 8))
    skip = partial(skipgram, _WORD, _CONTEXT, vecs[0], vecs[1])
    bag = partial(cbow, _CONTEXT, _WORD, vecs[0], vecs[1])
    return {
        "skip-gram,\nsoftmax": skip()[1:],
        "skip-gram,\nnegatives": skip("negative_sampling", _NEGATIVES)[1:],
        "CBOW,\nsoftmax": bag()[1:],
        "CBOW,\nnegatives": bag("negative_sampling", negative_idx=_NEGATIVES[0])[1:],
    }


def _role(word: int) -> str:
    for color, words in ((VERMILLION, [_WORD]), (BLUE, _CONTEXT), (GREEN, _NEGATIVES)):
        if word in np.asarray(words):
            return color
    return GREY


# ------------------------------------------------------------------------- what a window costs
_RADII = (1, 2, 3, 5, 7, 10)
_LINES = {
    "skip-gram, softmax,\npair by pair": VERMILLION,
    "one softmax:\nskip-gram in one pass,\nor CBOW": BLUE,
    "skip-gram, negatives": PURPLE,
}


@styled
def cost(rounds: int = 12, vocab_size: int = 10_000, n_negatives: int = 5) -> Figure:
    """Time of the gradients of one window against its radius."""
    figure, axes = plt.subplots(figsize=size(rows=1.15))
    rng = np.random.default_rng(0)
    calls = [call for m in _RADII for call in _calls(m, vocab_size, n_negatives, rng)]
    times = best_seconds(calls, rounds).reshape(len(_RADII), len(_LINES)).T
    for (name, color), seconds in zip(_LINES.items(), times / times[1, 0], strict=True):
        (line,) = axes.loglog(_RADII, seconds, "o-", color=color)
        label_end(line, name)
    axes.set(xlabel="radius of the window, $m$", ylabel="time / time of one softmax")
    axes.set(xticks=_RADII, xticklabels=[str(m) for m in _RADII])
    axes.minorticks_off()
    axes.grid()
    return figure


def _calls(
    m: int, vocab_size: int, n_negatives: int, rng: np.random.Generator
) -> tuple[Callable[[], object], ...]:
    """One call for each line; so small a matrix product stays on one core."""
    vector, outside_vecs = rng.normal(size=8), 0.1 * rng.normal(size=(vocab_size, 8))
    words = rng.integers(vocab_size, size=2 * m)
    negatives = rng.integers(vocab_size, size=(2 * m, n_negatives))
    counts = np.bincount(words, minlength=vocab_size).astype(float)
    pairs = [np.bincount([word], minlength=vocab_size).astype(float) for word in words]

    def pair_by_pair() -> None:
        grad_vector, grad_outside_vecs = one_pass(vector, pairs[0], outside_vecs)
        for pair in pairs[1:]:
            more, more_outside = one_pass(vector, pair, outside_vecs)
            grad_vector += more
            grad_outside_vecs += more_outside

    return (
        pair_by_pair,
        partial(one_pass, vector, counts, outside_vecs),
        partial(drawn_rows_pass, vector, words, outside_vecs, negatives),
    )


# --------------------------------------------------------------------------- the sum, the mean
@styled
def step_of_context(n_windows: int = 40, learning_rate: float = 0.025) -> Figure:
    """How far the context moves in one step when its vectors move, against the radius."""
    figure, axes = plt.subplots(figsize=size(rows=1.1))
    radii = np.array([1, 2, 3, 5, 7, 10, 15])
    for name, color in (("sum", VERMILLION), ("mean, without its factor", GREY), ("mean", BLUE)):
        rng = np.random.default_rng(5)  # the same windows for each
        moves = [_mean_move(name, m, n_windows, learning_rate, rng) for m in radii]
        (line,) = axes.loglog(radii, moves, "o-", color=color)
        label_end(line, name, where=3, xytext=(0, 13), ha="center")
    axes.set(xlabel="radius of the window, $m$", ylabel=r"length of the step of $\hat v$")
    axes.set(xticks=radii, xticklabels=[str(m) for m in radii])
    axes.minorticks_off()
    axes.grid()
    return figure


def _mean_move(
    name: str, m: int, n_windows: int, learning_rate: float, rng: np.random.Generator
) -> float:
    """Mean length of the step of vhat over random windows of different words."""
    combine: Any = name.partition(",")[0]
    missing = 2 * m if "without" in name else 1
    lengths = []
    for _ in range(n_windows):
        centers, outsides = rng.normal(size=(2, 200, 30)) / np.sqrt(30)
        words = rng.permutation(199)[: 2 * m] + 1
        grad_centers = cbow(words, 0, centers, outsides, combine=combine)[1]
        step = learning_rate * missing * grad_centers[words]
        moved = step.sum(axis=0) if combine == "sum" else step.mean(axis=0)
        lengths.append(np.linalg.norm(moved))
    return float(np.mean(lengths))


# ------------------------------------------------------------------------------ drawn windows
@styled
def weight_by_distance(window: int = 10, n_positions: int = 20_000) -> Figure:
    """Share of windows that reach a word, against its distance: exact, and counted in a draw."""
    figure, axes = plt.subplots()
    distances = np.arange(1, window + 1)
    exact = (window + 1 - distances) / window
    (line,) = axes.plot(distances, exact, color=BLUE)
    axes.plot(distances, drawn_weights(window, n_positions), "o", color=BLUE)
    label_end(line, "radius drawn\nfrom 1 to $m$", where=5, xytext=(8, 12))
    (line,) = axes.plot(distances, 1 / distances, "--", color=PURPLE, linewidth=1.4)
    label_end(line, "1 / distance", where=3, xytext=(0, -16), ha="right")
    (line,) = axes.plot(distances, np.ones(window), ":", color=GREY)
    label_end(line, "fixed radius", where=7, xytext=(0, 9), ha="center")
    axes.set(xlabel="distance from the center", ylabel="weight of a context word", ylim=(0, 1.12))
    axes.set(xticks=distances)
    return figure
