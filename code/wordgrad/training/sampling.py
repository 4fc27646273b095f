"""Draw words by their probability, in constant time each: Walker's alias method."""

import numpy as np
import numpy.typing as npt


class AliasSampler:
    r"""Draws rows with given probabilities, as fast for a million words as for ten.

    Parameters
    ----------
    probabilities : array_like, shape (V,)
        Weights of the rows; none negative, at least one positive. They are scaled to sum to one.

    Raises
    ------
    ValueError
        If the weights have another shape, or one is negative or not finite, or all are zero.

    Notes
    -----
    Chapter *fast*. Cut the probabilities into V boxes of equal size so that no box holds more
    than two words: box w holds w itself up to ``threshold[w]`` and ``alias[w]`` above [1]_. A draw
    is a box and a point in it: two random numbers and two look-ups, instead of a search through
    the cumulative sums. The boxes are filled by one sweep: words below the average are served in
    turn by those above it, and whoever of these falls below the average is served by the next [2]_.
    Cumulative sums say who meets whom, so the sweep needs no loop.

    References
    ----------
    .. [1] A. J. Walker, "An efficient method for generating discrete random variables with
       general distributions", ACM Transactions on Mathematical Software 3 (1977).
    .. [2] L. Hübschle-Schneider, P. Sanders, "Parallel weighted random sampling", ACM
       Transactions on Mathematical Software 48 (2022).

    Examples
    --------
    >>> sampler = AliasSampler([0.5, 0.3, 0.0, 0.2])
    >>> drawn = sampler.sample(100_000, np.random.default_rng(0))
    >>> (np.bincount(drawn, minlength=4) / 100_000).round(2)
    array([0.5, 0.3, 0. , 0.2])
    """

    def __init__(self, probabilities: npt.ArrayLike) -> None:
        weights = np.asarray(probabilities, dtype=np.float64)
        if weights.ndim != 1 or not np.isfinite(weights).all() or (weights < 0).any():
            raise ValueError(
                f"probabilities has shape {weights.shape}; it must be (V,), finite, not negative"
            )
        if not weights.any():
            raise ValueError("probabilities are all zero; at least one must be positive")
        filled = weights * (len(weights) / weights.sum())  # 1 is a full box
        self.threshold = np.minimum(filled, 1).astype(np.float32)
        self.alias = np.arange(len(weights), dtype=np.int32)
        _serve(filled, self.threshold, self.alias)

    def sample(
        self, size: int | tuple[int, ...], rng: np.random.Generator
    ) -> npt.NDArray[np.int32]:
        """Draw rows with replacement, shape `size`.

        Examples
        --------
        >>> AliasSampler([0.0, 1.0]).sample((2, 3), np.random.default_rng(0))
        array([[1, 1, 1],
               [1, 1, 1]], dtype=int32)
        """
        box = rng.integers(0, len(self.alias), size, dtype=np.int32)
        stays = rng.random(size, dtype=np.float32) < self.threshold[box]
        return np.where(stays, box, self.alias[box])


def _serve(
    filled: npt.NDArray[np.float64],
    threshold: npt.NDArray[np.float32],
    alias: npt.NDArray[np.int32],
) -> None:
    """Fill `threshold` and `alias` in place; `filled` (V,) has mean 1."""
    full = min(1.0, filled.max())  # rounding may leave equal weights all just below 1
    low, high = np.flatnonzero(filled < full), np.flatnonzero(filled >= full)
    need = np.cumsum(1 - filled[low])  # what the first k low words lack together
    spare = np.cumsum(filled[high] - 1)  # what the first j high words can give together
    last = len(high) - 1
    # Low word k is served by the first high word that is not used up by those before k.
    before = np.concatenate([[0.0], need[:-1]]) if len(low) else need
    alias[low] = high[np.minimum(np.searchsorted(spare, before, side="right"), last)]
    # High word j falls below a full box at the low word that asks for its last spare part, unless
    # there is none or the spare was used up exactly before; the next high word serves j.
    at = np.searchsorted(need, spare[:-1], side="right")
    falls = np.flatnonzero(at < len(low))
    falls = falls[before[at[falls]] < spare[falls]]
    threshold[high[falls]] = np.clip(1 + spare[falls] - need[at[falls]], 0, 1)
    alias[high[falls]] = high[falls + 1]
