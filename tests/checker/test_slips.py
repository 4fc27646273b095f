"""The search for a slip: its name, and a repair that is proved."""

import pytest

from wordgrad.checker import check_derivation

NAMED = [
    ("sign", "naive_vc", r"u_o+\sum_w\hat y_w u_w"),
    ("minus lost inside sigma", "neg_uo", r"-\sigma(u_o^\top v_c)\,v_c"),
    ("wrong index", "naive_vc", r"-u_o+\sum_w\hat y_w u_o"),
    ("wrong vector", "naive_vc", r"-v_c+\sum_w\hat y_w u_w"),
    ("wrong vector", "naive_vc", r"-u_o+\sum_w\hat y_w v_w"),
    ("y for yhat", "naive_U", r"(\hat y-\hat y)v_c^\top"),
    ("y for yhat", "softmax_jacobian", r"\hat y_i(\delta_{ij}-y_j)"),
    ("sum dropped", "naive_vc", r"-u_o+\hat y_w u_w"),
    ("sum not collapsed", "softmax_ce_theta", r"\sum_k\hat y_k-y_i"),
    ("factor dropped", "naive_uw", r"\hat y_w-y_w"),
    ("factor dropped", "cbow_mean_vj", r"U^\top(\hat y-y)"),
    ("factor extra", "cbow_vj", r"\frac{1}{2m}U^\top(\hat y-y)"),
    ("factor extra", "naive_vc", r"U^\top(\hat y-y)v_c"),
    ("extra sigma", "log_sigmoid_derivative", r"\sigma(x)(1-\sigma(x))"),
    ("transposed", "naive_U", r"(\hat y-y)^\top v_c"),
    ("log split", "naive_loss", r"-u_o^\top v_c+\sum_w\log\exp(u_w^\top v_c)"),
    ("log of exp", "naive_loss", r"-\log(u_o^\top v_c)+\log\sum_w\exp(u_w^\top v_c)"),
    (
        "quotient rule",
        "softmax_jacobian",
        r"\frac{\delta_{ij}e^{\theta_i}Z-e^{\theta_i}e^{\theta_j}}{Z}",
    ),
    ("window bound", "window_vc", r"\sum_{j=1}^{m}\frac{\partial F(w_{c+j},v_c)}{\partial v_c}"),
    ("repeats counted wrongly", "neg_uw", r"((y_w+1)\sigma(u_w^\top v_c)-y_w)v_c"),
    ("case w=o forgotten", "softmax_jacobian", r"\hat y_i(1-\hat y_j)"),
]


@pytest.mark.parametrize(("slip", "target", "line"), NAMED)
def test_a_slip_is_named_and_its_repair_is_proved(slip: str, target: str, line: str) -> None:
    (judged,) = check_derivation([line], target).lines
    assert judged.status in ("wrong", "ill_formed")
    assert judged.slip
    assert judged.slip.kind == slip
    assert judged.slip.written
    assert judged.slip.meant
    assert check_derivation([judged.repair], target).lines[0].status == "proved"


@pytest.mark.parametrize(
    ("slip", "target", "line", "condition"),
    [
        ("repeats counted wrongly", "neg_uk_repeated", r"\sigma(u_{n_l}^\top v_c)v_c", "distinct"),
        ("case w=o forgotten", "softmax_jacobian", r"-\hat y_i\hat y_j", r"i\neq j"),
    ],
)
def test_a_line_right_in_a_special_case_says_in_which(
    slip: str, target: str, line: str, condition: str
) -> None:
    (judged,) = check_derivation([line], target).lines
    assert judged.slip
    assert judged.slip.kind == slip
    assert condition in judged.slip.sentence
    assert judged.repair == ""


def test_two_slips_at_once_have_no_name() -> None:
    (judged,) = check_derivation([r"v_c+\sum_w(\hat y_o+y_w)v_w"], "naive_vc").lines
    assert judged.status == "wrong"
    assert judged.slip is None
    assert judged.repair == ""
    assert judged.witness
