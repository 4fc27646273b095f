"""The named functions of the notation, elementwise, and their derivatives by contour integrals."""

from collections.abc import Callable
from fractions import Fraction
from math import factorial
from typing import Any

import numpy as np
from numpy.typing import NDArray

from wordgrad.oracle.arithmetic import Arithmetic
from wordgrad.oracle.values import EvaluationError, Value, shape_name

Array = NDArray[Any]
Rule = Callable[[Arithmetic, Array], Array]


def _log(numbers: Arithmetic, x: Array) -> Array:
    """Not a number unless the argument is positive."""
    inside = numbers.real(x) > 0
    return np.where(inside, numbers.elementary("log")(np.where(inside, x, 1)), numbers.nan)


def _sqrt(numbers: Arithmetic, x: Array) -> Array:
    """Zero at zero, where it has no derivative: a step away from there is not a number."""
    inside = (numbers.real(x) > 0) | (x == 0)
    return np.where(inside, numbers.elementary("sqrt")(np.where(inside, x, 1)), numbers.nan)


def _exp(numbers: Arithmetic, x: Array) -> Array:
    return numbers.elementary("exp")(x)


def _sigma(numbers: Arithmetic, x: Array) -> Array:
    result: Array = 1 / (1 + _exp(numbers, -x))
    return result


def _tanh(numbers: Arithmetic, x: Array) -> Array:
    result: Array = 1 - 2 / (1 + _exp(numbers, 2 * x))
    return result


FUNCTIONS: dict[str, Rule] = {
    "exp": _exp,
    "log": _log,
    "sqrt": _sqrt,
    "sigma": _sigma,
    "tanh": _tanh,
    "softplus": lambda numbers, x: numbers.elementary("log")(1 + _exp(numbers, x)),
}
BRANCH_AT_ZERO = ("log", "sqrt")


def apply_function(numbers: Arithmetic, name: str, argument: Value, primes: int = 0) -> Value:
    """A named function of a value; `primes` derivative marks.

    Raises
    ------
    EvaluationError
        If the function is not known or does not take this shape.
    """
    if name in ("softmax", "diag"):
        if primes:
            raise EvaluationError(
                f"{name}' has no meaning here; write its derivative by components"
            )
        return _softmax(numbers, argument) if name == "softmax" else _diagonal(argument)
    if name not in FUNCTIONS:
        known = ", ".join((*FUNCTIONS, "softmax", "diag"))
        raise EvaluationError(f"unknown function {name}; known are {known}")
    if primes:
        return argument.with_array(_derivative(numbers, name, argument.array, primes))
    return argument.with_array(FUNCTIONS[name](numbers, argument.array))


def _softmax(numbers: Arithmetic, argument: Value) -> Value:
    if argument.rows is None or argument.columns is not None:
        raise EvaluationError(f"softmax takes a column, not {shape_name(argument.shape)}")
    weights = _exp(numbers, argument.array)
    return argument.with_array(weights / weights.sum(axis=-2, keepdims=True))


def _diagonal(argument: Value) -> Value:
    if argument.rows is None or argument.columns is not None:
        raise EvaluationError(f"diag takes a column, not {shape_name(argument.shape)}")
    identity = np.eye(argument.array.shape[-2], dtype=np.int64)
    return Value(argument.array * identity, argument.rows, argument.rows)


def _derivative(numbers: Arithmetic, name: str, x: Array, order: int) -> Array:
    """Derivative of a function of one variable by Cauchy's integral over a small circle.

    If the argument carries an imaginary step, so does the result.
    """
    at = numbers.real(x)
    if name in BRANCH_AT_ZERO:
        at = np.where(at > 0, at, numbers.nan)
    value = _cauchy(numbers, name, at, order)
    if not numbers.is_complex(x):
        return value
    result: Array = value + (x - at) * _cauchy(numbers, name, at, order + 1)
    return result


def _cauchy(numbers: Arithmetic, name: str, x: Array, order: int) -> Array:
    """n!/(2 pi i) times the integral of f(z)/(z-x)^(n+1); the radius keeps clear of the poles."""
    circle = numbers.circle().reshape(-1, *(1,) * x.ndim)
    radius = x / 4 if name in BRANCH_AT_ZERO else numbers.number(Fraction(1, 2))
    values = FUNCTIONS[name](numbers, x + radius * circle)
    mean = (values * circle**-order).mean(axis=0)
    result: Array = factorial(order) * numbers.real(mean) / radius**order
    return result


def power(numbers: Arithmetic, base: Array, exponent: Array) -> Array:
    """A scalar to a scalar power; a base that is not positive takes whole exponents only."""
    whole = _whole(numbers, exponent)
    if whole is None:
        return _exp(numbers, exponent * _log(numbers, base))
    result = base**0 + 0
    for _ in range(abs(whole)):
        result = result * base
    return 1 / np.where(result == 0, numbers.nan, result) if whole < 0 else result


def _whole(numbers: Arithmetic, exponent: Array) -> int | None:
    """The exponent, if it is the same small whole number everywhere."""
    if numbers.is_complex(exponent) or not exponent.size:
        return None
    value = float(numbers.doubles(exponent.flat[:1])[0])
    if value != round(value) or abs(value) > 64:
        return None
    return int(value) if bool((exponent == exponent.flat[0]).all()) else None
