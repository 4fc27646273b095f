"""Building expressions: zeros vanish, deltas contract, and stable functions are recognised."""

from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction

from wordgrad.codegen.pieces import add, delta, factors_of, number, one_plus_exp, size_of
from wordgrad.codegen.recognise import normalised_sums, positive_log, with_exponential
from wordgrad.codegen.terms import (
    ONE,
    ZERO,
    Add,
    Apply,
    Axis,
    Big,
    Delta,
    Expr,
    Index,
    Mul,
    Num,
    Pow,
    Ref,
    Soft,
    new_axis,
)
from wordgrad.codegen.trees import axes_in, axes_of, moved

Unfold = Callable[[Ref], Expr | None]
Places = Mapping[Index, Index]


class Algebra:
    """Makes expressions under some definitions.

    Parameters
    ----------
    unfold : function of a Ref
        The definition of a defined quantity with these indices, None for any other.
    """

    def __init__(self, unfold: Unfold = lambda ref: None) -> None:
        self.unfold = unfold

    # ---------------------------------------------------------------------------- products
    def mul(self, *parts: Expr) -> Expr:
        """A product: its number first, exponentials gathered, softmax and sigmoid recognised."""
        factors = [f for part in parts for f in factors_of(part)]
        scale = Fraction(1)
        exponents: list[Expr] = []
        rest: list[Expr] = []
        for factor in factors:
            if isinstance(factor, Num):
                scale *= factor.value
            elif isinstance(factor, Apply) and factor.function == "exp":
                exponents.append(factor.argument)
            else:
                rest.append(factor)
        if not scale:
            return ZERO
        if exponents:
            rest = with_exponential(self, add(*exponents), rest)
        rest = normalised_sums(self, rest)
        if scale != 1:
            rest.insert(0, Num(scale))
        return Mul(tuple(rest)) if len(rest) > 1 else rest[0] if rest else ONE

    def neg(self, expr: Expr) -> Expr:
        """Minus the expression; term by term in a sum."""
        if isinstance(expr, Add):
            return add(*map(self.neg, expr.terms))
        return self.mul(number(-1), expr)

    # ---------------------------------------------------------------------- powers, functions
    def power(self, base: Expr, exponent: Expr) -> Expr:
        """A power; whole ones are taken of each factor."""
        if not isinstance(exponent, Num):
            return Pow(base, exponent)
        p = exponent.value
        if p == 0:
            return ONE
        if p == 1:
            return base
        if isinstance(base, Num) and p.denominator == 1 and base.value:
            return Num(base.value ** int(p))
        if isinstance(base, Apply) and base.function == "exp":
            return self.apply("exp", self.mul(exponent, base.argument))
        if p.denominator != 1:
            return Pow(base, exponent)
        if isinstance(base, Mul):
            return self.mul(*(self.power(factor, exponent) for factor in base.factors))
        if isinstance(base, Pow) and isinstance(base.exponent, Num):
            whole = base.exponent.value.denominator == 1
            if whole:
                return self.power(base.base, Num(base.exponent.value * p))
        y = one_plus_exp(base)
        if y is not None and p < 0:
            return self.power(self.apply("sigmoid", self.neg(y)), Num(-p))
        return Pow(base, exponent)

    def apply(self, function: str, argument: Expr) -> Expr:
        """A function of a number."""
        if function == "log":
            return positive_log(self, argument) or Apply("log", argument)
        if function == "exp" and argument == ZERO:
            return ONE
        if function == "exp" and isinstance(argument, Apply) and argument.function == "log":
            return argument.argument
        return Apply(function, argument)

    # -------------------------------------------------------------------------------- sums
    def sum(self, axes: Sequence[Axis], body: Expr) -> Expr:
        """A sum; what does not depend on the index stands in front, deltas are contracted."""
        for axis in reversed(axes):
            body = self._sum(axis, body)
        return body

    def _sum(self, axis: Axis, body: Expr) -> Expr:
        if body == ZERO:
            return ZERO
        if isinstance(body, Add) and any(self._contractible(term, axis) for term in body.terms):
            return add(*(self._sum(axis, term) for term in body.terms))
        factors = factors_of(body)
        for place, factor in enumerate(factors):
            target = self._target(factor, axis)
            if target is not None:
                rest = self.mul(*factors[:place], *factors[place + 1 :])
                return self.replaced(rest, {axis: target})
        outside = [f for f in factors if axis not in axes_of(f)]
        inside = [f for f in factors if axis in axes_of(f)]
        if not inside:
            return self.mul(size_of(axis.sort), body)
        inner = self.mul(*inside) if outside else body
        if isinstance(inner, Big) and inner.operator == "sum":
            total: Expr = Big("sum", (axis, *inner.axes), inner.body)
        else:
            total = Big("sum", (axis,), inner)
        return self.mul(*outside, total) if outside else total

    def _contractible(self, term: Expr, axis: Axis) -> bool:
        return any(self._target(factor, axis) is not None for factor in factors_of(term))

    @staticmethod
    def _target(factor: Expr, axis: Axis) -> Index | None:
        """The other index of a delta with this one, if it does not depend on it."""
        if not isinstance(factor, Delta):
            return None
        for one, other in ((factor.left, factor.right), (factor.right, factor.left)):
            if one == axis and axis not in axes_in(other):
                return other
        return None

    # ------------------------------------------------------------------------ other indices
    def replaced(self, expr: Expr, places: Places) -> Expr:
        """Other indices in place of some, every bound index renewed."""
        match expr:
            case Ref(name, indices):
                return Ref(name, tuple(moved(index, places) for index in indices))
            case Delta(left, right):
                return delta(moved(left, places), moved(right, places))
            case Add(terms):
                return add(*(self.replaced(term, places) for term in terms))
            case Mul(factors):
                return self.mul(*(self.replaced(factor, places) for factor in factors))
            case Pow(base, exponent):
                return self.power(self.replaced(base, places), self.replaced(exponent, places))
            case Apply(function, argument):
                return self.apply(function, self.replaced(argument, places))
            case Big(operator, axes, body):
                renewed: dict[Index, Axis] = {axis: new_axis(axis.sort) for axis in axes}
                inner = self.replaced(body, {**places, **renewed})
                if operator == "sum":
                    return self.sum(tuple(renewed.values()), inner)
                return Big(operator, tuple(renewed.values()), inner)
            case Soft(kind, axis, scores, at):
                fresh = new_axis(axis.sort)
                return Soft(
                    kind,
                    fresh,
                    self.replaced(scores, {**places, axis: fresh}),
                    None if at is None else moved(at, places),
                )
        return expr
