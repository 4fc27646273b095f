"""The three trainers minimise the same loss: on the same pairs and negatives, the same gradients.

All run in float64. The loop moves after each pair, so its pairs are run one by one from the same
point and their steps are summed; the others sum by themselves.
"""

import numpy as np
import pytest

from wordgrad.numeric import sigmoid
from wordgrad.training.batched import BLOCK, PIECE, BatchedTrainer
from wordgrad.training.blocks import cut_blocks
from wordgrad.training.chunks import Chunk, draw_chunk
from wordgrad.training.config import TrainingConfig
from wordgrad.training.fast import FastTrainer
from wordgrad.training.loop import LoopTrainer
from wordgrad.training.rows import Matrix
from wordgrad.training.vocabulary import Vocabulary

V, D, WINDOW, K = 12, 6, 3, 4
VOCABULARY = Vocabulary([f"w{i}" for i in range(V)], np.arange(V, 0, -1))
Gradients = tuple[Matrix, Matrix, float]


class Given:
    """A sampler that draws what it is told to."""

    def __init__(self, negatives: Matrix) -> None:
        self.negatives = negatives

    def sample(self, size: int | tuple[int, ...], rng: np.random.Generator) -> Matrix:
        return np.broadcast_to(self.negatives, size)


def chunk_and_vectors(n_tokens: int, odd: bool = False) -> tuple[Chunk, Matrix, Matrix]:
    rng = np.random.default_rng(n_tokens)
    ids = rng.integers(-1, V, n_tokens).astype(np.int32)  # -1 ends a sentence; words repeat
    chunk = draw_chunk(ids, np.ones(V), WINDOW, rng)
    dim = D + odd
    return chunk, rng.standard_normal((V, dim)), rng.standard_normal((V, dim))


def config(trainer: str, **settings: object) -> TrainingConfig:
    fixed: dict[str, object] = {"window": WINDOW, "negative": K, "shared_negatives": K, "dim": D}
    return TrainingConfig.from_dict(fixed | settings | {"trainer": trainer})


def loop_gradients(
    settings: dict[str, object], chunk: Chunk, center_vecs: Matrix, outside_vecs: Matrix,
    negatives: Matrix,
) -> Gradients:  # fmt: skip
    trainer = LoopTrainer(config("loop", **settings), VOCABULARY)
    trainer.noise = Given(negatives)  # type: ignore[assignment]
    rng = np.random.default_rng(0)
    step = trainer.cbow_step if settings["model"] == "cbow" else trainer.skipgram_step
    total = [np.zeros_like(center_vecs), np.zeros_like(outside_vecs)]
    loss = 0.0
    for i, center in enumerate(chunk.tokens):
        context = chunk.context(i)
        words = [context] if settings["model"] == "cbow" else context[:, None]
        for outside in words if len(context) else []:
            moved = center_vecs.copy(), outside_vecs.copy()
            loss += step(*moved, center, outside, 1.0, rng)
            total[0] += center_vecs - moved[0]
            total[1] += outside_vecs - moved[1]
    return total[0], total[1], loss


def block_gradients(
    trainer: BatchedTrainer, chunk: Chunk, center_vecs: Matrix,
    outside_vecs: Matrix, negatives: Matrix,
) -> Gradients:  # fmt: skip
    trainer.scale_center = np.ones(V, np.float32)
    trainer.scale_outside = np.ones(V, np.float32)
    blocks = cut_blocks(chunk, BLOCK, WINDOW, PIECE)
    noise = np.broadcast_to(negatives, (len(blocks), len(negatives)))
    moved = center_vecs.copy(), outside_vecs.copy()
    step = trainer.softmax_step if trainer.config.loss == "softmax" else trainer.sampling_step
    loss, _ = step(*moved, blocks, noise, 1.0)
    return center_vecs - moved[0], outside_vecs - moved[1], loss


def assert_same(one: Gradients, two: Gradients, tolerance: float = 1e-9) -> None:
    for a, b in zip(one, two, strict=True):
        np.testing.assert_allclose(a, b, rtol=tolerance, atol=tolerance)


def tolerance_of(settings: dict[str, object]) -> float:
    """The blocks keep one over the number of context words in float32."""
    return 1e-6 if settings.get("combine") == "mean" else 1e-9


MODELS = [
    {"model": "skipgram"},
    {"model": "cbow", "combine": "mean"},
    {"model": "cbow", "combine": "sum"},
]


@pytest.mark.parametrize("settings", MODELS)
@pytest.mark.parametrize("n_tokens", [3, 16, 90])
@pytest.mark.parametrize("odd", [False, True])
def test_negative_sampling(settings: dict[str, object], n_tokens: int, odd: bool) -> None:
    data = chunk_and_vectors(n_tokens, odd)
    negatives = np.array([0, 3, 3, 7])  # a repeated one, and outside words among them
    expected = loop_gradients(settings, *data, negatives)
    assert np.abs(expected[0]).max() > 0.1
    for trainer in (BatchedTrainer, FastTrainer):
        made = trainer(
            config(trainer.__name__.removesuffix("Trainer").lower(), **settings), VOCABULARY
        )
        assert_same(block_gradients(made, *data, negatives), expected, tolerance_of(settings))


@pytest.mark.parametrize("settings", MODELS)
def test_softmax(settings: dict[str, object]) -> None:
    settings = settings | {"loss": "softmax"}
    data = chunk_and_vectors(40)
    negatives = np.array([0])
    batched = BatchedTrainer(config("batched", **settings), VOCABULARY)
    expected = loop_gradients(settings, *data, negatives)
    assert_same(block_gradients(batched, *data, negatives), expected, tolerance_of(settings))


@pytest.mark.parametrize("trainer", [BatchedTrainer, FastTrainer])
def test_shared_noise_has_the_weight_of_separate_negatives(
    trainer: type[BatchedTrainer],
) -> None:
    """M shared noise words weigh negative / M each: twice each word twice is the same gradient."""
    data = chunk_and_vectors(50)
    settings = {"model": "skipgram"}
    name = trainer.__name__.removesuffix("Trainer").lower()
    once = trainer(config(name, **settings), VOCABULARY)
    twice = trainer(config(name, shared_negatives=2 * K, **settings), VOCABULARY)
    negatives = np.array([1, 5, 5, 9])
    assert_same(
        block_gradients(once, *data, negatives),
        block_gradients(twice, *data, np.tile(negatives, 2)),
    )


@pytest.mark.parametrize("trainer", [BatchedTrainer, FastTrainer])
def test_expected_gradient_is_that_of_separate_negatives(
    trainer: type[BatchedTrainer],
) -> None:
    """The noise part, averaged over draws, is the sum over the noise distribution."""
    chunk, center_vecs, outside_vecs = chunk_and_vectors(20)
    name = trainer.__name__.removesuffix("Trainer").lower()
    made = trainer(config(name, model="skipgram", shared_negatives=8), VOCABULARY)
    rng = np.random.default_rng(0)
    draws = [
        block_gradients(made, chunk, center_vecs, outside_vecs, made.noise.sample(8, rng))[0]
        for _ in range(3000)
    ]
    noise = VOCABULARY.noise_distribution(made.config.noise_power)
    expected = np.zeros_like(center_vecs)
    for i, center in enumerate(chunk.tokens):
        scores = outside_vecs @ center_vecs[center]
        for outside in chunk.context(i):
            expected[center] -= (1 - sigmoid(scores[outside])) * outside_vecs[outside]
            expected[center] += K * (noise * sigmoid(scores)) @ outside_vecs
    standard_error = np.std(draws, axis=0) / np.sqrt(len(draws))
    assert (np.abs(np.mean(draws, axis=0) - expected) < 5 * standard_error + 1e-12).all()
