"""Derivatives of lines, against closed forms typed here."""

import numpy as np
import pytest

from wordgrad.meaning.contexts import cbow, scalar
from wordgrad.meaning.notation import Notation
from wordgrad.oracle.arithmetic import decimals
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
YHAT, Y = softmax(U @ V_C), np.array([0.0, 1.0, 0.0])
COVARIANCE = np.diag(YHAT) - np.outer(YHAT, YHAT)


@pytest.mark.parametrize(
    ("latex", "expected"),
    [
        (r"\frac{\partial J}{\partial v_c}", U.T @ (YHAT - Y)),
        (r"\frac{\partial J}{\partial v_c^\top}", U.T @ (YHAT - Y)),
        (r"\nabla_{v_c} J", U.T @ (YHAT - Y)),
        (r"\frac{\partial J}{\partial v_o}", np.zeros(2)),
        (r"\frac{\partial J}{\partial u_w}", (YHAT[2] - Y[2]) * V_C),
        (r"\frac{\partial J}{\partial u_o}", (YHAT[1] - 1) * V_C),
        (r"\frac{\partial J}{\partial U}", np.outer(YHAT - Y, V_C)),
        (r"\frac{\partial J}{\partial U^\top}", np.outer(V_C, YHAT - Y)),
        (r"\frac{\partial J}{\partial U_{w,1}}", (YHAT[2] - Y[2]) * V_C[0]),
        (r"\frac{\partial J}{\partial\theta}", YHAT - Y),
        (r"\frac{\partial J}{\partial\theta_o}", YHAT[1] - 1),
        (r"\frac{\partial J}{\partial\hat y}", -Y / YHAT),
        (r"\frac{\partial\hat y}{\partial\theta}", COVARIANCE),
        (r"\frac{\partial\hat y_o}{\partial\theta}", COVARIANCE[1]),
        (r"\frac{\partial\hat y}{\partial\theta_o}", COVARIANCE[:, 1]),
        (r"\frac{\partial\theta}{\partial v_c}", U),
        (r"\frac{\partial\theta}{\partial v_c^\top}", U),
        (r"\frac{\partial\theta^\top}{\partial v_c}", U.T),
        (r"\left(\frac{\partial\theta}{\partial v_c}\right)^\top(\hat y-y)", U.T @ (YHAT - Y)),
        (r"\frac{\partial}{\partial u_w}\sum_w u_w^\top v_c", V_C),
        (r"\sum_x\frac{\partial J}{\partial u_x}", np.zeros(2)),
        (r"\sum_x\delta_{xo}\frac{\partial J}{\partial u_x}", (YHAT[1] - 1) * V_C),
        (r"\frac{\partial J(v_c, c, U)}{\partial v_c}", U.T @ (YHAT - np.array([1.0, 0, 0]))),
    ],
)
def test_gradients_of_the_naive_softmax(latex: str, expected: object) -> None:
    found = numbers_of(latex, NAIVE, world_of({"w": 3}))
    assert found.shape == np.shape(expected)
    assert np.allclose(found, expected, rtol=1e-13, atol=1e-15)


@pytest.mark.parametrize(
    ("latex", "expected"),
    [
        (r"\frac{\partial^2 J}{\partial v_c\partial v_c^\top}", U.T @ COVARIANCE @ U),
        (r"\frac{\partial^2 J}{\partial\theta\partial\theta^\top}", COVARIANCE),
        (r"\frac{\partial^2 J}{\partial\theta_1\partial\theta_2}", COVARIANCE[0, 1]),
        (r"\frac{\partial}{\partial v_c}\left(\frac{\partial J}{\partial v_c}\right)^\top",
         U.T @ COVARIANCE @ U),
        (r"\frac{\partial^2 J}{\partial u_o\partial v_c^\top}",
         (YHAT[1] - 1) * np.eye(2) + np.outer(V_C, COVARIANCE[1] @ U)),
        (r"\frac{\partial^2 J}{\partial v_c\partial u_o^\top}",
         (YHAT[1] - 1) * np.eye(2) + np.outer(COVARIANCE[1] @ U, V_C)),
    ],
)  # fmt: skip
def test_second_derivatives(latex: str, expected: object) -> None:
    found = numbers_of(latex)
    assert found.shape == np.shape(expected)
    assert np.allclose(found, expected, rtol=1e-10, atol=1e-11)


def test_third_derivatives_and_primes() -> None:
    world = world_of(arrays={"x": np.array(0.7)})
    s = sigmoid(0.7)
    third = s * (1 - s) * (1 - 6 * s + 6 * s**2)
    assert numbers_of(r"\frac{d^3}{dx^3}\sigma(x)", scalar(), world) == pytest.approx(
        third, rel=1e-8
    )
    assert numbers_of(r"\frac{d}{dx}\sigma''(x)", scalar(), world) == pytest.approx(
        third, rel=1e-12
    )


def test_fifty_digits() -> None:
    x = {"x": np.array(0.7)}
    for latex in (r"\frac{d}{dx}\sigma(x)-\sigma'(x)", r"\frac{d^2}{dx^2}\sigma(x)-\sigma''(x)"):
        difference = value_of(latex, scalar(), world_of(arrays=x), decimals()).array
        assert abs(difference).max() < 1e-30


@pytest.mark.parametrize(
    ("negatives", "word"), [([3, 1], 1), ([3, 3], 3), ([2, 3], 2), ([2, 2], 2), ([3, 3], 1)]
)
def test_gradients_of_negative_sampling(negatives: list[int], word: int) -> None:
    world = world_of({"w": word}, {"n": negatives})
    scores = U @ V_C
    rows = [n - 1 for n in negatives]
    by_score = np.zeros(3)
    by_score[1] -= 1 - sigmoid(scores[1])
    np.add.at(by_score, rows, sigmoid(scores[rows]))
    for latex, expected in (
        (r"\frac{\partial J}{\partial\theta}", by_score),
        (r"\frac{\partial J}{\partial v_c}", U.T @ by_score),
        (r"\frac{\partial J}{\partial u_w}", by_score[word - 1] * V_C),
        (r"\frac{\partial J}{\partial u_{n_1}}", by_score[rows[0]] * V_C),
        (r"\frac{\partial J}{\partial u_2}", by_score[1] * V_C),
        (r"\frac{\partial J}{\partial U}", np.outer(by_score, V_C)),
    ):
        found = numbers_of(latex, NEGATIVE, world)
        assert np.allclose(found, expected, rtol=1e-13, atol=1e-15), latex


def test_a_window_adds_up() -> None:
    world = world_of({"w": 2}, {"w": [2, 1, 2], "n": [[1, 3], [1, 1], [2, 3]]})
    scores = U @ V_C
    by_score = np.zeros(3)
    for outside, negatives in ((1, [0, 2]), (1, [1, 2])):
        by_score[outside] -= 1 - sigmoid(scores[outside])
        np.add.at(by_score, negatives, sigmoid(scores[negatives]))
    found = numbers_of(r"\frac{\partial J}{\partial U}", WINDOW, world)
    assert np.allclose(found, np.outer(by_score, V_C), rtol=1e-13)
    assert np.allclose(
        numbers_of(r"\frac{\partial J}{\partial v_c}", WINDOW, world), U.T @ by_score
    )
    assert (numbers_of(r"\frac{\partial J}{\partial v_w}", WINDOW, world) == 0).all()


@pytest.mark.parametrize(("combine", "share"), [("sum", 1.0), ("mean", 0.5)])
def test_a_defined_variable_is_held(combine: str, share: float) -> None:
    notation = cbow("softmax", combine)  # type: ignore[arg-type]
    world = world_of({"j": -1, "w": 3}, {"w": [3, 1, 3]})
    vhat = 2 * share * CENTER[2]
    by_vhat = U.T @ (softmax(U @ vhat) - np.array([1.0, 0.0, 0.0]))
    for latex, expected in (
        (r"\frac{\partial J}{\partial\hat v}", by_vhat),
        (r"\frac{\partial J}{\partial v_w}", 2 * share * by_vhat),
        (r"\frac{\partial J}{\partial v_{w_{c+j}}}", 2 * share * by_vhat),
        (r"\frac{\partial\hat v}{\partial v_w}", 2 * share * np.eye(2)),
        (r"\frac{\partial}{\partial v_w}\lVert\frac{\partial J}{\partial\hat v}\rVert^2", None),
    ):
        found = numbers_of(latex, notation, world)
        if expected is None:  # the held quantity takes part in the derivative outside
            hessian = U.T @ (np.diag(p := softmax(U @ vhat)) - np.outer(p, p)) @ U
            expected = 2 * share * 2 * hessian @ by_vhat
            assert np.allclose(found, expected, rtol=1e-9)
        else:
            assert np.allclose(found, expected, rtol=1e-13)


def test_one_column_per_word() -> None:
    columns = NAIVE.with_columns()
    found = numbers_of(r"\frac{\partial J}{\partial U}", columns)
    assert np.allclose(found, np.outer(V_C, YHAT - Y), rtol=1e-13)
    turned = numbers_of(r"\frac{\partial J}{\partial U^\top}", columns)
    assert np.allclose(turned, np.outer(YHAT - Y, V_C), rtol=1e-13)
    entry = numbers_of(r"\frac{\partial J}{\partial U_{1,3}}", columns)
    assert entry == pytest.approx(YHAT[2] * V_C[0], rel=1e-13)


def test_a_derivative_beyond_the_domain_is_not_a_number() -> None:
    world = world_of(arrays={"x": np.array(-0.7)})
    assert np.isnan(numbers_of(r"\frac{d}{dx}\log x", scalar(), world))
    assert numbers_of(r"\frac{d}{dx}x^2", scalar(), world) == pytest.approx(-1.4, rel=1e-15)
    assert np.isnan(numbers_of(r"\frac{d}{dx}\sqrt{x}", scalar(), world_of(arrays={"x": 0.0})))


@pytest.mark.parametrize(
    ("latex", "notation", "message"),
    [
        (r"\frac{\partial J}{\partial V}", NAIVE, "V is a size; there is no derivative by it"),
        (r"\frac{\partial J}{\partial(u_o^\top v_c)}", NAIVE, "taken by a named quantity"),
        (r"\frac{\partial J}{\partial u}", NAIVE, "u takes 1 to 2 subscripts"),
        (r"\frac{\partial\theta}{\partial U}", NAIVE, "more than two axes"),
        (r"\frac{\partial J}{\partial z}", NAIVE, "z is not known here"),
    ],
)
def test_what_cannot_be_differentiated(latex: str, notation: Notation, message: str) -> None:
    with pytest.raises(EvaluationError, match=message):
        numbers_of(latex, notation)
