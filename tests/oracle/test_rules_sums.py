"""Conditions, sums, products and expectations."""

import numpy as np
import pytest

from wordgrad.latex import syntax
from wordgrad.latex.parser import parse_expression
from wordgrad.meaning.notation import Notation
from wordgrad.oracle.evaluate import evaluate
from wordgrad.oracle.values import EvaluationError

from .models import CENTER, NAIVE, NEGATIVE, OUTSIDE, WINDOW, numbers_of, softmax, world_of

U, V_C = OUTSIDE, CENTER[0]
YHAT = softmax(U @ V_C)
W = r"\sum_{-m\le j\le m,\ j\neq 0}"


@pytest.mark.parametrize(
    ("latex", "expected"),
    [
        (r"\delta_{oc}", 0.0),
        (r"\delta_{oo}", 1.0),
        (r"\delta_{o,2}", 1.0),
        (r"\mathbb 1[o=c]", 0.0),
        (r"\mathbb 1[o\neq c]", 1.0),
        (r"\begin{cases}u_o & o=c\\ v_c & o\neq c\end{cases}", V_C),
        (r"\begin{cases}u_o & o=c\\ 0 & \text{otherwise}\end{cases}", [0.0, 0.0]),
        (r"\begin{cases}1 & o=2\\ 2 & o\neq c\end{cases}", 1.0),
        (r"\begin{cases}\log(-1) & o=c\\ 2 & \text{otherwise}\end{cases}", 2.0),
        (r"\sum_{w=1}^V 1", 3.0),
        (r"\sum_{k=1}^K 1", 2.0),
        (r"\sum_{w=1}^V u_w", U.sum(axis=0)),
        (r"\sum_{w\in\mathcal V} u_w", U.sum(axis=0)),
        (r"\sum_w u_w", U.sum(axis=0)),
        (r"\sum_{w\neq o} u_w", U[0] + U[2]),
        (r"\sum_{w\in V\setminus\{o\}} u_w", U[0] + U[2]),
        (r"\sum_{w=1}^2 u_w", U[0] + U[1]),
        (r"\sum_{a=1}^d U_{oa}", U[1].sum()),
        (r"\sum_w\delta_{wo} u_w", U[1]),
        (r"\sum_w\sum_x u_w^\top u_x", U.sum(axis=0) @ U.sum(axis=0)),
        (r"\sum_w\sum_{x\neq w} u_w^\top u_x", (U @ U.T).sum() - (U**2).sum()),
        (r"\sum_w\hat y_w u_w", U.T @ YHAT),
        (r"\sum_w\hat y_w u_w u_w^\top", U.T @ np.diag(YHAT) @ U),
        (r"\sum_w\frac{u_w}{\sum_w e^{u_w^\top v_c}}", U.sum(axis=0) / np.exp(U @ V_C).sum()),
        (r"\prod_{w=1}^V\hat y_w", YHAT.prod()),
        (r"\prod_{w\neq o}\hat y_w", YHAT[0] * YHAT[2]),
        (r"\prod_{w=1}^V 2", 8.0),
        (r"\sum_{w=1}^V 0", 0.0),
        (r"\mathbb E_{w\sim P(\cdot\mid c)}[u_w]", U.T @ YHAT),
        (r"\mathbb E_{x\sim P(\cdot\mid c)}[\delta_{xo}]", YHAT[1]),
    ],
)
def test_values(latex: str, expected: object) -> None:
    found = numbers_of(latex)
    assert found.shape == np.shape(expected)
    assert np.allclose(found, expected, rtol=1e-14)


def test_no_case_holds() -> None:
    row = syntax.Case(
        syntax.Name("V"), syntax.Relation(syntax.IndexName("o"), syntax.IndexName("c"))
    )
    assert np.isnan(evaluate(syntax.Cases((row,)), NAIVE, world_of()).array).all()


@pytest.mark.parametrize(
    ("latex", "expected"),
    [
        (r"\sum_{k=1}^K u_{n_k}", U[2] + U[2]),
        (r"\sum_{k=1}^K u_k", U[2] + U[2]),
        (r"\sum_k u_k", U[2] + U[2]),
        (r"\sum_k\mathbb 1[n_k=w]", 2.0),
        (r"\sum_k\delta_{wk}", 2.0),
        (r"\sum_{k\neq 1}u_k", U[2]),
        (r"\sum_{w\neq n_1}u_w", U[0] + U[1]),
    ],
)
def test_negatives(latex: str, expected: object) -> None:
    world = world_of({"w": 3}, {"n": [3, 3]})
    assert np.allclose(numbers_of(latex, NEGATIVE, world), expected, rtol=1e-14)


@pytest.mark.parametrize(
    ("latex", "expected"),
    [
        (W + "1", 4.0),
        (W + r"v_{w_{c+j}}", 2 * CENTER[1] + CENTER[2] + CENTER[0]),
        (r"\sum_{j\neq 0} v_{w_{t+j}}", 2 * CENTER[1] + CENTER[2] + CENTER[0]),
        (r"\sum_{-m\le j\le m} v_{w_{c+j}}", 2 * CENTER[1] + CENTER[2] + 2 * CENTER[0]),
        (r"\sum_{j=1}^{m} v_{w_{c+j}}", CENTER[2] + CENTER[0]),
        (W + r"\mathbb 1[w_{c+j}=o]", 2.0),
        (W + r"\sum_{k=1}^K\mathbb 1[n_{j,k}=o]", 3.0),
        ("b", [1.0, 2.0, 1.0]),
    ],
)
def test_windows_with_a_repeated_word(latex: str, expected: object) -> None:
    tables = {"w": [2, 2, 1, 3, 1], "n": [[1, 2], [3, 3], [2, 2], [2, 1], [2, 3]]}
    world = world_of(tables=tables, sizes={"V": 3, "d": 2, "K": 2, "m": 2})
    assert np.allclose(numbers_of(latex, WINDOW, world), expected, rtol=1e-14)


@pytest.mark.parametrize(
    ("latex", "notation", "message"),
    [
        (r"\sum_q 1", NAIVE, "nothing says what q runs over"),
        (r"\sum_{w=1}^{Q}u_w", NAIVE, "cannot read the limit"),
        (r"\sum_{w=0}^{V}u_w", NAIVE, "there is no word 0..3"),
        (
            r"\begin{cases}u_o & o=c\\ 1 & o\neq c\end{cases}",
            NAIVE,
            "the cases must have one shape",
        ),
    ],
)
def test_what_cannot_be_summed(latex: str, notation: Notation, message: str) -> None:
    with pytest.raises(EvaluationError, match=message):
        evaluate(parse_expression(latex), notation, world_of())
