"""What the grammar's rules hand to each other before there is a node of the tree."""

from dataclasses import dataclass
from typing import Any, cast

from lark import Token

from wordgrad.latex.syntax import Expr, Index, Node, Span

Parts = list[Any]


@dataclass(frozen=True, slots=True)
class Word:
    """An upright word in a subscript: the neg of `J_{\\text{neg}}`."""

    text: str
    span: Span


@dataclass(frozen=True, slots=True)
class Subscript:
    """`_{...}`: indices, and words that belong to the name."""

    indices: tuple[Index | Word, ...]
    span: Span


@dataclass(frozen=True, slots=True)
class Superscript:
    """`^{...}`"""

    exponent: Expr
    span: Span


@dataclass(frozen=True, slots=True)
class Bracket:
    """An expression in brackets of any kind, also in invisible braces."""

    kind: str
    content: Expr
    span: Span


def begin(part: Any) -> int:
    """Where a token, a part or a node begins in the text."""
    return cast(int, part.start_pos if isinstance(part, Token) else part.span[0])


def end(part: Any) -> int:
    """Where a token, a part or a node ends in the text."""
    return cast(int, part.end_pos if isinstance(part, Token) else part.span[1])


def place(parts: Parts) -> Span:
    """From the first part to the last."""
    return begin(parts[0]), end(parts[-1])


def nodes(parts: Parts) -> Parts:
    """The parts that are nodes."""
    return [part for part in parts if isinstance(part, Node)]
