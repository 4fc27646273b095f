"""Hostile input: every line gets a verdict, none crashes, none runs away."""

import string

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wordgrad.checker import check_derivation

SUMS = r"\left(\sum_w e^{u_w^\top v_c}+\sum_w e^{-u_w^\top v_c}\right)^{7} u_o"
HOSTILE = [
    SUMS,
    r"\sum_w\sum_x\sum_y\sum_z \hat y_w\hat y_x\hat y_y\hat y_z u_w",
    r"2^{2^{2^{2^{2^{2}}}}} u_o",
    r"10^{100000}u_o",
    "9" * 3000 + "u_o",
    r"e^{e^{e^{e^{u_o^\top v_c}}}}u_o",
    "(" * 50 + "u_o" + ")" * 50,
    "-" * 2000 + "u_o",
    "+".join(["u_o"] * 300),
    "u_o" * 1000,
    r"\sum_w " * 50 + "u_w",
    r"\hat{" * 200,
    "{" * 3000,
    "\\" * 3999,
    "u_o\x00",
    "u" * 4001,
    r"\frac{\partial}{\partial v_c}" * 20 + "J",
    r"\frac{1}{0}u_o",
    r"0^{-1}u_o",
    "__import__('os').system('true')",
    r"\input{/etc/passwd}",
    r"\def\x{\x\x}\x",
]


@pytest.mark.parametrize("line", HOSTILE, ids=range(len(HOSTILE)))
def test_a_hostile_line_is_judged_and_never_passed(line: str) -> None:
    (report,) = check_derivation([line], "naive_vc").lines
    assert report.status in ("wrong", "ill_formed", "not_understood")
    assert report.message


PIECES = st.sampled_from(
    [
        r"\frac", r"\partial", r"\sum_w", r"\sum_{k=1}^K", r"\hat y", r"\sigma", "u_w", "u_o",
        "v_c", "{", "}", "(", ")", "^", "_", "+", "-", "=", r"\top", r"^\top", r"\log", r"\exp",
        "U", "y", r"\begin{cases}", r"\end{cases}", "&", r"\\", "w", "o", "1", "J", r"\theta",
        " ", "'", "|",
    ]
)  # fmt: skip


@settings(deadline=None, max_examples=120)
@given(st.lists(PIECES, max_size=14).map("".join) | st.text(string.printable, max_size=40))
def test_any_text_gets_a_verdict(text: str) -> None:
    (report,) = check_derivation([text], "naive_vc").lines
    assert report.status in (
        "proved", "agrees", "layout", "wrong", "ill_formed", "not_understood"
    )  # fmt: skip
