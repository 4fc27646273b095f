"""Figures of the chapter on what vectors learn: what the text says of them holds."""

import numpy as np
import pytest
from matplotlib.collections import PathCollection

from wordgrad.figures import what_vectors_learn
from wordgrad.figures._style import BLUE, VERMILLION

SENTENCES = 8000


def test_full_rank_lies_on_the_line_and_low_rank_does_not() -> None:
    panels = what_vectors_learn.line(dims=(24, 2), n_sentences=SENTENCES).axes
    errors = []
    for axes in panels:
        (dots,) = (dots for dots in axes.collections if isinstance(dots, PathCollection))
        best, trained = np.asarray(dots.get_offsets()).T
        errors.append(np.sqrt(np.mean((trained - best) ** 2)))
    assert errors[0] < 0.15 < 0.3 < errors[1]


def test_more_negatives_shift_scores_by_their_logarithm() -> None:
    world = what_vectors_learn.world(SENTENCES)
    for negative in (1, 5):
        scores = what_vectors_learn.scores(24, negative, SENTENCES)
        shift = float((world.pairs * (scores - world.pmi)).sum())
        assert shift == pytest.approx(-np.log(negative), abs=0.02)


def test_training_wins_by_loss_and_the_svd_by_error() -> None:
    loss, error = what_vectors_learn.ranks(dims=(1, 2), n_sentences=SENTENCES).axes
    for axes, better, worse in ((loss, BLUE, VERMILLION), (error, VERMILLION, BLUE)):
        curves = {line.get_color(): np.asarray(line.get_ydata()) for line in axes.lines}
        assert (curves[better] < curves[worse]).all()


def test_wells_are_lowest_at_the_dots() -> None:
    lines = what_vectors_learn.wells().axes[0].lines
    for curve, dot in zip(lines[::2], lines[1::2], strict=True):
        x, y = (np.asarray(values) for values in curve.get_data())
        assert x[y.argmin()] == pytest.approx(float(np.asarray(dot.get_xdata())[0]), abs=0.02)
        assert float(np.asarray(dot.get_ydata())[0]) <= y.min()
