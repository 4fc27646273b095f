"""Keep summed steps stable: how many blocks to sum, and whose step to shorten."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from .config import TrainingConfig
from .vocabulary import Vocabulary

_MOST_CENTER = 9.0  # learning rate times scores (pairs and their negatives) of a center vector
_MOST_OUTSIDE = 3.0  # learning rate times scores of an outside vector
_MOST_SHORTENED = 8.0  # rather than shorten a step more than this, sum fewer blocks
Floats = npt.NDArray[np.float64]
Scales = npt.NDArray[np.float32]


@dataclass(frozen=True, eq=False)
class StepPlan:
    """How to sum steps.

    Parameters
    ----------
    groups : int
        Number of groups of blocks whose steps are summed before any vector moves.
    scale_center, scale_outside : ndarray of float32, shape (V,)
        Factor of each word's step, from 0 to 1; 1 for all but frequent words, as a rule.
    """

    groups: int
    scale_center: Scales
    scale_outside: Scales


def plan_steps(
    vocabulary: Vocabulary, config: TrainingConfig, group_tokens: int, most_groups: int
) -> StepPlan:
    r"""Choose the size of a batch and the scale of each word's step.

    Parameters
    ----------
    vocabulary : Vocabulary
    config : TrainingConfig
    group_tokens : int
        Centers that share their noise words: the smallest number that can be summed.
    most_groups : int
        Most groups in a batch; frequent words or a high learning rate make it smaller.

    Returns
    -------
    StepPlan

    Notes
    -----
    Chapter *fast*. The loop moves a vector after each pair, and the next pair sees it moved. A
    batch adds up steps that are all taken from the same point. For a word with hundreds of scores
    in a batch that is one step as long as hundreds: it overshoots, the next one more so, until the
    numbers overflow. Along u a score bends the loss by :math:`\sigma'(s)\,|u|^2`, with
    :math:`\sigma' \le 1/4`, so a step stays short of the other side while

    .. math:: \eta \cdot \text{number of scores of the word in the batch} \cdot |u|^2/4 < 2.

    With the lengths that vectors have, the bounds here hold that with room to spare. The number of
    scores is the one expected when the word occurs at all: a center brings its whole window and a
    noise word its whole group, so a wide window or many negatives alone may be too much.

    Examples
    --------
    >>> vocabulary = Vocabulary([f"w{i}" for i in range(5000)], 10**6 // np.arange(1, 5001))
    >>> plan_steps(vocabulary, TrainingConfig(), group_tokens=64, most_groups=16).groups
    13
    >>> hard = TrainingConfig(learning_rate=0.05, negative=20, window=10, sample=0)
    >>> plan_steps(vocabulary, hard, group_tokens=64, most_groups=16).groups
    1
    """
    pairs = config.window + 1 if config.model == "skipgram" else 1  # of a center, on average
    negative = config.negative if config.loss == "negative_sampling" else 1
    keep = vocabulary.keep_probability(config.sample)
    share = vocabulary.counts * keep
    share = share / share.sum()
    noise = negative * vocabulary.noise_distribution(config.noise_power)
    inputs = 1 if config.model == "skipgram" else config.window + 1  # centers a vector enters for
    center = share * pairs * inputs * (1 + negative)  # scores for each token of a batch
    outside = (share + noise) * pairs
    center_once = pairs * (1 + negative)  # scores of a single occurrence
    outside_once = group_tokens * pairs * negative / config.shared_negatives

    most_center = _MOST_CENTER / config.learning_rate
    most_outside = _MOST_OUTSIDE / config.learning_rate
    tokens = _MOST_SHORTENED * min(most_center / center.max(), most_outside / outside.max())
    groups = int(np.clip(tokens / group_tokens, 1, most_groups))
    tokens = groups * group_tokens
    return StepPlan(
        groups,
        _scale(center * tokens + center_once, most_center),
        _scale(outside * tokens + outside_once, most_outside),
    )


def _scale(scores: Floats, most: float) -> Scales:
    return (most / np.maximum(scores, most)).astype(np.float32)
