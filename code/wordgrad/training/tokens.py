"""From bytes to tokens, a block of text at a time: no loop over characters, lines or words."""

import unicodedata
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import BinaryIO, Literal

from .errors import CorpusError, check_readable

Tokenizer = Literal["words", "whitespace"]
SENTENCE_END = b"\xff"  # no byte of UTF-8 text
_BLOCK_BYTES = 1 << 20
_LONGEST_WORD = 1 << 20
_WHITESPACE = b" \t\n\r\x0b\x0c"
# What is no letter, digit or underscore ends a word; bytes from 128 up belong to other letters.
_ASCII_WORDS = bytes(
    byte if byte > 127 or chr(byte).isalnum() or chr(byte) in "_\n" else ord(" ")
    for byte in bytes(range(256)).lower()
)
# Python counts four separators of old as white space in text, but not in bytes.
_ASCII_SPACES = bytes(ord(" ") if 0x1C <= byte <= 0x1F else byte for byte in range(256))


def tokenize(block: bytes, tokenizer: Tokenizer = "words") -> list[bytes]:
    """Cut UTF-8 text into tokens; SENTENCE_END stands for the end of a line.

    Parameters
    ----------
    block : bytes
        UTF-8 text that starts and ends between two words.
    tokenizer : {"words", "whitespace"}, default "words"
        "words" puts letters into lower case and takes runs of letters, digits and underscores.
        "whitespace" cuts at white space only, as gensim and the original program do.

    Returns
    -------
    list of bytes

    Raises
    ------
    UnicodeDecodeError
        If `block` is not UTF-8.

    Examples
    --------
    >>> tokenize("The cat's — très bien!\\n".encode())
    [b'the', b'cat', b's', b'tr\\xc3\\xa8s', b'bien', b'\\xff']
    >>> tokenize(b"The cat's\\n", "whitespace")
    [b'The', b"cat's", b'\\xff']
    """
    if not block.isascii():
        block = _spaced(block.decode("utf-8"), tokenizer).encode("utf-8")
    block = block.translate(_ASCII_WORDS if tokenizer == "words" else _ASCII_SPACES)
    return block.replace(b"\n", b" " + SENTENCE_END + b" ").split()


def _spaced(text: str, tokenizer: Tokenizer) -> str:
    """Replace separators beyond ASCII by spaces: one fast replacement for each distinct one."""
    ends_word: Callable[[str], bool] = str.isspace
    if tokenizer == "words":
        text = text.lower()
        ends_word = _is_no_word_character
    for character in sorted(set(text)):
        if not character.isascii() and ends_word(character):
            text = text.replace(character, " ")
    return text


def _is_no_word_character(character: str) -> bool:
    return unicodedata.category(character)[0] not in "LMN"  # letters, their marks, numbers


def read_blocks(path: Path, tokenizer: Tokenizer = "words") -> Iterator[list[bytes]]:
    """Read a text file of any size, about a megabyte of tokens at a time.

    Parameters
    ----------
    path : Path
        A UTF-8 text file; a line is a sentence, and may be of any length.
    tokenizer : {"words", "whitespace"}
        See `tokenize`.

    Yields
    ------
    list of bytes

    Raises
    ------
    CorpusError
        If the file cannot be read, is not UTF-8, holds NUL bytes, or has a "word" of more than a
        million bytes.

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     path = Path(folder, "text.txt")
    ...     _ = path.write_text("One cat.\\nTwo cats.\\n")
    ...     list(read_blocks(path))
    [[b'one', b'cat', b'\\xff', b'two', b'cats', b'\\xff']]
    """
    check_readable(path, CorpusError)
    with path.open("rb") as file:
        for start, block in _blocks(path, file):
            _refuse_nul(path, start, block)
            try:
                yield tokenize(block, tokenizer)
            except UnicodeDecodeError as error:
                raise CorpusError(
                    f"{path}: byte {start + error.start} ({block[error.start]:#04x}) is not UTF-8; "
                    "convert the file first, for instance: iconv -f latin1 -t utf-8 FILE > NEW"
                ) from error


def _blocks(path: Path, file: BinaryIO) -> Iterator[tuple[int, bytes]]:
    """Yield (position, bytes) with cuts at white space only."""
    start, rest = 0, file.read(3).removeprefix(b"\xef\xbb\xbf")  # a byte order mark is no text
    while new := file.read(_BLOCK_BYTES):
        block = rest + new
        cut = 1 + max(block.rfind(bytes([space])) for space in _WHITESPACE)
        if len(block) - cut > _LONGEST_WORD:
            raise CorpusError(
                f"{path}: no white space in {_LONGEST_WORD} bytes from byte {start + cut}; "
                "this is no text of words separated by spaces"
            )
        if cut:
            yield start, block[:cut]
        start, rest = start + cut, block[cut:]
    if rest:
        yield start, rest


def _refuse_nul(path: Path, start: int, block: bytes) -> None:
    position = block.find(b"\0")
    if position >= 0:
        raise CorpusError(
            f"{path}: byte {start + position} is NUL; this is a binary file or UTF-16 text "
            "(convert it: iconv -f utf-16 -t utf-8 FILE > NEW)"
        )


def text_blocks(texts: Iterable[str], tokenizer: Tokenizer = "words") -> Iterator[list[bytes]]:
    """Tokenize texts that are in memory, each line of each text a sentence.

    Examples
    --------
    >>> list(text_blocks(["One cat.", "Two cats."]))
    [[b'one', b'cat', b'\\xff'], [b'two', b'cats', b'\\xff']]
    """
    for text in texts:
        yield tokenize((text + "\n").encode("utf-8"), tokenizer)
