"""Sizes that the reader gives a number or another name."""

import pytest

from tests.checker.statuses import statuses
from wordgrad.checker import check_derivation

J = r"J = -\log\sigma(u_o^\top v_c)-\log\sigma(-u_{n_1}^\top v_c)"
VC = r"\frac{\partial J}{\partial v_c} = (\sigma(u_o^\top v_c)-1)u_o"


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (["K=1", J], ["proved", "agrees"]),
        (["K=1", VC + r"+\sigma(u_{n_1}^\top v_c)u_{n_1}"], ["proved", "agrees"]),
        (["K=1", VC + r"-\sigma(u_{n_1}^\top v_c)u_{n_1}"], ["proved", "wrong"]),
        (["K=1", VC + r"+\sigma(u_k^\top v_c)u_k"], ["proved", "agrees"]),
        (["K=2", J], ["proved", "wrong"]),
        (["K=3", VC + r"+\sum_{k=1}^3\sigma(u_k^\top v_c)u_k"], ["proved", "proved"]),
        (["K=3", VC + r"-\sum_{k=1}^3\sigma(u_k^\top v_c)u_k"], ["proved", "wrong"]),
        (["K=3", VC + r"+3\sigma(u_k^\top v_c)u_k"], ["proved", "wrong"]),
        ([VC + r"+\sigma(u_k^\top v_c)u_k"], ["wrong"]),
        ([VC + r"+\sigma(u_{n_1}^\top v_c)u_{n_1}"], ["wrong"]),
    ],
)
def test_lines_are_read_for_the_number(lines: list[str], expected: list[str]) -> None:
    assert statuses(lines, "neg_vc") == expected


def test_a_loss_that_lists_its_negatives_says_how_many() -> None:
    first, second = check_derivation([J, VC + r"+\sigma(u_{n_1}^\top v_c)u_{n_1}"], "neg_vc").lines
    assert (first.status, second.status) == ("agrees", "agrees")
    assert "read for K = 1" in first.remarks
    assert statuses([J.replace("-u_{n_1}", "u_{n_1}")], "neg_vc") == ["wrong"]


def test_another_name_of_a_size() -> None:
    line = r"\frac{\partial J}{\partial v_c} = -u_o+\sum_{w=1}^N\hat y_wu_w"
    assert statuses(["|V| = N", line], "naive_vc") == ["proved", "proved"]
    assert statuses(["|V| = N", line.replace("-u_o", "u_o")], "naive_vc") == ["proved", "wrong"]


def test_neighbours_in_a_small_window() -> None:
    line = r"\frac{\partial J}{\partial v_c} = 2\sum_w\hat y_wu_w-u_{w_{t-1}}-u_{w_{t+1}}"
    assert statuses(["m=1", line], "window_vc") == ["proved", "agrees"]
    assert statuses(["m=1", line.replace("2", "")], "window_vc") == ["proved", "wrong"]
    assert statuses(["m=2", line], "window_vc") == ["proved", "wrong"]
