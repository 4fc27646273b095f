"""Figures of the chapter *The handwritten sheet, line by line*."""

from collections.abc import Callable
from typing import Any

import matplotlib.pyplot as plt
import numpy as np
import numpy.typing as npt
from matplotlib.figure import Figure

from wordgrad.numeric import (
    naive_softmax_loss_and_gradients,
    negative_sampling_loss_and_gradients,
    sigmoid,
    softmax,
)

from ._style import BLUE, OCHRE, VERMILLION, label_end, size, styled

__all__ = ["descents"]

Floats = npt.NDArray[np.floating[Any]]
Gradients = tuple[Any, Floats, Floats]

_N_WORDS, _DIM, _N_NEGATIVES = 20, 5, 5
_TOP = 5.0  # of the figure, in nats


def softmax_pair(center_vec: Floats, outside_idx: int, outside_vecs: Floats) -> Gradients:
    """Loss and gradients as they should be."""
    return naive_softmax_loss_and_gradients(center_vec, outside_idx, outside_vecs)


def wrong_index(center_vec: Floats, outside_idx: int, outside_vecs: Floats) -> Gradients:
    """Line Q2.4: the sum over w is weighted with the probability of o."""
    loss, _, grad_outside = softmax_pair(center_vec, outside_idx, outside_vecs)
    prob = softmax(outside_vecs @ center_vec)[outside_idx]
    return loss, prob * outside_vecs.sum(axis=0) - outside_vecs[outside_idx], grad_outside


def factor_dropped(center_vec: Floats, outside_idx: int, outside_vecs: Floats) -> Gradients:
    """Line Q3.1: v_c is missing for other words; NumPy copies the number to every entry."""
    loss, grad_center, right = softmax_pair(center_vec, outside_idx, outside_vecs)
    grad_outside = np.empty_like(right)
    grad_outside[:] = softmax(outside_vecs @ center_vec)[:, None]
    grad_outside[outside_idx] = right[outside_idx]
    return loss, grad_center, grad_outside


def negatives_pair(center_vec: Floats, outside_idx: int, outside_vecs: Floats) -> Gradients:
    """Loss and gradients as they should be; the negatives follow from the outside word."""
    return negative_sampling_loss_and_gradients(
        center_vec, outside_idx, outside_vecs, _negatives(outside_idx)
    )


def sign(center_vec: Floats, outside_idx: int, outside_vecs: Floats) -> Gradients:
    """Line Q4.3: the negatives pull where they should push."""
    loss, right, grad_outside = negatives_pair(center_vec, outside_idx, outside_vecs)
    drawn = outside_vecs[_negatives(outside_idx)]  # (K, d)
    return loss, right - 2 * sigmoid(drawn @ center_vec) @ drawn, grad_outside


def _negatives(outside_idx: int) -> npt.NDArray[np.intp]:
    return (outside_idx + 3 + 2 * np.arange(_N_NEGATIVES)) % _N_WORDS


Pair = Callable[[Floats, int, Floats], Gradients]
_PANELS: tuple[dict[str, tuple[Pair, str]], ...] = (
    {
        "right": (softmax_pair, BLUE),
        "Q2.4, wrong index": (wrong_index, VERMILLION),
        "Q3.1, factor dropped": (factor_dropped, OCHRE),
    },
    {"right": (negatives_pair, BLUE), "Q4.3, sign": (sign, VERMILLION)},
)


@styled
def descents(n_steps: int = 80) -> Figure:
    """Loss while training with the right gradients, and with gradients that have a slip."""
    figure, panels = plt.subplots(2, sharex=True, figsize=size(rows=1.6))
    for axes, curves, loss in zip(panels, _PANELS, ("softmax", "negative sampling"), strict=True):
        for name, (pair, color) in curves.items():
            path = losses(pair, n_steps)
            (line,) = axes.plot(path, color=color)
            last = int(np.flatnonzero(path <= _TOP)[-1])  # where the curve leaves the figure
            label_end(line, name, where=last)
        axes.set(ylabel=f"loss, {loss}", xlim=(0, n_steps), ylim=(0, _TOP))
    panels[1].set_xlabel("steps of gradient descent")
    return figure


def losses(pair: Pair, n_steps: int, learning_rate: float = 0.2) -> Floats:
    """Mean loss over forty pairs before each step, (n_steps,)."""
    rng = np.random.default_rng(4)
    centers, outsides = 0.5 * rng.normal(size=(2, _N_WORDS, _DIM))
    pairs = [(c, (c + step) % _N_WORDS) for c in range(_N_WORDS) for step in (1, 2)]
    path = []
    for _ in range(n_steps):
        grad_centers, grad_outsides, total = np.zeros_like(centers), np.zeros_like(outsides), 0.0
        for center, outside in pairs:
            loss, grad_center, grad_outside = pair(centers[center], outside, outsides)
            total += float(loss)
            grad_centers[center] += grad_center
            grad_outsides += grad_outside
        path.append(total / len(pairs))
        centers = centers - learning_rate * grad_centers / 2  # two pairs for each word
        outsides = outsides - learning_rate * grad_outsides / 2
    return np.array(path)
