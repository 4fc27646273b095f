"""A quick look at many candidates: do they equal the reference in one small world?

The oracle compares two lines with care, in several worlds.  A search tries hundreds of repairs of
one line, nearly all of them wrong; here one world is drawn for all of them, the reference is
evaluated once, and what passes goes to the judges.
"""

from collections.abc import Iterable, Mapping
from functools import cached_property

import numpy as np

from wordgrad.calculus.limits import TooLarge
from wordgrad.latex.errors import NotUnderstood
from wordgrad.latex.syntax import Expr
from wordgrad.meaning.faults import LineError
from wordgrad.meaning.notation import Notation
from wordgrad.oracle.evaluate import Evaluator
from wordgrad.oracle.reader import read
from wordgrad.oracle.reading import Needs
from wordgrad.oracle.values import EvaluationError, Value, common_shape
from wordgrad.oracle.world import draw_world
from wordgrad.oracle.worlds import ROOMY

_SIZES: Mapping[str, int] = {"d": 2, "V": 5, "K": 3, "m": 2}  # no two alike, nor 2m like one
_CLOSE = 1e-6
_FAULTS = (EvaluationError, LineError, NotUnderstood, TooLarge, KeyError)


class Screen:
    """One world in which candidates are held against a reference.

    Parameters
    ----------
    reference : Expr
        What a candidate should equal.
    neighbours : iterable of Expr
        What candidates are made of: the line, and letters that may be put in.
    notation : Notation
    """

    def __init__(self, reference: Expr, neighbours: Iterable[Expr], notation: Notation) -> None:
        self.reference = reference
        self.neighbours = tuple(neighbours)
        self.notation = notation

    def passes(self, candidate: Expr) -> bool:
        """May the candidate equal the reference?"""
        if self._evaluator is None:
            return True
        try:
            value = self._evaluator.value(candidate)
            common_shape((self._wanted, value), "the two sides")
        except _FAULTS:
            return False
        return _agree(self._wanted, value)

    @cached_property
    def _wanted(self) -> Value:
        assert self._evaluator is not None
        return self._evaluator.value(self.reference)

    @cached_property
    def _evaluator(self) -> Evaluator | None:
        needs = self._needs()
        for sizes in (_SIZES, ROOMY):
            world = draw_world(needs, sizes, 1, np.random.default_rng(0))
            if world is not None:
                return Evaluator(self.notation, world)
        return None

    def _needs(self) -> Needs:
        """Those of the reference and of all neighbours that go together with it."""
        together: tuple[Expr, ...] = (self.reference,)
        for neighbour in self.neighbours:
            try:
                read((*together, neighbour), self.notation).needs()
            except _FAULTS:
                continue
            together = (*together, neighbour)
        return read(together, self.notation).needs()


def _agree(wanted: Value, value: Value) -> bool:
    a, b = np.broadcast_arrays(wanted.array, value.array)
    both = np.isfinite(a) & np.isfinite(b)
    if not both.any():
        return False
    with np.errstate(all="ignore"):
        return bool(np.allclose(a[both], b[both], rtol=_CLOSE, atol=_CLOSE))
