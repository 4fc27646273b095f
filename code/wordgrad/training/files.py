"""Word vectors on disk: word2vec's text and binary formats, and npz with everything."""

import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import IO, Any

import numpy as np

from .atomic import atomic_write
from .errors import VectorFileError, check_readable
from .vectors import Vectors, WordVectors

_FORMATS = (".txt", ".bin", ".npz")


def save_vectors(vectors: WordVectors, path: str | Path) -> None:
    """Write word vectors; the end of the name says the format.

    Parameters
    ----------
    vectors : WordVectors
    path : path
        ``.txt`` and ``.bin`` are the formats of the original program, which gensim reads too; they
        hold the center vectors alone. ``.npz`` holds the outside vectors and the counts as well.

    Raises
    ------
    VectorFileError
        If the name ends otherwise, or a word has white space and the format is text or binary.
    OSError
        If the file cannot be written; a file that was there before is then untouched.

    Notes
    -----
    Text has 9 digits, enough to read back the same float32.

    Examples
    --------
    >>> import tempfile
    >>> vectors = WordVectors(("cat", "dog"), np.float32([[1, 0], [1, 1]]))
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     save_vectors(vectors, Path(folder, "vectors.txt"))
    ...     print(Path(folder, "vectors.txt").read_text())
    2 2
    cat 1 0
    dog 1 1
    <BLANKLINE>
    """
    path = Path(path)
    write = {".txt": _write_text, ".bin": _write_binary, ".npz": _write_npz}[vector_format(path)]
    with atomic_write(path) as file:
        write(vectors, file)


def load_vectors(path: str | Path) -> WordVectors:
    """Read word vectors written by `save_vectors`, gensim or the original program.

    Parameters
    ----------
    path : path
        A ``.txt``, ``.bin`` or ``.npz`` file.

    Returns
    -------
    WordVectors

    Raises
    ------
    VectorFileError
        If the file cannot be read, is cut short, or is not in the format that its name says.

    Examples
    --------
    >>> import tempfile
    >>> vectors = WordVectors(("cat", "dog"), np.float32([[1, 0], [0.1, 1]]))
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     save_vectors(vectors, Path(folder, "vectors.bin"))
    ...     load_vectors(Path(folder, "vectors.bin"))["dog"]
    array([0.1, 1. ], dtype=float32)
    """
    path = Path(path)
    read = {".txt": _read_text, ".bin": _read_binary, ".npz": _read_npz}[vector_format(path)]
    check_readable(path, VectorFileError)
    try:
        with path.open("rb") as file:
            return read(file)
    except (ValueError, KeyError, EOFError, zipfile.BadZipFile) as error:
        raise VectorFileError(
            f"{path}: not word vectors in {path.suffix} format: {error}"
        ) from error


def vector_format(path: Path) -> str:
    """Return the end of the name of a file of vectors.

    Raises
    ------
    VectorFileError
        If it is no format.

    Examples
    --------
    >>> vector_format(Path("vectors.bin"))
    '.bin'
    """
    if path.suffix not in _FORMATS:
        raise VectorFileError(
            f"{path}: the name ends in {path.suffix or 'nothing'!r}; it must end in "
            ".txt (text), .bin (word2vec binary) or .npz (NumPy, with outside vectors)"
        )
    return path.suffix


def _writable(word: str) -> bytes:
    if not word or word.split() != [word]:
        raise VectorFileError(f"the word {word!r} is empty or has white space; write .npz instead")
    return word.encode("utf-8")


def _write_text(vectors: WordVectors, file: IO[bytes]) -> None:
    dim = vectors.center_vecs.shape[1]
    file.write(b"%d %d\n" % vectors.center_vecs.shape)
    numbers = b" %.9g" * dim + b"\n"
    for word, row in zip(vectors.words, vectors.center_vecs, strict=True):
        file.write(_writable(word) + numbers % tuple(row.tolist()))


def _write_binary(vectors: WordVectors, file: IO[bytes]) -> None:
    file.write(b"%d %d\n" % vectors.center_vecs.shape)
    for word, row in zip(vectors.words, vectors.center_vecs, strict=True):
        file.write(_writable(word) + b" " + row.astype("<f4").tobytes() + b"\n")


def _write_npz(vectors: WordVectors, file: IO[bytes]) -> None:
    if any("\n" in word for word in vectors.words):
        raise VectorFileError("a word has a line break in it; no format can hold that")
    arrays: dict[str, Any] = {
        "words": np.frombuffer("\n".join(vectors.words).encode("utf-8"), dtype=np.uint8),
        "center_vecs": vectors.center_vecs,
    }
    if vectors.outside_vecs is not None:
        arrays["outside_vecs"] = vectors.outside_vecs
    if vectors.counts is not None:
        arrays["counts"] = vectors.counts
    np.savez(file, **arrays)


def _header(file: IO[bytes]) -> tuple[int, int]:
    line = file.readline(100)
    try:
        size, dim = (int(number) for number in line.split())
    except ValueError:
        raise ValueError(f"the first line is {line[:40]!r}, not two numbers, V and d") from None
    if size < 1 or dim < 1:
        raise ValueError(f"the first line says {size} words of dimension {dim}")
    return size, dim


def _read_rows(file: IO[bytes], read_row: Callable[[int], tuple[bytes, Vectors]]) -> WordVectors:
    """Read the rows one by one: a wrong header must not reserve memory for what is not there."""
    size, dim = _header(file)
    words, rows = [], []
    for number in range(size):
        try:
            word, row = read_row(dim)
            words.append(word.decode("utf-8"))
        except ValueError as error:
            raise ValueError(f"word {number + 1} of {size}: {error}") from error
        rows.append(row)
    return WordVectors(tuple(words), np.stack(rows))


def _read_text(file: IO[bytes]) -> WordVectors:
    def read_row(dim: int) -> tuple[bytes, Vectors]:
        line = file.readline()
        if not line:
            raise ValueError("the file ends here")
        word, *numbers = line.rstrip().split(b" ")
        if len(numbers) != dim:
            raise ValueError(f"it has {len(numbers)} numbers, not {dim}")
        return word, np.array(numbers, dtype="S").astype(np.float32)

    return _read_rows(file, read_row)


def _read_binary(file: IO[bytes]) -> WordVectors:
    def read_row(dim: int) -> tuple[bytes, Vectors]:
        word = bytearray()
        while (byte := file.read(1)) != b" ":
            if not byte or len(word) > 10_000:
                raise ValueError("the file ends here, or there is no space after the word")
            word += byte
        row = file.read(4 * dim)
        if len(row) != 4 * dim:
            raise ValueError("the file ends within its vector")
        return bytes(word).lstrip(b"\n"), np.frombuffer(row, dtype="<f4").astype(np.float32)

    return _read_rows(file, read_row)


def _read_npz(file: IO[bytes]) -> WordVectors:
    with np.load(file, allow_pickle=False) as stored:
        if not isinstance(stored, np.lib.npyio.NpzFile):
            raise ValueError("it holds a single array")
        words = tuple(stored["words"].tobytes().decode("utf-8").split("\n"))
        return WordVectors(
            words, stored["center_vecs"], stored.get("outside_vecs"), stored.get("counts")
        )
