"""Figures of the chapter on many machines: what the text says of the record holds."""

import numpy as np
import pytest

from wordgrad.figures import beyond_one_machine as figures
from wordgrad.figures.beyond_one_machine import record, runs, words_per_second


def test_every_setting_has_its_seeds() -> None:
    of = record("distributed")
    numbers = {run["workers"] for run in of["quality"]}
    for workers in numbers:
        for period in {run["period"] for run in of["quality"]}:
            assert len(runs("loss", workers, period)) >= 3


def test_more_workers_are_worse_by_the_test_and_rarer_averages_sooner() -> None:
    for period in (1, 8):
        scores = [runs("wordsim353", n, period) for n in (1, 8, 32)]
        assert scores[0].min() > scores[1].max()
        assert scores[1].mean() > scores[2].mean()
    for workers in (4, 8, 16):
        often, seldom = (runs("wordsim353", workers, period).mean() for period in (1, 8))
        assert often > seldom


def test_the_loss_falls_with_a_few_workers_and_rises_with_many() -> None:
    alone = runs("loss", 1)
    for period in (1, 8):
        assert runs("loss", 4, period).max() < alone.min()
        assert runs("loss", 32, period).min() > alone.max()


def test_a_higher_rate_makes_up_for_averaging_by_wordsim() -> None:
    alone, raised = runs("wordsim353", 1), runs("wordsim353", 8, 1, 0.2)
    assert raised.mean() > alone.mean() - 2 * alone.std(ddof=1)
    assert len(runs("loss", 1, 1, 0.2)) == 0  # one worker overflows
    assert runs("wordsim353", 8).max() < raised.min()
    for rate in (0.1, 0.2, 0.4):  # but not for the analogies
        assert runs("analogies", 8, 1, rate).max() < runs("analogies", 1).min()


def test_the_killed_worker_s_share_was_run_again() -> None:
    killed = record("distributed")["killed"]
    assert killed["chunks_trained"] == killed["chunks"]
    assert killed["starts"] > killed["shares"]
    assert killed["ends"] >= killed["shares"]
    assert killed["loss"] == pytest.approx(killed["loss_without"], abs=0.02)


def test_long_shares_move_more_rows() -> None:
    shares = record("distributed")["costs"]["shares"]
    for kind in ("moved_center", "moved_outside"):
        assert (np.diff([share[kind] for share in shares]) > 0).all()


def test_rare_averages_are_faster() -> None:
    for workers in (1, 2, 4):
        assert words_per_second(workers, 16) > words_per_second(workers, 1)


def test_kept_begins_at_one_and_ends_at_one_over_the_workers() -> None:
    for workers, line in zip((10, 100), figures.kept((10, 100)).axes[0].lines, strict=True):
        heights = np.asarray(line.get_ydata())
        assert heights[[0, -1]] == pytest.approx([1, 1 / workers], rel=1e-2)


def test_drift_goes_from_one_objective_to_the_other() -> None:
    curve = figures.drift().axes[0].lines[0]
    heights = np.asarray(curve.get_ydata())
    assert heights[[0, -1]] == pytest.approx([2.0 / 2.2, 0.5])
    assert (np.diff(heights) <= 1e-12).all()


def test_quality_and_speed_draw_every_run() -> None:
    of = record("distributed")
    base = of["base"]["learning_rate"]
    for axes in figures.quality().axes:
        dots = [line for line in axes.lines if line.get_marker() == "o"]
        many = [run for run in of["quality"] if run["learning_rate"] == base and run["workers"] > 1]
        alone = runs("loss", 1)  # drawn once for each period
        assert sum(len(np.asarray(dot.get_xdata())) for dot in dots) == len(many) + 2 * len(alone)
    dots = [line for line in figures.speed().axes[0].lines if line.get_marker() == "o"]
    assert len(dots) == sum(run["workers"] > 0 for run in of["speed"])


def test_cost_of_a_star_levels_off_and_that_of_a_ring_does_not() -> None:
    star, ring = figures.cost().axes
    slopes = []
    for axes in (star, ring):
        curve = axes.lines[2]  # a million words; line 0 is "as many times as workers"
        x, y = (np.log(np.asarray(values)) for values in curve.get_data())
        slopes.append((y[-1] - y[-10]) / (x[-1] - x[-10]))
    assert slopes[0] < 0.3 < 0.8 < slopes[1] <= 1


def test_a_cluster_on_paper_is_as_fast_as_the_workers_that_were_measured() -> None:
    share = record("distributed")["costs"]["shares"][-1]
    of = figures.cluster(dim=record("distributed")["base"]["dim"])
    assert of.seconds_per_word == pytest.approx(share["cpu_seconds"] / share["words"])
