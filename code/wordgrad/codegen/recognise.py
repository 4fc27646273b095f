"""Recognising stable functions in what is written out.

`exp(a) / sum_k exp(s_k)` becomes a softmax, the logarithm of such a sum a log-sum-exp,
`1 / (1 + exp(-x))` a sigmoid, its logarithm a log-sigmoid, `log(1 + exp(x))` a softplus: what
overflows when it is written out is never written out.
"""

from fractions import Fraction
from typing import TYPE_CHECKING

from wordgrad.calculus.sorts import Sort
from wordgrad.codegen.pieces import add, factors_of, number, one_plus_exp
from wordgrad.codegen.terms import (
    ONE,
    ZERO,
    Add,
    Apply,
    Axis,
    Big,
    Expr,
    Fixed,
    Index,
    Mul,
    Num,
    Pow,
    Ref,
    Soft,
)
from wordgrad.codegen.trees import key, mapped, nodes, own_indices, terms_of

if TYPE_CHECKING:
    from wordgrad.codegen.algebra import Algebra


def with_exponential(algebra: "Algebra", exponent: Expr, rest: list[Expr]) -> list[Expr]:
    """exp(exponent) times the rest, divided where the rest says so."""
    if exponent == ZERO:
        return rest
    for place, factor in enumerate(rest):
        others = rest[:place] + rest[place + 1 :]
        match factor:
            case Apply("sigmoid", x) if key(x) == key(algebra.neg(exponent)):
                return [*others, Apply("sigmoid", exponent)]
            case Pow(Apply("sigmoid", x), Num(p)) if p >= 2 and key(x) == key(
                algebra.neg(exponent)
            ):
                remaining = algebra.power(Apply("sigmoid", x), Num(p - 1))
                return [*others, remaining, Apply("sigmoid", exponent)]
            case Pow(base, Num(p)) if p < 0:
                found = sum_of_exponentials(algebra, base)
                if found is not None:
                    share = _share(algebra, exponent, *found, -p)
                    return _with_others(algebra, share, others)
    return [*rest, Apply("exp", exponent)]


def _with_others(algebra: "Algebra", share: Expr, others: list[Expr]) -> list[Expr]:
    if isinstance(share, Apply):
        return with_exponential(algebra, share.argument, others)
    return [*others, share]


def _share(algebra: "Algebra", exponent: Expr, axis: Axis, scores: Expr, times: Fraction) -> Expr:
    """exp(exponent) over a power of the sum of exp(scores)."""
    if times == 1:
        wanted = _meaning(algebra, exponent)
        for at in _candidates(exponent, axis.sort):
            if _meaning(algebra, algebra.replaced(scores, {axis: at})) == wanted:
                return Soft("softmax", axis, scores, at)
    lse = Soft("log_sum_exp", axis, scores)
    return Apply("exp", add(exponent, algebra.mul(number(-times), lse)))


def _meaning(algebra: "Algebra", expr: Expr) -> object:
    """Equal for expressions that differ in the names of indices and of definitions only."""

    def written_out(ref: Ref) -> Expr:
        meaning = algebra.unfold(ref)
        return ref if meaning is None else mapped(meaning, written_out)

    return key(mapped(expr, written_out))


def _candidates(expr: Expr, sort: Sort) -> list[Index]:
    found = [
        term
        for node in nodes(expr)
        for index in own_indices(node)
        for term in terms_of(index)
        if isinstance(term, Fixed) or term.sort == sort
    ]
    return list(dict.fromkeys(found))


def normalised_sums(algebra: "Algebra", rest: list[Expr]) -> list[Expr]:
    """1/Z moved into a sum whose terms have an exponential, where the two make a softmax."""
    for i, norm in enumerate(rest):
        if not (isinstance(norm, Pow) and isinstance(norm.exponent, Num)):
            continue
        if norm.exponent.value >= 0 or sum_of_exponentials(algebra, norm.base) is None:
            continue
        for j, other in enumerate(rest):
            if isinstance(other, Big) and other.operator == "sum":
                body = algebra.mul(other.body, norm)
                if norm not in factors_of(body) and other.body != ONE:
                    kept = [f for n, f in enumerate(rest) if n not in (i, j)]
                    return [*kept, *factors_of(algebra.sum(other.axes, body))]
    return rest


def sum_of_exponentials(algebra: "Algebra", expr: Expr) -> tuple[Axis, Expr] | None:
    """The axis and the scores of sum_k exp(s_k), also behind the name of a definition."""
    if isinstance(expr, Ref):
        meaning = algebra.unfold(expr)
        return None if meaning is None else sum_of_exponentials(algebra, meaning)
    match expr:
        case Big("sum", (axis,), Apply("exp", scores)):
            return axis, scores
    return None


def positive_log(algebra: "Algebra", expr: Expr) -> Expr | None:
    """The logarithm without calculating what it is taken of; None if there is no such way."""
    match expr:
        case Num(value) if value == 1:
            return ZERO
        case Apply("exp", x):
            return x
        case Apply("sigmoid", x):
            return Apply("log_sigmoid", x)
        case Soft("softmax", axis, scores, at):
            return Soft("log_softmax", axis, scores, at)
        case Pow(base, Num() as exponent):
            inner = positive_log(algebra, base)
            return None if inner is None else algebra.mul(exponent, inner)
        case Mul(factors):
            logs = [positive_log(algebra, factor) for factor in factors]
            known = [log for log in logs if log is not None]
            return add(*known) if len(known) == len(logs) else None
        case Add((Mul((Num(a), Apply("sigmoid", x))), Num(b))) if a == -1 and b == 1:
            return Apply("log_sigmoid", algebra.neg(x))
    return _log_of_sum(algebra, expr)


def _log_of_sum(algebra: "Algebra", expr: Expr) -> Expr | None:
    y = one_plus_exp(expr)
    if y is not None:
        return Apply("softplus", y)
    found = sum_of_exponentials(algebra, expr)
    if found is not None:
        return Soft("log_sum_exp", *found)
    meaning = algebra.unfold(expr) if isinstance(expr, Ref) else None
    return positive_log(algebra, meaning) if isinstance(meaning, Soft) else None
