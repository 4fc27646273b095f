"""A bar on a terminal only, with what the user wants to know."""

import io
import math
import sys

import pytest

from wordgrad.training.driver import Report
from wordgrad.training.progress import describe, progress_bar

REPORTS = [Report(n, 3, n * 1_000_000, n / 2, 2.5 / n, 0.02 / n) for n in (1, 2, 3)]


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_nothing_without_a_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(sys.modules, "ipykernel", raising=False)  # other tests run notebooks
    file = io.StringIO()
    with progress_bar(file) as bar:
        for report in REPORTS:
            bar(report)
    assert file.getvalue() == ""


def test_a_bar_on_a_terminal() -> None:
    pytest.importorskip("tqdm", reason="the extra 'train' is not installed")
    file = Terminal()
    with progress_bar(file) as bar:
        for report in REPORTS:
            bar(report)
    shown = file.getvalue()
    assert "100%" in shown
    assert "2.00 M words/s, loss 0.833, learning rate 0.0067" in shown
    assert "left" in shown


def test_nothing_without_tqdm(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "tqdm.auto", None)
    file = Terminal()
    with progress_bar(file) as bar:
        bar(REPORTS[0])
    assert file.getvalue() == ""


def test_a_chunk_without_pairs_has_no_loss() -> None:
    assert "loss none" in describe(Report(1, 2, 10, 0.0, math.nan, 0.02))
