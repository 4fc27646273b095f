"""Figures of the chapter on speed: they measure what they say, whatever comes out."""

import numpy as np
import pytest

from wordgrad.figures import making_it_fast
from wordgrad.figures.making_it_fast import RUNGS, Setting


def test_every_rung_is_measured_and_drawn() -> None:
    speed = making_it_fast.speeds(1, 500)
    assert list(speed) == [rung.name for rung in RUNGS]
    assert min(speed.values()) > 0
    axes = making_it_fast.ladder(1, 500).axes[0]
    ends = [float(np.asarray(line.get_xdata())[1]) for line in axes.lines]
    assert ends == [speed[rung.name] / speed["rows of a pair"] for rung in RUNGS]


def test_shares_of_the_budget_start_where_the_last_ended() -> None:
    lines = making_it_fast.budget(1, 500).axes[0].lines
    ends = [tuple(np.asarray(line.get_xdata(), dtype=float)) for line in lines]
    assert ends[0][0] == 0
    assert [start for start, _ in ends[1:]] == [end for _, end in ends[:-1]]


def test_blocks_move_fewer_bytes_for_an_operation() -> None:
    config = Setting().config
    operations, moved = making_it_fast.work_of_blocks(config)
    by_pair, moved_by_pair = making_it_fast.work_of_pairs(config)
    assert operations / moved > 10 * by_pair / moved_by_pair


def test_roofline_puts_each_way_at_its_own_intensity() -> None:
    axes = making_it_fast.roofline(1, 500).axes[0]
    dots = [line for line in axes.lines if line.get_marker() == "o"]
    x = [float(np.asarray(dot.get_xdata())[0]) for dot in dots]
    assert x[0] < x[1] == x[2]
    assert all(float(np.asarray(dot.get_ydata())[0]) > 0 for dot in dots)


def test_ways_to_add_are_three() -> None:
    assert len(making_it_fast.ways_to_add(1, 64)) == 3


def test_text_is_sentences_of_twenty_words() -> None:
    text = Setting(vocab_size=50).text(100)
    assert np.flatnonzero(text < 0).tolist() == [20, 41, 62, 83, 104]
    assert text.max() < 50


def test_excess_shrinks_with_more_text() -> None:
    short, long = (making_it_fast.excess_after(n, dim=4) for n in (700, 1800))
    assert list(short) == ["512 pairs at once", "the same, memory kept"]
    assert all(long[name] < short[name] for name in short)


@pytest.mark.parametrize("rounds", [1])
def test_roofs_are_positive(rounds: int) -> None:
    assert min(making_it_fast.roofs(rounds)) > 0
