"""One pattern for the entries of a list with dots, or none."""

import pytest

from wordgrad.checker.patterns import DOTS, Pattern, listed_pattern, window_pattern
from wordgrad.latex.parser import parse_expression
from wordgrad.latex.printer import to_latex
from wordgrad.latex.syntax import Expr, IndexName, IndexNumber, Neg

SIZES = ("V", "K")


def entries(*texts: str) -> list[Expr]:
    return [DOTS if text == "..." else parse_expression(text) for text in texts]


def test_the_letter_of_a_pattern_is_not_taken() -> None:
    found = listed_pattern(entries("u_1", "...", "u_V"), {"i"}, SIZES)
    assert found is not None
    pattern, special = found
    assert (to_latex(pattern.body), pattern.name, pattern.upper) == ("u_j", "j", "V")
    assert special == []
    assert pattern.at(IndexName("o")) == parse_expression("u_o")


def test_one_word_in_the_middle_may_be_special() -> None:
    found = listed_pattern(entries("u_1", "...", "2u_o", "...", "u_V"), set(), SIZES)
    assert found is not None
    assert [(index, to_latex(entry)) for index, entry in found[1]] == [(IndexName("o"), "2 u_o")]


@pytest.mark.parametrize(
    "texts",
    [
        ("...", "u_V"),
        ("u_1", "..."),
        ("u_1", "...", "u_7"),
        ("u_1", "u_3", "...", "u_V"),
        ("u_1", "...", "v_V"),
        ("u_1", "...", "2u_o", "u_V"),
        ("u_1", "...", "3", "...", "u_V"),
        (r"\theta_1 u_1", "...", r"\theta_V u_K"),
    ],
)
def test_anything_else_is_no_pattern(texts: tuple[str, ...]) -> None:
    assert listed_pattern(entries(*texts), set(), SIZES) is None


WINDOW = ("v_{w_{c-m}}", "...", "v_{w_{c-1}}", "v_{w_{c+1}}", "...", "v_{w_{c+m}}")


def test_a_window_has_its_own_pattern() -> None:
    found = window_pattern(entries(*WINDOW), {"j"})
    assert found == Pattern(parse_expression("v_{w_{c+i}}"), "i", "m", "-m")
    assert found.range.excluded == (IndexNumber(0),)


@pytest.mark.parametrize("change", [(0, "v_{w_{c-1}}"), (3, "u_{w_{c+1}}"), (5, "v_o"), (1, "v_c")])
def test_a_window_with_one_other_entry_has_none(change: tuple[int, str]) -> None:
    listed = entries(*WINDOW)
    listed[change[0]] = parse_expression(change[1])
    assert window_pattern(listed, set()) is None
    assert window_pattern([Neg(listed[0]), *listed[1:]], set()) is None
