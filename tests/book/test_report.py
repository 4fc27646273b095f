"""A checked derivation as a page: every verdict, every number, every repair is there."""

import re

import pytest

from wordgrad.book import show_report, show_targets
from wordgrad.book.report import MARKS
from wordgrad.checker import LineReport, Report, Slip, check_derivation

EACH = {
    "proved": r"\frac{\partial J}{\partial v_c} = U^\top(\hat y-y)",
    "layout": r"U(\hat y-y)",
    "wrong": r"-u_o+\sum_w\hat y_o u_w",
    "ill_formed": r"U^\top(\hat y-y)v_c",
    "not_understood": r"U^\top(\hat y-y",
}


@pytest.mark.parametrize("status", EACH)
def test_a_line_has_its_mark_its_words_and_its_class(status: str) -> None:
    markdown = show_report(check_derivation([EACH[status]], "naive_vc")).markdown
    mark, words, css, of_words = MARKS[status]
    assert f"[{mark} {words}]{{.{of_words}}}" in markdown
    assert f"{{div}} wg-line wg-line-{css}\n" in markdown


def test_every_status_has_a_mark() -> None:
    agrees = LineReport("x", "agrees", "no proof found", r"\sigma(x)")
    shown = show_report(Report("sigmoid_derivative", {}, "rows", (agrees,))).markdown
    assert "≈ agrees at every point tried, not proved" in shown
    assert set(MARKS) == {*EACH, "agrees"}


def test_a_wrong_line_comes_with_numbers_slip_and_repair() -> None:
    report = check_derivation([EACH["wrong"]], "naive_vc")
    (line,) = report.lines
    assert line.witness
    assert line.slip
    markdown = show_report(report).markdown
    assert f"**{line.slip.kind}.** {line.slip.sentence}" in markdown
    assert f"$$\n{line.reference} = {line.repair}\n$$" in markdown
    assert f"${line.reference}$ is ${line.witness.left:.5g}$" in markdown
    assert f"the line gives ${line.witness.right:.5g}.$" in markdown
    assert f"**{report.summary}**" in markdown


def test_a_slip_without_a_repair_is_only_named() -> None:
    slip = Slip("repeats counted wrongly", "right only if the negatives differ.", "a", "")
    line = LineReport("x", "wrong", "", r"\sigma(x)", slip=slip)
    markdown = show_report(Report("sigmoid_derivative", {}, "rows", (line,))).markdown
    assert "**repeats counted wrongly.** right only if" in markdown
    assert "repaired" not in markdown


def test_a_right_line_has_neither() -> None:
    markdown = show_report(check_derivation([EACH["proved"]], "naive_vc")).markdown
    for word in ("Take", "[slip]", "[repaired]"):
        assert word not in markdown


def test_a_line_is_shown_as_it_was_read() -> None:
    markdown = show_report(check_derivation(["Uᵀ (ŷ - y)"], "naive_vc")).markdown
    assert "$$\nU^\\top (\\hat{y} - y)\n$$" in markdown


def test_what_was_not_read_is_shown_as_typed_with_the_place_marked() -> None:
    markdown = show_report(check_derivation([EACH["not_understood"]], "naive_vc")).markdown
    assert "```text\nU^\\top(\\hat y-y\n      ^\n```" in markdown
    outside = re.sub(r"`+[^`]*`+", "", markdown.split("{.wg-verdict}")[1])
    assert "\\" not in outside


def test_commands_in_messages_are_code() -> None:
    line = LineReport("w", "not_understood", r"the window leaves out the center; write j \neq 0")
    markdown = show_report(Report("window_vc", {}, "rows", (line,))).markdown
    assert r"write j `\neq` 0" in markdown


def test_the_head_says_what_was_assumed() -> None:
    head = show_report(check_derivation(["0"], "neg_uk", "columns")).markdown.split("{div}")[1]
    for part in ("`neg_uk`", "one column per word", "pair loss: negative sampling", "w: any"):
        assert part in head
    assert "negatives: distinct" in head
    assert "your own definitions" in show_report(check_derivation(["J := x^2"])).markdown


def test_a_definition_is_called_one() -> None:
    markdown = show_report(check_derivation(["J := x^2"])).markdown
    assert "[✓ a definition of your own]{.wg-holds}" in markdown
    assert "proved" not in markdown


def test_remarks_are_shown() -> None:
    markdown = show_report(check_derivation([r"-u_0+\sum_w\hat y_w u_w"], "naive_vc")).markdown
    assert "[remark]{.wg-tag} the index 0 is read as the letter o" in markdown


def test_html_carries_the_same_lines() -> None:
    shown = show_report(check_derivation([EACH["wrong"], EACH["not_understood"]], "naive_vc"))
    assert "✗ does not hold" in shown.html
    assert "<pre><code>U^\\top(\\hat y-y" in shown.html
    assert "wrong index" in shown.html


def test_targets_are_listed_with_their_quantities() -> None:
    markdown = show_targets("naive_vc", "neg_uk").markdown
    assert r"| `naive_vc` | $\frac{\partial J}{\partial v_c}$ |" in markdown
    assert "`neg_uk`" in markdown
    with pytest.raises(ValueError, match="naive_vc"):
        show_targets("naive_v")
