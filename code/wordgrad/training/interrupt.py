"""Let Ctrl-C end a training between two chunks, so that what is saved is whole."""

import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType


class Interrupt:
    """Says whether the user asked to stop.

    Attributes
    ----------
    requested : bool
        True after the first Ctrl-C.
    """

    def __init__(self) -> None:
        self.requested = False

    def __call__(self) -> bool:
        return self.requested


@contextmanager
def gentle_interrupt(message: str) -> Iterator[Interrupt]:
    """Turn the first Ctrl-C (or SIGTERM) into a request; the second one ends the program at once.

    Parameters
    ----------
    message : str
        Written to standard error at the first one.

    Yields
    ------
    Interrupt

    Examples
    --------
    >>> with gentle_interrupt("stopping") as interrupt:
    ...     interrupt()
    False
    """
    interrupt = Interrupt()
    if threading.current_thread() is not threading.main_thread():  # only there, says Python
        yield interrupt
        return

    def handle(number: int, frame: FrameType | None) -> None:
        if interrupt.requested:
            raise KeyboardInterrupt
        interrupt.requested = True
        print(f"\n{message}", file=sys.stderr, flush=True)

    signals = (signal.SIGINT, signal.SIGTERM)
    before = [signal.signal(number, handle) for number in signals]
    try:
        yield interrupt
    finally:
        for number, handler in zip(signals, before, strict=True):
            signal.signal(number, handler)
