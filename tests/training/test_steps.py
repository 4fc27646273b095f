"""Step scales: 1 for rare words, and as expected for a word counted by hand."""

import numpy as np

from wordgrad.training.blocks import cut_blocks
from wordgrad.training.chunks import draw_chunk
from wordgrad.training.config import TrainingConfig
from wordgrad.training.steps import step_scales
from wordgrad.training.vocabulary import Vocabulary


def test_rare_words_step_in_full_and_frequent_ones_do_not() -> None:
    vocabulary = Vocabulary([str(i) for i in range(100)], np.arange(100, 0, -1) ** 3)
    for scale in step_scales(vocabulary, TrainingConfig(sample=0), 1024):
        assert scale[-1] == 1
        assert scale[0] < 1
        assert (np.diff(scale) >= 0).all()


def test_expected_pairs_are_those_of_the_text() -> None:
    """60 over the scale is the number of pairs of the word in a batch."""
    config = TrainingConfig(sample=0, negative=3)
    vocabulary = Vocabulary(["a", "b"], [75_000, 25_000])
    rng = np.random.default_rng(0)
    ids = (rng.random(100_000) < 0.25).astype(np.int32)
    blocks = cut_blocks(draw_chunk(ids, np.ones(2), config.window, rng), 16, config.window)
    pairs = blocks.context()
    n_batches = len(ids) / 1024
    center, outside = step_scales(vocabulary, config, 1024)
    for word in (0, 1):
        as_center = (pairs * (blocks.centers == word)[..., None]).sum() / n_batches
        as_outside = (pairs * (blocks.columns == word)[:, None]).sum() / n_batches
        noise = vocabulary.noise_distribution()[word] * 3 * pairs.sum() / n_batches
        np.testing.assert_allclose(60 / center[word], as_center, rtol=0.02)
        np.testing.assert_allclose(60 / outside[word], as_outside + noise, rtol=0.02)


def test_a_high_learning_rate_has_shorter_steps() -> None:
    vocabulary = Vocabulary(["a", "b"], [3, 1])
    usual, high = (
        step_scales(vocabulary, TrainingConfig(learning_rate=rate), 1024)[0] for rate in (0.05, 0.2)
    )
    np.testing.assert_allclose(high, usual / 4)
