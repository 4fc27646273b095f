"""Figures of the chapter *The mistake gallery*: training with a wrong gradient beside the right."""

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from ._style import BLUE, GREY, VERMILLION, label_end, size, styled
from ._toy_training import Floats, losses
from ._wrong_gradients import MISTAKES

__all__ = ["outcomes", "progress", "training"]

_RANGES = {"softmax": (0.6, 3.6), "negative sampling": (1.0, 6.5)}  # nats


@styled
def training(*slips: str) -> Figure:
    """Loss curves with the right gradients and with a slip, one panel for each slip.

    Parameters
    ----------
    *slips : str
        Keys of `MISTAKES`.

    Raises
    ------
    ValueError
        If a slip is not in the gallery.
    """
    unknown = [slip for slip in slips if slip not in MISTAKES]
    if unknown:
        raise ValueError(f"{unknown[0]!r} is not in the gallery; it has {', '.join(MISTAKES)}")
    rows = -(-len(slips) // 2)
    figure, panels = plt.subplots(
        rows, 2, sharex=True, squeeze=False, figsize=size(rows=0.62 * rows)
    )
    for axes, slip in zip(panels.flat, slips, strict=False):
        _panel(axes, slip, labels=slip == slips[0])
    for axes in panels.flat[len(slips) :]:
        axes.set_axis_off()
    for axes in panels.flat[max(len(slips) - 2, 0) : len(slips)]:  # the lowest of each column
        axes.set_xlabel("epochs")
        axes.tick_params(labelbottom=True)
    return figure


def _panel(axes: Axes, slip: str, *, labels: bool) -> None:
    low, high = _RANGES[MISTAKES[slip].loss]
    right, wrong = losses(slip)
    gone = np.flatnonzero(wrong > high)
    shown = wrong[: gone[0] + 1] if gone.size else wrong
    (blue,) = axes.plot(right, color=BLUE)
    (red,) = axes.plot(shown.clip(max=high), color=VERMILLION)
    if gone.size:
        axes.plot([gone[0]], [high], "^", color=VERMILLION, clip_on=False)
    axes.text(0, 1.06, slip, transform=axes.transAxes)
    axes.set(xlim=(0, len(right) - 1), ylim=(low, high))
    if labels:
        label_end(blue, "right", where=3 * len(right) // 4, xytext=(0, -9), ha="center")
        if gone.size:
            label_end(red, "wrong", xytext=(6, -6))
        else:
            label_end(red, "wrong", where=len(right) // 2, xytext=(0, 9), ha="center")


def progress(slip: str) -> float:
    """How far training with a slip came: 1 as far as without it, 0 not at all, below 0 backwards.

    Examples
    --------
    >>> progress("log split")
    -inf
    """
    right, wrong = losses(slip)
    return float((wrong[0] - wrong[-1]) / (right[0] - right[-1]))


@styled
def outcomes() -> Figure:
    """Where training ends with each slip, as a share of what the right gradients learn."""
    shares = dict(sorted(((slip, progress(slip)) for slip in MISTAKES), key=lambda item: item[1]))
    place = np.arange(len(shares))
    values: Floats = np.array(list(shares.values()))
    figure, axes = plt.subplots(figsize=size(rows=2))
    lowest = -0.5
    inside = values >= lowest
    axes.axvline(0, color=GREY, linewidth=0.8)
    axes.axvline(1, color=BLUE, linewidth=0.8)
    axes.hlines(place, 0, values.clip(lowest), color=VERMILLION, linewidth=1)
    axes.plot(values[inside], place[inside], "o", color=VERMILLION)
    axes.plot(
        np.full((~inside).sum(), lowest), place[~inside], "<", color=VERMILLION, clip_on=False
    )
    axes.set_yticks(place, list(shares))
    axes.set(xlim=(lowest, 1.08), xticks=[lowest, 0, 0.5, 1], ylim=(-0.7, len(shares) - 0.3))
    axes.set_xticklabels(["backwards", "nothing", "half", "all"])
    axes.spines["left"].set_visible(False)
    axes.tick_params(left=False)
    axes.set_xlabel("learned")
    return figure
