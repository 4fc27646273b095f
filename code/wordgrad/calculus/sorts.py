"""Sorts: what an index can run over, each a finite nonempty range of symbolic size."""

from dataclasses import dataclass
from functools import cached_property

import sympy as sp


@dataclass(frozen=True)
class Sort:
    """A kind of index.

    Parameters
    ----------
    name : str
        Short name, used in messages ("Voc").
    size : str
        How many values it has, as text: a symbol ("V") or a multiple of one ("2*m").
    noun : str
        What one index of it selects, for sentences ("word").
    """

    name: str
    size: str
    noun: str

    def __repr__(self) -> str:
        return self.name

    @cached_property
    def length(self) -> sp.Expr:
        """The size as a SymPy expression with positive integer symbols."""
        factor, _, symbol = self.size.rpartition("*")
        return sp.Integer(factor or 1) * sp.Symbol(symbol, integer=True, positive=True)

    @property
    def limits(self) -> tuple[sp.Expr, sp.Expr]:
        """Bounds of a SymPy `Sum` over this sort."""
        return sp.Integer(1), self.length


VOC = Sort("Voc", "V", "word")
DIM = Sort("Dim", "d", "component")
NEG = Sort("Neg", "K", "negative sample")
WIN = Sort("Win", "2*m", "window position")

SORTS = (VOC, DIM, NEG, WIN)


def sort_of_limits(lower: sp.Expr, upper: sp.Expr) -> Sort:
    """The sort whose SymPy range is `lower..upper`.

    Raises
    ------
    ValueError
        If no sort has this range.
    """
    for sort in SORTS:
        if sort.limits == (lower, upper):
            return sort
    known = ", ".join(f"1..{sort.size}" for sort in SORTS)
    raise ValueError(f"no sort ranges over {lower}..{upper}; the known ranges are {known}")
