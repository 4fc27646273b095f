"""The normal form: sums, products, powers, exponentials and logarithms of canonical terms.

`Ring` keeps every poly in normal form.  Its centre is `normalise`, which brings one opened
monomial into shape by the rules of `deltas`, `denominators` and of this module, in a fixed order.
Two expressions are equal if the normal form of their difference is empty (see `equality`).

Trust base: a free index lies in the range of its sort; sorts are finite and nonempty; denominators
are nonzero and arguments of logarithms positive (those are reported as side conditions).
"""

from collections.abc import Mapping
from fractions import Fraction

from wordgrad.calculus import deltas, denominators, elementary
from wordgrad.calculus.errors import OutOfFuel
from wordgrad.calculus.limits import check_number, check_time
from wordgrad.calculus.signature import Signature
from wordgrad.calculus.sorts import SORTS
from wordgrad.calculus.terms import (
    ONE,
    UNIT,
    ZERO,
    Atom,
    Bound,
    Factors,
    Index,
    Monomial,
    Number,
    Poly,
    atom_has,
    atom_renamed,
    close,
    depends,
    opened,
    tidy,
)

FUEL = 10_000
_SIZES = {sort.name: sort for sort in SORTS}


class Ring:
    """Arithmetic on normal forms under one signature.

    Parameters
    ----------
    signature : Signature
        Assumptions on letters and indices.
    fuel : int
        How many monomials may be normalised before `OutOfFuel` is raised.
    """

    def __init__(self, signature: Signature, fuel: int = FUEL) -> None:
        self.signature = signature
        self.fuel = fuel

    # ------------------------------------------------------------------------- arithmetic
    def add(self, *polys: Poly) -> Poly:
        """Sum."""
        total: dict[Monomial, Number] = {}
        for poly in polys:
            for monomial, coefficient in poly:
                value = total.get(monomial, 0) + coefficient
                if value:
                    total[monomial] = tidy(value)
                else:
                    del total[monomial]
        return tuple(sorted(total.items()))

    def scale(self, poly: Poly, factor: Number) -> Poly:
        """Product with a number."""
        if factor == 1:
            return poly
        check_time()
        check_number(factor)
        return tuple((m, tidy(c * factor)) for m, c in poly) if factor else ZERO

    def subtract(self, left: Poly, right: Poly) -> Poly:
        """Difference."""
        return self.add(left, self.scale(right, -1))

    def mul(self, left: Poly, right: Poly) -> Poly:
        """Product; bound indices of the two sides are kept apart."""
        if left == ONE:
            return right
        if right == ONE:
            return left
        terms = []
        for first, a in left:
            if first == UNIT:
                terms.append(self.scale(right, a))
                continue
            bound, factors = opened(first)
            terms.append(self.times_opened(bound, dict(factors), a, right))
        return self.add(*terms)

    def power(self, poly: Poly, exponent: Number) -> Poly:
        """Power with a rational exponent."""
        exponent = tidy(exponent)
        if isinstance(exponent, Fraction):
            return elementary.fractional_power(self, poly, exponent)
        if exponent < 0:
            return self.power(elementary.inverse(self, poly), -exponent)
        result = ONE
        for _ in range(exponent):
            result = self.mul(result, poly)
        return result

    def inverse(self, poly: Poly) -> Poly:
        """One over."""
        return elementary.inverse(self, poly)

    def exp(self, poly: Poly) -> Poly:
        """Exponential."""
        return elementary.exponential(self, poly)

    def log(self, poly: Poly) -> Poly:
        """Natural logarithm."""
        return elementary.logarithm(self, poly)

    def atom(self, atom: Atom, exponent: Number = 1) -> Poly:
        """The poly that consists of one atom."""
        return self.normalise((), {atom: exponent}, 1)

    def bind(self, poly: Poly, bound: Bound) -> Poly:
        """Sum the poly over opened indices."""
        if not bound:
            return poly
        terms = []
        for monomial, coefficient in poly:
            inner, factors = opened(monomial)
            terms.append(self.normalise(bound + inner, dict(factors), coefficient))
        return self.add(*terms)

    # ------------------------------------------------------------------ opened monomials
    def times_opened(self, bound: Bound, factors: Factors, coefficient: Number, poly: Poly) -> Poly:
        """(opened monomial) times poly, where the poly may mention the opened indices."""
        terms = []
        for monomial, c in poly:
            inner, more = opened(monomial)
            product = dict(factors)
            for atom, exponent in more:
                product[atom] = product.get(atom, 0) + exponent
            terms.append(self.normalise(bound + inner, product, coefficient * c))
        return self.add(*terms)

    def normalise(self, bound: Bound, factors: Factors, coefficient: Number) -> Poly:
        """The normal form of one opened monomial."""
        self.fuel -= 1
        check_time()
        check_number(coefficient)
        if self.fuel < 0:
            raise OutOfFuel("the step budget is used up; the expression is too large to decide")
        if not coefficient:
            return ZERO
        factors = {atom: tidy(e) for atom, e in factors.items() if e}
        for rule in _RULES:
            result = rule(self, bound, factors, coefficient)
            if result is not None:
                return result
        return ((close(bound, factors.items()), tidy(coefficient)),)

    # ------------------------------------------------------------------------ substitution
    def substituted(
        self, bound: Bound, factors: Factors, coefficient: Number, indices: Mapping[Index, Index]
    ) -> Poly:
        """An opened monomial with indices replaced, also when several become the same."""
        kept = {atom: e for atom, e in factors.items() if not depends(atom, indices)}
        changed = ONE
        for atom, exponent in factors.items():
            if atom not in kept:
                changed = self.mul(changed, self._atom_substituted(atom, exponent, indices))
        return self.times_opened(bound, kept, coefficient, changed)

    def poly_substituted(self, poly: Poly, indices: Mapping[Index, Index]) -> Poly:
        """A poly with indices replaced."""
        terms = []
        for monomial, coefficient in poly:
            bound, factors = opened(monomial)
            terms.append(self.substituted(bound, dict(factors), coefficient, indices))
        return self.add(*terms)

    def _atom_substituted(
        self, atom: Atom, exponent: Number, indices: Mapping[Index, Index]
    ) -> Poly:
        if atom[0] in "xd":
            return self.atom(atom_renamed(atom, indices), exponent)
        inner = self.poly_substituted(atom[1], indices)
        if atom[0] == "e":
            return self.exp(self.scale(inner, exponent))
        if atom[0] == "l":
            return self.power(self.log(inner), exponent)
        return self.power(inner, exponent)


# -------------------------------------------------------------------------------------- rules
def _merge_exponentials(ring: Ring, bound: Bound, factors: Factors, c: Number) -> Poly | None:
    """e^a e^b = e^(a+b)."""
    found = [atom for atom in factors if atom[0] == "e"]
    if not found or (len(found) == 1 and factors[found[0]] == 1):
        return None
    total = ring.add(*(ring.scale(atom[1], factors[atom]) for atom in found))
    rest = {atom: e for atom, e in factors.items() if atom[0] != "e"}
    return ring.times_opened(bound, rest, c, ring.exp(total))


def _expand_powers(ring: Ring, bound: Bound, factors: Factors, c: Number) -> Poly | None:
    """A sum under a positive whole power is multiplied out."""
    for atom, exponent in factors.items():
        if atom[0] == "p" and isinstance(exponent, int) and exponent > 0:
            rest = {a: e for a, e in factors.items() if a != atom}
            return ring.times_opened(bound, rest, c, ring.power(atom[1], exponent))
    return None


def _drop_idle_bounds(ring: Ring, bound: Bound, factors: Factors, c: Number) -> Poly | None:
    """The sum of something constant is that times the size; a distribution sums to one."""
    for name, sort in bound:
        occurs = [atom for atom in factors if atom_has(atom, name)]
        others = tuple(item for item in bound if item[0] != name)
        if not occurs:
            return ring.times_opened(others, factors, c, size_of(ring, sort))
        alone = occurs[0]
        if (
            len(occurs) == 1
            and alone[0] == "x"
            and alone[1] in ring.signature.distributions
            and alone[2:] == (name,)
            and factors[alone] == 1
        ):
            rest = {atom: e for atom, e in factors.items() if atom != alone}
            return ring.normalise(others, rest, c)
    return None


def size_of(ring: Ring, sort: str) -> Poly:
    """How many values an index of this sort has."""
    factor, _, symbol = _SIZES[sort].size.rpartition("*")
    return ring.scale(ring.atom(("x", symbol)), int(factor or 1))


_RULES = (
    _merge_exponentials,
    _expand_powers,
    deltas.contract,
    _drop_idle_bounds,
    denominators.divide,
)
