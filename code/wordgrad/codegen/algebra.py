"""Building expressions: zeros vanish, deltas contract, and stable functions are recognised.

`exp(a) / sum_k exp(s_k)` becomes a softmax, the logarithm of such a sum a log-sum-exp,
`1 / (1 + exp(-x))` a sigmoid, its logarithm a log-sigmoid, `log(1 + exp(x))` a softplus: what
overflows when it is written out is never written out.
"""

from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction

from wordgrad.calculus.sorts import Sort
from wordgrad.codegen.terms import (
    ONE,
    ZERO,
    Add,
    Apply,
    Axis,
    Big,
    Delta,
    Expr,
    Fixed,
    Index,
    Mul,
    Num,
    Pow,
    Ref,
    Size,
    Soft,
    axes_in,
    axes_of,
    key,
    mapped,
    moved,
    new_axis,
    nodes,
    own_indices,
    terms_of,
)

Unfold = Callable[[Ref], Expr | None]
Places = Mapping[Index, Index]


def number(value: int | Fraction) -> Num:
    """An exact number as an expression."""
    return Num(Fraction(value))


def size_of(sort: Sort) -> Expr:
    """How many values an index of the sort has, as an expression."""
    factor, _, letter = sort.size.rpartition("*")
    return Mul((number(int(factor)), Size(letter))) if factor else Size(letter)


def delta(left: Index, right: Index) -> Expr:
    """Kronecker's delta."""
    if left == right:
        return ONE
    if isinstance(left, Fixed) and isinstance(right, Fixed):
        return ZERO
    return Delta(left, right) if isinstance(left, Axis) else Delta(right, left)


def add(*parts: Expr) -> Expr:
    """A sum without zeros and with one number at most."""
    terms: list[Expr] = []
    total = Fraction(0)
    for part in parts:
        for term in part.terms if isinstance(part, Add) else (part,):
            if isinstance(term, Num):
                total += term.value
            else:
                terms.append(term)
    if total:
        terms.append(Num(total))
    return Add(tuple(terms)) if len(terms) > 1 else terms[0] if terms else ZERO


def factors_of(expr: Expr) -> tuple[Expr, ...]:
    """The factors of a product; anything else is its own factor."""
    return expr.factors if isinstance(expr, Mul) else (expr,)


def one_plus_exp(expr: Expr) -> Expr | None:
    """The exponent y of 1 + exp(y)."""
    match expr:
        case Add((Apply("exp", y), Num(one))) | Add((Num(one), Apply("exp", y))) if one == 1:
            return y
    return None


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
            rest = self._with_exponential(add(*exponents), rest)
        rest = self._normalised_sums(rest)
        if scale != 1:
            rest.insert(0, Num(scale))
        return Mul(tuple(rest)) if len(rest) > 1 else rest[0] if rest else ONE

    def neg(self, expr: Expr) -> Expr:
        """Minus the expression; term by term in a sum."""
        if isinstance(expr, Add):
            return add(*map(self.neg, expr.terms))
        return self.mul(number(-1), expr)

    def _with_exponential(self, exponent: Expr, rest: list[Expr]) -> list[Expr]:
        """exp(exponent) times the rest, divided where the rest says so."""
        if exponent == ZERO:
            return rest
        for place, factor in enumerate(rest):
            others = rest[:place] + rest[place + 1 :]
            match factor:
                case Apply("sigmoid", x) if key(x) == key(self.neg(exponent)):
                    return [*others, Apply("sigmoid", exponent)]
                case Pow(Apply("sigmoid", x), Num(p)) if p >= 2 and key(x) == key(
                    self.neg(exponent)
                ):
                    remaining = self.power(Apply("sigmoid", x), Num(p - 1))
                    return [*others, remaining, Apply("sigmoid", exponent)]
                case Pow(base, Num(p)) if p < 0:
                    found = self.sum_of_exponentials(base)
                    if found is not None:
                        share = self._share(exponent, *found, int(-p))
                        return self._with_others(share, others)
        return [*rest, Apply("exp", exponent)]

    def _with_others(self, share: Expr, others: list[Expr]) -> list[Expr]:
        if isinstance(share, Apply):
            return self._with_exponential(share.argument, others)
        return [*others, share]

    def _share(self, exponent: Expr, axis: Axis, scores: Expr, times: int) -> Expr:
        """exp(exponent) over a power of the sum of exp(scores)."""
        if times == 1:
            wanted = self._meaning(exponent)
            for at in self._candidates(exponent, axis.sort):
                if self._meaning(self.replaced(scores, {axis: at})) == wanted:
                    return Soft("softmax", axis, scores, at)
        lse = Soft("log_sum_exp", axis, scores)
        return Apply("exp", add(exponent, self.mul(number(-times), lse)))

    def _meaning(self, expr: Expr) -> object:
        """Equal for expressions that differ in the names of indices and of definitions only."""

        def written_out(ref: Ref) -> Expr:
            meaning = self.unfold(ref)
            return ref if meaning is None else mapped(meaning, written_out)

        return key(mapped(expr, written_out))

    def _candidates(self, expr: Expr, sort: Sort) -> list[Index]:
        found = [
            term
            for node in nodes(expr)
            for index in own_indices(node)
            for term in terms_of(index)
            if isinstance(term, Fixed) or term.sort == sort
        ]
        return list(dict.fromkeys(found))

    def _normalised_sums(self, rest: list[Expr]) -> list[Expr]:
        """1/Z moved into a sum whose terms have an exponential, where the two make a softmax."""
        for i, norm in enumerate(rest):
            if not (isinstance(norm, Pow) and isinstance(norm.exponent, Num)):
                continue
            if norm.exponent.value >= 0 or self.sum_of_exponentials(norm.base) is None:
                continue
            for j, other in enumerate(rest):
                if isinstance(other, Big) and other.operator == "sum":
                    body = self.mul(other.body, norm)
                    if norm not in factors_of(body) and other.body != ONE:
                        kept = [f for n, f in enumerate(rest) if n not in (i, j)]
                        return [*kept, *factors_of(self.sum(other.axes, body))]
        return rest

    def sum_of_exponentials(self, expr: Expr) -> tuple[Axis, Expr] | None:
        """The axis and the scores of sum_k exp(s_k), also behind the name of a definition."""
        if isinstance(expr, Ref):
            meaning = self.unfold(expr)
            return None if meaning is None else self.sum_of_exponentials(meaning)
        match expr:
            case Big("sum", (axis,), Apply("exp", scores)):
                return axis, scores
        return None

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
            return self.positive_log(argument) or Apply("log", argument)
        if function == "exp" and argument == ZERO:
            return ONE
        if function == "exp" and isinstance(argument, Apply) and argument.function == "log":
            return argument.argument
        return Apply(function, argument)

    def positive_log(self, expr: Expr) -> Expr | None:
        """The logarithm without calculating what it is taken of; None if there is no such way."""
        match expr:
            case Num(value) if value == 1:
                return ZERO
            case Apply("exp", x):
                return x
            case Apply("sigmoid", x):
                return Apply("log_sigmoid", x)
            case Soft("softmax", axis, scores, at):
                return Soft("log_softmax", axis, scores, at)
            case Pow(base, Num() as exponent):
                inner = self.positive_log(base)
                return None if inner is None else self.mul(exponent, inner)
            case Mul(factors):
                logs = [self.positive_log(factor) for factor in factors]
                known = [log for log in logs if log is not None]
                return add(*known) if len(known) == len(logs) else None
            case Add((Mul((Num(a), Apply("sigmoid", x))), Num(b))) if a == -1 and b == 1:
                return Apply("log_sigmoid", self.neg(x))
        return self._log_of_sum(expr)

    def _log_of_sum(self, expr: Expr) -> Expr | None:
        y = one_plus_exp(expr)
        if y is not None:
            return Apply("softplus", y)
        found = self.sum_of_exponentials(expr)
        if found is not None:
            return Soft("log_sum_exp", *found)
        meaning = self.unfold(expr) if isinstance(expr, Ref) else None
        return self.positive_log(meaning) if isinstance(meaning, Soft) else None

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
