"""Figures of the chapter *Training word vectors*."""

from collections.abc import Sequence
from functools import cache
from itertools import islice
from typing import Any

import matplotlib.pyplot as plt
import numpy as np
import numpy.typing as npt
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from wordgrad.training import SyntheticLanguage, TrainingConfig, Vocabulary, WordVectors

from ._style import BLUE, CYCLE, GREEN, GREY, PURPLE, VERMILLION, label_at, label_end, size, styled
from ._world import World, solved, states

__all__ = [
    "beginning_vectors",
    "beginnings",
    "film",
    "schedules",
    "subsampling",
    "world",
    "zipf_vocabulary",
]

Floats = npt.NDArray[np.floating[Any]]


@cache
def world(n_sentences: int = 20_000) -> World:
    """The language of the chapter, with a text of it."""
    return World(SyntheticLanguage(), n_sentences)


_SHOWN = (0, 3, 4, 8, 16, -1)  # which states the film shows


@styled
def film(n_sentences: int = 20_000, epochs: int = 3) -> Figure:
    """Center vectors of all stems in three forms, six times during training, in one plane."""
    figure, panels = plt.subplots(3, 2, figsize=size(rows=2.4))
    here = world(n_sentences)
    config = TrainingConfig(
        dim=10, epochs=epochs, min_count=1, sample=0, learning_rate=0.05, chunk_tokens=2**12
    )
    frames = list(states(here.corpus, config))
    language = here.language
    n_words = language.n_stems * language.n_forms
    rows = [here.corpus.words.index(word) for word in language.words[:n_words]]
    shape = (language.n_stems, language.n_forms, config.dim)
    last = frames[-1][1][rows].astype(np.float64)
    plane = plane_of_means(last.reshape(shape).mean(axis=0))  # (2, d)
    for axes, which in zip(panels.flat, _SHOWN, strict=True):
        words, center_vecs, _ = frames[which]
        points = ((center_vecs[rows] - last.mean(axis=0)) @ plane.T).reshape(*shape[:2], 2)
        endings = [f"-{word[-1]}" if which == -1 else "" for word in language.words[: shape[1]]]
        _draw_forms(axes, points, endings)
        axes.set_title(f"{words:,} words".replace(",", "\u2009"), fontsize="medium")
        axes.set(xlim=(-2.0, 2.0), ylim=(-1.9, 1.9), xticks=[], yticks=[], aspect="equal")
    return figure


def plane_of_means(means: Floats) -> Floats:
    """Two directions of length 1 along which the means differ most, (n, d) -> (2, d).

    Examples
    --------
    >>> plane = plane_of_means(np.array([[3.0, 0, 0], [-3, 0, 0], [0, 1, 0]]))
    >>> abs(plane).round(2)
    array([[1., 0., 0.],
           [0., 1., 0.]])
    """
    directions: Floats = np.linalg.svd(means - means.mean(axis=0))[2][:2]
    return directions


def _draw_forms(axes: Axes, points: Floats, endings: Sequence[str]) -> None:
    """Draw points (stems, forms, 2): a colour for each form, a line through each stem."""
    for stem in points:
        axes.plot(*stem.T, color=GREY, linewidth=0.4, alpha=0.5)
    for number, ending in enumerate(endings):
        axes.plot(*points[:, number].T, "o", color=CYCLE[number], markersize=3.5)
        if ending:
            middle = points[:, number].mean(axis=0)
            outward = middle / np.linalg.norm(middle)
            label_at(
                axes, (middle[0], middle[1]), ending, CYCLE[number],
                xytext=(27 * outward[0], 27 * outward[1]), ha="center",
            )  # fmt: skip


def zipf_vocabulary(vocab_size: int = 10_000, n_words: int = 10**7) -> Vocabulary:
    """A vocabulary whose counts follow Zipf's law, as those of a long text do.

    Examples
    --------
    >>> zipf_vocabulary(4, 25).counts
    array([12,  6,  4,  3])
    """
    weights = 1 / np.arange(1, vocab_size + 1)
    counts = np.rint(n_words * weights / weights.sum()).astype(int)
    return Vocabulary([f"word {rank}" for rank in range(1, vocab_size + 1)], counts)


@styled
def subsampling(sample: float = 1e-3) -> Figure:
    """Chance that a token is kept against the share of its word: paper and programs."""
    figure, axes = plt.subplots()
    vocabulary = zipf_vocabulary()
    share = vocabulary.counts / vocabulary.counts.sum()
    (paper,) = axes.semilogx(share, np.minimum(1, np.sqrt(sample / share)), color=VERMILLION)
    (program,) = axes.semilogx(share, vocabulary.keep_probability(sample), color=BLUE)
    axes.axvline(sample, color=GREY, linewidth=0.8, linestyle=":")
    label_at(axes, (sample, 0.04), "$t$")
    label_end(program, "programs", where=9, xytext=(6, 4))
    label_end(paper, "paper", where=9, xytext=(-6, -6), ha="right")
    axes.set(xlabel="share $f$ of the word in the text", ylabel="chance to be kept", ylim=(0, 1.05))
    return figure


_SCHEDULES: tuple[tuple[str, float, float, str, tuple[int, dict[str, Any]]], ...] = (
    ("0.1, constant", 0.1, 0.1, VERMILLION, (-1, {})),
    ("0.1, falling", 0.1, 1e-4, BLUE, (15, {"xytext": (6, 6)})),
    ("0.02, falling", 0.02, 1e-4, GREEN, (12, {"xytext": (-4, -12), "ha": "right"})),
)


@styled
def schedules(n_sentences: int = 20_000, epochs: int = 2) -> Figure:
    """Loss above the least possible, and analogies solved, for three learning rates."""
    figure, panels = plt.subplots(2, sharex=True, figsize=size(rows=1.8))
    here = world(n_sentences)
    for name, first, last, color, (where, place) in _SCHEDULES:
        config = TrainingConfig(
            dim=10, epochs=epochs, min_count=1, sample=0, learning_rate=first,
            min_learning_rate=last, chunk_tokens=2**14,
        )  # fmt: skip
        curves = []
        for words, center_vecs, outside_vecs in states(here.corpus, config):
            vectors = WordVectors(here.corpus.words, center_vecs)
            excess = here.excess(center_vecs @ outside_vecs.T, config)
            curves.append((words / 1000, excess, solved(vectors, here.language)))
        words_read, excesses, shares = np.array(curves).T
        (line,) = panels[0].semilogy(words_read, excesses, color=color)
        panels[1].plot(words_read, shares, color=color)
        label_end(line, name, where=min(where, len(curves) - 1), **place)
    panels[0].set_ylabel("loss above the least")
    panels[1].set(ylabel="analogies solved", xlabel="thousand words read", ylim=(0, 1.05))
    for axes in panels:
        axes.set_xlim(left=0)
        axes.grid(axis="y")
    return figure


def beginning_vectors(
    vocab_size: int, dim: int
) -> dict[str, tuple[npt.NDArray[np.float32], npt.NDArray[np.float32]]]:
    """Center and outside vectors (V, d) before training, drawn in three ways."""
    rng = np.random.default_rng(0)
    zeros = np.zeros((vocab_size, dim), np.float32)
    small = ((rng.random((vocab_size, dim)) - 0.5) / dim).astype(np.float32)
    normal = rng.normal(size=(2, vocab_size, dim)).astype(np.float32)
    return {
        "both zero": (zeros, zeros),
        "word2vec": (small, zeros),
        "both normal": (normal[0], normal[1]),
    }


@styled
def beginnings(n_sentences: int = 20_000, n_chunks: int = 24) -> Figure:
    """Loss above the least over the first words, for three ways to begin."""
    figure, axes = plt.subplots()
    here = world(n_sentences)
    config = TrainingConfig(
        dim=10, epochs=1, min_count=1, sample=0, learning_rate=0.05, chunk_tokens=2**11
    )
    styles: dict[str, tuple[str, dict[str, Any]]] = {
        "both zero": (VERMILLION, {}),
        "word2vec": (BLUE, {"where": 3, "xytext": (5, 5)}),
        "both normal": (PURPLE, {"where": 0, "xytext": (8, 0)}),
    }
    for name, start in beginning_vectors(len(here.corpus.words), config.dim).items():
        color, place = styles[name]
        curve = [
            (words / 1000, here.excess(center_vecs @ outside_vecs.T, config))
            for words, center_vecs, outside_vecs in islice(
                states(here.corpus, config, start), n_chunks + 1
            )
        ]
        (line,) = axes.semilogy(*np.array(curve).T, color=color)
        label_end(line, name, **place)
    axes.set(
        xlabel="thousand words read", ylabel="loss above the least", xlim=(0, None), ylim=(0.1, 10)
    )
    axes.grid(axis="y")
    return figure
