"""A language with its text: the least loss is least, and states are those of the trainer."""

import numpy as np
import pytest

from wordgrad.figures._world import World, states
from wordgrad.training import SyntheticLanguage, TrainingConfig, train

LANGUAGE = SyntheticLanguage(n_stems=2, n_forms=2, noise=0.2)
CONFIG = TrainingConfig(dim=6, epochs=2, min_count=1, sample=0, chunk_tokens=2000)


@pytest.fixture(scope="module")
def world() -> World:
    return World(LANGUAGE, 600)


def test_rows_follow_the_words_of_the_text(world: World) -> None:
    words = world.corpus.words
    assert [LANGUAGE.words[index] for index in world.order] == list(words)
    share = world.corpus.counts / world.corpus.n_words
    assert world.pairs.sum(axis=1) == pytest.approx(share, abs=0.02)


def test_no_scores_are_better_than_the_best(world: World) -> None:
    best = world.best_scores(CONFIG)
    rng = np.random.default_rng(0)
    assert world.excess(best, CONFIG) == 0
    for _ in range(20):
        assert world.excess(best + rng.normal(scale=0.05, size=best.shape), CONFIG) > 0


def test_loss_of_zero_scores_is_known(world: World) -> None:
    zeros = np.zeros_like(world.pairs)
    assert world.loss(zeros, CONFIG) == pytest.approx((CONFIG.negative + 1) * np.log(2))


def test_last_state_is_what_train_returns(world: World) -> None:
    *_, (words, center_vecs, outside_vecs) = states(world.corpus, CONFIG)
    vectors = train(world.corpus, CONFIG).vectors
    assert words == CONFIG.epochs * world.corpus.n_words
    assert np.array_equal(center_vecs, vectors.center_vecs)
    assert vectors.outside_vecs is not None
    assert np.array_equal(outside_vecs, vectors.outside_vecs)


def test_a_start_is_not_changed(world: World) -> None:
    start = (np.ones((len(world.pairs), 6), np.float32),) * 2
    list(states(world.corpus, CONFIG, start))
    assert (start[0] == 1).all()


def test_a_text_that_is_too_short_is_refused() -> None:
    with pytest.raises(ValueError, match="draw more sentences"):
        World(LANGUAGE, 2)
