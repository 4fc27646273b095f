"""Tokens of awkward text; errors of files that are no text."""

import re
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wordgrad.training import tokens
from wordgrad.training.errors import CorpusError
from wordgrad.training.tokens import SENTENCE_END, read_blocks, text_blocks, tokenize


def flat(path: Path, tokenizer: tokens.Tokenizer = "words") -> list[bytes]:
    return [token for block in read_blocks(path, tokenizer) for token in block]


def slow_words(text: str) -> list[bytes]:
    """The definition of "words", a character at a time."""
    spaced = "".join(
        "\n" if c == "\n" else c if c == "_" or unicodedata.category(c)[0] in "LMN" else " "
        for c in text.lower()
    )
    return [token.encode() for token in spaced.replace("\n", " \n ").split(" ") if token]


@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0")))
def test_words_are_as_defined(text: str) -> None:
    found = tokenize(text.encode())
    assert [b"\n" if token == SENTENCE_END else token for token in found] == slow_words(text)


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_whitespace_cuts_as_python_does(text: str) -> None:
    found = tokenize(text.replace("\n", " ").encode(), "whitespace")
    assert found == [word.encode() for word in text.split()]


def test_words_agree_with_regular_expressions_on_ascii() -> None:
    text = "".join(map(chr, range(1, 128))).replace("\n", "") * 2
    assert tokenize(text.encode()) == [w.encode() for w in re.findall(r"\w+", text.lower())]


@pytest.mark.parametrize("block_bytes", [1, 2, 3, 7, 64])
def test_blocks_do_not_cut_words(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, block_bytes: int
) -> None:
    text = "Là-bas, l’été:\n\n one_two 3\tfour\r\nfin"
    path = tmp_path / "text.txt"
    path.write_bytes(text.encode())
    monkeypatch.setattr(tokens, "_BLOCK_BYTES", block_bytes)
    assert flat(path) == tokenize(text.encode())
    assert flat(path, "whitespace") == tokenize(text.encode(), "whitespace")


def test_byte_order_mark_is_not_a_letter(tmp_path: Path) -> None:
    path = tmp_path / "text.txt"
    path.write_bytes(b"\xef\xbb\xbfone two")
    assert flat(path, "whitespace") == [b"one", b"two"]


def test_texts_end_sentences() -> None:
    blocks = list(text_blocks(["a b", "c"]))
    assert blocks == [[b"a", b"b", SENTENCE_END], [b"c", SENTENCE_END]]


def test_not_utf8_names_the_byte(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tokens, "_BLOCK_BYTES", 4)
    path = tmp_path / "latin1.txt"
    path.write_bytes("abcd ab été".encode("latin1"))
    with pytest.raises(CorpusError, match=r"byte 8 \(0xe9\) is not UTF-8.*iconv"):
        flat(path)


def test_nul_names_the_byte(tmp_path: Path) -> None:
    path = tmp_path / "utf16.txt"
    path.write_bytes("ab".encode("utf-16-le"))
    with pytest.raises(CorpusError, match=r"byte 1 is NUL.*UTF-16"):
        flat(path)


def test_a_long_line_of_words_is_fine(tmp_path: Path) -> None:
    path = tmp_path / "line.txt"
    path.write_bytes(b"word " * 1_000_000)
    assert sum(map(len, read_blocks(path))) == 1_000_000


def test_a_long_word_is_refused_without_reading_it_all(tmp_path: Path) -> None:
    path = tmp_path / "word.txt"
    with path.open("wb") as file:
        file.write(b"two words ")
        file.truncate(10)
        for _ in range(100):
            file.write(b"x" * 1_000_000)
    with pytest.raises(CorpusError, match="no white space in 1048576 bytes from byte 10"):
        flat(path)
