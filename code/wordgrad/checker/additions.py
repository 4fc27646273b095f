"""Edits that put something in: the factor, the minus, the sum that a line forgot.

`edits` changes or removes what stands there; together they are the repairs the search tries.
"""

from collections.abc import Iterator
from itertools import combinations

from wordgrad.checker.edits import ONE, Edit
from wordgrad.checker.factors import bound_factors, insertable, product
from wordgrad.checker.lost_sums import with_sum
from wordgrad.checker.substitutions import substitutions, words_of
from wordgrad.checker.trees import Place, places, put
from wordgrad.latex.syntax import (
    Add,
    Apply,
    Delta,
    Expr,
    Group,
    Index,
    IndexApply,
    IndexName,
    Mul,
    Name,
    Neg,
    Number,
    Transpose,
)
from wordgrad.meaning.notation import Notation


def additions(tree: Expr, notation: Notation, indices: tuple[str, ...]) -> Iterator[Edit]:
    """Single edits that insert something into an expression, or put what was meant there."""
    factors = insertable(tree, notation, indices)
    for place in places(tree):
        if any(name == "variables" for name, _ in place.path):
            continue
        for kind, new in (
            *substitutions(tree, place, notation),
            *_at(place, notation, indices, factors),
            *_words_apart(tree, place),
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
    if isinstance(node, Name) and node.name == "y" and notation.quantity("yhat"):
        predicted = Name("yhat", node.subscripts)
        yield "term extra", Group(Add((node, Neg(predicted))))
    if place.path and place.path[-1][0] == "operand" and isinstance(node, Expr):
        yield from _without_target(node, notation, indices)
    if isinstance(node, Apply) and node.function == "sigma":
        yield "term extra", Group(Add((node, Neg(ONE))))
        yield from _with_counts(node, notation, indices)
    if isinstance(node, Expr) and _may_carry_factors(place):
        for factor in (*factors, *bound_factors(place, notation)):
            yield "factor dropped", product(node, factor)
            yield "factor dropped", product(factor, node)
        yield from _with_case(node, place, notation, indices)
        yield from with_sum(node, place, notation)


def _without_target(
    node: Expr, notation: Notation, indices: tuple[str, ...]
) -> Iterator[tuple[str, Expr]]:
    """The term -y, or -y_w, that only the word o has."""
    if notation.quantity("y") is None or isinstance(node, Name | Number):
        return
    terms = node.terms if isinstance(node, Add) else (node,)
    for subscripts in ((), *((IndexName(name),) for name in indices)):
        yield "case w=o forgotten", Add((*terms, Neg(Name("y", subscripts))))


def _may_carry_factors(place: Place) -> bool:
    """Terms, cases, bodies of sums and of brackets: where a factor can have been lost."""
    if isinstance(place.node, Group):
        return False
    if not place.path:
        return True
    if isinstance(place.node, Number):
        return False
    return place.path[-1][0] in ("terms", "operand", "body", "value", "numerator", "factors")


def _with_case(
    node: Expr, place: Place, notation: Notation, indices: tuple[str, ...]
) -> Iterator[tuple[str, Expr]]:
    """A term that counts for one word only: delta_{ij}, y_w, or a minus in one of the cases."""
    names = dict.fromkeys((*place.bound, *indices))
    made = notation.assumptions
    apart = {frozenset(pair) for pair in made.distinct}
    apart |= {frozenset((k, word)) for _, word in made.avoiding for k in notation.usual}
    for left, right in combinations(names, 2):
        if {left, right} in apart:
            continue
        delta = Delta(IndexName(left), IndexName(right))
        yield "case w=o forgotten", product(delta, node)
    if place.path and place.path[-1][0] == "value":
        yield "sign", node.operand if isinstance(node, Neg) else Neg(node)


def _words_apart(tree: Expr, place: Place) -> Iterator[tuple[str, Expr]]:
    """In a sum over negatives or positions, only the terms for one word are left."""
    if not place.path or place.path[-1][0] != "body" or not isinstance(place.node, Expr):
        return
    words = [word for word in words_of(tree) if isinstance(word, IndexApply)]
    for left, right in combinations(words, 2):
        yield "sum not collapsed", product(Delta(left, right), place.node)


def _with_counts(
    node: Apply, notation: Notation, indices: tuple[str, ...]
) -> Iterator[tuple[str, Expr]]:
    """How often a word was drawn, in front of its sigma: r_w, or (y+r) for all words."""
    counts = [letter for letter in ("r", "b") if notation.quantity(letter)]
    kind = "repeats counted wrongly"
    words: list[tuple[Index, ...]] = [(), *((w,) for w in words_of(node))]
    for letter in counts:
        for word in words:
            once = Name(letter, word)
            both = Group(Add((Name("y" if letter == "r" else "b", word), Name("r", word))))
            for factor in (once, both) if notation.quantity("r") else (once,):
                yield kind, Mul((factor, node), ("" if word else "odot",))
