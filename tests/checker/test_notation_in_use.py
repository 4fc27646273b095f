"""Every notation that people are known to use: a right line in it is proved, a wrong one is wrong.

A wrong variant is made by exchanging a piece of the right line, so that the notation stays.
"""

import pytest

from wordgrad.checker import check_derivation

VC = r"\frac{\partial J}{\partial v_c} = "
UW = r"\frac{\partial J}{\partial u_w} = "
MATRIX = r"\frac{\partial J}{\partial U} = "
NEG = r"(\sigma(u_o^\top v_c)-1)u_o+"
Z = r"\sum_{x=1}^{V}e^{u_x^\top v_c}"

# target, right line, what is exchanged in it, by what
ROWS: list[tuple[str, str, str, str]] = [
    # left-hand sides, chains, displays
    ("naive_vc", VC + r"-u_o+\sum_w\hat y_wu_w = U^\top(\hat y-y)", r"\hat y-y", r"y-\hat y"),
    ("naive_vc", r"\frac{\partial J}{\partial v_c} &= U^\top(\hat y-y) \\", "-y", "+y"),
    ("naive_vc", r"\[" + VC + r"U^\top(\hat y-y)\]", "-y", "+y"),
    ("naive_vc", "$$" + VC + r"U^\top(\hat y-y)$$", "-y", "+y"),
    ("naive_vc", "$" + VC + r"U^\top(\hat y-y)$.", "-y", "+y"),
    (
        "naive_vc",
        r"\begin{align*}\frac{\partial J}{\partial v_c} &= U^\top(\hat y-y)\end{align*}",
        "-y",
        "+y",
    ),
    ("naive_vc", r"U^\top(\hat y-y)", "-y", "+y"),
    ("naive_uw", r"(\hat y_x-y_x)v_c", "-y_x", "+y_x"),
    # upright, bold and arrows
    ("naive_vc", VC + r"\mathbf U^\top(\hat{\mathbf y}-\mathbf y)", r"-\math", r"+\math"),
    (
        "naive_vc",
        r"\nabla_{\boldsymbol v_c}J = \boldsymbol U^\top(\hat{\boldsymbol y}-y)",
        "-y",
        "+y",
    ),
    ("naive_vc", r"\nabla_{\bm v_c}J = \bm U^\top(\hat{\bm y}-\bm y)", r"-\bm", r"+\bm"),
    ("naive_vc", r"\nabla_{\vec v_c}J = -\vec u_o+\sum_w\hat y_w\vec u_w", r"-\vec", r"+\vec"),
    ("naive_vc", VC + r"-u_o+\sum_w\mathrm{softmax}(Uv_c)_wu_w", "-u_o", "+u_o"),
    ("naive_vc", VC + r"U^\top(\operatorname{softmax}(Uv_c)-y)", "-y", "+y"),
    ("naive_vc", VC + r"U^\top(\text{softmax}(Uv_c)-y)", "-y", "+y"),
    ("naive_vc", VC + r"-u_o+\sum_w\frac{{\rm exp}(u_w^Tv_c)}{" + Z + "}u_w", "-u_o", "+u_o"),
    # transposes and products
    ("naive_vc", VC + r"U^T(\hat y-y)", "-y", "+y"),
    ("naive_vc", VC + r"U^\intercal(\hat y-y)", "-y", "+y"),
    ("naive_vc", VC + r"U^{\mathsf T}(\hat y-y)", "-y", "+y"),
    ("naive_vc", VC + r"U'(\hat y-y)", "-y", "+y"),
    ("naive_uo", r"\frac{\partial J}{\partial u_o} = (\hat y_o-1)\cdot v_c", "-1", "+1"),
    (
        "neg_uo",
        r"\frac{\partial J}{\partial u_o} = (\sigma(\langle u_o,v_c\rangle)-1)v_c",
        "-1",
        "+1",
    ),
    ("neg_U", MATRIX + r"((y+r)\odot\sigma(Uv_c)-y)v_c^\top", "-y)", "+y)"),
    ("naive_U", MATRIX + r"(\hat y-y)\otimes v_c", "-y", "+y"),
    # functions and fractions
    ("naive_vc", VC + r"-u_o+\sum_w\frac{e^{u_w^\top v_c}}{" + Z + "}u_w", "-u_o", "+u_o"),
    ("naive_vc", VC + r"-u_o+\sum_w\dfrac{\exp(u_w^\top v_c)}{" + Z + "}u_w", "-u_o", "+u_o"),
    ("naive_vc", VC + r"-u_o+\sum_w\tfrac{exp(u_w^\top v_c)}{" + Z + "}u_w", "-u_o", "+u_o"),
    ("naive_vc", VC + r"-u_o+\sum_w e^{u_w^\top v_c}u_w/(" + Z + ")", "-u_o", "+u_o"),
    ("log_sigmoid_derivative", r"\frac{d}{dx}\log\sigma(x) = \sigma(-x)", "(-x)", "(x)"),
    ("log_sigmoid_derivative", r"\frac{d}{dx}\ln\sigma(x) = 1-\sigma(x)", "1-", "1+"),
    ("log_sigmoid_derivative", "(d/dx) log(sigma(x)) = 1 - sigma(x)", "1 -", "1 +"),
    (
        "neg_uo",
        r"\frac{\partial J}{\partial u_o} = \left(\sigma\big(u_o^\top v_c\big)-1\right)v_c",
        "-1",
        "+1",
    ),
    # sums
    ("naive_vc", VC + r"\sum_{w=1}^{V}\hat y_wu_w-u_o", "-u_o", "+u_o"),
    ("naive_vc", VC + r"\sum_{w\in V}\hat y_wu_w-u_o", "-u_o", "+u_o"),
    ("naive_vc", VC + r"\sum_w\hat y_wu_w-u_o", "-u_o", "+u_o"),
    ("naive_vc", VC + r"\sum_{w\in\mathrm{Vocab}}\hat y_wu_w-u_o", "-u_o", "+u_o"),
    ("naive_vc", VC + r"(\hat y_o-1)u_o+\sum_{x\neq o}\hat y_xu_x", "-1", "+1"),
    ("neg_vc", r"\nabla_{v_c}J = " + NEG + r"\Sigma^K_{k=1}\sigma(u_k^\top v_c)u_k", "-1", "+1"),
    # cases, indicators, deltas
    (
        "naive_uw",
        UW + r"\begin{cases}(\hat y_o-1)v_c&w=o\\\hat y_wv_c&w\neq o\end{cases}",
        "-1",
        "+1",
    ),
    ("naive_uw", UW + r"(\hat y_w-\mathbb 1[w=o])v_c", r"-\mathbb", r"+\mathbb"),
    ("naive_uw", UW + r"(\hat y_w-\mathbf 1\{w=o\})v_c", r"-\mathbf", r"+\mathbf"),
    ("naive_uw", UW + r"(\hat y_w-\mathbb{1}_{w=o})v_c", r"-\mathbb", r"+\mathbb"),
    ("naive_uw", UW + r"(\hat y_w-\mathbb I(w=o))v_c", r"-\mathbb", r"+\mathbb"),
    ("naive_uw", UW + r"(\hat y_w-[w=o])v_c", "-[", "+["),
    (
        "softmax_jacobian",
        r"\frac{\partial\hat y_i}{\partial\theta_j} = \hat y_i(\delta_{ij}-\hat y_j)",
        r"-\hat",
        r"+\hat",
    ),
    # derivatives
    ("naive_vc", r"\nabla_vJ = U^\top(\hat y-y)", "-y", "+y"),
    ("naive_vc", r"\frac{\part J}{\part v_c} = U^\top(\hat y-y)", "-y", "+y"),
    (
        "sigmoid_derivative",
        r"\frac{\mathrm d\sigma(x)}{\mathrm dx} = \sigma(x)(1-\sigma(x))",
        "1-",
        "1+",
    ),
    ("naive_vc", "dJ/dv_c = U^T (yhat - y)", "- y", "+ y"),
    ("cbow_vhat", "dJ/dvhat = U^T (yhat - y)", "- y", "+ y"),
    ("softmax_jacobian", "dyhat_i/dtheta_j = yhat_i (delta_ij - yhat_j)", "- yhat", "+ yhat"),
    ("softmax_ce_theta", "dJ/dtheta_j = yhat_j - y_j", "- y", "+ y"),
    ("sigmoid_derivative", "dsigma/dx = sigma(x) (1 - sigma(x))", "1 -", "1 +"),
    ("sigmoid_derivative", r"\sigma' = \sigma(1-\sigma)", "1-", "1+"),
    (
        "softmax_ce_hessian",
        r"\frac{\partial^2J}{\partial\theta_i\partial\theta_j} = \hat y_i(\delta_{ij}-\hat y_j)",
        r"-\hat",
        r"+\hat",
    ),
    # probabilities and other letters
    ("naive_vc", VC + r"-u_o+\sum_xP(O=x\mid C=c)u_x", "-u_o", "+u_o"),
    ("naive_vc", VC + "-u_o+\\sum_xp(x|c)u_x", "-u_o", "+u_o"),
    ("naive_vc", VC + r"-u_o+\sum_x\hat{y_x}u_x", "-u_o", "+u_o"),
    ("naive_vc", r"\frac{\partial J}{\partial\nu_c} = -u_o+\sum_x\tilde y_xu_x", "-u_o", "+u_o"),
    ("naive_vc", VC + r"-u_0+\sum_x\hat y_xu_x", "-u_0", "+u_0"),
    (
        "naive_uw",
        r"\frac{\partial J}{\partial u_{w_s}} = (P(w_s\mid c)-\delta_{w_so})v_c",
        "-",
        "+",
    ),
    ("neg_uk", r"\frac{\partial J}{\partial u_{w_k}} = \sigma(u_{w_k}^\top v_c)v_c", "= ", "= -"),
    ("neg_uk", r"\frac{\partial J}{\partial u_{n_k}} = \sigma(u_{n_k}^\top v_c)v_c", "= ", "= -"),
    ("cbow_vhat", r"\frac{\partial J}{\partial\bar v} = U^\top(\hat y-y)", "-y", "+y"),
    ("cbow_vj", r"\frac{\partial J}{\partial v_{w_{t+j}}} = U^\top(\hat y-y)", "-y", "+y"),
    ("cbow_vj", r"\frac{\partial J}{\partial v_{w_{c+j}}} = U^\top(\hat y-y)", "-y", "+y"),
    # unit vectors, ones, dots, rows of vectors
    ("naive_vc", VC + r"U^\top(\hat y-e_o)", "-e_o", "+e_o"),
    ("naive_vc", VC + r"U^\top\hat y-U^\top\mathbf e_o", "-U", "+U"),
    (
        "softmax_ce_theta",
        r"\nabla_\theta J = \frac{e^\theta}{\mathbf 1^\top e^\theta}-y",
        "-y",
        "+y",
    ),
    ("naive_vc", VC + r"-u_o+\hat y_1u_1+\dots+\hat y_Vu_V", "-u_o", "+u_o"),
    ("naive_vc", VC + r"\begin{bmatrix}u_1&\cdots&u_V\end{bmatrix}(\hat y-y)", "-y", "+y"),
    (
        "naive_U",
        MATRIX
        + r"\begin{bmatrix}(\hat y_1-y_1)v_c^\top\\\vdots\\(\hat y_V-y_V)v_c^\top\end{bmatrix}",
        "v_c^",
        "u_o^",
    ),
    # Unicode
    ("naive_vc", "∂J/∂v_c = −u_o + ∑_w ŷ_w u_w", "−u", "+u"),
    ("naive_vc", "∂J/∂v_c = Uᵀ(ŷ − y)", "− y", "+ y"),
    ("naive_vc", "∂J/∂v_c = −uₒ + Σ_x ŷₓuₓ", "−u", "+u"),
    ("sigmoid_derivative", "σ'(x) = σ(x)(1 − σ(x))", "1 −", "1 +"),
    ("sigmoid_derivative", "dσ/dx = σ(1-σ)", "1-", "1+"),
    # beside the formula
    ("naive_uw", UW + r"\hat y_wv_c, w\neq o", r"= \hat", r"= -\hat"),
    ("naive_uw", UW + r"\hat y_wv_c \quad\text{for } w \ne o", r"= \hat", r"= -\hat"),
    ("naive_uw", UW + r"\hat y_wv_c \quad \forall w\neq o", r"= \hat", r"= -\hat"),
    ("naive_uw", UW + r"(\hat y_w-1)v_c \qquad (w = o)", "-1", "+1"),
    ("naive_uw", r"\text{If } w=o:\ " + UW + r"(\hat y_w-1)v_c", "-1", "+1"),
    ("naive_uw", r"\frac{\partial J}{\partial u_{w\neq o}} = \hat y_wv_c", r"= \hat", r"= -\hat"),
    ("neg_uk", r"\nabla_{u_k}J = \sigma(u_k^\top v_c)v_c, \quad k=1,\dots,K", "= \\s", "= -\\s"),
    ("naive_vc", VC + r"U^\top(\hat y-y) \qquad (1)", "-y", "+y"),
    ("naive_vc", VC + r"U^\top(\hat y-y). \tag{1}\label{eq:vc}\nonumber", "-y", "+y"),
    ("naive_vc", r"\therefore " + VC + r"U^\top(\hat y-y),", "-y", "+y"),
    ("naive_vc", r"\Rightarrow\quad " + VC + r"U^\top(\hat y-y)", "-y", "+y"),
    ("naive_vc", r"\implies " + VC + r"U^\top(\hat y-y)", "-y", "+y"),
    (
        "naive_vc",
        r"\text{Hence, } " + VC + r"U^\top(\hat y-y) \quad\text{(chain rule)}",
        "-y",
        "+y",
    ),
    ("naive_vc", "**" + VC + r"U^\top(\hat y-y)**", "-y", "+y"),
    ("naive_vc", "3. $" + VC + r"U^\top(\hat y-y)$", "-y", "+y"),
    ("naive_vc", r"\boxed{" + VC + r"U^\top(\hat y-y)}", "-y", "+y"),
]  # fmt: skip


@pytest.mark.parametrize(("target", "line"), [row[:2] for row in ROWS], ids=[r[1] for r in ROWS])
def test_a_right_line_is_proved(target: str, line: str) -> None:
    (found,) = check_derivation([line], target).lines
    assert found.status == "proved", found.message


@pytest.mark.parametrize("row", ROWS[::3], ids=[r[1] for r in ROWS[::3]])
def test_a_wrong_line_in_the_same_notation_is_wrong(row: tuple[str, str, str, str]) -> None:
    target, line, written, instead = row
    at = line.rindex(written)
    changed = line[:at] + instead + line[at + len(written) :]
    (found,) = check_derivation([changed], target).lines
    assert found.status == "wrong", (changed, found.status, found.message)


@pytest.mark.parametrize(
    ("target", "line"),
    [
        ("naive_vc", VC + r"-u_o+\exp u^\top v"),
        ("naive_vc", VC + r"-u_o+☃"),
        ("naive_vc", VC + r"-u_o+u_1+\dots"),
        ("naive_vc", VC + r"-u_o+u_1+\dots+u_7"),
        ("naive_vc", VC + r"-u_o+\hat y_1u_1+\hat y_3u_2+\dots+\hat y_Vu_V"),
        ("naive_vc", r"\nabla_uJ = U^\top(\hat y-y)"),
        ("naive_vc", VC + r"U^\top(\hat y-y) (2)"),
        ("naive_U", MATRIX + r"\begin{bmatrix}\hat y_1v_c\\\vdots\\\hat y_Vv_c\end{bmatrix}"),
        ("naive_uw", UW + r"\hat y_wv_c, \quad w\neq n_3"),
    ],
)
def test_what_is_not_certain_is_asked_about(target: str, line: str) -> None:
    (found,) = check_derivation([line], target).lines
    assert found.status == "not_understood", found.message
