"""Sums, products, functions and derivatives of arrays, each with the shapes it asks for."""

from collections.abc import Callable

import sympy as sp

from wordgrad.calculus.functions import Partial, exp
from wordgrad.meaning.faults import ShapeError, Unsupported
from wordgrad.meaning.shapes import Typed, joined, kronecker, matched, over, scalar, summed


def add(left: Typed, right: Typed) -> Typed:
    """Sum of two arrays of one shape."""
    if right.is_zero:
        return left
    if left.is_zero:
        return right
    left, right = matched(left, right)
    f, g = left.component, right.component
    return Typed(*left.shape, lambda i, j: f(i, j) + g(i, j), joined(left, right))


def negative(array: Typed) -> Typed:
    """The array with its sign changed."""
    f = array.component
    return Typed(*array.shape, lambda i, j: -f(i, j), array.node, array.is_zero)


def transpose(array: Typed) -> Typed:
    """Rows and columns exchanged; a scalar stays."""
    f = array.component
    return Typed(array.cols, array.rows, lambda i, j: f(j, i), array.node, array.is_zero)


def scale(factor: Typed, array: Typed) -> Typed:
    """A scalar times an array."""
    f, s = array.component, factor.component
    zero = array.is_zero or (factor.is_zero and array.is_scalar)
    node = joined(factor, array)
    return Typed(*array.shape, lambda i, j: s(None, None) * f(i, j), node, zero)


def divide(array: Typed, divisor: Typed) -> Typed:
    """An array over a scalar."""
    f, s = array.component, divisor.component
    if not divisor.is_scalar:
        raise ShapeError(f"cannot divide by {divisor.describe()}", divisor.node)
    return Typed(*array.shape, lambda i, j: f(i, j) / s(None, None), array.node, array.is_zero)


def multiply(left: Typed, right: Typed) -> Typed:
    """Product written by juxtaposition: scaling, or the matrix product."""
    if left.is_scalar or right.is_scalar:
        return scale(left, right) if left.is_scalar else scale(right, left)
    f, g, inner = left.component, right.component, left.cols
    if inner != right.rows:
        raise ShapeError(_mismatch(left, right), right.node or left.node)
    node = joined(left, right)
    if inner is None:
        return Typed(left.rows, right.cols, lambda i, j: f(i, None) * g(None, j), node)

    def component(i: sp.Expr | None, j: sp.Expr | None) -> sp.Expr:
        return summed(inner, lambda k: f(i, k) * g(k, j))

    return Typed(left.rows, right.cols, component, node)


def dot(left: Typed, right: Typed) -> Typed:
    """A dot: the inner product of two columns, otherwise like juxtaposition."""
    if left.is_column and right.is_column:
        return inner_product(left, right)
    return multiply(left, right)


def inner_product(left: Typed, right: Typed) -> Typed:
    """Sum over the common axis of two columns."""
    f, g, sort = left.component, right.component, left.rows
    if not (left.is_column and right.is_column) or sort is None or sort != right.rows:
        raise ShapeError(
            f"no inner product of {left.describe()} and {right.describe()}; "
            "it takes two columns over the same thing",
            right.node or left.node,
        )
    return scalar(lambda: summed(sort, lambda k: f(k, None) * g(k, None)), joined(left, right))


def elementwise_product(left: Typed, right: Typed) -> Typed:
    """Product of matching entries."""
    left, right = matched(left, right, "multiply elementwise")
    f, g = left.component, right.component
    return Typed(*left.shape, lambda i, j: f(i, j) * g(i, j), joined(left, right))


def outer_product(left: Typed, right: Typed) -> Typed:
    """All products of an entry of one column with an entry of another."""
    if not (left.is_column and right.is_column):
        raise ShapeError(
            f"no outer product of {left.describe()} and {right.describe()}; it takes two columns",
            right.node or left.node,
        )
    return multiply(left, transpose(right))


def apply(function: Callable[[sp.Expr], sp.Expr], array: Typed) -> Typed:
    """A function of each entry."""
    f = array.component
    return Typed(*array.shape, lambda i, j: function(f(i, j)))


def softmax(array: Typed) -> Typed:
    """exp(x_i) over the sum of all exp(x_k)."""
    f, sort = array.component, array.rows
    if not array.is_column or sort is None:
        raise ShapeError(f"softmax takes a column, not {array.describe()}", array.node)

    def component(i: sp.Expr | None, j: sp.Expr | None) -> sp.Expr:
        return exp(f(i, None)) / summed(sort, lambda k: exp(f(k, None)))

    return Typed(sort, None, component)


def diagonal(array: Typed) -> Typed:
    """The diagonal matrix of a column."""
    f, sort = array.component, array.rows
    if not array.is_column:
        raise ShapeError(f"diag takes a column, not {array.describe()}", array.node)
    return Typed(sort, sort, lambda i, j: kronecker(i, j) * f(i, None))


def derivative(array: Typed, variable: Typed) -> Typed:
    """Partial derivatives; a scalar's has the shape of the variable.

    A column by a column is the Jacobian with rows of the numerator and columns of the variable.
    """
    f, x = array.component, variable.component
    if array.is_scalar:
        return Typed(*variable.shape, lambda i, j: Partial(f(None, None), x(i, j)))
    if variable.is_scalar:
        return Typed(*array.shape, lambda i, j: Partial(f(i, j), x(None, None)))
    if array.is_column and variable.is_column:
        return Typed(array.rows, variable.rows, lambda i, j: Partial(f(i, None), x(j, None)))
    if array.is_column and variable.rows is None:
        return Typed(array.rows, variable.cols, lambda i, j: Partial(f(i, None), x(None, j)))
    if array.rows is None and variable.is_column:
        return Typed(variable.rows, array.cols, lambda i, j: Partial(f(None, j), x(i, None)))
    raise Unsupported(
        f"the derivative of {array.describe()} by {variable.describe()} has no agreed layout here; "
        "write it with components",
        variable.node,
    )


def _mismatch(left: Typed, right: Typed) -> str:
    message = f"cannot multiply {left.describe()} by {right.describe()}"
    if left.is_column and right.is_column:
        return f"{message}; an inner product is written x^\\top y, an outer product x y^\\top"
    if left.cols is not None and right.rows is not None:
        return f"{message}: {over(left.cols)} meet {over(right.rows)}"
    return message
