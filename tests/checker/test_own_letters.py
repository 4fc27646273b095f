"""Letters that a reader defines, and what becomes of them."""

import pytest

from wordgrad.checker import check_derivation
from wordgrad.checker.own_letters import defined_letter
from wordgrad.checker.reading import read_line
from wordgrad.checker.units import with_units
from wordgrad.meaning.contexts import naive_softmax, negative_sampling
from wordgrad.meaning.notation import Notation

NAIVE, NEG = with_units(naive_softmax()), with_units(negative_sampling())


def after(line: str, notation: Notation) -> Notation | None:
    (segment,), _ = read_line(line, notation)
    return defined_letter(segment, notation)


@pytest.mark.parametrize(
    ("line", "name", "definition"),
    [
        (r"s_w = u_w^\top v_c", "s", r"\theta_i"),
        (r"s_o = u_o^\top v_c", "s", r"\theta_i"),
        (r"a = U v_c", "a", r"\theta"),
        (r"h = v_c", "h", "v_c"),
        (r"q_w = \frac{e^{\theta_w}}{Z}", "q", r"\hat{y}_i"),
        (r"g_w = u_w-u_o", "g", "[u_w - u_o]_{a}"),
    ],
)
def test_a_letter_for_something_of_the_book_is_known_as_that(
    line: str, name: str, definition: str
) -> None:
    notation = after(line, NAIVE)
    assert notation is not None
    assert notation.quantities[name].definition == definition


@pytest.mark.parametrize("line", ["J = 3", "u_w = v_c", r"\hat y_o = 2u_o^\top v_c"])
def test_letters_of_the_book_stay(line: str) -> None:
    assert after(line, NAIVE) is None


def test_one_letter_for_the_word_and_for_the_negatives() -> None:
    lines = [
        r"z_o = u_o^\top v_c",
        r"z_k = u_k^\top v_c",
        r"= (\sigma(z_o)-1)u_o+\sum_k\sigma(z_k)u_k",
    ]
    assert [line.status for line in check_derivation(lines, "neg_vc").lines] == ["proved"] * 3


def test_a_letter_of_the_target_keeps_its_meaning() -> None:
    report = check_derivation([r"Z_w = e^{\theta_w}"], "normaliser_derivative")
    assert report.lines[0].status == "not_understood"
    assert "use another letter" in report.lines[0].message


def test_what_rests_on_an_unread_line_is_not_called_wrong() -> None:
    lines = [
        r"\epsilon_o = \max(\theta_o, 0)",
        r"\frac{\partial J}{\partial v_c} = \epsilon_o u_o",
    ]
    statuses = [line.status for line in check_derivation(lines, "neg_vc").lines]
    assert statuses == ["not_understood", "not_understood"]


def test_one_number_does_not_make_a_letter_the_target_of_all_words() -> None:
    lines = ["q_o = 1", r"\frac{\partial J}{\partial\theta_w} = \hat y_w-q_w"]
    statuses = [line.status for line in check_derivation(lines, "softmax_ce_theta").lines]
    assert statuses == ["proved", "not_understood"]
