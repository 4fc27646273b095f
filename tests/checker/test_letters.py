"""Other people's letters and words, brought home."""

import pytest

from wordgrad.checker import check_derivation


def only(line: str, target: str) -> tuple[str, str, tuple[str, ...]]:
    (report,) = check_derivation([line], target).lines
    return report.status, report.message, report.remarks


@pytest.mark.parametrize(
    ("line", "target"),
    [
        (r"J = -u_o^\top v_c+\operatorname{logsumexp}(Uv_c)", "naive_loss"),
        (r"J = -u_o^\top v_c+\mathrm{LSE}(Uv_c)", "naive_loss"),
        (r"J(\theta) = -\log\hat y_o", "naive_loss"),
        (r"\ell(v_c) = -\log\hat y_o", "naive_loss"),
        (r"\frac{\partial L}{\partial z_i} = p_i-\mathbf 1\{i=y\}", "softmax_ce_theta"),
        (r"= -y+p(1^\top y)", "softmax_ce_theta_vector"),
        (r"\frac{\partial J}{\partial\theta_i} = \hat y_i-(i=o)", "softmax_ce_theta"),
    ],
)
def test_usual_letters_are_read(line: str, target: str) -> None:
    assert only(line, target)[0] == "proved"


def test_a_letter_that_is_read_as_another_is_told() -> None:
    assert "the class y is read as o" in only(r"L = -\log p_y", "softmax_ce_theta")[2]


@pytest.mark.parametrize(
    ("line", "target", "asks"),
    [
        (r"J = (\hat y-y)^\top U\,dv_c", "naive_vc", "differentials"),
        (
            r"\frac{\partial s_i}{\partial z_j} = s_i(\delta_{ij}+s_j)",
            "softmax_jacobian",
            "what is",
        ),
        (r"(\partial J/\partial U)_w = v_c^\top", "neg_U", "rows of a matrix"),
        ("K = 3.5", "neg_vc", "stays open"),
        (r"\frac{\partial J}{\partial v_c} = 0 \iff u_o = \bar u", "naive_vc", "optimum"),
        (r"= -u_o+\sum_{w=1}^{7}\hat y_wu_w", "naive_vc", "cannot run over"),
    ],
)
def test_what_is_not_read_is_asked_about(line: str, target: str, asks: str) -> None:
    status, message, _ = only(line, target)
    assert status == "not_understood"
    assert asks in message
