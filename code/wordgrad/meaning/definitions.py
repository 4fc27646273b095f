"""What the calculus is told of a notation: arrays, index functions, definitions, assumptions."""

from collections.abc import Callable
from functools import lru_cache

import sympy as sp

from wordgrad.calculus.signature import Signature
from wordgrad.latex.parser import parse_expression
from wordgrad.latex.syntax import Name
from wordgrad.meaning.binders import Binder
from wordgrad.meaning.faults import ShapeError
from wordgrad.meaning.notation import Notation, Quantity
from wordgrad.meaning.reader import Reader
from wordgrad.meaning.scope import Scope
from wordgrad.meaning.shapes import Typed


@lru_cache(maxsize=256)
def signature_of(notation: Notation) -> Signature:
    """The signature under which the SymPy trees of a notation are read.

    Examples
    --------
    >>> from wordgrad.meaning.contexts import scores
    >>> define = signature_of(scores()).definitions
    >>> define["yhat"](sp.Symbol("i"))
    exp(theta[i])/Sum(exp(theta[_w]), (_w, 1, V))
    """
    quantities = [q for q in notation.quantities.values() if q.kind != "size"]
    functions = {f.name: (f.arguments, f.result) for f in notation.index_functions.values()}
    stored = {letter: f.name for letter, f in notation.index_functions.items()}
    assumed = notation.assumptions
    return Signature(
        arrays={q.stored_as: q.sorts for q in quantities},
        index_functions=functions,
        definitions={q.stored_as: definition(q, notation) for q in quantities if q.definition},
        distributions=frozenset(q.stored_as for q in quantities if q.kind == "distribution"),
        positive=frozenset(
            q.stored_as for q in notation.quantities.values() if q.kind in ("positive", "size")
        )
        | _assumed_positive(notation),
        equal=assumed.equal,
        distinct=frozenset(frozenset(pair) for pair in assumed.distinct),
        injective=frozenset(stored[name] for name in assumed.injective),
        avoiding=frozenset((stored[name], index) for name, index in assumed.avoiding),
    )


def definition(quantity: Quantity, notation: Notation) -> Callable[..., sp.Expr]:
    """The components of a defined quantity as a function of its indices.

    The LaTeX is read at the first call; each call makes new bound indices.
    """
    read: list[tuple[Typed, list[Binder]]] = []

    def component(*index: sp.Expr) -> sp.Expr:
        if not read:
            read.append(_read(quantity, notation))
        typed, binders = read[0]
        if not binders:
            return typed.component(*(*index, None, None)[:2])
        for binder, value in zip(binders, index, strict=True):
            binder.set(value)
        return typed.component(None, None)

    return component


def _read(quantity: Quantity, notation: Notation) -> tuple[Typed, list[Binder]]:
    expected = (*quantity.sorts, None, None)[:2] if not quantity.formals else (None, None)
    reader = Reader(Scope(notation))
    pairs = zip(quantity.formals, quantity.sorts, strict=True) if quantity.formals else ()
    binders = [Binder(name, lambda: sp.S.NaN, sort) for name, sort in pairs]
    with reader.scope.binding(*binders):
        typed = reader.read(parse_expression(quantity.definition))
    reader.scope.settle()
    if typed.shape != expected:
        raise ShapeError(f"{quantity.name} is defined as {typed.describe()}", typed.node)
    return typed, binders


def _assumed_positive(notation: Notation) -> frozenset[str]:
    """Names of the quantities that the assumptions call positive; expressions are left out."""
    written = [parse_expression(latex) for latex in notation.assumptions.positive]
    found = [notation.quantity(expr.name) for expr in written if isinstance(expr, Name)]
    return frozenset(quantity.stored_as for quantity in found if quantity)
