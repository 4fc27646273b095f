"""A wrong loss with its own right gradient: negative sampling with one minus lost."""

from typing import Any

import numpy as np
import numpy.typing as npt

from wordgrad.numeric import log_sigmoid, negative_sampling_loss_and_gradients, sigmoid

__all__ = ["lost_minus", "train"]

Floats = npt.NDArray[np.floating[Any]]
Indices = npt.NDArray[np.intp]


def lost_minus(
    center_vec: Floats, outside_idx: int, outside_vecs: Floats, negative_idx: Indices
) -> tuple[Any, Floats, Floats]:
    """Negative sampling with the minus inside the second sigmoid lost, and its own gradients.

    Arguments and results are those of `wordgrad.negative_sampling_loss_and_gradients`, for one
    pair.  The gradients are right for this loss; it is the loss that is wrong.

    Examples
    --------
    >>> from wordgrad import check_gradients
    >>> outside_vecs, negatives = np.eye(3), np.array([1])
    >>> check_gradients(lambda v: lost_minus(v, 0, outside_vecs, negatives)[:2], np.ones(3)).ok
    True
    """
    idx = np.append(outside_idx, negative_idx)
    scores = outside_vecs[idx] @ center_vec  # (1 + K,)
    slope = -sigmoid(-scores)
    grad_outside = np.zeros_like(outside_vecs, dtype=slope.dtype)
    np.add.at(grad_outside, idx, np.outer(slope, center_vec))
    return -log_sigmoid(scores).sum(), slope @ outside_vecs[idx], grad_outside


def train(pair_loss: Any, checkpoints: Indices) -> tuple[list[float], list[float]]:
    """Mean true loss, and mean loss trained on, of 200 held-out pairs at the checkpoints.

    Twelve words in three topics; a pair is two words of one topic, negatives are any words.

    Parameters
    ----------
    pair_loss : function (center_vec, outside_idx, outside_vecs, negative_idx)
        What is trained on; it returns (loss, grad_center, grad_outside).
    checkpoints : ndarray of int
        Numbers of training pairs after which to look, in rising order.
    """
    rng = np.random.default_rng(4)
    center_vecs, outside_vecs = rng.normal(scale=0.3, size=(2, 12, 4))
    held_out = [_draw_pair(rng) for _ in range(200)]
    true, own = [], []
    for step in range(int(checkpoints[-1]) + 1):
        if step in checkpoints:
            true.append(_true_loss(center_vecs, outside_vecs, held_out))
            losses = [pair_loss(center_vecs[c], o, outside_vecs, n)[0] for c, o, n in held_out]
            own.append(float(np.mean(losses)))
        c, o, negatives = _draw_pair(rng)
        _, grad_center, grad_outside = pair_loss(center_vecs[c], o, outside_vecs, negatives)
        center_vecs[c] -= 0.1 * grad_center
        outside_vecs -= 0.1 * grad_outside
    return true, own


Pair = tuple[int, int, Indices]


def _draw_pair(rng: np.random.Generator) -> Pair:
    topic = 4 * rng.integers(3)
    center_idx, outside_idx = topic + rng.choice(4, size=2, replace=False)
    return int(center_idx), int(outside_idx), rng.integers(12, size=3)


def _true_loss(center_vecs: Floats, outside_vecs: Floats, pairs: list[Pair]) -> float:
    center_idx, outside_idx, negative_idx = (np.array(part) for part in zip(*pairs, strict=True))
    losses, _, _ = negative_sampling_loss_and_gradients(
        center_vecs[center_idx], outside_idx, outside_vecs, negative_idx
    )
    return float(losses.mean())
