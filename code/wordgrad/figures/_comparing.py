"""Compare few numbers with few numbers: an exact test, a correction for many tests, luck."""

from collections.abc import Sequence
from itertools import combinations
from typing import Any

import numpy as np
import numpy.typing as npt

__all__ = ["best_of", "holm", "permutation_p"]

Floats = npt.NDArray[np.floating[Any]]


def permutation_p(a: npt.ArrayLike, b: npt.ArrayLike) -> float:
    """Share of all ways to split the numbers whose means differ as much as those of a and b.

    If it does not matter which setting a number came from, every split was equally likely. The
    test counts them all, so it assumes nothing about how the numbers are distributed.

    Parameters
    ----------
    a, b : array_like, shapes (n,) and (m,)
        Few numbers: there are "n + m over m" splits.

    Examples
    --------
    >>> permutation_p([1, 2, 3], [7, 8, 9])
    0.1
    """
    x, y = np.asarray(a, dtype=np.float64), np.asarray(b, dtype=np.float64)
    both = np.concatenate([x, y])
    chosen = np.array(list(combinations(range(len(both)), len(y))))  # (splits, m)
    sums = both[chosen].sum(axis=1)
    differences = sums / len(y) - (both.sum() - sums) / len(x)
    seen = abs(y.mean() - x.mean())
    return float((np.abs(differences) >= seen - 1e-12).mean())


def holm(chances: Sequence[float]) -> list[float]:
    """Correct chances of error for the number of tests, as Holm does; in the same order.

    The smallest is multiplied by the number of tests, the next by one less, and so on; none may be
    smaller than the one before.

    Examples
    --------
    >>> holm([0.01, 0.5, 0.02])
    [0.03, 0.5, 0.04]
    """
    order = np.argsort(chances)
    factors = len(chances) - np.arange(len(chances))
    raised = np.maximum.accumulate(np.asarray(chances)[order] * factors)
    result = np.empty(len(chances))
    result[order] = np.minimum(raised, 1)
    return [round(float(value), 12) for value in result]


def best_of(values: npt.ArrayLike, tries: int) -> float:
    """Mean of the largest of `tries` of the values, over all ways to choose them.

    Examples
    --------
    >>> best_of([1, 2, 3], 1), best_of([1, 2, 3], 3)
    (2.0, 3.0)
    """
    groups = np.array(list(combinations(np.asarray(values, dtype=np.float64), tries)))
    return float(groups.max(axis=1).mean())
