"""Figures of the chapter on gradient checks: what the text says of them holds in their data."""

import numpy as np
import pytest

from wordgrad.figures import gradient_checking
from wordgrad.figures._style import BLUE, GREEN, PURPLE, VERMILLION


def test_step_size_curves_have_their_valleys_where_theory_puts_them() -> None:
    for axes in gradient_checking.step_size().axes:
        curves = {line.get_color(): line for line in axes.lines}
        errors = np.asarray(curves[BLUE].get_ydata())
        valley = float(np.asarray(curves[BLUE].get_xdata())[np.nanargmin(errors)])
        predicted = next(note.xy[0] for note in axes.texts if note.get_text() == "$h^*$")  # type: ignore[attr-defined]
        assert 0.1 < valley / predicted < 10
        assert np.nanmin(errors) < np.nanmin(np.asarray(curves[VERMILLION].get_ydata())) / 5


def test_complex_step_is_flat() -> None:
    (line,) = [
        line for line in gradient_checking.step_size().axes[0].lines if line.get_color() == GREEN
    ]
    steps, errors = np.asarray(line.get_xdata()), np.asarray(line.get_ydata())
    assert errors[steps < 1e-8].max() < 1e-14


def test_tolerances_lie_between_right_gradients_and_slips() -> None:
    axes = gradient_checking.thresholds().axes[0]
    errors = {
        label.get_text(): np.asarray(dots.get_xdata())
        for label, dots in zip(axes.get_yticklabels(), axes.lines, strict=False)
    }
    assert len(errors) == 7
    for name, values in errors.items():
        if name == "right, complex step":
            assert values.max() < 1e-12
        elif name.startswith("right"):
            assert values.max() < 1e-7
        else:
            assert values.min() > 1e-7


def test_wrong_loss_goes_down_while_the_true_loss_goes_up() -> None:
    lines = gradient_checking.wrong_loss().axes[0].lines
    losses = {line.get_color(): np.asarray(line.get_ydata()) for line in lines}
    assert losses[PURPLE][-1] < losses[PURPLE][0] / 100
    assert losses[VERMILLION][-1] > 3 * losses[VERMILLION][0]
    assert losses[BLUE][-1] < losses[BLUE][0]


def test_one_direction_finds_what_few_coordinates_miss() -> None:
    lines = gradient_checking.directions().axes[0].lines
    chances = {line.get_color(): np.asarray(line.get_ydata()) for line in lines}
    assert chances[GREEN][0] > 0.99
    assert chances[VERMILLION][0] == pytest.approx(10 / 2000)  # one row of 200
