"""The sum that a line can have lost, over the negatives, the words or the positions of a window."""

from collections.abc import Iterator

from wordgrad.checker.trees import Place, places, put
from wordgrad.latex.syntax import Big, Expr, IndexName, IndexNumber, IndexShift, Name, Range
from wordgrad.meaning.notation import Notation

_OF_WORDS = ("u", "yhat", "y", "theta")


def with_sum(node: Expr, place: Place, notation: Notation) -> Iterator[tuple[str, Expr]]:
    """A sum over an index that stands free, or over one that is read as o: sum_w of the term."""
    free = {
        p.node.name
        for p in places(node)
        if isinstance(p.node, IndexName) and p.node.name not in (*p.bound, *place.bound)
    }
    for name in sorted(free - set(notation.constants)):
        yield "sum dropped", Big("sum", (_range_of(name, node, notation),), node)
    for name in sorted(free & {"o", "c"}):
        body = _with_word(node, name, "x'")
        yield "sum dropped", Big("sum", (Range("x'", "1", "V"),), body)


def _range_of(name: str, node: Expr, notation: Notation) -> Range:
    """The window if the letter is a position there, the negatives if it usually is one of them."""
    shifts = (p.node for p in places(node) if isinstance(p.node, IndexShift))
    if any(shift.offset == IndexName(name) for shift in shifts):
        return Range(name, "-m", "m", (IndexNumber(0),))
    return Range(name, "1", "K" if name in notation.usual else "V")


def _with_word(tree: Expr, old: str, new: str) -> Expr:
    """The outside vectors and probabilities of one word become those of another."""
    result: Expr = tree
    for place in places(tree):
        node = place.node
        if not isinstance(node, Name) or node.name not in _OF_WORDS or old in place.bound:
            continue
        if node.subscripts[:1] == (IndexName(old),):
            changed = put(result, place.path, Name(node.name, (IndexName(new),)))
            assert isinstance(changed, Expr)
            result = changed
    return result
