"""Whole lines: parts, conditions, warnings, errors with their place."""

import pytest
import sympy as sp

from wordgrad.latex.errors import NotUnderstood
from wordgrad.latex.parser import parse_expression, parse_line
from wordgrad.meaning.contexts import naive_softmax, negative_sampling, scalar
from wordgrad.meaning.elaborate import (
    elaborate,
    elaborate_expression,
    elaborate_line,
    index_warnings,
    signature_of,
)
from wordgrad.meaning.faults import ShapeError
from wordgrad.meaning.notation import Notation

from .components import entry

NAIVE, NEGATIVE = naive_softmax(), negative_sampling()


def test_every_part_of_a_line_is_read() -> None:
    line = elaborate_line(r"J=-\log\hat y_o=-\theta_o+\log Z", NAIVE)
    assert [entry(part) for part in line.parts] == ["J", "-log(yhat[o])", "log(Z) - theta[o]"]
    assert line.line.relations == ("=", "=")


def test_a_tree_is_read_like_its_text() -> None:
    latex = r"U^\top\hat y-u_o"
    expected = entry(elaborate_expression(latex, NAIVE))
    assert entry(elaborate(parse_expression(latex), NAIVE)) == expected
    assert entry(elaborate_line(parse_line(latex), NAIVE).parts[0]) == expected


def test_a_line_is_read_once() -> None:
    assert elaborate_line("U v_c", NAIVE) is elaborate_line("U v_c", NAIVE)
    assert signature_of(NAIVE) is signature_of(naive_softmax())


def test_an_error_points_into_the_text() -> None:
    latex = r"\frac{\partial J}{\partial v_c}=U(\hat y-y)"
    with pytest.raises(ShapeError) as caught:
        elaborate_line(latex, NAIVE)
    start, stop = caught.value.span
    assert latex[start:stop] == caught.value.source == r"(\hat y-y)"


def test_an_error_in_a_tree_without_text_quotes_nothing() -> None:
    with pytest.raises(ShapeError) as caught:
        elaborate(parse_expression(r"\hat y+v_c"), NAIVE)
    assert str(caught.value) == caught.value.message


def test_what_cannot_be_parsed_is_not_understood() -> None:
    with pytest.raises(NotUnderstood):
        elaborate_line("u_o)", NAIVE)


def test_conditions_come_in_the_order_of_reading() -> None:
    line = elaborate_line(r"\log\frac{x}{s}=\log x-\log s", scalar())
    assert [(c.kind, c.latex) for c in line.conditions] == [
        ("nonzero", "s"),
        ("positive", r"\frac{x}{s}"),
        ("positive", "x"),
        ("positive", "s"),
    ]


@pytest.mark.parametrize(
    ("latex", "notation", "messages"),
    [
        (r"\frac{\partial J}{\partial u_w}=\hat y_w v_c", NAIVE, []),
        (r"\sum_w\hat y_w u_w-\sum_w y_w u_w", NAIVE, []),
        (
            r"\frac{\partial}{\partial u_w}\log\sum_w\exp(u_w^\top v_c)",
            NAIVE,
            ["w is free in one place and summed over in another"],
        ),
        (
            r"\sum_w\frac{\exp(\theta_w)}{\sum_w\exp(\theta_w)}u_w",
            NAIVE,
            ["a sum over w stands inside a sum over w"],
        ),
        (
            r"\frac{\partial J}{\partial u_k}=\sum_{k=1}^{K}\sigma(\theta_k)v_c",
            NEGATIVE,
            ["k is free in one place and summed over in another"],
        ),
        (r"P(w\mid c)u_w+\sum_x u_x", NAIVE, []),
    ],
)
def test_a_letter_with_two_meanings_is_reported(
    latex: str, notation: Notation, messages: list[str]
) -> None:
    assert [warning.message for warning in index_warnings(latex, notation)] == messages


def test_the_inner_of_two_sums_over_one_letter_is_meant() -> None:
    outer = elaborate_expression(r"\sum_w\hat y_w\sum_w\theta_w", NAIVE).value()
    (inner,) = outer.function.atoms(sp.Sum)
    assert str(outer) == "Sum(yhat[_w]*Sum(theta[_w], (_w, 1, V)), (_w, 1, V))"
    assert outer.function.coeff(inner).indices == (outer.limits[0][0],)
    assert inner.function.indices == (inner.limits[0][0],)
