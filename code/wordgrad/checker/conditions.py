"""Conditions written beside a formula: `, w \\neq o`, `\\text{for } w = o`, `Case w = o:`.

Only conditions between two index letters are taken as such.  What merely says where an index runs
(`k = 1, \\dots, K`, `\\forall w`) adds nothing.  Anything else is no clause and stays where it is,
for the parser to say that it cannot be read.
"""

import re
from functools import lru_cache

from wordgrad.latex.syntax import IndexApply, IndexName, Relation
from wordgrad.meaning.notation import Notation

_SPACING = re.compile(r"\\(?:quad|qquad|left|right|[,;:!> ]|[hv]space\*?\{[^{}]*\})|[~$&\u2003]")
_WRAPPED = re.compile(r"\\(?:text|textrm|textit|textbf|mathrm|mbox|emph)\s*\{([^{}]*)\}")
LONGEST = 200  # signs in a clause
_BEGINS = (
    r"if|for|when|whenever|where|with|given|all|any|each|every|cases?(?:\s*\d)?|words?"
    r"|assuming|assume|suppose|consider"
)
_FILLERS = (
    r"and|then|we|have|get|first|second|next|now|that|the|other|in|of|our|these|those|drawn"
    r"|negatives?|samples?|sampled|random|noise|outside|context|vocabulary|index|indices|classes"
    r"|positions?|window|components?"
)
_FIRST_WORD = re.compile(rf"\s*(?:{_BEGINS}|in case|∀)(?![A-Za-z])", re.IGNORECASE)
_WORD = re.compile(rf"(?<![A-Za-z\\])(?:{_BEGINS}|{_FILLERS})(?![A-Za-z_])\.?", re.IGNORECASE)
_SIZE = r"(?:\|?\s*(?:\\mathcal\s*\{?\s*V\s*\}?|[VKWd]|\\(?:text|mathrm)\{Vocab\}|Vocab)\s*\|?)"
_DOTS = r"(?:\\[lc]?dots[cb]?|\.\.\.?|…|⋯)"
_LETTER = r"(?:[a-z]'?|\\ell)"
_RUN = re.compile(rf"({_LETTER})\s*=\s*1\s*,\s*(?:2\s*,\s*)?{_DOTS}\s*,\s*{_SIZE}")
_BETWEEN = re.compile(rf"1\s*(?:\\leq?|≤|<=)\s*({_LETTER})\s*(?:\\leq?|≤|<=)\s*{_SIZE}")
_MEMBER = re.compile(
    rf"({_LETTER})\s*(?:\\in\b|∈)\s*(?:{_SIZE}|\[\s*(?:1\s*,\s*)?{_SIZE}\s*\]|\\?\{{\s*1\s*,.*?{_SIZE}\s*\\?\}})"
    rf"(?:\s*(?:\\setminus|\\backslash)\s*\\?\{{?\s*({_LETTER})\s*\\?\}}?)?"
)
_RELATION = re.compile(
    rf"({_LETTER})\s*(?:(=)|\\neq?(?![a-z])|\\not\s*=|≠|!=|\\notin\b|∉)\s*\\?\{{?\s*({_LETTER})\s*\\?\}}?"
)
_WINDOW = re.compile(
    rf"(?:-\s*m\s*(?:\\leq?|≤|<=)\s*({_LETTER})\s*(?:\\leq?|≤|<=)\s*m\s*[,;]\s*\1\s*(?:\\neq?|≠|!=)\s*0"
    rf"|0\s*<\s*\|\s*({_LETTER})\s*\|\s*(?:\\leq?|≤|<=)\s*m"
    rf"|({_LETTER})\s*(?:\\in\b|∈)\s*\\\{{\s*-m\s*,.*?m\s*\\\}}\s*\\setminus\s*\\\{{\s*0\s*\\\}})"
)
_NEGATIVE = r"[wn]_\{?k\}?"
_AVOIDING = re.compile(
    rf"o\s*(?:\\notin\b|∉)\s*\\?\{{\s*[wn]_\{{?1\}}?\s*,.*?[wn]_\{{?K\}}?\s*\\?\}}"
    rf"|o\s*(?:\\neq?|≠|!=)\s*{_NEGATIVE}|{_NEGATIVE}\s*(?:\\neq?|≠|!=)\s*o"
)
NO_NEGATIVE_IS_O = Relation(IndexName("o"), IndexApply("n", (IndexName("k"),)), equal=False)
DISTINCT_NEGATIVES = Relation(
    IndexApply("n", (IndexName("k"),)), IndexApply("n", (IndexName("l"),)), equal=False
)
_ABOUT_NEGATIVES = (NO_NEGATIVE_IS_O, DISTINCT_NEGATIVES)
_ALONE = re.compile(rf"{_LETTER}")
_BRACKETED = re.compile(r"[(\[](.*)[)\]]", re.DOTALL)


def conditions_in(text: str) -> tuple[Relation, ...] | None:
    """The conditions that a clause states; None if the text is no clause.

    Examples
    --------
    >>> [relation.equal for relation in conditions_in(r"\\quad\\text{for all } w \\neq o")]
    [False]
    >>> conditions_in(r"k = 1, \\dots, K")
    ()
    >>> conditions_in(r"\\hat y_w v_c") is None
    True
    """
    if len(text) > LONGEST:
        return None
    plain = _plain(text)
    worded = bool(_FIRST_WORD.match(plain))
    plain = _WORD.sub(" , ", plain.replace("∀", " , ")).replace(":", " , ")
    plain = _WINDOW.sub("j ∈ V", plain)
    plain = _BETWEEN.sub(r"\1 ∈ V", _RUN.sub(r"\1 ∈ V", plain))
    items = [item.strip() for item in _split(plain) if item.strip()]
    found: list[Relation] = []
    for item in items:
        if relation := _RELATION.fullmatch(item):
            left, equal, right = relation.groups()
            found.append(_relation(left, right, bool(equal)))
        elif _AVOIDING.fullmatch(item):
            found.append(NO_NEGATIVE_IS_O)
        elif member := _MEMBER.fullmatch(item):
            if member.group(2):
                found.append(_relation(member.group(1), member.group(2), False))
        elif not (worded and _ALONE.fullmatch(item)):
            return None
    return tuple(found) if items else None


def is_idle(text: str) -> bool:
    """Does a clause only say that something holds everywhere: `\\text{for each negative sample}`?

    Examples
    --------
    >>> is_idle(r"\\text{for all negative samples}"), is_idle(r"\\text{for } w = o")
    (True, False)
    """
    plain = _plain(text)
    return (
        len(text) <= LONGEST
        and bool(_FIRST_WORD.match(plain))
        and not _WORD.sub(" ", plain).strip()
    )


def _plain(text: str) -> str:
    """Without spacing, upright braces, the stop at the end and brackets around everything."""
    plain = _WRAPPED.sub(r" \1 ", text)
    plain = _SPACING.sub(" ", plain).replace(r"\forall", "∀").strip().rstrip(".:;,").strip()
    while bracketed := _BRACKETED.fullmatch(plain):
        plain = bracketed.group(1).strip()
    return plain


def is_case(text: str) -> bool:
    """Does a line state nothing but a condition, such as `Case w = o:`?

    Examples
    --------
    >>> is_case(r"\\text{Case 1: } w = o"), is_case("x = s")
    (True, False)
    """
    found = conditions_in(text)
    plain = _plain(text)
    constant = found and all({"o", "c"} & set(names_of(relation)) for relation in found)
    return bool(found) and bool(constant or _FIRST_WORD.match(plain))


def _split(text: str) -> list[str]:
    """At commas outside of braces."""
    items, depth = [""], 0
    for sign in text:
        depth += (sign in "{[") - (sign in "}]")
        if sign in ",;" and depth <= 0:
            items.append("")
        else:
            items[-1] += sign
    return items


def _relation(left: str, right: str, equal: bool) -> Relation:
    one, other = (IndexName(name.removeprefix("\\")) for name in (left, right))
    return Relation(one, other, equal)


def names_of(relation: Relation) -> tuple[str, ...]:
    """The two letters of a condition; none for one on all negatives."""
    if relation in _ABOUT_NEGATIVES:
        return ()
    assert isinstance(relation.left, IndexName)
    assert isinstance(relation.right, IndexName)
    return relation.left.name, relation.right.name


@lru_cache(maxsize=512)
def under(notation: Notation, conditions: tuple[Relation, ...]) -> Notation:
    """The notation with these conditions among its assumptions; they outweigh opposite ones."""
    if not conditions:
        return notation
    pairs = [(relation.equal, names_of(relation)) for relation in conditions]
    equal = tuple((p[0], p[1]) for holds, p in pairs if holds)
    distinct = tuple((p[0], p[1]) for holds, p in pairs if not holds and p)
    stated = {frozenset(pair) for pair in (*equal, *distinct)}
    before = notation.assumptions

    def kept(given: tuple[tuple[str, str], ...]) -> tuple[tuple[str, str], ...]:
        return tuple(pair for pair in given if frozenset(pair) not in stated)

    word = "c" if notation.quantity("vhat") else "o"
    avoiding = (("n", word),) if NO_NEGATIVE_IS_O in conditions else ()
    apart = ("n",) if DISTINCT_NEGATIVES in conditions else ()
    return notation.assuming(
        injective=tuple(dict.fromkeys((*before.injective, *apart))),
        avoiding=tuple(dict.fromkeys((*before.avoiding, *avoiding))),
        equal=(*kept(before.equal), *equal),
        distinct=(*kept(before.distinct), *distinct),
    )
