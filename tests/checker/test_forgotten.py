"""Lines that hold only under an assumption nobody made."""

import pytest

from wordgrad.checker.comparison import Reference
from wordgrad.checker.forgotten import CASE, REPEATS, forgotten_case
from wordgrad.latex.parser import parse_expression
from wordgrad.meaning.contexts import cbow, naive_softmax, negative_sampling, scores
from wordgrad.meaning.notation import Notation


@pytest.mark.parametrize(
    ("notation", "quantity", "line", "name", "words"),
    [
        (naive_softmax(), r"\partial J/\partial u_w", r"\hat y_wv_c", CASE, r"$w\neq o$"),
        (naive_softmax(), r"\partial J/\partial u_w", r"(\hat y_w-1)v_c", CASE, "$w=o$"),
        (
            scores(),
            r"\partial\hat y_i/\partial\theta_j",
            r"\hat y_i(1-\hat y_i)",
            CASE,
            "$i=j$",
        ),
        (
            negative_sampling(),
            r"\partial J/\partial u_o",
            r"(\sigma(u_o^\top v_c)-1)v_c",
            REPEATS,
            "no negative is $o$",
        ),
        (
            negative_sampling(),
            r"\partial J/\partial u_{n_l}",
            r"\sigma(u_{n_l}^\top v_c)v_c",
            REPEATS,
            "the negatives are distinct and none is $o$",
        ),
        (
            cbow("negative_sampling"),
            r"\partial J/\partial u_c",
            r"(\sigma(u_c^\top\hat v)-1)\hat v",
            REPEATS,
            "no negative is $c$",
        ),
    ],
)
def test_the_assumption_is_found(
    notation: Notation, quantity: str, line: str, name: str, words: str
) -> None:
    reference = Reference(parse_expression(quantity), notation)
    assert forgotten_case(parse_expression(line), reference) == (name, words)


@pytest.mark.parametrize("line", [r"\hat y_wu_w", r"2(\hat y_w-y_w)v_c"])
def test_what_never_holds_has_none(line: str) -> None:
    reference = Reference(parse_expression(r"\partial J/\partial u_w"), naive_softmax())
    assert forgotten_case(parse_expression(line), reference) is None
