"""Hard settings at full size: finite vectors, no collapse; and peak memory."""

import tracemalloc

import numpy as np
import pytest

from wordgrad.training import Corpus, TrainingConfig, TrainingResult, train

HARD = {"learning_rate": 0.05, "negative": 20, "sample": 0, "dim": 300, "window": 10, "epochs": 2}


def paired_text(n_words: int, vocab_size: int, seed: int = 0) -> Corpus:
    """Text by Zipf's law in which word 2k is always followed by word 2k + 1, its partner."""
    rng = np.random.default_rng(seed)
    weights = 1 / np.arange(1, vocab_size // 2 + 1)
    first = rng.choice(len(weights), size=n_words // 2, p=weights / weights.sum())
    first[: len(weights)] = rng.permutation(len(weights))  # each word occurs
    tokens = np.stack([2 * first, 2 * first + 1], axis=1).reshape(-1)
    sentences = np.insert(tokens, np.arange(20, len(tokens), 20), -1).astype(np.int32)
    counts = np.bincount(tokens, minlength=vocab_size)
    order = np.argsort(-counts, kind="stable")
    number = np.empty(vocab_size + 1, dtype=np.int32)
    number[order], number[-1] = np.arange(vocab_size), -1
    words = tuple(f"w{i}" for i in order)
    return Corpus(number[sentences], words, counts[order])


def partner_margin(result: TrainingResult, n_pairs: int) -> float:
    """How much better a word's center vector fits its partner's outside vector than another's."""
    vectors = result.vectors
    assert vectors.outside_vecs is not None
    rows = [(vectors.row(f"w{2 * k}"), vectors.row(f"w{2 * k + 1}")) for k in range(n_pairs)]
    left, right = np.array(rows).T
    scores = vectors.center_vecs[left] @ vectors.outside_vecs[right].T
    return float(np.mean(np.diag(scores)) - np.mean(scores[~np.eye(n_pairs, dtype=bool)]))


@pytest.mark.parametrize("trainer", ["fast", "batched"])
@pytest.mark.parametrize(
    ("vocab_size", "n_words"),
    [
        (100, 40_000),
        (1_000, 40_000),
        pytest.param(10_000, 300_000, marks=pytest.mark.slow),
        pytest.param(100_000, 500_000, marks=pytest.mark.slow),
    ],
)
def test_hard_settings(trainer: str, vocab_size: int, n_words: int) -> None:
    settings: dict[str, object] = dict(HARD, min_count=1, trainer=trainer)
    if n_words < 100_000:
        settings |= {"dim": 60, "epochs": 8}
    result = train(paired_text(n_words, vocab_size), TrainingConfig.from_dict(settings))
    assert np.isfinite(result.losses).all()
    losses = result.losses.mean(axis=1)
    assert losses[-1] < losses[0]
    assert np.abs(result.vectors.center_vecs).max() < 20
    assert partner_margin(result, 40) > 1


def test_peak_memory_is_that_of_vectors_and_one_chunk() -> None:
    """Twice the vectors and a chunk, whatever the length of the corpus."""
    vocab_size, dim = 20_000, 100
    vectors = 2 * vocab_size * dim * 4
    chunk = 2**13
    peaks = []
    for n_words in (60_000, 240_000):
        corpus = paired_text(n_words, vocab_size)
        config = TrainingConfig(dim=dim, epochs=1, min_count=1, chunk_tokens=chunk)
        tracemalloc.start()
        train(corpus, config)
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    per_token = 4000  # bytes of a chunk's windows, blocks and the arrays of a batch
    assert max(peaks) < 2 * (vectors + chunk * per_token)
    assert peaks[1] < 1.1 * peaks[0]
