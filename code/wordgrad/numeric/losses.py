"""The losses of one (center, outside) pair and their gradients: softmax, negative sampling."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from ._precision import quiet
from ._validation import Array, axis_index, indices, one_space, real_numbers, vectors
from .activations import log_sigmoid, log_softmax, sigmoid, softmax


@quiet
def cross_entropy(target: npt.ArrayLike, scores: npt.ArrayLike, axis: int = -1) -> Any:
    r"""Cross-entropy between a target distribution and the softmax of scores, in nats.

    Parameters
    ----------
    target : array_like, shape (..., V, ...)
        Probabilities y that sum to one along `axis`; one-hot for a single right word.
    scores : array_like, shape of `target`
        Scores before the softmax. Probabilities are not accepted in their place: their
        logarithm may be minus infinity, that of softmax(scores) never is.
    axis : int, default -1
        The axis of the distribution.

    Returns
    -------
    ndarray or scalar, shape of `scores` without `axis`
        The loss. Its gradient with respect to the scores is ``softmax(scores) - target``.

    Raises
    ------
    ValueError
        If the shapes differ, an entry of `target` is negative, or a sum is not one.

    Notes
    -----
    Chapter *naive-softmax*: :math:`J = -\sum_w y_w \log\hat y_w`,
    :math:`\hat y = \operatorname{softmax}(\theta)`.

    Examples
    --------
    >>> float(cross_entropy([0, 1, 0], [2.0, 2.0, 2.0])) == float(np.log(3))
    True
    """
    log_probs = log_softmax(scores, axis)
    truth = real_numbers("target", target)
    axis = axis_index("scores", axis, log_probs)
    if truth.shape != log_probs.shape:
        raise ValueError(
            f"target has shape {truth.shape}, scores {log_probs.shape}: they must be equal"
        )
    if (truth < 0).any():
        raise ValueError(f"target contains {truth.min()}; no probability is negative")
    totals = truth.sum(axis=axis)
    if not np.allclose(totals, 1, rtol=0, atol=1e-4):
        worst = totals.flat[np.argmax(np.abs(totals - 1))]
        raise ValueError(f"target sums to {worst} along axis {axis}; probabilities sum to 1")
    truth = truth.astype(log_probs.real.dtype, copy=False)
    return 0.0 - (truth * log_probs).sum(axis=axis)  # 0.0 - x, so that a loss of 0 is not -0


def _pair(center_vec: npt.ArrayLike, outside_vecs: npt.ArrayLike) -> tuple[Array, Array]:
    center = vectors("center_vec", center_vec, "(d,) or (B, d)")
    outside = vectors("outside_vecs", outside_vecs, "(V, d)")
    return one_space("center_vec", center, "outside_vecs", outside)


def _dot(rows: Array, center: Array) -> Array:
    """Return the score of each row, rows (..., n, d) and center (..., d) -> (..., n)."""
    with np.errstate(over="ignore", invalid="ignore", under="ignore"):
        scores: Array = (rows @ center[..., None])[..., 0]
    if not np.isfinite(scores).all():
        raise ValueError(
            f"center_vec and outside_vecs have dot products beyond {scores.real.dtype}; "
            "scale the vectors down"
        )
    return scores


@quiet
def naive_softmax_loss_and_gradients(
    center_vec: npt.ArrayLike, outside_idx: npt.ArrayLike, outside_vecs: npt.ArrayLike
) -> tuple[Any, Array, Array]:
    r"""Softmax loss of one outside word given its center word, with both gradients.

    Parameters
    ----------
    center_vec : array_like, shape (d,) or (B, d)
        Vector v_c of the center word, or a batch of them.
    outside_idx : int, or array_like of int, shape (B,)
        Row o of the outside word, one for each center vector.
    outside_vecs : array_like, shape (V, d)
        Outside vectors U, one row per word.

    Returns
    -------
    loss : scalar or ndarray, shape (B,)
        The loss of each pair, in nats.
    grad_center : ndarray, shape of `center_vec`
        Gradient of each loss with respect to its center vector.
    grad_outside : ndarray, shape (V, d)
        Gradient with respect to U, which the batch shares: summed over the batch.

    Raises
    ------
    ValueError
        If shapes do not fit, an index is not a row of `outside_vecs`, or a number is not finite.

    Notes
    -----
    Chapter *naive-softmax*, with :math:`\hat y = \operatorname{softmax}(U v_c)` and y one-hot
    of o [1]_:

    .. math:: J = -\log \hat y_o, \qquad
       \frac{\partial J}{\partial v_c} = U^\top(\hat y-y), \qquad
       \frac{\partial J}{\partial U} = (\hat y-y)\,v_c^\top .

    Float32 and float64 input gives the same dtype; complex input stays complex, for the complex
    step.

    References
    ----------
    .. [1] T. Mikolov, K. Chen, G. Corrado, J. Dean, "Efficient Estimation of Word
       Representations in Vector Space" (2013), arXiv:1301.3781.

    Examples
    --------
    >>> loss, grad_center, grad_outside = naive_softmax_loss_and_gradients(
    ...     [1.0, 0.0], 0, [[0.0, 1.0], [0.0, -1.0]])
    >>> round(float(loss), 6)  # log 2
    0.693147
    >>> grad_center
    array([ 0., -1.])
    >>> grad_outside
    array([[-0.5,  0. ],
           [ 0.5,  0. ]])
    """
    center, outside = _pair(center_vec, outside_vecs)
    idx = indices("outside_idx", outside_idx, center.shape[:-1], ("outside_vecs", len(outside)))
    scores = _dot(outside, center)  # (..., V)
    log_prob = np.take_along_axis(log_softmax(scores), idx[..., None], -1)  # (..., 1)
    error = softmax(scores)  # becomes y_hat - y
    np.put_along_axis(error, idx[..., None], np.expm1(log_prob), -1)  # y_hat - 1 cancels
    grad_outside = np.atleast_2d(error).T @ np.atleast_2d(center)
    return (0.0 - log_prob)[..., 0], error @ outside, grad_outside


@quiet
def negative_sampling_loss_and_gradients(
    center_vec: npt.ArrayLike,
    outside_idx: npt.ArrayLike,
    outside_vecs: npt.ArrayLike,
    negative_idx: npt.ArrayLike,
) -> tuple[Any, Array, Array]:
    r"""Negative-sampling loss of one outside word given its center word, with both gradients.

    Parameters
    ----------
    center_vec, outside_idx, outside_vecs
        As for `naive_softmax_loss_and_gradients`.
    negative_idx : array_like of int, shape (K,) or (B, K)
        Rows of the negatives. A row that occurs twice counts twice; the outside word itself may
        be among them.

    Returns
    -------
    loss, grad_center, grad_outside
        As for `naive_softmax_loss_and_gradients`; rows that were not drawn have gradient 0.

    Raises
    ------
    ValueError
        If shapes do not fit, an index is not a row of `outside_vecs`, there is no negative, or a
        number is not finite.

    Notes
    -----
    Chapter *negative-sampling* [1]_ [2]_. With :math:`n_k` the index of negative k and
    :math:`m_w` the number of k with :math:`n_k=w`,

    .. math::

       J &= -\log\sigma(u_o^\top v_c) - \sum_k \log\sigma(-u_{n_k}^\top v_c), \\
       \frac{\partial J}{\partial v_c} &= -\sigma(-u_o^\top v_c)\,u_o
           + \sum_k \sigma(u_{n_k}^\top v_c)\,u_{n_k}, \\
       \frac{\partial J}{\partial u_w} &= \bigl(m_w\,\sigma(u_w^\top v_c)
           - [w=o]\,\sigma(-u_w^\top v_c)\bigr)\,v_c .

    References
    ----------
    .. [1] T. Mikolov, I. Sutskever, K. Chen, G. Corrado, J. Dean, "Distributed Representations
       of Words and Phrases and their Compositionality" (2013), arXiv:1310.4546.
    .. [2] Y. Goldberg, O. Levy, "word2vec Explained: Deriving Mikolov et al.'s Negative-Sampling
       Word-Embedding Method" (2014), arXiv:1402.3722.

    Examples
    --------
    >>> loss, grad_center, grad_outside = negative_sampling_loss_and_gradients(
    ...     [1.0, 0.0], 0, [[0.0, 1.0], [0.0, -1.0]], negative_idx=[1, 1])
    >>> round(float(loss), 6)  # 3 log 2
    2.079442
    >>> grad_outside  # the second row was drawn twice
    array([[-0.5,  0. ],
           [ 1. ,  0. ]])
    """
    center, outside = _pair(center_vec, outside_vecs)
    batch, rows_of = center.shape[:-1], ("outside_vecs", len(outside))
    positive = indices("outside_idx", outside_idx, batch, rows_of)
    negative = indices("negative_idx", negative_idx, (*batch, None), rows_of)
    idx = np.concatenate([positive[..., None], negative], axis=-1)  # (..., 1 + K)
    sign = np.where(np.arange(idx.shape[-1]) == 0, 1, -1).astype(center.real.dtype)
    rows = outside[idx]  # (..., 1 + K, d)
    margins = sign * _dot(rows, center)
    slope = -sign * sigmoid(-margins)  # dJ/dscore, (..., 1 + K)
    grad_outside = np.zeros_like(outside)
    # Not grad_outside[idx] += ...: that would count a repeated row once.
    np.add.at(grad_outside, idx, slope[..., None] * center[..., None, :])
    grad_center = (slope[..., None, :] @ rows)[..., 0, :]
    return 0.0 - log_sigmoid(margins).sum(axis=-1), grad_center, grad_outside
