"""What the three trainers have in common: they learn, repeat themselves, and stay stable."""

import numpy as np
import pytest

from wordgrad.training import (
    Corpus,
    SyntheticLanguage,
    TrainingConfig,
    TrainingResult,
    encode_texts,
    train,
)

LANGUAGE = SyntheticLanguage()
TRAINERS = ["loop", "batched", "fast"]


@pytest.fixture(scope="module")
def corpus() -> Corpus:
    return encode_texts(LANGUAGE.texts(4000, np.random.default_rng(0)))


def trained(corpus: Corpus, **settings: object) -> TrainingResult:
    defaults = {
        "dim": 16,
        "sample": 0,
        "epochs": 2,
        "learning_rate": 0.05,
        "window": 4,
        "min_count": 1,
    }
    return train(corpus, TrainingConfig.from_dict(defaults | settings))


def class_margin(result: TrainingResult) -> float:
    """How much nearer the context words of one stem are to each other than to all others."""
    vectors, classes = result.vectors, LANGUAGE.classes
    topics = LANGUAGE.n_stems * LANGUAGE.n_forms
    words = [word for word in LANGUAGE.words[topics:] if classes[word].startswith("stem")]
    unit = vectors.unit[[vectors.index[word] for word in words]]
    label = np.array([classes[word] for word in words])
    same = (label[:, None] == label) & ~np.eye(len(words), dtype=bool)
    cosines = unit @ unit.T
    return float(cosines[same].mean() - cosines[label[:, None] != label].mean())


@pytest.mark.parametrize("model", ["skipgram", "cbow"])
@pytest.mark.parametrize(
    "trainer", ["batched", "fast", pytest.param("loop", marks=pytest.mark.slow)]
)
def test_words_of_a_class_come_together(corpus: Corpus, trainer: str, model: str) -> None:
    result = trained(corpus, trainer=trainer, model=model, epochs=6, learning_rate=0.1)
    assert class_margin(result) > 0.25
    assert result.losses[-1].mean() < result.losses[0].mean()


@pytest.mark.parametrize("trainer", ["batched", pytest.param("loop", marks=pytest.mark.slow)])
@pytest.mark.parametrize("model", ["skipgram", "cbow"])
def test_softmax_learns_too(corpus: Corpus, trainer: str, model: str) -> None:
    result = trained(corpus, trainer=trainer, model=model, loss="softmax", epochs=5)
    log_v = np.log(len(result.vectors.words))
    assert 0.5 * log_v < result.losses[0].mean() < 1.1 * log_v  # it begins with log V
    assert result.losses[-1].mean() < 0.98 * result.losses[0].mean()


@pytest.mark.parametrize("trainer", TRAINERS)
def test_same_seed_same_vectors(trainer: str) -> None:
    corpus = encode_texts(LANGUAGE.texts(50, np.random.default_rng(0)))
    one, two = (trained(corpus, trainer=trainer, seed=7) for _ in range(2))
    assert one.vectors.center_vecs.tobytes() == two.vectors.center_vecs.tobytes()
    assert one.losses.tobytes() == two.losses.tobytes()
    other = trained(corpus, trainer=trainer, seed=8)
    assert not np.array_equal(one.vectors.center_vecs, other.vectors.center_vecs)


@pytest.mark.slow
def test_trainers_reach_the_same_loss(corpus: Corpus) -> None:
    losses = {t: trained(corpus, trainer=t, epochs=4).losses[-1].mean() for t in TRAINERS}
    assert losses["batched"] == pytest.approx(losses["fast"], rel=0.05)
    assert losses["loop"] == pytest.approx(losses["fast"], rel=0.1)


@pytest.mark.parametrize("trainer", ["batched", "fast"])
@pytest.mark.parametrize("model", ["skipgram", "cbow"])
def test_hard_settings_stay_stable(corpus: Corpus, trainer: str, model: str) -> None:
    """Few words, a high rate, many negatives, no subsampling: summed steps are at their worst."""
    settings = {"learning_rate": 0.05, "negative": 20, "sample": 0, "window": 10, "dim": 32}
    result = trained(corpus, trainer=trainer, model=model, epochs=10, **settings)
    norms = np.linalg.norm(result.vectors.center_vecs, axis=1)
    assert np.isfinite(norms).all()
    assert norms.max() < 50
    assert result.losses[-1].mean() < result.losses[0].mean()
    assert class_margin(result) > 0.1
