"""What the calculus must know about the letters in a SymPy tree."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import sympy as sp

from wordgrad.calculus.sorts import Sort


@dataclass(frozen=True, eq=False)
class Signature:
    """The letters of a SymPy tree and the assumptions under which it is read.

    Parameters
    ----------
    arrays : mapping of name to sorts
        Every array, base or defined; a scalar has no sorts and stands as a `Symbol`.
    index_functions : mapping of name to (argument sorts, result sort)
        `n[k]`, `w[j]`: an `Indexed` standing where an index stands.
    definitions : mapping of name to function of the indices
        Returns a fresh SymPy tree for the component; bound indices in it are fresh `Dummy`s.
    distributions, positive : sets of array names
        Sum to one over their only axis; take positive values only.
    equal, distinct : pairs of free index names
        Cases such as w = o and w != o.
    injective : set of index function names
    avoiding : set of (index function, free index name)
    """

    arrays: Mapping[str, tuple[Sort, ...]]
    index_functions: Mapping[str, tuple[tuple[Sort, ...], Sort]] = field(default_factory=dict)
    definitions: Mapping[str, Callable[..., sp.Expr]] = field(default_factory=dict)
    distributions: frozenset[str] = frozenset()
    positive: frozenset[str] = frozenset()
    equal: tuple[tuple[str, str], ...] = ()
    distinct: frozenset[frozenset[str]] = frozenset()
    injective: frozenset[str] = frozenset()
    avoiding: frozenset[tuple[str, str]] = frozenset()
