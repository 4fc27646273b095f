"""Letters that a reader uses for scores and probabilities without saying so: `p_i`, `a_j`.

`\\frac{\\partial S_i}{\\partial x_j} = S_i(\\delta_{ij}-S_j)` says by its form what S and x are.
Such a reading is taken only where it makes the line right.
"""

from collections.abc import Iterator
from itertools import permutations

from wordgrad.calculus.sorts import DIM, VOC
from wordgrad.checker.book_names import BY_WORD, SPARE, with_quantity
from wordgrad.checker.habits import in_known_marks
from wordgrad.checker.trees import places
from wordgrad.latex.errors import NotUnderstood
from wordgrad.latex.parser import parse_line
from wordgrad.latex.spelling import is_letter
from wordgrad.latex.syntax import Name
from wordgrad.meaning.notation import Notation, Quantity

_IDENTITY = "I"
_MOST = 2  # letters that may be new in one line
_MEANING = {"theta": r"\theta_i", "yhat": r"\hat y_i"}


def unknown_letters(text: str, notation: Notation, own: set[str]) -> tuple[str, ...]:
    """Letters of a line that stand for nothing here, or for something that a reader may not know.

    Examples
    --------
    >>> from wordgrad.meaning.contexts import scores
    >>> unknown_letters(r"\\pi_i = e^{\\eta_i}", scores(), set())
    ('pi', 'eta')
    """
    try:
        line = parse_line(in_known_marks(text))
    except NotUnderstood:
        return ()
    names = (
        p.node for p in places(line) if isinstance(p.node, Name) and len(p.node.subscripts) <= 1
    )
    found = (name.name for name in names if is_letter(name.name) and name.name not in own)
    known = notation.quantity
    return tuple(dict.fromkeys(n for n in found if known(n) is None or n in SPARE))


def aliased(letters: tuple[str, ...], notation: Notation) -> Iterator[tuple[Notation, str]]:
    """The notation with these letters for scores and probabilities, each with a remark."""
    if letters == (_IDENTITY,):
        yield from _with_identity(notation)
        return
    if not 1 <= len(letters) <= _MOST or any(notation.quantity(name) is None for name in BY_WORD):
        return
    for meant in permutations(BY_WORD, len(letters)):
        result = notation
        for letter, name in zip(letters, meant, strict=True):
            own = Quantity(letter, (VOC,), definition=_MEANING[name], formals=("i",))
            result = with_quantity(result, own)
        said = (f"{a} is read as {b}" for a, b in zip(letters, meant, strict=True))
        yield result, ", ".join(said)


def _with_identity(notation: Notation) -> Iterator[tuple[Notation, str]]:
    """I as the identity matrix of the words, or of the components of a vector."""
    for sort in (VOC, DIM):
        if any(sort in quantity.sorts for quantity in notation.quantities.values()):
            definition = r"\delta_{ij}"
            one = Quantity(_IDENTITY, (sort, sort), definition=definition, formals=("i", "j"))
            yield with_quantity(notation, one), f"I is the identity matrix of size {sort.size}"
