"""Figures of the chapter *What the vectors learn*."""

from functools import cache
from typing import Any

import matplotlib.pyplot as plt
import numpy as np
import numpy.typing as npt
from matplotlib.figure import Figure

from wordgrad.numeric import log_sigmoid
from wordgrad.training import SyntheticLanguage, TrainingConfig, train

from ._style import BLUE, CYCLE, GREY, VERMILLION, label_at, label_end, size, styled
from ._world import World

__all__ = ["closest_of_rank", "config", "line", "ranks", "scores", "wells", "world"]

Floats = npt.NDArray[np.floating[Any]]


@cache
def world(n_sentences: int = 20_000) -> World:
    """The language of the chapter: two dozen words, and no pair of them too rare to be seen."""
    language = SyntheticLanguage(
        n_stems=4, n_forms=2, words_per_context=2, n_fillers=4,
        stem_contexts=2, form_contexts=2, noise=0.3,
    )  # fmt: skip
    return World(language, n_sentences)


def config(dim: int, negative: int = 5, epochs: int = 4) -> TrainingConfig:
    """The settings of the chapter: no subsampling, negatives drawn by plain frequency."""
    return TrainingConfig(
        dim=dim, negative=negative, epochs=epochs, sample=0, noise_power=1, learning_rate=0.05,
        min_count=1, chunk_tokens=2**14,
    )  # fmt: skip


def scores(dim: int, negative: int = 5, n_sentences: int = 20_000) -> Floats:
    """Trained scores u·v of every pair, (V, V): row c, column w; each setting is trained once."""
    return _scores(dim, negative, n_sentences)


@cache
def _scores(dim: int, negative: int, n_sentences: int) -> Floats:
    result = train(world(n_sentences).corpus, config(dim, negative)).vectors
    assert result.outside_vecs is not None
    return np.asarray(result.center_vecs @ result.outside_vecs.T, dtype=np.float64)


@styled
def wells() -> Figure:
    """Share of one pair in the loss against its score, for pairs seen more or less than by chance.

    Each curve is scaled to weights that sum to one; its lowest point is at log(a/b).
    """
    figure, axes = plt.subplots()
    x = np.linspace(-5, 5, 300)
    for a, color in ((0.9, BLUE), (0.5, CYCLE[2]), (0.1, VERMILLION)):
        b = 1 - a
        axes.plot(x, -a * log_sigmoid(x) - b * log_sigmoid(-x), color=color)
        best = np.log(a / b)
        lowest = float(-a * log_sigmoid(best) - b * log_sigmoid(-best))
        axes.plot(best, lowest, "o", color=color)
        label_at(
            axes, (best, lowest), rf"$a:b={10 * a:.0f}:{10 * b:.0f}$", color,
            xytext=(0, 70 if a == 0.5 else -13), ha="center",
        )  # fmt: skip
    axes.set(xlabel="score $x$", ylabel="mean loss", xlim=(-5, 5), ylim=(0, 2.5))
    return figure


@styled
def line(dims: tuple[int, ...] = (24, 6, 2), n_sentences: int = 20_000) -> Figure:
    """Trained scores against PMI - log K, for as many dimensions as words and for fewer."""
    figure, panels = plt.subplots(len(dims), sharex=True, sharey=True, figsize=size(rows=2.5))
    here = world(n_sentences)
    weights = here.pairs / here.pairs.max()
    for axes, dim in zip(panels, dims, strict=True):
        best = here.pmi - np.log(config(dim).negative)
        ends = [best.min() - 0.1, best.max() + 0.1]
        axes.plot(ends, ends, color=GREY, linewidth=0.8)
        axes.scatter(
            best, scores(dim, n_sentences=n_sentences), s=4 + 60 * weights, color=BLUE, alpha=0.5
        )
        axes.text(0.02, 0.9, f"{dim} dimensions", transform=axes.transAxes)
    panels[len(dims) // 2].set_ylabel("trained score $u_w^\\top v_c$")
    panels[-1].set_xlabel(r"$\mathrm{PMI}(c,w)-\log K$")
    return figure


def closest_of_rank(matrix: Floats, rank: int) -> Floats:
    """The matrix of that rank with the least sum of squared differences, (V, V) -> (V, V).

    Examples
    --------
    >>> closest_of_rank(np.diag([3.0, 2.0]), 1).round(12)
    array([[3., 0.],
           [0., 0.]])
    """
    left, values, right = np.linalg.svd(matrix)
    return np.asarray((left[:, :rank] * values[:rank]) @ right[:rank])


@styled
def ranks(dims: tuple[int, ...] = (1, 2, 4, 6, 8, 12, 24), n_sentences: int = 20_000) -> Figure:
    """Two distances from the best scores against the dimension, for training and for the SVD."""
    figure, panels = plt.subplots(2, sharex=True, figsize=size(rows=1.8))
    here = world(n_sentences)
    best = here.best_scores(config(1))
    ways = {
        "word2vec": (BLUE, [scores(dim, n_sentences=n_sentences) for dim in dims]),
        "SVD": (VERMILLION, [closest_of_rank(best, dim) for dim in dims]),
    }
    for name, (color, matrices) in ways.items():
        excess = np.array([here.excess(matrix, config(1)) for matrix in matrices])
        error = np.array([np.sqrt(((matrix - best) ** 2).mean()) for matrix in matrices])
        for axes, values, below in ((panels[0], excess, True), (panels[1], error, False)):
            (curve,) = axes.plot(dims, values, "o-", color=color)
            under = below == (name == "word2vec")
            label_end(
                curve, name, where=min(3, len(dims) - 1), xytext=(-6, -8) if under else (6, 6),
                ha="right" if under else "left",
            )  # fmt: skip
    panels[0].set_ylabel("loss above the least")
    panels[1].set(ylabel="error of a score (rms)", xlabel="dimensions")
    for axes in panels:
        axes.set(ylim=(0, None), xlim=(0, None))
        axes.grid(axis="y")
    return figure
