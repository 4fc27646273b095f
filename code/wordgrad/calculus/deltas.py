"""Kronecker deltas: contracted against bound indices, otherwise kept with one index replaced.

SymPy's own summation over deltas explodes into piecewise expressions; here a delta with a bound
index removes that index, on the assumption that the other one lies in its range.
"""

from typing import TYPE_CHECKING

from wordgrad.calculus.terms import (
    ZERO,
    Atom,
    Bound,
    Factors,
    Index,
    Number,
    Poly,
    delta,
    depends,
    index_has,
)

if TYPE_CHECKING:
    from wordgrad.calculus.ring import Ring


def contract(ring: "Ring", bound: Bound, factors: Factors, c: Number) -> Poly | None:
    """Apply the first rule that fits a delta among the factors; None if none does."""
    opened = {name for name, _ in bound}
    for atom in [a for a in factors if a[0] == "d"]:
        left, right = atom[1], atom[2]
        rest = {a: e for a, e in factors.items() if a != atom}
        if left == right:
            return ring.normalise(bound, rest, c)
        if never_equal(ring, left, right):
            return ZERO
        inside = _injective_arguments(ring, left, right)
        if inside is not None:
            return ring.normalise(bound, {**rest, **dict.fromkeys(inside, 1)}, c)
        pair = _removable(left, right, opened)
        if pair is not None:
            old, new = pair
            others = tuple(item for item in bound if item[0] != old)
            return ring.substituted(others, rest, c, {old: new})
        keep, old = kept_and_replaced(atom)
        if depends_any(rest, old) or factors[atom] != 1:
            changed = ring.substituted((), rest, 1, {old: keep})
            return ring.times_opened(bound, {atom: 1}, c, changed)
    return None


def depends_any(factors: Factors, name: Index) -> bool:
    """Does any factor mention the index term?"""
    return any(_mentions(atom, name) for atom in factors)


def _mentions(atom: Atom, name: Index) -> bool:
    return depends(atom, (name,))


def never_equal(ring: "Ring", left: Index, right: Index) -> bool:
    """Do the assumptions say that the two indices differ?"""
    signature = ring.signature
    if left[0] == right[0] == "v":
        return frozenset((left[1], right[1])) in signature.distinct
    if {left[0], right[0]} == {"f", "v"}:
        function, free = (left, right) if left[0] == "f" else (right, left)
        return (function[1], free[1]) in signature.avoiding
    return False


def _injective_arguments(ring: "Ring", left: Index, right: Index) -> list[Atom] | None:
    """n_k = n_l means k = l if the values of n are all different."""
    if left[0] == right[0] == "f" and left[1] == right[1] in ring.signature.injective:
        return [delta(a, b) for a, b in zip(left[2:], right[2:], strict=True)]
    return None


def _removable(left: Index, right: Index, opened: set[Index]) -> tuple[Index, Index] | None:
    """(bound index to remove, what it equals), if one side is bound and not inside the other."""
    if right in opened and not index_has(left, right):
        return right, left
    if left in opened and not index_has(right, left):
        return left, right
    return None


def kept_and_replaced(atom: Atom) -> tuple[Index, Index]:
    """Of the two indices of a delta, which one stays and which one it replaces."""
    left, right = sorted((atom[1], atom[2]), key=_simplicity)
    return left, right


def _simplicity(index: Index) -> tuple[bool, bool, Index]:
    """Free before bound, so that what stands inside a sum does not reach out of it."""
    return _has_bound(index), index[0] == "f", index


def _has_bound(index: Index) -> bool:
    return index[0] in "bg" or (index[0] == "f" and any(map(_has_bound, index[2:])))
