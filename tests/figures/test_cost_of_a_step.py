"""What a step costs, measured and counted."""

import numpy as np
import pytest

from wordgrad.figures import cost_of_a_step
from wordgrad.figures._speed_setting import Setting


def test_shares_of_the_budget_start_where_the_last_ended() -> None:
    lines = cost_of_a_step.budget(1, 500).axes[0].lines
    ends = [tuple(np.asarray(line.get_xdata(), dtype=float)) for line in lines]
    assert ends[0][0] == 0
    assert [start for start, _ in ends[1:]] == [end for _, end in ends[:-1]]


def test_blocks_move_fewer_bytes_for_an_operation() -> None:
    config = Setting().config
    operations, moved = cost_of_a_step.work_of_blocks(config)
    by_pair, moved_by_pair = cost_of_a_step.work_of_pairs(config)
    assert operations / moved > 10 * by_pair / moved_by_pair


def test_roofline_puts_each_way_at_its_own_intensity() -> None:
    axes = cost_of_a_step.roofline(1, 500).axes[0]
    dots = [line for line in axes.lines if line.get_marker() == "o"]
    x = [float(np.asarray(dot.get_xdata())[0]) for dot in dots]
    assert x[0] < x[1] == x[2]
    assert all(float(np.asarray(dot.get_ydata())[0]) > 0 for dot in dots)


def test_ways_to_add_are_three() -> None:
    assert len(cost_of_a_step.ways_to_add(1, 64)) == 3


@pytest.mark.parametrize("rounds", [1])
def test_roofs_are_positive(rounds: int) -> None:
    assert min(cost_of_a_step.roofs(rounds)) > 0
