"""Indices that a sum has caught."""

import pytest

from wordgrad.checker.capture import both_free_and_bound, captured
from wordgrad.latex.parser import parse_expression
from wordgrad.latex.printer import to_latex
from wordgrad.latex.syntax import IndexName, Name


def test_a_sum_gets_a_letter_of_its_own_at_any_of_its_places() -> None:
    line = parse_expression(r"\sum_i y_i\hat y_i")
    found = {to_latex(edit.tree) for edit in captured(line, ["i"])}
    assert found == {
        r"\sum_{k'} y_{k'} \hat{y}_i",
        r"\sum_{k'} y_i \hat{y}_{k'}",
        r"\sum_{k'} y_{k'} \hat{y}_{k'}",
    }


def test_a_sum_over_another_letter_is_left_alone() -> None:
    assert list(captured(parse_expression(r"\sum_i y_i\hat y_i"), ["j"])) == []


@pytest.mark.parametrize(
    ("line", "wanted", "index", "caught"),
    [
        (r"-u_w+\sum_w\hat y_w u_w", r"\frac{\partial J}{\partial v_c}", "w", True),
        (r"-u_x+\sum_w\hat y_w u_w", r"\frac{\partial J}{\partial v_c}", "x", False),
        (r"-v_c+\sum_w\hat y_w u_w", r"\frac{\partial J}{\partial u_w}", "w", False),
        (r"\sum_w\hat y_w u_w", r"\frac{\partial J}{\partial v_c}", "w", False),
    ],
)
def test_free_and_bound_in_one_line(line: str, wanted: str, index: str, caught: bool) -> None:
    wrong = Name("u", (IndexName(index),))
    assert both_free_and_bound(wrong, parse_expression(line), parse_expression(wanted)) is caught
