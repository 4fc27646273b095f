"""Keep summed steps stable: no word moves by more than a bounded number of pairs at once."""

import numpy as np
import numpy.typing as npt

from .config import TrainingConfig
from .vocabulary import Vocabulary

_MOST_PAIRS = 60.0
_HIGH_LEARNING_RATE = 0.05
Scales = npt.NDArray[np.float32]


def step_scales(
    vocabulary: Vocabulary, config: TrainingConfig, batch_tokens: int
) -> tuple[Scales, Scales]:
    r"""Return the factor by which each word's step in a batch is scaled down.

    Parameters
    ----------
    vocabulary : Vocabulary
    config : TrainingConfig
    batch_tokens : int
        Number of centers whose updates are summed before any vector moves.

    Returns
    -------
    scale_center, scale_outside : ndarray of float32, shape (V,)
        Between 0 and 1; 1 for all but the most frequent words.

    Notes
    -----
    Chapter *fast*. The loop moves a vector after each pair, and each next pair sees it moved. A
    batch adds up all steps taken from the same point. For a word that occurs in hundreds of pairs
    of a batch that is one step as long as hundreds: it overshoots, and the next one more so, until
    the numbers overflow. So the step of a word is scaled by

    .. math:: \min(1, 60 / \text{expected pairs of the word in the batch}),

    and at learning rates above 0.05 with fewer pairs than 60, in proportion.
    """
    keep = vocabulary.keep_probability(config.sample)
    share = vocabulary.counts * keep
    share = share / share.sum()
    noise = config.negative * vocabulary.noise_distribution(config.noise_power)
    context = config.window + 1  # mean number of context words, both sides together
    if config.model == "skipgram":
        center, outside = share * context, (share + noise) * context
    else:
        center, outside = share * context, share + noise
    most = _MOST_PAIRS * min(1.0, _HIGH_LEARNING_RATE / config.learning_rate)
    return _scale(center * batch_tokens, most), _scale(outside * batch_tokens, most)


def _scale(expected: npt.NDArray[np.float64], most: float) -> Scales:
    return (most / np.maximum(expected, most)).astype(np.float32)
