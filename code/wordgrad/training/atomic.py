"""Write a file completely or not at all: a full disk or a kill leaves the old one as it was."""

import contextlib
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import IO


@contextlib.contextmanager
def atomic_write(path: Path) -> Iterator[IO[bytes]]:
    """Open a temporary file beside `path`; rename it to `path` if the block ends well.

    Parameters
    ----------
    path : Path
        The file to write or to replace.

    Yields
    ------
    binary file

    Raises
    ------
    OSError
        As the system says, with a message that names `path`; the old file is untouched.

    Examples
    --------
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     path = Path(folder, "greeting")
    ...     with atomic_write(path) as file:
    ...         _ = file.write(b"hello")
    ...     path.read_bytes()
    b'hello'
    """
    temporary = None
    try:
        with tempfile.NamedTemporaryFile(
            dir=path.parent, prefix=f".{path.name}.", suffix=".part", delete=False
        ) as file:
            temporary = Path(file.name)
            yield file.file
            file.flush()
            os.fsync(file.fileno())
        temporary.chmod(_usual_mode(path))
        temporary.replace(path)
    except OSError as error:
        raise OSError(
            error.errno, f"{error.strerror}; {path} is as it was before", str(path)
        ) from error
    finally:
        if temporary is not None:
            temporary.unlink(missing_ok=True)


def _usual_mode(path: Path) -> int:
    """Return the mode of the file to replace, or that of a new file: temporary ones are private."""
    if path.exists():
        return path.stat().st_mode & 0o777
    umask = os.umask(0)
    os.umask(umask)
    return 0o666 & ~umask
