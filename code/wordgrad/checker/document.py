"""Formulas in a document: `.tex`, `.md` and `.txt` split into derivations, and those into lines."""

import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass

from wordgrad.checker.clauses import take_apart
from wordgrad.checker.conditions import is_case
from wordgrad.latex.errors import NotUnderstood

_ENVIRONMENTS = r"equation|align|alignat|gather|multline|eqnarray|flalign|displaymath|math"
_OPENS = re.compile(
    rf"\\begin\{{(?P<name>(?:{_ENVIRONMENTS})\*?)\}}"
    r"|(?<!\\)(?P<brackets>\\\[)|(?P<dollars>\$\$)|(?P<fence>```\{?math\}?\n)"
)
_INLINE = re.compile(r"(?<![\\$])\$(?!\$)[^$\n]*[^$\n:<>!]=[^$\n]*\$|\\\([^\n]*?=[^\n]*?\\\)")
_CLOSES = {"brackets": "\\]", "dollars": "$$", "fence": "```"}
_INNER = re.compile(r"\\(begin|end)\{(aligned|split|alignedat|gathered)\}(\{\d+\})?")
_LABELS = re.compile(r"\\(label|tag|intertext|nonumber|notag)\*?(\{[^{}]*\})?")
_TOKEN = re.compile(
    r"\\(?:begin|end)\{[A-Za-z]+\*?\}|\\\\\*?(?:\[[^\]]{0,20}\])?|\\.|[{}]|[^\\{}]+", re.DOTALL
)
_COMMENT = re.compile(r"(?<!\\)%.*")
_STARTS_FORMULA = re.compile(r"^\s*(=|&=|\\|[A-Za-z_σ∂∇]\S*\s*[:=]|.*[=^_\\])")
_WORDS = re.compile(r"(?<![\\A-Za-z_])[A-Za-z]{3,}(?![A-Za-z({_^])")
_KNOWN_WORDS = {"exp", "log", "softmax", "sigmoid", "sigma", "tanh", "softplus", "diag", "sum"}
_KNOWN_WORDS |= {"prod", "theta", "yhat", "vhat", "partial", "frac", "otherwise", "for"}
_KNOWN_WORDS |= {"logits", "logit", "probs", "preds", "outer", "grad", "sigmoid", "dlogits"}
_LONGEST_CASE = 200
_REMINDER = re.compile(r"(?i)\s*(?:recall|remember|note|notice)\b")  # of something known: no step


@dataclass(frozen=True)
class Passage:
    """Lines that belong together.

    Parameters
    ----------
    lines : tuple of str
        One formula each, without alignment marks and line ends.
    first : int
        Line number in the document of the first of them, from 1.
    """

    lines: tuple[str, ...]
    first: int


def passages(text: str, kind: str = "txt") -> tuple[Passage, ...]:
    """The derivations in a document.

    Parameters
    ----------
    text : str
        The document.
    kind : {"tex", "md", "txt"}
        A `.txt` without any display mathematics is read as one formula per line, with blank
        lines between derivations.

    Returns
    -------
    tuple of Passage
        A line that begins with a relation sign goes on from the passage before it.
    """
    if kind == "tex":
        text = _COMMENT.sub("", text)
    found = list(_displayed(text))
    if not found and kind != "tex":
        found = list(_plain(text))
    return tuple(_joined(found))


def left_out(text: str, kind: str = "txt") -> int:
    """How many equations stand outside of the displays; 0 in a document without displays.

    Parameters
    ----------
    text, kind : str
        As for `passages`.

    Returns
    -------
    int
        Equations within sentences, and in a text file those on lines of their own.

    Examples
    --------
    >>> left_out("As $a = b$,\\n$$ c = d $$\\ne = f\\n")
    2
    """
    if kind == "tex":
        text = _COMMENT.sub("", text)
    spans = list(_displays(text))
    if not spans:
        return 0
    for start, _, _, end in spans:
        text = text[:start] + re.sub(r"\S", " ", text[start:end]) + text[end:]
    count = len(_INLINE.findall(text))
    plain = _plain(_INLINE.sub(" ", text)) if kind != "tex" else ()
    return count + sum("=" in line for passage in plain for line in passage.lines)


def _displays(text: str) -> Iterator[tuple[int, int, int, int]]:
    """Start, inside and end of what stands between an opening and the next closing."""
    missing: set[str] = set()  # closings that do not come any more: each is looked for once
    place = 0
    while match := _OPENS.search(text, place):
        place = match.end()
        closing = rf"\end{{{match['name']}}}" if match["name"] else _CLOSES[str(match.lastgroup)]
        end = -1 if closing in missing else text.find(closing, place)
        if end < 0:  # one that never closes is text
            missing.add(closing)
            continue
        yield match.start(), place, end, end + len(closing)
        place = end + len(closing)


def _displayed(text: str) -> Iterator[Passage]:
    line = behind = counted = 0
    for start, inside, end, close in _displays(text):
        line += text.count("\n", counted, start)
        counted = start
        lines = tuple(split_lines(text[inside:end]))
        if lines:
            case = _case_before(text[behind:start])
            behind = close
            yield Passage((*case, *lines), line + 1)


def _case_before(prose: str) -> tuple[str, ...]:
    """The condition that the sentence in front of a display ends with, if it ends with one."""
    sentence = re.split(r"[.!?]\s|\n\s*\n", prose[-_LONGEST_CASE:].strip())[-1].strip()
    begin = re.search(r"(?i)\b(?:case|if|for|when|assume|suppose|consider)\b[^\n]*\Z", sentence)
    said = begin.group().rstrip(" ,:") if begin else ""
    return (rf"{said}:",) if said and is_case(said) else ()


def _plain(text: str) -> Iterator[Passage]:
    current: list[str] = []
    first = 1
    for number, line in enumerate([*text.splitlines(), ""], start=1):
        if is_case(line):
            first = first if current else number
            current.append(line.strip())
        elif _looks_like_formula(line):
            first = first if current else number
            current += split_lines(line.strip().strip("$"))
        elif current and not line.strip():
            yield Passage(tuple(current), first)
            current = []
    if current:
        yield Passage(tuple(current), first)


def _looks_like_formula(line: str) -> bool:
    """Prose has words; a formula has relation signs, scripts or commands and few words."""
    if _REMINDER.match(line):
        return False
    with suppress(NotUnderstood):
        line = take_apart(line).formula.strip()
    if not line.strip() or not _STARTS_FORMULA.match(line):
        return False
    bare = re.sub(r"\\[A-Za-z]+(\{[A-Za-z -]*\})?", " ", line)
    return sum(word not in _KNOWN_WORDS for word in _WORDS.findall(bare)) < 2


def split_lines(body: str) -> Iterator[str]:
    """The rows of an aligned display, split outside braces and inner environments."""
    depth, row = 0, ""
    for match in _TOKEN.finditer(_LABELS.sub("", _INNER.sub("", body))):
        token = match.group()
        if token.startswith("\\\\") and depth <= 0:
            yield from _cleaned(row)
            row = ""
            continue
        depth += token.startswith(("\\begin{", "{")) - token.startswith(("\\end{", "}"))
        row += token
    yield from _cleaned(row)


def _cleaned(row: str) -> Iterator[str]:
    depth_free = _without_alignment(row).strip().rstrip(".,;").strip()
    if depth_free:
        yield depth_free


def _without_alignment(row: str) -> str:
    """Drop `&` outside inner environments, where it separates columns."""
    if r"\begin{" in row:
        head, rest = row.split(r"\begin{", 1)
        return head.replace("&", " ") + r"\begin{" + rest
    return re.sub(r"(?<!\\)&", " ", row)


def _joined(found: list[Passage]) -> Iterator[Passage]:
    """A display that begins with a relation sign continues the one before."""
    current: Passage | None = None
    for passage in found:
        continues = passage.lines[0].startswith(("=", r"\Rightarrow", r"\approx"))
        if current is not None and continues:
            current = Passage((*current.lines, *passage.lines), current.first)
        else:
            if current is not None:
                yield current
            current = passage
    if current is not None:
        yield current
