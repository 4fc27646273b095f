"""Figures of the chapter on the sigmoid: what the text says of them holds in their data."""

import numpy as np
import pytest
from matplotlib.figure import Figure

from wordgrad.figures._style import BLUE, PURPLE, VERMILLION
from wordgrad.figures.sigmoid import (
    curve,
    lookup_table,
    softplus_hinge,
    stuck,
    tail_errors,
    word2vec_table,
)

Points = tuple[np.ndarray, np.ndarray]


def _line(figure: Figure, panel: int, color: str) -> Points:
    (line,) = [line for line in figure.axes[panel].lines if line.get_color() == color]
    return np.asarray(line.get_xdata()), np.asarray(line.get_ydata())


def test_curve_has_the_slope_of_its_own_line() -> None:
    figure = curve()
    x, value = _line(figure, 0, BLUE)
    _, slope = _line(figure, 0, VERMILLION)
    assert np.gradient(value, x)[1:-1] == pytest.approx(slope[1:-1], abs=1e-4)


def test_softplus_lies_above_its_hinge() -> None:
    axes = softplus_hinge().axes[0]
    loss, hinge = (np.asarray(line.get_ydata()) for line in axes.lines[:2])
    assert (loss > hinge).all()
    assert (loss - hinge).max() == pytest.approx(np.log(2))


def test_only_the_log_loss_leaves_the_wrong_start() -> None:
    figure = stuck()
    _, log_path = _line(figure, 0, BLUE)
    _, squared_path = _line(figure, 0, VERMILLION)
    assert log_path[0] == squared_path[0] == -8
    assert log_path[-1] > 1
    assert squared_path[-1] < -7.9


@pytest.mark.parametrize("panel", [0, 1])
def test_the_package_s_sigmoid_is_the_only_good_one(panel: int) -> None:
    figure = tail_errors("sigmoid")
    assert _line(figure, panel, BLUE)[1].max() < 2
    assert _line(figure, panel, VERMILLION)[1].max() > 1e6
    assert _line(figure, panel, PURPLE)[1].max() > 1e7


@pytest.mark.parametrize("panel", [0, 1])
def test_both_other_logarithms_become_infinite(panel: int) -> None:
    figure = tail_errors("log_sigmoid")
    top = figure.axes[panel].get_ylim()[1]
    assert _line(figure, panel, BLUE)[1].max() < 1.5
    assert _line(figure, panel, VERMILLION)[1][0] == top
    assert _line(figure, panel, PURPLE)[1][0] == top


def test_the_table_as_written_reads_too_low() -> None:
    x = np.linspace(-6, 6, 999, endpoint=False)
    exact = 1 / (1 + np.exp(-x))
    as_written, as_meant = word2vec_table(x) - exact, word2vec_table(x, 1000 / 12) - exact
    assert np.abs(as_meant).max() < 0.0031  # one entry further is 0.012 in x, times slope 1/4
    assert as_written.min() < 2 * as_meant.min()
    assert as_written[1:].max() < 0


def test_lookup_table_draws_two_bands() -> None:
    assert len(lookup_table().axes[0].collections) == 2
