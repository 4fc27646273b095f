"""Figures of the chapter *Negative sampling*."""

from collections.abc import Callable
from functools import partial
from typing import Any

import matplotlib.pyplot as plt
import numpy as np
import numpy.typing as npt
from matplotlib.figure import Figure

from wordgrad.numeric import (
    naive_softmax_loss_and_gradients,
    negative_sampling_loss_and_gradients,
    unigram_distribution,
)

from ._collisions import chances, drawn, zipf_counts
from ._scores import expected_scores, joint_distribution, trained_scores
from ._style import BLUE, CYCLE, GREY, PURPLE, VERMILLION, label_at, label_end, size, styled
from ._timing import best_seconds

__all__ = [
    "chances",
    "collisions",
    "cost",
    "drawn_rows_only",
    "scores",
    "touched_rows",
    "unigram_power",
]

Floats = npt.NDArray[np.floating[Any]]
Indices = npt.NDArray[np.intp]


@styled
def touched_rows() -> Figure:
    """Length of each row of dJ/dU for one pair: all rows move, or K + 1 of them."""
    figure, panels = plt.subplots(2, sharex=True, sharey=True, figsize=size(rows=1.5))
    rng = np.random.default_rng(3)
    center_vec, outside_vecs = rng.normal(size=10), 0.2 * rng.normal(size=(60, 10))
    outside_idx, negatives = 17, np.array([4, 26, 33, 33, 51])
    pair = center_vec, outside_idx, outside_vecs
    for axes, grad, name in (
        (panels[0], naive_softmax_loss_and_gradients(*pair)[2], "softmax"),
        (panels[1], negative_sampling_loss_and_gradients(*pair, negatives)[2], "negative sampling"),
    ):
        lengths = np.linalg.norm(grad, axis=1)
        for word in np.flatnonzero(lengths):
            color = VERMILLION if word == outside_idx else BLUE
            axes.semilogy([word, word], [1e-3, lengths[word]], color=color, linewidth=1.5)
            axes.plot(word, lengths[word], "o", color=color)
        label_at(axes, (outside_idx, lengths[outside_idx]), "$o$", VERMILLION)
        axes.text(1, 1.02, name, ha="right", transform=axes.transAxes)
    label_at(panels[1], (33, lengths[33]), "drawn twice", BLUE)
    figure.supylabel(r"length of $\partial J/\partial u_w$", fontsize="medium")
    panels[1].set(xlabel="word $w$", xlim=(-1, 60), ylim=(1e-3, 12))
    return figure


@styled
def unigram_power() -> Figure:
    """Probability of a word as a negative against its rank, for three powers of its frequency."""
    figure, axes = plt.subplots()
    counts = zipf_counts(10_000)
    ranks = np.arange(1, len(counts) + 1)
    for power, color, text in (
        (1.0, VERMILLION, "frequency"),
        (0.75, BLUE, "frequency to\nthe power 3/4"),
        (0.0, GREY, "all alike"),
    ):
        (line,) = axes.loglog(ranks, unigram_distribution(counts, power), color=color)
        offset = {1.0: (-8, -12), 0.75: (8, 14), 0.0: (0, -9)}[power]
        where = {1.0: 30, 0.75: 30, 0.0: 3}[power]
        label_end(line, text, where=where, xytext=offset, ha="right" if power == 1 else "left")
    axes.set(xlabel="rank of the word", ylabel="probability as a negative", xlim=(1, 10_000))
    return figure


_PANELS = ("two negatives are equal", r"a negative is $o$", "either")


@styled
def collisions(n_pairs: int = 4000) -> Figure:
    """Chance of each coincidence against K for four sizes of the vocabulary: exact and drawn."""
    figure, panels = plt.subplots(3, sharex=True, figsize=size(rows=2.3))
    rng = np.random.default_rng(6)
    numbers = np.arange(1, 21)
    for vocab_size, color in zip((100, 1000, 10_000, 100_000), CYCLE, strict=False):
        counts = zipf_counts(vocab_size)
        exact = chances(counts, numbers[-1])
        simulated = np.array([drawn(counts, k, n_pairs, rng) for k in numbers[4::5]])
        for axes, curve, dots in zip(panels, exact.T, simulated.T, strict=True):
            (line,) = axes.plot(numbers, curve, color=color)
            axes.plot(numbers[4::5], dots, "o", color=color)
            if axes is not panels[1]:  # there the ends are too close for labels
                label_end(line, f"$V={vocab_size:,}$".replace(",", r"\,"))
    for axes, title in zip(panels, _PANELS, strict=True):
        axes.text(1, 1.03, title, ha="right", transform=axes.transAxes)
        axes.set(ylim=(0, 1.05), xlim=(1, 20), yticks=[0, 0.5, 1])
        axes.grid(axis="y")
    panels[1].set_ylabel("chance per pair")
    panels[2].set(xlabel="negatives $K$", xticks=[1, 5, 10, 15, 20])
    return figure


def drawn_rows_only(
    center_vec: Floats, outside_idx: int, outside_vecs: Floats, negative_idx: Indices
) -> tuple[Any, Floats, Indices, Floats]:
    """Negative sampling on the rows that were drawn, and their gradients; no other row is read.

    Returns
    -------
    loss, grad_center
        As from `wordgrad.negative_sampling_loss_and_gradients`.
    rows : ndarray of int, shape (R,)
        The different rows that were drawn, at most K + 1.
    grad_rows : ndarray, shape (R, d)
        Their gradients; that of every other row is 0.

    Examples
    --------
    >>> _, _, rows, grad_rows = drawn_rows_only(np.ones(2), 7, np.zeros((9, 2)), np.array([4, 4]))
    >>> rows, grad_rows
    (array([4, 7]), array([[ 1. ,  1. ],
           [-0.5, -0.5]]))
    """
    rows, place = np.unique(np.append(outside_idx, negative_idx), return_inverse=True)
    loss, grad_center, grad_rows = negative_sampling_loss_and_gradients(
        center_vec, place[0], outside_vecs[rows], place[1:]
    )
    return loss, grad_center, rows, grad_rows


# V times d stays below what sends a matrix product to several cores: one core is measured.
_DIMENSION = 8
_SIZES = (100, 300, 1000, 3000, 10_000, 30_000)
_LOSSES: dict[str, tuple[str, Callable[..., object]]] = {
    "softmax": (VERMILLION, naive_softmax_loss_and_gradients),
    "negative sampling,\nall rows of $\\partial J/\\partial U$": (
        PURPLE,
        negative_sampling_loss_and_gradients,
    ),
    "negative sampling,\nrows drawn": (BLUE, drawn_rows_only),
}


@styled
def cost(rounds: int = 20, n_negatives: int = 5) -> Figure:
    """Time of one pair against the size of the vocabulary: both losses, and both ways to code."""
    figure, axes = plt.subplots(figsize=size(rows=1.2))
    rng = np.random.default_rng(0)
    calls = [_call(name, V, n_negatives, rng) for name in _LOSSES for V in _SIZES]
    times = best_seconds(calls, rounds).reshape(len(_LOSSES), len(_SIZES))
    for (name, (color, _)), ratios in zip(_LOSSES.items(), times / times[0, 0], strict=True):
        (line,) = axes.loglog(_SIZES, ratios, "o-", color=color)
        label_end(line, name)
    axes.set(xlabel="words in the vocabulary, $V$", ylabel="time / time of softmax at $V=100$")
    axes.grid()
    return figure


def _call(
    name: str, vocab_size: int, n_negatives: int, rng: np.random.Generator
) -> Callable[[], object]:
    shape = (vocab_size, _DIMENSION)
    center_vec, outside_vecs = rng.normal(size=_DIMENSION), 0.1 * rng.normal(size=shape)
    negatives = () if name == "softmax" else (rng.integers(1, vocab_size, size=n_negatives),)
    return partial(_LOSSES[name][1], center_vec, 0, outside_vecs, *negatives)


@styled
def scores(n_negatives: int = 5) -> Figure:
    """Trained scores against theory: one line for each center word, or one line for all."""
    figure, panels = plt.subplots(2, figsize=size(rows=2.1))
    pairs = joint_distribution()
    given_center = np.log(pairs / pairs.sum(axis=1, keepdims=True))
    for axes, theory, trained in (
        (panels[0], given_center, trained_scores(pairs, 0)),
        (panels[1], expected_scores(pairs, n_negatives), trained_scores(pairs, n_negatives)),
    ):
        ends = np.array([theory.min(), theory.max()])
        for x, y, color in zip(theory, trained, CYCLE, strict=True):
            shift = (y - x).mean() if axes is panels[0] else 0
            axes.plot(ends, ends + shift, color=color if shift else GREY, linewidth=0.8)
            axes.plot(x, y, "o", color=color)
    panels[0].set(xlabel=r"$\log P(o\,|\,c)$", ylabel="score, trained with softmax")
    panels[1].set(
        xlabel=r"$\log P(o\,|\,c)-\log(K P_n(o))$", ylabel="score, with negative sampling"
    )
    return figure
