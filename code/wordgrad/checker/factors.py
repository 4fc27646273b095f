"""The factors that a line can have lost: vectors, sizes, the normaliser, a sigma."""

from collections.abc import Iterator

from wordgrad.checker.edits import ONE
from wordgrad.checker.trees import Place, index_names, places
from wordgrad.latex.parser import parse_expression
from wordgrad.latex.syntax import (
    Add,
    Apply,
    Big,
    Expr,
    Group,
    IndexName,
    Mul,
    Name,
    Neg,
    Number,
    Quotient,
)
from wordgrad.meaning.notation import Notation

_SCALARS = (r"2m", r"\frac{1}{2m}", r"\frac{1}{Z}", r"\sigma'(x)", r"\frac{1}{\sigma(x)}")
_VECTORS = (r"v_c", r"u_o", r"\hat v", r"U^\top")


def insertable(tree: Expr, notation: Notation, indices: tuple[str, ...] = ()) -> list[Expr]:
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
            found[Apply("sigma", node.argument, primes=1)] = None
            found[Quotient(ONE, Apply("sigma", node.argument))] = None
    if notation.quantity("yhat"):
        letters = dict.fromkeys((*notation.constants, *index_names(tree)))
        found |= {Name("yhat", (IndexName(letter),)): None for letter in letters}
    for letter in indices:
        found |= dict.fromkeys(_components(letter, notation))
    if notation.quantity("m"):
        found |= dict.fromkeys((Number(2 * ONE.value), Number(ONE.value / 2)))
    return list(found)


def _components(letter: str, notation: Notation) -> Iterator[Expr]:
    """One component of a vector, where a gradient is taken by components."""
    if letter in notation.constants:
        return
    for name, word in (("v", "c"), ("u", "o")):
        if notation.quantity(name):
            yield Name(name, (IndexName(word), IndexName(letter)))
    if notation.quantity("vhat"):
        yield Name("vhat", (IndexName(letter),))


def bound_factors(place: Place, notation: Notation) -> Iterator[Expr]:
    """Under a sum over w: u_w, yhat_w and exp(theta_w)."""
    for name in place.bound:
        if notation.quantity("theta"):
            yield Apply("exp", Name("theta", (IndexName(name),)), style="e^")
        for letter in ("u", "yhat"):
            if notation.quantity(letter):
                yield Name(letter, (IndexName(name),))


def product(left: Expr, right: Expr) -> Expr:
    """Two factors side by side, in brackets where they need them."""
    loose = (Add, Neg, Big)
    factors = tuple(Group(f) if isinstance(f, loose) else f for f in (left, right))
    return Mul(factors, ("",))
