"""Terms of the normal form: sums of products under bound indices, compared up to renaming.

Everything is a nested tuple, so equal terms compare equal and sort the same way.

index     ("v", name) free · ("g", n) opened · ("b", level, n) bound · ("f", name, index, ...)
atom      ("x", array, index, ...)   a component of an array, or a scalar
          ("d", index, index)        Kronecker delta
          ("e", poly)                exponential
          ("l", poly)                logarithm of something that does not factor
          ("p", poly)                a sum that stands under a negative or fractional power
monomial  (sorts of the bound indices, ((atom, exponent), ...))
poly      ((monomial, coefficient), ...): the sum of the monomials, each summed over its own
          bound indices.

A bound index is named by the *level* of its monomial (one more than the deepest level inside it)
and its place there, so inner and outer names cannot clash.  To work on a monomial, open it: its
bound indices become fresh ("g", n), which behave like free ones; `close` gives them back their
names in a canonical order.
"""

from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction
from functools import lru_cache
from itertools import count, permutations, product
from math import factorial, prod
from typing import Any

from wordgrad.calculus.errors import OutOfFuel
from wordgrad.calculus.limits import check_time

Number = int | Fraction
Index = tuple[Any, ...]
Atom = tuple[Any, ...]
Monomial = tuple[tuple[str, ...], tuple[tuple[Atom, Number], ...]]
Poly = tuple[tuple[Monomial, Number], ...]
Bound = tuple[tuple[Index, str], ...]  # opened indices with the name of their sort
Factors = dict[Atom, Number]

UNIT: Monomial = ((), ())
ZERO: Poly = ()
ONE: Poly = ((UNIT, 1),)

_CACHE = 200_000
_MOST_ORDERS = 120  # of bound indices in one term
_fresh = count()


def fresh_index() -> Index:
    """A name that occurs nowhere else."""
    return ("g", next(_fresh))


def constant(value: Number) -> Poly:
    """The number as a poly."""
    return ((UNIT, tidy(value)),) if value else ZERO


def tidy(value: Number) -> Number:
    """Whole fractions as plain integers: they compare equal and compute faster."""
    return value.numerator if isinstance(value, Fraction) and value.denominator == 1 else value


def divided(numerator: Number, denominator: Number) -> Number:
    """Exact quotient."""
    return tidy(Fraction(numerator) / denominator)


def bound_names(monomial: Monomial) -> list[Index]:
    """The names of the bound indices of a closed monomial, in order."""
    bound = monomial[0]
    return [("b", monomial_level(monomial), n) for n in range(len(bound))] if bound else []


# ------------------------------------------------------------------------ levels, occurrence
@lru_cache(_CACHE)
def atom_level(atom: Atom) -> int:
    """Deepest nesting of sums inside an atom."""
    return poly_level(atom[1]) if atom[0] in "elp" else 0


@lru_cache(_CACHE)
def poly_level(poly: Poly) -> int:
    """Deepest nesting of sums inside a poly."""
    return max((_nesting(monomial) for monomial, _ in poly), default=0)


def _nesting(monomial: Monomial) -> int:
    inner = max((atom_level(atom) for atom, _ in monomial[1]), default=0)
    return inner + 1 if monomial[0] else inner


def monomial_level(monomial: Monomial) -> int:
    """The level that names the bound indices of this monomial."""
    return max((atom_level(atom) for atom, _ in monomial[1]), default=0) + 1


def index_has(index: Index, name: Index) -> bool:
    """Does the index mention the name, also inside an index function?"""
    return index == name or (index[0] == "f" and any(index_has(part, name) for part in index[2:]))


@lru_cache(_CACHE)
def atom_has(atom: Atom, name: Index) -> bool:
    """Does the atom depend on the index?"""
    if atom[0] == "x":
        return any(index_has(index, name) for index in atom[2:])
    if atom[0] == "d":
        return index_has(atom[1], name) or index_has(atom[2], name)
    return poly_has(atom[1], name)


@lru_cache(_CACHE)
def poly_has(poly: Poly, name: Index) -> bool:
    """Does the poly depend on the index?"""
    return any(atom_has(atom, name) for (_, factors), _ in poly for atom, _ in factors)


def depends(atom: Atom, names: Iterable[Index]) -> bool:
    """Does the atom depend on any of the indices?"""
    return any(atom_has(atom, name) for name in names)


# ---------------------------------------------------------------------------------- renaming
def index_renamed(index: Index, names: Mapping[Index, Index]) -> Index:
    """Replace names in an index term."""
    if index in names:
        return names[index]
    if index[0] == "f":
        return ("f", index[1], *(index_renamed(part, names) for part in index[2:]))
    return index


def delta(left: Index, right: Index) -> Atom:
    """Kronecker delta with its arguments in order."""
    return ("d", left, right) if left <= right else ("d", right, left)


def atom_renamed(atom: Atom, names: Mapping[Index, Index]) -> Atom:
    """Rename indices injectively: nothing can simplify, only the order may change."""
    if atom[0] == "x":
        return (*atom[:2], *(index_renamed(index, names) for index in atom[2:]))
    if atom[0] == "d":
        return delta(index_renamed(atom[1], names), index_renamed(atom[2], names))
    return (atom[0], poly_renamed(atom[1], names))


def poly_renamed(poly: Poly, names: Mapping[Index, Index]) -> Poly:
    """Rename indices injectively in a poly."""
    if not any(poly_has(poly, name) for name in names):
        return poly
    return tuple(sorted((_monomial_renamed(monomial, names), c) for monomial, c in poly))


def _monomial_renamed(monomial: Monomial, names: Mapping[Index, Index]) -> Monomial:
    bound, factors = opened(monomial)
    return close(bound, ((atom_renamed(atom, names), e) for atom, e in factors))


# --------------------------------------------------------------------------- opening, closing
def opened(monomial: Monomial) -> tuple[Bound, list[tuple[Atom, Number]]]:
    """The monomial with fresh names for its bound indices."""
    sorts, factors = monomial
    if not sorts:
        return (), list(factors)
    names = {name: fresh_index() for name in bound_names(monomial)}
    bound = tuple(zip(names.values(), sorts, strict=True))
    return bound, [(atom_renamed(atom, names), e) for atom, e in factors]


def close(bound: Bound, factors: Iterable[tuple[Atom, Number]]) -> Monomial:
    """Bind the opened indices again, in the order that gives the smallest term."""
    listed = list(factors)
    if not bound:
        return (), tuple(sorted(listed))
    level = max((atom_level(atom) for atom, _ in listed), default=0) + 1
    candidates = []
    for order in _orders(bound, listed):
        check_time()
        names = {name: ("b", level, n) for n, (name, _) in enumerate(order)}
        renamed = tuple(sorted((atom_renamed(atom, names), e) for atom, e in listed))
        candidates.append((tuple(sort for _, sort in order), renamed))
    return min(candidates)


def _orders(bound: Bound, factors: list[tuple[Atom, Number]]) -> Iterator[Bound]:
    """Orders worth trying: indices are first told apart by where they occur."""
    if len(bound) == 1:
        yield bound
        return
    everyone = {name: ("y", 1) for name, _ in bound}
    groups: dict[Any, list[tuple[Index, str]]] = {}
    for name, sort in bound:
        marked = {**everyone, name: ("y", 0)}
        places = sorted((atom_renamed(a, marked), e) for a, e in factors if atom_has(a, name))
        groups.setdefault((sort, tuple(places)), []).append((name, sort))
    if prod(factorial(len(group)) for group in groups.values()) > _MOST_ORDERS:
        raise OutOfFuel(f"{len(bound)} sums at once that look alike; that is too many to compare")
    for choice in product(*(permutations(groups[key]) for key in sorted(groups))):
        yield tuple(item for group in choice for item in group)
