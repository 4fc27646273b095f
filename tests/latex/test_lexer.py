"""From text to tokens: kinds, values and true places."""

import pytest

from wordgrad.latex.errors import NotUnderstood
from wordgrad.latex.lexer import LineLexer, pieces_of


def short(text: str) -> str:
    """The values of the pieces, braces that the lexer added included."""
    return " ".join(piece.value for piece in pieces_of(text))


def kinds(text: str) -> list[str]:
    return [piece.kind for piece in pieces_of(text)]


PLACES = [
    (r"\hat y_w", "yhat", (0, 6)),
    (r"\mathbf{u}_o", "u", (8, 9)),
    (r"u_o^{\mathsf T} x", "T", (3, 15)),
    (r"\left(\bar u\right)", "ubar", (6, 12)),
    ("−σ(x)", "sigma", (1, 2)),
    ("y_hat_w", "yhat", (0, 5)),
    ("  12.5x", "12.5", (2, 6)),
    (r"J_{\text{neg-sample}}", "neg_sample", (9, 19)),
    ("ŷ", "yhat", (0, 1)),
    ("y\u0302", "yhat", (0, 2)),
    (r"|\mathcal V|", "calV", (0, 12)),
    (r"d\sigma/dx", "1", (0, 1)),
]


@pytest.mark.parametrize(("text", "value", "place"), PLACES)
def test_places_point_into_the_text_as_given(text: str, value: str, place: tuple[int, int]) -> None:
    found = [(piece.start, piece.end) for piece in pieces_of(text) if piece.value == value]
    assert found == [place]


SCRIPTS = [
    ("x_i", "x _ { i }"),
    ("x_ij", "x _ { i } j"),
    ("x_{ij}", "x _ { i j }"),
    (r"x^\alpha y", "x ^ { alpha } y"),
    (r"\frac12", "frac { 1 } { 2 }"),
    (r"\frac1{23}4", "frac { 1 } { 23 } 4"),
    (r"\tfrac ab", "frac { a } { b }"),
    (r"u_\mathrm{neg}", "u _ { neg }"),
    (r"\hat{y_w}", "yhat _ { w }"),
    (r"\hat{\mathbf{y}}_w", "yhat _ { w }"),
    (r"\sqrt x y", "sqrt { x } y"),
    ("e^(-x)", "e ^ { - x }"),
    ("e^-x y", "e ^ { - x } y"),
    ("x²", "x ^ { 2 }"),
    ("e⁻¹⁰", "e ^ { - 10 }"),
    ("vₖᵀ", "v _ { k } T"),
    ("delta_ij", "delta _ { i j }"),
    (r"{}\boldsymbol{ {v} }_c", "v _ { c }"),
    (r"\sum_{\substack{i\\j}}x", "sum _ { i , j } x"),
    (r"\sum_{i\atop j}x", "sum _ { i , j } x"),
    (r"\sum_{\begin{array}{c}i\\j\\\end{array}}x", "sum _ { i , j } x"),
    (r"\overset{(a)}{=}x", "= x"),
    (r"\color{red}x\label{eq:1}", "x"),
    (r"x % a remark", "x"),
    (r"\mathrm{naive\text{-}softmax}", "naive_softmax"),
]


@pytest.mark.parametrize(("text", "values"), SCRIPTS)
def test_arguments_are_taken_as_tex_takes_them(text: str, values: str) -> None:
    assert short(text) == values


KINDS = [
    (r"\sigma(x)", "FUNC_OPEN LPAR NAME RPAR"),
    (r"\sigma'\left[x\right]", "FUNC_OPEN PRIME LSQB NAME RSQB"),
    (r"\log x", "FUNC NAME"),
    (r"\sigma+x", "NAME PLUS NAME"),
    (r"\sigma_o(x)", "NAME SUB LBRACE NAME RBRACE LPAR NAME RPAR"),
    ("J(x)", "CALLEE LPAR NAME RPAR"),
    ("U(x)", "NAME LPAR NAME RPAR"),
    (r"J\,x", "NAME NAME"),
    ("p_w(x)", "NAME SUB LBRACE NAME RBRACE LPAR NAME RPAR"),
    ("p_n(w|c)", "CALLEE SUB LBRACE NAME RBRACE LPAR NAME MID NAME RPAR"),
    ("e^x", "EULER SUP LBRACE NAME RBRACE"),
    (r"e^\top x", "NAME TRANS NAME"),
    ("x^T", "NAME TRANS"),
    (r"\frac{d}{dx}y", "FRAC LBRACE PARTIAL RBRACE LBRACE PARTIAL NAME RBRACE NAME"),
    (r"\frac{d}{2}", "FRAC LBRACE NAME RBRACE LBRACE NUMBER RBRACE"),
    (
        r"\frac{d_a}{d_b}",
        "FRAC LBRACE NAME SUB LBRACE NAME RBRACE RBRACE LBRACE NAME SUB LBRACE NAME RBRACE RBRACE",
    ),
    ("dJ/dx", "PARTIAL NAME OVER NAME"),
    ("dx", "NAME NAME"),
    ("1/dx", "NUMBER SLASH NAME NAME"),
    (r"\mathbb 1[w=o]", "IND LSQB NAME EQ NAME RSQB"),
    (r"\mathbf 1^\top", "NAME TRANS"),
    ("[w=o]", "IVERSON NAME EQ NAME RSQB"),
    ("1[x]", "NUMBER LSQB NAME RSQB"),
    (r"\|x\|+\|y\|", "LNORM NAME RNORM PLUS LNORM NAME RNORM"),
    (r"\Sigma_w", "BIG SUB LBRACE NAME RBRACE"),
    ("|j|", "DISTANCE"),
    (r"E_{w\sim P}", "EXPECT SUB LBRACE NAME SIM NAME RBRACE"),
    ("E_w", "NAME SUB LBRACE NAME RBRACE"),
]


@pytest.mark.parametrize(("text", "expected"), KINDS)
def test_kinds_depend_on_what_stands_around(text: str, expected: str) -> None:
    assert kinds(text) == expected.split()


PRIMES = [
    ("w'", ["w'"]),
    ("x'", ["x", "'"]),
    ("u_o'", ["u", "_", "{", "o", "}", "'"]),
    ("v'_{w}", ["v'", "_", "{", "w", "}"]),
    ("u_{x'}", ["u", "_", "{", "x'", "}"]),
    (r"\sigma^{\prime\prime}(x)", ["sigma", "'", "'", "(", "x", ")"]),
]


@pytest.mark.parametrize(("text", "values"), PRIMES)
def test_primes_join_indices_and_follow_quantities(text: str, values: list[str]) -> None:
    found = [piece.value for piece in pieces_of(text)]
    assert [value.replace(r"\prime", "'") for value in found] == values


LAYOUT = [
    (r"\begin{aligned}a&=b\\&=c\end{aligned}", "a = b = c"),
    (r"\[ a = b. \]", "a = b"),
    ("$$a$$,", "a"),
    (r"&= a \\[2pt]", "= a"),
    (r"a + \\ b", "a + b"),
    (r"a\,\;\quad b\!", "a b"),
    (r"a=b\quad\blacksquare", "a = b"),
]


@pytest.mark.parametrize(("text", "values"), LAYOUT)
def test_layout_is_dropped(text: str, values: str) -> None:
    assert short(text) == values


def test_structure_inside_cases_is_kept() -> None:
    assert kinds(r"\begin{cases}a,&w=o\\b.\end{cases}") == [
        *["BEGIN_CASES", "NAME", "COMMA", "AMP", "NAME", "EQ", "NAME", "NEWLINE"],
        *["NAME", "END_CASES"],
    ]


REFUSED = [
    (r"\foo x", 0, "not a command I know"),
    (r"\gama", 0, r"did you mean \gamma?"),
    ("a § b", 2, "not part of the notation"),
    ("a > b", 2, "not part of the notation"),
    ("(a", 0, "never closed; add “)”"),
    ("x + {a", 4, "never closed; add “}”"),
    (r"\text{ab", 5, "never closed"),
    ("(a]", 2, "close it with “)”"),
    ("a)", 1, "never opened"),
    (r"\begin{cases}a", 0, "has no \\end{cases}"),
    (r"a\end{cases}", 1, "without its \\begin"),
    (r"\begin{foo}", 0, "one of these environments"),
    (r"\left\{\begin{array}{l}a\end{array}\right\}", 35, r"end with \right."),
    ("", 0, "empty"),
    ("  ,. ", 0, "empty"),
    ("x_", 2, "argument is missing"),
    ("e^-", 3, "argument is missing"),
    ("x^10", 2, "1 or 10"),
    (r"\frac{1}{}", 8, "empty"),
    (r"\hat{ab}", 0, "one letter"),
    (r"\sqrt[3]{x}", 5, "square roots"),
    ("y^{(i)}", 1, "no power"),
    ("thus x", 0, "prose"),
    ("softmx(x)", 0, "no word I know"),
    ("kexp(x)", 0, "contains “exp”"),
    ("2e-3", 1, "powers of ten"),
    (r"\mathbb{xy}", 0, "one capital letter"),
    ("a $ b", 2, "one formula at a time"),
    ("a. b", 1, "the line goes on"),
    (r"a \\ b", 2, "line break"),
    (r"\not\in", 0, r"write \neq"),
    ("a \\", 2, "backslash"),
    (r"\label x", 0, "needs an argument"),
]


@pytest.mark.parametrize(("text", "position", "message"), REFUSED)
def test_what_cannot_be_read_is_refused_at_its_place(
    text: str, position: int, message: str
) -> None:
    with pytest.raises(NotUnderstood) as caught:
        pieces_of(text)
    assert (caught.value.position, caught.value.text) == (position, text)
    assert message in caught.value.message


def test_length_and_depth_are_limited() -> None:
    with pytest.raises(NotUnderstood, match="at most 4000"):
        pieces_of("x+" * 2000 + "xx")
    assert len(pieces_of("x+" * 1999 + "xx")) == 4000
    with pytest.raises(NotUnderstood, match="deeper than 60") as caught:
        pieces_of("(" * 61 + "x" + ")" * 61)
    assert caught.value.position == 60
    assert len(pieces_of("(" * 60 + "x" + ")" * 60)) == 121


@pytest.mark.parametrize("text", [r"\frac" * 800, "^" * 3000, r"\hat" * 900 + "x", "a_" * 2000])
def test_arguments_without_braces_nest_no_deeper(text: str) -> None:
    with pytest.raises(NotUnderstood):
        pieces_of(text)


def test_tokens_carry_their_places_to_the_parser() -> None:
    tokens = list(LineLexer(None).lex(r"\bar u + 1"))
    assert [(token.type, str(token)) for token in tokens] == [
        ("NAME", "ubar"),
        ("PLUS", "+"),
        ("NUMBER", "1"),
    ]
    assert [(token.start_pos, token.end_pos) for token in tokens] == [(0, 6), (7, 8), (9, 10)]
