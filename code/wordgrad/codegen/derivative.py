"""Derivatives in index form: what a line says with a `\\partial`, the code says without."""

from wordgrad.codegen.algebra import Algebra, add, delta, number
from wordgrad.codegen.errors import CannotGenerate
from wordgrad.codegen.terms import (
    ONE,
    ZERO,
    Add,
    Apply,
    Big,
    Delta,
    Expr,
    Mul,
    Num,
    Pow,
    Ref,
    Size,
    Soft,
)


def derivative(algebra: Algebra, expr: Expr, by: Ref) -> Expr:
    """d expr / d by, definitions other than that of `by` unfolded.

    Raises
    ------
    CannotGenerate
        If a part has no rule: a product over an index.
    """

    def slope(part: Expr) -> Expr:
        return derivative(algebra, part, by)

    match expr:
        case Num() | Size() | Delta():
            return ZERO
        case Ref():
            return _of_component(algebra, expr, by)
        case Add(terms):
            return add(*map(slope, terms))
        case Mul(factors):
            return add(
                *(
                    algebra.mul(*factors[:n], inner, *factors[n + 1 :])
                    for n, factor in enumerate(factors)
                    if (inner := slope(factor)) != ZERO
                )
            )
        case Pow(base, exponent):
            return _of_power(algebra, base, exponent, slope(base), slope(exponent))
        case Apply(function, argument):
            inner = slope(argument)
            if inner == ZERO:
                return ZERO
            return algebra.mul(_of_function(algebra, function, argument), inner)
        case Big("sum", axes, body):
            return algebra.sum(axes, slope(body))
        case Soft():
            return _of_soft(algebra, expr, slope(expr.scores))
    if slope(expr.body) == ZERO:
        return ZERO
    raise CannotGenerate(
        f"the derivative by {by.name} of a product over an index has no rule here; "
        "take the logarithm first, which makes it a sum"
    )


def _of_component(algebra: Algebra, expr: Ref, by: Ref) -> Expr:
    if expr.name == by.name:
        pairs = zip(expr.indices, by.indices, strict=True)
        return algebra.mul(*(delta(here, there) for here, there in pairs))
    meaning = algebra.unfold(expr)
    return ZERO if meaning is None else derivative(algebra, meaning, by)


def _of_power(algebra: Algebra, base: Expr, exponent: Expr, below: Expr, above: Expr) -> Expr:
    """d b^p = p b^(p-1) db + b^p log b dp."""
    by_base = algebra.mul(exponent, algebra.power(base, add(exponent, number(-1))), below)
    if above == ZERO:
        return by_base
    by_exponent = algebra.mul(Pow(base, exponent), algebra.apply("log", base), above)
    return add(by_base, by_exponent)


def _of_function(algebra: Algebra, function: str, x: Expr) -> Expr:
    match function:
        case "exp":
            return Apply("exp", x)
        case "log":
            return algebra.power(x, number(-1))
        case "sigmoid":
            return algebra.mul(Apply("sigmoid", x), Apply("sigmoid", algebra.neg(x)))
        case "softplus":
            return Apply("sigmoid", x)
        case "log_sigmoid":
            return Apply("sigmoid", algebra.neg(x))
        case "tanh":
            square = algebra.power(Apply("tanh", x), number(2))
            return add(ONE, algebra.neg(square))
    raise CannotGenerate(f"the derivative of {function} has no rule here")


def _of_soft(algebra: Algebra, expr: Soft, slope: Expr) -> Expr:
    """The mean slope under the softmax, and what the score at the index adds."""
    if slope == ZERO:
        return ZERO
    share = Soft("softmax", expr.axis, expr.scores, expr.axis)
    mean = algebra.sum((expr.axis,), algebra.mul(share, slope))
    if expr.at is None:
        return mean
    here = algebra.replaced(slope, {expr.axis: expr.at})
    difference = add(here, algebra.neg(mean))
    if expr.kind == "log_softmax":
        return difference
    return algebra.mul(expr, difference)
