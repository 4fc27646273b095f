"""Measure the trainers against gensim and fastText, side by side: speed and quality.

    python tests/benchmarks/bench_training.py [--corpus FILE] [--epochs N] [--repeats N] ...

Every run is a process of its own, the contestants take turns, and each repetition has its own
seed, so the spread of the quality is that between seeds. The result is JSON, with date, machine
and versions. Needs the extras `corpus` and `bench`; fastText and PyTorch take part if installed.
"""

import argparse
import datetime
import importlib.metadata
import json
import os
import platform
import re
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
CORES = os.cpu_count() or 1
SETTINGS: dict[str, Any] = {
    "dim": 100, "window": 5, "negative": 5, "min_count": 5, "sample": 1e-3, "learning_rate": 0.025,
}  # fmt: skip
LOOP_TOKENS = 5_000  # the loop is timed on the first tokens only


def main() -> None:
    arguments = _arguments()
    if arguments.child:
        print(json.dumps(_child(json.loads(arguments.child))))
        return
    with tempfile.TemporaryDirectory() as folder:
        text = Path(folder, "tokens.txt")
        words = _write_tokens(arguments.corpus, text, arguments.words)
        runs = _measure(arguments, text)
    result: dict[str, Any] = {
        "date": datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds"),
        "machine": _machine(),
        "versions": _versions(),
        "corpus": {"name": Path(arguments.corpus).name, "words": words},
        "settings": SETTINGS | {"epochs": arguments.epochs, "repeats": arguments.repeats},
        "contestants": _summaries(runs),
    }
    if arguments.scaling:
        result["scaling"] = _scaling()
    arguments.out.parent.mkdir(parents=True, exist_ok=True)
    arguments.out.write_text(json.dumps(result, indent=1) + "\n")
    _show(result)
    print(f"Wrote {arguments.out}")


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="measure the trainers side by side")
    parser.add_argument("--corpus", default="sotu", help="sotu, or a text file")
    parser.add_argument("--words", type=int, default=0, help="take the first words only; 0: all")
    parser.add_argument("--epochs", type=int, default=1)
    parser.add_argument("--repeats", type=int, default=3, help="of each contestant, 3 or more")
    parser.add_argument("--only", nargs="*", default=[], help="names of contestants")
    parser.add_argument("--scaling", action="store_true", help="cost against tokens and words too")
    parser.add_argument("--out", type=Path, default=ROOT / "_build" / "bench" / "training.json")
    parser.add_argument("--child", help=argparse.SUPPRESS)
    return parser.parse_args()


def contestants() -> dict[str, dict[str, Any]]:
    """Return who takes part: name -> which function runs it, and with what."""
    found: dict[str, dict[str, Any]] = {}
    if _version("gensim"):
        for workers in range(1, CORES + 2):
            found[f"gensim, {workers} workers"] = {"run": "gensim", "workers": workers}
        found["gensim, end to end"] = {"run": "gensim_end_to_end", "workers": CORES + 1}
    if _version("fasttext-numpy2-wheel"):
        found["fastText"] = {"run": "fasttext", "workers": CORES}
    if _version("torch"):
        found["PyTorch"] = {"run": "torch"}
    found["loop"] = {"run": "wordgrad", "trainer": "loop"}
    found["batched"] = {"run": "wordgrad", "trainer": "batched"}
    found["fast, 1 process"] = {"run": "wordgrad", "trainer": "fast", "processes": 1}
    if CORES > 1:
        more = {"trainer": "fast", "processes": CORES}
        found[f"fast, {CORES} processes"] = {"run": "wordgrad", **more}
    found["fast, end to end"] = {"run": "wordgrad_end_to_end"}
    return found


def _measure(arguments: argparse.Namespace, text: Path) -> dict[str, list[dict[str, Any]]]:
    """Let every contestant run in turn, `repeats` times."""
    chosen = {
        name: job for name, job in contestants().items()
        if not arguments.only or name in arguments.only
    }  # fmt: skip
    runs: dict[str, list[dict[str, Any]]] = {name: [] for name in chosen}
    for repetition in range(arguments.repeats):
        for name, job in chosen.items():
            job = job | {"text": str(text), "epochs": arguments.epochs, "seed": repetition + 1}
            runs[name].append(_run_child(job))
            speed = runs[name][-1]["words_per_second"] / 1e6
            print(
                f"{repetition + 1}/{arguments.repeats}  {name:22} {speed:8.4f} M words/s",
                flush=True,
            )
    return runs


def _environment() -> dict[str, str]:
    """Return this environment with one BLAS thread, and OpenBLAS free to choose its kernel."""
    forced = ("OPENBLAS_CORETYPE", "OPENBLAS_L2_SIZE")
    environment = {name: value for name, value in os.environ.items() if name not in forced}
    one = dict.fromkeys(("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"), "1")
    return environment | one


def _run_child(job: dict[str, Any]) -> dict[str, Any]:
    command = [sys.executable, __file__, "--child", json.dumps(job)]
    done = subprocess.run(
        command, env=_environment(), stdout=subprocess.PIPE, text=True, check=True
    )
    result: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return result


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
    begin = time.perf_counter()
    model.train(
        sentences, total_examples=model.corpus_count, epochs=job["epochs"], report_delay=1e9
    )
    seconds = time.perf_counter() - begin
    quality = _quality(model.wv.index_to_key, model.wv.vectors)
    return {"words_per_second": job["epochs"] * int(words) / seconds, **quality}


def _gensim_end_to_end(job: dict[str, Any]) -> dict[str, Any]:
    from gensim.models import Word2Vec
    from gensim.models.word2vec import LineSentence

    begin = time.perf_counter()
    model = Word2Vec(
        LineSentence(job["text"]), sg=1, epochs=job["epochs"], seed=job["seed"],
        workers=job["workers"],
    )  # fmt: skip
    model.wv.save_word2vec_format(job["text"] + ".gensim.bin", binary=True)
    seconds = time.perf_counter() - begin
    words = sum(model.wv.get_vecattr(word, "count") for word in model.wv.index_to_key)
    return {"words_per_second": job["epochs"] * int(words) / seconds}


def _fasttext(job: dict[str, Any]) -> dict[str, Any]:
    import fasttext
    import numpy as np

    begin = time.perf_counter()
    model = fasttext.train_unsupervised(
        job["text"], model="skipgram", dim=SETTINGS["dim"], ws=SETTINGS["window"],
        neg=SETTINGS["negative"], minCount=SETTINGS["min_count"], t=SETTINGS["sample"],
        lr=SETTINGS["learning_rate"], epoch=job["epochs"], thread=job["workers"],
        minn=0, maxn=0, verbose=0,
    )  # fmt: skip
    seconds = time.perf_counter() - begin  # it has no call that leaves out reading
    words, counts = model.get_words(include_freq=True)
    quality = _quality(words, np.array([model.get_word_vector(word) for word in words]))
    return {"words_per_second": job["epochs"] * int(sum(counts)) / seconds, **quality}


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
    partly = job["trainer"] == "loop"
    if partly:
        corpus = Corpus(corpus.ids[:LOOP_TOKENS], corpus.words, corpus.counts)
    config = TrainingConfig(
        trainer=job["trainer"], processes=job.get("processes", 1), seed=job["seed"],
        epochs=1 if partly else job["epochs"], **SETTINGS,
    )  # fmt: skip
    result = train(corpus, config)
    quality = {} if partly else _quality(result.vectors.words, result.vectors.center_vecs)
    return {"words_per_second": result.words_per_second, **quality}


def _wordgrad_end_to_end(job: dict[str, Any]) -> dict[str, Any]:
    from wordgrad.training import TrainingConfig, read_corpus, save_vectors, train

    begin = time.perf_counter()
    corpus = read_corpus(job["text"], "whitespace")
    config = TrainingConfig(processes=CORES, seed=job["seed"], epochs=job["epochs"], **SETTINGS)
    result = train(corpus, config)
    save_vectors(result.vectors, job["text"] + ".ours.bin")
    return {"words_per_second": result.words / (time.perf_counter() - begin)}


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
        {"tokens": n, "vocab_size": v} | _run_child({"run": "scaling", "tokens": n, "words": v})
        for n, v in sizes
    ]


def _scaling_run(job: dict[str, Any]) -> dict[str, Any]:
    import resource

    import numpy as np

    from wordgrad.training import Corpus, TrainingConfig, train

    rng = np.random.default_rng(0)
    weights = 1 / np.arange(1, job["words"] + 1)
    tokens = rng.choice(job["words"], size=job["tokens"], p=weights / weights.sum())
    counts = np.sort(np.bincount(tokens, minlength=job["words"]) + 1)[::-1]
    words = tuple(str(i) for i in range(job["words"]))
    corpus = Corpus(tokens.astype(np.int32), words, counts)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    result = train(corpus, TrainingConfig(epochs=1, min_count=1, sample=0))
    after = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    vectors = 2 * result.vectors.center_vecs.nbytes
    return {
        "nanoseconds_per_token": 1e9 * result.seconds / job["tokens"],
        "grown_bytes": (after - before) * 1024,
        "vector_bytes": vectors,
    }


def _summaries(runs: dict[str, list[dict[str, Any]]]) -> dict[str, dict[str, Any]]:
    best = {
        kind: max(
            (
                statistics.median(run["words_per_second"] for run in of)
                for name, of in runs.items()
                if name.startswith("gensim") and name.endswith(kind)
            ),
            default=None,
        )
        for kind in ("workers", "end to end")
    }
    summaries = {}
    for name, of in runs.items():
        speeds = [run["words_per_second"] for run in of]
        against = best["end to end" if name.endswith("end to end") else "workers"]
        median = statistics.median(speeds)
        summary: dict[str, Any] = {
            "words_per_second": speeds,
            "median_words_per_second": median,
            "against_best_gensim": median / against if against else None,
        }
        for measure in ("wordsim353", "simlex999", "analogies"):
            values = [run[measure] for run in of if measure in run]
            if values:
                summary[measure] = values
        summaries[name] = summary
    return summaries


def _show(result: dict[str, Any]) -> None:
    for name, summary in result["contestants"].items():
        ratio = summary["against_best_gensim"]
        quality = " ".join(
            f"{measure} {statistics.mean(summary[measure]):.3f}"
            f"±{max(summary[measure]) - min(summary[measure]):.3f}"
            for measure in ("wordsim353", "simlex999", "analogies")
            if measure in summary
        )
        shown = f"{ratio:7.3f}x" if ratio else "       -"
        speed = summary["median_words_per_second"] / 1e6
        print(f"{name:22} {speed:8.4f} M words/s {shown}  {quality}")
    for row in result.get("scaling", []):
        print(row)


def _machine() -> dict[str, Any]:
    cpu = platform.processor()
    information = Path("/proc/cpuinfo")
    if information.exists():
        names = re.findall(r"^model name\s*:\s*(.*)$", information.read_text(), re.MULTILINE)
        cpu = names[0] if names else cpu
    load = os.getloadavg()[0] if hasattr(os, "getloadavg") else None
    return {
        "cpu": cpu, "cores": CORES, "system": platform.platform(), "load": load,
        "blas_kernel": _blas_kernel(),
    }  # fmt: skip


def _blas_kernel() -> str:
    """Return the kernel that OpenBLAS chooses; it says so itself when asked to be verbose."""
    done = subprocess.run(
        [sys.executable, "-c", "import numpy"], env=_environment() | {"OPENBLAS_VERBOSE": "2"},
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    found = re.search(r"Core:\s*(\S+)", done.stdout + done.stderr)
    return found[1] if found else "unknown"


def _versions() -> dict[str, str | None]:
    names = ("numpy", "scipy", "gensim", "fasttext-numpy2-wheel", "torch", "wordgrad")
    return {"python": platform.python_version()} | {name: _version(name) for name in names}


def _version(name: str) -> str | None:
    try:
        return importlib.metadata.version(name)
    except importlib.metadata.PackageNotFoundError:
        return None


if __name__ == "__main__":
    main()
