"""Figures of the chapter *Checking gradients*."""

from collections.abc import Callable
from typing import Any

import matplotlib.pyplot as plt
import numpy as np
import numpy.typing as npt
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from wordgrad.numeric import (
    check_gradients,
    cross_entropy,
    negative_sampling_loss_and_gradients,
    numerical_gradient,
    softmax,
)

from ._differences import (
    Precision,
    central,
    complex_step,
    forward,
    predicted_errors,
    relative_errors,
)
from ._lost_minus import lost_minus, train
from ._style import BLUE, GREEN, GREY, PURPLE, VERMILLION, label_at, label_end, size, styled

__all__ = ["directions", "lost_minus", "predicted_errors", "step_size", "thresholds", "wrong_loss"]

Floats = npt.NDArray[np.floating[Any]]


@styled
def step_size() -> Figure:
    """Error of the numerical derivative against the step, in both precisions, with the theory."""
    figure, panels = plt.subplots(2, figsize=size(rows=2.1))
    _draw_steps(panels[0], np.logspace(-17, 0.5, 141), np.float64)
    _draw_steps(panels[1], np.logspace(-9, 0.5, 141), np.float32)
    steps = np.logspace(-17, 0, 60)
    exact = relative_errors(complex_step, steps, np.float64).clip(1e-17)
    (line,) = panels[0].loglog(steps, exact, color=GREEN)
    label_end(line, "complex step", where=14, xytext=(0, 9))
    panels[0].set_ylim(1e-17, 1e2)
    panels[1].set_ylim(1e-8, 1e2)
    panels[1].set_xlabel("step $h$")
    return figure


def _draw_steps(axes: Axes, steps: Floats, dtype: Precision) -> None:
    truncation, rounding, best = predicted_errors(steps, dtype)
    for theory, text, where, offset in (
        (truncation, r"$\frac{h^2}{6}|J^{\prime\prime\prime}|$", 114, (12, -12)),
        (rounding, r"$\frac{\epsilon}{2h}|J|$", 50, (6, 10)),
    ):
        (line,) = axes.loglog(steps, theory, color=GREY, linestyle="--", linewidth=1.2)
        label_end(line, text, where=where, xytext=offset)
    for step, text, offset, side in (
        (best, "$h^*$", (-3, 0), "right"),
        (1e-4, "$10^{-4}$", (3, 0), "left"),
    ):
        axes.axvline(step, color=GREY, linewidth=0.8, linestyle=":")
        label_at(axes, (step, 5), text, ha=side, xytext=offset)
    (line,) = axes.loglog(steps, relative_errors(forward, steps, dtype), color=VERMILLION)
    label_end(line, "forward", where=110, xytext=(-4, 10), ha="right")
    (line,) = axes.loglog(steps, relative_errors(central, steps, dtype), color=BLUE)
    label_end(line, "central", where=124, xytext=(8, -4))
    axes.set(ylabel=f"error, {np.dtype(dtype).name}", xlim=(steps[0], steps[-1]))


Check = Callable[[np.random.Generator], float]


@styled
def thresholds() -> Figure:
    """Relative errors of right gradients and of slips: two heaps with a wide gap between."""
    figure, axes = plt.subplots(figsize=size(rows=1.35))
    rows: list[tuple[str, str, Check]] = [
        ("right, complex step", GREEN, lambda rng: _softmax_case(rng, "complex")),
        (r"right, $h=\epsilon^{1/3}$", BLUE, lambda rng: _softmax_case(rng, "central")),
        (r"right, $h=10^{-4}$", BLUE, _fixed_step_case),
        (r"$10^{-6}|x|^2$ not derived", VERMILLION, lambda rng: _softmax_case(rng, penalty=1e-6)),
        ("smoothing forgotten", VERMILLION, lambda rng: _softmax_case(rng, smoothing=0.01)),
        ("repeats counted once", VERMILLION, _repeats_case),
        (r"$\hat y$ for $\hat y-y$", VERMILLION, lambda rng: _softmax_case(rng, forget_y=True)),
    ]
    for height, (_, color, case) in enumerate(rows):
        rng = np.random.default_rng(height)
        errors = np.array([case(rng) for _ in range(40)]).clip(1e-17)
        axes.semilogx(errors, height + rng.uniform(-0.2, 0.2, 40), "o", color=color, alpha=0.6)
    for tolerance in (1e-12, 1e-7):
        axes.axvline(tolerance, color=GREY, linewidth=0.8, linestyle=":")
    axes.set(yticks=range(len(rows)), yticklabels=[text for text, _, _ in rows], xlim=(1e-17, 5))
    axes.set_xlabel("relative error of the check")
    axes.invert_yaxis()
    return figure


def _softmax_case(
    rng: np.random.Generator,
    method: Any = "complex",
    penalty: float = 0.0,
    smoothing: float = 0.0,
    forget_y: bool = False,
) -> float:
    """Error of a check of cross-entropy, V = 10; each argument but `method` is a slip."""
    target = (1 - smoothing) * np.eye(10)[rng.integers(10)] + smoothing / 10
    one_hot = np.round(target)

    def loss_and_gradient(scores: Floats) -> tuple[Any, Floats]:
        loss = cross_entropy(target, scores) + penalty * (scores @ scores)
        return loss, softmax(scores) - (0 if forget_y else one_hot)

    return check_gradients(loss_and_gradient, rng.normal(size=10), method).max_rel_error


def _fixed_step_case(rng: np.random.Generator, h: float = 1e-4) -> float:
    """Error of the right gradient against central differences with a fixed step."""
    target, scores = np.eye(10)[rng.integers(10)], rng.normal(size=10)
    steps = h * np.eye(10)
    ahead, behind = (cross_entropy(np.tile(target, (10, 1)), scores + s) for s in (steps, -steps))
    right = softmax(scores) - target
    return float(np.abs((ahead - behind) / (2 * h) - right).max() / np.abs(right).max())


def _repeats_case(rng: np.random.Generator) -> float:
    """Error of a gradient in which a negative drawn twice counts once."""
    center_vec, outside_vecs = rng.normal(size=4), rng.normal(size=(6, 4))
    twice = np.array([1, 2, 2])

    def loss_and_gradient(vecs: Floats) -> tuple[Any, Floats]:
        loss, _, _ = negative_sampling_loss_and_gradients(center_vec, 0, vecs, twice)
        _, _, once = negative_sampling_loss_and_gradients(center_vec, 0, vecs, twice[:2])
        return loss, once

    return check_gradients(loss_and_gradient, outside_vecs, "complex").max_rel_error


@styled
def wrong_loss() -> Figure:
    """Training on the loss with the lost minus: it goes down, and the true loss goes up."""
    figure, axes = plt.subplots()
    checkpoints = np.arange(0, 2001, 100)
    right, _ = train(negative_sampling_loss_and_gradients, checkpoints)
    true, own = train(lost_minus, checkpoints)
    for losses, color, text, offset in (
        (true, VERMILLION, "true loss, trained\nwith the minus lost", (0, -18)),
        (right, BLUE, "true loss,\ntrained on it", (0, -18)),
        (own, PURPLE, "loss with the minus\nlost, trained on it", (0, 32)),
    ):
        (line,) = axes.semilogy(checkpoints, losses, color=color)
        label_end(line, text, ha="right", xytext=offset)
    axes.set(xlabel="training pairs", ylabel="mean loss, nats", xlim=(0, checkpoints[-1]))
    return figure


_TOLERANCE = 1e-7


@styled
def directions() -> Figure:
    """How soon a slip in one row of U is found: coordinates, touched coordinates, directions."""
    figure, axes = plt.subplots()
    counts = np.arange(1, 101)
    by_coordinate, by_touched, by_direction = _hit_rates()
    for rate, color, text, where, offset in (
        (by_direction, GREEN, "random directions", 60, (0, -10)),
        (by_touched, BLUE, "random coordinates of the rows drawn", 3, (9, -4)),
        (by_coordinate, VERMILLION, "random coordinates", 70, (-60, 22)),
    ):
        (line,) = axes.plot(counts, 1 - (1 - rate) ** counts, color=color)
        label_end(line, text, where=where, xytext=offset)
    axes.set(xlabel="derivatives compared", ylabel="chance to find the slip", ylim=(0, 1.03))
    return figure


def _hit_rates() -> tuple[float, float, float]:
    """Chance that one comparison finds that a row drawn twice was counted once.

    One coordinate of U, one coordinate of a row that was drawn, one direction in all of U.
    """
    rng = np.random.default_rng(5)
    center_vec, outside_vecs = rng.normal(size=10), rng.normal(size=(200, 10))
    negatives = np.array([7, 19, 19, 23, 111])

    def loss(vecs: Floats) -> float:
        value = negative_sampling_loss_and_gradients(center_vec, 0, vecs, negatives)[0]
        return float(value)

    _, _, slip = negative_sampling_loss_and_gradients(
        center_vec, 0, outside_vecs, np.unique(negatives)
    )
    numeric = numerical_gradient(loss, outside_vecs)
    found = np.abs(numeric - slip) > _TOLERANCE * np.abs(slip).max()
    directions = rng.normal(size=(200, *outside_vecs.shape)) / np.sqrt(outside_vecs.size)
    hits = [_direction_finds(loss, slip, outside_vecs, direction) for direction in directions]
    return float(found.mean()), float(found[[0, *negatives]].mean()), float(np.mean(hits))


def _direction_finds(
    loss: Callable[[Floats], float], gradient: Floats, x: Floats, direction: Floats, h: float = 1e-5
) -> bool:
    numeric = (loss(x + h * direction) - loss(x - h * direction)) / (2 * h)
    error = abs(numeric - float((gradient * direction).sum()))
    return error > _TOLERANCE * float(np.abs(gradient).max())
