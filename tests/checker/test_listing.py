"""Dots and rows of a matrix, written out as sums."""

import pytest

from wordgrad.checker.listing import written_out
from wordgrad.checker.units import with_units
from wordgrad.latex.errors import NotUnderstood
from wordgrad.latex.parser import parse_expression
from wordgrad.meaning.contexts import cbow, naive_softmax
from wordgrad.oracle.compare import Agreement, compare

NAIVE, CBOW = with_units(naive_softmax()), with_units(cbow("softmax"))


@pytest.mark.parametrize(
    ("text", "same"),
    [
        (r"u_1+\dots+u_V", r"\sum_{w=1}^V u_w"),
        (r"u_1+u_2+\cdots+u_V", r"\sum_{w=1}^V u_w"),
        (r"v_c-u_1-\dots-u_V", r"v_c-\sum_{w=1}^V u_w"),
        (r"u_1+\dots+u_o+\dots+u_V+v_c", r"\sum_{w=1}^V u_w+v_c"),
        (r"(y_1,\dots,y_V)^\top", "y"),
        (r"\begin{bmatrix}u_1^\top\\\vdots\\u_V^\top\end{bmatrix}", "U"),
        (r"[u_1,u_2,\dots,u_V]", r"U^\top"),
        (
            r"\begin{pmatrix}u_1^\top\\\vdots\\2u_o^\top\\\vdots\\u_V^\top\end{pmatrix}",
            r"U+yu_o^\top",
        ),
    ],
)
def test_dots_mean_the_sum_or_the_matrix(text: str, same: str) -> None:
    found = written_out(parse_expression(text), NAIVE, text)
    assert isinstance(compare(found, parse_expression(same), NAIVE), Agreement)


def test_a_window_leaves_out_its_center() -> None:
    text = r"v_{w_{c-m}}+\dots+v_{w_{c-1}}+v_{w_{c+1}}+\dots+v_{w_{c+m}}"
    found = written_out(parse_expression(text), CBOW, text)
    assert isinstance(compare(found, parse_expression(r"\hat v"), CBOW), Agreement)


def test_a_letter_that_is_taken_is_not_used_for_the_sum() -> None:
    text = r"\theta_i(u_1+\dots+u_V)"
    found = written_out(parse_expression(text), NAIVE, text)
    same = parse_expression(r"\sum_{w=1}^V \theta_i u_w")
    assert isinstance(compare(found, same, NAIVE), Agreement)


@pytest.mark.parametrize(
    "text",
    [
        r"u_1+\dots",
        r"\dots+u_V",
        r"u_1+\dots+u_7",
        r"u_1+u_3+\dots+u_V",
        r"u_1-\dots+u_V",
        r"\hat y_1u_1+\dots+\hat y_Vu_o",
        r"v_{w_{c-m}}+\dots+v_{w_{c+m}}",
        r"u_1\dots u_V",
        r"\begin{bmatrix}u_1\\\vdots\\u_V\end{bmatrix}",
        r"\begin{bmatrix}y_1&y_2\\y_3&y_4\end{bmatrix}",
        r"\begin{bmatrix}u_1^\top\\u_2^\top\end{bmatrix}",
    ],
)
def test_what_the_dots_leave_out_must_be_certain(text: str) -> None:
    with pytest.raises(NotUnderstood):
        written_out(parse_expression(text), CBOW, text)
