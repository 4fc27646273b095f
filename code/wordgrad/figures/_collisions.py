"""How often negatives repeat or hit the outside word: exactly, and by drawing."""

import math
from typing import Any

import numpy as np
import numpy.typing as npt

from wordgrad.numeric import NegativeSampler, unigram_distribution

__all__ = ["chances", "drawn", "zipf_counts"]

Floats = npt.NDArray[np.floating[Any]]


def zipf_counts(vocab_size: int) -> Floats:
    """Occurrences by Zipf's law: the word of rank r occurs 1/r times as often as the first.

    Examples
    --------
    >>> zipf_counts(3)
    array([1.        , 0.5       , 0.33333333])
    """
    return np.asarray(1 / np.arange(1, vocab_size + 1))


def chances(counts: npt.ArrayLike, most_negatives: int) -> Floats:
    """Chances that of K negatives two are equal, that one is the outside word, that either is so.

    The outside word is drawn from the frequencies, the negatives from their power 3/4.  Distinct
    negatives have the chance K! e_K(p), with the elementary symmetric polynomial e_K: the sum over
    all sets of K words of the product of their probabilities.

    Parameters
    ----------
    counts : array_like, shape (V,)
    most_negatives : int
        Largest K.

    Returns
    -------
    ndarray, shape (most_negatives, 3)
        Repeat, hit, either, for K = 1, 2, ...

    Examples
    --------
    >>> chances([1, 1], 2)  # of two alike words one is o
    array([[0.  , 0.5 , 0.5 ],
           [0.5 , 0.75, 1.  ]])
    """
    frequencies, probs = unigram_distribution(counts, power=1), unigram_distribution(counts)
    sets = np.zeros(most_negatives + 1)  # e_0 .. e_K of the words seen so far
    sets[0] = 1
    for prob in probs:
        sets[1:] += prob * sets[:-1]
    without = np.ones(len(probs))  # e_k of all words but one
    rows = []
    for k in range(1, most_negatives + 1):
        without = sets[k] - probs * without
        orders = math.factorial(k)
        miss = frequencies @ (1 - probs) ** k
        rows.append([1 - orders * sets[k], 1 - miss, 1 - orders * (frequencies @ without)])
    return np.array(rows)


def drawn(
    counts: npt.ArrayLike, n_negatives: int, n_pairs: int, rng: np.random.Generator
) -> tuple[float, float, float]:
    """Shares of `n_pairs` drawn pairs in which negatives repeat, hit the outside word, or either.

    Parameters
    ----------
    counts : array_like, shape (V,)
    n_negatives : int
        K.
    n_pairs : int
    rng : numpy.random.Generator

    Examples
    --------
    >>> drawn([1, 1], 3, 10, np.random.default_rng(0))[0]  # three draws of two words
    1.0
    """
    outside_idx = NegativeSampler(counts, power=1).sample((n_pairs, 1), rng)
    negative_idx = np.sort(NegativeSampler(counts).sample((n_pairs, n_negatives), rng))
    repeat = (np.diff(negative_idx) == 0).any(axis=1)
    hit = (negative_idx == outside_idx).any(axis=1)
    return float(repeat.mean()), float(hit.mean()), float((repeat | hit).mean())
