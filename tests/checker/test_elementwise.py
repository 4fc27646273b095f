"""A number for every word, where a product by elements asks for it."""

import pytest

from wordgrad.checker.elementwise import with_ones
from wordgrad.checker.units import with_units
from wordgrad.latex.parser import parse_expression
from wordgrad.latex.printer import to_latex
from wordgrad.meaning.contexts import scalar, scores

SCORES = with_units(scores())


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        (r"\hat y\odot(1-\hat y)", r"\hat{y} \odot (\mathbf{1} - \hat{y})"),
        (r"(2+y)\odot\hat y", r"(2 \mathbf{1} + y) \odot \hat{y}"),
        (r"(\hat y-1)\odot y", r"(\hat{y} - \mathbf{1}) \odot y"),
    ],
)
def test_a_number_beside_a_vector_is_meant_for_every_word(typed: str, read: str) -> None:
    remarks: list[str] = []
    assert to_latex(with_ones(parse_expression(typed), SCORES, remarks)) == read
    assert remarks == ["a number added to a vector is read as that number for every word"]


@pytest.mark.parametrize(
    "typed", [r"\hat y-1", r"(1-\hat y_w)y_w", r"(1+2)\odot y", r"(1-Z)\odot y"]
)
def test_anything_else_stays(typed: str) -> None:
    tree = parse_expression(typed)
    remarks: list[str] = []
    assert with_ones(tree, SCORES, remarks) == tree
    assert remarks == []


def test_there_are_no_words_among_numbers() -> None:
    tree = parse_expression(r"(1-x)\odot x")
    assert with_ones(tree, scalar(), []) is tree
