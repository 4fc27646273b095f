"""The first judge: equality for symbolic sizes, by normal forms of every component."""

from functools import cache

import sympy as sp

from wordgrad.calculus.convert import Converter
from wordgrad.calculus.equality import is_positive, is_zero
from wordgrad.calculus.errors import CalculusError
from wordgrad.calculus.limits import TooLarge
from wordgrad.calculus.positivity import is_visibly_positive
from wordgrad.calculus.terms import Poly
from wordgrad.meaning.elaborate import Condition, elaborate_expression, signature_of
from wordgrad.meaning.notation import Notation
from wordgrad.meaning.shapes import Typed

_ROW, _COLUMN = sp.symbols("row_ column_", integer=True)


class Prover:
    """Proves equalities under one notation; remembers the normal forms of definitions.

    Parameters
    ----------
    notation : Notation
        Letters and assumptions.
    """

    def __init__(self, notation: Notation) -> None:
        self._converter = Converter(signature_of(notation))
        self._forms: dict[sp.Expr, Poly] = {}
        self._assumed = [
            self.normal_form(component(elaborate_expression(latex, notation)))
            for latex in notation.assumptions.positive
        ]

    def normal_form(self, expression: sp.Expr) -> Poly:
        """The normal form of a scalar, cached."""
        if expression not in self._forms:
            self._forms[expression] = self._converter.normal_form(expression)
        return self._forms[expression]

    def equal(self, left: Typed, right: Typed) -> bool:
        """Are two arrays of one shape equal in every component, for all sizes?

        False means "not shown", never "refuted".

        Raises
        ------
        CalculusError
            If a part has no rule or the step budget is used up.
        """
        ring = self._converter.ring
        difference = ring.subtract(
            self.normal_form(component(left)), self.normal_form(component(right))
        )
        return is_zero(ring, difference)

    def undischarged(self, conditions: tuple[Condition, ...]) -> tuple[str, ...]:
        """The side conditions that cannot be shown, each as LaTeX."""
        open_ones = [c for c in conditions if not self._holds(c)]
        return tuple(dict.fromkeys(f"{c.latex} {_SIGN[c.kind]} 0" for c in open_ones))

    def _holds(self, condition: Condition) -> bool:
        ring = self._converter.ring
        if is_visibly_positive(condition.expr, self._converter.signature):
            return True
        try:
            poly = self.normal_form(condition.expr)
            if poly in self._assumed or is_positive(ring, poly):
                return True
            return condition.kind == "nonzero" and is_positive(ring, ring.scale(poly, -1))
        except (CalculusError, TooLarge):
            return False


_SIGN = {"positive": ">", "nonzero": r"\neq"}


def component(typed: Typed) -> sp.Expr:
    """The entry of an array in a generic row and column."""
    return typed.component(
        None if typed.rows is None else _ROW, None if typed.cols is None else _COLUMN
    )


@cache
def prover_for(notation: Notation) -> Prover:
    """One prover per notation."""
    return Prover(notation)
