"""Edits that put something in: the factor, the minus, the sum that a line forgot.

`edits` changes or removes what stands there; together they are the repairs the search tries.
"""

from collections.abc import Iterator
from itertools import combinations

from wordgrad.checker.edits import ONE, Edit
from wordgrad.checker.substitutions import substitutions, words_of_vectors
from wordgrad.checker.trees import Place, places, put
from wordgrad.latex.notation import Notation
from wordgrad.latex.parser import parse_expression
from wordgrad.latex.syntax import (
    Add,
    Apply,
    Big,
    Delta,
    Expr,
    Group,
    Index,
    IndexName,
    Mul,
    Name,
    Neg,
    Number,
    Quotient,
    Range,
    Transpose,
)

_SCALARS = (r"2m", r"\frac{1}{2m}", r"\frac{1}{Z}", r"\sigma'(x)", r"\frac{1}{\sigma(x)}")
_OF_WORDS = ("u", "yhat", "y", "theta")
_VECTORS = (r"v_c", r"u_o", r"\hat v", r"U^\top")


def additions(tree: Expr, notation: Notation, indices: tuple[str, ...]) -> Iterator[Edit]:
    """Single edits that insert something into an expression, or put what was meant there."""
    factors = insertable(tree, notation)
    for place in places(tree):
        if any(name == "variables" for name, _ in place.path):
            continue
        for kind, new in (
            *substitutions(tree, place, notation),
            *_at(place, notation, indices, factors),
        ):
            changed = put(tree, place.path, new)
            assert isinstance(changed, Expr)
            yield Edit(kind, changed, place.node, new)
    flipped = Transpose(Group(tree))
    yield Edit("transposed", flipped, tree, flipped)


def _at(
    place: Place, notation: Notation, indices: tuple[str, ...], factors: list[Expr]
) -> Iterator[tuple[str, Expr]]:
    node = place.node
    if isinstance(node, Name) and node.name == "yhat" and notation.quantity("y"):
        target = Name("y", node.subscripts)
        yield "case w=o forgotten", Group(Add((node, Neg(target))))
    if isinstance(node, Apply) and node.function == "sigma":
        yield "term extra", Group(Add((node, Neg(ONE))))
        yield from _with_counts(node, notation, indices)
    if isinstance(node, Expr) and _may_carry_factors(place):
        for factor in (*factors, *_bound_factors(place, notation)):
            yield "factor dropped", _product(node, factor)
            yield "factor dropped", _product(factor, node)
        yield from _with_case(node, place, notation, indices)
        yield from _with_sum(node, place, notation)


def _may_carry_factors(place: Place) -> bool:
    """Terms, cases, bodies of sums and of brackets: where a factor can have been lost."""
    if isinstance(place.node, Group):
        return False
    if not place.path:
        return True
    return place.path[-1][0] in ("terms", "operand", "body", "value", "numerator", "factors")


def insertable(tree: Expr, notation: Notation) -> list[Expr]:
    """What may have been lost: vectors, sizes, the normaliser, a sigma of the line."""
    found: dict[Expr, None] = {}
    for text in (*_VECTORS, *_SCALARS):
        factor = parse_expression(text)
        names = [p.node.name for p in places(factor) if isinstance(p.node, Name)]
        if all(notation.quantity(name) for name in names):
            found[factor] = None
    for place in places(tree):
        node = place.node
        if isinstance(node, Apply) and node.function == "sigma" and not place.bound:
            found[Apply("sigma", node.argument)] = None
            found[Quotient(ONE, Apply("sigma", node.argument))] = None
    if notation.quantity("m"):
        found |= dict.fromkeys((Number(2 * ONE.value), Number(ONE.value / 2)))
    return list(found)


def _bound_factors(place: Place, notation: Notation) -> Iterator[Expr]:
    """Under a sum over w: u_w and yhat_w."""
    for name in place.bound:
        for letter in ("u", "yhat"):
            if notation.quantity(letter):
                yield Name(letter, (IndexName(name),))


def _with_case(
    node: Expr, place: Place, notation: Notation, indices: tuple[str, ...]
) -> Iterator[tuple[str, Expr]]:
    """A term that counts for one word only: delta_{ij}, y_w, or a minus in one of the cases."""
    names = dict.fromkeys((*place.bound, *indices))
    for left, right in combinations(names, 2):
        delta = Delta(IndexName(left), IndexName(right))
        yield "case w=o forgotten", _product(delta, node)
    if place.path and place.path[-1][0] == "value":
        yield "sign", node.operand if isinstance(node, Neg) else Neg(node)


def _with_counts(
    node: Apply, notation: Notation, indices: tuple[str, ...]
) -> Iterator[tuple[str, Expr]]:
    """How often a word was drawn, in front of its sigma: r_w, or (y+r) for all words."""
    counts = [letter for letter in ("r", "b") if notation.quantity(letter)]
    kind = "repeats counted wrongly"
    words: list[tuple[Index, ...]] = [(), *((w,) for w in words_of_vectors(node))]
    for letter in counts:
        for word in words:
            once = Name(letter, word)
            both = Group(Add((Name("y" if letter == "r" else "b", word), Name("r", word))))
            for factor in (once, both) if notation.quantity("r") else (once,):
                yield kind, Mul((factor, node), ("" if word else "odot",))


def _with_sum(node: Expr, place: Place, notation: Notation) -> Iterator[tuple[str, Expr]]:
    """A sum over an index that stands free, or over one that is read as o: sum_w of the term."""
    free = {
        p.node.name
        for p in places(node)
        if isinstance(p.node, IndexName) and p.node.name not in (*p.bound, *place.bound)
    }
    for name in sorted(free - set(notation.constants)):
        upper = "K" if name in notation.usual else "V"
        yield "sum dropped", Big("sum", (Range(name, "1", upper),), node)
    for name in sorted(free & {"o", "c"}):
        body = _with_word(node, name, "x'")
        yield "sum dropped", Big("sum", (Range("x'", "1", "V"),), body)


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


def _product(left: Expr, right: Expr) -> Expr:
    loose = (Add, Neg, Big)
    factors = tuple(Group(f) if isinstance(f, loose) else f for f in (left, right))
    return Mul(factors, ("",))
