"""Edits that put something in: the factor, the minus, the sum that a line forgot.

`edits` changes or removes what stands there; together they are the repairs the search tries.
"""

from collections.abc import Iterator
from dataclasses import replace

from wordgrad.checker.edits import ONE, Edit
from wordgrad.checker.trees import Place, places, put
from wordgrad.latex.notation import Notation
from wordgrad.latex.parser import parse_expression
from wordgrad.latex.syntax import (
    Add,
    Apply,
    Big,
    Call,
    Expr,
    Group,
    IndexName,
    Mul,
    Name,
    Neg,
    Range,
    Transpose,
)

_FACTORS = (r"v_c", r"u_o", r"\hat v", r"2m", r"\frac{1}{2m}", r"U^\top", r"r_w", r"b_w")


def additions(tree: Expr, notation: Notation, indices: tuple[str, ...]) -> Iterator[Edit]:
    """Single edits that insert something into an expression."""
    yield from _whole(tree, notation)
    for place in places(tree):
        if any(name == "variables" for name, _ in place.path):
            continue
        for kind, new in _at(place, notation, indices):
            changed = put(tree, place.path, new)
            assert isinstance(changed, Expr)
            yield Edit(kind, changed, place.node, new)


def _whole(tree: Expr, notation: Notation) -> Iterator[Edit]:
    for factor in _known(_FACTORS, notation):
        for new in (_product(tree, factor), _product(factor, tree)):
            yield Edit("factor dropped", new, tree, new)
    flipped = Transpose(Group(tree))
    yield Edit("transposed", flipped, tree, flipped)


def _at(place: Place, notation: Notation, indices: tuple[str, ...]) -> Iterator[tuple[str, Expr]]:
    node = place.node
    if isinstance(node, Name) and node.name == "yhat" and notation.quantity("y"):
        target = Name("y", node.subscripts)
        yield "case w=o forgotten", Group(Add((node, Neg(target))))
    if isinstance(node, Apply) and node.function == "sigma":
        yield "term dropped", Group(Add((node, Neg(ONE))))
    if isinstance(node, Call) and not node.given and len(node.arguments) == 2:
        yield (
            "joint for conditional",
            replace(node, arguments=node.arguments[:1], given=node.arguments[1:]),
        )
    if isinstance(node, Expr) and _may_carry_factors(place):
        yield from _with_factor(node, place, notation)
        yield from _with_sum(node, place, notation)
    if isinstance(node, Apply) and node.function == "log" and isinstance(node.argument, Big):
        yield "log of exp", node.argument


def _may_carry_factors(place: Place) -> bool:
    """Terms, cases, bodies of sums and of brackets: where a factor can have been lost."""
    if isinstance(place.node, Add | Neg | Group) or not place.path:
        return False
    return place.path[-1][0] in ("terms", "operand", "body", "value", "numerator")


def _with_factor(node: Expr, place: Place, notation: Notation) -> Iterator[tuple[str, Expr]]:
    factors = [*_known(_FACTORS[:3], notation)]
    for name in place.bound:
        factors += [Name(letter, (IndexName(name),)) for letter in ("u", "yhat")]
    for factor in factors:
        if isinstance(factor, Name) and notation.quantity(factor.name) is None:
            continue
        yield "factor dropped", _product(node, factor)


def _with_sum(node: Expr, place: Place, notation: Notation) -> Iterator[tuple[str, Expr]]:
    """A sum over an index that stands free: sum_w of the term."""
    free = {
        p.node.name
        for p in places(node)
        if isinstance(p.node, IndexName)
        and p.node.name not in (*p.bound, *place.bound, *notation.constants)
    }
    for name in sorted(free):
        upper = "K" if name in notation.usual else "V"
        yield "sum dropped", Big("sum", (Range(name, "1", upper),), node)


def _product(left: Expr, right: Expr) -> Expr:
    loose = (Add, Neg, Big)
    factors = tuple(Group(f) if isinstance(f, loose) else f for f in (left, right))
    return Mul(factors, ("",))


def _known(texts: tuple[str, ...], notation: Notation) -> list[Expr]:
    """The candidates whose letters the notation has."""
    found = []
    for text in texts:
        tree = parse_expression(text)
        names = [p.node.name for p in places(tree) if isinstance(p.node, Name)]
        if all(notation.quantity(name) for name in names):
            found.append(tree)
    return found
