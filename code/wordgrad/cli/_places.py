"""Where the lines of a derivation stand in the file, and which of them begin an equation."""

import re
from collections.abc import Iterator, Sequence

from wordgrad.latex.errors import NotUnderstood
from wordgrad.latex.parser import parse_line
from wordgrad.latex.printer import to_latex
from wordgrad.latex.syntax import Derivative

_COMMENT = re.compile(r"(?<!\\)%.*")


def line_numbers(text: str, lines: Sequence[str], first: int) -> tuple[int, ...]:
    """The line of the document on which each line of a derivation begins.

    Parameters
    ----------
    text : str
        The document.
    lines : sequence of str
        Lines of the derivation in written order, as `wordgrad.checker.document.passages` has them.
    first : int
        Where the derivation begins, from 1.

    Returns
    -------
    tuple of int
        A line that is not found word for word is taken to begin where the one before ends.

    Examples
    --------
    >>> line_numbers("Hello.\\n$$ a\\n  = b \\\\\\\\\\n  = c $$", ["a = b", "= c"], 2)
    (2, 4)
    """
    text = _COMMENT.sub("", text)
    begin = sum(len(line) for line in text.splitlines(keepends=True)[: first - 1])
    kept = [place for place in range(begin, len(text)) if _counts(text[place])]
    bare = "".join(text[place] for place in kept)
    numbers, done = [], 0
    for line in lines:
        letters = "".join(filter(_counts, line))
        found = bare.find(letters, done)
        start = done if found < 0 else found
        done = start if found < 0 else found + len(letters)
        place = kept[start] if start < len(kept) else begin
        numbers.append(text.count("\n", 0, place) + 1)
    return tuple(numbers)


def _counts(letter: str) -> bool:
    """Whether splitting a document into lines keeps the letter."""
    return not letter.isspace() and letter != "&"


def derivatives(lines: Sequence[str]) -> dict[int, str]:
    """The lines that begin with a derivative other than the one before: places to LaTeX.

    Parameters
    ----------
    lines : sequence of str
        LaTeX; what cannot be read begins nothing.

    Examples
    --------
    >>> derivatives(["dJ/dx = 2", "= 1 + 1", "dJ/dy = 3"])
    {0: '\\\\partial J / \\\\partial x', 2: '\\\\partial J / \\\\partial y'}
    """
    found: dict[int, str] = {}
    for place, latex in _left_sides(lines):
        if latex not in [*found.values()][-1:]:
            found[place] = latex
    return found


def _left_sides(lines: Sequence[str]) -> Iterator[tuple[int, str]]:
    for place, text in enumerate(lines):
        try:
            line = parse_line(text)
        except NotUnderstood:
            continue
        if not line.leading and len(line.parts) > 1 and isinstance(line.parts[0], Derivative):
            yield place, to_latex(line.parts[0])
