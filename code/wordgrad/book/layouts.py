r"""A derivation in the other layout: the matrix U with one column per word.

The tree of each line is rewritten, U into U^\top and back, and a gradient by U is turned over; the
new line is printed, read again and proved in the notation of columns.  Nothing is believed because
it was rewritten.
"""

from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from typing import Any

from wordgrad.book.derivations import insist
from wordgrad.book.shapes import free_indices
from wordgrad.calculus.sorts import Sort
from wordgrad.latex import syntax as tree
from wordgrad.latex.parser import parse_line
from wordgrad.latex.printer import to_latex
from wordgrad.meaning.elaborate import elaborate
from wordgrad.meaning.notation import Notation
from wordgrad.proof.derivation import Derivation, Step

__all__ = ["in_columns", "in_columns_words", "is_gradient_by_matrix", "swapped", "transposed"]


@cache
def columns_of(notation: Notation) -> Notation:
    """The notation of columns, always the same one: provers are kept by notation."""
    return notation.with_columns()


@cache
def in_columns(derivation: Derivation) -> Derivation | None:
    r"""The derivation for a U with one column per word; None if it reads the same.

    Raises
    ------
    NotProved
        If a line is not proved in that layout.

    Examples
    --------
    >>> from wordgrad.derivations import derivation
    >>> in_columns(derivation("naive_U")).result
    'v_c (\\hat{y} - y)^\\top'
    """
    if not any(map(_has_matrix, _trees(derivation))):
        return None
    notation, free = derivation.notation, _free(derivation)
    turn = is_gradient_by_matrix(parse_line(derivation.quantity).parts[-1])

    def rewritten(latex: str) -> str:
        node = parse_line(latex).parts[-1]
        if turn:
            node = transposed(node, notation, free)
        return to_latex(swapped(node)) if turn or _has_matrix(node) else latex

    steps = tuple(
        Step(rewritten(step.latex), in_columns_words(step.because)) for step in derivation.steps
    )
    other = replace(
        derivation,
        notation=columns_of(notation),
        quantity=derivation.quantity if turn else rewritten(derivation.quantity),
        steps=steps,
    )
    insist(other)
    return other


def in_columns_words(words: str) -> str:
    r"""A reason, with the formulas in it rewritten.

    Where it speaks of rows or columns of U, it speaks of the other afterwards, and the row that is
    named becomes a column.

    Examples
    --------
    >>> in_columns_words(r"the Jacobian of $U v_c$ is $U$")
    'the Jacobian of $U^\\top v_c$ is $U^\\top$'
    """
    pieces = words.split("$")
    named_row = pieces[0] == "row "
    for at in range(1, len(pieces), 2):
        if named_row and at == 3:
            pieces[at] = to_latex(_row_turned(parse_line(pieces[at]).parts[-1]))
        elif "U" in pieces[at]:
            line = parse_line(pieces[at])
            pieces[at] = to_latex(replace(line, parts=tuple(map(swapped, line.parts))))
    if named_row:
        pieces[0] = "column "
    return "$".join(pieces)


def _row_turned(node: tree.Expr) -> tree.Expr:
    """A number times a row as the same number times a column."""
    match node:
        case tree.Mul(factors=(*numbers, tree.Transpose(operand=column))):
            return replace(node, factors=(*numbers, column))
    raise ValueError(f"{to_latex(node)} is not a number times a row")


def _trees(derivation: Derivation) -> list[tree.Expr]:
    lines = (derivation.quantity, *(step.latex for step in derivation.steps))
    return [parse_line(latex).parts[-1] for latex in lines]


def _free(derivation: Derivation) -> Mapping[str, Sort]:
    return free_indices(derivation.quantity, derivation.notation)


def _has_matrix(node: tree.Node) -> bool:
    """Is U in it, with subscripts or without?"""
    if isinstance(node, tree.Name) and node.name == "U":
        return True
    return any(map(_has_matrix, node.children()))


def is_gradient_by_matrix(node: tree.Node) -> bool:
    """Is it the derivative of something by U?"""
    return isinstance(node, tree.Derivative) and node.variables == (tree.Name("U"),)


def swapped(node: Any) -> Any:
    """U turned over wherever its value is used; what is differentiated by U is left."""
    if isinstance(node, tree.Name) and node.name == "U":
        return replace(node, subscripts=node.subscripts[::-1]) if node.subscripts else _flip(node)
    if isinstance(node, tree.Transpose) and node.operand == tree.Name("U"):
        return node.operand
    if isinstance(node, tree.Derivative) and tree.Name("U") in node.variables:
        return replace(node, body=swapped(node.body))
    return node.with_children(swapped)


def transposed(node: tree.Expr, notation: Notation, free: Mapping[str, Sort]) -> tree.Expr:
    """The transpose of an expression, with the transposes at its innermost factors."""
    if elaborate(node, notation, free).is_scalar:
        return node
    match node:
        case tree.Transpose():
            return _opened(node.operand)
        case tree.Mul():
            return _product_turned(node, notation, free)
        case tree.Big():
            return replace(node, body=transposed(node.body, notation, free))
        case tree.Derivative() if is_gradient_by_matrix(node):
            return node
    return _flip(node)


def _product_turned(node: tree.Mul, notation: Notation, free: Mapping[str, Sort]) -> tree.Expr:
    """Numbers stay in front; the other factors change places, each turned over."""
    scalar = [elaborate(factor, notation, free).is_scalar for factor in node.factors]
    pairs = list(zip(node.factors, scalar, strict=True))
    numbers = [factor for factor, is_number in pairs if is_number]
    arrays = [transposed(f, notation, free) for f, is_number in pairs if not is_number]
    factors = (*numbers, *reversed(arrays))
    return factors[0] if len(factors) == 1 else tree.Mul(factors, tuple("" for _ in factors[1:]))


def _opened(node: tree.Expr) -> tree.Expr:
    """Brackets that a transpose needed and its content does not."""
    inside = node.operand if isinstance(node, tree.Group) else node
    return inside if isinstance(inside, tree.Name | tree.Derivative) else node


def _flip(node: tree.Expr) -> tree.Expr:
    wide = isinstance(node, tree.Derivative)
    return tree.Transpose(tree.Group(node) if wide else node)
