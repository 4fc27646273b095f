"""Batches and step scales: as counted in a text, and bounded when settings are hard."""

import numpy as np
import pytest

from wordgrad.training.blocks import cut_blocks
from wordgrad.training.chunks import draw_chunk
from wordgrad.training.config import TrainingConfig
from wordgrad.training.steps import plan_steps
from wordgrad.training.vocabulary import Vocabulary

GROUP, MOST = 64, 16
ENGLISH = Vocabulary([str(i) for i in range(20_000)], 10**7 // np.arange(1, 20_001))


def test_usual_settings_sum_full_batches_and_spare_rare_words() -> None:
    plan = plan_steps(ENGLISH, TrainingConfig(), GROUP, MOST)
    assert plan.groups == MOST
    for scale in (plan.scale_center, plan.scale_outside):
        assert (scale[1000:] > 0.95).all()
        assert (np.diff(scale) >= 0).all()


def test_more_shared_noise_words_shorten_fewer_steps() -> None:
    """Each of them weighs less, so one alone does not reach the bound."""
    plan = plan_steps(ENGLISH, TrainingConfig(shared_negatives=32), GROUP, MOST)
    assert (plan.scale_outside[1000:] == 1).all()


@pytest.mark.parametrize("model", ["skipgram", "cbow"])
def test_hard_settings_sum_fewer_blocks(model: str) -> None:
    hard = TrainingConfig.from_dict(
        {"learning_rate": 0.05, "negative": 20, "sample": 0, "window": 10, "model": model}
    )
    plan = plan_steps(ENGLISH, hard, GROUP, MOST)
    assert 1 <= plan.groups < MOST
    assert plan.scale_center.min() < 0.5


def test_steps_shrink_as_the_learning_rate_grows() -> None:
    few = Vocabulary(["a", "b"], [3, 1])
    usual, high = (
        plan_steps(few, TrainingConfig(learning_rate=rate), GROUP, MOST) for rate in (0.5, 2.0)
    )
    assert usual.groups == high.groups == 1
    np.testing.assert_allclose(high.scale_center, usual.scale_center / 4, rtol=1e-6)
    np.testing.assert_allclose(high.scale_outside, usual.scale_outside / 4, rtol=1e-6)


def test_expected_scores_are_those_of_the_text() -> None:
    """Scale 1 is lost where learning rate times scores passes the bounds of 9 and 3."""
    config = TrainingConfig(sample=0, negative=3, learning_rate=0.5)
    vocabulary = Vocabulary(["a", "b"], [75_000, 25_000])
    rng = np.random.default_rng(0)
    ids = (rng.random(100_000) < 0.25).astype(np.int32)
    blocks = cut_blocks(draw_chunk(ids, np.ones(2), config.window, rng), 16, config.window)
    pairs = blocks.context()
    n_batches = len(ids) / GROUP
    plan = plan_steps(vocabulary, config, GROUP, 1)
    for word in (0, 1):
        as_center = 4 * (pairs * (blocks.centers == word)[:, None, :, None]).sum() / n_batches
        as_center += 4 * 6
        as_outside = (pairs * (blocks.columns == word)[:, None, None]).sum() / n_batches
        noise = vocabulary.noise_distribution()[word] * 3 * pairs.sum() / n_batches
        once = 3 * 6 * GROUP / config.shared_negatives
        np.testing.assert_allclose(plan.scale_center[word], 9 / 0.5 / as_center, rtol=0.02)
        expected = 3 / 0.5 / (as_outside + noise + once)
        np.testing.assert_allclose(plan.scale_outside[word], expected, rtol=0.02)
