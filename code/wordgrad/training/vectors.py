"""Word vectors: look one up, find the nearest, solve an analogy."""

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt

Vectors = npt.NDArray[np.float32]


@dataclass(frozen=True, eq=False)
class WordVectors:
    """Words and their vectors.

    Parameters
    ----------
    words : tuple of str, length V
        Distinct words.
    center_vecs : ndarray of float32, shape (V, d)
        Center vectors; these are "the" word vectors.
    outside_vecs : ndarray of float32, shape (V, d), optional
        Outside vectors; the text and binary formats do not keep them.
    counts : ndarray of int64, shape (V,), optional
        How often each word occurred.

    Raises
    ------
    ValueError
        If shapes do not fit, or a word occurs twice.

    Examples
    --------
    >>> vectors = WordVectors(("cat", "dog", "sky"), np.float32([[1, 0], [1, 1], [-1, 0]]))
    >>> vectors["dog"]
    array([1., 1.], dtype=float32)
    >>> [word for word, cosine in vectors.similar("cat", n=2)]
    ['dog', 'sky']
    """

    words: tuple[str, ...]
    center_vecs: Vectors
    outside_vecs: Vectors | None = None
    counts: npt.NDArray[np.int64] | None = None

    def __post_init__(self) -> None:
        shape = self.center_vecs.shape
        if len(shape) != 2 or shape[0] != len(self.words) or shape[0] == 0 or shape[1] == 0:
            raise ValueError(
                f"center_vecs has shape {shape} for {len(self.words)} words; "
                "it must be (V, d) with one row per word"
            )
        if self.outside_vecs is not None and self.outside_vecs.shape != shape:
            raise ValueError(f"outside_vecs has shape {self.outside_vecs.shape}, not {shape}")
        if self.counts is not None and self.counts.shape != shape[:1]:
            raise ValueError(f"counts has shape {self.counts.shape}, not {shape[:1]}")
        if len(self.index) != len(self.words):
            raise ValueError("a word occurs twice; each word must have one row")

    @cached_property
    def index(self) -> dict[str, int]:
        """Row of each word."""
        return {word: row for row, word in enumerate(self.words)}

    @cached_property
    def unit(self) -> Vectors:
        """Center vectors of length 1, shape (V, d); a zero vector stays zero."""
        length = np.linalg.norm(self.center_vecs, axis=1, keepdims=True)
        return np.asarray(self.center_vecs / np.where(length > 0, length, 1), dtype=np.float32)

    def row(self, word: str) -> int:
        """Return the row of a word.

        Raises
        ------
        KeyError
            If the word has no vector; the message names words that look like it.

        Examples
        --------
        >>> WordVectors(("cat",), np.ones((1, 2), np.float32)).row("cats")
        Traceback (most recent call last):
        ...
        KeyError: "'cats' is not among the 1 words; did you mean cat?"
        """
        if word in self.index:
            return self.index[word]
        close = get_close_matches(word, self.words, n=3)
        hint = f"did you mean {' or '.join(close)}?" if close else "no word looks like it"
        raise KeyError(f"{word!r} is not among the {len(self.words)} words; {hint}")

    def __getitem__(self, word: str) -> Any:
        return self.center_vecs[self.row(word)]

    def similar(self, *words: str, n: int = 10) -> list[tuple[str, float]]:
        """Return the `n` words nearest to the mean direction of `words`, with their cosines.

        Raises
        ------
        KeyError
            If a word has no vector.
        ValueError
            If no word is given.
        """
        if not words:
            raise ValueError("no word is given; give at least one")
        rows = [self.row(word) for word in words]
        return self._nearest(self.unit[rows].mean(axis=0), rows, n)

    def analogy(self, a: str, b: str, c: str, n: int = 10) -> list[tuple[str, float]]:
        """Return the `n` best words for "a is to b as c is to ?", with their cosines.

        Raises
        ------
        KeyError
            If a word has no vector.

        Notes
        -----
        The nearest words to b - a + c, all of length 1, without a, b and c themselves.

        Examples
        --------
        >>> vectors = WordVectors(("man", "men", "cat", "cats", "sky"),
        ...     np.float32([[1, 0, 0], [1, 1, 0], [0, 0, 1], [0, 1, 1], [-1, 0, 0]]))
        >>> vectors.analogy("man", "men", "cat", n=1)[0][0]
        'cats'
        """
        rows = [self.row(word) for word in (a, b, c)]
        from_a, to_b, from_c = self.unit[rows]
        return self._nearest(to_b - from_a + from_c, rows, n)

    def _nearest(self, target: Vectors, without: Sequence[int], n: int) -> list[tuple[str, float]]:
        length = float(np.linalg.norm(target))
        cosines = self.unit @ target / (length if length > 0 else 1)
        cosines[list(without)] = -np.inf
        n = min(n, len(self.words) - len(set(without)))
        best = np.argsort(-cosines, kind="stable")[:n]
        return [(self.words[row], float(cosines[row])) for row in best]
