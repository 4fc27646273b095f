"""From one line to its tree: many spellings of one thing, trees in full, and places of errors."""

import sys
from collections.abc import Iterator
from fractions import Fraction
from importlib.machinery import ModuleSpec
from types import ModuleType

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

import wordgrad.latex
from wordgrad import derivations
from wordgrad.latex import alphabet, parser
from wordgrad.latex import syntax as s
from wordgrad.latex.parser import (
    MAX_TREE_DEPTH,
    NotUnderstood,
    parse_expression,
    parse_line,
    parser_tables,
)


def index(text: str) -> s.Index:
    return s.IndexNumber(int(text)) if text.isdigit() else s.IndexName(text)


def name(letter: str, *below: str | s.Index) -> s.Name:
    return s.Name(letter, tuple(index(i) if isinstance(i, str) else i for i in below))


def number(value: str) -> s.Number:
    return s.Number(Fraction(value))


def times(*factors: s.Expr) -> s.Mul:
    return s.Mul(factors, ("",) * (len(factors) - 1))


def add(*terms: s.Expr) -> s.Add:
    return s.Add(terms)


def sigma(argument: s.Expr, primes: int = 0) -> s.Apply:
    return s.Apply("sigma", argument, primes)


def log(argument: s.Expr) -> s.Apply:
    return s.Apply("log", argument, bracketed=False)


def total(body: s.Expr, *ranges: s.Range) -> s.Big:
    return s.Big("sum", ranges, body)


J, X, U, V_C, U_W, Y = name("J"), name("x"), name("U"), name("v", "c"), name("u", "w"), name("y")
YHAT, YHAT_W, THETA = name("yhat"), name("yhat", "w"), name("theta")
SCORE = times(s.Transpose(name("u", "o")), V_C)
ERROR = s.Group(add(YHAT, s.Neg(Y)))
WORDS = s.Range("w", "1", "V")
WINDOW = s.Range("j", "-m", "m", (s.IndexNumber(0),))
CONTEXT = s.IndexApply("w", (s.IndexShift("t", s.IndexName("j")),))

# Each row: spellings that must give one and the same tree.
SPELLINGS = [
    (YHAT, [r"\hat y", r"\hat{y}", r"\widehat y", r"\hat{\mathbf y}", r"\boldsymbol{\hat y}", "ŷ"]),
    (YHAT, ["y_hat", "yhat", r"y\_hat", r"{\bf \hat{y}}", r"\mathbf{\hat{\mathbf{y}}}", "y\u0302"]),
    (YHAT_W, [r"\hat y_w", r"\hat{y_w}", r"\hat{y}_{w}", r"{\hat y}_w", "y_hat_w", "ŷ_w"]),
    (
        SCORE,
        [
            *[r"u_o^\top v_c", r"u_o^Tv_c", r"u^T_o v_c", r"u_{o}^{\top}v_{c}", r"{u_o}^{T}{v_c}"],
            *[r"\mathbf u_o^{\mathsf T}\mathbf v_c", r"\vec{u}_o^{\intercal}\,\vec{v}_c"],
            *[r"\bm{u}_o^{\mathrm T}\!\bm{v}_c", r"u_o'v_c", r"u_o^\prime v_c", "u_oᵀ v_c"],
            *[r"u_o^⊤v_c", "u_o^top v_c", r"\boldsymbol{u_o}^{\text{T}}\;v_{\rm c}"],
        ],
    ),
    (
        sigma(X),
        [
            *[r"\sigma(x)", r"\sigma\left(x\right)", r"\sigma\bigl(x\bigr)", r"\sigma{x}"],
            *[
                "σ(x)",
                "sigmoid(x)",
                r"\operatorname{sigmoid}(x)",
                r"\mathrm{sigmoid}[x]",
                "sigma(x)",
            ],
            *[r"\sigma{(x)}", r"{\rm sigmoid}(x)", r"\sigma\{x\}"],
        ],
    ),
    (sigma(X, 1), [r"\sigma'(x)", r"\sigma^\prime(x)", r"\sigma^{\prime}(x)", "σ′(x)"]),
    (
        s.Apply("log", X),
        [r"\log(x)", r"\ln(x)", "log(x)", "ln(x)", r"\log\left[x\right]", r"\text{log}(x)"],
    ),
    (s.Apply("exp", X), [r"\exp(x)", "exp(x)", r"\mathrm{exp}(x)", r"\exp\{x\}", r"\exp{x}"]),
    (
        s.Apply("exp", s.Neg(X), style="e^"),
        ["e^{-x}", r"\mathrm e^{-x}", r"{\rm e}^{-x}", "e^(-x)", "e^-x", "e⁻ˣ"],
    ),
    (
        s.Quotient(number("1"), number("2")),
        [r"\frac12", r"\frac{1}{2}", r"\dfrac 12", r"\tfrac1{2}", r"\frac{1}2"],
    ),
    (
        s.Apply("softmax", times(U, V_C)),
        [
            *[r"\operatorname{softmax}(Uv_c)", r"\mathrm{softmax}(U v_c)", "softmax(U v_c)"],
            *[r"\text{softmax}\left(U v_c\right)", r"{\rm softmax}(U v_c)", r"\softmax(Uv_c)"],
        ],
    ),
    (
        total(U_W, WORDS),
        [
            *[r"\sum_{w=1}^{V}u_w", r"\sum^V_{w=1}u_w", r"\Sigma_{w=1}^V u_w", "Σ_{w=1}^V u_w"],
            *[r"\sum\limits_{w=1}^{|V|}u_w", "sum_{w=1}^V u_w", "∑_(w=1)^V u_w"],
            *[r"\sum_{w\in\{1,\dots,V\}}u_w", r"\sum_{1\le w\le V}u_w"],
            *[r"\sum_{w=1,\ldots,V}u_w", r"\displaystyle\sum_{w=1}^{V}\mathbf{u}_{w}"],
        ],
    ),
    (
        total(U_W, s.Range("w", "", "V")),
        [r"\sum_{w\in V}u_w", "∑_{w∈V} u_w", "sum_{w in V} u_w", r"\sum_{w\in[V]}u_w"],
    ),
    (
        total(U_W, s.Range("w", "", "Vocab")),
        [r"\sum_{w\in\mathrm{Vocab}}u_w", r"\sum_{w\in\text{Vocab}}u_w"],
    ),
    (total(U_W, s.Range("w")), [r"\sum_w u_w", r"\sum_{w}u_w", r"\Sigma_w u_w", "Σ_w u_w"]),
    (
        total(U_W, s.Range("w", "", "V", (s.IndexName("o"),))),
        [
            *[r"\sum_{w\in V\setminus\{o\}}u_w", r"\sum_{w\in V\backslash o}u_w"],
            *[r"\sum_{w\in V,\,w\neq o}u_w", r"\sum_{w\in V-\{o\}}u_w", r"\sum_{w\ne o}^{V}u_w"],
        ],
    ),
    (
        total(X, WINDOW),
        [
            *[r"\sum_{-m\le j\le m,\ j\ne 0}x", r"\sum_{-m\leq j\leq m;j\neq0}x"],
            *[
                r"\sum_{\substack{-m\le j\le m\\j\not=0}}x",
                r"\sum_{-m\leqslant j\leqslant m\atop j\ne0}x",
            ],
            *[r"\sum_{j=-m,j\neq 0}^m x", r"\sum_{0<|j|\le m}x", "∑_{−m≤j≤m, j≠0} x"],
            *[r"\sum_{\begin{array}{c}-m\le j\le m\\ j\ne 0\end{array}}x"],
            *[r"\sum_{j\in\{-m,\dots,m\}\setminus\{0\}}x", "sum_{-m<=j<=m, j!=0} x"],
        ],
    ),
    (
        s.Indicator(s.Relation(s.IndexName("w"), s.IndexName("o"))),
        [
            *[r"\mathbb 1[w=o]", r"\mathbb{1}_{w=o}", r"\mathbf 1\{w=o\}", r"\mathbb{I}(w=o)"],
            *[
                r"\mathbf{1}_{\{w=o\}}",
                "1[w=o]",
                r"1_{w=o}",
                "[w=o]",
                r"\mathbb{1}_{[w=o]}",
                "𝟙[w=o]",
            ],
            *[r"\mathds{1}\left[w=o\right]", "I(w=o)", r"\delta_{w=o}", r"\mathbbm 1(w = o)"],
        ],
    ),
    (
        s.Delta(s.IndexName("o"), s.IndexApply("n", (s.IndexName("k"),))),
        [r"\delta_{o,n_k}", r"\delta_{on_k}", r"\delta(o,n_k)", "δ_{o n_k}"],
    ),
    (s.Derivative(J, (V_C,)), [r"\frac{\partial J}{\partial v_c}", r"\dfrac{∂J}{∂v_c}"]),
    (
        s.Derivative(J, (X,)),
        [r"\frac{dJ}{dx}", r"\frac{\mathrm dJ}{\mathrm dx}", r"\frac{dJ}{d x}"],
    ),
    (
        s.Derivative(J, (V_C,), "inline"),
        [
            r"\partial J/\partial v_c",
            "∂J/∂v_c",
            "dJ/dv_c",
            r"\part J/\part v_c",
            "partial J/partial v_c",
        ],
    ),
    (
        s.Derivative(J, (V_C, V_C)),
        [
            r"\frac{\partial^2J}{\partial v_c^2}",
            r"\frac{\partial^{2}J}{\partial v_c\,\partial v_c}",
        ],
    ),
    (
        s.Derivative(J, (V_C, V_C), "nabla"),
        [r"\nabla_{v_c}^2J", r"\nabla^2_{v_c}J", r"\nabla^{2}_{\mathbf{v}_c}J"],
    ),
    (s.Derivative(J, (V_C,), "nabla"), [r"\nabla_{v_c}J", "∇_{v_c}J", r"\partial_{v_c}J"]),
    (
        s.Call("P", (s.IndexName("o"),), (s.IndexName("c"),)),
        [
            *[r"P(O=o\mid C=c)", r"P(o\mid c)", "P(o|c)", r"\mathrm P(o\vert c)", r"\Pr(o\mid c)"],
            *[r"P\left(o\middle|c\right)", r"\mathbb P(o|c)", r"P(O = o|c)"],
        ],
    ),
    (
        s.Call("J_neg_sample", (V_C, s.IndexName("o"), U)),
        [r"J_{\text{neg-sample}}(v_c,o,U)", "J_{neg-sample}(v_c,o,U)", "J_neg_sample(v_c;o,U)"],
    ),
    (
        name("calL_CE"),
        [r"\mathcal{L}_{CE}", r"\mathcal L_{\text{CE}}", r"\mathscr{L}_{\rm CE}", "ℒ_{CE}"],
    ),
    (
        s.Norm(X),
        [r"\|x\|", r"\lVert x\rVert", r"\left\|x\right\|", r"\Vert x\Vert", r"\|x\|_2", "‖x‖"],
    ),
    (s.Inner(X, Y), [r"\langle x,y\rangle", r"\left\langle x, y\right\rangle", "⟨x,y⟩"]),
    (
        s.Matrix((s.Row((X, s.Name("dots"), Y)),)),
        [
            r"\begin{bmatrix}x&\cdots&y\end{bmatrix}",
            r"[x,\dots,y]",
            r"\begin{pmatrix}x&\dots&y\end{pmatrix}",
        ],
    ),
    (
        s.Cases(
            (
                s.Case(X, s.Relation(s.IndexName("w"), s.IndexName("o"))),
                s.Case(Y),
            )
        ),
        [
            r"\begin{cases}x&\text{if }w=o\\y&\text{otherwise}\end{cases}",
            r"\begin{cases}x,&w=o,\\y,&\text{else.}\end{cases}",
            r"\begin{cases} x & \text{if $w = o$} \\[2pt] y \\ \end{cases}",
            r"\begin{cases}x&(w=o)\\y\end{cases}",
            r"\begin{cases}x \text{ for } w=o \\ y \mathrm{\ otherwise}\end{cases}",
            r"\left\{\begin{array}{ll}x&w=o\\y&\text{otherwise}\end{array}\right.",
        ],
    ),
    (s.Power(X, number("2")), ["x^2", "x^{2}", "x²", "x**2", "x^(2)"]),
    (s.Mul((X, Y), ("odot",)), [r"x\odot y", r"x\circ y", "x⊙y"]),
    (s.Mul((X, Y), ("times",)), [r"x\times y", "x*y", "x × y", r"x\ast y"]),
    (s.Mul((X, Y), ("cdot",)), [r"x\cdot y", "x·y", r"x\mathbin{\cdot}y"]),
]
ONE_BY_ONE = [(tree, text) for tree, texts in SPELLINGS for text in texts]


@pytest.mark.parametrize(("tree", "text"), ONE_BY_ONE, ids=[text for _, text in ONE_BY_ONE])
def test_spellings_of_one_thing(tree: s.Expr, text: str) -> None:
    assert parse_expression(text) == tree


TREES = [
    (
        r"\frac{\partial J}{\partial v_c}=U^\top(\hat y-y)",
        s.Line((s.Derivative(J, (V_C,)), times(s.Transpose(U), ERROR)), ("=",)),
    ),
    (
        r"&= -u_o+\sum_{w=1}^V\hat y_wu_w,",
        s.Line((add(s.Neg(name("u", "o")), total(times(YHAT_W, U_W), WORDS)),), (), "="),
    ),
    (r"\Rightarrow x\approx y := J", s.Line((X, Y, J), (r"\approx", ":="), r"\Rightarrow")),
    ("0.25", number("1/4")),
    ("x_{t-1}", name("x", s.IndexShift("t", s.IndexNumber(1), -1))),
    ("v_{w_{c+j}}", name("v", s.IndexApply("w", (s.IndexShift("c", s.IndexName("j")),)))),
    ("u_{n_{j,k},a}", name("u", s.IndexApply("n", (index("j"), index("k"))), "a")),
    ("U_{wj}+U_{w,j}", add(name("U", "w", "j"), name("U", "w", "j"))),
    (r"u_{w'}'", s.Transpose(name("u", "w'"))),
    (r"{v'_{w_O}}^\top", s.Transpose(name("v'", s.IndexApply("w", (index("O"),))))),
    (r"\nu_c\tilde y", times(name("nu", "c"), name("ytilde"))),
    (r"\ell_\theta", name("ell", "theta")),
    (r"u_{\text{out}}", name("u_out")),
    (r"[Uv_c]_w^2", s.Power(s.Component(s.Group(times(U, V_C), "["), (index("w"),)), number("2"))),
    (r"\operatorname{softmax}(\theta)_i", s.Component(s.Apply("softmax", THETA), (index("i"),))),
    (r"{a+b}\cdot c", s.Mul((s.Group(add(name("a"), name("b")), "{"), name("c")), ("cdot",))),
    ("{ab}{c}", times(s.Group(times(name("a"), name("b")), "{"), name("c"))),
    ("a-(-b)", add(name("a"), s.Neg(s.Group(s.Neg(name("b")))))),
    ("a - -b", add(name("a"), s.Neg(s.Neg(name("b"))))),
    ("+a-b", add(name("a"), s.Neg(name("b")))),
    (r"\sigma^2(x)", s.Power(sigma(X), number("2"))),
    (r"\log^2 x", s.Power(log(X), number("2"))),
    (r"\sigma=\sigma(x)", s.Line((name("sigma"), sigma(X)), ("=",))),
    (r"\sigma_o(1-x)", times(name("sigma", "o"), s.Group(add(number("1"), s.Neg(X))))),
    (r"\mathbf 1^\top\hat y", times(s.Transpose(name("ones")), YHAT)),
    (r"e^\top x+e", add(times(s.Transpose(name("e")), X), name("e"))),
    (r"\sqrt x y", times(s.Apply("sqrt", X), Y)),
    ("U(x)", times(U, s.Group(X))),
    ("p_w(x)", times(name("p", "w"), s.Group(X))),
    ("J(x)", s.Call("J", (X,))),
    ("P_n(w)", s.Call("P_n", (index("w"),))),
    (r"p_\theta(x'|c)", s.Call("p_theta", (index("x'"),), (index("c"),))),
    (r"\mathcal L(\theta;x)", s.Call("calL", (THETA, X))),
    (r"F(w_{t+j},v_c)", s.Call("F", (CONTEXT, V_C))),
    (r"P(c+j|c)", s.Call("P", (s.IndexShift("c", index("j")),), (index("c"),))),
    (
        r"P(D=1\mid w,c)",
        s.Call("P", (s.Relation(index("D"), index("1")),), (index("w"), index("c"))),
    ),
    (r"\mathrm{CE}(y,\hat y)", s.Call("CE", (Y, YHAT))),
    (
        r"\mathbb E_{w\sim P(\cdot\mid c)}[u_w]",
        s.Expectation("w", s.Call("P", (), (index("c"),)), U_W),
    ),
    (r"\mathbb{E}_{w\sim\hat y}(u_w)", s.Expectation("w", s.Call("yhat", ()), U_W)),
    (r"\prod_{i,j=1}^Vx", s.Big("prod", (s.Range("i", "1", "V"), s.Range("j", "1", "V")), X)),
    (r"\sum_{i\ne j}x", total(X, s.Range("i", "", "", (index("j"),)))),
    (r"\sum_{t=1}^T\sum_{j}x", total(total(X, s.Range("j")), s.Range("t", "1", "T"))),
    (r"\sum x", total(X)),
    (
        r"\frac{\partial^2J}{\partial v_c\,\partial v_c^\top}",
        s.Derivative(J, (V_C, s.Transpose(V_C))),
    ),
    (
        r"\partial^2J/\partial v_c\partial v_c^\top",
        s.Derivative(J, (V_C, s.Transpose(V_C)), "inline"),
    ),
    (
        r"\partial J/\partial\theta\,\partial\theta/\partial v_c",
        times(s.Derivative(J, (THETA,), "inline"), s.Derivative(THETA, (V_C,), "inline")),
    ),
    (r"\frac{\partial}{\partial U_{wj}}J", s.Derivative(J, (name("U", "w", "j"),), "prefix")),
    (r"\frac{\partial x-y}{\partial x}", s.Derivative(s.Group(add(X, s.Neg(Y))), (X,))),
    (
        r"\frac{d^2\sigma(x)}{dx^2}",
        s.Derivative(sigma(X), (X, X)),
    ),
    (r"(\frac{\partial J}{\partial v_c})^\top", s.Transpose(s.Group(s.Derivative(J, (V_C,))))),
    (r"\begin{bmatrix}u_1^\top\\\vdots\\u_V^\top\end{bmatrix}", s.Matrix((
        s.Row((s.Transpose(name("u", "1")),)),
        s.Row((s.Name("dots"),)),
        s.Row((s.Transpose(name("u", "V")),)),
    ))),
    (r"u_1+\dots+u_V", s.Add((name("u", "1"), s.Name("dots"), name("u", "V")))),
    (r"(x,\dots,y)", s.Matrix((s.Row((X, s.Name("dots"), Y)),))),
]  # fmt: skip


@pytest.mark.parametrize(("text", "tree"), TREES, ids=[text for text, _ in TREES])
def test_trees(text: str, tree: s.Node) -> None:
    line = parse_line(text)
    assert (line if isinstance(tree, s.Line) else line.parts[0]) == tree
    assert isinstance(tree, s.Line) or (len(line.parts), line.leading) == (1, "")


REFUSED = [
    (r"\log", 4, "the line ends"),
    ("a + ", 3, "the line ends behind “a +”"),
    ("a = = b", 4, "“=” behind “a =”"),
    ("* a", 0, "at the beginning"),
    ("x_i_j", 3, "two subscripts"),
    ("x^2^3", 3, "two superscripts"),
    ("e^x_i", 3, "subscript"),
    ("e^{x}^2", 5, "two superscripts"),
    (r"\log(x)^2", 7, "raised"),
    (r"\sigma^{-1}(x)", 8, "inverse"),
    ("x2", 1, "right behind a factor"),
    (r"\delta_{ijk}", 6, "two indices"),
    (r"\delta(i,2x)", 0, "two indices"),
    ("u_{w1}", 4, "comma"),
    ("u_{1.5}", 3, "whole number"),
    ("u_{w,\\text{new}}", 11, "is a word"),
    ("u_{2+j}", 3, "a position is"),
    (r"\frac{\partial^2J}{\partial x}", 6, "order 2 by 1"),
    (r"\frac{\partial J}{\partial x^n}", 29, "squared at most"),
    (r"\nabla^3_xJ", 7, "once or squared"),
    (r"\nabla J", 7, "behind “\\nabla”"),
    (r"\sum_{k=1}a_k", 6, "no upper limit"),
    (r"\sum^Ka_k", 0, "without an index"),
    (r"\sum_k^{2m}a_k", 5, "where does k start"),
    (r"\sum_{k=1,k=2}^Ka_k", 10, "two ranges"),
    (r"\sum_a_bx", 6, "at most"),
    (r"\sum_{2<|j|\le m}x", 6, "only 0 < |j|"),
    (r"a\neq b", 1, "conditions"),
    ("a < b", 2, "is read in"),
    ("a, b", 1, "one formula at a time"),
    (r"v_c\text{ if }w=o", 10, "inside cases only"),
    ("a|b", 1, "a bar is read"),
    ("J'", 1, "derivative or a transpose"),
    (r"(\log x)'", 8, "derivative or a transpose"),
    ("P_{w_k}(x)", 3, "a word or a letter"),
    ("L_{i,j}(x)", 1, "one subscript"),
    ("P(Y=2x)", 2, "an index on either side"),
    ("_x", 0, "something to stand on"),
    ("x y = )", 6, "never opened"),
]


@pytest.mark.parametrize(("text", "position", "message"), REFUSED)
def test_what_cannot_be_read_is_refused_at_its_place(
    text: str, position: int, message: str
) -> None:
    with pytest.raises(NotUnderstood) as caught:
        parse_line(text)
    assert message in caught.value.message
    assert (caught.value.position, caught.value.text) == (position, text)


def test_the_message_names_what_is_allowed() -> None:
    with pytest.raises(NotUnderstood) as caught:
        parse_line(r"\sigma(x = y")
    with pytest.raises(NotUnderstood) as later:
        parse_line(r"\sigma(x = y)")
    assert "never closed" in caught.value.message
    assert "+ or -" in later.value.message
    assert "“)”" in later.value.message


def test_an_expression_has_no_relation_sign() -> None:
    with pytest.raises(NotUnderstood) as caught:
        parse_expression("a+b = c")
    assert caught.value.position == 3
    with pytest.raises(NotUnderstood):
        parse_expression("= c")


def test_deep_trees_are_refused_even_without_brackets() -> None:
    with pytest.raises(NotUnderstood, match="more than 60 functions"):
        parse_line(r"\log" * 61 + " x")
    nested = "x"
    for _ in range(55):
        nested = rf"-\log\log\log({nested})"
    with pytest.raises(NotUnderstood, match=f"deeper than {MAX_TREE_DEPTH} levels"):
        parse_line(nested)


def test_lines_are_remembered() -> None:
    assert parse_line("a + b") is parse_line("a + b")


def nodes(node: s.Node) -> Iterator[s.Node]:
    yield node
    for child in node.children():
        yield from nodes(child)


STEPS = sorted({step.latex for chain in derivations.ALL.values() for step in chain.steps})


def test_spans_lie_inside_each_other() -> None:
    for text in [*STEPS, *(text for _, text in ONE_BY_ONE)]:
        for node in nodes(parse_line(text)):
            assert 0 <= node.span[0] < node.span[1] <= len(text), text
            for child in node.children():
                assert node.span[0] <= child.span[0] <= child.span[1] <= node.span[1], text


def test_spans_cut_out_what_was_written() -> None:
    text = r"\frac{\partial J}{\partial v_c} = -u_o + \sum_{w=1}^{V}\hat{\mathbf y}_w\,u_w"
    pieces = {text[slice(*node.span)] for node in nodes(parse_line(text))}
    assert pieces == {
        *[text, r"\frac{\partial J}{\partial v_c}", "J", "v_c", "c", "-u_o", "u_o", "o", "w=1"],
        *[r"-u_o + \sum_{w=1}^{V}\hat{\mathbf y}_w\,u_w", r"\sum_{w=1}^{V}\hat{\mathbf y}_w\,u_w"],
        *[r"\hat{\mathbf y}_w\,u_w", r"\hat{\mathbf y}_w", "u_w", "w"],
    }


def refusal(text: str) -> NotUnderstood | None:
    """The refusal of a text; any other exception goes through."""
    try:
        parse_line(text)
    except NotUnderstood as error:
        return error
    return None


FRAGMENTS = st.sampled_from(
    [
        *(f"\\{command}" for command in alphabet.COMMANDS),
        *(f"\\{command}" for command in (*alphabet.SKIPPED, *alphabet.UPRIGHT, *alphabet.ACCENTS)),
        *(
            f"\\{end}{{{name}}}"
            for name in ("cases", "bmatrix", "align")
            for end in ("begin", "end")
        ),
        *(r"\substack", r"\\", r"\left\{\begin{array}{l}", r"\end{array}\right.", r"\mathbb 1"),
        *alphabet.SIGNS,
        *alphabet.WORDS,
        *"uvwxyzJLUPpcoijkdeT0123456789",
        *"{}{}{}()()[]__^^'=+- ",
    ]
)
SCRAMBLED = st.lists(FRAGMENTS, max_size=25).map("".join)
EDITED = st.tuples(st.sampled_from(STEPS), st.integers(0, 200), st.integers(0, 6), SCRAMBLED).map(
    lambda parts: parts[0][: parts[1]] + parts[3][:8] + parts[0][parts[1] + parts[2] :]
)


@given(st.one_of(st.text(max_size=60), SCRAMBLED, EDITED))
@example("\\").via("a lone backslash")
@example("e^-").via("an exponent that is only a sign")
@example("\\\\ x").via("a line that begins with a break")
@example("\ud800").via("half a character")
@settings(max_examples=400, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_any_text_is_read_or_refused_at_a_place(text: str) -> None:
    refused = refusal(text)
    if refused is not None:
        assert 0 <= refused.position <= len(text)
        assert refused.message
        assert refused.pointer().endswith("^")


@pytest.mark.slow
@example("''_\\Lambda")
@given(st.one_of(SCRAMBLED, EDITED))
@settings(max_examples=20000, deadline=None, suppress_health_check=list(HealthCheck))
def test_much_text_is_read_or_refused(text: str) -> None:
    refused = refusal(text)
    assert refused is None or 0 <= refused.position <= len(text)


def test_a_parser_from_tables_reads_as_the_one_from_the_grammar(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    tables = ModuleType("wordgrad.latex.tables")
    tables.__spec__ = ModuleSpec(tables.__name__, None)
    exec(parser_tables(), vars(tables))
    monkeypatch.setitem(sys.modules, tables.__name__, tables)
    monkeypatch.setattr(wordgrad.latex, "tables", tables, raising=False)
    loaded, built = parser._parser.__wrapped__(), parser._built()
    assert loaded.source_path == "<deserialized>"
    for text in (r"\frac{dJ}{dx} = \sum_{w=1}^V e^{u_w} - \hat y_o", "= U^T(yhat - y)", "x"):
        assert loaded.parse(text) == built.parse(text)
    monkeypatch.setattr(parser, "_parser", lambda: loaded)
    with pytest.raises(NotUnderstood, match="closes a bracket that was never opened"):
        parser._read("u_o)")
    with pytest.raises(NotUnderstood, match="the line ends"):
        parser._read("u_o +")
