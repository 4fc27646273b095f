"""Every setting of a training run, with gensim's defaults, checked before any work starts."""

import math
import numbers
from dataclasses import asdict, dataclass, fields
from typing import Any, Literal

_WHOLE_NUMBERS = {  # name -> (lowest allowed value, what it is)
    "dim": (1, "the length of a word vector"),
    "window": (1, "the largest distance of a context word"),
    "negative": (1, "the number of negatives of each pair"),
    "epochs": (1, "the number of passes over the corpus"),
    "min_count": (1, "the lowest count of a word that gets a vector"),
    "processes": (1, "the number of processes"),
    "seed": (0, "the seed of every random number"),
    "shared_negatives": (1, "the number of noise words that a block of centers shares"),
    "chunk_tokens": (64, "the number of tokens that are prepared at once"),
}
_CHOICES = {
    "model": ("skipgram", "cbow"),
    "combine": ("mean", "sum"),
    "loss": ("negative_sampling", "softmax"),
    "trainer": ("fast", "batched", "loop"),
}


@dataclass(frozen=True)
class TrainingConfig:
    """Settings of a training run; what gensim has too has gensim's default.

    Parameters
    ----------
    dim, window, negative, epochs, min_count
        Length of a vector, largest window radius m (each center draws its own from 1 to m),
        negatives K of each pair, passes over the corpus, lowest count of a word to be kept.
    sample
        Threshold of subsampling: a word whose share of the corpus is above it is dropped now and
        then. 0 keeps every token.
    learning_rate, min_learning_rate
        Step size at the start and at the end; it falls linearly between.
    noise_power
        Exponent of the counts in the distribution of the negatives.
    model
        "skipgram": the center word predicts each context word. "cbow": the context words together
        predict the center word.
    combine
        How CBOW makes one vector of the context: their mean (gensim) or sum.
    loss
        "negative_sampling", or "softmax" over the whole vocabulary ("loop" and "batched" only).
    trainer
        "fast", "batched" or "loop"; all three minimise the same loss.
    processes
        1 gives the same vectors for the same seed; more are faster and update the same vectors
        without locks. Only "fast" takes more than 1.
    seed
        Seed of every random number.
    shared_negatives
        Noise words that a block of consecutive centers shares ("fast" and "batched").
    chunk_tokens
        Tokens that are prepared at once; blocks are shuffled within a chunk.

    Raises
    ------
    ValueError
        If a setting is out of range, or two settings exclude each other.

    Examples
    --------
    >>> TrainingConfig(dim=50).window
    5
    >>> TrainingConfig(dim=0)
    Traceback (most recent call last):
    ...
    ValueError: dim is 0; it is the length of a word vector: give a whole number from 1 up
    """

    dim: int = 100
    window: int = 5
    negative: int = 5
    epochs: int = 5
    min_count: int = 5
    sample: float = 1e-3
    learning_rate: float = 0.025
    min_learning_rate: float = 1e-4
    noise_power: float = 0.75
    model: Literal["skipgram", "cbow"] = "skipgram"
    combine: Literal["mean", "sum"] = "mean"
    loss: Literal["negative_sampling", "softmax"] = "negative_sampling"
    trainer: Literal["fast", "batched", "loop"] = "fast"
    processes: int = 1
    seed: int = 1
    shared_negatives: int = 16
    chunk_tokens: int = 2**16

    def __post_init__(self) -> None:
        for name, (lowest, meaning) in _WHOLE_NUMBERS.items():
            value = getattr(self, name)
            if isinstance(value, bool) or not isinstance(value, numbers.Integral) or value < lowest:
                raise ValueError(
                    f"{name} is {value!r}; it is {meaning}: give a whole number from {lowest} up"
                )
        for name, allowed in _CHOICES.items():
            if getattr(self, name) not in allowed:
                raise ValueError(
                    f"{name} is {getattr(self, name)!r}; it must be one of {', '.join(allowed)}"
                )
        self._check_real_numbers()
        self._check_combinations()

    def _check_real_numbers(self) -> None:
        for name in ("sample", "learning_rate", "min_learning_rate", "noise_power"):
            value = getattr(self, name)
            if not isinstance(value, numbers.Real) or not math.isfinite(value) or value < 0:
                raise ValueError(f"{name} is {value!r}; it must be a number from 0 up")
        if self.learning_rate == 0 or self.min_learning_rate > self.learning_rate:
            raise ValueError(
                f"learning_rate is {self.learning_rate} and min_learning_rate is "
                f"{self.min_learning_rate}; the first must be positive and not below the second"
            )

    def _check_combinations(self) -> None:
        if self.trainer == "fast" and self.loss == "softmax":
            raise ValueError(
                "loss 'softmax' with trainer 'fast': the fast trainer has negative sampling only; "
                "take trainer 'batched' or 'loop'"
            )
        if self.trainer != "fast" and self.processes > 1:
            raise ValueError(
                f"processes is {self.processes} with trainer {self.trainer!r}; "
                "only trainer 'fast' runs on several processes"
            )

    def to_dict(self) -> dict[str, Any]:
        """Return the settings as a dict that JSON can hold.

        Examples
        --------
        >>> TrainingConfig().to_dict()["negative"]
        5
        """
        return asdict(self)

    @classmethod
    def from_dict(cls, settings: dict[str, Any]) -> "TrainingConfig":
        """Return the config with these settings; unknown ones are refused.

        Raises
        ------
        ValueError
            If a name is not a setting, or a value is refused.

        Examples
        --------
        >>> TrainingConfig.from_dict({"dim": 50}) == TrainingConfig(dim=50)
        True
        """
        unknown = set(settings) - {field.name for field in fields(cls)}
        if unknown:
            raise ValueError(f"unknown settings {sorted(unknown)}; was a newer version used?")
        return cls(**settings)
