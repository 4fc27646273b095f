"""How sums, products, fractions, powers are read."""

from collections.abc import Callable
from fractions import Fraction
from functools import cache

import sympy as sp

from wordgrad.calculus.limits import check_power
from wordgrad.latex import syntax as tree
from wordgrad.meaning import operations
from wordgrad.meaning.faults import ShapeError, Unsupported
from wordgrad.meaning.reader import Reader, reads
from wordgrad.meaning.shapes import Typed, scalar

LARGEST_EXPONENT = 32
MOST_FACTORS = 40

_PRODUCTS: dict[str, Callable[[Typed, Typed], Typed]] = {
    "": operations.multiply,
    "times": operations.multiply,
    "cdot": operations.dot,
    "odot": operations.elementwise_product,
    "otimes": operations.outer_product,
}


@reads(tree.Number)
def _number(reader: Reader, node: tree.Number) -> Typed:
    value = sp.Rational(node.value.numerator, node.value.denominator)
    return Typed(None, None, lambda i, j: value, node, is_zero=node.value == 0)


@reads(tree.Group)
def _group(reader: Reader, node: tree.Group) -> Typed:
    return reader.read(node.operand)


@reads(tree.Neg)
def _negative(reader: Reader, node: tree.Neg) -> Typed:
    return operations.negative(reader.read(node.operand))


@reads(tree.Add)
def _sum(reader: Reader, node: tree.Add) -> Typed:
    total, *rest = [reader.read(term) for term in node.terms]
    for term in rest:
        total = operations.add(total, term)
    return total


@reads(tree.Transpose)
def _transpose(reader: Reader, node: tree.Transpose) -> Typed:
    return operations.transpose(reader.read(node.operand))


@reads(tree.Mul)
def _product(reader: Reader, node: tree.Mul) -> Typed:
    if len(node.factors) > MOST_FACTORS:
        raise Unsupported(
            f"{len(node.factors)} factors stand in a row; at most {MOST_FACTORS} are read", node
        )
    return _grouped([reader.read(factor) for factor in node.factors], node.operators)


def _grouped(factors: list[Typed], operators: tuple[str, ...]) -> Typed:
    """The product from left to right, or with the first other grouping whose shapes fit."""

    @cache
    def between(start: int, stop: int) -> Typed | ShapeError:
        if stop - start == 1:
            return factors[start]
        failure: ShapeError | None = None
        for cut in range(stop - 1, start, -1):
            left, right = between(start, cut), between(cut, stop)
            if isinstance(left, ShapeError) or isinstance(right, ShapeError):
                failure = failure or (left if isinstance(left, ShapeError) else None)
                continue
            try:
                return _PRODUCTS[operators[cut - 1]](left, right)
            except ShapeError as error:
                failure = failure or error
        assert failure is not None, "a product of two factors has one cut, and it failed"
        return failure

    product = between(0, len(factors))
    if isinstance(product, ShapeError):
        raise product
    return product


@reads(tree.Quotient)
def _quotient(reader: Reader, node: tree.Quotient) -> Typed:
    above, below = reader.read(node.numerator), reader.read(node.denominator)
    if below.is_zero:
        raise ShapeError("cannot divide by zero", node.denominator)
    quotient = operations.divide(above, below)
    if not isinstance(node.denominator, tree.Number):
        reader.require("nonzero", below, node.denominator)
    return quotient


@reads(tree.Power)
def _power(reader: Reader, node: tree.Power) -> Typed:
    base, exponent = reader.read(node.base), reader.read(node.exponent)
    if not base.is_scalar:
        raise ShapeError(
            f"{base.describe()} cannot be raised to a power; write a norm or \\odot", node.base
        )
    if not exponent.is_scalar:
        raise ShapeError(f"{exponent.describe()} cannot be an exponent", node.exponent)
    number = _constant(node.exponent)
    if number is None or number.denominator != 1:
        reader.require("positive", base, node.base)
    elif number < 0:
        reader.require("nonzero", base, node.base)
    return scalar(lambda: _raised(base.component(None, None), exponent.component(None, None), node))


def _raised(base: sp.Expr, exponent: sp.Expr, node: tree.Power) -> sp.Expr:
    """The power, unless it is one that would be multiplied out for minutes."""
    if exponent.is_Number and abs(exponent) > LARGEST_EXPONENT:
        raise Unsupported(
            f"the exponent is beyond {LARGEST_EXPONENT}; use a smaller one", node.exponent
        )
    if base.is_Rational and exponent.is_Rational:
        check_power(Fraction(base.p, base.q), Fraction(exponent.p, exponent.q))
    return base**exponent


def _constant(node: tree.Node) -> Fraction | None:
    """The literal number behind signs and brackets."""
    match node:
        case tree.Number(value):
            return value
        case tree.Neg(operand):
            inner = _constant(operand)
            return None if inner is None else -inner
        case tree.Group(operand):
            return _constant(operand)
        case tree.Quotient(above, below):
            p, q = _constant(above), _constant(below)
            return None if p is None or not q else p / q
    return None


@reads(tree.Component)
def _component(reader: Reader, node: tree.Component) -> Typed:
    array = reader.read(node.operand)
    axes = [sort for sort in array.shape if sort is not None]
    if len(node.subscripts) != len(axes):
        raise ShapeError(
            f"{array.describe()} takes {len(axes)} subscripts, not {len(node.subscripts)}", node
        )
    pairs = zip(node.subscripts, axes, strict=True)
    index = [reader.scope.use(subscript, sort) for subscript, sort in pairs]
    f = array.component
    if len(axes) == 2:
        return scalar(lambda: f(index[0](), index[1]()))
    if array.is_column:
        return scalar(lambda: f(index[0](), None))
    return scalar(lambda: f(None, index[0]()))


@reads(tree.Inner)
def _inner(reader: Reader, node: tree.Inner) -> Typed:
    return operations.inner_product(reader.read(node.left), reader.read(node.right))


@reads(tree.Norm)
def _norm(reader: Reader, node: tree.Norm) -> Typed:
    vector = reader.read(node.operand)
    if vector.rows is None:
        vector = operations.transpose(vector)
    square = operations.inner_product(vector, vector)
    return scalar(lambda: sp.sqrt(square.component(None, None)))
