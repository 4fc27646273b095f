"""Ranges under names of the reader's: `\\sum_{w=1}^{N}`, `\\sum_{w\\in\\mathcal N}`, `0..V-1`.

A set without a meaning here may be the words, the negatives or the positions of the window.  Where
there are words only, it is the vocabulary; else every reading is tried, and if none makes the line
right, the checker asks.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from fractions import Fraction
from itertools import product

from wordgrad.calculus.sorts import NEG, VOC, WIN, Sort
from wordgrad.checker.trees import places
from wordgrad.latex.syntax import Expr, IndexNumber, Mul, Name, Node, Number, Range
from wordgrad.meaning.notation import Notation

_LETTER = {VOC: "V", NEG: "K", WIN: "m"}
_NAMED = {VOC: "the vocabulary", NEG: "the negatives", WIN: "the window"}
_FROM_NOUGHT = {"V-1": VOC, "|V|-1": VOC, "K-1": NEG}
_MOST = 9  # readings of one line
_CONTEXT = "C"  # the number of words in the window, where nothing else is called so


def unknown_sets(parts: tuple[Expr, ...], notation: Notation) -> tuple[str, ...]:
    """Names of sets and limits that have no meaning here, in the order in which they occur.

    Examples
    --------
    >>> from wordgrad.latex.parser import parse_expression
    >>> from wordgrad.meaning.contexts import naive_softmax
    >>> unknown_sets((parse_expression(r"\\sum_{w=1}^{N}\\hat y_w u_w"),), naive_softmax())
    ('N',)
    """
    found = (p.node for part in parts for p in places(part) if isinstance(p.node, Range))
    return tuple(dict.fromkeys(r.upper for r in found if _is_unknown(r, notation)))


def _is_unknown(item: Range, notation: Notation) -> bool:
    known = item.upper in notation.ranges or _sort_of(item.upper, notation) is not None
    named = item.upper.isalpha() or item.upper == "2m"
    return named and item.lower in ("", "1") and not known


def _sort_of(name: str, notation: Notation) -> Sort | None:
    """The range whose size a letter of the reader's is."""
    quantity = notation.quantities.get(name)
    if quantity is None or quantity.sorts:
        return None
    return next((s for s, letter in _LETTER.items() if quantity.definition == letter), None)


def set_readings(
    names: tuple[str, ...], notation: Notation
) -> Iterator[tuple[Mapping[str, Sort], str]]:
    """What the names may stand for, each with a remark."""
    sorts = [sort for sort in (NEG, WIN, VOC) if sort == VOC or _has(sort, notation)]
    for chosen in list(product(sorts, repeat=len(names)))[:_MOST]:
        meant = dict(zip(names, chosen, strict=True))
        said = (f"{name} is read as {_NAMED[sort]}" for name, sort in meant.items())
        yield meant, ", ".join(said)


def _has(sort: Sort, notation: Notation) -> bool:
    return any(sort in function.arguments for function in notation.index_functions.values())


def is_certain(notation: Notation) -> bool:
    """Whether there is one kind of set only."""
    return not _has(NEG, notation) and not _has(WIN, notation)


def with_sets(
    node: Node, meant: Mapping[str, Sort], notation: Notation, said: Mapping[str, int]
) -> Node:
    """The tree with the ranges of the notation in place of the reader's.

    Parameters
    ----------
    node : Node
    meant : mapping of name to Sort
        What unknown names stand for.
    notation : Notation
    said : mapping of size to int
        Sizes that the reader has given a number: 3 is K then.
    """
    if isinstance(node, Range):
        return _range(node, meant, notation, said)
    if node == Name(_CONTEXT) and _has(WIN, notation) and not notation.quantity(_CONTEXT):
        return Mul((Number(Fraction(2)), Name("m")), ("",), span=node.span)
    return node.with_children(lambda child: with_sets(child, meant, notation, said))


def _range(
    item: Range, meant: Mapping[str, Sort], notation: Notation, said: Mapping[str, int]
) -> Range:
    sort = meant.get(item.upper) if item.lower in ("", "1") else None
    if item.lower == "0" and item.upper in _FROM_NOUGHT and not item.excluded:
        sort = _FROM_NOUGHT[item.upper]
    if sort is None and item.lower in ("", "1") and item.upper not in notation.ranges:
        sort = _sort_of(item.upper, notation)
        numbers = {str(count): letter for letter, count in said.items()}
        if item.upper in numbers:
            sort = next((s for s, letter in _LETTER.items() if letter == numbers[item.upper]), None)
    if sort is None:
        return item
    if sort == WIN:
        return replace(item, lower="-m", upper="m", excluded=(*item.excluded, IndexNumber(0)))
    return replace(item, lower="1", upper=_LETTER[sort])
