"""Marks as people type them."""

import pytest

from wordgrad.checker.marks import with_plain_derivatives, without_braces
from wordgrad.latex.errors import NotUnderstood


@pytest.mark.parametrize(
    ("typed", "known"),
    [
        (r"(d/dx) \sigma(x)", r"\frac{d}{dx} \sigma(x)"),
        (r"( d / d z ) f", r"\frac{d}{dz} f"),
        (r"D_x\sigma(x)", r"\frac{d}{dx}\sigma(x)"),
        (r"D_{t} f", r"\frac{d}{dt} f"),
        (r"\dot\sigma(x)", r"\sigma'(x)"),
        (r"\dot{\sigma}(x)", r"\sigma'(x)"),
        (r"D_{KL}", r"D_{KL}"),
        (r"\odot\sigma", r"\odot\sigma"),
    ],
)
def test_derivatives_get_the_marks_of_the_grammar(typed: str, known: str) -> None:
    assert with_plain_derivatives(typed) == known


@pytest.mark.parametrize(
    ("typed", "left"),
    [
        (r"\underbrace{-u_o}_{\text{observed}}+1", "{-u_o}+1"),
        (r"\overbrace{a_{b}}^{c} d", "{a_{b}} d"),
        (r"\underbrace{a}_b c", "{a} c"),
        (r"\underbrace{a + \underbrace{b}_{x}}_{y}", "{a + {b}}"),
        (r"\underbrace{a} + b", "{a} + b"),
        ("a", "a"),
    ],
)
def test_named_braces_leave_what_is_in_them(typed: str, left: str) -> None:
    assert without_braces(typed) == left


def test_a_brace_that_stays_open_is_shown() -> None:
    with pytest.raises(NotUnderstood, match="never closed") as caught:
        without_braces(r"a + \underbrace{b")
    assert caught.value.position == 15
