"""One Ctrl-C asks, two insist, and afterwards all is as before."""

import os
import signal
import threading

import pytest

from wordgrad.training.interrupt import Interrupt, gentle_interrupt


def test_the_first_asks_and_the_second_insists(capsys: pytest.CaptureFixture[str]) -> None:
    before = signal.getsignal(signal.SIGINT)
    with gentle_interrupt("stopping soon") as interrupt:
        assert not interrupt()
        os.kill(os.getpid(), signal.SIGINT)
        assert interrupt()
        assert "stopping soon" in capsys.readouterr().err
        with pytest.raises(KeyboardInterrupt):
            signal.raise_signal(signal.SIGINT)
    assert signal.getsignal(signal.SIGINT) is before


def test_other_threads_go_without() -> None:
    found: list[Interrupt] = []

    def work() -> None:
        with gentle_interrupt("") as interrupt:
            found.append(interrupt)

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    assert not found[0].requested
