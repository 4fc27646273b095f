"""Several processes: they do all the work, learn as well, and are cleaned up after."""

import os
import signal
import subprocess
import sys
import time
from concurrent.futures import Future
from contextlib import ExitStack
from dataclasses import replace
from multiprocessing import active_children
from multiprocessing.shared_memory import SharedMemory
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from wordgrad.training import (
    Corpus,
    SyntheticLanguage,
    TrainingConfig,
    WorkerError,
    encode_texts,
    read_corpus,
    running,
    train,
)
from wordgrad.training.driver import Report
from wordgrad.training.jobs import JobResult, Jobs

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


@pytest.fixture
def slow_here(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the calling process, which trains while the others start, leave most jobs to them."""
    without_loading = running._without_loading

    def slow(jobs: Jobs) -> Jobs:
        here = without_loading(jobs)
        run = here.run

        def run_slowly(*args: Any) -> JobResult:
            time.sleep(0.3)
            return run(*args)

        monkeypatch.setattr(here, "run", run_slowly)
        return here

    monkeypatch.setattr(running, "_without_loading", slow)


@pytest.mark.usefixtures("slow_here")
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


def test_work_begins_before_the_processes_have_started(
    corpus: Corpus, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Late(ExitStack):
        """Processes that have started when five jobs are done."""

        started: Future[int] = Future()

        def __init__(self, *_: object) -> None:
            super().__init__()

        def submit(self, *_: object) -> Future[int]:
            return self.started

    def see(report: Report) -> None:
        if report.done == 5:
            Late.started.set_result(0)

    monkeypatch.setattr(running, "ProcessPoolExecutor", Late)
    alone = train(corpus, replace(CONFIG, processes=1))
    result = train(corpus, CONFIG, report=see, stop=Late.started.done)
    assert np.isfinite(result.losses).sum() == 5
    assert result.losses.ravel()[:5].tolist() == alone.losses.ravel()[:5].tolist()


@pytest.mark.usefixtures("slow_here")
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


ENDLESS = """
from multiprocessing import active_children
import numpy as np
from wordgrad.training import SyntheticLanguage, TrainingConfig, encode_texts, train

def tell(report):
    if children := active_children():
        print(*(child.pid for child in children), flush=True)

if __name__ == "__main__":
    corpus = encode_texts(SyntheticLanguage().texts(3000, np.random.default_rng(0)))
    train(corpus, TrainingConfig(dim=16, epochs=10**6, processes=2), report=tell)
"""


def test_processes_end_with_the_one_that_started_them(tmp_path: Path) -> None:
    script = tmp_path / "endless.py"
    script.write_text(ENDLESS)
    with subprocess.Popen([sys.executable, script], stdout=subprocess.PIPE, text=True) as training:
        assert training.stdout is not None
        line = ""
        while len(line.split()) < 2:
            line = training.stdout.readline()
            assert line, "the training has ended"
        training.kill()
    workers = [int(pid) for pid in line.split()]
    deadline = time.monotonic() + 60
    while any(map(_is_alive, workers)) and time.monotonic() < deadline:
        time.sleep(0.1)
    assert not any(map(_is_alive, workers))


def _is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
        status = Path(f"/proc/{pid}/status")  # a process that nobody has asked after is a zombie
        return not (status.exists() and "State:\tZ" in status.read_text())
    except OSError:  # it is gone
        return False


def test_a_killed_process_is_an_error_not_a_hang(
    corpus: Corpus, blocks_of_memory: list[str]
) -> None:
    def kill_one(report: Report) -> None:
        if not killed and (children := active_children()):
            killed.append(children[0].pid or 0)
            os.kill(killed[0], signal.SIGKILL)

    killed: list[int] = []
    with pytest.raises(WorkerError, match="ended from outside"):
        train(corpus, replace(CONFIG, epochs=2000), report=kill_one)
    assert killed
    assert_freed(blocks_of_memory)
