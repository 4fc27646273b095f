"""The words that get a vector: their counts, who is dropped, who is drawn as noise."""

from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property

import numpy as np
import numpy.typing as npt

from ..numeric import unigram_distribution


class Vocabulary:
    """Words in the order of their vectors, most frequent first, with their counts.

    Parameters
    ----------
    words : sequence of str, length V
        Distinct words; row w of a matrix of vectors belongs to ``words[w]``.
    counts : array_like of int, shape (V,)
        How often each word occurs in the corpus; at least once.

    Raises
    ------
    ValueError
        If words and counts differ in number, a word occurs twice, or a count is below 1.

    Examples
    --------
    >>> vocabulary = Vocabulary(["the", "cat"], [90, 10])
    >>> len(vocabulary), vocabulary.index["cat"]
    (2, 1)
    """

    def __init__(self, words: Sequence[str], counts: npt.ArrayLike) -> None:
        self.words = tuple(words)
        self.counts = np.asarray(counts, dtype=np.int64)
        if self.counts.shape != (len(self.words),) or (self.counts < 1).any():
            raise ValueError(
                f"{len(self.words)} words need as many counts, each at least 1; "
                f"counts has shape {self.counts.shape}"
            )
        if len(self.index) != len(self.words):
            raise ValueError("a word occurs twice in the vocabulary; join its counts first")

    @classmethod
    def from_counts(cls, counts: Mapping[str, int], min_count: int = 1) -> "Vocabulary":
        """Return the words that occur at least `min_count` times, most frequent first.

        Examples
        --------
        >>> from collections import Counter
        >>> Vocabulary.from_counts(Counter("abracadabra"), min_count=2).words
        ('a', 'b', 'r')
        """
        kept = {word: count for word, count in counts.items() if count >= min_count}
        words = sorted(kept, key=lambda word: -kept[word])  # stable: ties stay as they came
        return cls(words, [kept[word] for word in words])

    @cached_property
    def index(self) -> dict[str, int]:
        """Row of each word."""
        return {word: row for row, word in enumerate(self.words)}

    def __len__(self) -> int:
        return len(self.words)

    def encode(self, words: Iterable[str]) -> npt.NDArray[np.int32]:
        """Return the rows of the words; words outside the vocabulary are left out.

        Examples
        --------
        >>> Vocabulary(["the", "cat"], [9, 1]).encode("the dog saw the cat".split())
        array([0, 0, 1], dtype=int32)
        """
        return np.array([self.index[word] for word in words if word in self.index], dtype=np.int32)

    def keep_probability(self, sample: float) -> npt.NDArray[np.float64]:
        r"""Probability that subsampling keeps a token of each word.

        Parameters
        ----------
        sample : float
            Threshold t; 0 keeps everything.

        Returns
        -------
        ndarray, shape (V,)

        Notes
        -----
        Chapter *training*. With f the share of the word, the original program and gensim use

        .. math:: P(\text{keep}) = \min\bigl(1, \sqrt{t/f} + t/f\bigr),

        not the :math:`\sqrt{t/f}` of the paper [1]_.

        References
        ----------
        .. [1] T. Mikolov, I. Sutskever, K. Chen, G. Corrado, J. Dean, "Distributed
           Representations of Words and Phrases and their Compositionality" (2013),
           arXiv:1310.4546.

        Examples
        --------
        >>> Vocabulary(["the", "cat"], [99, 1]).keep_probability(0.01).round(3)
        array([0.111, 1.   ])
        """
        if sample == 0:
            return np.ones(len(self))
        ratio = sample * self.counts.sum() / self.counts
        return np.asarray(np.minimum(1.0, np.sqrt(ratio) + ratio))

    def noise_distribution(self, power: float = 0.75) -> npt.NDArray[np.float64]:
        """Probability of each word as a negative, shape (V,): counts to a power.

        Examples
        --------
        >>> Vocabulary(["the", "cat"], [16, 1]).noise_distribution().round(3)
        array([0.889, 0.111])
        """
        return np.asarray(unigram_distribution(self.counts, power), dtype=np.float64)
