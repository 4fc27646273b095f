"""The look of the figures: style file, colours, labels, and that nothing is left open."""

import matplotlib as mpl
import matplotlib.pyplot as plt
import pytest
from matplotlib.colors import to_rgb
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from wordgrad.figures._style import BLUE, CYCLE, GREY, STYLE, label_at, label_end, size, styled


@styled
def _line() -> Figure:
    figure, axes = plt.subplots()
    axes.plot([0, 1], [0, 1])
    return figure


def _luminance(color: str) -> float:
    """Relative luminance as the Web Content Accessibility Guidelines define it."""
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
        for part in to_rgb(color)
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _contrast(one: str, other: str) -> float:
    low, high = sorted([_luminance(one), _luminance(other)])
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("color", CYCLE)
def test_colors_can_be_read_on_white_and_on_black(color: str) -> None:
    assert _contrast(color, "white") >= 4
    assert _contrast(color, "#121212") >= 3


def test_named_colors_are_those_of_the_style_file() -> None:
    with plt.style.context(STYLE):
        listed = mpl.rcParams["axes.prop_cycle"].by_key()["color"]
    assert [color.lower() for color in listed] == [color.lower() for color in CYCLE]


def test_size_is_that_of_the_style_file() -> None:
    with plt.style.context(STYLE):
        assert tuple(mpl.rcParams["figure.figsize"]) == size()
    assert size(rows=2)[1] == 2 * size()[1]


def test_styled_applies_the_style_and_leaves_no_figure_open() -> None:
    before = plt.get_fignums()
    figure = _line()
    assert plt.get_fignums() == before
    assert tuple(figure.get_size_inches()) == size()
    assert figure.axes[0].lines[0].get_color() == BLUE
    assert mpl.rcParams["figure.figsize"] == mpl.rcParamsDefault["figure.figsize"]


def test_styled_keeps_name_and_docstring() -> None:
    assert _line.__name__ == "_line"


def test_label_end_takes_the_line_s_color_and_point() -> None:
    axes = _line().axes[0]
    label = label_end(axes.lines[0], "end", where=0)
    assert label.xy == (0.0, 0.0)
    assert label.get_color() == axes.lines[0].get_color()


def test_label_end_needs_a_drawn_line() -> None:
    with pytest.raises(ValueError, match="belongs to no axes"):
        label_end(Line2D([0], [0]), "nowhere")


def test_label_at_is_grey_and_takes_other_settings() -> None:
    label = label_at(_line().axes[0], (0.5, 0.5), "here", ha="right")
    assert label.get_color() == GREY
    assert label.get_horizontalalignment() == "right"
