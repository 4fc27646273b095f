"""Training on a toy corpus: twelve words in three topics, every pair of two words of one topic."""

from collections.abc import Callable
from functools import cache
from typing import Any, Literal

import numpy as np
import numpy.typing as npt

from wordgrad.numeric import log_sigmoid, log_softmax

from ._wrong_gradients import MISTAKES, Both, Pair, right_negatives, right_softmax

__all__ = ["PAIRS", "Floats", "losses", "true_loss"]

Floats = npt.NDArray[np.floating[Any]]
Loss = Literal["softmax", "negative sampling"]

_N_WORDS, _TOPIC, _DIM, _N_NEGATIVES = 12, 4, 4, 5
_EPOCHS, _LEARNING_RATE, _SCALE = 60, 0.1, 0.3
_CEILING = 1e4  # vectors that grow beyond are not followed
PAIRS = [
    (center, outside)
    for center in range(_N_WORDS)
    for outside in range(_N_WORDS)
    if center != outside and center // _TOPIC == outside // _TOPIC
]


def losses(slip: str) -> tuple[Floats, Floats]:
    """Mean true loss before each epoch, with the right gradients and with a slip.

    Both runs start from the same vectors and see the same pairs and negatives.

    Parameters
    ----------
    slip : str
        A key of `MISTAKES`.

    Returns
    -------
    right, wrong : ndarray, shape (n_epochs + 1,)
        In nats; infinite from where the vectors leave all bounds.
    """
    mistake = MISTAKES[slip]
    dim = _N_WORDS if mistake.square else _DIM
    right = right_softmax if mistake.loss == "softmax" else right_negatives
    return _train(right, mistake.loss, dim), _train(mistake.gradients, mistake.loss, dim)


@cache
def _train(gradients: Callable[[Pair], Both], loss: Loss, dim: int) -> Floats:
    rng = np.random.default_rng(3)
    center_vecs, outside_vecs = rng.normal(scale=_SCALE, size=(2, _N_WORDS, dim))
    path = np.full(_EPOCHS + 1, np.inf)
    for epoch in range(_EPOCHS + 1):
        path[epoch] = true_loss(center_vecs, outside_vecs, loss)
        for center, outside in rng.permutation(PAIRS):
            negatives = rng.integers(_N_WORDS, size=_N_NEGATIVES)
            pair = Pair(center, outside, center_vecs[center], outside_vecs, negatives)
            with np.errstate(over="ignore", invalid="ignore"):
                grad_center, grad_outside = gradients(pair)
            center_vecs[center] = center_vecs[center] - _LEARNING_RATE * grad_center
            outside_vecs = outside_vecs - _LEARNING_RATE * grad_outside
            if not max(abs(center_vecs[center]).max(), abs(outside_vecs).max()) < _CEILING:
                return path
    return path


def true_loss(center_vecs: Floats, outside_vecs: Floats, loss: Loss) -> float:
    """Mean loss of all pairs, for negative sampling in expectation over the negatives."""
    scores = center_vecs @ outside_vecs.T  # (V, V)
    of_pairs = tuple(np.transpose(PAIRS))
    if loss == "softmax":
        return float(-log_softmax(scores)[of_pairs].mean())
    repel = -_N_NEGATIVES * log_sigmoid(-scores).mean()
    return float(-log_sigmoid(scores)[of_pairs].mean() + repel)
