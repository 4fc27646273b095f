"""A whole window at once: its gradients in one pass, and its weights when the radius is drawn."""

from typing import Any

import numpy as np
import numpy.typing as npt

from wordgrad.numeric import sigmoid, softmax

__all__ = ["drawn_rows_pass", "drawn_weights", "one_pass"]

Floats = npt.NDArray[np.floating[Any]]
Indices = npt.NDArray[np.intp]


def one_pass(vector: Floats, counts: Floats, outside_vecs: Floats) -> tuple[Floats, Floats]:
    """Gradients under softmax with one softmax for all words to be predicted.

    Skip-gram: `vector` is v_c and `counts` the bag of words b.  CBOW: `vector` is vhat and
    `counts` the one-hot y.

    Parameters
    ----------
    vector : ndarray, shape (d,)
    counts : ndarray, shape (V,)
        How often each word is to be predicted.
    outside_vecs : ndarray, shape (V, d)

    Returns
    -------
    grad_vector : ndarray, shape (d,)
    grad_outside_vecs : ndarray, shape (V, d)

    Examples
    --------
    >>> grad_vector, _ = one_pass(np.zeros(2), np.array([0.0, 2.0]), np.eye(2))
    >>> grad_vector
    array([ 1., -1.])
    """
    error = counts.sum() * softmax(outside_vecs @ vector) - counts
    return outside_vecs.T @ error, np.outer(error, vector)


def drawn_rows_pass(
    vector: Floats, outside_idxs: Indices, outside_vecs: Floats, negative_idxs: Indices
) -> tuple[Floats, Indices, Floats]:
    """Gradients of a skip-gram window with negatives; only rows of U that occur in it are read.

    Parameters
    ----------
    vector : ndarray, shape (d,)
    outside_idxs : ndarray of int, shape (n_context,)
    outside_vecs : ndarray, shape (V, d)
    negative_idxs : ndarray of int, shape (n_context, K)

    Returns
    -------
    grad_vector : ndarray, shape (d,)
    rows : ndarray of int, shape (R,)
        The different words in the loss.
    grad_rows : ndarray, shape (R, d)
        Gradients by their outside vectors; that of every other word is 0.

    Examples
    --------
    >>> _, rows, grad_rows = drawn_rows_pass(
    ...     np.ones(1), np.array([4]), np.zeros((9, 1)), np.array([[7, 7]])
    ... )
    >>> rows, grad_rows.ravel()
    (array([4, 7]), array([-0.5,  1. ]))
    """
    words = np.column_stack([outside_idxs, negative_idxs])  # (n_context, 1 + K)
    rows, place = np.unique(words, return_inverse=True)
    place = place.reshape(words.shape)
    in_window = np.bincount(place[:, 0], minlength=len(rows))  # b
    in_loss = np.bincount(place.ravel(), minlength=len(rows))  # b + r
    error = in_loss * sigmoid(outside_vecs[rows] @ vector) - in_window
    return outside_vecs[rows].T @ error, rows, np.outer(error, vector)


def drawn_weights(window: int, n_positions: int) -> Floats:
    """Pairs at each distance per center word and side, counted over drawn windows, (window,).

    Examples
    --------
    >>> drawn_weights(1, 5)
    array([1.])
    """
    rng = np.random.default_rng(2)
    radii = rng.integers(1, window + 1, size=n_positions)
    pairs = np.concatenate([np.arange(1, radius + 1) for radius in radii])
    return np.bincount(pairs, minlength=window + 1)[1:] / n_positions
