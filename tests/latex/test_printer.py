"""Canonical LaTeX: it reads back as the same tree, and it looks like the book."""

from dataclasses import replace
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings

from wordgrad.latex import syntax as s
from wordgrad.latex.parser import parse_expression, parse_line
from wordgrad.latex.printer import to_latex

from .trees import expressions


def meaning(node: Any) -> Any:
    """The tree without brackets and without traces of how it was written."""
    node = node.with_children(meaning)
    if isinstance(node, s.Group):
        return node.operand
    if isinstance(node, s.Quotient):
        return replace(node, inline=False)
    if isinstance(node, s.Apply):
        return replace(node, style="call", bracketed=True)
    return replace(node, style="frac") if isinstance(node, s.Derivative) else node


@given(expressions)
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_any_tree_reads_back_with_the_same_meaning(tree: s.Expr) -> None:
    read = parse_expression(to_latex(tree))
    assert meaning(read) == meaning(tree)


@given(expressions)
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_a_tree_from_text_reads_back_as_itself(tree: s.Expr) -> None:
    read = parse_expression(to_latex(tree))
    assert parse_expression(to_latex(read)) == read


@pytest.mark.slow
@given(expressions)
@settings(max_examples=5000, deadline=None, suppress_health_check=list(HealthCheck))
def test_many_trees_read_back(tree: s.Expr) -> None:
    read = parse_expression(to_latex(tree))
    assert meaning(read) == meaning(tree)
    assert parse_expression(to_latex(read)) == read


CANONICAL = [
    ("-log(sigmoid(u_o^T v_c))", r"-\log(\sigma(u_o^\top v_c))"),
    (r"\ln\sum_{w\in\mathcal V}e^{\theta_w}", r"\log \sum_{w \in \mathcal{V}} e^{\theta_w}"),
    (r"\bigl(\hat{\mathbf y}-\mathbf y\bigr)v_c^T", r"(\hat{y} - y) v_c^\top"),
    (r"\Sigma_{k=1}^K\sigma(\theta_k)", r"\sum_{k=1}^{K} \sigma(\theta_k)"),
    (r"d/dx(1+e^{-x})", r"\frac{d}{dx} (1 + e^{-x})"),
    (r"\nabla_{v_c}^2J", r"\nabla^{2}_{v_c} J"),
    (
        r"\tfrac{\partial^2J}{\partial v_c\partial v_c^{\mathsf T}}",
        r"\frac{\partial^{2} J}{\partial v_c \partial v_c^\top}",
    ),
    (
        r"\prod_{-m\leq j\leq m,j\ne0}P(O=w_{t+j}|C=w_t)",
        r"\prod_{-m \le j \le m, j \neq 0} P(w_{t+j} \mid w_t)",
    ),
    (r"\mathbf 1\{n_k=w\}\,\delta_{o,n_k}", r"\mathbb{1}[n_k = w] \delta_{o,n_k}"),
    (r"\operatorname{softmax}(Uv_c)_o", r"\operatorname{softmax}(U v_c)_{o}"),
    (r"\left(\frac12\right)^2", r"\left(\frac{1}{2}\right)^{2}"),
    (r"J_{neg-sample}(v_c,o,U)", r"J_{\text{neg-sample}}(v_c, o, U)"),
    (r"\log^2 x+\log^{2}(x)", r"\log^{2} x + \log^{2}(x)"),
    ("a = b ⇒ c", r"a = b \Rightarrow c"),
    ("= 0.50", "= 0.5"),
]


@pytest.mark.parametrize(("text", "latex"), CANONICAL)
def test_canonical_form(text: str, latex: str) -> None:
    assert to_latex(parse_line(text)) == latex


X, Y, Z = s.Name("x"), s.Name("y"), s.Name("z")
BRACKETED = [
    (s.Mul((s.Add((X, Y)), Z), ("",)), "(x + y) z"),
    (s.Mul((s.Big("sum", (), X), Y), ("",)), r"\left(\sum x\right) y"),
    (
        s.Mul((s.Derivative(X, (Y,), "prefix"), Z), ("",)),
        r"\left(\frac{\partial}{\partial y} x\right) z",
    ),
    (s.Mul((s.Apply("log", X, bracketed=False), Y), ("",)), r"\log(x) y"),
    (s.Mul((X, s.Neg(Y)), ("",)), "x (-y)"),
    (s.Mul((s.Name("J"), s.Group(X)), ("",)), "(J) (x)"),
    (s.Mul((X, s.Number(Fraction(2))), ("",)), "x (2)"),
    (s.Neg(s.Neg(X)), "-(-x)"),
    (s.Power(s.Mul((X, Y), ("",)), Z), "(x y)^{z}"),
    (s.Transpose(s.Transpose(X)), r"{x^\top}^\top"),
    (s.Apply("exp", s.Mul((X, Y), ("",)), bracketed=False), r"\exp(x y)"),
    (s.Quotient(s.Add((X, Y)), Z, inline=True), r"\frac{x + y}{z}"),
    (s.Number(Fraction(1, 3)), r"\frac{1}{3}"),
    (s.Number(Fraction(-1, 2)), "(-0.5)"),
]


@pytest.mark.parametrize(("tree", "latex"), BRACKETED)
def test_trees_made_by_hand_get_the_brackets_they_need(tree: s.Expr, latex: str) -> None:
    assert to_latex(tree) == latex


def test_parts_of_a_tree_can_be_printed() -> None:
    cases = parse_expression(r"\begin{cases}x&w=o\\0&\text{otherwise}\end{cases}")
    assert isinstance(cases, s.Cases)
    assert to_latex(cases.rows[0]) == r"x & \text{if } w = o"
    assert to_latex(s.IndexShift("c", s.IndexName("j"), -1)) == "c-j"
    assert to_latex(s.Relation(s.IndexName("w"), s.IndexNumber(0), equal=False)) == r"w \neq 0"
    assert to_latex(s.Range("k", "1", "K")) == "_{k=1}^{K}"
    assert to_latex(s.Row((X, Y))) == "x & y"
