"""Figures of the chapter *Making it fast*: everything is measured when it is called."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, partial
from importlib.util import find_spec
from typing import Any

import matplotlib.pyplot as plt
import numpy as np
import numpy.typing as npt
from matplotlib.figure import Figure

from wordgrad.training import AliasSampler, SyntheticLanguage, TrainingConfig, Vocabulary
from wordgrad.training.batched import BLOCK, BLOCKS, PIECE, BatchedTrainer
from wordgrad.training.blocks import cut_blocks
from wordgrad.training.chunks import Chunk, draw_chunk
from wordgrad.training.fast import FastTrainer
from wordgrad.training.jobs import initial_vectors
from wordgrad.training.loop import LoopTrainer
from wordgrad.training.rows import add_rows, compiled_add, row_places, take_rows

from ._rungs import DenseTrainer, KeptMemoryTrainer, PairTrainer, RowsTrainer, WindowTrainer
from ._style import BLUE, CYCLE, GREEN, GREY, VERMILLION, label_at, size, styled
from ._timing import best_seconds
from ._world import World

__all__ = [
    "RUNGS",
    "Setting",
    "budget",
    "excess_after",
    "ladder",
    "pieces",
    "roofline",
    "roofs",
    "setting",
    "speeds",
    "ways_to_add",
]

Floats = npt.NDArray[np.floating[Any]]


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
    *([Rung("adding compiled", FastTrainer, 20_000)] if find_spec("numba") else []),
)


@dataclass(frozen=True, eq=False)
class Setting:
    """What is trained when speed is measured: the size of a small real corpus, without its meaning.

    Words are drawn independently by Zipf's law; a sentence has 20.
    """

    vocab_size: int = 20_000
    dim: int = 100

    def trainer_and_vectors(self, trainer: type[Any]) -> tuple[Any, Floats, Floats]:
        """A new trainer of that class, with vectors to move."""
        config, vocabulary = self.config, self.vocabulary
        center_vecs, outside_vecs = initial_vectors(len(vocabulary), config)
        return trainer(config, vocabulary), center_vecs, outside_vecs

    @property
    def config(self) -> TrainingConfig:
        """The settings of gensim, but for the dimension perhaps."""
        return TrainingConfig(dim=self.dim)

    @property
    def vocabulary(self) -> Vocabulary:
        """Words with counts by Zipf's law."""
        counts = np.maximum(10**7 // np.arange(1, self.vocab_size + 1), 1)
        return Vocabulary([f"word {rank}" for rank in range(self.vocab_size)], counts)

    def text(self, n_words: int) -> npt.NDArray[np.int32]:
        """Row numbers of words, -1 after every twentieth."""
        words = AliasSampler(self.vocabulary.counts).sample(n_words, np.random.default_rng(0))
        return np.insert(words, np.arange(20, n_words + 1, 20), -1).astype(np.int32)

    def chunk(self, text: npt.NDArray[np.int32]) -> Chunk:
        """The text after subsampling, with drawn windows."""
        keep = self.vocabulary.keep_probability(self.config.sample)
        return draw_chunk(text, keep, self.config.window, np.random.default_rng(1))


def setting(vocab_size: int = 20_000) -> Setting:
    """The setting of the chapter."""
    return Setting(vocab_size)


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


def ways_to_add(rounds: int = 5, n_rows: int = 4096) -> dict[str, float]:
    """Time to add updates to rows of a matrix, in nanoseconds per row, in three ways."""
    here = setting()
    _, matrix, _ = here.trainer_and_vectors(FastTrainer)
    rows = here.chunk(here.text(4 * n_rows)).tokens[:n_rows]
    updates = np.zeros((len(rows), here.dim), np.float32)
    columns = np.arange(here.dim)

    def flat() -> None:
        index = (rows[:, None] * here.dim + columns).reshape(-1)
        np.add.at(matrix.reshape(-1), index, updates.reshape(-1))

    ways: dict[str, Callable[[], object]] = {
        "np.add.at, rows": partial(np.add.at, matrix, rows, updates),
        "np.add.at, flat": flat,
        "flat, two floats as one number": partial(add_rows, matrix, rows, updates),
    }
    seconds = best_seconds(list(ways.values()), rounds) / len(rows)
    return dict(zip(ways, (1e9 * seconds).tolist(), strict=True))


def pieces(rounds: int = 20, vocab_size: int = 20_000) -> dict[str, float]:
    """Time of the fast trainer's step and of its parts, in nanoseconds per token that is kept.

    They are measured once: a second call returns the same numbers.
    """
    return _pieces(rounds, vocab_size)


@cache
def _pieces(rounds: int, vocab_size: int) -> dict[str, float]:
    here = setting(vocab_size)
    trainer, centers, outsides = here.trainer_and_vectors(FastTrainer)
    n_tokens = BLOCKS * BLOCK
    chunk = here.chunk(here.text(4 * n_tokens))
    blocks = cut_blocks(chunk, BLOCK, here.config.window, PIECE)[:BLOCKS]
    rng = np.random.default_rng(3)
    shape = (BLOCKS, here.config.shared_negatives)
    noise = trainer.noise.sample(shape, rng).astype(np.intp)
    hidden = take_rows(centers, blocks.centers)  # (B, S, d)
    near, far = take_rows(outsides, blocks.columns), take_rows(outsides, noise)
    pieces, around = blocks.windows(hidden), blocks.windows(near)
    pull, push = pieces @ around.swapaxes(2, 3), hidden @ far.swapaxes(1, 2)
    read = [(centers, blocks.centers, hidden), (outsides, blocks.columns, near)]
    read.append((outsides, noise, far))
    nothing = [(matrix, rows, np.zeros_like(taken)) for matrix, rows, taken in read]
    places = row_places(vocab_size, here.dim)
    work = np.empty(near.size, np.intp)
    products = [(pieces, around.swapaxes(2, 3), pull), (hidden, far.swapaxes(1, 2), push)]
    products += [(pull, around, pieces.copy()), (push, far, hidden.copy())]
    products.append((pull.swapaxes(2, 3).copy(), pieces, around.copy()))
    products.append((push.swapaxes(1, 2).copy(), hidden, far.copy()))

    def add_nothing() -> None:
        add = compiled_add()
        for matrix, rows, zeros in nothing:
            if add is None:
                add_rows(matrix, rows, zeros, places, work)
            else:
                ones = np.ones(rows.size, np.float32)
                add(matrix, rows.reshape(-1), zeros.reshape(-1, here.dim), ones)

    calls: dict[str, Callable[[], object]] = {
        "all": lambda: trainer.sampling_step(centers, outsides, blocks, noise, 0.025, False),
        "products": lambda: [np.matmul(a, b, out=out) for a, b, out in products],
        "read rows": lambda: [take_rows(*one) for one in read],
        "add rows": add_nothing,
        "sigmoids": lambda: [1 / (1 + np.exp(score)) for score in (pull, push)],
    }
    seconds = best_seconds(list(calls.values()), rounds) / n_tokens
    return dict(zip(calls, (1e9 * seconds).tolist(), strict=True))


@styled
def budget(rounds: int = 20, vocab_size: int = 20_000) -> Figure:
    """Where the time of a token goes in the fast trainer, in shares of the whole step."""
    figure, axes = plt.subplots(figsize=size(rows=0.8))
    times = pieces(rounds, vocab_size)
    parts = {name: t / times["all"] for name, t in times.items() if name != "all"}
    parts["all the rest"] = max(0.0, 1 - sum(parts.values()))
    start = 0.0
    for place, (name, share) in enumerate(parts.items()):
        color = CYCLE[place]
        axes.plot([start, start + share], [-place] * 2, color=color, linewidth=8)
        label_at(axes, (start + share, -place), f"{name} {share:.0%}", color)
        start += share
    axes.set(xlabel="share of the time of a step", xlim=(0, 1), yticks=[])
    axes.spines["left"].set_visible(False)
    return figure


def roofs(rounds: int = 10) -> tuple[float, float]:
    """This machine's speed in matrix products, flop/s, and in copying memory, byte/s.

    Products of several sizes take turns, and the fastest size counts: large ones run on all cores
    if these are free, small ones stay on one.  They are measured once.
    """
    return _roofs(rounds)


@cache
def _roofs(rounds: int) -> tuple[float, float]:
    rng = np.random.default_rng(0)
    calls: list[Callable[[], object]] = []
    operations = []
    for n in (48, 64, 128, 256, 768):
        stack = max(1, (256 // n) ** 3)
        left, right = rng.random((2, stack, n, n), dtype=np.float32)
        calls.append(partial(np.matmul, left, right, out=np.empty_like(left)))
        operations.append(2.0 * stack * n**3)
    source = np.ones(2**22, np.float32)
    calls.append(partial(np.copyto, np.empty_like(source), source))
    *products, copy = best_seconds(calls, rounds).tolist()
    peak = max(work / t for work, t in zip(operations, products, strict=True))
    return peak, 2 * source.nbytes / copy


def work_of_pairs(config: TrainingConfig) -> tuple[float, float]:
    """Operations and bytes of a pair with negatives of its own.

    Three products with 1 + K rows; 2 + K rows are read, and as many read and written to be added.

    Examples
    --------
    >>> operations, memory = work_of_pairs(TrainingConfig(dim=100))
    >>> operations, memory
    (3600.0, 8400.0)
    """
    rows = 2.0 + config.negative
    return 6.0 * (1 + config.negative) * config.dim, 3 * 4 * rows * config.dim


def work_of_blocks(config: TrainingConfig) -> tuple[float, float]:
    """Operations and bytes of a token in blocks: its share of the rows of its block and group.

    Examples
    --------
    >>> operations, memory = work_of_blocks(TrainingConfig(dim=100))
    >>> operations, memory
    (25200.0, 2887.5)
    """
    rows = 1 + (BLOCK + 2 * config.window + config.shared_negatives) / BLOCK
    scores = PIECE + 2 * config.window + config.shared_negatives
    return 6.0 * scores * config.dim, 3 * 4 * rows * config.dim


@styled
def roofline(rounds: int = 10, vocab_size: int = 20_000) -> Figure:
    """Operations per second against operations per byte, under the two roofs of this machine."""
    figure, axes = plt.subplots(figsize=size(rows=1.1))
    here = setting(vocab_size)
    peak, memory = roofs(rounds)
    x = np.geomspace(0.1, 100, 200)
    axes.loglog(x, np.minimum(peak, memory * x) / 1e9, color=GREY)
    label_at(axes, (float(x[-1]), peak / 1e9), "matrix products", xytext=(0, 9), ha="right")
    label_at(axes, (0.1, memory * 0.1 / 1e9), "memory", xytext=(4, 14))
    for name, color, (operations, moved), speed in _dots(here, rounds):
        intensity = operations / moved
        axes.plot(intensity, operations * speed / 1e9, "o", color=color)
        label_at(axes, (intensity, operations * speed / 1e9), name, color)
    axes.set(xlabel="operations per byte of rows", ylabel="billion operations per second")
    axes.grid()
    return figure


def _dots(here: Setting, rounds: int) -> list[tuple[str, str, tuple[float, float], float]]:
    """Name, colour, work of an item, and items per second of three ways to train."""
    times = pieces(2 * rounds, here.vocab_size)
    trainer, center_vecs, outside_vecs = here.trainer_and_vectors(PairTrainer)
    rng = np.random.default_rng(4)
    tokens = here.chunk(here.text(8 * PairTrainer.batch)).tokens
    pairs = tokens[: PairTrainer.batch], tokens[PairTrainer.batch : 2 * PairTrainer.batch]
    (seconds,) = best_seconds(
        [lambda: trainer.pair_step(center_vecs, outside_vecs, *pairs, 0.025, rng)], rounds
    )
    blocks = work_of_blocks(here.config)
    return [
        ("pairs", VERMILLION, work_of_pairs(here.config), PairTrainer.batch / float(seconds)),
        ("fast trainer", BLUE, blocks, 1e9 / times["all"]),
        ("its products alone", GREEN, blocks, 1e9 / times["products"]),
    ]


def excess_after(n_sentences: int, dim: int = 10) -> dict[str, float]:
    """Loss above the least after one pass over a text of the synthetic language, for two rungs."""
    world = World(SyntheticLanguage(), n_sentences)
    config = TrainingConfig(dim=dim, sample=0, min_count=1)
    vocabulary = world.corpus.vocabulary(1)
    result = {}
    for rung in (rung for rung in RUNGS if rung.trainer in (PairTrainer, KeptMemoryTrainer)):
        center_vecs, outside_vecs = initial_vectors(len(vocabulary), config)
        rng = np.random.default_rng(5)
        chunk = draw_chunk(world.corpus.ids, np.ones(len(vocabulary)), config.window, rng)
        trainer = rung.trainer(config, vocabulary)
        trainer.train_chunk(center_vecs, outside_vecs, chunk, (0.025, 0.0), rng)
        result[rung.name] = world.excess(center_vecs @ outside_vecs.T, config)
    return result
