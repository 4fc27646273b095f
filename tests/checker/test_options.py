"""Other readings, taken where they make a line right, and never against the reader."""

import pytest

from tests.checker.statuses import statuses
from wordgrad.checker import check_derivation


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        ([r"L = -\log\hat y_k"], ["proved"]),
        ([r"L = -\log p_c", r"\frac{\partial L}{\partial z_i} = p_i-1[i=c]"], ["proved"] * 2),
        ([r"\frac{\partial L}{\partial z_i} = p_i-\delta_{ik}"], ["proved"]),
        ([r"L = -\log p_k", r"\frac{\partial L}{\partial z_k} = p_k-1"], ["proved"] * 2),
        ([r"\frac{\partial L}{\partial z_k} = p_k-1"], ["wrong"]),
        ([r"\frac{\partial L}{\partial z_i} = p_i+\delta_{ik}"], ["wrong"]),
        ([r"\frac{\partial L}{\partial z_i} = p_k-\delta_{ik}"], ["wrong"]),
        ([r"L = \log\hat y_k"], ["wrong"]),
        ([r"L = -\sum_iy_i\log p_k"], ["wrong"]),
        (
            [r"\frac{\partial L}{\partial z_j} = -\frac{y_i}{p_i}\,\partial p_i/\partial z_j"],
            ["wrong"],
        ),
    ],
)
def test_the_class_has_any_letter(lines: list[str], expected: list[str]) -> None:
    assert statuses(lines, "softmax_ce_theta") == expected


def test_a_derivative_by_one_negative() -> None:
    line = r"\frac{\partial J}{\partial u_k} = \sigma(u_k^\top v_c)v_c"
    (report,) = check_derivation([line], "neg_vc").lines
    assert report.status == "proved"
    assert "the negatives are taken to differ" in report.remarks
    assert statuses([line], "neg_vc", negatives="any") == ["wrong"]
    assert statuses([line], "neg_uk_repeated") == ["wrong"]
    assert statuses([line.replace("= ", "= -")], "neg_vc") == ["wrong"]


def test_the_word_is_no_negative() -> None:
    line = r"\frac{\partial J}{\partial u_o} = (\sigma(u_o^\top v_c)-1)v_c"
    assert statuses([line, line.replace("-1", "+1")], "neg_vc") == ["proved", "wrong"]
    assert statuses([line], "neg_U") == ["wrong"]


def test_what_goes_on_from_an_unread_line_is_not_judged() -> None:
    lines = [r"\frac{\partial J}{\partial v_c} = \star", r"= U^\top(\hat y-y)"]
    assert statuses(lines, "naive_vc") == ["not_understood", "proved"]
    lines = [r"\frac{\partial\log Z}{\partial v_c} = \bar u", r"\star F = 3", "= 4"]
    assert statuses(lines, "naive_vc") == ["proved", "not_understood", "not_understood"]
