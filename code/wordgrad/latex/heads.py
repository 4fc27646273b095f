"""What stands in a row of factors: factors, signs, and heads that act on what follows."""

from dataclasses import dataclass
from typing import Literal

from wordgrad.latex.syntax import (
    Add,
    Apply,
    Big,
    Component,
    Derivative,
    Expr,
    Group,
    Mul,
    Name,
    Neg,
    Number,
    Power,
    Quotient,
    Range,
    Span,
    Transpose,
)


@dataclass(frozen=True, slots=True)
class Sign:
    """A sign between factors, or a minus in front of a body."""

    kind: Literal["cdot", "times", "odot", "otimes", "slash", "minus"]
    span: Span


@dataclass(frozen=True, slots=True)
class FunctionHead:
    """A function with no bracket behind it."""

    function: str
    primes: int
    power: Expr | None
    span: Span


@dataclass(frozen=True, slots=True)
class BigHead:
    """A sum or product sign with its limits."""

    operator: Literal["sum", "prod"]
    ranges: tuple[Range, ...]
    span: Span


@dataclass(frozen=True, slots=True)
class DerivativeHead:
    """A derivative that acts on what follows."""

    variables: tuple[Expr, ...]
    style: Literal["prefix", "nabla"]
    span: Span


Item = Expr | Sign | FunctionHead | BigHead | DerivativeHead


def is_minus(item: Item) -> bool:
    """A minus in front of a body."""
    return isinstance(item, Sign) and item.kind == "minus"


def is_simple(item: Item) -> bool:
    """A letter or number with scripts."""
    while isinstance(item, Power | Transpose | Component):
        item = item.base if isinstance(item, Power) else item.operand
    return isinstance(item, Name | Number)


def is_bracketed(item: Item) -> bool:
    """A visible bracket, with scripts behind it or not."""
    while isinstance(item, Power | Transpose | Component):
        item = item.base if isinstance(item, Power) else item.operand
    return isinstance(item, Group) and item.bracket != "{"


def is_open(node: Expr) -> bool:
    """Whether the node could swallow what stands behind it, or be split by it."""
    if isinstance(node, Power):
        return is_open(node.base) and isinstance(node.base, Apply)
    return (
        isinstance(node, Add | Neg | Mul | Big)
        or (isinstance(node, Apply) and not node.bracketed)
        or (isinstance(node, Derivative) and node.style != "frac")
        or (isinstance(node, Quotient) and node.inline)
    )
