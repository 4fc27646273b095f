"""What training raises on bad input: which file, what is wrong with it, what to do."""

from pathlib import Path


class CorpusError(ValueError):
    """A corpus that cannot be read or trained on."""


class VectorFileError(ValueError):
    """A file of word vectors that cannot be read or written."""


class EvaluationError(ValueError):
    """An evaluation set that cannot be read, or of which no word is known."""


class CheckpointError(ValueError):
    """A checkpoint that cannot be read, or that belongs to another training."""


class WorkerError(RuntimeError):
    """A process of the training ended before its work was done."""


def check_readable(path: Path, error: type[ValueError]) -> None:
    """Raise `error` if `path` is not a file that this user may read.

    Examples
    --------
    >>> check_readable(Path("no-such-file"), CorpusError)
    Traceback (most recent call last):
    ...
    wordgrad.training.errors.CorpusError: no-such-file: there is no such file; check the path
    """
    if path.is_dir():
        raise error(f"{path}: this is a directory; give one file")
    try:
        path.open("rb").close()
    except FileNotFoundError as cause:
        raise error(f"{path}: there is no such file; check the path") from cause
    except PermissionError as cause:
        raise error(f"{path}: you may not read it; change its permissions") from cause
    except OSError as cause:
        raise error(f"{path}: it cannot be opened ({cause.strerror})") from cause
