"""From SymPy trees to the normal form, definitions unfolded and derivatives taken on the way."""

from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import Any

import sympy as sp

from wordgrad.calculus.derivative import derivative
from wordgrad.calculus.errors import Unsupported
from wordgrad.calculus.functions import Partial, sigma, softplus
from wordgrad.calculus.ring import FUEL, Ring
from wordgrad.calculus.signature import Signature
from wordgrad.calculus.sorts import sort_of_limits
from wordgrad.calculus.terms import (
    ONE,
    Atom,
    Index,
    Poly,
    constant,
    delta,
    fresh_index,
    opened,
    poly_has,
    poly_renamed,
)

Scope = Mapping[sp.Symbol, Index]
_NOWHERE: Scope = {}


class Converter:
    """Reads SymPy trees under one signature; keeps what it has read.

    Parameters
    ----------
    signature : Signature
        Arrays, definitions and assumptions.
    fuel : int
        Step budget of each call of `normal_form`.
    """

    def __init__(self, signature: Signature, fuel: int = FUEL) -> None:
        self.ring = Ring(signature, fuel)
        self.signature = signature
        self._fuel = fuel
        self._held: frozenset[str] = frozenset()
        self._same = dict(signature.equal)
        self._unfolded: dict[tuple[str, frozenset[str]], tuple[Poly, list[Index]]] = {}

    def normal_form(self, expression: sp.Expr) -> Poly:
        """The normal form of a scalar SymPy tree.

        Raises
        ------
        CalculusError
            If the tree has a part without a rule, no value, or is too large for the budget.
        """
        self.ring.fuel = self._fuel
        return self._convert(sp.sympify(expression, strict=True), _NOWHERE)

    # -------------------------------------------------------------------------- by class
    def _convert(self, tree: sp.Expr, scope: Scope) -> Poly:
        for kind, rule in _RULES:
            if isinstance(tree, kind):
                return rule(self, tree, scope)
        raise Unsupported(f"{type(tree).__name__} in {tree}")

    def _rational(self, tree: sp.Rational, scope: Scope) -> Poly:
        return constant(Fraction(int(tree.p), int(tree.q)))

    def _symbol(self, tree: sp.Symbol, scope: Scope) -> Poly:
        return self._quantity(tree.name, ())

    def _component(self, tree: sp.Indexed, scope: Scope) -> Poly:
        name = tree.base.label.name
        if len(tree.indices) != len(self.signature.arrays[name]):
            raise Unsupported(f"{tree}: {name} has {len(self.signature.arrays[name])} indices")
        return self._quantity(name, tuple(self._index(i, scope) for i in tree.indices))

    def _add(self, tree: sp.Add, scope: Scope) -> Poly:
        return self.ring.add(*(self._convert(term, scope) for term in tree.args))

    def _mul(self, tree: sp.Mul, scope: Scope) -> Poly:
        result = ONE
        for factor in tree.args:
            result = self.ring.mul(result, self._convert(factor, scope))
        return result

    def _power(self, tree: sp.Pow, scope: Scope) -> Poly:
        base = self._convert(tree.base, scope)
        if tree.exp.is_Rational:
            return self.ring.power(base, Fraction(int(tree.exp.p), int(tree.exp.q)))
        return self.ring.exp(self.ring.mul(self._convert(tree.exp, scope), self.ring.log(base)))

    def _exponential(self, tree: sp.exp, scope: Scope) -> Poly:
        return self.ring.exp(self._convert(tree.args[0], scope))

    def _logarithm(self, tree: sp.log, scope: Scope) -> Poly:
        inner = tree.args[0]
        if isinstance(inner, sp.Product):
            return self._sum(sp.Sum(sp.log(inner.function), *inner.limits), scope)
        return self.ring.log(self._convert(inner, scope))

    def _sigma(self, tree: sp.Expr, scope: Scope) -> Poly:
        negated = self.ring.scale(self._convert(tree.args[0], scope), -1)
        return self.ring.inverse(self.ring.add(ONE, self.ring.exp(negated)))

    def _softplus(self, tree: sp.Expr, scope: Scope) -> Poly:
        return self.ring.log(self.ring.add(ONE, self.ring.exp(self._convert(tree.args[0], scope))))

    def _tanh(self, tree: sp.Expr, scope: Scope) -> Poly:
        """tanh x = 2 sigma(2x) - 1."""
        doubled = self.ring.scale(self._convert(tree.args[0], scope), -2)
        logistic = self.ring.inverse(self.ring.add(ONE, self.ring.exp(doubled)))
        return self.ring.subtract(self.ring.scale(logistic, 2), ONE)

    def _delta(self, tree: sp.Expr, scope: Scope) -> Poly:
        left, right = (self._index(part, scope) for part in tree.args)
        return self.ring.atom(delta(left, right))

    def _sum(self, tree: sp.Sum, scope: Scope) -> Poly:
        inner, bound = dict(scope), []
        for variable, lower, upper in tree.limits:
            name = fresh_index()
            inner[variable] = name
            bound.append((name, sort_of_limits(lower, upper).name))
        return self.ring.bind(self._convert(tree.function, inner), tuple(bound))

    def _partial(self, tree: sp.Expr, scope: Scope) -> Poly:
        """Differentiate; a defined variable is held independent meanwhile, unfolded afterwards."""
        body, variable = tree.args
        name = variable.base.label.name if isinstance(variable, sp.Indexed) else variable.name
        before = self._held
        self._held = before | {name}
        try:
            poly = self._convert(body, scope)
            indices = variable.indices if isinstance(variable, sp.Indexed) else ()
            by: Atom = ("x", name, *(self._index(i, scope) for i in indices))
            poly = derivative(self.ring, poly, by)
        finally:
            self._held = before
        if name in self.signature.definitions and name not in before:
            return self._unfold_in(poly, name)
        return poly

    # ------------------------------------------------------------------ indices, definitions
    def _index(self, tree: sp.Expr, scope: Scope) -> Index:
        if tree in scope:
            return scope[tree]
        if isinstance(tree, sp.Indexed):
            name = tree.base.label.name
            if name not in self.signature.index_functions:
                raise Unsupported(f"{tree} as an index: {name} is not an index function")
            return ("f", name, *(self._index(part, scope) for part in tree.indices))
        name = tree.name if isinstance(tree, sp.Symbol) else str(tree)
        return ("v", self._same.get(name, name))

    def _quantity(self, name: str, indices: tuple[Index, ...]) -> Poly:
        if name not in self.signature.definitions or name in self._held:
            return self.ring.atom(("x", name, *indices))
        poly, formals = self._definition(name)
        names = dict(zip(formals, indices, strict=True))
        apart = len(set(indices)) == len(indices)
        if apart and not any(poly_has(poly, index) for index in indices):
            return poly_renamed(poly, names)
        return self.ring.poly_substituted(poly, names)

    def _definition(self, name: str) -> tuple[Poly, list[Index]]:
        """The definition's normal form with formal indices, under what is held now."""
        key = name, self._held
        if key not in self._unfolded:
            count = len(self.signature.arrays[name])
            symbols = [sp.Dummy(f"{name}_{n}", integer=True) for n in range(count)]
            formals = [fresh_index() for _ in symbols]
            tree = self.signature.definitions[name](*symbols)
            scope = dict(zip(symbols, formals, strict=True))
            self._unfolded[key] = self._convert(sp.sympify(tree, strict=True), scope), formals
        return self._unfolded[key]

    def _unfold_in(self, poly: Poly, name: str) -> Poly:
        """Replace the atoms of one defined array by its definition."""
        terms = []
        for monomial, coefficient in poly:
            bound, factors = opened(monomial)
            product = constant(coefficient)
            for atom, exponent in factors:
                product = self.ring.mul(product, self._atom_unfolded(atom, exponent, name))
            terms.append(self.ring.bind(product, bound))
        return self.ring.add(*terms)

    def _atom_unfolded(self, atom: Atom, exponent: Any, name: str) -> Poly:
        ring = self.ring
        if atom[0] == "x" and atom[1] == name:
            return ring.power(self._quantity(name, atom[2:]), exponent)
        if atom[0] in "xd":
            return ring.atom(atom, exponent)
        inner = self._unfold_in(atom[1], name)
        if atom[0] == "e":
            return ring.exp(ring.scale(inner, exponent))
        return ring.power(ring.log(inner) if atom[0] == "l" else inner, exponent)


_RULES: tuple[tuple[Any, Callable[[Converter, Any, Scope], Poly]], ...] = (
    (sp.Rational, Converter._rational),
    (sp.Symbol, Converter._symbol),
    (sp.Indexed, Converter._component),
    (sp.Add, Converter._add),
    (sp.Mul, Converter._mul),
    (sp.exp, Converter._exponential),
    (type(sp.E), lambda converter, tree, scope: converter.ring.exp(ONE)),
    (sp.Pow, Converter._power),
    (sp.log, Converter._logarithm),
    (sigma, Converter._sigma),
    (softplus, Converter._softplus),
    (sp.tanh, Converter._tanh),
    (sp.KroneckerDelta, Converter._delta),
    (sp.Sum, Converter._sum),
    (Partial, Converter._partial),
)
