"""Figures of the chapter on training: what the text says of them holds."""

import numpy as np
import pytest

from wordgrad.figures import training
from wordgrad.figures._style import BLUE, GREEN, PURPLE, VERMILLION


def test_film_ends_with_forms_apart() -> None:
    panels = training.film(n_sentences=5000, epochs=2).axes
    groups = [
        [np.transpose(line.get_data()) for line in axes.lines if line.get_marker() == "o"]
        for axes in (panels[0], panels[-1])
    ]
    for dots, apart in zip(groups, (False, True), strict=True):
        assert [len(form) for form in dots] == [12, 12, 12]
        middles = np.array([form.mean(axis=0) for form in dots])
        spread = max(float(form.std(axis=0).max()) for form in dots)
        nearest = min(
            float(np.linalg.norm(middles[i] - middles[j])) for i, j in ((0, 1), (0, 2), (1, 2))
        )
        assert (nearest > 2 * spread) == apart


def test_subsampling_curve_of_programs_lies_above_the_paper() -> None:
    lines = {line.get_color(): line for line in training.subsampling().axes[0].lines}
    paper = np.asarray(lines[VERMILLION].get_ydata())
    programs = np.asarray(lines[BLUE].get_ydata())
    assert (programs >= paper).all()
    assert (programs > paper).any()


def test_zero_vectors_never_move_and_others_do() -> None:
    figure = training.beginnings(n_sentences=5000, n_chunks=10)
    curves = {line.get_color(): np.asarray(line.get_ydata()) for line in figure.axes[0].lines}
    assert np.ptp(curves[VERMILLION]) == 0
    assert curves[BLUE][0] == pytest.approx(curves[VERMILLION][0], rel=1e-2)
    assert curves[PURPLE][0] > curves[BLUE][0]
    assert curves[BLUE][-1] < curves[BLUE][0] / 3


@pytest.mark.slow
def test_a_rate_that_falls_ends_lower_than_a_constant_one() -> None:
    losses, shares = training.schedules(epochs=2).axes
    end = {line.get_color(): float(np.asarray(line.get_ydata())[-1]) for line in losses.lines}
    solved = {line.get_color(): float(np.asarray(line.get_ydata())[-1]) for line in shares.lines}
    assert max(end[BLUE], end[GREEN]) < end[VERMILLION] / 2
    assert min(solved[BLUE], solved[GREEN]) > solved[VERMILLION] + 0.1
