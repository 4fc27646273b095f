"""Figures of the chapter on the softmax: what the text says of them holds in their data."""

import numpy as np
import pytest

from wordgrad.figures._style import BLUE, GREEN, VERMILLION
from wordgrad.figures.softmax import (
    SCORES,
    jacobian,
    label_smoothing,
    naive_softmax,
    overflow,
    temperature,
)


def test_temperature_bands_fill_the_unit() -> None:
    tops = [np.asarray(line.get_ydata()) for line in temperature().axes[0].lines]
    assert len(tops) == len(SCORES)
    assert tops[-1] == pytest.approx(1)
    assert tops[0][0] > 0.99  # cold: all to the top score
    assert tops[0][-1] == pytest.approx(1 / len(SCORES), abs=0.02)  # hot: all the same


def test_jacobian_rows_and_columns_sum_to_zero() -> None:
    entries = np.asarray(jacobian().axes[0].images[0].get_array())
    assert entries.sum(axis=0) == pytest.approx(0, abs=1e-15)
    assert entries.sum(axis=1) == pytest.approx(0, abs=1e-15)


@pytest.mark.parametrize(("panel", "epsilon"), [(0, 2**-23), (1, 2**-52)])
def test_only_the_definition_overflows(panel: int, epsilon: float) -> None:
    axes = overflow().axes[panel]
    errors = {line.get_color(): np.asarray(line.get_ydata()) for line in axes.lines}
    assert errors[BLUE].max() < 4 * epsilon
    assert errors[VERMILLION][0] == errors[VERMILLION][-1] == axes.get_ylim()[1]


def test_naive_softmax_agrees_where_nothing_overflows() -> None:
    assert naive_softmax(SCORES).sum() == pytest.approx(1)


def test_smoothed_targets_give_finite_leads() -> None:
    axes = label_smoothing().axes[0]
    paths = {line.get_color(): np.asarray(line.get_ydata()) for line in axes.lines[::-1]}
    smoothing, vocab_size = 0.1, 5
    right, other = 1 - smoothing + smoothing / vocab_size, smoothing / vocab_size
    assert paths[GREEN][-1] == pytest.approx(np.log(right / other), rel=1e-6)
    assert paths[BLUE][-1] > paths[VERMILLION][-1] > paths[GREEN][-1]
    assert paths[BLUE][-1] > paths[BLUE][-2]
