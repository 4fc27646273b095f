"""How sums, products, expectations, deltas and cases are read."""

from collections.abc import Callable

import sympy as sp

from wordgrad.calculus.sorts import WIN, Sort
from wordgrad.latex import syntax as tree
from wordgrad.meaning import operations
from wordgrad.meaning.binders import Binder, Make
from wordgrad.meaning.faults import ShapeError, SortError, UnknownName, Unsupported
from wordgrad.meaning.letters import called
from wordgrad.meaning.notation import Notation
from wordgrad.meaning.reader import Reader, reads
from wordgrad.meaning.shapes import Typed, matched, scalar


@reads(tree.Big)
def _big(reader: Reader, node: tree.Big) -> Typed:
    notation = reader.scope.notation
    binders = [_template(part.name, range_sort(notation, part)) for part in node.ranges]
    with reader.scope.binding(*binders):
        body = reader.read(node.body)
        factors = [
            _unless(reader.scope.same(tree.IndexName(part.name, span=part.span), index, part))
            for part in node.ranges
            for index in part.excluded
            if index != tree.IndexNumber(0)
        ]
    if node.operator == "sum":
        return _accumulated(sp.Sum, binders, factors, body)
    if factors or not body.is_scalar:
        raise Unsupported("a product runs over scalars and leaves nothing out here", node)
    return _accumulated(sp.Product, binders, factors, body)


def _template(name: str, sort: Sort | None) -> Binder:
    """A binder that stands, outside of any component, for an index of its own."""
    symbol = sp.Dummy(name, integer=True)
    return Binder(name, lambda: symbol, sort)


def _accumulated(
    operator: Callable[..., sp.Expr], binders: list[Binder], factors: list[Make], body: Typed
) -> Typed:
    """A sum or product of the body times the factors, over new indices at every call."""

    def component(i: sp.Expr | None, j: sp.Expr | None) -> sp.Expr:
        outside = [binder.current for binder in binders]
        symbols = [sp.Dummy(binder.name, integer=True) for binder in binders]
        for binder, symbol in zip(binders, symbols, strict=True):
            binder.set(symbol)
        try:
            total = body.component(i, j)
            for factor in factors:
                total = total * factor()
        finally:
            for binder, current in zip(binders, outside, strict=True):
                binder.current = current
        for binder, symbol in zip(reversed(binders), reversed(symbols), strict=True):
            assert binder.sort is not None, "components are made after settle()"
            total = operator(total, (symbol, *binder.sort.limits))
        return total

    return Typed(*body.shape, component, is_zero=operator is sp.Sum and body.is_zero)


def range_sort(notation: Notation, node: tree.Range) -> Sort | None:
    """The sort that a range is written for; None if it does not say.

    Raises
    ------
    SortError
        If the range is not one of the notation's.
    """
    without_zero = tree.IndexNumber(0) in node.excluded
    if not node.upper and not node.lower:
        return WIN if without_zero else None
    sort = notation.ranges.get(node.upper)
    lowest = ("-" + node.upper,) if sort is WIN else ("", "1")
    if sort is None or node.lower not in lowest:
        known = ", ".join(f"1..{sort.size}" for sort in dict.fromkeys(notation.ranges.values()))
        span = f"{node.lower}..{node.upper}" if node.lower else node.upper
        error = SortError if sort is not None and node.lower in ("", "1") else Unsupported
        raise error(f"{node.name} cannot run over {span}; known ranges: {known}", node)
    if without_zero and sort is not WIN:
        raise SortError(f"{node.name} counts from 1; there is no 0 to leave out", node)
    if sort is WIN and not without_zero:
        raise SortError(f"the window leaves out the center itself; write {node.name} \\neq 0", node)
    return sort


@reads(tree.Expectation)
def _expectation(reader: Reader, node: tree.Expectation) -> Typed:
    notation = reader.scope.notation
    call = notation.call(node.distribution.name)
    if call is None:
        raise UnknownName(f"{node.distribution.name} is no distribution here", node.distribution)
    binder = _template(node.name, call.sort)
    with reader.scope.binding(binder):
        body = reader.read(node.body)
    weight = called(notation, call, lambda: binder.current(), node.distribution)
    return _accumulated(sp.Sum, [binder], [], operations.scale(weight, body))


# ------------------------------------------------------------------------- deltas and cases
@reads(tree.Delta)
def _delta(reader: Reader, node: tree.Delta) -> Typed:
    return scalar(reader.scope.same(node.left, node.right, node))


@reads(tree.Indicator)
def _indicator(reader: Reader, node: tree.Indicator) -> Typed:
    return scalar(_holds(reader, node.condition))


def _holds(reader: Reader, condition: tree.Relation) -> Make:
    delta = reader.scope.same(condition.left, condition.right, condition)
    return delta if condition.equal else _unless(delta)


def _unless(delta: Make) -> Make:
    return lambda: 1 - delta()


@reads(tree.Cases)
def _cases(reader: Reader, node: tree.Cases) -> Typed:
    values = _one_shape([reader.read(row.value) for row in node.rows])
    conditions = [row.condition for row in node.rows]
    if None not in conditions and not _exhaustive(conditions):
        raise Unsupported("the last case must be the one that remains; write 'otherwise'", node)
    held = [_holds(reader, c) if c is not None else None for c in conditions]

    def component(i: sp.Expr | None, j: sp.Expr | None) -> sp.Expr:
        total, remaining = sp.S.Zero, frozenset[sp.Expr]()
        for value, holds in zip(values, held, strict=True):
            truth = holds() if holds is not None else sp.S.One
            total += sp.Mul(*remaining, *({truth} - remaining)) * value.component(i, j)
            remaining |= {1 - truth}
        return total

    return Typed(*values[0].shape, component)


def _one_shape(values: list[Typed]) -> list[Typed]:
    """The values of all cases, a literal 0 in the shape of the others."""
    model = next((value for value in values if not value.is_zero), values[0])
    result = []
    for value in values:
        try:
            result.append(matched(value, model, "use side by side")[0])
        except ShapeError as error:
            raise ShapeError(
                f"one case is {model.describe()}, another {value.describe()}", value.node
            ) from error
    return result


def _exhaustive(conditions: list[tree.Relation | None]) -> bool:
    """Do two of the conditions say the opposite of each other?"""
    seen = {(frozenset((c.left, c.right)), c.equal) for c in conditions if c is not None}
    return any((pair, not equal) in seen for pair, equal in seen)
