"""Sums, products and derivatives of arrays: components, and errors in plain words."""

import pytest
import sympy as sp

from wordgrad.calculus.sorts import DIM, VOC
from wordgrad.meaning import operations
from wordgrad.meaning.faults import ShapeError, Unsupported
from wordgrad.meaning.shapes import Typed, kronecker, matched, scalar

i, j, k = sp.symbols("i j k", integer=True)
x, y, u, g = (sp.IndexedBase(name) for name in "xyug")
WORDS = Typed(VOC, None, lambda i, j: y[i])
COMPONENTS = Typed(DIM, None, lambda i, j: x[i])
ROWS = Typed(VOC, DIM, lambda i, j: u[i, j])
NUMBER = scalar(lambda: sp.Integer(3))
ZERO = Typed(None, None, lambda i, j: sp.S.Zero, is_zero=True)


def over_sum(expr: sp.Expr) -> tuple[sp.Expr, sp.Expr, sp.Expr]:
    """The body of a sum with its index renamed to k, and the limits."""
    index, lower, upper = expr.limits[0]
    return expr.function.xreplace({index: k}), lower, upper


def test_adding_what_does_not_fit_names_both_shapes() -> None:
    with pytest.raises(ShapeError) as caught:
        operations.add(WORDS, COMPONENTS)
    expected = "cannot add a column over words (V) and a column over components (d)"
    assert str(caught.value) == expected


def test_a_row_for_a_column_is_told_that_a_transpose_is_missing() -> None:
    with pytest.raises(ShapeError, match="one of them needs a transpose"):
        operations.add(COMPONENTS, operations.transpose(COMPONENTS))


def test_a_literal_zero_fits_any_shape_but_a_three_does_not() -> None:
    assert operations.add(ZERO, WORDS) is WORDS
    assert operations.add(WORDS, ZERO) is WORDS
    left, right = matched(ROWS, ZERO)
    assert (left.shape, right.shape, right.component(i, j)) == ((VOC, DIM), (VOC, DIM), 0)
    with pytest.raises(ShapeError):
        operations.add(NUMBER, WORDS)


def test_the_matrix_product_sums_over_the_inner_axis() -> None:
    product = operations.multiply(ROWS, COMPONENTS)
    assert product.shape == (VOC, None)
    assert over_sum(product.component(i, None)) == (u[i, k] * x[k], 1, DIM.length)


def test_every_component_has_bound_indices_of_its_own() -> None:
    product = operations.multiply(ROWS, COMPONENTS)
    first, second = product.component(i, None), product.component(i, None)
    assert first.limits[0][0] != second.limits[0][0]


def test_a_row_times_a_column_is_a_scalar_and_the_reverse_a_matrix() -> None:
    row = operations.transpose(COMPONENTS)
    assert operations.multiply(row, COMPONENTS).is_scalar
    outer = operations.multiply(WORDS, row)
    assert outer.shape == (VOC, DIM)
    assert outer.component(i, j) == y[i] * x[j]


def test_a_product_of_different_sorts_says_which_axes_meet() -> None:
    with pytest.raises(ShapeError) as caught:
        operations.multiply(ROWS, WORDS)
    assert str(caught.value) == (
        "cannot multiply a matrix with rows over words (V) and columns over components (d) "
        "by a column over words (V): components (d) meet words (V)"
    )


def test_two_columns_side_by_side_are_told_how_to_write_their_products() -> None:
    with pytest.raises(ShapeError, match=r"an inner product is written x\^\\top y"):
        operations.multiply(WORDS, WORDS)


def test_a_dot_between_columns_is_their_inner_product_and_otherwise_juxtaposition() -> None:
    dotted = operations.dot(COMPONENTS, COMPONENTS)
    assert over_sum(dotted.component(None, None)) == (x[k] ** 2, 1, DIM.length)
    assert operations.dot(NUMBER, WORDS).component(i, None) == 3 * y[i]
    assert operations.dot(ROWS, COMPONENTS).shape == (VOC, None)
    with pytest.raises(ShapeError, match="no inner product of a column over words"):
        operations.dot(WORDS, COMPONENTS)


def test_elementwise_and_outer_products() -> None:
    squared = operations.elementwise_product(WORDS, WORDS)
    assert squared.component(i, None) == y[i] ** 2
    outer = operations.outer_product(WORDS, COMPONENTS)
    assert (outer.shape, outer.component(i, j)) == ((VOC, DIM), y[i] * x[j])
    with pytest.raises(ShapeError, match="cannot multiply elementwise a column over words"):
        operations.elementwise_product(WORDS, COMPONENTS)
    with pytest.raises(ShapeError, match="it takes two columns"):
        operations.outer_product(ROWS, COMPONENTS)


def test_dividing_asks_for_a_scalar() -> None:
    assert operations.divide(WORDS, NUMBER).component(i, None) == y[i] / 3
    with pytest.raises(ShapeError, match=r"cannot divide by a column over words \(V\)"):
        operations.divide(NUMBER, WORDS)


def test_softmax_and_diag_take_a_column() -> None:
    entry = operations.softmax(WORDS).component(i, None)
    above, below = sp.fraction(entry)
    assert above == sp.exp(y[i])
    assert over_sum(below) == (sp.exp(y[k]), 1, VOC.length)
    matrix = operations.diagonal(WORDS)
    assert matrix.shape == (VOC, VOC)
    assert matrix.component(i, j) == kronecker(i, j) * y[i]
    for function in (operations.softmax, operations.diagonal):
        with pytest.raises(ShapeError, match=r"takes a column, not a matrix"):
            function(ROWS)


@pytest.mark.parametrize(
    ("array", "variable", "shape", "partial"),
    [
        (NUMBER, COMPONENTS, (DIM, None), "Partial(3, x[i])"),
        (NUMBER, operations.transpose(COMPONENTS), (None, DIM), "Partial(3, x[j])"),
        (NUMBER, ROWS, (VOC, DIM), "Partial(3, u[i, j])"),
        (WORDS, COMPONENTS, (VOC, DIM), "Partial(y[i], x[j])"),
        (WORDS, operations.transpose(COMPONENTS), (VOC, DIM), "Partial(y[i], x[j])"),
        (operations.transpose(WORDS), COMPONENTS, (DIM, VOC), "Partial(y[j], x[i])"),
        (ROWS, NUMBER, (VOC, DIM), "Partial(u[i, j], 3)"),
    ],
)
def test_a_derivative_has_the_shape_of_the_variable_or_is_a_jacobian(
    array: Typed, variable: Typed, shape: tuple[object, object], partial: str
) -> None:
    result = operations.derivative(array, variable)
    assert result.shape == shape
    row, column = i if result.rows else None, j if result.cols else None
    assert str(result.component(row, column)) == partial


def test_a_derivative_with_three_axes_is_refused() -> None:
    with pytest.raises(Unsupported, match="write it with components"):
        operations.derivative(ROWS, COMPONENTS)
