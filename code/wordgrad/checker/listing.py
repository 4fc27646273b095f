"""Dots written out: `a_1 + \\dots + a_V` as a sum, rows below each other as a matrix.

Entries are taken as one pattern only if the first, the last and every other one that is written
fit it; otherwise the dots are `NotUnderstood`.  A matrix with the rows a_1, ..., a_V is read as
the sum of onehot_i a_i, and one with the columns a_1, ..., a_V as the sum of a_i onehot_i^T.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from wordgrad.checker.trees import index_names, places, put
from wordgrad.checker.units import ONE_HOT
from wordgrad.latex.errors import NotUnderstood
from wordgrad.latex.syntax import (
    Add,
    Big,
    Expr,
    Group,
    Index,
    IndexName,
    IndexNumber,
    IndexShift,
    Matrix,
    Mul,
    Name,
    Neg,
    Node,
    Range,
    Transpose,
)
from wordgrad.meaning.elaborate import elaborate
from wordgrad.meaning.faults import LineError
from wordgrad.meaning.notation import Notation

DOTS = Name("dots")
_LETTERS = ("i", "j", "k", "l", "r", "q", "w", "i'", "j'")
_HOW = "dots are read between a first and a last entry, as in a_1 + \\dots + a_V; write a sum"


@dataclass(frozen=True)
class _Pattern:
    """What the entries have in common: the body with a letter for the index that runs."""

    body: Expr
    name: str
    upper: str
    lower: str = "1"

    @property
    def range(self) -> Range:
        """Where the letter runs."""
        excluded = (IndexNumber(0),) if self.lower == "-m" else ()
        return Range(self.name, self.lower, self.upper, excluded)

    def at(self, index: Index) -> Expr:
        """The entry of one index."""
        result: Node = self.body
        for place in places(self.body):
            if place.node == IndexName(self.name):
                result = put(result, place.path, index)
        assert isinstance(result, Expr)
        return result


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
        window = self.window(entries)
        if window is not None:
            return self.big(window, node)
        found = self.list(entries)
        if found is None or any(entry != found[0].at(index) for index, entry in found[1]):
            return None
        return self.big(found[0], node)

    def window(self, entries: Sequence[Expr]) -> _Pattern | None:
        """`a_{c-m} + ... + a_{c-1} + a_{c+1} + ... + a_{c+m}`"""
        if len(entries) != 6 or entries[1] != DOTS or entries[4] != DOTS:
            return None
        name = next((letter for letter in ("j", "i", "l") if letter not in self.taken), "")
        offsets = (
            (IndexName("m"), -1),
            (IndexNumber(1), -1),
            (IndexNumber(1), 1),
            (IndexName("m"), 1),
        )
        bodies = []
        for at, (offset, sign) in zip((0, 2, 3, 5), offsets, strict=True):
            body: Node = entries[at]
            for place in places(entries[at]):
                shift = place.node
                if isinstance(shift, IndexShift) and (shift.offset, shift.sign) == (offset, sign):
                    body = put(body, place.path, IndexShift(shift.anchor, IndexName(name)))
            bodies.append(body)
        first = bodies[0]
        if not name or any(body != first for body in bodies) or first == entries[0]:
            return None
        assert isinstance(first, Expr)
        return _Pattern(first, name, "m", "-m")

    def big(self, pattern: _Pattern, node: Expr) -> Expr:
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
        found = self.list(entries)
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

    def demand_shape(self, pattern: _Pattern, standing: bool, node: Matrix) -> None:
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

    def list(self, entries: Sequence[Expr]) -> tuple[_Pattern, list[tuple[Index, Expr]]] | None:
        """The pattern of a list, with the entries of single words that do not fit it."""
        dots = [at for at, entry in enumerate(entries) if entry == DOTS]
        if not dots or dots[0] == 0 or dots[-1] != len(entries) - 2:
            return None
        pattern = self.pattern([*entries[: dots[0]], entries[-1]])
        if pattern is None:
            return None
        special: list[tuple[Index, Expr]] = []
        for at in range(dots[0] + 1, len(entries) - 1):
            if entries[at] == DOTS:
                continue
            index = self.word_of(entries[at], pattern)
            if index is None or entries[at - 1] != DOTS or entries[at + 1] != DOTS:
                return None
            special.append((index, entries[at]))
        return (pattern, special) if len({str(i) for i, _ in special}) == len(special) else None

    def word_of(self, entry: Expr, pattern: _Pattern) -> Index | None:
        """The one word that an entry in the middle speaks of and the pattern does not."""
        common = {*index_names(pattern.body)}
        own = [name for name in dict.fromkeys(index_names(entry)) if name not in common]
        return IndexName(own[0]) if len(own) == 1 else None

    def pattern(self, entries: Sequence[Expr]) -> _Pattern | None:
        """What the entries 1, 2, ... and the last one have in common."""
        name = next((letter for letter in _LETTERS if letter not in self.taken), None)
        *begin, last = entries
        if name is None or not begin:
            return None
        for index, uppers in _differences(begin[0], last, self.notation):
            if len(uppers) != 1:
                continue
            (upper,) = uppers
            pattern = _Pattern(_with(begin[0], index, name), name, upper)
            listed = [pattern.at(IndexNumber(n)) for n in range(1, len(begin) + 1)]
            if listed == list(begin) and pattern.at(IndexName(upper)) == last:
                return pattern
        return None


def _is_dots(term: Expr) -> bool:
    return term == DOTS or term == Neg(DOTS)


def _differences(
    first: Expr, last: Expr, notation: Notation
) -> Iterator[tuple[list[tuple[object, ...]], set[str]]]:
    """Where 1 stands in the first entry and a size in the last one."""
    ones, others = list(places(first)), list(places(last))
    if [place.path for place in ones] != [place.path for place in others]:
        return
    found = [
        (a.path, b.node.name)
        for a, b in zip(ones, others, strict=True)
        if a.node == IndexNumber(1)
        and isinstance(b.node, IndexName)
        and b.node.name in notation.ranges
    ]
    if found:
        yield [path for path, _ in found], {upper for _, upper in found}


def _with(tree: Expr, paths: Sequence[tuple[object, ...]], name: str) -> Expr:
    result: Node = tree
    for path in paths:
        result = put(result, path, IndexName(name))  # type: ignore[arg-type]
    assert isinstance(result, Expr)
    return result


def _placed(body: Expr, index: Index, standing: bool) -> Expr:
    """An entry in its row or column."""
    unit = Name(ONE_HOT, (index,))
    grouped = body if isinstance(body, Group) else Group(body)
    factors = (unit, grouped) if standing else (grouped, Transpose(unit))
    return Mul(factors, ("",))
