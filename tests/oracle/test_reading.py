"""Sorts of free indices."""

import pytest

from wordgrad.calculus.sorts import DIM, NEG, VOC, WIN, Sort
from wordgrad.latex.parser import parse_expression
from wordgrad.latex.syntax import IndexApply, IndexName
from wordgrad.meaning.contexts import cbow
from wordgrad.meaning.notation import Notation
from wordgrad.oracle.reader import read
from wordgrad.oracle.reading import free_name, is_center, read_as, selected, usual_sort
from wordgrad.oracle.values import EvaluationError

from .models import NAIVE, NEGATIVE, WINDOW


@pytest.mark.parametrize(
    ("latex", "notation", "sorts"),
    [
        (r"u_w", NAIVE, {"w": VOC}),
        (r"U_{wa}", NAIVE, {"w": VOC, "a": DIM}),
        (r"U_{aw}", NAIVE.with_columns(), {"w": VOC, "a": DIM}),
        (r"u_{n_l}", NEGATIVE, {"l": NEG}),
        (r"u_k", NEGATIVE, {"k": NEG}),
        (r"u_k", NAIVE, {"k": VOC}),
        (r"u_w+u_k", NEGATIVE, {"w": VOC, "k": NEG}),
        (r"u_{w_{c+j}}", WINDOW, {"j": WIN, "c": VOC}),
        (r"\delta_{ij}\theta_j", NAIVE, {"i": VOC, "j": VOC, "c": VOC}),
        (r"\delta_{ij}", NAIVE, {"i": VOC, "j": VOC}),
        (r"\mathbb 1[n_k=w]", NEGATIVE, {"k": NEG, "w": VOC}),
        (r"[U^\top\hat y]_a", NAIVE, {"a": DIM, "c": VOC}),
        (r"\operatorname{softmax}(U v_c)_i", NAIVE, {"i": VOC, "c": VOC}),
        (r"\sum_w u_w", NAIVE, {}),
        (r"u_w+\sum_w u_w", NAIVE, {"w": VOC}),
        (r"P(w\mid c)", NAIVE, {"w": VOC, "c": VOC}),
        (r"y_i", NAIVE, {"i": VOC, "o": VOC}),
    ],
)
def test_sorts_come_from_uses(latex: str, notation: Notation, sorts: dict[str, Sort]) -> None:
    assert read([parse_expression(latex)], notation).sorts() == sorts


def test_lines_are_read_together() -> None:
    left, right = parse_expression(r"\delta_{ij}"), parse_expression(r"U_{wi}")
    assert read([left, right], NAIVE).sorts() == {"i": DIM, "j": DIM, "w": VOC}


def test_one_letter_for_two_things() -> None:
    with pytest.raises(EvaluationError, match="w is used as a word and as a component"):
        read([parse_expression(r"U_{ww}")], NAIVE).sorts()


def test_usual_letters() -> None:
    assert usual_sort(NEGATIVE, "k") == NEG
    assert usual_sort(NEGATIVE, "k'") == NEG
    assert usual_sort(NEGATIVE, "w") is None


def test_what_can_be_looked_up() -> None:
    assert read_as(NEGATIVE, NEG) == VOC
    assert read_as(NEGATIVE, VOC) is None
    assert read_as(cbow("softmax"), WIN) == VOC


def test_t_is_another_name_of_the_center() -> None:
    assert free_name(WINDOW, "t") == "c"
    assert free_name(WINDOW, "w") == "w"
    assert is_center(IndexApply("w", (IndexName("t"),)), WINDOW)
    assert not is_center(IndexApply("w", (IndexName("j"),)), WINDOW)


def test_subscripts_of_a_turned_matrix() -> None:
    matrix = NAIVE.with_columns().quantities["U"]
    assert selected(matrix, 2) == (DIM, VOC)
    assert selected(matrix, 1) == (VOC,)


def test_needs_are_the_same_for_the_same_letters() -> None:
    first, second = (
        read([parse_expression(text)], NAIVE).needs() for text in (r"u_w^\top v_c", r"v_c^\top u_w")
    )
    assert first == second
    assert hash(first) == hash(second)
    assert first.quantities == ("u", "v")
    assert first.sizes == ("V", "d")
