"""What people write around a formula, blanked out place by place."""

import pytest

from wordgrad.checker.prose import (
    blank,
    unmarked,
    without_number,
    without_prose,
    without_reason,
)


def test_blanks_keep_every_place() -> None:
    assert blank("abcdef", 1, 3) == "a  def"


@pytest.mark.parametrize(
    ("text", "left"),
    [("**a = b**", "a = b"), ("(b) a = b", "a = b"), (r"\boxed{a = b}.", "a = b"), ("a", "a")],
)
def test_marks_around_a_line_go(text: str, left: str) -> None:
    found = unmarked(text)
    assert (found.strip(), len(found)) == (left, len(text))


@pytest.mark.parametrize(
    ("text", "left", "said"),
    [
        ("Hence a = b", "a = b", True),
        (r"\text{we get } a = b", "a = b", True),
        ("a = b", "a = b", False),
        (r"\text{loss} = b", r"\text{loss} = b", False),
        (r"\text{for } w = o", r"\text{for } w = o", False),
    ],
)
def test_words_in_front_go_and_are_told(text: str, left: str, said: bool) -> None:
    found, words = without_prose(text)
    assert (found.strip(), words) == (left, said)


@pytest.mark.parametrize(
    ("text", "left"), [(r"a \qquad (3)", "a"), ("a (3)", "a (3)"), (r"f\,(x)", r"f\,(x)")]
)
def test_only_a_wide_gap_makes_a_number_of_the_line(text: str, left: str) -> None:
    assert without_number(text).strip() == left


@pytest.mark.parametrize(
    ("text", "left"),
    [
        (r"a \quad\text{since } b = c", "a"),
        (r"a \text{ (chain rule)}", "a"),
        ("a (by the chain rule)", "a"),
        (r"a = \text{softmax}(b)", r"a = \text{softmax}(b)"),
        (r"a \quad\text{for } w = o", r"a \quad\text{for } w = o"),
    ],
)
def test_reasons_behind_go_and_conditions_stay(text: str, left: str) -> None:
    assert without_reason(text).strip() == left
