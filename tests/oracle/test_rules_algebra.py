"""Names, calls, components and arithmetic."""

import numpy as np
import pytest

from wordgrad.calculus.sorts import DIM, VOC
from wordgrad.latex import syntax
from wordgrad.oracle.evaluate import evaluate
from wordgrad.oracle.values import EvaluationError

from .models import (
    CENTER,
    NAIVE,
    NEGATIVE,
    OUTSIDE,
    WINDOW,
    numbers_of,
    sigmoid,
    softmax,
    value_of,
    world_of,
)

U, V_C = OUTSIDE, CENTER[0]
YHAT = softmax(U @ V_C)
Y = np.array([0.0, 1.0, 0.0])
COLUMNS = NAIVE.with_columns()


@pytest.mark.parametrize(
    ("latex", "expected"),
    [
        (r"\frac{3}{4}", 0.75),
        ("V-d+K-2m", 1.0),
        ("u_2", U[1]),
        ("u_{2,1}", U[1, 0]),
        ("U", U),
        ("v_c", V_C),
        (r"\theta", U @ V_C),
        (r"\theta_o", U[1] @ V_C),
        (r"\hat y", YHAT),
        ("y", Y),
        ("y_o", 1.0),
        ("y_c", 0.0),
        (r"\bar u", U.T @ YHAT),
        ("J", -np.log(YHAT[1])),
        ("J(v_c, c, U)", -np.log(YHAT[0])),
        (r"P(3\mid c)", YHAT[2]),
        ("[U v_c]_3", U[2] @ V_C),
        (r"\operatorname{softmax}(U v_c)_o", YHAT[1]),
        (r"[U]_o", U[1]),
        (r"[U^\top]_2", U[:, 1]),
        (r"[\hat y^\top]_3", YHAT[2]),
        (r"[\hat y v_c^\top]_{3,1}", YHAT[2] * V_C[0]),
        ("u_o+v_c-0", U[1] + V_C),
        ("0+0", 0.0),
        ("-u_o", -U[1]),
        (r"-(u_o-v_c)", V_C - U[1]),
        (r"u_o^\top v_c", U[1] @ V_C),
        (r"u_o\cdot v_c", U[1] @ V_C),
        (r"\langle u_o, v_c\rangle", U[1] @ V_C),
        (r"u_o\odot v_c", U[1] * V_C),
        (r"u_o\otimes v_c", np.outer(U[1], V_C)),
        (r"u_o v_c^\top", np.outer(U[1], V_C)),
        (r"2\times 3\,v_c", 6 * V_C),
        (r"v_c^\top v_c^\top u_o", V_C * (V_C @ U[1])),
        (r"U^\top(\hat y-y)", U.T @ (YHAT - Y)),
        (r"\hat y^\top U", YHAT @ U),
        (r"\frac{u_o}{u_o^\top v_c}", U[1] / (U[1] @ V_C)),
        (r"(u_o^\top v_c)^2", (U[1] @ V_C) ** 2),
        (r"(u_o^\top v_c)^{-1}", 1 / (U[1] @ V_C)),
        (r"V^{1/2}", np.sqrt(3)),
        (r"\lVert u_o\rVert", np.sqrt(4.25)),
        (r"\lVert U\rVert^2", (U**2).sum()),
        (r"e^{u_o^\top v_c}", np.exp(U[1] @ V_C)),
        (r"\exp(\theta)", np.exp(U @ V_C)),
        (r"\log(\hat y)", np.log(YHAT)),
        (r"\sigma(\theta)", sigmoid(U @ V_C)),
        (r"\operatorname{diag}(\hat y)", np.diag(YHAT)),
    ],
)
def test_values(latex: str, expected: object) -> None:
    found = numbers_of(latex)
    assert found.shape == np.shape(expected)
    assert np.allclose(found, expected, rtol=1e-14, atol=1e-15)


@pytest.mark.parametrize(
    ("latex", "expected"),
    [
        ("U", U.T),
        ("u_o", U[1]),
        ("U_{1,3}", U[2, 0]),
        (r"U(\hat y-y)", U.T @ (YHAT - Y)),
        (r"v_c(\hat y-y)^\top", np.outer(V_C, YHAT - Y)),
    ],
)
def test_one_column_per_word(latex: str, expected: object) -> None:
    found = numbers_of(latex, COLUMNS)
    assert found.shape == np.shape(expected)
    assert np.allclose(found, expected, rtol=1e-14)


def test_shapes_of_values() -> None:
    assert value_of("U").shape == (VOC, DIM)
    assert value_of(r"v_c^\top").shape == (None, DIM)
    assert value_of(r"\hat y v_c^\top").shape == (VOC, DIM)


def test_words_looked_up() -> None:
    world = world_of({"k": 2}, {"n": [3, 1]})
    assert numbers_of("u_k", NEGATIVE, world).tolist() == U[0].tolist()
    assert numbers_of("u_{n_1}", NEGATIVE, world).tolist() == U[2].tolist()
    expected = -np.log(sigmoid(U[1] @ V_C)) - np.log(sigmoid(-U[2] @ V_C) * sigmoid(-U[0] @ V_C))
    assert numbers_of("J", NEGATIVE, world) == pytest.approx(expected, rel=1e-14)
    assert numbers_of("r", NEGATIVE, world).tolist() == [1, 0, 1]


def test_words_of_a_window() -> None:
    world = world_of({"j": -1}, {"w": [3, 1, 2], "n": [[1, 2], [3, 3], [2, 1]]})
    assert numbers_of("v_{w_{c+j}}", WINDOW, world).tolist() == CENTER[2].tolist()
    assert numbers_of("v_{w_t}", WINDOW, world).tolist() == V_C.tolist()
    scores = U @ V_C
    pair = -np.log(sigmoid(scores[2])) - np.log(sigmoid(-scores[0])) - np.log(sigmoid(-scores[1]))
    assert numbers_of("F(w_{c+j}, v_c)", WINDOW, world) == pytest.approx(pair, rel=1e-14)


def test_blocks_of_a_matrix() -> None:
    found = numbers_of(r"\begin{bmatrix} U & \hat y \\ v_c^\top & 0 \end{bmatrix}")
    expected = np.block([[U, YHAT[:, None]], [V_C[None], np.zeros((1, 1))]])
    assert np.allclose(found, expected, rtol=1e-15)


@pytest.mark.parametrize(
    "latex",
    [r"\log(u_c^\top v_c)", r"\frac{1}{1-1}", r"\frac{u_o}{1-1}", r"(v_c^\top v_o)^{1/2}"],
)
def test_no_real_value_is_not_a_number(latex: str) -> None:
    world = world_of(arrays={"u": -OUTSIDE, "v": np.array([[1.0, 0.0], [-1.0, 0.0], [1.0, 1.0]])})
    assert np.isnan(numbers_of(latex, NAIVE, world)).all()


@pytest.mark.parametrize(
    ("latex", "message"),
    [
        (r"u_o+\hat y", "the terms of a sum must have one shape"),
        (r"1-\hat y", "a scalar and a column over Voc"),
        (r"u_o v_c", "cannot be multiplied in this order: a column over Dim, a column over Dim"),
        (r"U(\hat y-y)", "a matrix of Voc x Dim, a column over Voc"),
        (r"\frac{1}{u_o}", "a denominator must be a scalar"),
        (r"u_o^2", "the base of a power must be a scalar"),
        (r"2^{u_o}", "an exponent must be a scalar"),
        (r"\langle u_o^\top, v_c\rangle", "an inner product takes two columns"),
        (r"[u_o^\top v_c]_1", "a scalar does not take 1 subscripts"),
        (r"[u_o]_{1,2}", "a column over Dim does not take 2 subscripts"),
    ],
)
def test_shapes_that_do_not_fit(latex: str, message: str) -> None:
    with pytest.raises(EvaluationError, match=message):
        numbers_of(latex)


def test_nodes_without_a_rule() -> None:
    with pytest.raises(EvaluationError, match="Expr has no numerical value"):
        evaluate(syntax.Expr(), NAIVE, world_of())


def test_a_name_with_arguments_that_is_no_call() -> None:
    node = syntax.Call("ubar", (syntax.IndexName("c"),))
    assert np.allclose(evaluate(node, NAIVE, world_of()).array[0, :, 0], U.T @ YHAT)
