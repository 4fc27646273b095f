"""A window of context words: skip-gram and CBOW, built from the loss of one pair."""

from __future__ import annotations

from typing import Any, Literal

import numpy as np
import numpy.typing as npt

from ._pair_loss import PairLoss, call_pair, pair_function
from ._precision import quiet
from ._validation import Array, indices, one_space, vectors


@quiet
def skipgram(
    center_idx: npt.ArrayLike,
    outside_idxs: npt.ArrayLike,
    center_vecs: npt.ArrayLike,
    outside_vecs: npt.ArrayLike,
    pair_loss: PairLoss = "softmax",
    negative_idxs: npt.ArrayLike | None = None,
) -> tuple[Any, Array, Array]:
    r"""Skip-gram loss of one window: the center word predicts each context word.

    Parameters
    ----------
    center_idx : int
        Row of the center word in `center_vecs`.
    outside_idxs : array_like of int, shape (n_context,)
        Rows of the context words in `outside_vecs`; a word may occur twice.
    center_vecs, outside_vecs : array_like, shape (V, d)
        Center vectors and outside vectors, one row per word.
    pair_loss : {"softmax", "negative_sampling"} or function, default "softmax"
        Loss of one pair. A function is called as ``pair_loss(center_vec, outside_idx,
        outside_vecs)``, with the negatives as a fourth argument if they are given, and returns
        ``(loss, grad_center, grad_outside)``.
    negative_idxs : array_like of int, shape (n_context, K), optional
        Negatives of each context word: needed by "negative_sampling", refused by "softmax".

    Returns
    -------
    loss : scalar
        Sum over the context words, in nats.
    grad_center_vecs, grad_outside_vecs : ndarray, shape (V, d)
        Gradients; of `grad_center_vecs` only the row of the center word is not zero.

    Raises
    ------
    ValueError
        If `pair_loss` is unknown, negatives are missing or superfluous, there is no context
        word, shapes do not fit, or an index is not a row.

    Notes
    -----
    Chapter *window* [1]_:

    .. math:: J = \sum_{-m\le j\le m,\,j\ne0} F(w_{c+j}, v_c), \qquad
       \frac{\partial J}{\partial v_c} = \sum_j \frac{\partial F(w_{c+j}, v_c)}{\partial v_c},
       \qquad \frac{\partial J}{\partial v_w} = 0 \quad (w\ne c).

    References
    ----------
    .. [1] T. Mikolov, K. Chen, G. Corrado, J. Dean, "Efficient Estimation of Word
       Representations in Vector Space" (2013), arXiv:1301.3781.

    Examples
    --------
    >>> zeros = np.zeros((4, 2))
    >>> loss, _, _ = skipgram(0, [1, 2], zeros, zeros)
    >>> round(float(loss), 6)  # 2 log 4
    2.772589
    >>> loss, _, _ = skipgram(0, [1, 2], zeros, zeros, "negative_sampling", [[3, 3], [0, 3]])
    >>> round(float(loss), 6)  # 6 log 2
    4.158883
    """
    pair = pair_function(pair_loss, "negative_idxs", negative_idxs)
    centers, outsides = _matrices(center_vecs, outside_vecs)
    center = indices("center_idx", center_idx, (), ("center_vecs", len(centers)))
    words = indices("outside_idxs", outside_idxs, (None,), ("outside_vecs", len(outsides)))
    negatives = _negatives("negative_idxs", negative_idxs, (len(words), None), len(outsides))
    loss: Any = 0.0
    grad_centers, grad_outsides = np.zeros_like(centers), np.zeros_like(outsides)
    for j, word in enumerate(words):
        drawn = None if negatives is None else negatives[j]
        value, grad_center, grad_outside = call_pair(pair, centers[center], word, outsides, drawn)
        loss = loss + value
        grad_centers[center] += grad_center  # one row, so += is safe
        grad_outsides += grad_outside
    return loss, grad_centers, grad_outsides


@quiet
def cbow(
    outside_idxs: npt.ArrayLike,
    center_idx: npt.ArrayLike,
    center_vecs: npt.ArrayLike,
    outside_vecs: npt.ArrayLike,
    pair_loss: PairLoss = "softmax",
    combine: Literal["sum", "mean"] = "sum",
    negative_idx: npt.ArrayLike | None = None,
) -> tuple[Any, Array, Array]:
    r"""CBOW loss of one window: the context words together predict the center word.

    The context words enter with their *center* vectors (they are the input), the predicted word
    with its outside vector.

    Parameters
    ----------
    outside_idxs : array_like of int, shape (n_context,)
        Rows of the context words in `center_vecs`; a word may occur twice or be the center word.
    center_idx : int
        Row of the predicted word in `outside_vecs`.
    center_vecs, outside_vecs, pair_loss
        As for `skipgram`.
    combine : {"sum", "mean"}, default "sum"
        How the context vectors become one: "sum" as in the original assignment, "mean" as in
        gensim.
    negative_idx : array_like of int, shape (K,), optional
        Negatives of the predicted word: needed by "negative_sampling", refused by "softmax".

    Returns
    -------
    loss : scalar
        In nats.
    grad_center_vecs, grad_outside_vecs : ndarray, shape (V, d)
        Gradients; a context word that occurs twice gets its share twice.

    Raises
    ------
    ValueError
        If `pair_loss` or `combine` is unknown, negatives are missing or superfluous, there is no
        context word, shapes do not fit, or an index is not a row.

    Notes
    -----
    Chapter *window*. With :math:`\hat v = a\sum_j v_{w_{c+j}}`, a = 1 (sum) or one over the
    number of context words (mean), and :math:`m_w` the number of times that w occurs among them,

    .. math:: J = F(w_c, \hat v), \qquad
       \frac{\partial J}{\partial v_w} = a\,m_w\,\frac{\partial F}{\partial \hat v}.

    Examples
    --------
    >>> center_vecs = np.array([[1.0, 0.0], [0.0, 1.0], [0.0, 0.0]])
    >>> loss, grad_center_vecs, _ = cbow([0, 0, 1], 2, center_vecs, np.eye(3, 2))
    >>> grad_center_vecs[0] == 2 * grad_center_vecs[1]
    array([ True,  True])
    """
    pair = pair_function(pair_loss, "negative_idx", negative_idx)
    if combine not in ("sum", "mean"):
        raise ValueError(f"combine is {combine!r}; it must be 'sum' or 'mean'")
    centers, outsides = _matrices(center_vecs, outside_vecs)
    words = indices("outside_idxs", outside_idxs, (None,), ("center_vecs", len(centers)))
    center = indices("center_idx", center_idx, (), ("outside_vecs", len(outsides)))
    negative = _negatives("negative_idx", negative_idx, (None,), len(outsides))
    share = 1.0 if combine == "sum" else 1.0 / len(words)
    context = share * centers[words].sum(axis=0)
    loss, grad_context, grad_outsides = call_pair(pair, context, center, outsides, negative)
    grad_centers = np.zeros_like(centers)
    np.add.at(grad_centers, words, share * grad_context)  # a repeated word gets its share again
    return loss, grad_centers, grad_outsides


def _matrices(center_vecs: npt.ArrayLike, outside_vecs: npt.ArrayLike) -> tuple[Array, Array]:
    centers = vectors("center_vecs", center_vecs, "(V, d)")
    outsides = vectors("outside_vecs", outside_vecs, "(V, d)")
    return one_space("center_vecs", centers, "outside_vecs", outsides)


def _negatives(
    name: str, value: npt.ArrayLike | None, shape: tuple[int | None, ...], n_rows: int
) -> npt.NDArray[np.intp] | None:
    return None if value is None else indices(name, value, shape, ("outside_vecs", n_rows))
