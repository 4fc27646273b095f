"""Lines copied from a program."""

import pytest

from tests.checker.statuses import statuses
from wordgrad.checker.code_style import without_code


@pytest.mark.parametrize(
    ("code", "latex"),
    [
        ("U.T.dot(y)", r"U^\top \cdot (y)"),
        ("np.dot(u_o, v_c)", r"((u_o) \cdot ( v_c))"),
        ("np.dot(u_o)", r"\text{dot}(u_o)"),
        ("np.exp(theta).sum()", r"\text{total}(\exp(theta))"),
        ("yhat[o] - 1", "yhat_{o} - 1"),
        ("-log(sigmoid(u_o @ v_c))", r"-log(sigmoid(u_o \cdot v_c))"),
        (r"U^\top(\hat y-y)", r"U^\top(\hat y-y)"),
        (r"\hat y_w[w=o]", r"\hat y_w[w=o]"),
    ],
)
def test_code_in_latex(code: str, latex: str) -> None:
    assert without_code(code) == latex


@pytest.mark.parametrize(
    ("target", "right", "wrong"),
    [
        ("naive_vc", "dJ/dv_c = U.T @ (yhat - y)", "dJ/dv_c = U.T @ (yhat + y)"),
        ("naive_vc", "gradCenterVec = U.T.dot(yhat - y)", "gradCenterVec = U.T.dot(y - yhat)"),
        ("naive_U", "grad_U = np.outer(yhat - y, v_c)", "grad_U = np.outer(yhat + y, v_c)"),
        (
            "naive_U",
            "dU = (yhat - y)[:, None] * vc[None, :]",
            "dU = (yhat + y)[:, None] * vc[None, :]",
        ),
        ("naive_vc", "J = -np.log(yhat[o])", "J = np.log(yhat[o])"),
        (
            "naive_vc",
            "yhat = np.exp(U @ v_c) / np.sum(np.exp(U @ v_c))",
            "yhat = np.exp(U @ v_c) / np.sum(U @ v_c)",
        ),
        (
            "neg_uo",
            "grad_uo = (sigmoid(uo @ vc) - 1) * vc",
            "grad_uo = (sigmoid(uo @ vc) - 1) * uo",
        ),
        ("softmax_ce_theta_vector", "grad = softmax(theta) - y", "grad = softmax(theta) + y"),
        (
            "naive_uw",
            "dJ/du_w = (yhat[w] - (w == o)) * v_c",
            "dJ/du_w = (yhat[w] + (w == o)) * v_c",
        ),
    ],
)
def test_a_program_is_checked(target: str, right: str, wrong: str) -> None:
    assert statuses([right], target) == ["proved"]
    assert statuses([wrong], target)[0] in ("wrong", "ill_formed")


def test_words_of_a_program_are_letters() -> None:
    lines = ["scores = U @ v_c", "probs = softmax(scores)", "grad_vc = U.T @ (probs - y)"]
    assert statuses(lines, "naive_vc") == ["proved"] * 3
    assert statuses([*lines[:2], "grad_vc = U.T @ (probs + y)"], "naive_vc")[2] == "wrong"
