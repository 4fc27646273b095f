"""Figures keep what they show, get lighter, and say their size."""

import re
from math import cos, pi, sin

import pytest

from built_site import SITE, every_page
from lean_figures import FOLDER, place_figures, size_of, slim

PAGE = '<section><img alt="a" src="_images/a.svg"></section>'


def eight_curves(x: float, y: float, radius: float) -> str:
    """A path as Matplotlib writes a dot: eight curves that end on its rim."""
    rim = [(x + radius * sin(k * pi / 4), y + radius * cos(k * pi / 4)) for k in range(9)]
    curves = " ".join(f"C 1 1 1 1 {a:.6f} {b:.6f}" for a, b in rim[1:])
    return f'<path d="M {rim[0][0]:.6f} {rim[0][1]:.6f} {curves} z" style="fill: red"/>'


def test_dot_becomes_a_circle_in_its_place() -> None:
    lean = slim(f"<svg>{eight_curves(20, 30, 2.5)}</svg>")
    assert lean == '<svg><circle cx="20.00" cy="30.00" r="2.50" style="fill: red"/></svg>'


def test_other_closed_curve_stays_a_path() -> None:
    path = eight_curves(20, 30, 2.5).replace("20.000000 32.500000", "20.000000 31.500000")
    assert slim(path).startswith('<path d="M 20 31.5 C')


@pytest.mark.parametrize(
    ("long", "short"),
    [
        ('<path d="M 0.123456 \n2 z"/>', '<path d="M 0.12 2 z"/>'),
        ('<use x="1.999999" y="-0.001"/>', '<use x="2" y="-0"/>'),
        ('<g transform="scale(0.015625)"/>', '<g transform="scale(0.015625)"/>'),
        ('<g id="m4.12345"/>', '<g id="m4.12345"/>'),
        ("<svg><metadata>\n<a/></metadata>\n <g/></svg>", "<svg><g/></svg>"),
    ],
)
def test_only_coordinates_are_shortened(long: str, short: str) -> None:
    assert slim(long) == short
    assert slim(short) == short


def test_early_figure_is_loaded_at_once_and_a_late_one_when_near() -> None:
    sizes = {"a.svg": (10, 20)}
    early = place_figures(PAGE, sizes)
    assert 'width="10" height="20"' in early
    assert "lazy" not in early
    late = place_figures("<section></section>" * 5 + PAGE, sizes)
    assert 'width="10" height="20" loading="lazy"' in late
    assert place_figures(late, sizes) == late


def test_drawing_without_a_size_in_points_has_none() -> None:
    assert size_of('<svg width="100%" height="3em">') is None
    assert "width" not in place_figures(PAGE, {})


@pytest.mark.site
def test_every_figure_of_the_book_has_its_size() -> None:
    images = [
        image
        for name in every_page()
        for image in re.findall(r"<img\b[^>]*_images/[^>]*>", (SITE / f"{name}.html").read_text())
    ]
    assert images
    assert [image for image in images if ' height="' not in image] == []
    drawings = {one.name: one.read_text() for one in (SITE / FOLDER).glob("*.svg")}
    assert [name for name, text in drawings.items() if "<metadata" in text] == []
