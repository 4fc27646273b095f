"""Train both losses on the same small world of words, to see what their scores come to mean."""

from typing import Any

import numpy as np
import numpy.typing as npt

from wordgrad.numeric import (
    naive_softmax_loss_and_gradients,
    negative_sampling_loss_and_gradients,
    unigram_distribution,
)

__all__ = ["expected_scores", "joint_distribution", "trained_scores"]

Floats = npt.NDArray[np.floating[Any]]


def joint_distribution(vocab_size: int = 6) -> Floats:
    """Probability of each pair (center, outside), drawn once and for all, (V, V).

    Examples
    --------
    >>> pairs = joint_distribution()
    >>> pairs.shape, round(float(pairs.sum()), 12)
    ((6, 6), 1.0)
    """
    weights = np.random.default_rng(8).lognormal(size=(vocab_size, vocab_size))
    return np.asarray(weights / weights.sum())


def expected_scores(pairs: Floats, n_negatives: int) -> Floats:
    """Scores of least negative-sampling loss: log P(o|c) - log(K P_n(o)), (V, V) -> (V, V).

    Examples
    --------
    >>> expected_scores(np.full((2, 2), 0.25), n_negatives=1)
    array([[0., 0.],
           [0., 0.]])
    """
    given_center = pairs / pairs.sum(axis=1, keepdims=True)
    noise = unigram_distribution(pairs.sum(axis=0))
    return np.asarray(np.log(given_center) - np.log(n_negatives * noise))


def trained_scores(
    pairs: Floats, n_negatives: int, n_steps: int = 800, batch_size: int = 600
) -> Floats:
    """Scores (V, V) of vectors trained on drawn pairs; with the softmax if `n_negatives` is 0.

    As many dimensions as words, so that any scores can be reached.

    Parameters
    ----------
    pairs : ndarray, shape (V, V)
        Probability of each pair (center, outside).
    n_negatives : int
        K.
    n_steps, batch_size : int
        Number of steps and pairs per step; the learning rate falls to 0.
    """
    rng = np.random.default_rng(9)
    vocab_size = len(pairs)
    noise = unigram_distribution(pairs.sum(axis=0))
    center_vecs, outside_vecs = rng.normal(scale=0.7, size=(2, vocab_size, vocab_size))
    for step in range(n_steps):
        drawn = rng.choice(vocab_size**2, size=batch_size, p=pairs.ravel())
        center_idx, outside_idx = np.divmod(drawn, vocab_size)
        negatives = rng.choice(vocab_size, size=(batch_size, n_negatives), p=noise)
        grads = _gradients(center_vecs[center_idx], outside_idx, outside_vecs, negatives)
        rate = 3.0 * (1 - step / n_steps) / batch_size
        np.add.at(center_vecs, center_idx, -rate * grads[0])
        outside_vecs -= rate * grads[1]
    return np.asarray(center_vecs @ outside_vecs.T)


def _gradients(
    center_vec: Floats,
    outside_idx: npt.NDArray[np.intp],
    outside_vecs: Floats,
    negatives: npt.NDArray[Any],
) -> tuple[Floats, Floats]:
    pair = center_vec, outside_idx, outside_vecs
    if negatives.shape[1] == 0:
        return naive_softmax_loss_and_gradients(*pair)[1:]
    return negative_sampling_loss_and_gradients(*pair, negatives)[1:]
