"""Figures of the chapter on negative sampling: what the text says of them holds."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wordgrad.figures import negative_sampling
from wordgrad.figures._style import BLUE, CYCLE, GREY, VERMILLION
from wordgrad.figures.negative_sampling import drawn_rows_only
from wordgrad.numeric import negative_sampling_loss_and_gradients


def test_softmax_touches_every_row_and_sampling_the_drawn_ones() -> None:
    softmax, sampling = negative_sampling.touched_rows().axes
    assert len([line for line in softmax.lines if line.get_marker() == "o"]) == 60
    drawn = [line for line in sampling.lines if line.get_marker() == "o"]
    assert sorted(float(np.asarray(line.get_xdata())[0]) for line in drawn) == [4, 17, 26, 33, 51]


def test_unigram_powers_flatten_and_sum_to_one() -> None:
    lines = negative_sampling.unigram_power().axes[0].lines
    shares = {line.get_color(): np.asarray(line.get_ydata()) for line in lines}
    for values in shares.values():
        assert values.sum() == pytest.approx(1)
    assert shares[VERMILLION][0] > shares[BLUE][0] > shares[GREY][0]
    assert shares[VERMILLION][-1] < shares[BLUE][-1] < shares[GREY][-1]


def test_collisions_shows_drawn_dots_on_exact_curves() -> None:
    panels = negative_sampling.collisions(n_pairs=3000).axes
    for axes in panels:
        curves, dots = axes.lines[::2], axes.lines[1::2]
        assert len(curves) == len(dots) == 4
        for curve, points in zip(curves, dots, strict=True):
            exact = np.asarray(curve.get_ydata())[np.asarray(points.get_xdata(), dtype=int) - 1]
            assert np.asarray(points.get_ydata()) == pytest.approx(exact, abs=0.05)
    ends = [np.asarray(line.get_ydata())[-1] for line in panels[2].lines[::2]]
    assert ends == sorted(ends, reverse=True)  # a larger vocabulary, fewer coincidences


@settings(max_examples=30, deadline=None)
@given(
    st.integers(0, 6),
    st.lists(st.integers(0, 6), min_size=1, max_size=8),
    st.integers(0, 1000),
)
def test_drawn_rows_are_those_of_the_whole_gradient(
    outside_idx: int, negatives: list[int], seed: int
) -> None:
    rng = np.random.default_rng(seed)
    center_vec, outside_vecs = rng.normal(size=3), rng.normal(size=(7, 3))
    whole = negative_sampling_loss_and_gradients(center_vec, outside_idx, outside_vecs, negatives)
    loss, grad_center, rows, grad_rows = drawn_rows_only(
        center_vec, outside_idx, outside_vecs, np.array(negatives)
    )
    scattered = np.zeros_like(outside_vecs)
    scattered[rows] = grad_rows
    assert loss == pytest.approx(float(whole[0]), rel=1e-14)
    assert grad_center == pytest.approx(whole[1], rel=1e-12, abs=1e-15)
    assert scattered == pytest.approx(whole[2], rel=1e-12, abs=1e-15)


def test_cost_measures_three_codes_at_the_same_sizes() -> None:
    lines = negative_sampling.cost(rounds=1).axes[0].lines
    assert len(lines) == 3
    sizes = [list(np.asarray(line.get_xdata())) for line in lines]
    assert sizes[0] == sizes[1] == sizes[2]
    assert np.asarray(lines[0].get_ydata())[0] == 1


def test_scores_lie_on_one_line_per_center_or_on_one_for_all() -> None:
    softmax, sampling = negative_sampling.scores().axes
    for axes in (softmax, sampling):
        dots = [line for line in axes.lines if line.get_marker() == "o"]
        assert [line.get_color() for line in dots] == list(CYCLE)
    guides = [line for line in sampling.lines if line.get_marker() != "o"]
    assert {float(np.ptp(np.subtract(*line.get_data()))) for line in guides} == {0.0}
    shifts = [
        float(np.asarray(line.get_ydata())[0] - np.asarray(line.get_xdata())[0])
        for line in softmax.lines
        if line.get_marker() != "o"
    ]
    assert np.ptp(shifts) > 0.5
