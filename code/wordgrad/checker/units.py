"""Unit vectors and the vector of ones over the words: letters that a reader uses as known."""

from dataclasses import replace
from functools import lru_cache

from wordgrad.calculus.sorts import VOC
from wordgrad.meaning.contexts import PROBABILITY
from wordgrad.meaning.notation import Notation, Quantity

ONE_HOT = "onehot"  # e_w under a name that no reader gives to something else
_UNIT = r"\delta_{ij}"
_QUANTITIES = (
    Quantity(ONE_HOT, (VOC, VOC), least=1, definition=_UNIT, formals=("i", "j")),
    Quantity("e", (VOC, VOC), least=1, definition=_UNIT, formals=("i", "j")),
    Quantity("ones", (VOC,), definition="1", formals=("i",)),
)
UNITS = tuple(quantity.name for quantity in _QUANTITIES)


@lru_cache(maxsize=256)
def with_units(notation: Notation) -> Notation:
    """The notation with `e_w`, 1 at the word w and 0 elsewhere, and `\\mathbf 1`, all ones.

    A letter that the notation has already keeps its meaning; where there are no words, there are
    no such vectors.

    Examples
    --------
    >>> from wordgrad.meaning.contexts import scores
    >>> with_units(scores()).quantity("e").definition
    '\\\\delta_{ij}'
    """
    if not any(VOC in quantity.sorts for quantity in notation.quantities.values()):
        return notation
    added = {q.name: q for q in _QUANTITIES if q.name not in notation.quantities}
    calls = dict(notation.calls)
    if notation.quantity("yhat"):
        calls = {"P": PROBABILITY, "p": PROBABILITY, **calls}
    return replace(notation, quantities={**notation.quantities, **added}, calls=calls)
