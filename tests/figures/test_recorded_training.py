"""The recorded benchmark: the chapter draws the record that the benchmark wrote, and all of it."""

from statistics import mean, median

import numpy as np
import pytest

from wordgrad.figures import recorded_training
from wordgrad.figures.recorded_training import MEASURES


def test_every_program_is_drawn_at_its_median() -> None:
    contestants = recorded_training.record()["contestants"]
    axes = recorded_training.speeds().axes[0]
    bars = [line for line in axes.lines if line.get_marker() == "None"]
    ends = [float(np.asarray(bar.get_xdata())[1]) for bar in bars]
    medians = [median(of["words_per_second"]) / 1e6 for of in contestants.values()]
    assert ends == pytest.approx(medians)
    assert [label.get_text() for label in axes.get_yticklabels()] == list(contestants)


def test_every_seed_is_drawn() -> None:
    contestants = recorded_training.record()["contestants"]
    for axes, measure in zip(recorded_training.qualities().axes, MEASURES, strict=True):
        drawn = [np.asarray(line.get_xdata()).tolist() for line in axes.lines]
        values = [of[measure] for of in contestants.values() if measure in of]
        assert drawn[::2] == values
        assert [one for (one,) in drawn[1::2]] == pytest.approx([mean(of) for of in values])


@pytest.mark.parametrize("text", ["sotu", "larger"])
def test_targets_say_no_where_less_was_measured(text: str) -> None:
    table = recorded_training.targets(text)
    targets = recorded_training.record(text)["targets"]
    for row, target in zip(table.rows, targets.values(), strict=True):
        assert ("**no**" in row) == (target["measured"] < target["target"])


def test_tables_are_markdown_of_equal_rows() -> None:
    for table in (
        recorded_training.circumstances(),
        recorded_training.circumstances("larger"),
        recorded_training.targets(),
        recorded_training.scaling(),
    ):
        lines = table._repr_markdown_().splitlines()
        assert len(lines) == 2 + len(table.rows)
        assert len({line.count("|") for line in lines}) == 1


def test_the_record_is_complete() -> None:
    found = recorded_training.record()
    assert found["settings"]["repeats"] >= 3
    assert all(row["finite"] for row in found["stability"])
    assert {"date", "machine", "versions", "scaling", "targets"} <= set(found)
