"""Letters with a fixed subscript stand for something of their own."""

import pytest

from tests.checker.statuses import statuses
from wordgrad.checker.fixed import fixed_name, loss_to_define, with_fixed_letters
from wordgrad.latex.parser import parse_expression
from wordgrad.latex.printer import to_latex
from wordgrad.latex.syntax import IndexName, IndexNumber, Name
from wordgrad.meaning.contexts import cbow, naive_softmax, negative_sampling, window

NEG = negative_sampling()
TWO = [r"a_o = \sigma(u_o^\top v_c)-1", r"a_k = \sigma(u_k^\top v_c)"]
VC = r"\frac{\partial J}{\partial v_c} = "


def test_names_read_back_from_latex() -> None:
    for index in (IndexName("o"), IndexName("P"), IndexNumber(1)):
        name = Name(fixed_name(Name("epsilon", (index,)), NEG))
        assert name.name
        assert parse_expression(to_latex(name)) == name


@pytest.mark.parametrize(
    ("line", "status"),
    [
        (r"a_ou_o+\sum_ka_ku_k", "proved"),
        (r"a_ou_o+\sum_{k=1}^K a_{n_k}u_{n_k}", "proved"),
        (r"a_ou_o-\sum_ka_ku_k", "wrong"),
        (r"a_ou_o+\sum_ka_ou_k", "wrong"),
        (r"a_ou_o+\sum_ka_ku_o", "wrong"),
        (r"(a_o-1)u_o+\sum_ka_ku_k", "wrong"),
    ],
)
def test_one_letter_for_the_word_and_one_for_the_negatives(line: str, status: str) -> None:
    assert statuses([*TWO, VC + line], "neg_vc") == ["proved", "proved", status]
    assert statuses([*TWO[::-1], VC + line], "neg_vc") == ["proved", "proved", status]


def test_a_letter_of_the_negatives_at_another_word() -> None:
    lines = [r"b_k = \sigma(u_k^\top v_c)", VC + r"(b_o-1)u_o+\sum_kb_ku_k"]
    assert statuses(lines, "neg_vc") == ["proved", "proved"]
    assert statuses([lines[0], VC + r"(b_o+1)u_o+\sum_kb_ku_k"], "neg_vc")[1] == "wrong"


def test_a_word_with_a_value_of_its_own_is_an_exception() -> None:
    lines = [r"\delta_o = \hat y_o-1", r"\delta_w = \hat y_w", VC + r"\sum_w\delta_wu_w"]
    assert statuses(lines, "naive_vc") == ["proved"] * 3
    lines[0] = r"\delta_o = \hat y_o+1"
    assert statuses(lines, "naive_vc")[2] == "wrong"
    assert statuses(lines[1:], "naive_vc")[1] == "wrong"


def test_losses_of_single_terms() -> None:
    lines = [
        r"J_o = -\log\sigma(u_o^\top v_c)",
        r"J_k = -\log\sigma(-u_k^\top v_c)",
        r"J = J_o+\sum_{k=1}^KJ_k",
        r"\frac{\partial J_k}{\partial v_c} = \sigma(u_k^\top v_c)u_k",
        r"\frac{\partial J_o}{\partial v_c} = \sigma(u_o^\top v_c)u_o",
        r"J = J_o-\sum_{k=1}^KJ_k",
    ]
    assert statuses(lines, "neg_vc") == ["proved"] * 4 + ["wrong"] * 2


def test_the_loss_of_one_word() -> None:
    assert statuses([r"J_o = -\log\hat y_o", r"J_o = \log\hat y_o"], "naive_vc") == [
        "proved",
        "wrong",
    ]
    assert statuses([r"J_c = -\log\hat y_c"], "cbow_vhat") == ["proved"]
    assert statuses([r"J_j = \log P(w_{t+j}\mid w_t)"], "window_vc") == ["wrong"]


def test_letters_without_a_meaning_stay() -> None:
    tree = parse_expression(r"\epsilon_o u_o")
    assert with_fixed_letters(tree, NEG) == tree
    assert loss_to_define(Name("u", (IndexName("k"),)), NEG) == Name("u", (IndexName("k"),))
    energy = Name("E", (IndexName("o"),))
    assert with_fixed_letters(energy, naive_softmax()) == energy
    assert with_fixed_letters(Name("J", (IndexName("c"),)), cbow("softmax")) == Name("J")
    assert to_latex(with_fixed_letters(Name("J", (IndexName("j"),)), window("softmax"))) == (
        "F(w_{c+j}, v_c)"
    )
