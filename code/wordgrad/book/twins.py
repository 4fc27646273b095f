r"""A formula of the text for a U with one column per word, proved to say the same.

The tree is rewritten as a line of a derivation is (`layouts`).  Then both formulas are read, each
in its own layout, and every part of one is proved equal to the same part of the other; what is said
of a gradient by U is proved equal to the transpose.  Nothing is believed because it was rewritten.
"""

import re
from collections.abc import Iterator
from fractions import Fraction
from functools import cache, partial

import sympy as sp

from wordgrad.book.derivations import NotProved
from wordgrad.book.layouts import columns_of, is_gradient_by_matrix, swapped, transposed
from wordgrad.book.notation import CONTEXTS
from wordgrad.latex.errors import NotUnderstood
from wordgrad.latex.parser import parse_line
from wordgrad.latex.printer import to_latex
from wordgrad.latex.syntax import Expr, Line, Name, Number
from wordgrad.meaning.elaborate import Elaboration, elaborate_line
from wordgrad.meaning.faults import LineError
from wordgrad.meaning.notation import Notation
from wordgrad.meaning.shapes import Typed
from wordgrad.proof.prover import prover_for

__all__ = ["depends_on_layout", "mentions_matrix", "twin"]

# Signs between a quantity and a claim about it that is not called true.
_DOUBTS = re.compile(r"\\neq\b|\\overset\{\?\}\{=\}|\\approx\b")
_WORDS = re.compile(r"\\(?:operatorname|text|mathrm|class)\{[^}]*\}|\\[a-zA-Z]+")


def mentions_matrix(latex: str) -> bool:
    r"""Is there a U in it, alone or in a product?

    Examples
    --------
    >>> mentions_matrix(r"\theta=Uv_c"), mentions_matrix(r"\cup_w u_w")
    (True, False)
    """
    return "U" in _WORDS.sub(" ", latex)


def depends_on_layout(latex: str) -> bool:
    r"""Does a formula say something that another layout would write otherwise?

    The name of the matrix does not, nor that of a gradient by it, nor that it is zero.

    Raises
    ------
    NotUnderstood
        If the formula mentions U and cannot be read.

    Examples
    --------
    >>> depends_on_layout(r"\partial J/\partial U"), depends_on_layout("U=0")
    (False, False)
    >>> depends_on_layout(r"\partial J/\partial U=(\hat y-y)v_c^\top")
    True
    """
    if not mentions_matrix(latex):
        return False
    parts = parse_line(_DOUBTS.sub("=", latex)).parts
    return not all(
        part in (Name("U"), Number(Fraction(0)))
        or (len(parts) == 1 and is_gradient_by_matrix(part))
        for part in parts
    )


@cache
def twin(latex: str) -> str:
    r"""The formula in columns.

    Parameters
    ----------
    latex : str
        An expression, or an equation; in rows.

    Raises
    ------
    NotUnderstood
        If it cannot be read.
    NotProved
        If no notation of the book knows all its letters, or the two are not proved to say the same.

    Examples
    --------
    >>> twin(r"\theta=Uv_c")
    '\\theta = U^\\top v_c'
    >>> twin(r"\partial J/\partial U=(\hat y-y)\,v_c^\top")
    '\\partial J / \\partial U = v_c (\\hat{y} - y)^\\top'
    """
    plain = _DOUBTS.sub("=", latex)
    line = parse_line(plain)
    turn = any(map(is_gradient_by_matrix, line.parts))
    found = ""
    for notation, rows in _readings(plain):
        parts = tuple(_rewritten(part, notation, rows, turn) for part in line.parts)
        other = elaborate_line(Line(parts, line.relations, line.leading), columns_of(notation))
        pairs = zip(rows.parts, other.parts, strict=True)
        if not all(_same(notation, left, right, turn) for left, right in pairs):
            raise NotProved(f"{latex!r} is not proved to say the same in columns")
        found = _written(parts, line, latex)
    if not found:
        raise NotProved(f"no notation of the book knows all letters of {latex!r}")
    return found


def _readings(latex: str) -> Iterator[tuple[Notation, Elaboration]]:
    """The notations that know all letters of the formula, with what it means there."""
    for context in CONTEXTS:
        try:
            yield context.notation, elaborate_line(latex, context.notation)
        except (LineError, NotUnderstood):
            continue


def _rewritten(part: Expr, notation: Notation, rows: Elaboration, turn: bool) -> Expr:
    turned: Expr = swapped(transposed(part, notation, rows.free_indices) if turn else part)
    return turned


def _same(notation: Notation, left: Typed, right: Typed, turn: bool) -> bool:
    """Are both equal in every component, or one to the transpose of the other?"""
    if turn:
        right = Typed(right.cols, right.rows, partial(_turned_entry, right))
    return left.shape == right.shape and prover_for(notation).equal(left, right)


def _turned_entry(typed: Typed, row: sp.Expr | None, column: sp.Expr | None) -> sp.Expr:
    return typed.component(column, row)


def _written(parts: tuple[Expr, ...], line: Line, latex: str) -> str:
    """The parts with the signs that stood between them."""
    signs = iter(_DOUBTS.findall(latex) or line.relations)
    first, *others = map(to_latex, parts)
    begun = f"{line.leading} {first}".strip()
    return " ".join([begun, *(f"{next(signs)} {part}" for part in others)])
