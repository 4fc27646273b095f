"""Derivatives of normal forms by one component of an array.

The variable carries its own indices, fresh with respect to every bound one, so nothing can be
captured: d u_{w,a} / d u_{x,b} is delta_{wx} delta_{ab}.
"""

from typing import TYPE_CHECKING

from wordgrad.calculus.terms import ONE, ZERO, Atom, Poly, delta, opened

if TYPE_CHECKING:
    from wordgrad.calculus.ring import Ring


def derivative(ring: "Ring", poly: Poly, variable: Atom) -> Poly:
    """d poly / d variable, where the variable is an atom ("x", array, index, ...)."""
    terms = []
    for monomial, coefficient in poly:
        bound, listed = opened(monomial)
        factors = dict(listed)
        for atom, exponent in listed:
            inner = _of_atom(ring, atom, variable)
            if inner:
                rest = {**factors, atom: exponent - 1}
                terms.append(ring.times_opened(bound, rest, coefficient * exponent, inner))
    return ring.add(*terms)


def _of_atom(ring: "Ring", atom: Atom, variable: Atom) -> Poly:
    kind = atom[0]
    if kind == "x":
        if atom[1] != variable[1]:
            return ZERO
        result = ONE
        for here, there in zip(atom[2:], variable[2:], strict=True):
            result = ring.mul(result, ring.atom(delta(here, there)))
        return result
    if kind == "d":
        return ZERO
    inner = derivative(ring, atom[1], variable)
    if kind == "e":
        return ring.times_opened((), {atom: 1}, 1, inner)
    if kind == "l":
        return ring.mul(ring.inverse(atom[1]), inner)
    return inner
