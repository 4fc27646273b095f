"""Figures of the chapter on speed: they measure what they say, whatever comes out."""

import numpy as np

from wordgrad.figures import making_it_fast
from wordgrad.figures._speed_setting import Setting
from wordgrad.figures.making_it_fast import RUNGS


def test_every_rung_is_measured_and_drawn() -> None:
    speed = making_it_fast.speeds(1, 500)
    assert list(speed) == [rung.name for rung in RUNGS]
    assert min(speed.values()) > 0
    axes = making_it_fast.ladder(1, 500).axes[0]
    ends = [float(np.asarray(line.get_xdata())[1]) for line in axes.lines]
    assert ends == [speed[rung.name] / speed["rows of a pair"] for rung in RUNGS]


def test_text_is_sentences_of_twenty_words() -> None:
    text = Setting(vocab_size=50).text(100)
    assert np.flatnonzero(text < 0).tolist() == [20, 41, 62, 83, 104]
    assert text.max() < 50


def test_excess_shrinks_with_more_text() -> None:
    short, long = (making_it_fast.excess_after(n, dim=4) for n in (700, 1800))
    assert list(short) == ["512 pairs at once", "the same, memory kept"]
    assert all(long[name] < short[name] for name in short)
