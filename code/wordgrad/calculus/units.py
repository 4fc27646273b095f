"""Pulling units out of a sum: p = coefficient * (product of atoms) * (canonical remainder).

A denominator or the argument of a logarithm is unique only up to factors that can be taken out:
1 + e^-x and e^x + 1 differ by e^x.  `split_unit` chooses one representative.
"""

from typing import TYPE_CHECKING, Any, NamedTuple

from wordgrad.calculus.terms import (
    UNIT,
    ZERO,
    Factors,
    Monomial,
    Number,
    Poly,
    bound_names,
    depends,
    divided,
    opened,
    poly_has,
)

if TYPE_CHECKING:
    from wordgrad.calculus.ring import Ring


class Split(NamedTuple):
    """coefficient * product(factors) * remainder."""

    coefficient: Number
    factors: Factors
    remainder: Poly


def single_product(poly: Poly) -> tuple[Number, Factors] | None:
    """(coefficient, factors) if the poly is one monomial without bound indices."""
    if len(poly) == 1 and not poly[0][0][0]:
        return poly[0][1], dict(poly[0][0][1])
    return None


def split_unit(ring: "Ring", poly: Poly, *, signed: bool) -> Split:
    """Split a nonzero poly; with `signed`, the coefficient takes a minus sign out as well."""
    if len(poly) == 1:
        return _split_sum(ring, poly[0][0], poly[0][1], signed)
    common = _common_factors(poly)
    if common:
        poly = ring.times_opened((), {a: -e for a, e in common.items()}, 1, poly)
        if len(poly) == 1:
            inner = split_unit(ring, poly, signed=signed)
            return Split(inner.coefficient, _merged(common, inner.factors), inner.remainder)
    shift, poly = _best_shift(ring, poly)
    if shift:
        common[("e", shift)] = 1
    lead = poly[0][1] if signed else _magnitude(poly[0][1])
    return Split(lead, common, ring.scale(poly, divided(1, lead)))


def _magnitude(value: Number) -> Number:
    return -value if value < 0 else value


def _merged(left: Factors, right: Factors) -> Factors:
    return {a: left.get(a, 0) + right.get(a, 0) for a in {**left, **right}}


def _split_sum(ring: "Ring", monomial: Monomial, c: Number, signed: bool) -> Split:
    """One monomial: everything that does not depend on the bound indices comes out."""
    bound, listed = opened(monomial)
    names = [name for name, _ in bound]
    unit: Factors = {}
    inside: Factors = {}
    for atom, exponent in listed:
        if atom[0] == "e":
            free = tuple(t for t in atom[1] if not any(poly_has((t,), name) for name in names))
            tied = tuple(t for t in atom[1] if t not in free)
            if free:
                unit[("e", free)] = exponent
            if tied:
                inside[("e", tied)] = exponent
        elif depends(atom, names):
            inside[atom] = exponent
        else:
            unit[atom] = exponent
    coefficient = c if signed else _magnitude(c)
    return Split(coefficient, unit, ring.normalise(bound, inside, divided(c, coefficient)))


def _common_factors(poly: Poly) -> Factors:
    """Atoms (no exponentials, no deltas) that divide every monomial, with their least power."""
    common: Factors | None = None
    for monomial, _ in poly:
        names = bound_names(monomial)
        here = {a: e for a, e in monomial[1] if a[0] in "xpl" and not depends(a, names)}
        if common is None:
            common = here
        else:
            atoms = set(common) | set(here)
            common = {a: min(common.get(a, 0), here.get(a, 0)) for a in atoms}
    return {a: e for a, e in sorted((common or {}).items()) if e}


def _best_shift(ring: "Ring", poly: Poly) -> tuple[Poly, Poly]:
    """Divide by one of the exponentials in the sum so that the result looks simplest."""
    shifts: set[Poly] = {ZERO}
    for monomial, _ in poly:
        names = bound_names(monomial)
        for atom, _ in monomial[1]:
            if atom[0] == "e":
                shifts.add(
                    tuple(t for t in atom[1] if not any(poly_has((t,), name) for name in names))
                )
    candidates = []
    for shift in shifts:
        shifted = ring.mul(poly, ring.exp(ring.scale(shift, -1))) if shift else poly
        candidates.append((_complexity(shifted), shift, shifted))
    _, shift, shifted = min(candidates)
    return shift, shifted


def _complexity(poly: Poly) -> tuple[Any, ...]:
    """Prefer a constant term, then few negative exponents, then a fixed order."""
    has_constant = any(monomial == UNIT for monomial, _ in poly)
    negative = sum(
        1
        for (_, factors), _ in poly
        for atom, _ in factors
        if atom[0] == "e"
        for _, coefficient in atom[1]
        if coefficient < 0
    )
    return not has_constant, negative, tuple((monomial, abs(c)) for monomial, c in poly)
