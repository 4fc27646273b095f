"""The same functions as a student would first write them: one formula, one loop.

Read them beside the vectorised functions of the same name; the tests hold them equal. They are
slow, they overflow for large scores, and they take one pair only.
"""

import math

import numpy as np

from ._validation import Array


def sigmoid(x: float) -> float:
    """One over one plus exp(-x); overflows for x below -709.

    Examples
    --------
    >>> sigmoid(0.0)
    0.5
    """
    return 1 / (1 + math.exp(-x))


def softmax(scores: Array) -> Array:
    """Exponentials divided by their sum, scores (V,) -> (V,); overflows above 709.

    Examples
    --------
    >>> softmax(np.array([0.0, 0.0]))
    array([0.5, 0.5])
    """
    total = 0.0
    for score in scores:
        total += math.exp(score)
    return np.array([math.exp(score) / total for score in scores])


def naive_softmax_loss_and_gradients(
    center_vec: Array, outside_idx: int, outside_vecs: Array
) -> tuple[float, Array, Array]:
    """Softmax loss of one pair, in nats, with a loop over the vocabulary.

    Shapes as in `wordgrad.naive_softmax_loss_and_gradients`: center_vec (d,), outside_vecs
    (V, d) -> loss, grad_center (d,), grad_outside (V, d). Chapter *naive-softmax*.

    Examples
    --------
    >>> loss, _, _ = naive_softmax_loss_and_gradients(np.ones(2), 0, np.eye(2))
    >>> round(loss, 6)  # log 2
    0.693147
    """
    vocab_size = len(outside_vecs)
    probs = softmax(np.array([outside_vecs[w] @ center_vec for w in range(vocab_size)]))
    grad_center = np.zeros(len(center_vec))
    grad_outside = np.zeros((vocab_size, len(center_vec)))
    for w in range(vocab_size):
        error = probs[w] - 1 if w == outside_idx else probs[w]
        grad_center += error * outside_vecs[w]
        grad_outside[w] = error * center_vec
    return -math.log(probs[outside_idx]), grad_center, grad_outside


def negative_sampling_loss_and_gradients(
    center_vec: Array, outside_idx: int, outside_vecs: Array, negative_idx: Array
) -> tuple[float, Array, Array]:
    """Negative-sampling loss of one pair, in nats, with a loop over the negatives.

    Shapes as in `wordgrad.negative_sampling_loss_and_gradients`: center_vec (d,), outside_vecs
    (V, d), negative_idx (K,) -> loss, grad_center (d,), grad_outside (V, d). The row of a negative
    is added to, not assigned: it may have been drawn before. Chapter *negative-sampling*.

    Examples
    --------
    >>> loss, _, _ = negative_sampling_loss_and_gradients(np.zeros(2), 0, np.eye(2), np.array([1]))
    >>> round(loss, 6)  # 2 log 2
    1.386294
    """
    prob = sigmoid(outside_vecs[outside_idx] @ center_vec)
    loss = -math.log(prob)
    grad_center = (prob - 1) * outside_vecs[outside_idx]
    grad_outside = np.zeros((len(outside_vecs), len(center_vec)))
    grad_outside[outside_idx] += (prob - 1) * center_vec
    for k in negative_idx:
        prob = sigmoid(-outside_vecs[k] @ center_vec)
        loss -= math.log(prob)
        grad_center += (1 - prob) * outside_vecs[k]
        grad_outside[k] += (1 - prob) * center_vec
    return loss, grad_center, grad_outside
