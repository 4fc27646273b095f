"""Figures of the chapter on hyper-parameters: what the text says of the record holds."""

import numpy as np
import pytest

from wordgrad.figures import hyperparameters as figures
from wordgrad.figures.hyperparameters import base_scores, comparisons, record, scores

MEASURES = tuple(figures.MEASURES)


def _found(measure: str) -> dict[str, figures.Comparison]:
    return {one.name: one for one in comparisons(measure)}


def test_every_value_has_its_runs_and_the_base_has_more() -> None:
    of = record("hyperparameters")
    for name, values in of["sweeps"].items():
        assert of["base"][name] in values
        for value in values:
            assert len(scores(name, value, "wordsim353")) >= 3
    assert len(base_scores("wordsim353")) >= 6
    assert len(comparisons("wordsim353")) == sum(len(v) - 1 for v in of["sweeps"].values())


def test_a_base_s_own_value_is_the_base() -> None:
    assert scores("dim", 50, "simlex999").tolist() == base_scores("simlex999").tolist()


def test_the_window_pulls_two_tests_apart() -> None:
    wide, narrow = ({m: scores("window", w, m).mean() for m in MEASURES} for w in (10, 2))
    assert wide["wordsim353"] > base_scores("wordsim353").mean() > narrow["wordsim353"]
    assert wide["analogies"] < base_scores("analogies").mean() < narrow["analogies"]


@pytest.mark.parametrize("measure", MEASURES)
def test_what_the_text_calls_bad_is_beyond_the_luck_of_seeds(measure: str) -> None:
    for name in ("d = 10", "t = 0.00001", "rate = 0.0125"):
        one = _found(measure)[name]
        assert one.beyond_seeds
        assert one.difference < 0


def test_uniform_noise_is_bad_and_other_powers_cannot_be_told_apart() -> None:
    for measure in ("wordsim353", "analogies"):
        assert _found(measure)["power = 0"].beyond_seeds
    for measure in MEASURES:
        for power in ("power = 0.5", "power = 1"):
            assert not _found(measure)[power].beyond_seeds


def test_no_value_is_clearly_better_on_all_tests() -> None:
    of = {measure: _found(measure) for measure in MEASURES}
    for name in of["analogies"]:
        assert not all(of[m][name].beyond_seeds and of[m][name].difference > 0 for m in MEASURES)


def test_other_pairs_spread_more_than_other_seeds() -> None:
    for one in comparisons("wordsim353"):
        assert one.pairs is not None
        assert one.pairs[1] - one.pairs[0] > 2 * one.error
    both = [one.name for one in comparisons("wordsim353") if one.beyond_seeds and one.beyond_pairs]
    assert both == ["t = 0.00001", "rate = 0.0125"]  # as the words for the figure say


def test_analogies_have_no_second_spread() -> None:
    assert not any(one.pairs or one.beyond_pairs for one in comparisons("analogies"))


def test_luck_rises_from_the_mean_to_the_best() -> None:
    curve = figures.luck().axes[0].lines[0]
    heights, base = np.asarray(curve.get_ydata()), base_scores("wordsim353")
    assert heights[[0, -1]] == pytest.approx([base.mean(), base.max()])
    assert (np.diff(heights) > 0).all()


def test_a_sweep_draws_every_run() -> None:
    axes = figures.sweep("sample").axes[0]
    dots = [line for line in axes.lines if line.get_marker() == "o"]
    shown = sum(len(np.asarray(line.get_xdata())) for line in dots)
    values = record("hyperparameters")["sweeps"]["sample"]
    assert shown == sum(len(scores("sample", v, m)) for v in values for m in MEASURES)
    assert [label.get_text() for label in axes.get_xticklabels()][-1] == "0"


def test_both_spreads_has_a_row_for_each_value() -> None:
    axes = figures.both_spreads().axes[0]
    assert len(axes.get_yticklabels()) == len(comparisons("wordsim353"))
