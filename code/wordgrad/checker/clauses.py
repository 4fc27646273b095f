"""What stands on a line beside the formula: conditions, equation numbers, reasons, prose.

Everything left out is overwritten with blanks, so that places in the formula stay places in the
line.  Nothing that could be part of the formula is left out: what is unclear stays, and the parser
says that it cannot be read.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from wordgrad.checker.conditions import LONGEST, conditions_in, is_case
from wordgrad.latex.errors import NotUnderstood
from wordgrad.latex.lexer import MAX_LENGTH
from wordgrad.latex.syntax import Relation

_TEXT = r"\\(?:text|textrm|textit|textbf|textsf|mbox|emph)\s*"
_SPACE = r"(?:\\[,;:!> ]|\\q?quad(?![A-Za-z])|~|\s)"
_GAP = r"(?:\\q?quad(?![A-Za-z])|\\hfill|\\hspace\*?\{[^{}]*\}|\\[;> ]|&+|\t|\s{3,})"
_WIDE = r"(?:\\q?quad(?![A-Za-z])|\\hfill|\\hspace\*?\{[^{}]*\}|&+|\t|\s{3,})"
_MARK = r"(?:\d+(?:\.\d+)*[a-z]?'*|[a-z]|[ivx]+|\*+|\\(?:ast|star|dagger)|★|†)"
_NUMBER_BEHIND = re.compile(rf"[(\[]\s*{_MARK}\s*[)\]]\s*[.,]?\s*$")
_WIDE_BEFORE = re.compile(rf"[.,;]?\s*{_WIDE}(?:\\[,;:!> ]|\\q?quad(?![A-Za-z])|~|\s)*$")
_BLANKS = r"(?:\\[,;:!> ]|\\q?quad(?![A-Za-z])|\\hfill|~|&|\s)*"
_NEAR = 60  # signs before a clause that may be space
_NUMBER_OR_FACTOR = re.compile(r"\(\s*(?:[2-9]|\d\d+|\d+\.\d+)\s*\)\s*[.,]?\s*$")
_MARKED = re.compile(r"^(\s*)(\*\*|__|`)(.+?)\2(\s*[.,]?\s*)$", re.DOTALL)
_BOXED = re.compile(r"(\s*\\(?:boxed|fbox|ensuremath)\s*\{)([^{}]*(?:\{.*\}[^{}]*)?)(\}[\s.,]*)$")
_PREFIX = re.compile(
    r"\s*(?:\*\*[A-Za-z ]+[.:]?\*\*[.:]?|\*\s+|•\s*|>\s+|#+\s+|\d+[.)]\s+(?=\S)|[a-h][.)]\s+(?=\S)"
    r"|\((?:\d+|[a-h]|[ivx]+)\)[\s:]+(?=[^=].*=)|-\s+(?=\$)"
    r"|\\item(?![A-Za-z])|(?:Step|Line|Part|Eq\.?|Equation)\s+\(?\w{1,3}\)?\s*[.:)]\s*)",
    re.IGNORECASE,
)
_PROSE = re.compile(
    r"(?:hence|thus|so|therefore|then|now|and|finally|also|i\.?\s?e\.?|we (?:get|have|obtain|find)"
    r"|it follows(?: that)?|this (?:gives|yields|is)|that is|which (?:gives|is)|which means"
    r"|combining|in general|altogether|overall|together|answer|result|solution|proof|recall"
    r"|note(?: that)?|by the chain rule|using the chain rule|by definition|since)"
    r"(?![A-Za-z_({])[\s,:.]*",
    re.IGNORECASE,
)
_REASON = re.compile(
    r"\s*[(\[]?\s*(?:since|because|as|using|by|recall|note|noting|use"
    r"|(?:chain|product|quotient) rule|def\.?|definition|linearity"
    r"|(?:from|see) (?:eq|above|the|\())(?![A-Za-z])",
    re.IGNORECASE,
)
_OPEN_BRACKET = re.compile(r"(?:\\(?:left|[bB]igg?l?))\s*$")
_REFERENCE = re.compile(
    r"(?<![A-Za-z_])([uv]|\\theta|\\hat\s*\{?\s*y\s*\}?|\\mathbf\s*\{?[uv]\}?)_\s*\{\s*([a-z])\s*"
    r"((?:=|\\neq?(?![a-z])|≠|!=)\s*[a-z]\s*)\}"
)
_EVALUATED = re.compile(r"(?:\\(?:[bB]igg?[lrm]?|right)\s*)?(?:\||\\[lr]?vert)\s*_\s*\{([^{}]*)\}")
_CUT = re.compile(rf"[,;(\[]|{_GAP}|{_TEXT}\{{|\\forall|∀|\s(?:if|for|when|where)\s", re.IGNORECASE)
_WHERE = re.compile(
    rf"[,;]?{_BLANKS}(?:{_TEXT}\{{\s*,?\s*(?:where|with)\s*\}}|where\s|with\s|(?<=[,;\s]))"
    rf"{_BLANKS}(?:{_TEXT}\{{\s*(?:where|with)\s*\}})?",
    re.IGNORECASE,
)
_OPENS_TEXT = re.compile(rf"{_TEXT}\{{")
_GAP_BEFORE = re.compile(rf"{_BLANKS}[(\[]?\s*$")
_HEAD_WORDS = re.compile(rf"\s*(?:{_TEXT}\{{)?\s*(?:for|if|when|case|in case|∀|\\forall)", re.I)


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
    text = _unmarked(text)
    text, concludes = _without_prose(text)
    if is_case(text):
        return Clauses("", conditions_in(text) or (), concludes)
    text = _without_head(text, found)
    text = _without_tail(text, found)
    text = _inside(text, found)
    return Clauses(text, tuple(dict.fromkeys(found)), concludes)


def halves(text: str) -> Iterator[tuple[str, str]]:
    """A line cut in two formulas, at a comma or `where` outside of brackets."""
    for at in _cuts(text):
        found = _WHERE.match(text, at)
        if found and "=" in text[:at] and "=" in text[found.end() :]:
            yield _blank(text, at, len(text)), _blank(text, 0, found.end())


def _blank(text: str, start: int, stop: int) -> str:
    return text[:start] + " " * (stop - start) + text[stop:]


def _unmarked(text: str) -> str:
    """Without Markdown emphasis around the line and numbers or bullets before it."""
    if marked := _MARKED.match(text):
        start, stop = marked.start(2), marked.end(3) + len(marked.group(2))
        width = len(marked.group(2))
        text = _blank(_blank(text, start, start + width), stop - width, stop)
    if prefix := _PREFIX.match(text):
        text = _blank(text, 0, prefix.end())
    if boxed := _BOXED.match(text):
        text = _blank(_blank(text, 0, boxed.end(1)), boxed.start(3), len(text))
    return text


def _without_prose(text: str) -> tuple[str, bool]:
    """Without words at the beginning of the line, upright or plain."""
    begin = 0
    while True:
        start = begin + len(text[begin:]) - len(text[begin:].lstrip(" ,\t$"))
        wrapped = re.compile(_TEXT + r"\{([^{}$]*)\}[\s,:]*").match(text, start)
        if wrapped and _is_prose(wrapped.group(1), text[wrapped.end() :]):
            begin = wrapped.end()
        elif (plain := _PROSE.match(text, start)) and "=" in text[plain.end() :]:
            begin = plain.end()
        else:
            break
    return (_blank(text, 0, begin) if begin else text), bool(text[:begin].strip())


def _is_prose(words: str, behind: str) -> bool:
    """Words of a sentence rather than the name of a quantity or a condition."""
    if not words.strip() or _HEAD_WORDS.match(words) or not behind.strip():
        return False
    if _PROSE.fullmatch(words.strip() + " "):
        return True
    return len(words.split()) > 1 and behind.lstrip()[0] not in "=_^("


def _without_head(text: str, found: list[Relation]) -> str:
    """Without a condition in front: `For w \\neq o: ...`, `w = o: ...`."""
    for match in re.finditer(r":(?!=)|,|\}(?=\s*[^\s_^=:,])", text):
        head = text[: match.end()]
        if len(head) > 80:
            break
        said = conditions_in(head)
        worded = _HEAD_WORDS.match(head)
        if said is not None and (worded or match.group() == ":") and text[match.end() :].strip():
            found += said
            return _blank(text, 0, match.end())
    return text


def _without_tail(text: str, found: list[Relation]) -> str:
    """Without numbers, conditions and reasons behind the formula."""
    for _ in range(4):
        before = text
        text = _without_number(text)
        text = _without_condition(text, found)
        text = _without_reason(text)
        if text == before:
            break
    if (number := _NUMBER_OR_FACTOR.search(text)) and text[: number.start()].rstrip()[-1:] != "=":
        at = number.start()
        if text[at - 1 : at].isspace():
            message = "a factor or the number of the line? write \\cdot in front, or \\tag{...}"
            raise NotUnderstood(message, at, text)
    return text


def _without_number(text: str) -> str:
    """Without the number of the line, if a wide gap stands before it."""
    end = len(text.rstrip())
    begin = max(0, end - _NEAR)
    number = _NUMBER_BEHIND.search(text[begin:end])
    if number is None:
        return text
    at = begin + number.start()
    gap = _WIDE_BEFORE.search(text[max(0, at - _NEAR) : at])
    return _blank(text, max(0, at - _NEAR) + gap.start(), end) if gap else text


def _without_condition(text: str, found: list[Relation]) -> str:
    end = len(text.rstrip())
    for at in (at for at in _cuts(text) if end - at <= LONGEST):
        said = conditions_in(text[at:end])
        if said is not None and text[:at].strip():
            found += said
            return _blank(text, at, end)
    return text


def _cuts(text: str) -> Iterator[int]:
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
    return bool(re.search(rf"(?:[,;]|{_GAP})\s*$", text[:at]))


def _without_reason(text: str) -> str:
    """Without `\\text{(chain rule)}`, `\\quad\\text{since } ...`."""
    for match in _OPENS_TEXT.finditer(text):
        near = max(0, match.start() - _NEAR)
        gap = _GAP_BEFORE.search(text[near : match.start()])
        start = near + gap.start() if gap else match.start()
        before = _OPEN_BRACKET.sub("", text[:start].rstrip()).rstrip()
        inside = text[match.end() :]
        words = inside.partition("}")[0]
        if not before or before[-1] in "=+-_^{*/(" or before.endswith((r"\cdot", r"\times")):
            continue
        apart = re.search(rf"{_GAP}|[(\[]", text[start : match.start()]) or before[-1] in ",;"
        if text[:start].count("{") != text[:start].count("}"):
            continue
        if apart and _REASON.match(words):
            return _blank(text, start, len(text))
        ends = inside[len(words) + 1 :].strip(" .,)]$\\\t\n") == ""
        several = len(words.split()) > 1 or words.startswith("(")
        if ends and several and not _HEAD_WORDS.match(words):
            return _blank(text, start, len(text))
    plain = re.search(r"\s[(\[](?:[A-Za-z]{2,}[ -])+[A-Za-z]{2,}[)\]]\s*[.,]?\s*$", text)
    return _blank(text, plain.start(), len(text)) if plain else text


def _inside(text: str, found: list[Relation]) -> str:
    """Conditions in subscripts: `u_{w \\neq o}`, and behind a bar: `\\Big|_{w=o}`."""
    for match in (*_REFERENCE.finditer(text),):
        said = conditions_in(match.group(2) + match.group(3))
        if said:
            found += said
            text = _blank(text, match.start(3), match.end(3))
    for match in (*_EVALUATED.finditer(text),):
        said = conditions_in(match.group(1))
        if said:
            found += said
            text = _blank(text, match.start(), match.end())
    return text
