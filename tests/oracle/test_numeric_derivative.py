"""Derivatives by perturbation."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from wordgrad.calculus.sorts import DIM, VOC
from wordgrad.oracle.arithmetic import DOUBLES, Arithmetic, decimals
from wordgrad.oracle.numeric_derivative import WEIGHTS, arrange, differences, directions
from wordgrad.oracle.values import EvaluationError, Shape, Value

Array = NDArray[Any]


def test_directions_of_a_whole_matrix() -> None:
    units = directions((3, 2), [], 0)
    assert units.shape == (6, 1, 3, 2)
    assert (units.reshape(6, 6) == np.eye(6)).all()


def test_directions_of_a_row_that_differs_between_points() -> None:
    units = directions((3, 2), [np.array([2, 0])], 0)
    assert units.shape == (2, 2, 3, 2)  # (entries, points, rows, columns)
    assert units[1, 0].tolist() == [[0, 0], [0, 0], [0, 1]]
    assert units[0, 1].tolist() == [[1, 0], [0, 0], [0, 0]]


def test_directions_of_one_entry_leave_room_for_axes_in_use() -> None:
    units = directions((3, 2), [np.array([[1], [2]]), np.array([0])], 1)
    assert units.shape == (1, 2, 1, 3, 2)
    assert units[0, 1, 0].tolist() == [[0, 0], [0, 0], [1, 0]]


def test_the_weights_are_exact_for_polynomials_of_degree_eight() -> None:
    for degree in range(9):
        total = sum(w * (k**degree - (-k) ** degree) for k, w in enumerate(WEIGHTS, start=1))
        assert total == (1 if degree == 1 else 0)


def slopes(numbers: Arithmetic, function: Callable[[Array], Array], imaginary: bool) -> Array:
    """Derivatives of a function of a vector (2,) at two points."""
    base = np.array([[0.5, -1.0], [2.0, 0.3]])
    exact = numbers.convert(base)

    def body(step: Array) -> Value:
        return Value(function(exact + step)[..., None, None])

    steps = directions((2,), [], 0)
    return numbers.doubles(differences(numbers, body, steps, 0, imaginary).array)[..., 0, 0]


@pytest.mark.parametrize("imaginary", [True, False])
@pytest.mark.parametrize("numbers", [DOUBLES, decimals()], ids=["doubles", "decimals"])
def test_differences(numbers: Arithmetic, imaginary: bool) -> None:
    exp = numbers.elementary("exp")
    found = slopes(numbers, lambda x: exp(x[..., 0] * x[..., 1]), imaginary)
    a, b = np.array([0.5, 2.0]), np.array([-1.0, 0.3])
    expected = np.exp(a * b) * np.array([b, a])  # (entries, points)
    assert np.allclose(found, expected, rtol=1e-11 if not imaginary else 1e-15)


@pytest.mark.parametrize("imaginary", [True, False])
def test_what_does_not_depend_has_no_slope(imaginary: bool) -> None:
    found = slopes(DOUBLES, lambda x: np.ones(2), imaginary)
    assert found.shape == (2, 2)
    assert (abs(found) < 1e-13).all()


SCALAR: Shape = (None, None)
COLUMN = Value(np.arange(12.0).reshape(2, 2, 3, 1), VOC)  # (entries, points, rows, 1)


def test_the_derivative_of_a_scalar_has_the_shape_of_the_variable() -> None:
    body = Value(np.arange(12.0).reshape(6, 2, 1, 1))
    assert arrange(body, (DIM, None), [6]).array.shape == (2, 6, 1)
    assert arrange(body, (None, DIM), [6]).array.shape == (2, 1, 6)
    whole = arrange(body, (VOC, DIM), [3, 2])
    assert whole.shape == (VOC, DIM)
    assert whole.array[1].tolist() == [[1, 3], [5, 7], [9, 11]]


def test_by_a_scalar_the_shape_stays() -> None:
    assert arrange(COLUMN, SCALAR, []).shape == (VOC, None)


def test_the_jacobian_has_rows_of_the_numerator() -> None:
    for variable in ((DIM, None), (None, DIM)):
        jacobian = arrange(COLUMN, variable, [2])
        assert jacobian.shape == (VOC, DIM)
        assert jacobian.array[0].tolist() == [[0, 6], [1, 7], [2, 8]]


def test_a_row_by_a_column_is_the_jacobian_transposed() -> None:
    turned = arrange(COLUMN.transposed, (DIM, None), [2])
    assert turned.shape == (DIM, VOC)
    assert turned.array[0].tolist() == [[0, 1, 2], [6, 7, 8]]


@pytest.mark.parametrize(
    ("body", "variable"),
    [
        (COLUMN, (VOC, DIM)),
        (COLUMN.transposed, (None, DIM)),
        (Value(COLUMN.array, VOC, DIM), (DIM, None)),
    ],
)
def test_more_than_two_axes(body: Value, variable: Shape) -> None:
    with pytest.raises(EvaluationError, match="more than two axes; write it with components"):
        arrange(body, variable, [2])
