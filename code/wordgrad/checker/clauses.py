"""The formula of a line, and the conditions that stand beside it.

What is left out is overwritten with blanks, so that places in the formula stay places in the line.
Nothing that could be part of the formula is left out: what is unclear stays, and the parser says
that it cannot be read.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from wordgrad.checker.conditions import LONGEST, conditions_in, is_case, is_idle
from wordgrad.checker.prose import (
    BLANKS,
    GAP,
    HEAD_WORDS,
    TEXT,
    blank,
    unmarked,
    without_number,
    without_prose,
    without_reason,
    without_shape,
)
from wordgrad.latex.errors import NotUnderstood
from wordgrad.latex.lexer import MAX_LENGTH
from wordgrad.latex.syntax import Relation

_NUMBER_OR_FACTOR = re.compile(r"\(\s*(?:[2-9]|\d\d+|\d+\.\d+)\s*\)\s*[.,]?\s*$")
_REFERENCE = re.compile(
    r"(?<![A-Za-z_])([uv]|\\theta|\\hat\s*\{?\s*y\s*\}?|\\mathbf\s*\{?[uv]\}?)_\s*\{\s*([a-z])\s*"
    r"((?:=|\\neq?(?![a-z])|≠|!=)\s*[a-z]\s*)\}"
)
_EVALUATED = re.compile(r"(?:\\(?:[bB]igg?[lrm]?|right)\s*)?(?:\||\\[lr]?vert)\s*_\s*\{([^{}]*)\}")
_CUT = re.compile(rf"[,;(\[]|{GAP}|{TEXT}\{{|\\forall|∀|\s(?:if|for|when|where)\s", re.IGNORECASE)

_WHERE = re.compile(
    rf"{BLANKS}(?:{TEXT}\{{\s*(?:where|with|here|and)\s*:?,?\s*\}}|(?:where|with|here|and)(?![A-Za-z]))[:,]?",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Clauses:
    """A line taken apart.

    Parameters
    ----------
    formula : str
        The line with blanks in place of everything else; empty if nothing is left.
    conditions : tuple of Relation
        Under which the formula is claimed.
    concludes : bool
        It begins with a word such as "hence" or "in general": cases end before it.
    """

    formula: str
    conditions: tuple[Relation, ...] = ()
    concludes: bool = False


def take_apart(text: str) -> Clauses:
    """The formula of a line, and the conditions written beside it.

    Raises
    ------
    NotUnderstood
        If a number in brackets at the end may be a factor or the number of the line.

    Examples
    --------
    >>> take_apart(r"= \\hat y_w v_c, \\quad w \\neq o").formula.strip()
    '= \\\\hat y_w v_c'
    >>> take_apart(r"= U^\\top(\\hat y-y) \\qquad (3)").formula.strip()
    '= U^\\\\top(\\\\hat y-y)'
    """
    found: list[Relation] = []
    if len(text) > MAX_LENGTH:
        return Clauses(text)
    text = unmarked(text)
    text, concludes = without_prose(text)
    text = _without_where(text)
    if is_case(text):
        return Clauses("", conditions_in(text) or (), concludes)
    text = _without_head(text, found)
    text = _without_tail(text, found)
    text = _inside(text, found)
    return Clauses(text, tuple(dict.fromkeys(found)), concludes)


def _without_where(text: str) -> str:
    """Without `where` in front of a definition; in front of a condition it stays."""
    found = _WHERE.match(text)
    definition = found and "=" in text[found.end() :] and conditions_in(text) is None
    return blank(text, 0, found.end()) if found and definition else text


def _without_head(text: str, found: list[Relation]) -> str:
    """Without a condition in front: `For w \\neq o: ...`, `w = o: ...`."""
    for match in re.finditer(r":(?!=)|,|\}(?=\s*[^\s_^=:,])", text):
        head = text[: match.end()]
        if len(head) > 80:
            break
        said = conditions_in(head)
        worded = HEAD_WORDS.match(head)
        if said is not None and (worded or match.group() == ":") and text[match.end() :].strip():
            found += said
            return blank(text, 0, match.end())
    return text


def _without_tail(text: str, found: list[Relation]) -> str:
    """Without numbers, conditions and reasons behind the formula."""
    for _ in range(4):
        before = text
        text = without_number(text)
        text = _without_condition(text, found)
        text = without_reason(text)
        text = without_shape(text)
        if text == before:
            break
    if (number := _NUMBER_OR_FACTOR.search(text)) and text[: number.start()].rstrip()[-1:] != "=":
        at = number.start()
        if text[at - 1 : at].isspace():
            message = "a factor or the number of the line? write \\cdot in front, or \\tag{...}"
            raise NotUnderstood(message, at, text)
    return text


def _without_condition(text: str, found: list[Relation]) -> str:
    end = len(text.rstrip())
    for at in (at for at in cuts(text) if end - at <= LONGEST):
        said = () if is_idle(text[at:end]) else conditions_in(text[at:end])
        if said is not None and text[:at].strip():
            found += said
            return blank(text, at, end)
    return text


def cuts(text: str) -> Iterator[int]:
    """Places outside of brackets where a clause may begin, from left to right."""
    depth, at = 0, 0
    while at < len(text):
        match = _CUT.match(text, at)
        if depth == 0 and match and not (match.group() in "([" and not _apart(text, at)):
            yield at
        sign = text[at]
        if sign == "\\" and at + 1 < len(text):
            at += 2
            continue
        depth += (sign in "{([") - (sign in "})]")
        at += 1


def _apart(text: str, at: int) -> bool:
    """A bracket that stands apart from the formula before it, so that it is no factor."""
    return bool(re.search(rf"(?:[,;]|{GAP})\s*$", text[:at]))


def _inside(text: str, found: list[Relation]) -> str:
    """Conditions in subscripts: `u_{w \\neq o}`, and behind a bar: `\\Big|_{w=o}`."""
    for match in (*_REFERENCE.finditer(text),):
        said = conditions_in(match.group(2) + match.group(3))
        if said:
            found += said
            text = blank(text, match.start(3), match.end(3))
    for match in (*_EVALUATED.finditer(text),):
        said = conditions_in(match.group(1))
        if said:
            found += said
            text = blank(text, match.start(), match.end())
    return text
