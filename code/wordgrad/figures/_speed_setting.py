"""What is trained when the chapter *Making it fast* measures speed."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from wordgrad.training import AliasSampler, TrainingConfig, Vocabulary
from wordgrad.training.chunks import Chunk, draw_chunk
from wordgrad.training.jobs import initial_vectors

Floats = npt.NDArray[np.floating[Any]]


@dataclass(frozen=True, eq=False)
class Setting:
    """What is trained when speed is measured: the size of a small real corpus, without its meaning.

    Words are drawn independently by Zipf's law; a sentence has 20.
    """

    vocab_size: int = 20_000
    dim: int = 100

    def trainer_and_vectors(self, trainer: type[Any]) -> tuple[Any, Floats, Floats]:
        """A new trainer of that class, with vectors to move."""
        config, vocabulary = self.config, self.vocabulary
        center_vecs, outside_vecs = initial_vectors(len(vocabulary), config)
        return trainer(config, vocabulary), center_vecs, outside_vecs

    @property
    def config(self) -> TrainingConfig:
        """The settings of gensim, but for the dimension perhaps."""
        return TrainingConfig(dim=self.dim)

    @property
    def vocabulary(self) -> Vocabulary:
        """Words with counts by Zipf's law."""
        counts = np.maximum(10**7 // np.arange(1, self.vocab_size + 1), 1)
        return Vocabulary([f"word {rank}" for rank in range(self.vocab_size)], counts)

    def text(self, n_words: int) -> npt.NDArray[np.int32]:
        """Row numbers of words, -1 after every twentieth."""
        words = AliasSampler(self.vocabulary.counts).sample(n_words, np.random.default_rng(0))
        return np.insert(words, np.arange(20, n_words + 1, 20), -1).astype(np.int32)

    def chunk(self, text: npt.NDArray[np.int32]) -> Chunk:
        """The text after subsampling, with drawn windows."""
        keep = self.vocabulary.keep_probability(self.config.sample)
        return draw_chunk(text, keep, self.config.window, np.random.default_rng(1))


def setting(vocab_size: int = 20_000) -> Setting:
    """The setting of the chapter."""
    return Setting(vocab_size)
