"""Where the time of a token goes: the parts of a step, and the machine's two roofs."""

from collections.abc import Callable
from functools import cache, partial

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.figure import Figure

from wordgrad.training import TrainingConfig
from wordgrad.training.batched import BLOCK, BLOCKS, PIECE
from wordgrad.training.blocks import cut_blocks
from wordgrad.training.fast import FastTrainer
from wordgrad.training.rows import add_parts, add_rows, compiled_add, row_places, take_rows

from ._rungs import PairTrainer
from ._speed_setting import Setting, setting
from ._style import BLUE, CYCLE, GREEN, GREY, VERMILLION, label_at, size, styled
from ._timing import best_seconds

__all__ = [
    "budget",
    "pieces",
    "roofline",
    "roofs",
    "ways_to_add",
    "work_of_blocks",
    "work_of_pairs",
]


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
    moves = np.zeros((len(blocks), 2, BLOCK, here.dim), np.float32)
    parts = np.zeros_like(around)  # neighbouring windows share rows; these do not
    nothing = [(centers, blocks.centers, moves, 0), (outsides, blocks.columns, parts, PIECE)]
    nothing.append((outsides, noise, np.zeros_like(far)[:, None], 0))
    places = row_places(vocab_size, here.dim)
    work = np.empty(near.size, np.intp)
    products = [(pieces, around.swapaxes(2, 3), pull), (hidden, far.swapaxes(1, 2), push)]
    products += [(pull, around, pieces.copy()), (push, far, hidden.copy())]
    products.append((pull.swapaxes(2, 3), pieces, parts.copy()))
    products.append((push.swapaxes(1, 2), hidden, far.copy()))

    def add_nothing() -> None:
        add = compiled_add()
        for matrix, rows, zeros, step in nothing:
            if add is None:
                together = add_parts(zeros, step, np.empty((*rows.shape, here.dim), np.float32))
                add_rows(matrix, rows, together, places, work)
            else:
                add(matrix, rows, zeros, np.ones(rows.shape, np.float32), step)

    calls: dict[str, Callable[[], object]] = {
        "all": lambda: trainer.sampling_step(centers, outsides, blocks, noise, 0.025, 0),
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
    (20400.0, 2887.5)
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
