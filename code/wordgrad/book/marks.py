"""Commands put around parts of a written formula, which otherwise stays as its author wrote it.

A part is known by its node: the parser tells where in the text a node stands.  What it leaves out
there (the command in front of a bracket, of a function's name, of an indicator) is added here.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from wordgrad.latex.syntax import Span

__all__ = ["Wrap", "whole", "wrapped"]

# Commands that belong to the sign behind them.
_BEFORE = ("\\left", "\\operatorname{", "\\mathbb")
_PAIRS = (("{", "}"), ("[", "]"), ("\\left", "\\right"))


@dataclass(frozen=True)
class Wrap:
    """What to write before and behind a part.

    Parameters
    ----------
    span : (int, int)
        Where the part stands.
    before, behind : str
        Commands; together they must be balanced.
    """

    span: Span
    before: str
    behind: str


def whole(text: str, span: Span) -> Span:
    r"""Where a part begins and ends with everything that belongs to it.

    Raises
    ------
    ValueError
        If the part cannot be told from its neighbours.

    Examples
    --------
    >>> whole(r"2\left(x+1\right)", (6, 17))
    (1, 17)
    """
    start, end = span
    while end > start and text[end - 1].isspace():
        end -= 1
    for command in _BEFORE:
        if text[:start].endswith(command):
            start -= len(command)
    while text[start].isspace():
        start += 1
    end += text[start:end].count("[") - text[start:end].count("]")
    part = text[start:end]
    if any(part.count(opening) != part.count(closing) for opening, closing in _PAIRS):
        raise ValueError(f"{part!r} is not a whole part of {text!r}")
    return start, end


def wrapped(text: str, wraps: Iterable[Wrap]) -> str:
    r"""The text with every part wrapped; parts lie inside each other or apart.

    Raises
    ------
    ValueError
        If two parts overlap, or one cannot be told from its neighbours.

    Examples
    --------
    >>> wrapped("x^2", [Wrap((0, 1), "<", ">"), Wrap((2, 3), "(", ")")])
    '<x>^{(2)}'
    """
    # From the outside in, so that what is open is a stack.
    found = sorted(
        ((*whole(text, wrap.span), wrap) for wrap in wraps), key=lambda one: (one[0], -one[1])
    )
    pieces: list[str] = []
    stack: list[tuple[int, str]] = []
    at = 0

    def close(until: int) -> None:
        nonlocal at
        while stack and stack[-1][0] <= until:
            end, behind = stack.pop()
            pieces.extend([text[at:end], behind])
            at = end

    for start, end, wrap in found:
        close(start)
        if stack and stack[-1][0] < end:
            raise ValueError(f"two parts of {text!r} overlap, one of them {text[start:end]!r}")
        # A script of one sign has no braces of its own.
        bare = text[:start].endswith(("^", "_"))
        pieces += [text[at:start], "{" * bare + wrap.before]
        stack.append((end, wrap.behind + "}" * bare))
        at = start
    close(len(text))
    return "".join([*pieces, text[at:]])
