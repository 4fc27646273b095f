"""Show how a training goes: a bar on a terminal or in a notebook, nothing elsewhere."""

import math
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, TextIO

from .driver import Report


def describe(report: Report) -> str:
    """Return speed, loss, learning rate and time left in one line.

    Examples
    --------
    >>> describe(Report(done=5, total=20, words=3_000_000, seconds=2.0, loss=2.5,
    ...                 learning_rate=0.02))
    '1.50 M words/s, loss 2.500, learning rate 0.0200'
    """
    speed = report.words / report.seconds / 1e6 if report.seconds > 0 else 0.0
    loss = "none" if math.isnan(report.loss) else f"{report.loss:.3f}"
    return f"{speed:.2f} M words/s, loss {loss}, learning rate {report.learning_rate:.4f}"


class ProgressBar:
    """Call it with each `Report`; it shows a bar if it has one.

    Parameters
    ----------
    make : callable or None
        Makes a tqdm bar from its keyword arguments; None shows nothing.
    file : text file
        Where the bar is drawn.
    """

    def __init__(self, make: Any, file: TextIO) -> None:
        self._make, self._file = make, file
        self._bar: Any = None

    def __call__(self, report: Report) -> None:
        if self._make is None:
            return
        if self._bar is None:  # a resumed training starts where it was
            self._bar = self._make(
                total=report.total, initial=report.done - 1, unit="chunk", file=self._file,
                bar_format="{percentage:3.0f}% |{bar}| {postfix}, {remaining} left",
            )  # fmt: skip
        self._bar.set_postfix_str(describe(report), refresh=False)
        self._bar.update(1)

    def close(self) -> None:
        """Leave the bar as it is."""
        if self._bar is not None:
            self._bar.close()


@contextmanager
def progress_bar(file: TextIO | None = None) -> Iterator[ProgressBar]:
    """Yield a bar, shown if `file` (standard error) is a terminal or this is a notebook.

    Without tqdm nothing is shown.

    Examples
    --------
    >>> import io
    >>> with progress_bar(io.StringIO()) as bar:  # no terminal: no bar
    ...     bar(Report(1, 2, 10, 1.0, 2.5, 0.02))
    """
    file = file or sys.stderr
    bar = ProgressBar(_maker(file), file)
    try:
        yield bar
    finally:
        bar.close()


def _maker(file: TextIO) -> Any:
    in_notebook = "ipykernel" in sys.modules
    if not in_notebook and not file.isatty():
        return None
    try:
        from tqdm.auto import tqdm
    except ImportError:  # a bar is not worth an error
        return None
    return tqdm
