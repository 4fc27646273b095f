"""What an index letter is while a line is read: its binder, its uses, its SymPy tree."""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import lru_cache

import sympy as sp

from wordgrad.calculus.sorts import Sort
from wordgrad.latex import syntax as tree

Make = Callable[[], sp.Expr]


@lru_cache(maxsize=256)
def array(name: str) -> sp.IndexedBase:
    """The SymPy base that stands for an array or an index function."""
    return sp.IndexedBase(name)


@lru_cache(maxsize=256)
def index_symbol(name: str) -> sp.Symbol:
    """The SymPy symbol of a free index."""
    return sp.Symbol(name, integer=True)


@dataclass(eq=False, slots=True)
class Binder:
    """One letter in one place where it has one meaning.

    Parameters
    ----------
    name : str
    current : function
        Makes the tree that stands for the index at the moment.
    sort : Sort or None
        What it runs over: written, or found by `Scope.settle`.
    uses : list of (Sort, Node)
    """

    name: str
    current: Make
    sort: Sort | None = None
    uses: list[tuple[Sort, tree.Node]] = field(default_factory=list)

    def set(self, value: sp.Expr) -> None:
        """From now on the index is this tree."""
        self.current = lambda: value


@dataclass(frozen=True, slots=True)
class Term:
    """An index as written: a letter's binder, or something of a known sort."""

    node: tree.Node
    make: Make
    binder: Binder | None = None
    known: Sort | None = None

    @property
    def sort(self) -> Sort | None:
        """What it runs over, if that is known already."""
        return self.binder.sort if self.binder else self.known
