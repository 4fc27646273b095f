"""Functions of one number, however they are written."""

import pytest

from wordgrad.checker import check_derivation
from wordgrad.checker.one_number import argument_letter, of_one_number, with_functions
from wordgrad.latex.errors import NotUnderstood
from wordgrad.latex.parser import parse_expression, parse_line
from wordgrad.latex.printer import to_latex
from wordgrad.meaning.contexts import naive_softmax, scalar


def test_the_notation_tells_whether_there_is_one_number() -> None:
    assert of_one_number(scalar())
    assert not of_one_number(naive_softmax())


@pytest.mark.parametrize(
    ("line", "letter"),
    [
        (r"\sigma(z)", "z"),
        (r"\sigma(x)", "x"),
        (r"a = \sigma(z)", "z"),
        (r"f(t) = 1+t", "t"),
        (r"y = \sigma(x)", "x"),
        ("a b", ""),
        ("2", ""),
    ],
)
def test_any_letter_stands_for_x_if_it_is_the_only_new_one(line: str, letter: str) -> None:
    assert argument_letter(parse_line(line).parts, scalar()) == letter


def test_vectors_have_no_such_letter() -> None:
    assert argument_letter(parse_line(r"\sigma(z)").parts, naive_softmax()) == ""


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("f(x)", "f"),
        ("f(x)(1-f(x))", "f (1 - f)"),
        ("f'(x)", r"\frac{d f}{dx}"),
        ("f(x)^2", "f^{2}"),
        ("f^2(x)", "f^{2}"),
        ("f(1-f)", "f (1 - f)"),
        ("x(1-x)", "x (1 - x)"),
    ],
)
def test_the_bracket_of_an_argument_is_no_factor(typed: str, read: str) -> None:
    assert to_latex(with_functions(parse_expression(typed), scalar(), typed)) == read


def test_a_value_elsewhere_is_asked_about() -> None:
    with pytest.raises(NotUnderstood, match="a value of f or a product"):
        with_functions(parse_expression("f(-x)"), scalar(), "f(-x)")


def test_two_unknown_letters_are_not_both_x() -> None:
    (line,) = check_derivation([r"D\sigma(x) = \sigma(x)(1-\sigma(x))"], "sigmoid_derivative").lines
    assert line.status == "not_understood"
