"""Named functions and their derivatives."""

from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from wordgrad.calculus.sorts import VOC
from wordgrad.oracle.arithmetic import DOUBLES, Arithmetic, decimals
from wordgrad.oracle.functions import apply_function, power
from wordgrad.oracle.values import EvaluationError, Value

from .models import sigmoid, softmax

Array = NDArray[Any]
X = np.array([-2.0, -0.5, 0.3, 1.5])
NUMBERS = pytest.mark.parametrize("numbers", [DOUBLES, decimals()], ids=["doubles", "decimals"])


def column(numbers: Arithmetic, x: Array) -> Value:
    """The numbers as a column."""
    return Value(numbers.convert(x.reshape(1, -1, 1)), VOC)


def result(numbers: Arithmetic, name: str, x: Array, primes: int = 0) -> Array:
    """The function of a column, as doubles."""
    with np.errstate(all="ignore"):
        value = apply_function(numbers, name, column(numbers, x), primes)
    return numbers.doubles(value.array)[0, :, 0]


@NUMBERS
@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("exp", np.exp(X)),
        ("sigma", sigmoid(X)),
        ("tanh", np.tanh(X)),
        ("softplus", np.log1p(np.exp(X))),
        ("softmax", softmax(X)),
    ],
)
def test_functions(numbers: Arithmetic, name: str, expected: Array) -> None:
    assert np.allclose(result(numbers, name, X), expected, rtol=1e-14)


@NUMBERS
def test_no_real_value_is_not_a_number(numbers: Arithmetic) -> None:
    assert np.isnan(result(numbers, "log", X)).tolist() == [True, True, False, False]
    assert np.isnan(result(numbers, "log", np.zeros(1))).all()
    assert np.isnan(result(numbers, "sqrt", X)).tolist() == [True, True, False, False]
    assert result(numbers, "sqrt", np.array([0.0, 4.0])).tolist() == [0.0, 2.0]


def test_the_root_has_no_derivative_at_zero() -> None:
    stepped = Value(np.array([[[1e-30j]]]))
    assert np.isnan(apply_function(DOUBLES, "sqrt", stepped).array).all()


@NUMBERS
@pytest.mark.parametrize(
    ("name", "primes", "expected"),
    [
        ("sigma", 1, sigmoid(X) * (1 - sigmoid(X))),
        ("sigma", 2, sigmoid(X) * (1 - sigmoid(X)) * (1 - 2 * sigmoid(X))),
        ("tanh", 1, 1 - np.tanh(X) ** 2),
        ("softplus", 1, sigmoid(X)),
        ("exp", 3, np.exp(X)),
        ("log", 1, np.where(X > 0, 1 / X, np.nan)),
        ("log", 2, np.where(X > 0, -1 / X**2, np.nan)),
        ("sqrt", 1, np.where(X > 0, 0.5 / np.sqrt(abs(X)), np.nan)),
    ],
)
def test_primes(numbers: Arithmetic, name: str, primes: int, expected: Array) -> None:
    slope = result(numbers, name, X, primes)
    assert np.allclose(slope, expected, rtol=1e-12, atol=1e-13, equal_nan=True)


def test_primes_pass_an_imaginary_step_on() -> None:
    stepped = Value((X + 1e-30j).reshape(1, -1, 1), VOC)
    slope = apply_function(DOUBLES, "sigma", stepped, 1).array.imag[0, :, 0] / 1e-30
    s = sigmoid(X)
    assert np.allclose(slope, s * (1 - s) * (1 - 2 * s), rtol=1e-12, atol=1e-13)


def test_diag() -> None:
    value = apply_function(DOUBLES, "diag", column(DOUBLES, X))
    assert value.shape == (VOC, VOC)
    assert (value.array[0] == np.diag(X)).all()


@pytest.mark.parametrize(
    ("name", "argument", "primes", "message"),
    [
        ("softmax", Value(np.ones((1, 1, 1))), 0, "softmax takes a column, not a scalar"),
        ("diag", column(DOUBLES, X).transposed, 0, "diag takes a column, not a row"),
        ("softmax", column(DOUBLES, X), 1, "softmax' has no meaning"),
        ("relu", column(DOUBLES, X), 0, "unknown function relu; known are exp"),
    ],
)
def test_what_functions_do_not_take(name: str, argument: Value, primes: int, message: str) -> None:
    with pytest.raises(EvaluationError, match=message):
        apply_function(DOUBLES, name, argument, primes)


@NUMBERS
def test_whole_powers_of_any_base(numbers: Arithmetic) -> None:
    for exponent in (0, 1, 3, -2):
        found = power(numbers, numbers.convert(X), numbers.convert(np.array([float(exponent)])))
        assert np.allclose(numbers.doubles(found), X**exponent, rtol=1e-15)


def test_other_powers_need_a_positive_base() -> None:
    found = power(DOUBLES, X, np.array([0.5]))
    assert np.allclose(found[2:], np.sqrt(X[2:]), rtol=1e-15)
    assert np.isnan(found[:2]).all()


def test_powers_without_a_value() -> None:
    assert np.isnan(power(DOUBLES, np.zeros(1), np.array([-1.0]))).all()


def test_the_exponent_may_be_perturbed() -> None:
    found = power(DOUBLES, np.array([2.0]), np.array([3.0 + 1e-30j]))
    assert found.imag[0] / 1e-30 == pytest.approx(8 * np.log(2), rel=1e-14)
