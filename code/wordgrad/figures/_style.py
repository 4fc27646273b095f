"""The look of the figures: the style file, the colours by name, labels at the lines."""

from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Any, ParamSpec

import matplotlib.pyplot as plt
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.text import Annotation

__all__ = [
    "BLUE",
    "CYCLE",
    "GREEN",
    "GREY",
    "OCHRE",
    "PURPLE",
    "STYLE",
    "VERMILLION",
    "label_at",
    "label_end",
    "size",
    "styled",
]

STYLE = Path(__file__).with_name("wordgrad.mplstyle")

# The hues of Okabe and Ito, darkened until they can be read on white and still on black.
BLUE, VERMILLION, GREEN = "#0072B2", "#C65200", "#00805D"
PURPLE, OCHRE, GREY = "#A8508A", "#8A6D00", "#777777"
CYCLE = (BLUE, VERMILLION, GREEN, PURPLE, OCHRE, GREY)  # as in the style file

_WIDTH, _HEIGHT = 5.0, 3.2  # inches, as in the style file

P = ParamSpec("P")


def styled(draw: Callable[P, Figure]) -> Callable[P, Figure]:
    """Draw with the book's style, and let go of the figure.

    A notebook shows the figure that a cell ends with and, once more, every figure that pyplot
    still holds.  Closing it there leaves the first one only; the returned figure stays usable.
    """

    @wraps(draw)
    def drawn(*args: P.args, **kwargs: P.kwargs) -> Figure:
        with plt.style.context(STYLE):
            figure = draw(*args, **kwargs)
        plt.close(figure)
        return figure

    return drawn


def size(rows: float = 1.0, columns: float = 1.0) -> tuple[float, float]:
    """Figure size in inches for panels of the usual size.

    Examples
    --------
    >>> size(rows=2)
    (5.0, 6.4)
    """
    return (columns * _WIDTH, rows * _HEIGHT)


def label_at(
    axes: Axes, point: tuple[float, float], text: str, color: str = GREY, **kwargs: Any
) -> Annotation:
    """Write `text` beside a point in data coordinates.

    Parameters
    ----------
    axes : Axes
    point : tuple of two floats
    text : str
    color : str, default grey
    **kwargs
        For `Axes.annotate`, for instance ``ha="right"`` or ``xytext=(-5, 0)`` (in points).

    Examples
    --------
    >>> figure, axes = plt.subplots()
    >>> label_at(axes, (0, 0.5), "half").get_text()
    'half'
    >>> plt.close(figure)
    """
    settings: dict[str, Any] = {"xytext": (5, 0), "ha": "left", "va": "center"} | kwargs
    return axes.annotate(
        text, point, textcoords="offset points", color=color, annotation_clip=False, **settings
    )


def label_end(line: Line2D, text: str, where: int = -1, **kwargs: Any) -> Annotation:
    """Write `text` in the line's colour beside its point number `where` (the last if left out).

    Further arguments are those of `label_at`.

    Examples
    --------
    >>> figure, axes = plt.subplots()
    >>> (line,) = axes.plot([0, 1], [0, 2], color=BLUE)
    >>> label = label_end(line, "twice")
    >>> label.xy, label.get_color()
    ((1.0, 2.0), '#0072B2')
    >>> plt.close(figure)
    """
    if not isinstance(line.axes, Axes):
        raise ValueError("the line belongs to no axes; draw it with axes.plot first")
    point = (float(line.get_xdata()[where]), float(line.get_ydata()[where]))  # type: ignore[index, arg-type]
    return label_at(line.axes, point, text, color=str(line.get_color()), **kwargs)
