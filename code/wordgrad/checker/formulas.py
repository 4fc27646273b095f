"""Several formulas on one line: `a = b, \\quad c = d`, `a = b \\text{ where } b = c`."""

import re
from collections.abc import Iterator

from wordgrad.checker.clauses import cuts, take_apart
from wordgrad.checker.conditions import conditions_in
from wordgrad.checker.own_letters import defined_letter
from wordgrad.checker.prose import BLANKS, TEXT
from wordgrad.checker.reading import Segment, parsed, read_line
from wordgrad.checker.trees import places
from wordgrad.latex.errors import NotUnderstood
from wordgrad.latex.syntax import Call, Name
from wordgrad.meaning.notation import Notation

_JOINS = r"(?:where|with|and|for|so|hence|using|given|let|then|while|whereas|here)"
_JOINT = re.compile(
    rf"[,;]?{BLANKS}(?:{TEXT}\{{\s*,?\s*(?:{_JOINS}\s*)?,?\s*\}}|{_JOINS}(?![A-Za-z])|(?<=[,;\s}}]))"
    rf"{BLANKS}",
    re.IGNORECASE,
)
_WORDS = re.compile(rf"{TEXT}\{{[\s,]*(?:{_JOINS})(?:\s+(?:{_JOINS}))?[\s,:]*\}}", re.IGNORECASE)
_MOST = 6  # formulas on one line
_MOST_CUTS = 40  # places at which a line may be cut


def separated(text: str) -> tuple[str, ...]:
    """The formulas of a line, each readable by itself; empty if it is not several.

    Parameters
    ----------
    text : str
        A line that cannot be read as one formula.

    Examples
    --------
    >>> separated(r"a = u_o^\\top v_c, \\quad b = a^2")
    ('a = u_o^\\\\top v_c', 'b = a^2')
    >>> separated(r"a = 3 b")
    ()
    """
    found = _pieces(text, _MOST)
    return found if found and len(found) > 1 else ()


def _pieces(text: str, most: int) -> tuple[str, ...] | None:
    """Readable formulas that make up the text; None if there are none such."""
    if _is_read(text):
        return (text,)
    if most == 1:
        return None
    for head, tail in _halves(text):
        if _is_read(head):
            rest = _pieces(tail, most - 1)
            if rest is not None:
                return (head, *rest)
    return None


def _halves(text: str) -> Iterator[tuple[str, str]]:
    places = tuple(cuts(text))
    for at in reversed(places) if len(places) <= _MOST_CUTS else ():
        joint = _JOINT.match(text, at)
        if joint and joint.end() > at and _claims(text[:at]) and _claims(text[joint.end() :]):
            yield text[:at].rstrip(" ,;"), text[joint.end() :]


def _claims(text: str) -> bool:
    """Is there a relation sign outside of braces, and more than a condition on indices?"""
    outside = re.sub(r"\{[^{}]*\}", "", re.sub(r"\{[^{}]*\}", "", text))
    return "=" in outside and conditions_in(text) is None


def is_joined(text: str) -> bool:
    """Do words stand between two formulas, such as `\\text{and}`?"""
    return any(
        _claims(text[: m.start()]) and _claims(text[m.end() :]) for m in _WORDS.finditer(text)
    )


def _is_read(text: str) -> bool:
    if is_joined(text):
        return False
    try:
        formula = take_apart(text).formula
        if formula.strip():
            parsed(formula)
        return bool(formula.strip())
    except NotUnderstood:
        return False


def definitions_first(pieces: tuple[str, ...], notation: Notation) -> tuple[str, ...]:
    """The formulas of one line, those in front that give a meaning to a letter of another."""
    read = [_segments(piece, notation) for piece in pieces]
    first = [
        at
        for at, found in enumerate(read)
        if len(found) == 1 and _used(found[0], read[:at]) and defined_letter(found[0], notation)
    ]
    return (*(pieces[at] for at in first), *(p for at, p in enumerate(pieces) if at not in first))


def _segments(piece: str, notation: Notation) -> tuple[Segment, ...]:
    try:
        return read_line(take_apart(piece).formula, notation)[0]
    except NotUnderstood:
        return ()


def _used(segment: Segment, others: list[tuple[Segment, ...]]) -> bool:
    """Whether the letter on the left stands in one of the others."""
    left = segment.parts[0]
    return isinstance(left, Name | Call) and any(
        letter == left.name for other in others for letter in letters_of(other)
    )


def letters_of(segments: tuple[Segment, ...]) -> Iterator[str]:
    """Names of all quantities in some segments."""
    for segment in segments:
        for part in segment.parts:
            for place in places(part):
                if isinstance(place.node, Name | Call):
                    yield place.node.name
