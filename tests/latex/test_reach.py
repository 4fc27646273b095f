"""How far sums, derivatives and bare functions reach; where it is not clear, they ask."""

from dataclasses import replace
from typing import Any

import pytest

from wordgrad.latex import syntax as s
from wordgrad.latex.errors import NotUnderstood
from wordgrad.latex.parser import parse_expression

# Each row: a line without the brackets in question, and the same with the brackets a reader sees.
REACHES = [
    (r"\sum_w a_w b_w + c", r"{\sum_w {a_w b_w}} + c"),
    (r"\sum_w a_w\cdot b_w - c", r"{\sum_w {a_w\cdot b_w}} - c"),
    (r"a\sum_w b_w\sum_x c_x d", r"a{\sum_w {b_w{\sum_x {c_x d}}}}"),
    (r"\sum_w -a_w b + c", r"{\sum_w {-a_w b}} + c"),
    (r"\sum_w a_w/b", r"\sum_w{a_w/b}"),
    (r"a/\sum_w b_w c", r"a/{\sum_w{b_w c}}"),
    (r"\frac{\partial}{\partial v}A B + C", r"{\frac{\partial}{\partial v}{A B}} + C"),
    (r"\frac{\partial}{\partial v}(A)B", r"{\frac{\partial}{\partial v}(A)}B"),
    (r"\frac{\partial}{\partial v}(A)^\top B", r"{\frac{\partial}{\partial v}{(A)^\top}}B"),
    (r"\frac{d}{dx}[A]\cdot B", r"{\frac{d}{dx}[A]}\cdot B"),
    (r"\frac{d}{dx}-A B", r"\frac{d}{dx}{-A B}"),
    (r"\nabla_vA B + C", r"{\nabla_v{A B}} + C"),
    (r"a\nabla_v\sum_w b_w c", r"a{\nabla_v{\sum_w{b_w c}}}"),
    (r"\log x y + z", r"{\log{x y}} + z"),
    (r"\log K q_w", r"\log{K q_w}"),
    (r"\log u_o^\top v_c", r"\log{u_o^\top v_c}"),
    (r"\log x\cdot y", r"{\log x}\cdot y"),
    (r"\log x\log y", r"{\log x}{\log y}"),
    (r"\log x\sum_w y_w", r"{\log x}{\sum_w y_w}"),
    (r"\log\sum_w a_w b", r"\log{\sum_w{a_w b}}"),
    (r"-\log\frac ab + c", r"-{\log{\frac ab}} + c"),
    (r"\log\log x y", r"\log{\log{x y}}"),
    (r"y_w\log\hat y_w", r"y_w{\log{\hat y_w}}"),
    (r"\log\frac{d}{dx}x", r"\log{\frac{d}{dx}x}"),
    (r"\exp x + y", r"{\exp x} + y"),
    (r"\exp\sum_w x_w", r"\exp{\sum_w x_w}"),
    (r"\tanh\frac x2\cdot y", r"{\tanh{\frac x2}}\cdot y"),
    (r"a b/c", r"{a b}/c"),
    (r"a/b\cdot c", r"{a/b}\cdot c"),
    (r"1/2(a+b)", r"{1/2}(a+b)"),
    (r"1/K\sum_k a_k", r"{1/K}{\sum_k a_k}"),
    (r"a\cdot -b c", r"a\cdot{-b c}"),
]


def without_braces(node: Any) -> Any:
    """The tree without invisible braces, and with every function taken as bracketed."""
    node = node.with_children(without_braces)
    if isinstance(node, s.Group) and node.bracket == "{":
        return node.operand
    return replace(node, bracketed=True) if isinstance(node, s.Apply) else node


@pytest.mark.parametrize(("text", "braced"), REACHES)
def test_the_reach_is_what_a_reader_sees(text: str, braced: str) -> None:
    assert without_braces(parse_expression(text)) == without_braces(parse_expression(braced))


UNCLEAR = [
    (r"\exp u^\top v", 0, r"how far \exp reaches"),
    (r"x+\exp x y", 2, "several factors"),
    (r"\exp u\cdot v", 0, "several factors"),
    (r"\log\sigma(x)y", 0, r"how far \log reaches"),
    (r"\log\frac ab(c+d)", 0, "several factors"),
    (r"\log x(1-y)", 0, "several factors"),
    (r"\log a/b", 0, "a / follows"),
    (r"\log-x", 0, "a minus sign"),
    (r"\log\frac{d}{dx}(x)y", 0, "several factors"),
    (r"\sigma x", 0, "no bracket"),
    (r"\softplus x y", 0, "several factors"),
    ("1/2m", 3, "below the /"),
    ("1/2m(a)", 3, "below the /"),
    ("a/b(c)", 3, "below the /"),
    ("a/b/c", 3, "two ways"),
    ("a/b c/d", 4, "below the /"),
    ("x 2", 2, "right behind a factor"),
    ("2 3", 2, "right behind a factor"),
]


@pytest.mark.parametrize(("text", "position", "message"), UNCLEAR)
def test_where_readers_would_differ_brackets_are_asked_for(
    text: str, position: int, message: str
) -> None:
    with pytest.raises(NotUnderstood) as caught:
        parse_expression(text)
    assert message in caught.value.message
    assert caught.value.position == position


def test_a_minus_behind_a_slash_is_refused() -> None:
    with pytest.raises(NotUnderstood, match="behind /"):
        parse_expression("a/-b")
