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


def test_rungs_of_blocks_come_to_the_same() -> None:
    names = ("blocks", "blocks, flat adding", "the same, memory kept", "adding compiled")
    excess = making_it_fast.excess_after(700, dim=4, names=names)
    assert len(set(np.round(list(excess.values()), 4))) == 1


def test_profile_of_a_rung_names_its_step() -> None:
    found = making_it_fast.profile_of("512 pairs at once", 500)
    assert "pair_step" in found.shares
    assert 0 < sum(found.shares.values()) <= 1
    loop = making_it_fast.profile_of("rows of a pair", 500)
    assert loop.calls > 10 * found.calls


def test_text_is_sentences_of_twenty_words() -> None:
    text = Setting(vocab_size=50).text(100)
    assert np.flatnonzero(text < 0).tolist() == [20, 41, 62, 83, 104]
    assert text.max() < 50


def test_excess_shrinks_with_more_text() -> None:
    short, long = (making_it_fast.excess_after(n, dim=4) for n in (700, 1800))
    assert list(short) == ["512 pairs at once", "blocks"]
    assert all(long[name] < short[name] for name in short)
