"""The commands as a user meets them: results, messages, exit statuses, Ctrl-C and kill."""

import argparse
import errno
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pytest

from wordgrad.training import SyntheticLanguage, load_vectors, save_vectors
from wordgrad.training.cli import add_commands
from wordgrad.training.vectors import WordVectors

PROGRAM = """
import argparse, sys
from wordgrad.training.cli import add_commands
if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    add_commands(parser.add_subparsers())
    arguments = parser.parse_args()
    sys.exit(arguments.run(arguments))
"""
SMALL = ["--dim", "8", "--epochs", "2", "--no-cache", "--min-count", "1"]


def run(*words: object) -> int:
    parser = argparse.ArgumentParser()
    add_commands(parser.add_subparsers())
    arguments = parser.parse_args([str(word) for word in words])
    status: int = arguments.run(arguments)
    return status


@pytest.fixture
def text(tmp_path: Path) -> Path:
    path = tmp_path / "text.txt"
    path.write_text("\n".join(SyntheticLanguage().texts(300, np.random.default_rng(0))))
    return path


@pytest.fixture
def vectors(tmp_path: Path) -> Path:
    path = tmp_path / "vectors.txt"
    points = np.array([[2, 0, 0], [2, 1, 0], [0, 0, 3], [0, 1.2, 3], [-1, 0, -1]], np.float32)
    save_vectors(WordVectors(("man", "woman", "king", "queen", "far"), points), path)
    return path


@pytest.mark.parametrize("suffix", [".txt", ".bin", ".npz"])
def test_train_writes_vectors(
    text: Path, tmp_path: Path, suffix: str, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / f"vectors{suffix}"
    assert run("train", text, "--out", out, *SMALL) == 0
    assert load_vectors(out).center_vecs.shape == (102, 8)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["text.txt", out.name]
    message = capsys.readouterr().err
    assert "2,400 words, 102 with a vector" in message
    assert f"wrote {out}" in message


def test_train_same_seed_same_file(text: Path, tmp_path: Path) -> None:
    for name in ("a.txt", "b.txt"):
        assert run("train", text, "--out", tmp_path / name, *SMALL, "--seed", 3) == 0
    assert (tmp_path / "a.txt").read_bytes() == (tmp_path / "b.txt").read_bytes()


@pytest.mark.parametrize(
    "options",
    [
        ["--cbow", "--combine", "sum"],
        ["--trainer", "batched", "--loss", "softmax"],
        ["--trainer", "loop", "--chunk-tokens", "500", "--epochs", "1"],
        ["--tokenizer", "whitespace"],
        ["--threads", "2"],
    ],
)
def test_train_options(text: Path, tmp_path: Path, options: list[str]) -> None:
    if "loop" in options:
        text.write_text(text.read_text()[:2000])
    out = tmp_path / "vectors.txt"
    assert run("train", text, "--out", out, *SMALL, *options) == 0
    assert np.isfinite(load_vectors(out).center_vecs).all()


def test_train_uses_the_cache(text: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "home"))
    options = [option for option in SMALL if option != "--no-cache"]
    assert run("train", text, "--out", tmp_path / "v.txt", *options) == 0
    assert len(list((tmp_path / "home" / "wordgrad").iterdir())) == 1
    assert run("train", text, "--out", tmp_path / "v.txt", *options, "--cache", tmp_path / "c") == 0
    assert len(list((tmp_path / "c").iterdir())) == 1


BAD_CORPORA = {
    "empty": (b"", "no words in it"),
    "one word": (b"word", "training needs two or more"),
    "latin1": ("caf\xe9 noir".encode("latin1"), "byte 3 (0xe9) is not UTF-8"),
    "binary": (b"ab\0cd", "byte 2 is NUL"),
    "one long word": (b"x" * 3_000_000, "no white space"),
}


@pytest.mark.parametrize("kind", BAD_CORPORA)
@pytest.mark.parametrize("cached", [False, True])
def test_bad_corpora(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], kind: str, cached: bool
) -> None:
    content, message = BAD_CORPORA[kind]
    path = tmp_path / "text.txt"
    path.write_bytes(content)
    cache = ["--cache", tmp_path / "cache"] if cached else ["--no-cache"]
    assert run("train", path, "--out", tmp_path / "v.txt", *cache) == 2
    error = capsys.readouterr().err
    assert error.startswith("wordgrad: ")
    assert message in error
    assert error.count("\n") == 1
    assert not (tmp_path / "v.txt").exists()


@pytest.mark.parametrize(
    ("corpus", "out", "options", "message"),
    [
        ("missing", "v.txt", [], "there is no such file"),
        (".", "v.txt", [], "this is a directory"),
        ("text.txt", "v.vec", [], "must end in .txt"),
        ("text.txt", "no/v.txt", [], "there is no such folder"),
        ("text.txt", "v.txt", ["--dim", "0"], "dim is 0"),
        ("text.txt", "v.txt", ["--loss", "softmax"], "take trainer 'batched'"),
        ("text.txt", "v.txt", ["--resume"], "there is no such file"),
        ("text.txt", "v.txt", ["--scheduler", "here"], "or local:N for N processes"),
        ("text.txt", "v.txt", ["--scheduler", "local:2", "--threads", "2"], "give one of them"),
        ("text.txt", "v.txt", ["--min-count", "99999"], "give more text or a lower min_count"),
    ],
)
def test_train_refuses(
    text: Path, capsys: pytest.CaptureFixture[str],
    corpus: str, out: str, options: list[str], message: str,
) -> None:  # fmt: skip
    folder = text.parent
    assert run("train", folder / corpus, "--out", folder / out, "--no-cache", *options) == 2
    assert message in capsys.readouterr().err


def test_a_full_disk_keeps_the_old_vectors(
    text: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(fd: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    out = tmp_path / "v.txt"
    out.write_text("old")
    monkeypatch.setattr(os, "fsync", full)
    assert run("train", text, "--out", out, *SMALL) == 2
    assert "No space left on device" in capsys.readouterr().err
    assert out.read_text() == "old"


def test_sotu_is_a_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    def corpus(tokenizer: str) -> None:
        asked.append(tokenizer)
        raise ValueError("enough")

    monkeypatch.setattr("wordgrad.training.cli.sotu_corpus", corpus)
    assert run("train", "sotu", "--out", tmp_path / "v.txt") == 2
    assert asked == ["words"]


def test_similar(vectors: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("similar", vectors, "man", "-n", "2") == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line.split("\t")[0] for line in lines] == ["woman", "king"]
    assert lines[0] == "woman\t0.8944"


def test_analogy(vectors: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("analogy", vectors, "man", "woman", "king", "-n", 1) == 0
    assert capsys.readouterr().out.startswith("queen\t")


def test_unknown_words_and_bad_files(vectors: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("similar", vectors, "quen") == 2
    assert (
        "wordgrad: 'quen' is not among the 5 words; did you mean queen" in capsys.readouterr().err
    )
    vectors.write_bytes(b"5 3\nman 1")
    assert run("analogy", vectors, "a", "b", "c") == 2
    assert "not word vectors in .txt format" in capsys.readouterr().err


def test_evaluate_given_sets(
    vectors: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "pairs.tsv").write_text("man\twoman\t9\nman\tking\t5\nman\tfar\t1\n")
    (tmp_path / "four.txt").write_text(": s\nman woman king queen\nx y z w\n")
    (tmp_path / "none.txt").write_text("x y z w\n")
    sets = ["--pairs", tmp_path / "pairs.tsv", "--analogies", tmp_path / "four.txt"]
    assert run("evaluate", vectors, *sets) == 0
    assert capsys.readouterr().out == "pairs\t1.000\t3 of 3\nfour\t1.000\t1 of 2\n"
    assert run("evaluate", vectors, "--analogies", tmp_path / "none.txt") == 1
    assert "none of the 1 analogies" in capsys.readouterr().err


def start(text: Path, out: Path, *options: str) -> "subprocess.Popen[str]":
    """Start a training of about a minute, and wait until it has read the corpus."""
    command = [sys.executable, "-c", PROGRAM, "train", str(text), "--out", str(out), *SMALL]
    process = subprocess.Popen(
        [*command, "--epochs", "20000", "--chunk-tokens", "500", *options],
        stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert process.stderr is not None
    assert "with a vector" in process.stderr.readline()
    time.sleep(1)
    return process


@pytest.mark.parametrize("threads", ["1", "2"])
def test_ctrl_c_saves_and_resume_goes_on(text: Path, tmp_path: Path, threads: str) -> None:
    out = tmp_path / "v.txt"
    with start(text, out, "--threads", threads) as process:
        process.send_signal(signal.SIGINT)
        _, messages = process.communicate(timeout=60)
    assert process.returncode == 130
    assert "Stopping after this chunk" in messages
    assert "--resume goes on" in messages
    assert "Traceback" not in messages
    assert load_vectors(out).center_vecs.shape == (102, 8)
    with np.load(tmp_path / "v.txt.checkpoint") as state:
        done = int(state["done"].sum())
    with start(text, out, "--threads", threads, "--resume") as process:
        process.send_signal(signal.SIGTERM)
        process.communicate(timeout=60)
    with np.load(tmp_path / "v.txt.checkpoint") as state:
        assert int(state["done"].sum()) > done > 0


def test_a_kill_loses_nothing_that_was_saved(text: Path, tmp_path: Path) -> None:
    out = tmp_path / "v.txt"
    out.write_text("old")
    with start(text, out) as process:
        process.kill()
    assert out.read_text() == "old"


def test_training_loads_neither_sympy_nor_matplotlib() -> None:
    names = "('sympy', 'matplotlib', 'pandas', 'gensim', 'tqdm')"
    code = f"import sys, wordgrad.training.cli; print([m for m in {names} if m in sys.modules])"
    shown = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert shown.stdout == "[]\n"
