"""Figures of the chapter on windows: what the text says of them holds in their data."""

import numpy as np
import pytest
from matplotlib.axes import Axes

from wordgrad.figures import window
from wordgrad.figures._style import BLUE, GREY, PURPLE, VERMILLION


def test_arrows_go_from_the_center_or_to_it() -> None:
    for axes, center in zip(window.two_directions().axes, ("tail", "head"), strict=True):
        arrows = [text for text in axes.texts if hasattr(text, "arrow_patch")]
        assert len(arrows) == 4
        heads = {text.xy[0] for text in arrows}
        tails = {text.get_position()[0] for text in arrows}
        assert {"tail": tails, "head": heads}[center] == {3}
        assert heads | tails == {1, 2, 3, 4, 5}


def _rows(axes: Axes) -> list[list[int]]:
    """Rows that are drawn, model by model."""
    return [np.asarray(dots.get_offsets())[:, 0].astype(int).tolist() for dots in axes.collections]


def test_touched_rows_are_those_of_the_formulas() -> None:
    centers, outsides = map(_rows, window.touched_vectors().axes)
    context, center = [7, 12, 25, 31], [18]
    negatives = {2, 4, 7, 9, 15, 20, 22, 28, 34, 36}
    assert centers == [center, center, context, context]
    assert outsides[0] == outsides[2] == list(range(40))
    assert outsides[1] == sorted(negatives | set(context))
    assert outsides[3] == sorted({2, 9, 36, *center})


def test_costs_are_drawn_against_the_radius_in_a_common_unit() -> None:
    lines = window.cost(rounds=2, vocab_size=300).axes[0].lines
    radii = [np.asarray(line.get_xdata()).tolist() for line in lines]
    assert radii == [[1, 2, 3, 5, 7, 10]] * 3
    times = {line.get_color(): np.asarray(line.get_ydata()) for line in lines}
    assert times[BLUE][0] == 1
    assert all((values > 0).all() for values in times.values())


def test_the_factor_of_the_mean_decides_how_a_step_scales() -> None:
    lines = window.step_of_context(n_windows=8).axes[0].lines
    radii = np.asarray(lines[0].get_xdata(), dtype=float)
    slopes = {
        line.get_color(): np.polyfit(np.log(radii), np.log(np.asarray(line.get_ydata())), 1)[0]
        for line in lines
    }
    assert slopes[VERMILLION] == pytest.approx(1, abs=0.1)
    assert slopes[GREY] == pytest.approx(0, abs=0.05)
    assert slopes[BLUE] == pytest.approx(-1, abs=0.05)


def test_weights_fall_in_a_straight_line_when_the_radius_is_drawn() -> None:
    lines = window.weight_by_distance(window=8, n_positions=4000).axes[0].lines
    curves = {(line.get_color(), line.get_linestyle()): line.get_ydata() for line in lines}
    expected = np.arange(8, 0, -1) / 8
    assert curves[BLUE, "-"] == pytest.approx(expected)
    assert curves[BLUE, "None"] == pytest.approx(expected, abs=0.04)
    assert curves[PURPLE, "--"] == pytest.approx(1 / np.arange(1, 9))
    assert set(curves[GREY, ":"]) == {1}
