"""Stable functions in what is written out with exponentials."""

from fractions import Fraction

import pytest

from wordgrad.calculus.sorts import VOC
from wordgrad.codegen import generate
from wordgrad.codegen.algebra import Algebra
from wordgrad.codegen.pieces import add, number
from wordgrad.codegen.terms import ONE, Apply, Big, Expr, Free, Num, Pow, Ref, Soft, new_axis
from wordgrad.codegen.trees import key
from wordgrad.meaning.contexts import naive_softmax, scalar, scores

A = Algebra()
X = Ref("x")
W = new_axis(VOC)
O_ = Free("o", VOC)


def theta(index: object) -> Expr:
    return Ref("theta", (index,))  # type: ignore[arg-type]


TOTAL = Big("sum", (W,), Apply("exp", theta(W)))
SOFTMAX = Soft("softmax", W, theta(W), O_)


def inverse(expr: Expr) -> Expr:
    return A.power(expr, number(-1))


def test_sigmoid() -> None:
    below = add(ONE, A.apply("exp", A.neg(X)))
    assert inverse(below) == Apply("sigmoid", X)
    assert A.power(below, number(-2)) == Pow(Apply("sigmoid", X), number(2))
    other = A.mul(A.apply("exp", A.neg(X)), inverse(below))
    assert other == Apply("sigmoid", A.neg(X))
    slope = A.mul(A.apply("exp", A.neg(X)), A.power(below, number(-2)))
    assert slope == A.mul(Apply("sigmoid", X), Apply("sigmoid", A.neg(X)))


def test_an_exponential_of_something_else_is_no_sigmoid() -> None:
    below = add(ONE, A.apply("exp", A.neg(X)))
    product = A.mul(A.apply("exp", X), inverse(below))
    assert product == A.mul(Apply("sigmoid", X), Apply("exp", X))


def test_softmax() -> None:
    assert key(A.mul(A.apply("exp", theta(O_)), inverse(TOTAL))) == key(SOFTMAX)
    assert A.apply("log", SOFTMAX) == Soft("log_softmax", W, theta(W), O_)
    assert A.apply("log", TOTAL) == Soft("log_sum_exp", W, theta(W))


def test_other_shares_are_exponentials_of_differences() -> None:
    lse = Soft("log_sum_exp", W, theta(W))
    share = A.mul(A.apply("exp", X), inverse(TOTAL))
    assert share == Apply("exp", add(X, A.neg(lse)))
    squared = A.mul(A.apply("exp", X), A.power(TOTAL, number(-2)))
    assert squared == Apply("exp", add(X, A.mul(number(-2), lse)))
    root = A.mul(A.apply("exp", X), Pow(TOTAL, Num(Fraction(-1, 2))))
    assert root == Apply("exp", add(X, A.mul(Num(Fraction(-1, 2)), lse)))


def test_the_normaliser_moves_into_a_sum_of_exponentials() -> None:
    v = new_axis(VOC)
    weighted = Big("sum", (v,), A.mul(Apply("exp", theta(v)), Ref("s", (v,))))
    moved = A.mul(inverse(TOTAL), weighted)
    wanted = Big("sum", (v,), A.mul(Soft("softmax", W, theta(W), v), Ref("s", (v,))))
    assert key(moved) == key(wanted)


def test_logarithms() -> None:
    assert A.apply("log", Apply("exp", X)) == X
    assert A.apply("log", add(ONE, Apply("exp", X))) == Apply("softplus", X)
    assert A.apply("log", Apply("sigmoid", X)) == Apply("log_sigmoid", X)
    one_minus = add(ONE, A.neg(Apply("sigmoid", X)))
    assert A.apply("log", one_minus) == Apply("log_sigmoid", A.neg(X))
    assert A.apply("log", A.mul(X, Apply("exp", X))) == Apply("log", A.mul(X, Apply("exp", X)))


@pytest.mark.parametrize(
    ("line", "notation", "helper"),
    [
        (r"\frac{\exp(u_o^\top v_c)}{Z}", naive_softmax(), "softmax(theta)"),
        (r"\log\frac{e^{\theta_o}}{Z}", scores(), "log_softmax(theta)"),
        (r"\log Z", scores(), "log_sum_exp(theta)"),
        (r"\log(1+e^{-x})", scalar(), "softplus(-x)"),
    ],
)
def test_in_a_line(line: str, notation: object, helper: str) -> None:
    text = generate(line, notation=notation)  # type: ignore[arg-type]
    function = text[text.rindex("\ndef ") :]
    assert helper in function
    assert "np.exp" not in function
