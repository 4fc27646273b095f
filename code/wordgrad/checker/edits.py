"""Single edits of a line: each turns a right line into a typical wrong one, or back.

The mutation suite makes wrong lines of proved ones with them; the search for a slip looks for the
one edit that makes a wrong line right.  Every edit is named by what it changes.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import combinations
from typing import Any

from wordgrad.checker.trees import Place, places, put
from wordgrad.latex.syntax import (
    Add,
    Apply,
    Big,
    Cases,
    Delta,
    Derivative,
    Expr,
    IndexName,
    Indicator,
    Mul,
    Name,
    Neg,
    Node,
    Number,
    Power,
    Quotient,
    Transpose,
)

ONE, ZERO = Number(Fraction(1)), Number(Fraction(0))
_SWAPPED_NAMES = {"u": "v", "v": "u", "y": "yhat", "yhat": "y"}
_VECTORS = (Name("v", (IndexName("c"),)), Name("u", (IndexName("o"),)), Name("vhat"))


@dataclass(frozen=True, slots=True)
class Edit:
    """One changed place.

    Parameters
    ----------
    kind : str
        What was changed: "sign", "wrong index", ...
    tree : Expr
        The whole line after the change.
    before, after : Node
        The part that changed.
    """

    kind: str
    tree: Expr
    before: Node
    after: Node


def edits(tree: Expr, indices: tuple[str, ...]) -> Iterator[Edit]:
    """All single edits of an expression.

    Parameters
    ----------
    tree : Expr
        The line.
    indices : tuple of str
        Free index names that may stand in place of another one.

    Yields
    ------
    Edit
        Not all of them are well formed or different in value; the judges decide.
    """
    yield Edit("sign", _negated(tree), tree, _negated(tree))
    for place in places(tree):
        if _inside_variable(place):
            continue
        for kind, rule in _RULES:
            if isinstance(place.node, kind):
                for name, new in rule(place.node, place, indices):
                    changed = put(tree, place.path, new)
                    assert isinstance(changed, Expr)
                    yield Edit(name, changed, place.node, new)


def _inside_variable(place: Place) -> bool:
    """What a derivative is taken by is not edited: it is the question, not the answer."""
    return any(name == "variables" for name, _ in place.path)


def _negated(tree: Expr) -> Expr:
    if isinstance(tree, Add):
        return Add(tuple(_negated(term) for term in tree.terms))
    return tree.operand if isinstance(tree, Neg) else Neg(tree)


Changes = Iterator[tuple[str, Node]]


def _of_sum(node: Add, place: Place, indices: tuple[str, ...]) -> Changes:
    for position, term in enumerate(node.terms):
        others = (*node.terms[:position], *node.terms[position + 1 :])
        flipped = (*node.terms[:position], _negated(term), *node.terms[position + 1 :])
        yield "sign", replace(node, terms=flipped)
        yield "term dropped", others[0] if len(others) == 1 else replace(node, terms=others)


def _of_product(node: Mul, place: Place, indices: tuple[str, ...]) -> Changes:
    for position in range(len(node.factors)):
        yield "factor dropped", _without(node, position)
    for position in range(len(node.factors) - 1):
        yield "outer product swapped", _with_swap(node, position)


def _without(node: Mul, position: int) -> Expr:
    factors = (*node.factors[:position], *node.factors[position + 1 :])
    if len(factors) == 1:
        return factors[0]
    gone = max(position - 1, 0)
    return replace(
        node, factors=factors, operators=(*node.operators[:gone], *node.operators[gone + 1 :])
    )


def _with_swap(node: Mul, position: int) -> Expr:
    factors = list(node.factors)
    factors[position : position + 2] = factors[position + 1], factors[position]
    return replace(node, factors=tuple(factors))


def _of_function(node: Apply, place: Place, indices: tuple[str, ...]) -> Changes:
    if node.function == "sigma":
        yield "minus inside sigma", replace(node, argument=_negated(node.argument))
        yield "1- dropped", Add((ONE, Neg(node)))
        yield "extra sigma", node.argument
        yield "sigma dropped", ONE
    elif node.function == "exp":
        yield "sign of an exponent", replace(node, argument=_negated(node.argument))
    elif node.function == "log":
        yield "logarithm dropped", node.argument
        yield "sign", Neg(node)
        yield from _log_inside(node)


def _log_inside(node: Apply) -> Changes:
    """log sum f against sum log f."""
    body = node.argument
    if isinstance(body, Big) and body.operator == "sum":
        yield "log split", replace(body, body=replace(node, argument=body.body))


def _of_name(node: Name, place: Place, indices: tuple[str, ...]) -> Changes:
    if node.name in _SWAPPED_NAMES:
        yield "wrong letter", replace(node, name=_SWAPPED_NAMES[node.name])
    if node.name[:1].islower():
        yield "transposed", Transpose(node)
    for vector in _VECTORS if node.name in ("u", "v", "vhat") else ():
        if vector != node:
            yield "wrong vector", vector


def _of_index(node: IndexName, place: Place, indices: tuple[str, ...]) -> Changes:
    for name in dict.fromkeys((*indices, *place.bound)):
        if name != node.name:
            yield "wrong index", replace(node, name=name)


def _of_big(node: Big, place: Place, indices: tuple[str, ...]) -> Changes:
    (first, *more) = node.ranges
    for name in indices:
        body = _renamed(node.body, first.name, name)
        yield "sum dropped", replace(node, ranges=tuple(more), body=body) if more else body
    if first.excluded:
        yield "window bound", replace(node, ranges=(replace(first, excluded=()), *more))
    elif first.upper in {"V", "", "calV"}:
        for name in indices:
            narrower = replace(first, excluded=(IndexName(name),))
            yield "window bound", replace(node, ranges=(narrower, *more))


def _renamed(tree: Expr, old: str, new: str) -> Expr:
    result: Node = tree
    for place in places(tree):
        if isinstance(place.node, IndexName) and place.node.name == old:
            result = put(result, place.path, replace(place.node, name=new))
    assert isinstance(result, Expr)
    return result


def _of_indicator(node: Delta | Indicator, place: Place, indices: tuple[str, ...]) -> Changes:
    yield "case w=o forgotten", ONE
    yield "case w=o forgotten", ZERO
    yield "case turned round", Add((ONE, Neg(node)))


def _of_cases(node: Cases, place: Place, indices: tuple[str, ...]) -> Changes:
    for row in node.rows:
        yield "case w=o forgotten", row.value
    values = [row.value for row in reversed(node.rows)]
    rows = tuple(replace(row, value=v) for row, v in zip(node.rows, values, strict=True))
    yield "case turned round", replace(node, rows=rows)


def _of_power(node: Power, place: Place, indices: tuple[str, ...]) -> Changes:
    yield "power", node.base
    if isinstance(node.exponent, Number):
        yield "power", replace(node, exponent=Number(node.exponent.value + 1))


def _of_quotient(node: Quotient, place: Place, indices: tuple[str, ...]) -> Changes:
    yield "denominator dropped", node.numerator
    yield "numerator dropped", replace(node, numerator=ONE)


def _of_number(node: Number, place: Place, indices: tuple[str, ...]) -> Changes:
    yield "number", Number(node.value + 1)
    if node.value > 1:
        yield "number", Number(node.value - 1)
    if node.value == 1:
        for left, right in combinations(dict.fromkeys((*place.bound, *indices)), 2):
            yield "case w=o forgotten", Delta(IndexName(left), IndexName(right))


def _of_transpose(node: Transpose, place: Place, indices: tuple[str, ...]) -> Changes:
    yield "transposed", node.operand


def _of_minus(node: Neg, place: Place, indices: tuple[str, ...]) -> Changes:
    if place.path and place.path[-1][0] != "terms":  # terms of a sum are flipped there
        yield "sign", node.operand


def _of_derivative(node: Derivative, place: Place, indices: tuple[str, ...]) -> Changes:
    yield "derivative dropped", node.body


_RULES: tuple[tuple[Any, Callable[[Any, Place, tuple[str, ...]], Changes]], ...] = (
    (Add, _of_sum),
    (Mul, _of_product),
    (Apply, _of_function),
    (Name, _of_name),
    (IndexName, _of_index),
    (Big, _of_big),
    ((Delta, Indicator), _of_indicator),
    (Cases, _of_cases),
    (Power, _of_power),
    (Quotient, _of_quotient),
    (Number, _of_number),
    (Transpose, _of_transpose),
    (Neg, _of_minus),
    (Derivative, _of_derivative),
)
