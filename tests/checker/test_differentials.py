"""Lines of differentials."""

import pytest

from tests.checker.statuses import statuses


@pytest.mark.parametrize(
    ("target", "right", "wrong"),
    [
        ("naive_vc", r"dJ = (\hat y-y)^\top U\,dv_c", r"dJ = (\hat y+y)^\top U\,dv_c"),
        ("naive_vc", r"dJ = (\hat y-y)^\top d(Uv_c)", r"dJ = (\hat y+y)^\top d(Uv_c)"),
        (
            "naive_vc",
            r"dJ = -d(u_o^\top v_c)+d\log\sum_we^{u_w^\top v_c}",
            r"dJ = d(u_o^\top v_c)+d\log\sum_we^{u_w^\top v_c}",
        ),
        ("naive_vc", r"d\theta = U\,dv_c", r"d\theta = 2U\,dv_c"),
        ("naive_U", r"dJ = (\hat y-y)^\top dU\,v_c", r"dJ = (\hat y+y)^\top dU\,v_c"),
        (
            "naive_U",
            r"dJ = \mathrm{tr}(v_c(\hat y-y)^\top dU)",
            r"dJ = \mathrm{tr}(v_c(\hat y+y)^\top dU)",
        ),
        (
            "neg_uo",
            r"dJ = -(1-\sigma(u_o^\top v_c))v_c^\top du_o",
            r"dJ = (1-\sigma(u_o^\top v_c))v_c^\top du_o",
        ),
        (
            "softmax_ce_theta",
            r"d\hat y_i = \hat y_i(d\theta_i-\sum_j\hat y_jd\theta_j)",
            r"d\hat y_i = \hat y_i(d\theta_i+\sum_j\hat y_jd\theta_j)",
        ),
    ],
)
def test_differentials_are_checked(target: str, right: str, wrong: str) -> None:
    assert statuses([right], target) == ["proved"]
    assert statuses([wrong], target) == ["wrong"]


def test_a_chain_of_differentials_goes_on() -> None:
    lines = [
        r"dJ = (\hat y-y)^\top d\theta",
        r"= (\hat y-y)^\top U\,dv_c",
        r"= \hat y^\top U\,dv_c",
    ]
    assert statuses(lines, "naive_vc") == ["proved", "proved", "wrong"]


def test_a_differential_alone_is_asked_about() -> None:
    assert statuses([r"\frac{\partial J}{\partial v_c} = U^\top dv_c"], "naive_vc") == [
        "not_understood"
    ]
