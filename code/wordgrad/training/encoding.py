"""From blocks of tokens to numbers, in memory or in a folder that serves the next run."""

import hashlib
import tempfile
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import numpy as np
import numpy.typing as npt

from .tokens import SENTENCE_END, Tokenizer

_FORMAT = 1  # change it when the cached files or the tokenizers change
_COPY_TOKENS = 1 << 22
Ids = npt.NDArray[np.int32]
Encoded = tuple[Ids, tuple[str, ...], npt.NDArray[np.int64]]  # ids, words, counts of a `Corpus`


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


def encode_in_memory(blocks: Iterable[list[bytes]]) -> Encoded:
    """Encode blocks of tokens.

    Examples
    --------
    >>> encode_in_memory([[b"a", b"b", b"b", SENTENCE_END]])
    (array([ 1,  0,  0, -1], dtype=int32), ('b', 'a'), array([2, 1]))
    """
    parts: list[Ids] = []
    words, counts, final = _number(blocks, parts.append)
    ids = np.concatenate([final[part] for part in parts]) if parts else np.empty(0, np.int32)
    return ids, words, counts


def encode_to_folder(blocks: Iterable[list[bytes]], folder: Path) -> None:
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


def load_folder(folder: Path) -> Encoded:
    """Return what `encode_to_folder` has written; the ids as a map of their file."""
    words = (folder / "words").read_text(encoding="utf-8")
    path = folder / "ids"
    empty = path.stat().st_size == 0  # an empty file cannot be mapped
    ids = np.empty(0, np.int32) if empty else np.memmap(path, dtype=np.int32, mode="r")
    return ids, tuple(words.split("\n")) if words else (), np.load(folder / "counts.npy")


def fingerprint(path: Path, tokenizer: Tokenizer) -> str:
    """Name what the encoding depends on: the file as it is now, and the tokenizer."""
    facts = path.stat()
    key = f"{_FORMAT} {path.resolve()} {facts.st_size} {facts.st_mtime_ns} {tokenizer}"
    return hashlib.sha256(key.encode()).hexdigest()[:24]
