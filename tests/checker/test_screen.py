"""The quick look at candidates lets right ones pass and keeps out nearly all others."""

import pytest

from wordgrad.checker.screen import Screen
from wordgrad.latex.parser import parse_expression
from wordgrad.meaning.contexts import naive_softmax, negative_sampling

GRADIENT = parse_expression(r"\frac{\partial J}{\partial u_w}")
NEIGHBOURS = [parse_expression(text) for text in ("v_c", "u_o", "y_w", r"\hat y_w")]


@pytest.mark.parametrize(
    ("candidate", "passes"),
    [
        (r"(\hat y_w-y_w)v_c", True),
        (r"(\hat y_w-\delta_{wo})v_c", True),
        (r"\hat y_w v_c", False),
        (r"(\hat y_w-y_w)u_o", False),
        (r"\hat y_w-y_w", False),  # a number for a vector
        (r"(\hat y_w-y_w)v_c^\top", False),  # a row for a column
        (r"(\hat y_x-y_w)v_c", False),  # an index nobody mentioned
    ],
)
def test_candidates_for_one_gradient(candidate: str, passes: bool) -> None:
    screen = Screen(GRADIENT, NEIGHBOURS, naive_softmax())
    assert screen.passes(parse_expression(candidate)) is passes


def test_a_neighbour_without_meaning_is_left_out() -> None:
    neighbours = [parse_expression("u_w + u_{o,w}"), *NEIGHBOURS]
    screen = Screen(GRADIENT, neighbours, naive_softmax())
    assert screen.passes(parse_expression(r"(\hat y_w-y_w)v_c"))


def test_assumptions_hold_in_the_world() -> None:
    notation = negative_sampling().assuming(avoiding=(("n", "o"),))
    gradient = parse_expression(r"\frac{\partial J}{\partial u_o}")
    line = parse_expression(r"(\sigma(u_o^\top v_c)-1)v_c")
    assert Screen(gradient, [line], notation).passes(line)
    assert not Screen(gradient, [line], negative_sampling()).passes(line)
