"""Dots written out: `a_1 + \\dots + a_V` as a sum, rows below each other as a matrix.

Dots between entries that do not fit one pattern (patterns.py) are `NotUnderstood`.  A matrix with
the rows a_1, ..., a_V is read as the sum of onehot_i a_i, and one with the columns a_1, ..., a_V as
the sum of a_i onehot_i^T.
"""

from collections.abc import Sequence

from wordgrad.checker.patterns import DOTS, Pattern, listed_pattern, window_pattern
from wordgrad.checker.trees import index_names, places
from wordgrad.checker.units import ONE_HOT
from wordgrad.latex.errors import NotUnderstood
from wordgrad.latex.syntax import (
    Add,
    Big,
    Expr,
    Group,
    Index,
    IndexName,
    Matrix,
    Mul,
    Name,
    Neg,
    Node,
    Transpose,
)
from wordgrad.meaning.elaborate import elaborate
from wordgrad.meaning.faults import LineError
from wordgrad.meaning.notation import Notation

_HOW = "dots are read between a first and a last entry, as in a_1 + \\dots + a_V; write a sum"


def written_out(tree: Expr, notation: Notation, text: str) -> Expr:
    """The tree with sums in place of dots and matrices.

    Raises
    ------
    NotUnderstood
        If dots stand where it is not certain what they leave out.

    Examples
    --------
    >>> from wordgrad.latex.parser import parse_expression
    >>> from wordgrad.latex.printer import to_latex
    >>> from wordgrad.meaning.contexts import naive_softmax
    >>> to_latex(written_out(parse_expression(r"u_1+\\dots+u_V"), naive_softmax(), ""))
    '\\\\left(\\\\sum_{i=1}^{V} u_i\\\\right)'
    """
    if not any(isinstance(p.node, Matrix) or p.node == DOTS for p in places(tree)):
        return tree
    result = _Writer(tree, notation, text).rewritten(tree)
    left = next((p.node for p in places(result) if p.node == DOTS), None)
    if left is not None:
        raise NotUnderstood(_HOW, left.span[0], text)
    assert isinstance(result, Expr)
    return result


class _Writer:
    def __init__(self, tree: Expr, notation: Notation, text: str) -> None:
        self.notation, self.text = notation, text
        self.taken = {*index_names(tree), *notation.constants, *notation.anchors}
        self.taken |= {
            r.name for p in places(tree) if isinstance(p.node, Big) for r in p.node.ranges
        }

    def rewritten(self, node: Node) -> Node:
        """The node, from the leaves up."""
        node = node.with_children(self.rewritten)
        if isinstance(node, Add) and any(_is_dots(term) for term in node.terms):
            return self.sum(node)
        if isinstance(node, Matrix):
            return self.matrix(node)
        return node

    def sum(self, node: Add) -> Expr:
        """A sum with dots in it, perhaps with other terms in front or behind."""
        terms = [DOTS if _is_dots(term) else term for term in node.terms]
        dots = [at for at, term in enumerate(terms) if term == DOTS]
        end = dots[-1] + 2
        signs = {isinstance(node.terms[at], Neg) for at in (*dots, end - 1) if at < len(terms)}
        for start in range(dots[0]) if len(signs) == 1 and end <= len(terms) else ():
            written = self.summed(terms[start:end], node)
            if written is not None:
                new = (*terms[:start], written, *terms[end:])
                return new[0] if len(new) == 1 else Add(new, span=node.span)
        raise NotUnderstood(_HOW, node.terms[dots[0]].span[0], self.text)

    def summed(self, entries: Sequence[Expr], node: Expr) -> Expr | None:
        """The sum of a list, if every term that is written fits the pattern."""
        window = window_pattern(entries, self.taken)
        if window is not None:
            return self.big(window, node)
        found = listed_pattern(entries, self.taken, self.notation.ranges)
        if found is None or any(entry != found[0].at(index) for index, entry in found[1]):
            return None
        return self.big(found[0], node)

    def big(self, pattern: Pattern, node: Expr) -> Expr:
        body = pattern.body
        if isinstance(body, Neg):
            return Neg(Big("sum", (pattern.range,), body.operand, span=node.span), span=node.span)
        return Group(Big("sum", (pattern.range,), body, span=node.span), span=node.span)

    def matrix(self, node: Matrix) -> Expr:
        """A list of rows or of columns."""
        standing = all(len(row.entries) == 1 for row in node.rows)
        if not standing and len(node.rows) > 1:
            message = "a matrix is read as rows or columns with dots, a_1, \\dots, a_V"
            raise NotUnderstood(message, node.span[0], self.text)
        entries = [entry for row in node.rows for entry in row.entries]
        found = listed_pattern(entries, self.taken, self.notation.ranges)
        if found is None:
            message = "it is not clear what stands at the dots; write a_1, \\dots, a_V"
            raise NotUnderstood(message, node.span[0], self.text)
        pattern, special = found
        self.demand_shape(pattern, standing, node)
        listed: list[Expr] = [
            Big("sum", (pattern.range,), _placed(pattern.body, IndexName(pattern.name), standing))
        ]
        for index, entry in special:
            difference = Add((entry, Neg(Group(pattern.at(index)))))
            listed.append(_placed(difference, index, standing))
        whole = listed[0] if len(listed) == 1 else Add(tuple(listed))
        return Group(whole, span=node.span)

    def demand_shape(self, pattern: Pattern, standing: bool, node: Matrix) -> None:
        """Rows stand below each other, columns side by side; other blocks are not read."""
        body = Big("sum", (pattern.range,), pattern.body)
        try:
            shape = elaborate(body, self.notation).shape
        except LineError as error:
            raise NotUnderstood(error.message, node.span[0], self.text) from None
        rows, columns = shape if standing else shape[::-1]
        if rows is not None:
            due = "rows below each other" if standing else "columns side by side"
            turned = "write each entry with ^\\top" if columns is None else "write a sum"
            raise NotUnderstood(f"a matrix is read as {due}; {turned}", node.span[0], self.text)


def _is_dots(term: Expr) -> bool:
    return term == DOTS or term == Neg(DOTS)


def _placed(body: Expr, index: Index, standing: bool) -> Expr:
    """An entry in its row or column."""
    unit = Name(ONE_HOT, (index,))
    grouped = body if isinstance(body, Group) else Group(body)
    factors = (unit, grouped) if standing else (grouped, Transpose(unit))
    return Mul(factors, ("",))
