"""A synthetic language, a text drawn from it, and the loss that is known without any text."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt

from wordgrad.numeric import log_sigmoid
from wordgrad.training import Corpus, SyntheticLanguage, TrainingConfig, WordVectors, encode_texts
from wordgrad.training.jobs import Jobs, initial_vectors

__all__ = ["World", "solved", "states"]

Floats = npt.NDArray[np.floating[Any]]
Vectors = npt.NDArray[np.float32]


@dataclass(frozen=True, eq=False)
class World:
    """A language and a text of it; rows of all matrices are the words of the text, most frequent
    first.

    Parameters
    ----------
    language : SyntheticLanguage
    n_sentences : int
        Length of the text; long enough that every word occurs in it.

    Raises
    ------
    ValueError
        If a word of the language is missing from the text.

    Examples
    --------
    >>> world = World(SyntheticLanguage(n_stems=2, n_forms=2), 500)
    >>> round(float(world.pairs.sum()), 12)
    1.0
    """

    language: SyntheticLanguage
    n_sentences: int

    def __post_init__(self) -> None:
        if len(self.corpus.words) != len(self.language.words):
            raise ValueError(
                f"{self.n_sentences} sentences have {len(self.corpus.words)} of the "
                f"{len(self.language.words)} words; draw more sentences"
            )

    @cached_property
    def corpus(self) -> Corpus:
        """The text."""
        return encode_texts(self.language.texts(self.n_sentences, np.random.default_rng(0)))

    @cached_property
    def order(self) -> list[int]:
        """Which word of the language each row is."""
        place = {word: index for index, word in enumerate(self.language.words)}
        return [place[word] for word in self.corpus.words]

    @cached_property
    def pairs(self) -> Floats:
        """Probability of each pair (center, outside), (V, V); known, not counted."""
        return self.language.pair_probabilities()[np.ix_(self.order, self.order)]

    @cached_property
    def pmi(self) -> Floats:
        """Pointwise mutual information of each pair in nats, (V, V)."""
        return self.language.pmi()[np.ix_(self.order, self.order)]

    def noise(self, config: TrainingConfig) -> Floats:
        """Probability of each word as a negative, (V,)."""
        return self.corpus.vocabulary(1).noise_distribution(config.noise_power)

    def best_scores(self, config: TrainingConfig) -> Floats:
        """Scores of least loss, log P(o|c) - log(K P_n(o)), (V, V)."""
        given_center = self.pairs / self.pairs.sum(axis=1, keepdims=True)
        return np.asarray(np.log(given_center) - np.log(config.negative * self.noise(config)))

    def loss(self, scores: Floats, config: TrainingConfig) -> float:
        """Mean loss of a pair in nats, over every text that the language could have, not this one.

        Parameters
        ----------
        scores : ndarray, shape (V, V)
            Row c, column w: the score of w beside c.
        config : TrainingConfig
            Number of negatives and power of the noise distribution.
        """
        negatives = np.outer(self.pairs.sum(axis=1), config.negative * self.noise(config))
        each = -self.pairs * log_sigmoid(scores) - negatives * log_sigmoid(-scores)
        return float(each.sum())

    def excess(self, scores: Floats, config: TrainingConfig) -> float:
        """How far the loss lies above the least that any scores can reach, in nats."""
        return self.loss(scores, config) - self.loss(self.best_scores(config), config)


def states(
    corpus: Corpus, config: TrainingConfig, start: tuple[Vectors, Vectors] | None = None
) -> Iterator[tuple[int, Vectors, Vectors]]:
    """Yield words read, center vectors and outside vectors: at first, and after each chunk.

    Each is a copy.  Unless `start` gives other vectors to begin with, they are those that
    `wordgrad.training.train` passes through.

    Examples
    --------
    >>> corpus = encode_texts(SyntheticLanguage().texts(500, np.random.default_rng(0)))
    >>> config = TrainingConfig(dim=4, epochs=2, min_count=1, chunk_tokens=2250)
    >>> [words for words, center_vecs, outside_vecs in states(corpus, config)]
    [0, 2000, 4000, 6000, 8000]
    """
    vocabulary = corpus.vocabulary(config.min_count)
    jobs = Jobs(config, vocabulary, corpus.ids)
    center_vecs, outside_vecs = start or initial_vectors(len(vocabulary), config)
    center_vecs, outside_vecs, words = center_vecs.copy(), outside_vecs.copy(), 0
    yield words, center_vecs.copy(), outside_vecs.copy()
    for job in range(len(jobs)):
        words += jobs.run(job, center_vecs, outside_vecs).words
        yield words, center_vecs.copy(), outside_vecs.copy()


def solved(vectors: WordVectors, language: SyntheticLanguage) -> float:
    """Share of the language's analogies whose fourth word is found first.

    Examples
    --------
    >>> language = SyntheticLanguage(n_stems=2, n_forms=2)
    >>> right = np.float32([[1, 0, 1], [1, 0, -1], [0, 1, 1], [0, 1, -1]])
    >>> solved(WordVectors(language.words[:4], right), language)
    1.0
    """
    rows = np.array([[vectors.index[word] for word in four] for four in language.analogies()])
    a, b, c, d = rows.T
    unit = vectors.unit
    cosines = (unit[b] - unit[a] + unit[c]) @ unit.T  # (n, V)
    np.put_along_axis(cosines, rows[:, :3], -np.inf, axis=1)
    return float((cosines.argmax(axis=1) == d).mean())
