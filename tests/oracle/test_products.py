"""Products in written order."""

import numpy as np
import pytest

from wordgrad.calculus.sorts import DIM, VOC
from wordgrad.oracle.products import grouping, multiply, product, product_shape
from wordgrad.oracle.values import EvaluationError, Shape, Value

RNG = np.random.default_rng(5)
SCALAR_SHAPE: Shape = (None, None)


def draw(rows: object = None, columns: object = None) -> Value:
    """Random numbers in a shape; d is 1, so that only the sorts tell shapes apart."""
    sizes = {VOC: 3, DIM: 1}
    shape = (4, sizes.get(rows, 1), sizes.get(columns, 1))  # type: ignore[call-overload]
    return Value(RNG.normal(size=shape), rows, columns)  # type: ignore[arg-type]


A, U = draw(VOC), draw(VOC, DIM)
V, S = draw(DIM), draw()


@pytest.mark.parametrize(
    ("left", "right", "operator", "shape"),
    [
        (U, V, "", (VOC, None)),
        (U.transposed, A, "", (DIM, None)),
        (A.transposed, A, "", (None, None)),
        (A, V.transposed, "", (VOC, DIM)),
        (A.transposed, U, "", (None, DIM)),
        (U, U.transposed, "", (VOC, VOC)),
        (A, A, "cdot", (None, None)),
        (A, A, "odot", (VOC, None)),
        (A, V, "otimes", (VOC, DIM)),
        (S, A, "times", (VOC, None)),
        (U, S, "cdot", (VOC, DIM)),
    ],
)
def test_products_agree_with_matmul(left: Value, right: Value, operator: str, shape: Shape) -> None:
    result = multiply(left, right, operator)
    assert result.shape == shape
    a, b = left.array, right.array
    if operator == "odot" or S in (left, right):
        expected = a * b
    elif operator == "otimes":
        expected = a @ b.swapaxes(-1, -2)
    elif operator == "cdot":
        expected = a.swapaxes(-1, -2) @ b
    else:
        expected = a @ b
    assert np.allclose(result.array, expected, rtol=1e-15, atol=1e-15)


@pytest.mark.parametrize(
    ("left", "right", "operator"),
    [(A, A, ""), (A, V, "cdot"), (A, V, "odot"), (U, A, ""), (V.transposed, A, ""), (A, U, "")],
)
def test_shapes_that_do_not_fit_are_refused(left: Value, right: Value, operator: str) -> None:
    assert product_shape(left.shape, right.shape, operator) is None
    with pytest.raises(EvaluationError, match="cannot multiply a"):
        multiply(left, right, operator)


def test_brackets_are_set_from_the_left() -> None:
    column: Shape = (VOC, None)
    assert grouping((column, column, column), ("cdot", "cdot")) == ((0, 1, "cdot"), 2, "cdot")


def test_other_brackets_are_tried() -> None:
    row: Shape = (None, DIM)
    assert grouping((row, row, (DIM, None)), ("", "")) == (0, (1, 2, ""), "")
    value = product([V.transposed, V.transposed, V], ("", ""))
    expected = V.transposed.array * (V.array * V.array).sum(axis=1, keepdims=True)
    assert np.allclose(value.array, expected)


def test_a_product_that_no_brackets_save() -> None:
    with pytest.raises(EvaluationError, match="a column over Voc, a scalar, a column over Voc"):
        product([A, S, A], ("", ""))
