"""Habits of writing."""

import pytest

from tests.checker.statuses import statuses

RIGHT = r"U^\top(\hat y-y)"


@pytest.mark.parametrize(
    "left",
    [
        r"J_{v_c} = ",
        r"D_{v_c}J = ",
        r"\partial_{v_c}J = ",
        r"\nabla J = ",
        r"(3)\ \frac{\partial J}{\partial v_c} = ",
    ],
)
def test_left_hand_sides(left: str) -> None:
    assert statuses([left + RIGHT], "naive_vc") == ["proved"]
    assert statuses([left + RIGHT.replace("-", "+")], "naive_vc") == ["wrong"]


@pytest.mark.parametrize(
    ("right", "changed"),
    [
        (r"J = -u_o^\top v_c+\log\mathbf1^\top e^{Uv_c}", ("-u", "u")),
        (r"\frac{\partial J}{\partial v_c} = \langle u\rangle-u_o", ("-u", "+u")),
        (r"\frac{\partial J}{\partial v_c} = \mathbb E_{\hat y}[u_w]-u_o", ("-u", "+u")),
        (r"\frac{\partial J}{\partial v_c} = U^\top(\hat y-y) \eqno(7)", ("-y", "+y")),
        (r"J = -u_o . v_c + log sum_w exp(u_w . v_c)", ("-u", "u")),
    ],
)
def test_right_hand_sides(right: str, changed: tuple[str, str]) -> None:
    assert statuses([right], "naive_vc") == ["proved"]
    assert statuses([right.replace(*changed)], "naive_vc") == ["wrong"]


def test_the_term_of_a_loss_is_numbered_above() -> None:
    left = r"\frac{\partial J^{(j)}}{\partial v_c} = U^\top"
    lines = [left + r"(\hat y-e_{w_{t+j}})", left + r"(\hat y+e_{w_{t+j}})"]
    assert statuses(lines, "window_vc") == ["proved", "wrong"]


def test_the_likelihood_is_no_loss() -> None:
    assert statuses([r"\ell = \log\hat y_o", r"L = \log\hat y_o"], "naive_vc") == [
        "not_understood",
        "wrong",
    ]
