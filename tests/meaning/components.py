"""Components as text, for assertions: bound indices print with an underscore in front."""

import sympy as sp

from wordgrad.meaning.elaborate import elaborate_line
from wordgrad.meaning.notation import Notation
from wordgrad.meaning.shapes import Typed

ROW, COLUMN = sp.symbols("row col", integer=True)


def entry(typed: Typed) -> str:
    """The component in a generic row and column."""
    return str(typed.component(typed.rows and ROW, typed.cols and COLUMN))


def read(latex: str, notation: Notation) -> tuple[str, str]:
    """The shape, short, and the component of an expression."""
    typed = elaborate_line(latex, notation).parts[-1]
    shape = "x".join(repr(sort) if sort else "1" for sort in typed.shape)
    return shape, entry(typed)
