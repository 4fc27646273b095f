"""A judged line: the claim, the verdict in words, the numbers that refute it."""

import re

import pytest

from wordgrad.book import show_judged
from wordgrad.book.page import page
from wordgrad.book.verdicts import line_blocks, witness_text
from wordgrad.meaning.contexts import naive_softmax, scalar, window
from wordgrad.proof.judge import judge


@pytest.mark.parametrize(
    ("latex", "sign", "words", "css"),
    [
        (r"(\hat y_w-y_w)v_c", "=", "✓ holds, proved for all sizes", "wg-holds"),
        (r"\hat y_w v_c", r"\neq", "✗ does not hold", "wg-fails"),
        (r"\hat y_w", r"\overset{?}{=}", "✗ the shapes do not fit", "wg-fails"),
        (r"\hat y_w v_c)", r"\overset{?}{=}", "? cannot be read", "wg-open"),
    ],
)
def test_the_verdict_stands_in_the_sign_and_in_words(
    latex: str, sign: str, words: str, css: str
) -> None:
    markdown = show_judged("naive_uw", latex).markdown
    assert rf"\frac{{\partial J}}{{\partial u_w}} {sign} {latex}" in markdown
    assert f"[{words}]{{.{css}}}" in markdown
    assert markdown.startswith(f"::::{{div}} wg-judged {css}\n")


def test_only_a_wrong_line_has_numbers() -> None:
    assert "Take $V=2,$" in show_judged("naive_uw", r"\hat y_w v_c").markdown
    for latex in (r"(\hat y_w-y_w)v_c", r"\hat y_w", r"\hat y_w v_c)"):
        assert "Take" not in show_judged("naive_uw", latex).markdown


def test_a_line_that_cannot_be_read_is_quoted_as_code() -> None:
    markdown = show_judged("naive_uw", r"\frac{1}{").markdown
    said = markdown[markdown.index("{.wg-witness}") :]
    assert "^" not in said
    assert "“" not in said
    assert "\\" not in re.sub(r"`[^`]*`", "", said)


def test_conditions_are_said() -> None:
    verdict = judge(r"\log x^2", r"2\log x", scalar())
    assert verdict.side_conditions
    blocks = line_blocks(r"\log x^2", r"2\log x", verdict, scalar())
    assert f"for all sizes]{{.wg-holds}}; {verdict.message}" in page(*blocks).markdown


def test_a_witness_names_vectors_words_and_both_sides() -> None:
    notation = naive_softmax()
    verdict = judge(r"\frac{\partial J}{\partial u_w}", r"\hat y_w v_c", notation)
    assert verdict.witness
    text = witness_text(verdict.witness, notation)
    for name, words in verdict.witness.inputs.items():
        assert isinstance(words, tuple)
        for word in range(1, len(words) + 1):
            assert f"{name}_{word}=" in text
    assert f"the left side is ${verdict.witness.left:.5g}$" in text
    assert f"the line gives ${verdict.witness.right:.5g}.$" in text


def test_a_witness_over_a_window_shows_the_words_and_the_entry() -> None:
    notation = window("softmax")
    verdict = judge(r"\frac{\partial J}{\partial v_c}", r"U^\top(\hat y-b)", notation)
    assert verdict.witness
    text = witness_text(verdict.witness, notation)
    assert "$w_{c-1}=" in text
    assert ("In entry" in text) == bool(verdict.witness.component)


def test_an_unknown_derivation_is_named() -> None:
    with pytest.raises(ValueError, match="naive_uww"):
        show_judged("naive_uww", "0")
