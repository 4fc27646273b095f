"""Figures of the mistake gallery: what the chapter says of them holds in their data."""

import ast
import re
from pathlib import Path

import numpy as np
import pytest

from wordgrad.figures._style import BLUE, VERMILLION
from wordgrad.figures._toy_training import losses
from wordgrad.figures._wrong_gradients import MISTAKES
from wordgrad.figures.mistake_gallery import outcomes, progress, training

PAGE = Path(__file__).parents[2] / "book" / "mistake-gallery.md"


def _calls(code: str) -> list[ast.Call]:
    return [node for node in ast.walk(ast.parse(code)) if isinstance(node, ast.Call)]


def _called(call: ast.Call) -> str:
    return getattr(call.func, "id", getattr(call.func, "attr", ""))


def _cells() -> list[str]:
    cells = re.findall(
        r"^```\{code-cell\} ipython3\n(.*?)^```", PAGE.read_text("utf-8"), re.M | re.S
    )
    return [re.sub(r"\A(---\n.*?---\n|(:.*\n)+)", "", cell, flags=re.S) for cell in cells]


def _lines(cell: str) -> list[tuple[str, str]]:
    """(target, line) of each check in a cell, a line given by name included."""
    names = {
        target.id: ast.literal_eval(node.value)
        for node in ast.walk(ast.parse(cell))
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Constant)
        for target in node.targets
        if isinstance(target, ast.Name)
    }
    found = []
    for call in _calls(cell):
        if _called(call) == "check_derivation" and isinstance(call.args[0], ast.List):
            (line,) = call.args[0].elts
            text = names[line.id] if isinstance(line, ast.Name) else ast.literal_eval(line)
            found.append((ast.literal_eval(call.args[1]), text))
    return found


def test_every_slip_has_its_line_on_the_page_and_is_trained() -> None:
    cells = _cells()
    on_page = [line for cell in cells for line in _lines(cell)]
    assert on_page == [
        (MISTAKES[slip].target, MISTAKES[slip].line)
        for cell in cells
        for call in _calls(cell)
        if _called(call) == "training"
        for slip in map(ast.literal_eval, call.args)
    ]
    assert len(on_page) == len(MISTAKES)


def test_a_panel_has_the_right_curve_and_the_wrong_one() -> None:
    figure = training("factor extra", "log split", "layout")
    assert sum(axes.axison for axes in figure.axes) == 3
    for axes, slip in zip(figure.axes, ("factor extra", "log split", "layout"), strict=False):
        right, wrong = losses(slip)
        blue, red, *marks = axes.lines
        assert (blue.get_color(), red.get_color()) == (BLUE, VERMILLION)
        assert blue.get_ydata() == pytest.approx(right)
        shown = np.asarray(red.get_ydata())
        assert shown == pytest.approx(wrong[: len(shown)].clip(max=axes.get_ylim()[1]))
        assert bool(marks) == (len(shown) < len(wrong))


def test_the_lowest_panels_of_both_columns_have_the_axis_named() -> None:
    axes = training("sign", "factor extra", "extra sigma").axes
    assert [panel.get_xlabel() for panel in axes] == ["", "epochs", "epochs", ""]


def test_an_unknown_slip_is_named() -> None:
    with pytest.raises(ValueError, match="'signs' is not in the gallery"):
        training("signs")


NEARLY_ALL = ("repeats counted wrongly", "layout")
MOST = ("factor extra", "window bound", "transposed", "outer product swapped", "sum not collapsed")
LESS_THAN_HALF = ("extra sigma", "y for yhat", "wrong vector", "sign")
NOTHING = ("case w=o forgotten", "index both free and bound")
WORSE = (
    *("sum dropped", "joint for conditional", "wrong index", "minus lost inside sigma"),
    *("quotient rule", "log of exp", "log split", "factor dropped"),
)


@pytest.mark.parametrize(
    ("slips", "low", "high"),
    [
        (NEARLY_ALL, 0.95, 1.02),
        (MOST, 0.6, 0.95),
        (LESS_THAN_HALF, 0.05, 0.5),
        (NOTHING, -0.05, 0.05),
        (WORSE, -np.inf, -5),
    ],
    ids=["nearly all", "most", "less than half", "nothing", "worse"],
)
def test_slips_fare_as_the_page_says(slips: tuple[str, ...], low: float, high: float) -> None:
    for slip in slips:
        assert low <= progress(slip) <= high, slip


def test_the_page_speaks_of_every_slip() -> None:
    assert {*NEARLY_ALL, *MOST, *LESS_THAN_HALF, *NOTHING, *WORSE} == set(MISTAKES)


@pytest.mark.parametrize("slip", ["wrong index", "sum not collapsed"])
def test_some_slips_begin_better_than_the_right_gradient(slip: str) -> None:
    right, wrong = losses(slip)
    assert (wrong < right)[1:11].all()


def test_the_lost_minus_keeps_up_for_some_epochs() -> None:
    right, wrong = losses("minus lost inside sigma")
    assert (wrong <= right * 1.01)[:6].all()


def test_a_window_with_its_center_stops_too_high() -> None:
    right, wrong = losses("window bound")
    assert (wrong < right)[5:11].all()
    assert wrong.min() > right[-1] + 0.15


def test_outcomes_puts_each_slip_where_it_ends() -> None:
    (axes,) = outcomes().axes
    names = [label.get_text() for label in axes.get_yticklabels()]
    assert names == sorted(MISTAKES, key=progress)
    _, _, inside, outside = axes.lines
    assert len(inside.get_xdata()) + len(outside.get_xdata()) == len(MISTAKES)
    assert len(outside.get_xdata()) == len(WORSE)
