"""Draw negatives: word frequencies to the power 3/4."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from ._validation import Array, indices, real_numbers


def unigram_distribution(counts: npt.ArrayLike, power: float = 0.75) -> Array:
    r"""Probability of each word as a negative.

    Parameters
    ----------
    counts : array_like, shape (V,)
        How often each word occurs; none negative, at least one positive.
    power : float, default 0.75
        1 keeps the frequencies, 0 makes all words that occur equally likely.

    Returns
    -------
    ndarray of float64, shape (V,)
        Probabilities; a word that never occurs has 0.

    Raises
    ------
    ValueError
        If `counts` has another shape, a negative entry or no positive one, or `power` is
        negative or not finite.

    Notes
    -----
    Chapter *negative-sampling*: :math:`P(w) \propto \mathrm{count}(w)^{3/4}` [1]_.

    References
    ----------
    .. [1] T. Mikolov, I. Sutskever, K. Chen, G. Corrado, J. Dean, "Distributed Representations
       of Words and Phrases and their Compositionality" (2013), arXiv:1310.4546.

    Examples
    --------
    >>> unigram_distribution([16, 1, 0])
    array([0.88888889, 0.11111111, 0.        ])
    """
    occurrences = real_numbers("counts", counts)
    if occurrences.ndim != 1:
        raise ValueError(f"counts has shape {occurrences.shape}; it must have shape (V,)")
    if (occurrences < 0).any() or not (occurrences > 0).any():
        raise ValueError("counts must have no negative entry and at least one positive one")
    if real_numbers("power", power) < 0:
        raise ValueError(f"power is {power}; it must not be negative")
    shares = occurrences.astype(np.float64) / occurrences.max()
    weights = np.where(shares > 0, shares**power, 0)
    return np.asarray(weights / weights.sum())


class NegativeSampler:
    """Draws the rows of negatives at random.

    Parameters
    ----------
    counts : array_like, shape (V,)
        How often each word occurs.
    power : float, default 0.75
        See `unigram_distribution`.

    Attributes
    ----------
    probabilities : ndarray, shape (V,)
        Probability of each word.

    Raises
    ------
    ValueError
        As for `unigram_distribution`.

    Examples
    --------
    >>> sampler = NegativeSampler([5, 3, 0, 2])
    >>> negatives = sampler.sample((1000, 4), np.random.default_rng(0))
    >>> negatives.shape, 2 in negatives
    ((1000, 4), False)
    >>> 0 in sampler.sample(1000, np.random.default_rng(0), avoid=0)
    False
    """

    def __init__(self, counts: npt.ArrayLike, power: float = 0.75) -> None:
        self.probabilities = unigram_distribution(counts, power)
        self._upper = np.cumsum(self.probabilities)  # word w owns [upper[w-1], upper[w])
        self._lower = np.concatenate([[0.0], self._upper[:-1]])
        self._last = int(np.flatnonzero(self.probabilities)[-1])

    def sample(
        self,
        size: int | tuple[int, ...],
        rng: np.random.Generator,  # in quotes, so that import wordgrad does not load it
        avoid: npt.ArrayLike | None = None,
    ) -> npt.NDArray[np.intp]:
        """Draw negatives.

        Parameters
        ----------
        size : int or tuple of int
            Shape of the result.
        rng : numpy.random.Generator
            Source of randomness.
        avoid : int or array_like of int, shape that broadcasts to `size`, optional
            Word that must not be drawn, such as the outside word: the others keep their ratios.
            For draws of shape (B, K) and outside words of shape (B,) pass ``outside_idx[:, None]``.

        Returns
        -------
        ndarray of int, shape `size`
            Rows, drawn with replacement.

        Raises
        ------
        ValueError
            If `avoid` is not a word or leaves no other word, or `rng` is not a Generator.

        Notes
        -----
        Chapter *negative-sampling*. The loss allows an outside word among its negatives, and so
        does this sampler unless told to avoid it, as the original C program does.
        """
        if not isinstance(rng, np.random.Generator):
            raise ValueError(f"rng is {rng!r}; pass np.random.default_rng(seed)")
        point: Array = np.asarray(rng.random(size))
        if avoid is None:
            point *= self._upper[-1]
        else:
            point = self._skip(point, avoid)
        drawn = np.searchsorted(self._upper, point, side="right")
        return np.asarray(np.minimum(drawn, self._last), dtype=np.intp)

    def _skip(self, point: Array, avoid: npt.ArrayLike) -> Array:
        """Spread the points over [0, total) without the interval of the word to avoid."""
        word = indices("avoid", avoid, np.shape(avoid), ("counts", len(self._upper)))
        try:
            word = np.broadcast_to(word, point.shape)
        except ValueError as error:
            raise ValueError(
                f"avoid has shape {word.shape}, which does not broadcast to size {point.shape}"
            ) from error
        lower, upper = self._lower[word], self._upper[word]
        others = lower + (self._upper[-1] - upper)
        if (others <= 0).any():
            raise ValueError("avoid names the only word that occurs, so none is left to draw")
        point = point * others
        return np.where(point < lower, point, upper + (point - lower))
