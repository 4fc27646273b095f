"""Denominators: cancelling a sum against itself, and dividing with remainder.

`e^x/(1+e^x)` and `1 - 1/(1+e^x)` are one thing; the normal form keeps the second, by polynomial
division in a pivot that depends on the denominator alone.
"""

from typing import TYPE_CHECKING, Any

from wordgrad.calculus.terms import (
    Atom,
    Bound,
    Factors,
    Number,
    Poly,
    atom_has,
    atom_renamed,
    divided,
    opened,
    poly_has,
    tidy,
)

if TYPE_CHECKING:
    from wordgrad.calculus.ring import Ring


def divide(ring: "Ring", bound: Bound, factors: Factors, c: Number) -> Poly | None:
    """Simplify the monomial against one of its denominators; None if nothing applies."""
    for atom in sorted(a for a in factors if a[0] == "p"):
        exponent = factors[atom]
        if not isinstance(exponent, int) or exponent >= 0:
            continue
        rule = _cancel_sum if len(atom[1]) == 1 else _divide_with_remainder
        result = rule(ring, bound, factors, c, atom)
        if result is not None:
            return result
    return None


def _cancel_sum(
    ring: "Ring", bound: Bound, factors: Factors, c: Number, under: Atom
) -> Poly | None:
    """(sum_k m_k) / (sum_k m_k) = 1, where the numerator may carry further factors."""
    (monomial, scale), *_ = under[1]
    if len(monomial[0]) != 1:
        return None
    inner, listed = opened(monomial)
    for name, sort in bound:
        if sort != monomial[0][0]:
            continue
        wanted = {atom_renamed(atom, {inner[0][0]: name}): e for atom, e in listed}
        rest = _without(factors, wanted, name, under)
        if rest is not None:
            rest[under] += 1
            others = tuple(item for item in bound if item[0] != name)
            return ring.normalise(others, rest, divided(c, scale))
    return None


def _without(
    factors: Factors, wanted: Factors, name: tuple[object, ...], under: Atom
) -> Factors | None:
    """The factors less the wanted ones, if those are all that depends on the bound index."""
    rest, missing = dict(factors), dict(wanted)
    for atom in factors:
        if atom == under or not atom_has(atom, name):
            continue
        if atom[0] == "e":
            tied = tuple(t for t in atom[1] if poly_has((t,), name))
            free = tuple(t for t in atom[1] if t not in tied)
            if missing.pop(("e", tied), 0) != 1:
                return None
            del rest[atom]
            if free:
                rest[("e", free)] = 1
        elif missing.pop(atom, 0) == factors[atom]:
            del rest[atom]
        else:
            return None
    return None if missing else rest


def _divide_with_remainder(
    ring: "Ring", bound: Bound, factors: Factors, c: Number, under: Atom
) -> Poly | None:
    """Replace q*lead/D by q/(lead coefficient) less the other terms of D times q, over D."""
    divisor: Poly = under[1]
    lead = _lead_to_divide(divisor, factors)
    if lead is None:
        return None
    monomial, scale = divisor[lead]
    quotient = dict(factors)
    for atom, exponent in monomial[1]:
        quotient[atom] = quotient.get(atom, 0) - exponent
    less = {**quotient, under: quotient[under] + 1}
    terms = [ring.normalise(bound, less, divided(c, scale))]
    for place, (other, k) in enumerate(divisor):
        if place == lead:
            continue
        inner, listed = opened(other)
        product = dict(quotient)
        for atom, exponent in listed:
            product[atom] = product.get(atom, 0) + exponent
        terms.append(ring.normalise(bound + inner, product, divided(-c * k, scale)))
    return ring.add(*terms)


def _lead_to_divide(divisor: Poly, factors: Factors) -> int | None:
    """Which term of the divisor to divide by: the top or the bottom one in the pivot.

    Every divisor aims at degrees from 0 to its own width, so two of them never work against each
    other: what one has reached, the other keeps.
    """
    pivot = _pivot(divisor)
    if pivot is None:
        return None
    degrees = [_degree(dict(monomial[1]), pivot) for monomial, _ in divisor]
    top, bottom = max(degrees), min(degrees)
    if top == bottom:
        return None
    degree = _degree(factors, pivot)
    for wanted, applies in ((top, degree >= top - bottom), (bottom, degree < 0)):
        if applies and degrees.count(wanted) == 1:
            place = degrees.index(wanted)
            if not divisor[place][0][0]:
                return place
    return None


def _pivot(divisor: Poly) -> Any:
    """What plays the part of the unknown: an exponent of an exponential, or a plain variable."""
    plain = [monomial for monomial, _ in divisor if not monomial[0]]
    exponents = [term for m in plain for atom, _ in m[1] if atom[0] == "e" for term, _ in atom[1]]
    if exponents:
        return max(exponents)
    return max((atom for m in plain for atom, _ in m[1] if atom[0] == "x"), default=None)


def _degree(factors: Factors, pivot: Any) -> Number:
    """Power of the pivot in a product; a monomial as pivot counts inside the exponential."""
    if pivot[0] == "x":
        return factors.get(pivot, 0)
    for atom, exponent in factors.items():
        if atom[0] == "e":
            for term, coefficient in atom[1]:
                if term == pivot:
                    return tidy(coefficient * exponent)
    return 0
