"""Stopping and going on gives the vectors of a run without a break, bit for bit."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from wordgrad.training import (
    CheckpointError,
    Corpus,
    SyntheticLanguage,
    TrainingConfig,
    driver,
    encode_texts,
    train,
)
from wordgrad.training.driver import Report

CONFIG = TrainingConfig(dim=8, epochs=3, chunk_tokens=500)


@pytest.fixture(scope="module")
def corpus() -> Corpus:
    return encode_texts(SyntheticLanguage().texts(300, np.random.default_rng(0)))


def stopped(corpus: Corpus, path: Path, config: TrainingConfig, after: int) -> None:
    done: list[Report] = []
    result = train(
        corpus, config, report=done.append, stop=lambda: len(done) >= after, checkpoint=path
    )
    assert not result.complete


@pytest.mark.parametrize("trainer", ["loop", "batched", "fast"])
@pytest.mark.parametrize("after", [0, 1, 7])
def test_resume_is_bit_for_bit(corpus: Corpus, tmp_path: Path, trainer: str, after: int) -> None:
    config = TrainingConfig.from_dict(CONFIG.to_dict() | {"trainer": trainer})
    if trainer == "loop":
        corpus = encode_texts(SyntheticLanguage().texts(30, np.random.default_rng(0)))
        config = replace(config, chunk_tokens=64, min_count=1)
    whole = train(corpus, config)
    path = tmp_path / "state.npz"
    stopped(corpus, path, config, after)
    rest = train(corpus, config, checkpoint=path, resume=True)
    assert rest.complete
    assert rest.words < whole.words or after == 0
    for name in ("center_vecs", "outside_vecs"):
        assert getattr(rest.vectors, name).tobytes() == getattr(whole.vectors, name).tobytes()
    assert rest.losses.tobytes() == whole.losses.tobytes()


def test_resume_of_a_complete_run_does_nothing(corpus: Corpus, tmp_path: Path) -> None:
    path = tmp_path / "state.npz"
    whole = train(corpus, CONFIG, checkpoint=path)
    again = train(corpus, CONFIG, checkpoint=path, resume=True)
    assert again.words == 0
    assert again.vectors.center_vecs.tobytes() == whole.vectors.center_vecs.tobytes()


def test_saved_now_and_then(
    corpus: Corpus, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(driver, "SECONDS_BETWEEN_CHECKPOINTS", 0.0)
    path = tmp_path / "state.npz"
    seen: list[bool] = []

    class Killed(BaseException):
        pass

    def kill(report: Report) -> None:
        seen.append(path.exists())
        if report.done == 4:
            raise Killed

    with pytest.raises(Killed):
        train(corpus, CONFIG, checkpoint=path, report=kill)
    assert seen == [False, True, True, True]
    rest = train(corpus, CONFIG, checkpoint=path, resume=True)
    assert rest.vectors.center_vecs.tobytes() == train(corpus, CONFIG).vectors.center_vecs.tobytes()


def test_other_settings_are_refused(corpus: Corpus, tmp_path: Path) -> None:
    path = tmp_path / "state.npz"
    stopped(corpus, path, CONFIG, 2)
    with pytest.raises(CheckpointError, match="window was 5 and is 3"):
        train(corpus, replace(CONFIG, window=3), checkpoint=path, resume=True)


def test_another_corpus_is_refused(corpus: Corpus, tmp_path: Path) -> None:
    path = tmp_path / "state.npz"
    stopped(corpus, path, CONFIG, 2)
    other = encode_texts(SyntheticLanguage().texts(300, np.random.default_rng(1)))
    with pytest.raises(CheckpointError, match="another corpus"):
        train(other, CONFIG, checkpoint=path, resume=True)


@pytest.mark.parametrize("content", [b"", b"text", "npz", "half"])
def test_damaged_checkpoints(corpus: Corpus, tmp_path: Path, content: bytes | str) -> None:
    path = tmp_path / "state.npz"
    if content == "npz":
        np.savez(path, other=np.zeros(3))
    elif content == "half":
        stopped(corpus, path, CONFIG, 2)
        path.write_bytes(path.read_bytes()[:3000])
    elif isinstance(content, bytes):
        path.write_bytes(content)
    with pytest.raises(CheckpointError, match="this is no checkpoint"):
        train(corpus, CONFIG, checkpoint=path, resume=True)


def test_missing_checkpoint(corpus: Corpus, tmp_path: Path) -> None:
    with pytest.raises(CheckpointError, match="there is no such file"):
        train(corpus, CONFIG, checkpoint=tmp_path / "missing.npz", resume=True)
