"""Hostile text: made by hand, by hypothesis, and by changing real lines.

Nothing crashes, nothing outlives its limit, what cannot be judged says why, and nothing is passed.
"""

import threading
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.checker.corpus.reader import corpus
from wordgrad.checker import LineReport, check_derivation, lines
from wordgrad.checker.document import passages

STATUSES = ("proved", "agrees", "layout", "wrong", "ill_formed", "not_understood")
LINES = sorted({formula.latex for case in corpus() for formula in case.formulas})
TARGETS = ("naive_vc", "neg_vc", "softmax_jacobian", "sigmoid_derivative", "window_vc", "")


def _judged(line: str, target: str = "naive_vc") -> LineReport:
    (report,) = check_derivation([line], target).lines
    return report


# -------------------------------------------------------------------------- limits, in words
LIMITS = {
    "length": ("u" * 4001, "4001 characters; a line has at most 4000: split it"),
    "much length": ("u_o " * 25_000, "100000 characters; a line has at most 4000: split it"),
    "brackets": ("(" * 61 + "u_o" + ")" * 61, "brackets nest deeper than 60; give an inner part"),
    "arguments": (r"\frac1" * 70 + "2", "arguments nest deeper than 60; give an inner part"),
    "factors": ("u_o^\\top v_c" * 41, "factors stand in a row; at most 40 are read"),
    "exponent": (r"2^{9^{9}}u_o", "the exponent is beyond 32"),
}  # fmt: skip


@pytest.mark.parametrize("name", LIMITS)
def test_a_limit_says_what_was_given_what_is_allowed_and_what_to_do(name: str) -> None:
    line, message = LIMITS[name]
    report = _judged(line)
    assert report.status == "not_understood"
    assert message in report.message


def test_the_number_of_lines_is_limited() -> None:
    with pytest.raises(ValueError, match=r"201 lines are given; at most 200 .*: split"):
        check_derivation(["u_o"] * 201, "naive_vc")


def test_one_string_is_not_a_list_of_lines() -> None:
    with pytest.raises(TypeError, match="give a list with one formula a line"):
        check_derivation("= u_o", "naive_vc")


def test_a_line_that_takes_too_long_is_not_judged(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lines, "SECONDS_A_LINE", 0.0)
    first, second = check_derivation([r"U^\top(\hat y-y)", "u_o"], "naive_vc").lines
    assert first.status == second.status == "not_understood"
    assert "not decided within 0 seconds" in first.message
    assert "split the line into smaller steps" in first.message


def test_the_next_line_has_its_own_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lines, "SECONDS_A_LINE", 0.0)
    assert _judged(r"U^\top(\hat y-y)").status == "not_understood"
    monkeypatch.undo()
    assert _judged(r"U^\top(\hat y-y)").status == "proved"


def test_a_search_that_takes_too_long_leaves_the_verdict(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("wordgrad.checker.slips.SECONDS", 0.0)
    report = _judged(r"U^\top(y-\hat y)")
    assert report.status == "wrong"
    assert report.witness is not None
    assert report.slip is None


def test_limits_hold_in_a_worker_thread(monkeypatch: pytest.MonkeyPatch) -> None:
    found: list[str] = []

    def work() -> None:
        found.append(_judged(r"U^\top(\hat y-y)").status)
        monkeypatch.setattr(lines, "SECONDS_A_LINE", 0.0)
        found.append(_judged(r"-u_o+\sum_w\hat y_w u_w").status)

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    assert found == ["proved", "not_understood"]


def test_threads_at_the_same_time_do_not_disturb_each_other() -> None:
    lines = [r"U^\top(\hat y-y)", r"U^\top(y-\hat y)", r"-u_o+\sum_w\hat y_w u_w", "u_o"]
    wanted = [_judged(line).status for line in lines]
    found: dict[int, list[str]] = {}

    def work(number: int) -> None:
        found[number] = [_judged(line).status for line in lines]

    threads = [threading.Thread(target=work, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert list(found.values()) == [wanted] * 4


# ----------------------------------------------------------------------------- made by hand
def _nested(opening: str, inside: str, closing: str, depth: int) -> str:
    return opening * depth + inside + closing * depth


HOSTILE = {
    "null": "\0",
    "null inside": "u_o\0",
    "right to left": "u_o\u202e v_c",
    "combining": "u_o\u0301\u0327",
    "many combining": "a\u0300" * 500,
    "no width": "\u200bu_o\ufeff",
    "surrogate": "\ud800",
    "other digits": "٣ u_o",
    "superscript": "u_³",
    "fraction sign": "½ u_o",
    "full width": "＝u_o",
    "mathematical letters": "𝐮_o",
    "script": "<script>alert(1)</script>",
    "image": "<img src=x onerror=alert(1)>",
    "macro": r"\def\x{\x\x}\x",
    "new command": r"\newcommand{\a}{\a\a}\a",
    "csname": r"\csname u\endcsname",
    "catcode": r"\catcode`\$=13",
    "file": r"\input{/etc/passwd}",
    "write": r"\immediate\write18{true}",
    "python": "__import__('os').system('true')",
    "dunder": r"x.__class__.__mro__",
    "format": "%s%n{0}{u}",
    "powers": r"9^{9^{9^{9}}}u_o",
    "small powers": _nested("2^{", "2", "}", 40) + "u_o",
    "power of sums": r"\left(\sum_a\hat y_a^2\right)^{20}u_o",
    "huge number": "9" * 3900,
    "product of huge numbers": ("9" * 1900 + r"\cdot ") * 2 + "u_o",
    "log of huge": r"\log " + "7" * 2000 + " u_o",
    "log of a product of primes": rf"\log {(10**40 + 121) * (10**41 + 109)} u_o",
    "long decimal": "0." + "0" * 3000 + "1u_o",
    "exponent notation": "1e999999",
    "huge index": "u_{99999999}",
    "huge shift": "u_{w_{t+99999999}}",
    "huge window": r"\sum_{j=-99999999}^{99999999} u_{w_{t+j}}",
    "many sums": r"\sum_a\sum_b\sum_e\sum_f\sum_g\sum_h\sum_i \hat y_a\hat y_b\hat y_e\hat y_f u_o",
    "sigma nest": _nested(r"\sigma(", r"u_o^\top v_c", ")", 12) + "u_o",
    "exp nest": _nested("e^{", r"u_o^\top v_c", "}", 15) + "u_o",
    "log nest": _nested(r"\log(", r"u_o^\top v_c", ")", 15) + "u_o",
    "fraction nest": _nested(r"\frac{1}{1+", r"\hat y_o", "}", 12) + "u_o",
    "root nest": _nested(r"\sqrt{", "2", "}", 30) + "u_o",
    "hat nest": _nested(r"\hat{", "y", "}", 59) + "_o",
    "derivatives": r"\frac{\partial}{\partial v_c}" * 20 + "J",
    "second derivatives": r"\nabla_v" * 30 + "J",
    "deltas": r"\delta_{wo}" * 39 + "u_o",
    "delta sums": r"(\delta_{wo}+\delta_{xo}+\delta_{ao}+1)^{6}u_o",
    "chain": "=u_o" * 300,
    "equals": "=" * 500,
    "minus": "-" * 3999,
    "primes": "u" + "'" * 1000,
    "bars": "|" * 999,
    "norms": r"\|" * 99,
    "dollars": "$" * 101,
    "backslashes": "\\" * 3999,
    "one backslash": "\\",
    "alignment": "&" * 100 + r"\\" * 100,
    "comments": "%" * 100,
    "closing": "}" * 50,
    "opening": "{" * 50,
    "left": r"\left" * 50,
    "left only": r"\left(" * 50,
    "right only": r"\right)" * 50,
    "cases": r"\begin{cases}" * 30,
    "mixed up": r"\begin{cases}\end{bmatrix}",
    "fractions": r"\frac" * 500,
    "carets": "^" * 500,
    "subscripts": "u_" * 500,
    "everything open": r"\left[\frac{\sum_{w=1}^{V (\begin{cases} u_{w",
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_line_is_judged_and_never_passed(name: str) -> None:
    report = _judged(HOSTILE[name])
    assert report.status in ("wrong", "ill_formed", "not_understood")
    assert report.message


@pytest.mark.parametrize("name", HOSTILE)
@pytest.mark.parametrize("kind", ["tex", "md", "txt"])
def test_a_hostile_document_is_split(name: str, kind: str) -> None:
    for text in (HOSTILE[name], rf"\[ {HOSTILE[name]} \]", f"$$\n{HOSTILE[name]}\n"):
        assert all(passage.lines for passage in passages(text, kind))


LONG = 100_000
LONG_DOCUMENTS = [r"\begin{align}", "$$", r"\[", "```math\n", "{", "\\", "= ", "(", "%", "&", " ",
                  r"\begin{aligned}", r"\label{", "a", "a b ", "$", "*", "|",
                  "\n", r"\\["]  # fmt: skip


@pytest.mark.parametrize("piece", LONG_DOCUMENTS)
def test_a_long_document_is_split_in_time_that_grows_with_its_length(piece: str) -> None:
    """Pieces that open something and never close it; a search that starts over takes minutes."""
    for kind in ("tex", "md", "txt"):
        found = passages(piece * (LONG // len(piece)), kind)
        assert all(passage.lines for passage in found)


# ------------------------------------------------------------------------ made by hypothesis
PIECES = sorted({piece for line in LINES for piece in line.replace("\\", " \\").split(" ")})
ODD = st.sampled_from(
    ["\0", "\u202e", "\u0301", "{", "}", "\\", "^", "_", "&", "$", "9" * 50, "=", "'"]
)


@st.composite
def _changed(draw: Callable[..., Any]) -> str:
    """A real line with pieces of other lines, or odd signs, in place of parts of it."""
    line: str = draw(st.sampled_from(LINES))
    for _ in range(draw(st.integers(1, 3))):
        begin = draw(st.integers(0, len(line)))
        end = min(len(line), begin + draw(st.integers(0, 8)))
        line = line[:begin] + draw(st.sampled_from(PIECES) | ODD) + line[end:]
    return line


@settings(deadline=None, max_examples=60, derandomize=True)
@given(_changed(), st.sampled_from(TARGETS))
def test_a_changed_line_gets_a_verdict(line: str, target: str) -> None:
    report = _judged(line, target)
    assert report.status in STATUSES
    assert report.message or report.holds


@settings(deadline=None, max_examples=150, derandomize=True)
@given(st.text(max_size=60) | st.lists(st.sampled_from(PIECES), max_size=12).map("".join))
def test_any_text_is_read_or_refused(text: str) -> None:
    assert _judged(text).status in STATUSES
    for kind in ("tex", "md", "txt"):
        assert all(passage.lines for passage in passages(text, kind))


@pytest.mark.slow
@settings(deadline=None, max_examples=1500)
@given(_changed() | st.text(max_size=200), st.sampled_from(TARGETS))
def test_many_changed_lines_get_a_verdict(line: str, target: str) -> None:
    assert _judged(line, target).status in STATUSES
