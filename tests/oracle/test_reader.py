"""What lines depend on."""

import pytest

from wordgrad.calculus.sorts import DIM, VOC, Sort
from wordgrad.latex.parser import parse_expression
from wordgrad.meaning.notation import Notation
from wordgrad.oracle.reader import axes, read
from wordgrad.oracle.reading import Reading

from .models import NAIVE, NEGATIVE, WINDOW


def reading_of(latex: str, notation: Notation) -> Reading:
    """One line, with the definitions it uses."""
    return read([parse_expression(latex)], notation)


def test_definitions_are_followed() -> None:
    reading = reading_of("J", NAIVE)
    assert reading.quantities == {"u", "v"}
    assert set(reading.uses) == {"c", "o"}
    assert reading.sizes == {"V", "d"}


def test_definitions_can_be_left_out() -> None:
    reading = read([parse_expression("J")], NAIVE, deep=False)
    assert not reading.quantities
    assert not reading.uses


def test_tables_are_found() -> None:
    assert reading_of("J", NEGATIVE).functions == {"n"}
    assert reading_of("J", WINDOW).functions == {"n", "w"}
    assert not reading_of("u_o", NEGATIVE).functions


def test_tables_that_are_read_unseen() -> None:
    assert reading_of("u_k", NEGATIVE).functions == {"n"}
    assert reading_of(r"\sum_{x=1}^K u_x", NEGATIVE).functions == {"n"}
    assert not reading_of(r"\sum_{x=1}^V u_x", NEGATIVE).functions


def test_a_window_brings_its_center() -> None:
    assert set(reading_of("u_{w_{c+j}}", WINDOW).uses) == {"c", "j"}


def test_the_center_word_is_no_table() -> None:
    reading = reading_of("v_{w_t}", WINDOW)
    assert set(reading.uses) == {"c"}
    assert not reading.functions


@pytest.mark.parametrize(
    ("latex", "number", "position"),
    [("u_4", 4, 1), (r"\sum_{w=1}^5 u_w", 5, 1), ("u_{w_{c+3}}", 1, 3), ("u_{w_{c-2}}", 1, 2)],
)
def test_written_numbers_are_noted(latex: str, number: int, position: int) -> None:
    reading = reading_of(latex, WINDOW)
    assert (reading.largest_number, reading.furthest_position) == (number, position)


def test_sizes_are_noted() -> None:
    assert reading_of("2m+K", NEGATIVE).sizes == {"m", "K"}
    assert reading_of(r"\sum_{k=1}^K 1", NEGATIVE).sizes == {"K"}


@pytest.mark.parametrize(
    ("latex", "sorts"),
    [
        ("U v_c", (VOC, DIM)),
        (r"U^\top\hat y", (DIM, VOC)),
        (r"\hat y-y", (VOC,)),
        (r"u_o^\top v_c", (DIM,)),
        (r"\frac{\partial J}{\partial v_c}", (DIM,)),
        (r"\lVert u_o\rVert", ()),
        (r"(\hat y_w-y_w)v_c", (DIM,)),
    ],
)
def test_leading_axes(latex: str, sorts: tuple[Sort, ...]) -> None:
    assert axes(parse_expression(latex), NAIVE)[: len(sorts) or None] == sorts
