"""Deciding equality of normal forms, and whether one is provably positive."""

from typing import TYPE_CHECKING

from wordgrad.calculus.terms import Atom, Number, Poly, bound_names, depends, opened

if TYPE_CHECKING:
    from wordgrad.calculus.ring import Ring

_ROUNDS = 8


def is_zero(ring: "Ring", poly: Poly) -> bool:
    """Is the poly zero?  Denominators outside sums are cleared first; False refutes nothing."""
    return not cleared(ring, poly)


def cleared(ring: "Ring", poly: Poly) -> Poly:
    """The poly times the denominators that stand outside its sums."""
    for _ in range(_ROUNDS):
        under = _denominator(poly)
        if under is None:
            break
        lowest = min(dict(factors).get(under, 0) for (_, factors), _ in poly)
        poly = _times_power(ring, poly, under, -lowest)
    return poly


def _denominator(poly: Poly) -> Atom | None:
    for monomial, _ in poly:
        names = bound_names(monomial)
        for atom, exponent in monomial[1]:
            if atom[0] == "p" and exponent < 0 and not depends(atom, names):
                return atom
    return None


def _times_power(ring: "Ring", poly: Poly, under: Atom, power: Number) -> Poly:
    terms = []
    for monomial, coefficient in poly:
        bound, listed = opened(monomial)
        factors = dict(listed)
        raised = ring.power(under[1], power + factors.pop(under, 0))
        terms.append(ring.times_opened(bound, factors, coefficient, raised))
    return ring.add(*terms)


def is_positive(ring: "Ring", poly: Poly) -> bool:
    """Is the poly provably positive: every term nonnegative and one positive?"""
    if _positive_as_it_stands(ring, poly):
        return True
    under = _denominator(poly)
    if under is None or not is_positive(ring, under[1]):
        return False
    lowest = min(dict(factors).get(under, 0) for (_, factors), _ in poly)
    return is_positive(ring, _times_power(ring, poly, under, -lowest))


def _positive_as_it_stands(ring: "Ring", poly: Poly) -> bool:
    signs = [_sign(ring, factors) if c > 0 else None for (_, factors), c in poly]
    return None not in signs and any(signs)


def _sign(ring: "Ring", factors: tuple[tuple[Atom, Number], ...]) -> bool | None:
    """True: positive; False: only known to be nonnegative; None: unknown."""
    strict = True
    for atom, exponent in factors:
        if _is_positive_atom(ring, atom):
            continue
        if atom[0] != "d" and not (isinstance(exponent, int) and exponent % 2 == 0):
            return None
        strict = False
    return strict


def _is_positive_atom(ring: "Ring", atom: Atom) -> bool:
    if atom[0] == "e":
        return True
    if atom[0] == "p":
        return is_positive(ring, atom[1])
    return atom[0] == "x" and atom[1] in ring.signature.positive
