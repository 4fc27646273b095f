"""Lines that hold only under an assumption nobody made: w is not o, the negatives are distinct.

Such a line is no misprint; it answers an easier question.  The slip is the case that was forgotten.
"""

from collections.abc import Iterator
from itertools import combinations

from wordgrad.calculus.sorts import VOC
from wordgrad.checker.comparison import Reference
from wordgrad.latex.syntax import Expr, Line
from wordgrad.meaning.elaborate import elaborate_line
from wordgrad.meaning.faults import LineError
from wordgrad.meaning.notation import Notation
from wordgrad.proof.judge import judge

REPEATS = "repeats counted wrongly"
CASE = "case w=o forgotten"


def forgotten_case(part: Expr, reference: Reference) -> tuple[str, str] | None:
    """The name of the slip and when the line holds, in words; None if it never does.

    Examples
    --------
    >>> from wordgrad.meaning.contexts import naive_softmax
    >>> from wordgrad.latex.parser import parse_expression
    >>> gradient = parse_expression(r"\\frac{\\partial J}{\\partial u_w}")
    >>> line = parse_expression(r"\\hat y_w v_c")
    >>> forgotten_case(line, Reference(gradient, naive_softmax()))
    ('case w=o forgotten', '$w\\\\neq o$')
    """
    for name, words, notation in _narrower(part, reference):
        if judge(reference.tree, part, notation).status in ("proved", "agrees"):
            return name, words
    return None


def _narrower(part: Expr, reference: Reference) -> Iterator[tuple[str, str, Notation]]:
    """The notation with one more assumption."""
    notation, made = reference.notation, reference.notation.assumptions
    names = _words(part, reference)
    for pair in combinations(names, 2):
        if pair not in made.distinct and pair[::-1] not in made.distinct:
            apart = notation.assuming(distinct=(*made.distinct, pair))
            yield CASE, rf"${pair[0]}\neq {pair[1]}$", apart
    if "n" in notation.index_functions and notation.quantity("y") and not made.injective:
        predicted = _predicted(notation)
        avoiding = {"avoiding": (("n", predicted),)}
        yield REPEATS, f"no negative is ${predicted}$", notation.assuming(**avoiding)
        different = {"injective": (*made.injective, "n")}
        yield REPEATS, "the negatives are distinct", notation.assuming(**different)
        both = notation.assuming(**avoiding, **different)
        yield REPEATS, f"the negatives are distinct and none is ${predicted}$", both
    for pair in combinations(names, 2):
        if pair not in made.equal:
            equal = notation.assuming(equal=(*made.equal, pair), distinct=())
            yield CASE, f"${pair[0]}={pair[1]}$", equal


def _predicted(notation: Notation) -> str:
    """The word that the loss speaks of: o, or c in CBOW."""
    target = notation.quantity("y")
    return "c" if target is not None and target.definition.endswith("c}") else "o"


def _words(part: Expr, reference: Reference) -> tuple[str, ...]:
    """The free indices over words, of the line and of what it should equal."""
    try:
        both = elaborate_line(Line((reference.tree, part)), reference.notation).free_indices
    except LineError:
        return ()
    names = {name: None for name, sort in both.items() if sort == VOC}
    if "o" in reference.notation.constants and reference.notation.quantity("y"):
        names |= {_predicted(reference.notation): None}
    return tuple(names)
