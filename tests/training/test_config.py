"""TrainingConfig refuses what cannot work, and says what can."""

import json

import pytest

from wordgrad.training.config import TrainingConfig


def test_defaults_are_those_of_gensim() -> None:
    config = TrainingConfig()
    word2vec = pytest.importorskip("gensim.models", reason="compares with gensim").Word2Vec()
    assert config.dim == word2vec.vector_size
    assert config.window == word2vec.window
    assert config.negative == word2vec.negative
    assert config.epochs == word2vec.epochs
    assert config.min_count == word2vec.min_count
    assert config.sample == word2vec.sample
    assert config.learning_rate == word2vec.alpha
    assert config.min_learning_rate == word2vec.min_alpha
    assert config.noise_power == word2vec.ns_exponent
    assert (config.combine == "mean") == bool(word2vec.cbow_mean)


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        ({"dim": 0}, "dim is 0"),
        ({"dim": 1.5}, "whole number from 1 up"),
        ({"dim": True}, "dim is True"),
        ({"window": -1}, "largest distance"),
        ({"seed": -1}, "from 0 up"),
        ({"sample": -1e-3}, "sample is -0.001"),
        ({"sample": float("nan")}, "sample is nan"),
        ({"learning_rate": 0.0}, "must be positive"),
        ({"learning_rate": 1e-5}, "not below the second"),
        ({"model": "glove"}, "skipgram, cbow"),
        ({"loss": "softmax"}, "take trainer 'batched' or 'loop'"),
        ({"trainer": "loop", "processes": 2}, "only trainer 'fast'"),
    ],
)
def test_refuses(settings: dict[str, object], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        TrainingConfig(**settings)  # type: ignore[arg-type]


def test_survives_json() -> None:
    config = TrainingConfig(dim=7, model="cbow", sample=0)
    assert TrainingConfig.from_dict(json.loads(json.dumps(config.to_dict()))) == config


def test_refuses_settings_it_does_not_know() -> None:
    with pytest.raises(ValueError, match=r"\['depth'\]"):
        TrainingConfig.from_dict({"depth": 3})
