"""What people write around a formula: emphasis, words in front, reasons and numbers behind.

Everything left out is overwritten with blanks, so that places in the formula stay places in the
line.
"""

import re

TEXT = r"\\(?:text|textrm|textit|textbf|textsf|mbox|emph)\s*"
GAP = r"(?:\\q?quad(?![A-Za-z])|\\hfill|\\hspace\*?\{[^{}]*\}|\\[;> ]|&+|\t|\s{3,})"
_WIDE = r"(?:\\q?quad(?![A-Za-z])|\\hfill|\\hspace\*?\{[^{}]*\}|&+|\t|\s{3,})"
_MARK = r"(?:\d+(?:\.\d+)*[a-z]?'*|[a-z]|[ivx]+|\*+|\\(?:ast|star|dagger)|★|†)"
_NUMBER_BEHIND = re.compile(rf"[(\[]\s*{_MARK}\s*[)\]]\s*[.,]?\s*$")
_WIDE_BEFORE = re.compile(rf"[.,;]?\s*{_WIDE}(?:\\[,;:!> ]|\\q?quad(?![A-Za-z])|~|\s)*$")
BLANKS = r"(?:\\[,;:!> ]|\\q?quad(?![A-Za-z])|\\hfill|~|&|\s)*"
_NEAR = 60  # signs before a clause that may be space
_MARKED = re.compile(r"^(\s*)(\*\*|__|`)(.+?)\2(\s*[.,]?\s*)$", re.DOTALL)
_BOXED = re.compile(r"(\s*\\(?:boxed|fbox|ensuremath)\s*\{)([^{}]*(?:\{.*\}[^{}]*)?)(\}[\s.,]*)$")
_PREFIX = re.compile(
    r"\s*(?:\*\*[A-Za-z ]+[.:]?\*\*[.:]?|\*\s+|•\s*|>\s+|#+\s+|\d+[.)]\s+(?=\S)|[a-h][.)]\s+(?=\S)"
    r"|[(\[](?:\d+|[a-h]|[ivx]+)[)\]](?:[\s:]|\\ |\\q?quad(?![a-z]))+(?=[^=].*=)|-\s+(?=\$)"
    r"|\\item(?![A-Za-z])|(?:Step|Line|Part|Eq\.?|Equation)\s+\(?\w{1,3}\)?\s*[.:)]\s*)",
    re.IGNORECASE,
)
_PROSE = re.compile(
    r"(?:hence|thus|so|therefore|then|now|and|finally|also|i\.?\s?e\.?|we (?:get|have|obtain|find)"
    r"|it follows(?: that)?|this (?:gives|yields|is)|that is|which (?:gives|is)|which means"
    r"|let|set|define"
    r"|combining|in general|altogether|overall|together|answer|result|solution|proof|recall"
    r"|note(?: that)?|by the chain rule|using the chain rule|by definition|since)"
    r"(?![A-Za-z_({])[\s,:.]*",
    re.IGNORECASE,
)
_UPRIGHT = re.compile(  # what begins a sentence where it is set upright, and could be prose before
    r"(?:write|put|denote|take|observe|similarly|likewise|next|again|moreover|furthermore|clearly"
    r"|obviously|namely|explicitly|equivalently|indeed|consequently|substituting|simplifying"
    r"|rearranging|differentiating|expanding|first|second)[\s,:.]*",
    re.IGNORECASE,
)
_REASON = re.compile(
    r"\s*[(\[]?\s*(?:since|because|as|using|by|recall|note|noting|use"
    r"|(?:chain|product|quotient) rule|def\.?|definition|linearity"
    r"|(?:from|see) (?:eq|above|the|\())(?![A-Za-z])",
    re.IGNORECASE,
)
_OPEN_BRACKET = re.compile(r"(?:\\(?:left|[bB]igg?l?))\s*$")
_COMMENT = re.compile(r"(?<=[^\s=+\-&\\])\s+(?:#|//)\s*[A-Za-z].*$")
_SIZE = r"\s*(?:\|\s*)?(?:1|[dVKmN]|\d+)(?:\s*\|)?\s*"
_SHAPE_BEHIND = re.compile(
    rf"(?<=[\s>;,!}}])[(\[]{_SIZE}(?:\\times|×|,|\bx\b){_SIZE}[)\]]\s*[.,]?\s*$"
    rf"|(?:\\in|∈)\s*(?:\\mathbb\s*\{{?\s*R\s*\}}?|\\R(?![a-z])|ℝ)\s*(?:\^.*)?$"
)
_OPENS_TEXT = re.compile(rf"{TEXT}\{{")
_GAP_BEFORE = re.compile(rf"{BLANKS}[(\[]?\s*$")
HEAD_WORDS = re.compile(rf"\s*(?:{TEXT}\{{)?\s*(?:for|if|when|case|in case|∀|\\forall)", re.I)


def blank(text: str, start: int, stop: int) -> str:
    """The text with blanks in one stretch."""
    return text[:start] + " " * (stop - start) + text[stop:]


def unmarked(text: str) -> str:
    """Without Markdown emphasis around the line and numbers or bullets before it."""
    if marked := _MARKED.match(text):
        start, stop = marked.start(2), marked.end(3) + len(marked.group(2))
        width = len(marked.group(2))
        text = blank(blank(text, start, start + width), stop - width, stop)
    if prefix := _PREFIX.match(text):
        text = blank(text, 0, prefix.end())
    if boxed := _BOXED.match(text):
        text = blank(blank(text, 0, boxed.end(1)), boxed.start(3), len(text))
    return text


def without_prose(text: str) -> tuple[str, bool]:
    """Without words at the beginning of the line, upright or plain."""
    begin = 0
    while True:
        start = begin + len(text[begin:]) - len(text[begin:].lstrip(" ,\t$"))
        wrapped = re.compile(TEXT + r"\{([^{}$]*)\}[\s,:]*").match(text, start)
        if wrapped and _is_prose(wrapped.group(1), text[wrapped.end() :]):
            begin = wrapped.end()
        elif (plain := _PROSE.match(text, start)) and "=" in text[plain.end() :]:
            begin = plain.end()
        else:
            break
    return (blank(text, 0, begin) if begin else text), bool(text[:begin].strip())


def _is_prose(words: str, behind: str) -> bool:
    """Words of a sentence rather than the name of a quantity or a condition."""
    if not words.strip() or HEAD_WORDS.match(words) or not behind.strip():
        return False
    if _PROSE.fullmatch(words.strip() + " ") or _UPRIGHT.fullmatch(words.strip()):
        return True
    return len(words.split()) > 1 and behind.lstrip()[0] not in "=_^("


def without_number(text: str) -> str:
    """Without the number of the line, if a wide gap stands before it."""
    end = len(text.rstrip())
    begin = max(0, end - _NEAR)
    number = _NUMBER_BEHIND.search(text[begin:end])
    if number is None:
        return text
    at = begin + number.start()
    gap = _WIDE_BEFORE.search(text[max(0, at - _NEAR) : at])
    return blank(text, max(0, at - _NEAR) + gap.start(), end) if gap else text


def without_shape(text: str) -> str:
    """Without the shape of the result: `(d \\times 1)`, `\\in \\mathbb{R}^d`."""
    shape = _SHAPE_BEHIND.search(text)
    return (
        blank(text, shape.start(), len(text)) if shape and text[: shape.start()].strip() else text
    )


def without_reason(text: str) -> str:
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
        apart = re.search(rf"{GAP}|[(\[]", text[start : match.start()]) or before[-1] in ",;"
        if text[:start].count("{") != text[:start].count("}"):
            continue
        if apart and _REASON.match(words):
            return blank(text, start, len(text))
        ends = inside[len(words) + 1 :].strip(" .,)]$\\\t\n") == ""
        several = len(words.split()) > 1 or words.startswith("(")
        if ends and several and not HEAD_WORDS.match(words):
            return blank(text, start, len(text))
    if comment := _COMMENT.search(text):
        return blank(text, comment.start(), len(text))
    plain = re.search(r"\s[(\[](?:[A-Za-z]{2,}[ -])+[A-Za-z]{2,}[)\]]\s*[.,]?\s*$", text)
    return blank(text, plain.start(), len(text)) if plain else text
