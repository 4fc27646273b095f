"""Several processes: they do all the work, learn as well, and are cleaned up after."""

import os
import signal
from dataclasses import replace
from multiprocessing import active_children
from multiprocessing.shared_memory import SharedMemory
from pathlib import Path

import numpy as np
import pytest

from wordgrad.training import (
    Corpus,
    SyntheticLanguage,
    TrainingConfig,
    WorkerError,
    encode_texts,
    read_corpus,
    train,
)
from wordgrad.training.driver import Report

LANGUAGE = SyntheticLanguage()
CONFIG = TrainingConfig(dim=16, sample=0, epochs=4, chunk_tokens=2000, processes=2)


@pytest.fixture(scope="module")
def corpus() -> Corpus:
    return encode_texts(LANGUAGE.texts(3000, np.random.default_rng(0)))


@pytest.fixture
def blocks_of_memory(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Names of the shared memory that is reserved during a test."""
    names: list[str] = []

    def reserve(create: bool, size: int) -> SharedMemory:
        memory = SharedMemory(create=create, size=size)
        names.append(memory.name)
        return memory

    monkeypatch.setattr("wordgrad.training.running.SharedMemory", reserve)
    return names


def assert_freed(names: list[str]) -> None:
    assert names
    for name in names:
        with pytest.raises(FileNotFoundError):
            SharedMemory(name=name)


def test_two_processes_do_all_and_leave_nothing(
    corpus: Corpus, blocks_of_memory: list[str]
) -> None:
    settings = dict(os.environ)
    result = train(corpus, CONFIG)
    assert result.complete
    assert result.words == 4 * corpus.n_words
    alone = train(corpus, replace(CONFIG, processes=1))
    assert result.losses[-1].mean() == pytest.approx(alone.losses[-1].mean(), rel=0.1)
    assert_freed(blocks_of_memory)
    assert not active_children()
    assert dict(os.environ) == settings


def test_a_cached_corpus_is_mapped_by_each_process(tmp_path: Path) -> None:
    path = tmp_path / "text.txt"
    path.write_text("\n".join(LANGUAGE.texts(500, np.random.default_rng(0))))
    corpus = read_corpus(path, cache_dir=tmp_path / "cache")
    result = train(corpus, CONFIG)
    assert result.words == 4 * corpus.n_words


def test_stop_then_resume_does_each_job_once(corpus: Corpus, tmp_path: Path) -> None:
    done: list[Report] = []
    path = tmp_path / "state.npz"
    first = train(corpus, CONFIG, report=done.append, stop=lambda: len(done) >= 3, checkpoint=path)
    assert 3 <= len(done) < first.losses.size
    assert np.isfinite(first.losses).sum() == len(done)
    second = train(corpus, CONFIG, checkpoint=path, resume=True)
    assert second.complete
    assert first.words + second.words == 4 * corpus.n_words


def test_a_killed_process_is_an_error_not_a_hang(
    corpus: Corpus, blocks_of_memory: list[str]
) -> None:
    def kill_one(report: Report) -> None:
        if report.done == 2:
            os.kill(active_children()[0].pid or 0, signal.SIGKILL)

    with pytest.raises(WorkerError, match="ended from outside"):
        train(corpus, CONFIG, report=kill_one)
    assert_freed(blocks_of_memory)
