"""Subscripts, and arguments that select a word: `w_{c+j}`, `n_k`, the `o` of `J(v_c, o, U)`."""

from itertools import pairwise

from lark import Token

from wordgrad.latex.assemble import is_index_letter
from wordgrad.latex.errors import Refusal
from wordgrad.latex.parts import Parts, Subscript, Word, begin, nodes, place
from wordgrad.latex.syntax import (
    Add,
    Index,
    IndexApply,
    IndexName,
    IndexNumber,
    IndexShift,
    Name,
    Neg,
    Node,
    Number,
    Relation,
    Transpose,
)


class IndexRules:
    """The grammar's rules about indices."""

    def index_name(self, parts: Parts) -> IndexName:
        return IndexName(str(parts[0]), span=place(parts))

    def index_number(self, parts: Parts) -> IndexNumber:
        if not parts[0].isdigit():
            raise Refusal("an index is a whole number", begin(parts[0]))
        return IndexNumber(int(parts[0]), span=place(parts))

    def index_word(self, parts: Parts) -> Word:
        return Word(str(parts[0]), place(parts))

    def index_group(self, parts: Parts) -> Index:
        return parts[1]  # type: ignore[no-any-return]

    def index_apply(self, parts: Parts) -> IndexApply:
        return IndexApply(str(parts[0]), only_indices(parts[3]), span=place(parts))

    def index(self, parts: Parts) -> Index | Word:
        """`c+j` is a shift of the position c."""
        if len(parts) == 1:
            return parts[0]  # type: ignore[no-any-return]
        anchor, sign, offset = parts
        if not isinstance(anchor, IndexName) or not isinstance(offset, IndexName | IndexNumber):
            raise Refusal("a position is a letter plus or minus a letter or number", begin(anchor))
        direction = 1 if sign.type == "PLUS" else -1
        return IndexShift(anchor.name, offset, direction, span=place(parts))  # type: ignore[arg-type]

    def indices(self, parts: Parts) -> list[Index | Word]:
        """Indices side by side or with commas; a number needs its comma."""
        for before, part in pairwise(parts):
            if isinstance(part, IndexNumber) and not isinstance(before, Token):
                raise Refusal("put a comma between the indices", begin(part))
        return [part for part in parts if not isinstance(part, Token)]

    def subscript(self, parts: Parts) -> Subscript:
        return Subscript(tuple(parts[2]), place(parts))

    def relation_of_indices(self, parts: Parts) -> Relation:
        left, sign, right = parts
        left, right = only_indices([left, right])
        return Relation(left, right, sign.type == "EQ", span=place(parts))

    def condition(self, parts: Parts) -> Relation:
        return nodes(parts)[0]  # type: ignore[no-any-return]


def only_indices(found: list[Index | Word]) -> tuple[Index, ...]:
    """The indices, refused when an upright word is among them."""
    out: list[Index] = []
    for index in found:
        if isinstance(index, Word):
            message = f"“{index.text}” is a word; an index is a letter or a number"
            raise Refusal(message, index.span[0])
        out.append(index)
    return tuple(out)


def subscripted(name: str, subscript: Subscript, span: tuple[int, int]) -> Name:
    """A name with a subscript; words in front belong to the name."""
    indices = list(subscript.indices)
    while indices and isinstance(indices[0], Word):
        word = indices.pop(0)
        name += "_" + word.text  # type: ignore[union-attr]
    return Name(name, only_indices(indices), span=span)


def as_argument(function: str, node: Node) -> Node:
    """An argument as an index where the letter is one.

    In a probability every small letter selects a word; elsewhere u, v, x, y, ... have values.
    """
    if isinstance(node, Add) and len(node.terms) == 2:
        return as_shift(function, node)
    if isinstance(node, Number) and function[0] in "Pp" and node.value.denominator == 1:
        return IndexNumber(int(node.value), span=node.span)
    if isinstance(node, Transpose) and node.operand == Name("x") and function[0] in "Pp":
        return IndexName("x'", span=node.span)
    if not isinstance(node, Name):
        return node
    letter = node.name.rstrip("'")
    small = is_index_letter(letter) or (function[0] in "Pp" and letter in set("abdegfhqrsxz"))
    if node.subscripts and is_index_letter(letter):
        return IndexApply(node.name, node.subscripts, span=node.span)
    return IndexName(node.name, span=node.span) if small and not node.subscripts else node


def as_shift(function: str, node: Add) -> Node:
    """`c+j` as an argument."""
    anchor = as_argument(function, node.terms[0])
    second = node.terms[1]
    minus = isinstance(second, Neg)
    moved = second.operand if isinstance(second, Neg) else second
    offset = as_argument("P" if isinstance(moved, Number) else function, moved)
    if isinstance(anchor, IndexName) and isinstance(offset, IndexName | IndexNumber):
        return IndexShift(anchor.name, offset, -1 if minus else 1, span=node.span)
    return node
