"""Sets and limits under names of the reader's."""

import pytest

from tests.checker.statuses import statuses

VC = r"\frac{\partial J}{\partial v_c} = "
POSITIVE = r"(\sigma(u_o^\top v_c)-1)u_o"


@pytest.mark.parametrize(
    ("target", "line", "status"),
    [
        ("naive_vc", r"-u_o+\sum_{w=1}^{N}\hat y_wu_w", "proved"),
        ("naive_vc", r"-u_o+\sum_{w\in\mathcal W}\hat y_wu_w", "proved"),
        ("naive_vc", r"u_o+\sum_{w=1}^{N}\hat y_wu_w", "wrong"),
        ("naive_vc", r"-u_o+\sum_{w=0}^{V-1}\hat y_wu_w", "proved"),
        ("naive_vc", r"u_o+\sum_{w=0}^{V-1}\hat y_wu_w", "wrong"),
        ("naive_vc", r"-u_o+\sum_{w=1}^{V-1}\hat y_wu_w", "not_understood"),
        ("naive_vc", r"-u_o+\sum_{w=1}^{7}\hat y_wu_w", "not_understood"),
        ("neg_vc", POSITIVE + r"+\sum_{n\in N}\sigma(u_n^\top v_c)u_n", "proved"),
        ("neg_vc", POSITIVE + r"+\sum_{w\in NEG}\sigma(u_w^\top v_c)u_w", "proved"),
        ("neg_vc", POSITIVE + r"+\sum_{i=1}^{k}\sigma(u_i^\top v_c)u_i", "proved"),
        ("neg_vc", POSITIVE + r"-\sum_{n\in N}\sigma(u_n^\top v_c)u_n", "not_understood"),
        ("window_vc", r"\sum_{o\in C}U^\top(\hat y-e_o)", "proved"),
        ("window_vc", r"\sum_{o\in C}U^\top(\hat y+e_o)", "not_understood"),
    ],
)
def test_a_set_is_read_where_it_makes_the_line_right(target: str, line: str, status: str) -> None:
    assert statuses([VC + line], target) == [status]


def test_the_number_of_words_in_the_window() -> None:
    lines = [
        r"h = \frac{1}{C}\sum_{i=1}^{C}v_{w_i}",
        r"\frac{\partial J}{\partial h} = U^\top(\hat y-y)",
    ]
    assert statuses(lines, "cbow_vhat") == ["proved", "proved"]
    assert statuses([lines[0], lines[1].replace("-y", "+y")], "cbow_vhat")[1] == "wrong"
