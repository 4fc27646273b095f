"""Repaired lines are written as one would write them, and keep their value."""

import pytest

from wordgrad.checker import check_derivation
from wordgrad.checker.tidy import tidy
from wordgrad.latex.parser import parse_expression
from wordgrad.latex.printer import to_latex


@pytest.mark.parametrize(
    ("given", "tidied"),
    [
        (r"1\,U^\top y", r"U^\top y"),
        (r"-1(1-x)", r"-(1 - x)"),
        (r"x^1 y", "x y"),
        (r"((x+y))z", "(x + y) z"),
        (r"(x+y)", "x + y"),
        (r"1\cdot 1", "1"),
        (r"a \odot 1 \odot b", r"a \odot b"),
        (r"{v^\top}^\top", "v"),
    ],
)
def test_what_an_edit_leaves_behind_goes(given: str, tidied: str) -> None:
    assert to_latex(tidy(parse_expression(given))) == tidied


@pytest.mark.parametrize("text", [r"\frac{1}{2}x", "1+x", "(x+y)z", "x^2", r"2\cdot 3"])
def test_what_is_tidy_stays(text: str) -> None:
    tree = parse_expression(text)
    assert tidy(tree) == tree


def test_a_repair_has_no_idle_factor() -> None:
    line = r"-\sigma(u_o^\top v_c)(1-\sigma(u_o^\top v_c))v_c"
    (judged,) = check_derivation([line], "neg_uo").lines
    assert judged.repair == r"-(1 - \sigma(u_o^\top v_c)) v_c"
    assert check_derivation([judged.repair], "neg_uo").lines[0].status == "proved"
