"""The sampled loss in letters of the reader's: each term by itself."""

import pytest

from tests.checker.statuses import statuses


@pytest.mark.parametrize(
    ("letter", "value", "by_word", "by_negative"),
    [
        ("z", r"u_x^\top v_c", r"\sigma(z_o)-1", r"\sigma(z_k)"),
        ("p", r"\sigma(u_x^\top v_c)", r"-\frac{1}{p_o}", r"\frac{1}{1-p_k}"),
        ("q", r"\sigma(-u_x^\top v_c)", r"\frac{1}{1-q_o}", r"-\frac{1}{q_k}"),
        ("s", r"-u_x^\top v_c", r"\sigma(s_o)", r"\sigma(s_k)-1"),
    ],
)
def test_terms_by_a_letter(letter: str, value: str, by_word: str, by_negative: str) -> None:
    before = [f"{letter}_{x} = {value.replace('x', x)}" for x in ("o", "k")]
    for index, right in (("o", by_word), ("k", by_negative)):
        left = rf"\frac{{\partial J}}{{\partial {letter}_{index}}} = "
        expected = ["proved", "proved", "proved", "wrong", "wrong"]
        lines = [*before, left + right, left + f"-({right})", left + f"2({right})"]
        assert statuses(lines, "neg_vc") == expected


def test_scores_of_words_are_another_thing() -> None:
    """Two negatives may be one word: by its score, the loss changes twice."""
    lines = [r"\frac{\partial J}{\partial\theta_{n_k}} = \sigma(\theta_{n_k})"]
    assert statuses(lines, "neg_vc") == ["wrong"]


def test_another_loss_is_not_taken_for_the_sampled_one() -> None:
    lines = [r"z_c = u_c^\top\hat v", r"\frac{\partial J}{\partial z_c} = \sigma(z_c)-1"]
    assert statuses(lines, "cbow_vhat") == ["proved", "wrong"]
    own = [r"J := \theta_o", r"g_o = \sigma(u_o^\top v_c)"]
    assert statuses([*own, r"\frac{\partial J}{\partial g_o} = -\frac{1}{g_o}"])[2] != "proved"


def test_the_loss_in_two_parts() -> None:
    lines = [
        r"L_{neg} = -\sum_k\log\sigma(-u_k^\top v_c)",
        r"L_{pos} = -\log\sigma(u_o^\top v_c)",
        r"L = L_{pos}+L_{neg}",
        r"\frac{\partial L_{neg}}{\partial v_c} = \sum_k\sigma(u_k^\top v_c)u_k",
        r"\frac{\partial L_{neg}}{\partial v_c} = -\sum_k\sigma(u_k^\top v_c)u_k",
        r"L = L_{pos}-L_{neg}",
    ]
    assert statuses(lines, "neg_vc") == ["proved"] * 4 + ["wrong"] * 2
    assert statuses([r"L_{pos} = \log\sigma(u_o^\top v_c)"], "neg_vc") == ["wrong"]


def test_numbers_for_the_word_and_the_negatives() -> None:
    right = (
        r"\frac{\partial J}{\partial v_c} = (\sigma(\theta_o)-t_o)u_o"
        r"+\sum_k(\sigma(\theta_{n_k})-t_k)u_k"
    )
    assert statuses(["t_o = 1", "t_k = 0", right], "neg_vc") == ["proved"] * 3
    assert statuses(["t_o = 0", "t_k = 0", right], "neg_vc")[2] == "wrong"
