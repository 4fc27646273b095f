"""The tokens of a chunk that survive subsampling, and how far the window of each one reaches."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[np.intp]


@dataclass(frozen=True, eq=False)
class Chunk:
    """Consecutive tokens with their windows.

    Parameters
    ----------
    tokens : ndarray of int, shape (n,)
        Rows of the tokens.
    left, right : ndarray of int, shape (n,)
        Number of context words on each side: the drawn window radius, cut at the ends of the
        sentence. The context of token i is ``tokens[i - left[i] : i + right[i] + 1]`` without
        token i itself.

    Examples
    --------
    >>> chunk = Chunk(np.array([3, 1, 2]), np.array([0, 1, 2]), np.array([1, 1, 0]))
    >>> chunk.context(1).tolist(), chunk.n_pairs
    ([3, 2], 5)
    """

    tokens: Ints
    left: Ints
    right: Ints

    def context(self, i: int) -> Ints:
        """Return the rows of the context words of token `i`."""
        start, end = i - self.left[i], i + self.right[i] + 1
        return np.concatenate([self.tokens[start:i], self.tokens[i + 1 : end]])

    @property
    def n_pairs(self) -> int:
        """Number of (center, outside) pairs."""
        return int(self.left.sum() + self.right.sum())


def draw_chunk(
    ids: npt.NDArray[np.int32],
    keep_probability: npt.NDArray[np.float64],
    window: int,
    rng: np.random.Generator,
) -> Chunk:
    """Drop rare words and subsampled tokens, then draw the window radius of each token.

    Parameters
    ----------
    ids : ndarray of int32, shape (n,)
        Part of a corpus: numbers from V up are rare words, -1 ends a sentence.
    keep_probability : ndarray, shape (V,)
        See `Vocabulary.keep_probability`.
    window : int
        Largest radius m; each token draws its own from 1 to m.
    rng : numpy.random.Generator

    Returns
    -------
    Chunk

    Notes
    -----
    Chapter *training*. Words are dropped before windows are cut, so a window reaches over them, as
    in the original program. A smaller window for a near word more often than for a far one is how
    word2vec gives near words more weight.

    Examples
    --------
    >>> ids = np.array([0, 1, -1, 2, 9, 0], dtype=np.int32)
    >>> chunk = draw_chunk(ids, np.ones(3), window=1, rng=np.random.default_rng(0))
    >>> chunk.tokens.tolist(), chunk.left.tolist(), chunk.right.tolist()
    ([0, 1, 2, 0], [0, 1, 0, 1], [1, 0, 1, 0])
    """
    # Two more entries of the table: rare words have number V here, the end of a sentence is last.
    table = np.concatenate([keep_probability, [0, 0]]).astype(np.float32)
    kept = rng.random(len(ids), dtype=np.float32) < table[np.minimum(ids, len(keep_probability))]
    sentence = np.cumsum(ids < 0)[kept]
    tokens = ids[kept].astype(np.intp)
    position = np.arange(len(tokens))
    first = np.flatnonzero(np.diff(sentence, prepend=-1))  # where a sentence starts
    length = np.diff(first, append=len(tokens))
    before = position - np.repeat(first, length)
    after = np.repeat(length, length) - 1 - before
    reach = rng.integers(1, window + 1, size=len(tokens))
    return Chunk(tokens, np.minimum(reach, before), np.minimum(reach, after))
