"""Training on Dask workers: the same jobs, each done once, also when a worker is killed."""

import os
import signal
import threading
import time
from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest

from wordgrad.training import (
    Corpus,
    SyntheticLanguage,
    TrainingConfig,
    WorkerError,
    encode_texts,
    train,
)
from wordgrad.training.distributed import _result, check_scheduler

distributed = pytest.importorskip("distributed", reason="needs the extra scale")
CONFIG = TrainingConfig(dim=8, sample=0, epochs=2, chunk_tokens=1024, learning_rate=0.05)


@pytest.fixture(scope="module")
def corpus() -> Corpus:
    return encode_texts(SyntheticLanguage().texts(1000, np.random.default_rng(0)))


@pytest.fixture(scope="module")
def cluster() -> Iterator[Any]:
    """Two workers in this process: quick to start."""
    with distributed.LocalCluster(
        n_workers=2, threads_per_worker=1, processes=False, dashboard_address=":0"
    ) as cluster:
        yield cluster


def test_two_workers_learn_what_one_process_learns(corpus: Corpus, cluster: Any) -> None:
    config = TrainingConfig(**{**CONFIG.to_dict(), "epochs": 10})  # averages lag behind at first
    here = train(corpus, config)
    there = train(corpus, config, scheduler=cluster.scheduler_address, average_every=1)
    assert there.complete
    assert there.words == here.words
    assert there.losses.shape == here.losses.shape
    assert np.isfinite(there.losses).all()
    assert there.losses[-1].mean() == pytest.approx(here.losses[-1].mean(), rel=0.1)


def test_the_same_workers_give_the_same_vectors(corpus: Corpus, cluster: Any) -> None:
    one, two = (train(corpus, CONFIG, scheduler=cluster.scheduler_address) for _ in range(2))
    assert one.vectors.center_vecs.tobytes() == two.vectors.center_vecs.tobytes()


def test_workers_that_take_turns_make_the_same_vectors(corpus: Corpus, cluster: Any) -> None:
    there = train(corpus, CONFIG, scheduler=cluster.scheduler_address, average_every=2)
    here = train(corpus, CONFIG, scheduler="here:2", average_every=2)
    assert here.complete
    assert here.vectors.center_vecs.tobytes() == there.vectors.center_vecs.tobytes()
    assert here.losses.tobytes() == there.losses.tobytes()


def test_a_worker_alone_is_plain_training(corpus: Corpus) -> None:
    plain = train(corpus, CONFIG)
    alone = train(corpus, CONFIG, scheduler="here:1", average_every=3)
    assert alone.vectors.center_vecs.tobytes() == plain.vectors.center_vecs.tobytes()


def test_stop_and_resume_between_rounds(corpus: Corpus, cluster: Any, tmp_path: Any) -> None:
    settings = {"scheduler": cluster.scheduler_address, "checkpoint": tmp_path / "state"}
    rounds: list[int] = []
    stopped = train(
        corpus, CONFIG, average_every=2, stop=lambda: bool(rounds), report=rounds.append, **settings
    )
    assert not stopped.complete
    assert np.isfinite(stopped.losses).sum() == 4  # two chunks each: whole rounds only
    resumed = train(corpus, CONFIG, average_every=2, resume=True, **settings)
    whole = train(corpus, CONFIG, average_every=2, scheduler=cluster.scheduler_address)
    assert resumed.complete
    assert resumed.vectors.center_vecs.tobytes() == whole.vectors.center_vecs.tobytes()


def _raise(error: Exception) -> None:
    raise error


def test_a_cancelled_share_is_none_and_an_error_is_raised(cluster: Any) -> None:
    with distributed.Client(cluster) as client:
        lost = client.submit(time.sleep, 0.01, pure=False)
        client.cancel([lost], force=True)
        assert _result(lost) is None
        for error in (OSError("disk"), ValueError("number")):
            with pytest.raises(type(error), match=str(error)):
                _result(client.submit(_raise, error, pure=False))


@pytest.mark.slow
def test_a_killed_worker_loses_only_its_share_of_the_round(corpus: Corpus) -> None:
    killed: list[int] = []
    with distributed.LocalCluster(
        n_workers=2, threads_per_worker=1, processes=True, dashboard_address=":0"
    ) as cluster:
        with distributed.Client(cluster) as client:
            pids = list(client.run(os.getpid).values())

        def kill() -> None:
            killed.append(pids[0])
            os.kill(pids[0], signal.SIGKILL)

        def report(_: object) -> None:
            if not killed:
                threading.Timer(0.02, kill).start()
                killed.append(0)

        config = TrainingConfig(**{**CONFIG.to_dict(), "epochs": 20})
        result = train(
            corpus,
            config,
            report=report,
            scheduler=cluster.scheduler_address,
            average_every=4,
        )
    assert killed == [0, pids[0]]
    assert result.complete
    assert np.isfinite(result.losses).all()  # every chunk has its loss
    assert result.losses[-1].mean() < result.losses[0].mean()


@pytest.mark.slow
def test_local_processes(corpus: Corpus) -> None:
    result = train(corpus, CONFIG, scheduler="local:2")
    assert result.complete


@pytest.mark.parametrize(
    "scheduler", ["", "local", "local:", "local:0", "local:two", "here:0", "host"]
)
def test_a_scheduler_that_is_none(scheduler: str, corpus: Corpus) -> None:
    with pytest.raises(ValueError, match="local:N for N processes"):
        check_scheduler(scheduler)
    with pytest.raises(ValueError, match="local:N for N processes"):
        train(corpus, CONFIG, scheduler=scheduler)


def test_processes_and_a_scheduler_exclude_each_other(corpus: Corpus) -> None:
    config = TrainingConfig(processes=2)
    with pytest.raises(ValueError, match="give one of them"):
        train(corpus, config, scheduler="local:2")
    with pytest.raises(ValueError, match="whole number from 1 up"):
        train(corpus, CONFIG, scheduler="local:2", average_every=0)


def test_a_scheduler_that_is_not_there(corpus: Corpus, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("wordgrad.training.distributed._SECONDS_TO_CONNECT", 1)
    with pytest.raises(OSError, match=r"127\.0\.0\.1:9"):
        train(corpus, CONFIG, scheduler="tcp://127.0.0.1:9")


def test_a_scheduler_without_workers(corpus: Corpus, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("wordgrad.training.distributed._SECONDS_TO_CONNECT", 1)
    with (
        distributed.LocalCluster(n_workers=0, processes=False, dashboard_address=":0") as empty,
        pytest.raises(WorkerError, match="no workers; start some"),
    ):
        train(corpus, CONFIG, scheduler=empty.scheduler_address)
