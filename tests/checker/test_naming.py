"""Slips are named by what the writer did, whichever way the repair goes."""

import pytest

from wordgrad.checker.edits import Edit
from wordgrad.checker.naming import plausibility, slip_name
from wordgrad.latex.parser import parse_expression


def edit(kind: str, before: str, after: str) -> Edit:
    """An edit of a whole line."""
    wrong, right = parse_expression(before), parse_expression(after)
    return Edit(kind, right, wrong, right)


@pytest.mark.parametrize(
    ("kind", "before", "after", "name"),
    [
        ("factor dropped", r"2 v_c", r"v_c", "factor extra"),
        ("factor dropped", r"v_c", r"2 v_c", "factor dropped"),
        ("sum dropped", r"\sum_w u_w", r"u_o", "sum not collapsed"),
        ("sum dropped", r"u_w", r"\sum_w u_w", "sum dropped"),
        ("term dropped", r"u_o+v_c", r"u_o", "term extra"),
        ("term extra", r"u_o", r"u_o+v_c", "term dropped"),
        ("wrong letter", r"y_w", r"\hat y_w", "y for yhat"),
        ("wrong letter", r"u_w", r"v_w", "wrong vector"),
        ("minus inside sigma", r"\sigma(x)", r"\sigma(-x)", "minus lost inside sigma"),
        ("sigma dropped", r"\sigma(x)", "1", "extra sigma"),
        ("number", "1", "2", "factor dropped"),
        ("number", "2", "1", "factor extra"),
        ("sign", "x", "-x", "sign"),
    ],
)
def test_the_name_depends_on_the_direction(kind: str, before: str, after: str, name: str) -> None:
    assert slip_name(edit(kind, before, after)) == name


def test_taking_away_is_more_plausible_than_putting_in_the_inverse() -> None:
    away = edit("factor dropped", r"2 v_c", r"v_c")
    inverse = edit("factor dropped", r"2 v_c", r"2 v_c \frac12")
    assert plausibility(away) < plausibility(inverse)


def test_a_usual_slip_is_more_plausible_than_a_rare_one_of_the_same_size() -> None:
    sign = edit("sign", "-u_o", "u_o")
    power = edit("power", "-u_o", "u_o")
    assert plausibility(sign) < plausibility(power)


def test_the_one_in_disguise_is_not_put_in_lightly() -> None:
    disguised = edit("wrong letter", r"\hat y_o", "y_o")
    plain = edit("wrong letter", r"\hat y_w", "y_w")
    assert plausibility(plain) < plausibility(disguised)
