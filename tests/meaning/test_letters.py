"""Quantities, calls and derivatives by quantities."""

import pytest

from wordgrad.meaning.contexts import cbow, naive_softmax, negative_sampling, scalar, scores, window
from wordgrad.meaning.elaborate import elaborate_line
from wordgrad.meaning.faults import LineError, ShapeError, SortError, UnknownName
from wordgrad.meaning.notation import Notation

from .components import read

NAIVE, NEGATIVE, WINDOW = naive_softmax(), negative_sampling(), window("softmax")


@pytest.mark.parametrize(
    ("latex", "notation", "shape", "component"),
    [
        ("u_w", NAIVE, "Dimx1", "u[w, row]"),
        ("u_{w,a}", NAIVE, "1x1", "u[w, a]"),
        ("U", NAIVE, "VocxDim", "u[row, col]"),
        ("U_w", NAIVE, "Dimx1", "u[w, row]"),
        ("U_{wa}", NAIVE, "1x1", "u[w, a]"),
        (r"\hat y", NAIVE, "Vocx1", "yhat[row]"),
        (r"\hat y_o", NAIVE, "1x1", "yhat[o]"),
        ("J", NAIVE, "1x1", "J"),
        (r"\mathcal L", NAIVE, "1x1", "J"),
        (r"J_{\text{neg}}", NEGATIVE, "1x1", "J"),
        (r"\hat v", cbow("softmax"), "Dimx1", "vhat[row]"),
        ("V+2m", NAIVE, "1x1", "V + 2*m"),
    ],
)
def test_a_letter_keeps_the_axes_that_are_not_selected(
    latex: str, notation: Notation, shape: str, component: str
) -> None:
    assert read(latex, notation) == (shape, component)


@pytest.mark.parametrize(
    ("latex", "error", "message"),
    [
        (
            "u^\\top v_c",
            ShapeError,
            "u needs a subscript: u_w belongs to a word, or U for all of them (in `u`)",
        ),
        (r"v", ShapeError, "v needs a subscript: v_w belongs to a word (in `v`)"),
        (r"J_w", ShapeError, "J takes no subscripts, not 1 (in `J_w`)"),
        (r"\hat y_{wo}", ShapeError, r"yhat takes at most 1 subscripts, not 2 (in `\hat y_{wo}`)"),
        (
            r"\sum_{w=1}^{V}w\,u_w",
            UnknownName,
            "w is an index; it selects something, it has no value (in `w`)",
        ),
        (
            "q_w",
            UnknownName,
            "q has no meaning here; known: J, K, P, U, V, Z, d, m, p, theta, u, ubar, v, y, yhat "
            "(in `q_w`)",
        ),
        (
            r"F(w_{c+j},v_c)",
            UnknownName,
            "F takes no arguments here; what does in this notation: J, P, p (in `F(w_{c+j},v_c)`)",
        ),
    ],
)
def test_what_has_no_meaning_is_named(latex: str, error: type[LineError], message: str) -> None:
    with pytest.raises(error) as caught:
        elaborate_line(latex, NAIVE)
    assert str(caught.value) == message


@pytest.mark.parametrize(
    ("latex", "notation", "component"),
    [
        (r"P(w\mid c)", NAIVE, "yhat[w]"),
        (r"P(c\mid c)", NAIVE, "yhat[c]"),
        (r"p(o\mid w_t)", NAIVE, "yhat[o]"),
        (r"J(v_c,o,U)", NAIVE, "-log(yhat[o])"),
        (r"J(w,v_c,U)", NAIVE, "-log(yhat[w])"),
        (r"F(w_{c+j},v_c)", WINDOW, "-log(yhat[w[j]])"),
        (r"J(v_c,w_{t+j},U)", WINDOW, "-log(yhat[w[j]])"),
        (r"P(w_{t+j}\mid w_t)", WINDOW, "yhat[w[j]]"),
        (
            r"F(w_{c+j},v_c)",
            window("negative_sampling"),
            "-log(sigma(theta[w[j]])) - Sum(log(sigma(-theta[n[j, _k]])), (_k, 1, K))",
        ),
    ],
)
def test_a_call_is_its_definition_with_the_parameter_replaced(
    latex: str, notation: Notation, component: str
) -> None:
    assert read(latex, notation) == ("1x1", component)


def test_a_parameter_may_be_a_bound_index() -> None:
    assert read(r"\sum_{x=1}^{V}P(x\mid c)u_x", NAIVE) == (
        "Dimx1",
        "Sum(u[_x, row]*yhat[_x], (_x, 1, V))",
    )


@pytest.mark.parametrize("argument", ["v_k", "n_k", "w_c", "U", "o"])
def test_the_argument_of_a_window_loss_is_a_word_at_a_position(argument: str) -> None:
    with pytest.raises(LineError):
        elaborate_line(rf"F({argument},v_c)", window("softmax"))


def test_a_call_has_exactly_one_argument_of_its_own() -> None:
    with pytest.raises(SortError, match="exactly one argument of J is a word of its own"):
        elaborate_line(r"J(v_c,o,u_w)", NAIVE)
    with pytest.raises(UnknownName, match="P is given one of v_c, U, c, t, w_t, w_c, V here"):
        elaborate_line(r"P(o\mid x)", NAIVE)
    with pytest.raises(UnknownName, match="P is given one of"):
        elaborate_line(r"\sum_{c=1}^{V}P(o\mid c)", NAIVE)


@pytest.mark.parametrize(
    ("latex", "notation", "shape", "component"),
    [
        (r"\frac{\partial J}{\partial v_c}", NAIVE, "Dimx1", "Partial(J, v[c, row])"),
        (r"\nabla_{v_c} J", NAIVE, "Dimx1", "Partial(J, v[c, row])"),
        (r"\frac{\partial J}{\partial v_c^\top}", NAIVE, "1xDim", "Partial(J, v[c, col])"),
        (r"\frac{\partial J}{\partial U}", NAIVE, "VocxDim", "Partial(J, u[row, col])"),
        (r"\frac{\partial J}{\partial U_{wa}}", NAIVE, "1x1", "Partial(J, u[w, a])"),
        (r"\left[\frac{\partial J}{\partial v_c}\right]_a", NAIVE, "1x1", "Partial(J, v[c, a])"),
        (r"\frac{\partial J}{\partial u_k}", NEGATIVE, "Dimx1", "Partial(J, u[n[k], row])"),
        (r"\frac{\partial J}{\partial u_{n_k}}", NEGATIVE, "Dimx1", "Partial(J, u[n[k], row])"),
        (
            r"\frac{\partial J}{\partial v_{w_{c+j}}}",
            cbow("softmax"),
            "Dimx1",
            "Partial(J, v[w[j], row])",
        ),
        (r"\frac{\partial J}{\partial\hat v}", cbow("softmax"), "Dimx1", "Partial(J, vhat[row])"),
        (
            r"\frac{\partial\theta}{\partial v_c}",
            NAIVE,
            "VocxDim",
            "Partial(theta[row], v[c, col])",
        ),
        (
            r"\frac{\partial\hat y_i}{\partial\theta_j}",
            scores(),
            "1x1",
            "Partial(yhat[i], theta[j])",
        ),
        (r"\frac{d}{dx}\sigma(x)", scalar(), "1x1", "Partial(sigma(x), x)"),
        (
            r"\frac{\partial^2 J}{\partial v_c\,\partial v_c^\top}",
            NAIVE,
            "DimxDim",
            "Partial(Partial(J, v[c, col]), v[c, row])",
        ),
        (
            r"\frac{\partial^2 J}{\partial u_w\,\partial v_c}",
            NAIVE,
            "DimxDim",
            "Partial(Partial(J, v[c, row]), u[w, col])",
        ),
    ],
)
def test_a_derivative_has_the_shape_of_its_variable(
    latex: str, notation: Notation, shape: str, component: str
) -> None:
    assert read(latex, notation) == (shape, component)


@pytest.mark.parametrize("variable", ["V", r"\sigma(\theta_o)", "2"])
def test_one_differentiates_by_a_quantity_only(variable: str) -> None:
    with pytest.raises(ShapeError, match="only differentiate by a quantity"):
        elaborate_line(rf"\frac{{\partial J}}{{\partial {variable}}}", NAIVE)
