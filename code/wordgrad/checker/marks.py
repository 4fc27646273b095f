"""Marks as people type them, as the parser knows them: `(d/dx)`, `\\dot\\sigma`, named braces."""

import re

from wordgrad.latex.errors import NotUnderstood

_BRACE = re.compile(r"\\(?:under|over)brace\s*\{")
_DERIVATIVES = (  # as people type or write them
    (r"\(\s*d\s*/\s*d\s*([a-z])\s*\)", r"\\frac{d}{d\1}"),
    (r"(?<![A-Za-z\\])D_\{?([a-z])\}?(?![A-Za-z_])", r"\\frac{d}{d\1}"),
    (r"\\dot\s*(?:\\sigma(?![A-Za-z])|\{\s*\\sigma\s*\})", r"\\sigma'"),
)


def with_plain_derivatives(text: str) -> str:
    """`(d/dx)`, `D_x` and `\\dot\\sigma` in marks that the parser knows."""
    for mark, known in _DERIVATIVES:
        text = re.sub(mark, known, text)
    return text


def without_braces(text: str) -> str:
    """`\\underbrace{a}_{\\text{name}}` without the brace and what stands at it."""
    while brace := _BRACE.search(text):
        end = _closing(text, brace.end())
        label = re.compile(r"\s*[_^]\s*(?:\{|[A-Za-z])").match(text, end + 1)
        behind = end + 1
        if label:
            opened = label.group().endswith("{")
            behind = _closing(text, label.end()) + 1 if opened else label.end()
        inside = text[brace.end() : end]
        text = f"{text[: brace.start()]}{{{inside}}}{text[behind:]}"
    return text


def _closing(text: str, begin: int) -> int:
    """Where the brace closes that was opened just before a place."""
    depth = 1
    for place in range(begin, len(text)):
        depth += (text[place] == "{") - (text[place] == "}")
        if depth == 0:
            return place
    raise NotUnderstood("this brace is opened and never closed; add }", begin - 1, text)
