"""From SymPy trees over symbolic ranges to index form, derivatives taken on the way."""

from collections.abc import Mapping
from fractions import Fraction

import sympy as sp

from wordgrad.calculus.functions import Partial, sigma, softplus
from wordgrad.calculus.signature import Signature
from wordgrad.calculus.sorts import VOC, Sort, sort_of_limits
from wordgrad.codegen.algebra import Algebra
from wordgrad.codegen.derivative import derivative
from wordgrad.codegen.errors import CannotGenerate
from wordgrad.codegen.pieces import add, delta
from wordgrad.codegen.terms import (
    Axis,
    Big,
    Expr,
    Fixed,
    Free,
    Index,
    Looked,
    Num,
    Ref,
    Size,
    new_axis,
)

Places = Mapping[sp.Expr, Index]

_FUNCTIONS = {
    sp.exp: "exp",
    sp.log: "log",
    sigma: "sigmoid",
    softplus: "softplus",
    sp.tanh: "tanh",
}


class Converter:
    """Reads SymPy trees under one signature.

    Parameters
    ----------
    signature : Signature
    free : mapping of index name to Sort
        What the free indices run over.
    """

    def __init__(self, signature: Signature, free: Mapping[str, Sort]) -> None:
        self.signature = signature
        self.free = free
        self.algebra = Algebra(self.unfold)
        self._held: frozenset[str] = frozenset()  # differentiated by: not seen through meanwhile
        self._definitions: dict[tuple[str, frozenset[str]], tuple[tuple[Axis, ...], Expr]] = {}

    def unfold(self, ref: Ref) -> Expr | None:
        """The definition of a quantity at these indices; None for a base quantity."""
        if ref.name not in self.signature.definitions or ref.name in self._held:
            return None
        formals, body = self.definition(ref.name)
        return self.algebra.replaced(body, dict(zip(formals, ref.indices, strict=True)))

    def definition(self, name: str) -> tuple[tuple[Axis, ...], Expr]:
        """A defined quantity as a function of its axes."""
        known = name, self._held
        if known not in self._definitions:
            axes = tuple(new_axis(sort) for sort in self.signature.arrays[name])
            symbols = [sp.Dummy(f"{name}{n}", integer=True) for n, _ in enumerate(axes)]
            tree = self.signature.definitions[name](*symbols)
            body = self.convert(
                sp.sympify(tree, strict=True), dict(zip(symbols, axes, strict=True))
            )
            self._definitions[known] = axes, body
        return self._definitions[known]

    def convert(self, tree: sp.Expr, places: Places) -> Expr:
        """A scalar tree in index form.

        Raises
        ------
        CannotGenerate
            If a part has no counterpart.
        """
        algebra = self.algebra
        if tree.is_Rational:
            return Num(Fraction(int(tree.p), int(tree.q)))
        if isinstance(tree, sp.Symbol):
            return Size(tree.name) if tree.is_integer else Ref(tree.name)
        if isinstance(tree, sp.Indexed):
            return self._component(tree, places)
        if isinstance(tree, sp.KroneckerDelta):
            left, right = (self._index(part, places, None) for part in tree.args)
            return delta(left, right)
        if isinstance(tree, sp.Sum | sp.Product):
            return self._series(tree, places)
        if isinstance(tree, Partial):
            return self._partial(tree, places)
        if tree is sp.E:
            return algebra.apply("exp", Num(Fraction(1)))
        parts = [self.convert(part, places) for part in tree.args]
        if isinstance(tree, sp.Add):
            return add(*parts)
        if isinstance(tree, sp.Mul):
            return algebra.mul(*parts)
        if type(tree) in _FUNCTIONS:
            return algebra.apply(_FUNCTIONS[type(tree)], parts[0])
        if isinstance(tree, sp.Pow):
            return algebra.power(*parts)
        raise CannotGenerate(f"{type(tree).__name__} has no counterpart in code (in {tree})")

    def _partial(self, tree: sp.Expr, places: Places) -> Expr:
        """The derivative; a defined variable is held independent meanwhile."""
        variable = self.convert(tree.args[1], places)
        assert isinstance(variable, Ref), "meaning lets nothing else be differentiated by"
        before = self._held
        self._held = before | {variable.name}
        try:
            return derivative(self.algebra, self.convert(tree.args[0], places), variable)
        finally:
            self._held = before

    def _component(self, tree: sp.Indexed, places: Places) -> Expr:
        name = tree.base.label.name
        sorts = self.signature.arrays[name]
        pairs = zip(tree.indices, sorts, strict=True)
        return Ref(name, tuple(self._index(part, places, sort) for part, sort in pairs))

    def _series(self, tree: sp.Expr, places: Places) -> Expr:
        inner, axes = dict(places), []
        for variable, lower, upper in tree.limits:
            axes.append(new_axis(sort_of_limits(lower, upper)))
            inner[variable] = axes[-1]
        body = self.convert(tree.function, inner)
        if isinstance(tree, sp.Sum):
            return self.algebra.sum(tuple(axes), body)
        return Big("prod", tuple(axes), body)

    def _index(self, tree: sp.Expr, places: Places, sort: Sort | None) -> Index:
        if tree in places:
            return places[tree]
        if tree.is_Integer:
            return Fixed(int(tree))
        if isinstance(tree, sp.Indexed):
            name = tree.base.label.name
            sorts, result = self.signature.index_functions[name]
            pairs = zip(tree.indices, sorts, strict=True)
            return Looked(name, tuple(self._index(p, places, s) for p, s in pairs), result)
        return Free(tree.name, sort or self.free.get(tree.name, VOC))
