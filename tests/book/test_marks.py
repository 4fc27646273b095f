"""Commands go around whole parts of a formula, and the formula stays as it was."""

import pytest

from wordgrad.book.marks import Wrap, whole, wrapped
from wordgrad.latex.parser import parse_expression
from wordgrad.latex.syntax import Group, Mul


@pytest.mark.parametrize(
    ("text", "part", "expected"),
    [
        (r"a\left(b+c\right)d", r"(b+c\right)", r"\left(b+c\right)"),
        (r"\operatorname{softmax}(\theta)_i", r"softmax}(\theta)_i", None),
        (r"2\mathbb 1[n_k=w]x", " 1[n_k=w", r"\mathbb 1[n_k=w]"),
        (r"a b ", "b ", "b"),
    ],
)
def test_a_part_is_taken_whole(text: str, part: str, expected: str | None) -> None:
    start = text.index(part)
    first, last = whole(text, (start, start + len(part)))
    assert text[first:last] == (expected or text)


def test_half_a_part_is_refused() -> None:
    with pytest.raises(ValueError, match="not a whole part"):
        whole(r"\frac{a}{b}", (0, 7))


def test_parts_inside_each_other_and_side_by_side() -> None:
    wraps = [Wrap((4, 5), "<", ">"), Wrap((0, 5), "[", "]"), Wrap((0, 1), "{", "}")]
    assert wrapped("a+b+c", wraps) == "[{a}+b+<c>]"
    assert wrapped("ab", [Wrap((0, 1), "<", ">"), Wrap((1, 2), "(", ")")]) == "<a>(b)"


def test_the_same_part_twice() -> None:
    assert wrapped("x", [Wrap((0, 1), "<", ">"), Wrap((0, 1), "(", ")")]) == "<(x)>"


def test_parts_that_overlap_are_refused() -> None:
    with pytest.raises(ValueError, match="overlap"):
        wrapped("abc", [Wrap((0, 2), "<", ">"), Wrap((1, 3), "(", ")")])


def test_a_bare_script_gets_braces() -> None:
    assert wrapped("x^2", [Wrap((2, 3), r"\class{a}{", "}")]) == r"x^{\class{a}{2}}"


def test_the_bracket_of_a_parsed_line() -> None:
    text = r"2\left(\frac{a}{b}+1\right)"
    node = parse_expression(text)
    assert isinstance(node, Mul)
    assert isinstance(node.factors[1], Group)
    assert wrapped(text, [Wrap(node.factors[1].span, "<", ">")]) == f"2<{text[1:]}>"
