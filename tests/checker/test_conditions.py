"""Conditions beside a formula."""

import pytest

from wordgrad.checker import check_derivation
from wordgrad.checker.conditions import NO_NEGATIVE_IS_O, conditions_in, is_case, names_of, under
from wordgrad.latex.syntax import IndexName, Relation
from wordgrad.meaning.contexts import naive_softmax, negative_sampling

SAME = Relation(IndexName("w"), IndexName("o"))
OTHER = Relation(IndexName("w"), IndexName("o"), equal=False)
U_W = r"\frac{\partial J}{\partial u_w} = "


@pytest.mark.parametrize(
    "text",
    [
        r"w \neq o", r", \quad w\ne o", r"\text{for } w \neq o", r"\text{for all $w \neq o$}",
        r"(w \not= o)", r"\forall w\neq o.", "∀ w ≠ o", "if w != o", r"w \in V\setminus\{o\}",
        r"\text{when }w \notin \{o\}", r"Case 2: w \neq o",
    ],
)  # fmt: skip
def test_a_condition_in_any_dress(text: str) -> None:
    assert conditions_in(text) == (OTHER,)


@pytest.mark.parametrize(
    "text",
    [
        r"k = 1,\dots,K", r"\forall k\in\{1,\dots,K\}", r"k\in[1,K]", r"1\le k\le K",
        r"\text{for all } w", r"w \in V", r"-m\le j\le m, j\neq 0", r"0<|j|\le m",
        r"j\in\{-m,\dots,m\}\setminus\{0\}",
    ],
)  # fmt: skip
def test_where_an_index_runs_is_no_condition(text: str) -> None:
    assert conditions_in(text) == ()


@pytest.mark.parametrize(
    "text", [r"\hat y_w v_c", "w", "u_w = v_c", r"w = o + 1", r"\hat y = y", ""]
)
def test_other_texts_are_no_clauses(text: str) -> None:
    assert conditions_in(text) is None


def test_all_negatives_may_be_told_from_o() -> None:
    assert conditions_in(r"o\notin\{w_1,\dots,w_K\}") == (NO_NEGATIVE_IS_O,)
    assert names_of(NO_NEGATIVE_IS_O) == ()
    found = under(negative_sampling(), (NO_NEGATIVE_IS_O,))
    assert ("n", "o") in found.assumptions.avoiding


def test_a_condition_outweighs_an_opposite_assumption() -> None:
    before = naive_softmax().assuming(distinct=(("w", "o"), ("w", "c")))
    found = under(before, (SAME,)).assumptions
    assert found.equal == (("w", "o"),)
    assert found.distinct == (("w", "c"),)
    assert under(before, ()) is before


def test_only_a_line_with_nothing_else_is_a_case() -> None:
    assert is_case("For w = o:")
    assert is_case(r"\text{If } i \neq j")
    assert not is_case("x = s")
    assert not is_case(U_W + r"\hat y_w v_c")


def test_a_condition_holds_for_its_line_and_those_that_go_on_from_it() -> None:
    lines = [
        U_W + r"0+\hat y_wv_c, \quad w\neq o",
        r"= P(w\mid c)v_c",
        U_W + r"\hat y_wv_c",
    ]
    report = check_derivation(lines, "naive_uw")
    assert [line.status for line in report.lines] == ["proved", "proved", "wrong"]
    assert "read for w \\neq o" in report.lines[1].remarks


def test_a_case_holds_until_the_next_one_or_a_conclusion() -> None:
    lines = [
        r"\text{Case 1: } w = o",
        U_W + r"(\hat y_w-1)v_c",
        r"\text{Case 2: } w\neq o",
        U_W + r"(\hat y_w-1)v_c",
        U_W + r"\hat y_wv_c",
        r"\text{Hence } " + U_W + r"\hat y_wv_c",
    ]
    statuses = [line.status for line in check_derivation(lines, "naive_uw").lines]
    assert statuses == ["proved", "proved", "proved", "wrong", "proved", "wrong"]


def test_a_condition_uses_the_letters_of_the_line() -> None:
    line = r"\frac{\partial\hat y_j}{\partial\theta_i} = -\hat y_i\hat y_j, \quad i\neq j"
    assert check_derivation([line], "softmax_jacobian").lines[0].status == "proved"


def test_conditions_on_negatives_are_not_read() -> None:
    line = r"\frac{\partial J}{\partial u_k} = 0, \quad k\neq o"
    assert check_derivation([line], "neg_uk").lines[0].status == "not_understood"
