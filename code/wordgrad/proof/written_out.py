"""A formula in index form written out at tiny sizes: no sum, delta or index is left.

A sum becomes its terms, a delta 0 or 1, a derivative what `sympy.diff` makes of it.
"""

from collections.abc import Mapping, Sequence
from itertools import product
from typing import Any

import sympy as sp

from wordgrad.calculus.functions import Partial, sigma, softplus
from wordgrad.calculus.signature import Signature

Table = Sequence[Any]  # of int, or of tables
Place = Mapping[sp.Symbol, int]
Held = frozenset[str]


class World:
    """Sizes and index values, and the symbols made for them."""

    def __init__(
        self,
        signature: Signature,
        sizes: Mapping[str, int],
        indices: Mapping[str, int],
        tables: Mapping[str, Table],
    ) -> None:
        self.signature, self.sizes, self.tables = signature, sizes, tables
        self.indices = dict(indices)
        for one, other in signature.equal:
            for name, twin in ((one, other), (other, one)):
                if name not in self.indices and twin in self.indices:
                    self.indices[name] = self.indices[twin]
        self.entries: dict[tuple[str, tuple[int, ...], Held], sp.Expr] = {}

    # ------------------------------------------------------------------------ expressions
    def expand(self, expr: sp.Expr, place: Place, held: Held) -> sp.Expr:
        """Write out; quantities in `held` stay symbols although they are defined."""
        if expr.is_Number:
            return expr
        if isinstance(expr, sp.Symbol):
            return self.scalar(expr, held)
        if isinstance(expr, sp.Indexed):
            return self.entry(_name(expr), self.position(expr, place), held)
        if isinstance(expr, sp.Sum | sp.Product):
            return self.series(expr, place, held)
        if isinstance(expr, sp.KroneckerDelta):
            left, right = (self.index(part, place) for part in expr.args)
            return sp.Integer(left == right)
        if isinstance(expr, Partial):
            return self.derivative(expr, place, held)
        parts = [self.expand(part, place, held) for part in expr.args]
        if isinstance(expr, sigma):
            return 1 / (1 + sp.exp(-parts[0]))
        if isinstance(expr, softplus):
            return sp.log(1 + sp.exp(parts[0]))
        return expr.func(*parts)

    def scalar(self, symbol: sp.Symbol, held: Held) -> sp.Expr:
        """A size as a number, a defined scalar written out, any other as it is."""
        if symbol.name in self.sizes and symbol.is_integer:
            return sp.Integer(self.sizes[symbol.name])
        return self.entry(symbol.name, (), held)

    def entry(self, name: str, position: tuple[int, ...], held: Held) -> sp.Expr:
        """A component of an array: its definition, or its own symbol."""
        key = (name, position, held)
        if key not in self.entries:
            define = self.signature.definitions.get(name)
            if define is not None and name not in held:
                body = define(*(sp.Integer(i) for i in position))
                self.entries[key] = self.expand(body, {}, held)
            elif name in self.signature.distributions:
                self.entries[key] = self.probability(name, position[0])
            else:
                self.entries[key] = self.symbol(name, position)
        return self.entries[key]

    def symbol(self, name: str, position: tuple[int, ...]) -> sp.Symbol:
        """The symbol of a component: `u_{1,2}`."""
        full = f"{name}_{{{','.join(map(str, position))}}}" if position else name
        if name in self.signature.positive:
            return sp.Symbol(full, positive=True)
        return sp.Symbol(full, real=True)

    def probability(self, name: str, index: int) -> sp.Expr:
        """A component of a distribution; the last one is what the others leave."""
        last = self.length(self.signature.arrays[name][0].length)
        if index < last:
            return self.symbol(name, (index,))
        return 1 - sp.Add(*(self.symbol(name, (i,)) for i in range(1, last)))

    def series(self, expr: sp.Expr, place: Place, held: Held) -> sp.Expr:
        """A sum or product term by term."""
        names = [limit[0] for limit in expr.limits]
        ranges = [range(1, self.length(limit[2]) + 1) for limit in expr.limits]
        terms = [
            self.expand(expr.function, {**place, **dict(zip(names, values, strict=True))}, held)
            for values in product(*ranges)
        ]
        return sp.Add(*terms) if isinstance(expr, sp.Sum) else sp.Mul(*terms)

    def derivative(self, expr: sp.Expr, place: Place, held: Held) -> sp.Expr:
        """Stock `diff`; a defined quantity that one differentiates by is held independent."""
        body, variable = expr.args
        name = variable.name if isinstance(variable, sp.Symbol) else _name(variable)
        inner = held | {name} if name in self.signature.definitions else held
        target = self.expand(variable, place, inner)
        result = sp.diff(self.expand(body, place, inner), target)
        if inner == held:
            return result
        values = {
            self.entries[key]: self.entry(key[0], key[1], held)
            for key in list(self.entries)
            if key[0] == name and key[2] == inner
        }
        return result.xreplace(values)

    # ---------------------------------------------------------------------------- indices
    def position(self, expr: sp.Indexed, place: Place) -> tuple[int, ...]:
        """The subscripts as numbers."""
        return tuple(self.index(part, place) for part in expr.indices)

    def index(self, expr: sp.Expr, place: Place) -> int:
        """An index as a number."""
        if expr in place:
            return place[expr]
        if expr.is_Integer:
            return int(expr)
        if isinstance(expr, sp.Indexed):
            return self.lookup(_name(expr), self.position(expr, place))
        return int(_given(self.indices, str(expr), "index"))

    def lookup(self, name: str, position: tuple[int, ...]) -> int:
        """A value of an index function."""
        value: Any = _given(self.tables, name, "index function")
        for argument in position:
            value = value[argument - 1]
        return int(value)

    def length(self, size: sp.Expr) -> int:
        """A symbolic size as a number."""
        return int(size.subs({symbol: self.sizes[symbol.name] for symbol in size.free_symbols}))


def _name(expr: sp.Indexed) -> str:
    return str(expr.base.label)


def _given(values: Mapping[str, Any], name: str, what: str) -> Any:
    """The value that the caller gave."""
    if name not in values:
        raise ValueError(f"the {what} {name} has no value; given: {', '.join(values) or 'none'}")
    return values[name]
