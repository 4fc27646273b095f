"""Index form as data: scalar expressions over named indices, each bound index unique.

An array is never a value here; it is a `Ref` with one index for each of its axes.  Printers decide
which indices become loops and which become axes.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from itertools import count
from typing import Literal

from wordgrad.calculus.sorts import Sort

_NUMBERS = count()


# ---------------------------------------------------------------------------------- indices
@dataclass(frozen=True, slots=True)
class Axis:
    """A bound index, or an axis of the result."""

    number: int
    sort: Sort


@dataclass(frozen=True, slots=True)
class Free:
    """An index that the caller gives."""

    name: str
    sort: Sort


@dataclass(frozen=True, slots=True)
class Fixed:
    """An index written as a number, counted from 1."""

    value: int


@dataclass(frozen=True, slots=True)
class Looked:
    """A word looked up, `n_k` or `w_{c+j}`."""

    table: str
    arguments: "tuple[Index, ...]"
    sort: Sort


Index = Axis | Free | Fixed | Looked


def new_axis(sort: Sort) -> Axis:
    """An axis that occurs nowhere yet."""
    return Axis(next(_NUMBERS), sort)


# -------------------------------------------------------------------------------- expressions
@dataclass(frozen=True, slots=True)
class Num:
    """An exact number."""

    value: Fraction


@dataclass(frozen=True, slots=True)
class Size:
    """How many: V, d, K or m."""

    letter: str


@dataclass(frozen=True, slots=True)
class Ref:
    """A component of an array; a scalar has no indices."""

    name: str
    indices: tuple[Index, ...] = ()


@dataclass(frozen=True, slots=True)
class Delta:
    """1 if both indices are the same, else 0."""

    left: Index
    right: Index


@dataclass(frozen=True, slots=True)
class Add:
    """Two terms or more."""

    terms: "tuple[Expr, ...]"


@dataclass(frozen=True, slots=True)
class Mul:
    """Two factors or more; a number stands first."""

    factors: "tuple[Expr, ...]"


@dataclass(frozen=True, slots=True)
class Pow:
    """A power."""

    base: "Expr"
    exponent: "Expr"


@dataclass(frozen=True, slots=True)
class Apply:
    """A function of one number: exp, log, sigmoid, log_sigmoid, softplus, tanh."""

    function: str
    argument: "Expr"


@dataclass(frozen=True, slots=True)
class Big:
    """A sum or product over all values of some indices."""

    operator: Literal["sum", "prod"]
    axes: tuple[Axis, ...]
    body: "Expr"


@dataclass(frozen=True, slots=True)
class Soft:
    """softmax, log_softmax (at an index) or log_sum_exp (without) of scores along an axis."""

    kind: Literal["softmax", "log_softmax", "log_sum_exp"]
    axis: Axis
    scores: "Expr"
    at: Index | None = None


Expr = Num | Size | Ref | Delta | Add | Mul | Pow | Apply | Big | Soft

ZERO, ONE = Num(Fraction(0)), Num(Fraction(1))


def children(expr: Expr) -> "tuple[Expr, ...]":
    """The expressions right below."""
    match expr:
        case Add(parts) | Mul(parts):
            return parts
        case Pow(base, exponent):
            return base, exponent
        case Apply(_, inner) | Big(_, _, inner) | Soft(_, _, inner):
            return (inner,)
    return ()


def own_indices(expr: Expr) -> tuple[Index, ...]:
    """The indices that the node itself carries, bound ones left out."""
    match expr:
        case Ref(_, indices):
            return indices
        case Delta(left, right):
            return left, right
        case Soft(at=at) if at is not None:
            return (at,)
    return ()


def bound(expr: Expr) -> tuple[Axis, ...]:
    """The indices that the node binds in what is below it."""
    match expr:
        case Big(_, axes, _):
            return axes
        case Soft(axis=axis):
            return (axis,)
    return ()


def nodes(expr: Expr) -> Iterator[Expr]:
    """The expression and everything below it, from the top."""
    yield expr
    for child in children(expr):
        yield from nodes(child)


def terms_of(index: Index) -> Iterator[Index]:
    """The index and the arguments of what is looked up."""
    yield index
    if isinstance(index, Looked):
        for argument in index.arguments:
            yield from terms_of(argument)


def axes_in(index: Index) -> tuple[Axis, ...]:
    """The axes that an index depends on."""
    return tuple(term for term in terms_of(index) if isinstance(term, Axis))


def axes_of(expr: Expr) -> tuple[Axis, ...]:
    """The axes that an expression depends on, in the order of their appearance."""
    found = [axis for index in own_indices(expr) for axis in axes_in(index)]
    inside = [axis for child in children(expr) for axis in axes_of(child)]
    hidden = bound(expr)
    found += [axis for axis in inside if axis not in hidden]
    return tuple(dict.fromkeys(found))


def moved(index: Index, places: Mapping[Index, Index]) -> Index:
    """The index with others in place of some."""
    if index in places:
        return places[index]
    if isinstance(index, Looked):
        return Looked(index.table, tuple(moved(a, places) for a in index.arguments), index.sort)
    return index


def mapped(expr: Expr, change: Callable[[Ref], Expr]) -> Expr:
    """The expression with something else in place of some components."""
    match expr:
        case Ref():
            return change(expr)
        case Add(parts):
            return Add(tuple(mapped(part, change) for part in parts))
        case Mul(parts):
            return Mul(tuple(mapped(part, change) for part in parts))
        case Pow(base, exponent):
            return Pow(mapped(base, change), mapped(exponent, change))
        case Apply(function, argument):
            return Apply(function, mapped(argument, change))
        case Big(operator, axes, body):
            return Big(operator, axes, mapped(body, change))
        case Soft():
            return Soft(expr.kind, expr.axis, mapped(expr.scores, change), expr.at)
    return expr


# ------------------------------------------------------------------------------- comparison
def key(expr: Expr, name: Callable[[Axis], object] = lambda axis: axis) -> object:
    """A value that is equal for expressions that differ in the names of bound indices only.

    Parameters
    ----------
    expr : Expr
    name : function of an axis
        What stands for an axis that is not bound in the expression.
    """
    return _key(expr, {}, name)


Names = Mapping[Axis, object]


def _key(expr: Expr, inside: Names, name: Callable[[Axis], object]) -> object:
    def index(term: Index) -> object:
        if isinstance(term, Axis):
            return inside[term] if term in inside else name(term)
        if isinstance(term, Looked):
            return (term.table, *map(index, term.arguments))
        return term

    match expr:
        case Num() | Size():
            return expr
        case Ref(array, indices):
            return ("ref", array, *map(index, indices))
        case Delta(left, right):
            return ("delta", frozenset((index(left), index(right))))
    here = [index(term) for term in own_indices(expr)]
    deeper = {
        **inside,
        **{axis: (len(inside), n, axis.sort) for n, axis in enumerate(bound(expr))},
    }
    below = [_key(child, deeper, name) for child in children(expr)]
    if isinstance(expr, Add | Mul):
        below = sorted(below, key=repr)
    label = getattr(expr, "function", getattr(expr, "operator", getattr(expr, "kind", "")))
    sorts = tuple(axis.sort for axis in bound(expr))
    return (type(expr).__name__, label, sorts, *here, *below)
