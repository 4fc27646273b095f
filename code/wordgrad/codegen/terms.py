"""Index form as data: scalar expressions over named indices, each bound index unique.

An array is never a value here; it is a `Ref` with one index for each of its axes.  Printers decide
which indices become loops and which become axes.
"""

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
