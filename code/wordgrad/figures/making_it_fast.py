"""Figures of the chapter *Making it fast*: everything is measured when it is called."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from typing import Any

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.figure import Figure

from wordgrad.training import SyntheticLanguage, TrainingConfig
from wordgrad.training.batched import BatchedTrainer
from wordgrad.training.chunks import draw_chunk
from wordgrad.training.jobs import initial_vectors
from wordgrad.training.loop import LoopTrainer

from ._profile import Profile, profile
from ._rungs import (
    CompiledTrainer,
    DenseTrainer,
    KeptMemoryTrainer,
    PairTrainer,
    RowsTrainer,
    WindowTrainer,
)
from ._speed_setting import Setting, setting
from ._style import BLUE, GREY, label_at, size, styled
from ._timing import best_seconds
from ._world import World

__all__ = ["RUNGS", "excess_after", "ladder", "profile_of", "setting", "speeds"]


@dataclass(frozen=True)
class Rung:
    """A trainer, what the chapter calls it, and how many words are enough to time it."""

    name: str
    trainer: type[Any]
    n_words: int


RUNGS = (
    Rung("whole matrices", DenseTrainer, 8),
    Rung("rows of a pair", LoopTrainer, 80),
    Rung("a window at once", WindowTrainer, 400),
    Rung("512 pairs at once", PairTrainer, 1500),
    Rung("blocks", RowsTrainer, 10_000),
    Rung("blocks, flat adding", BatchedTrainer, 20_000),
    Rung("the same, memory kept", KeptMemoryTrainer, 20_000),
    *([Rung("adding compiled", CompiledTrainer, 20_000)] if find_spec("numba") else []),
)


def speeds(rounds: int = 5, vocab_size: int = 20_000) -> dict[str, float]:
    """Words per second of each rung; the rungs take turns, and the best time of each counts.

    They are measured once: a second call returns the same numbers.
    """
    return _speeds(rounds, vocab_size)


@cache
def _speeds(rounds: int, vocab_size: int) -> dict[str, float]:
    calls = [_call(setting(vocab_size), rung) for rung in RUNGS]
    calls[-1]()  # what is compiled once is not timed
    seconds = best_seconds(calls, rounds)
    return {rung.name: rung.n_words / t for rung, t in zip(RUNGS, seconds.tolist(), strict=True)}


def _call(here: Setting, rung: Rung) -> Callable[[], object]:
    trainer, center_vecs, outside_vecs = here.trainer_and_vectors(rung.trainer)
    text, rng = here.text(rung.n_words), np.random.default_rng(2)
    keep, window = here.vocabulary.keep_probability(here.config.sample), here.config.window

    def call() -> object:
        chunk = draw_chunk(text, keep, window, rng)
        return trainer.train_chunk(center_vecs, outside_vecs, chunk, (0.025, 0.025), rng)

    return call


@styled
def ladder(rounds: int = 5, vocab_size: int = 20_000) -> Figure:
    """Speed of each rung as a multiple of the loop."""
    figure, axes = plt.subplots(figsize=size(rows=1.1))
    speed = speeds(rounds, vocab_size)
    ratios = [speed[rung.name] / speed["rows of a pair"] for rung in RUNGS]
    for place, (rung, ratio) in enumerate(zip(RUNGS, ratios, strict=True)):
        color = GREY if rung.trainer is DenseTrainer else BLUE
        axes.plot([min(ratios) / 2, ratio], [-place, -place], color=color, linewidth=6)
        label_at(axes, (ratio, -place), f"{ratio:.2g}" if ratio < 10 else f"{ratio:.0f}", color)
    axes.set_yticks(-np.arange(len(RUNGS)), [rung.name for rung in RUNGS])
    axes.set(xscale="log", xlabel="words per second, loop = 1", xlim=(min(ratios) / 2, None))
    axes.tick_params(axis="y", length=0)
    axes.spines["left"].set_visible(False)
    return figure


def profile_of(name: str, vocab_size: int = 20_000) -> Profile:
    """Where the time of a rung goes, as Python's profiler sees it."""
    (rung,) = (rung for rung in RUNGS if rung.name == name)
    call = _call(setting(vocab_size), rung)
    call()  # what is loaded once is not seen
    return profile(call, rung.n_words)


def excess_after(
    n_sentences: int, dim: int = 10, names: Sequence[str] = ("512 pairs at once", "blocks")
) -> dict[str, float]:
    """Loss above the least after one pass over a text of the synthetic language, for some rungs."""
    world = World(SyntheticLanguage(), n_sentences)
    config = TrainingConfig(dim=dim, sample=0, min_count=1)
    vocabulary = world.corpus.vocabulary(1)
    result = {}
    for rung in (rung for rung in RUNGS if rung.name in names):
        center_vecs, outside_vecs = initial_vectors(len(vocabulary), config)
        rng = np.random.default_rng(5)
        chunk = draw_chunk(world.corpus.ids, np.ones(len(vocabulary)), config.window, rng)
        trainer = rung.trainer(config, vocabulary)
        trainer.train_chunk(center_vecs, outside_vecs, chunk, (0.025, 0.0), rng)
        result[rung.name] = world.excess(center_vecs @ outside_vecs.T, config)
    return result
