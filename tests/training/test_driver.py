"""The run around the trainers: jobs, schedule, reports, stopping, errors."""

import numpy as np
import pytest

from wordgrad.training import (
    Corpus,
    CorpusError,
    SyntheticLanguage,
    TrainingConfig,
    WordVectors,
    encode_texts,
    train,
)
from wordgrad.training.driver import Report

CONFIG = TrainingConfig(dim=8, sample=0, epochs=2, min_count=1, chunk_tokens=500)


@pytest.fixture(scope="module")
def corpus() -> Corpus:
    return encode_texts(SyntheticLanguage().texts(300, np.random.default_rng(0)))


def test_reports_count_up_to_the_end(corpus: Corpus) -> None:
    reports: list[Report] = []
    result = train(corpus, CONFIG, report=reports.append)
    n_jobs = 2 * -(-len(corpus.ids) // 500)
    assert [r.done for r in reports] == list(range(1, n_jobs + 1))
    assert {r.total for r in reports} == {n_jobs}
    rates = [r.learning_rate for r in reports]
    np.testing.assert_allclose(rates, np.linspace(0.025, 1e-4, n_jobs + 1)[1:])
    assert reports[-1].words == result.words == 2 * corpus.n_words
    assert result.complete
    np.testing.assert_array_equal(result.losses.ravel(), [r.loss for r in reports])
    assert result.words_per_second > 0


def test_rare_words_are_not_counted(corpus: Corpus) -> None:
    config = TrainingConfig(dim=8, epochs=1, min_count=40)
    result = train(corpus, config)
    assert len(result.vectors.words) < len(corpus.words)
    assert result.vectors.counts is not None
    assert result.words == result.vectors.counts.sum()


def test_stop_ends_early(corpus: Corpus) -> None:
    done: list[Report] = []
    result = train(corpus, CONFIG, report=done.append, stop=lambda: len(done) == 3)
    assert len(done) == 3
    assert not result.complete
    assert np.isfinite(result.losses).sum() == 3


def test_word_vectors_know_their_words(corpus: Corpus) -> None:
    vectors = train(corpus, CONFIG).vectors
    assert isinstance(vectors, WordVectors)
    assert vectors.words == corpus.words
    assert vectors.outside_vecs is not None
    assert vectors.center_vecs.dtype == np.float32


def test_too_few_words() -> None:
    with pytest.raises(CorpusError, match="training needs two or more"):
        train(encode_texts(["one"]), CONFIG)


def test_resume_needs_a_checkpoint(corpus: Corpus) -> None:
    with pytest.raises(ValueError, match="no checkpoint is given"):
        train(corpus, CONFIG, resume=True)


def test_overflow_is_an_error(corpus: Corpus, monkeypatch: pytest.MonkeyPatch) -> None:
    def overflown(vocab_size: int, config: TrainingConfig) -> tuple[np.ndarray, np.ndarray]:
        vectors = np.zeros((vocab_size, config.dim), np.float32)
        vectors[3, 2] = np.nan
        return vectors, np.zeros_like(vectors)

    monkeypatch.setattr("wordgrad.training.checkpoint.initial_vectors", overflown)
    message = "try a learning rate below 0.025"
    with np.errstate(invalid="ignore"), pytest.raises(FloatingPointError, match=message):
        train(corpus, CONFIG)


def test_a_sentence_of_one_word_teaches_nothing() -> None:
    corpus = encode_texts(["a", "b"] * 50)
    result = train(corpus, TrainingConfig(dim=4, epochs=1, sample=0))
    assert np.isnan(result.losses).all()
    assert result.vectors.outside_vecs is not None
    assert not result.vectors.outside_vecs.any()
