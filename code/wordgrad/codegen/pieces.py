"""The small parts of expressions: numbers, sizes, deltas, sums."""

from fractions import Fraction

from wordgrad.calculus.sorts import Sort
from wordgrad.codegen.terms import (
    ONE,
    ZERO,
    Add,
    Apply,
    Axis,
    Delta,
    Expr,
    Fixed,
    Index,
    Mul,
    Num,
    Size,
)


def number(value: int | Fraction) -> Num:
    """An exact number as an expression."""
    return Num(Fraction(value))


def size_of(sort: Sort) -> Expr:
    """How many values an index of the sort has, as an expression."""
    factor, _, letter = sort.size.rpartition("*")
    return Mul((number(int(factor)), Size(letter))) if factor else Size(letter)


def delta(left: Index, right: Index) -> Expr:
    """Kronecker's delta."""
    if left == right:
        return ONE
    if isinstance(left, Fixed) and isinstance(right, Fixed):
        return ZERO
    return Delta(left, right) if isinstance(left, Axis) else Delta(right, left)


def add(*parts: Expr) -> Expr:
    """A sum without zeros and with one number at most."""
    terms: list[Expr] = []
    total = Fraction(0)
    for part in parts:
        for term in part.terms if isinstance(part, Add) else (part,):
            if isinstance(term, Num):
                total += term.value
            else:
                terms.append(term)
    if total:
        terms.append(Num(total))
    return Add(tuple(terms)) if len(terms) > 1 else terms[0] if terms else ZERO


def factors_of(expr: Expr) -> tuple[Expr, ...]:
    """The factors of a product; anything else is its own factor."""
    return expr.factors if isinstance(expr, Mul) else (expr,)


def one_plus_exp(expr: Expr) -> Expr | None:
    """The exponent y of 1 + exp(y)."""
    match expr:
        case Add((Apply("exp", y), Num(one))) | Add((Num(one), Apply("exp", y))) if one == 1:
            return y
    return None
