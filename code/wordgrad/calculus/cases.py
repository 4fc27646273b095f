"""Functions of sums with Kronecker deltas: one value for every way the indices can coincide.

f(a + b delta_ij) = delta_ij f(a + b with j=i) + (1 - delta_ij) f(a).
"""

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from wordgrad.calculus.deltas import kept_and_replaced
from wordgrad.calculus.terms import (
    ONE,
    Atom,
    Poly,
    atom_renamed,
    bound_names,
    depends,
    opened,
)

if TYPE_CHECKING:
    from wordgrad.calculus.ring import Ring


def by_cases(ring: "Ring", poly: Poly, function: Callable[[Poly], Poly]) -> Poly | None:
    """The function case by case; None if the poly has no delta between unbound indices."""
    if _free_delta(poly) is None:
        return None
    return ring.add(
        *(ring.mul(chi, function(case)) for chi, case in _cases(ring, poly, frozenset()))
    )


def _cases(ring: "Ring", poly: Poly, apart: frozenset[Atom]) -> Iterator[tuple[Poly, Poly]]:
    """(1 or 0, whether the case applies; the poly in that case), the cases excluding each other.

    `apart` has the deltas that are 0 in the case at hand: with i=c and c not o, i is not o.
    """
    atom = _free_delta(poly)
    if atom is None:
        yield ONE, poly
        return
    elsewhere = _without(ring, poly, atom)
    if atom in apart:
        yield from _cases(ring, elsewhere, apart)
        return
    keep, old = kept_and_replaced(atom)
    chi = ring.atom(atom)
    moved = frozenset(atom_renamed(other, {old: keep}) for other in apart)
    if all(left != right for _, left, right in moved):
        here = ring.poly_substituted(poly, {old: keep})
        for applies, case in _cases(ring, here, moved):
            yield ring.mul(chi, applies), case
    for applies, case in _cases(ring, elsewhere, apart | {atom}):
        yield ring.mul(ring.subtract(ONE, chi), applies), case


def _free_delta(poly: Poly) -> Atom | None:
    for monomial, _ in poly:
        names = bound_names(monomial)
        for atom, _ in monomial[1]:
            if atom[0] == "d" and not depends(atom, names):
                return atom
    return None


def _without(ring: "Ring", poly: Poly, atom: Atom) -> Poly:
    """The terms that do not have the delta."""
    terms = []
    for monomial, coefficient in poly:
        bound, listed = opened(monomial)
        if atom not in dict(listed):
            terms.append(ring.normalise(bound, dict(listed), coefficient))
    return ring.add(*terms)
