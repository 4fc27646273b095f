"""Functions of one argument, entry by entry or on a column."""

import pytest

from wordgrad.meaning.contexts import naive_softmax, negative_sampling, scalar
from wordgrad.meaning.elaborate import elaborate_line
from wordgrad.meaning.faults import ShapeError, Unsupported

from .components import read

NAIVE = naive_softmax()


@pytest.mark.parametrize(
    ("latex", "component"),
    [
        (r"\sigma(x)", "sigma(x)"),
        (r"\sigma'(x)", "(1 - sigma(x))*sigma(x)"),
        (r"\sigma'(2x)", "(1 - sigma(2*x))*sigma(2*x)"),
        (r"\operatorname{softplus}(-x)", "softplus(-x)"),
        (r"\tanh\frac{x}{2}", "tanh(x/2)"),
        (r"e^{-x}", "exp(-x)"),
        (r"\log(1+e^{x})", "log(exp(x) + 1)"),
        (r"\sqrt{x}", "sqrt(x)"),
    ],
)
def test_of_a_number(latex: str, component: str) -> None:
    assert read(latex, scalar()) == ("1x1", component)


@pytest.mark.parametrize(
    ("latex", "shape", "component"),
    [
        (r"\log(\hat y)", "Vocx1", "log(yhat[row])"),
        (r"-y^\top\log\hat y", "1x1", "-Sum(log(yhat[_w])*y[_w], (_w, 1, V))"),
        (r"\sigma(\theta)\odot y", "Vocx1", "sigma(theta[row])*y[row]"),
        (r"\operatorname{diag}(\hat y)", "VocxVoc", "KroneckerDelta(col, row)*yhat[row]"),
        (
            r"\operatorname{softmax}(\theta)",
            "Vocx1",
            "exp(theta[row])/Sum(exp(theta[_w]), (_w, 1, V))",
        ),
        (
            r"\operatorname{softmax}(\theta)_o",
            "1x1",
            "exp(theta[o])/Sum(exp(theta[_w]), (_w, 1, V))",
        ),
    ],
)
def test_of_a_column(latex: str, shape: str, component: str) -> None:
    assert read(latex, NAIVE) == (shape, component)


def test_without_brackets_only_a_letter_is_taken_entry_by_entry() -> None:
    with pytest.raises(ShapeError, match=r"log of a column over words .* entry by entry; bracket"):
        elaborate_line(r"\log U v_c", NAIVE)


def test_softmax_of_anything_but_a_column_is_refused() -> None:
    with pytest.raises(ShapeError, match="softmax takes a column, not a matrix"):
        elaborate_line(r"\operatorname{softmax}(U)", NAIVE)
    with pytest.raises(Unsupported, match="softmax' is not read"):
        elaborate_line(r"\operatorname{softmax}'(\theta)", NAIVE)


@pytest.mark.parametrize(
    "latex",
    [
        r"-\log\prod_{k=1}^{K}\sigma(-u_{n_k}^\top v_c)",
        r"-\log\left(\prod_{k=1}^{K}\sigma(-u_{n_k}^\top v_c)\right)",
    ],
)
def test_the_logarithm_of_a_product_is_a_sum_of_logarithms(latex: str) -> None:
    assert read(latex, negative_sampling()) == (
        "1x1",
        "-Sum(log(sigma(-Sum(u[n[_k], _a]*v[c, _a], (_a, 1, d)))), (_k, 1, K))",
    )


def test_the_logarithm_of_a_product_with_other_factors_is_split_too() -> None:
    line = elaborate_line(
        r"\log\left(\sigma(\theta_o)\prod_{k=1}^{K}\sigma(-\theta_{n_k})\right)",
        negative_sampling(),
    )
    assert str(line.parts[0].value()) == (
        "log(sigma(theta[o])) + Sum(log(sigma(-theta[n[_k]])), (_k, 1, K))"
    )
    assert [c.latex for c in line.conditions] == [r"\sigma(\theta_o)", r"\sigma(-\theta_{n_k})"]


@pytest.mark.parametrize(
    ("latex", "expr"), [(r"\log(x)", "x"), (r"\log e^{x}", "exp(x)"), (r"\sqrt{x}", "x")]
)
def test_logarithms_and_roots_ask_for_something_positive(latex: str, expr: str) -> None:
    (condition,) = elaborate_line(latex, scalar()).conditions
    assert (condition.kind, str(condition.expr)) == ("positive", expr)
