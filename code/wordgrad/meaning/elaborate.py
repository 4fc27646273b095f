"""From a syntax tree to SymPy trees over symbolic ranges, with shapes checked on the way."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache

import sympy as sp

from wordgrad.calculus.sorts import Sort
from wordgrad.latex.parser import parse_line
from wordgrad.latex.syntax import Expr, Line
from wordgrad.meaning import algebra, elementary, letters, sums  # noqa: F401  (they register their rules)
from wordgrad.meaning.definitions import signature_of
from wordgrad.meaning.faults import LineError
from wordgrad.meaning.notation import Notation
from wordgrad.meaning.reader import Kind, Reader, Requirement
from wordgrad.meaning.scope import Scope
from wordgrad.meaning.shapes import Typed

__all__ = [
    "Condition",
    "Elaboration",
    "IndexWarning",
    "elaborate",
    "elaborate_expression",
    "elaborate_line",
    "index_warnings",
    "signature_of",
]


@dataclass(frozen=True)
class Condition:
    """What must hold for a line to have a value.

    Parameters
    ----------
    kind : {"nonzero", "positive"}
    expr : SymPy expression
        Bound indices and axes stand in it as free `Dummy`s: it is required for all their values.
    latex : str
        As written, empty if the source text is not known.
    """

    kind: Kind
    expr: sp.Expr
    latex: str


@dataclass(frozen=True)
class IndexWarning:
    """A letter that means two things in one line."""

    name: str
    message: str


@dataclass(frozen=True, eq=False)
class Elaboration:
    """A line with its meaning.

    Parameters
    ----------
    line : Line
    parts : tuple of Typed
        One array per part between relation signs; components are made on demand.
    free_indices : mapping of name to Sort
        The indices that no sum binds, with the constants o and c where they occur.
    warnings : tuple of IndexWarning
    """

    line: Line
    parts: tuple[Typed, ...]
    free_indices: Mapping[str, Sort]
    warnings: tuple[IndexWarning, ...]
    requirements: tuple[Requirement, ...]
    text: str = ""

    @cached_property
    def conditions(self) -> tuple[Condition, ...]:
        """Denominators, arguments of logarithms and bases of powers, before any cancelling."""
        found = [(r.kind, r.expression(), r.node) for r in self.requirements]
        return tuple(
            Condition(kind, expr, self.text[slice(*node.span)])
            for kind, expr, node in found
            if not (expr.is_Number and expr.is_positive)
        )


def elaborate(expr: Expr, notation: Notation, free: Mapping[str, Sort] | None = None) -> Typed:
    """The array that an expression stands for.

    Parameters
    ----------
    expr : Expr
        As parsed.
    notation : Notation
        The symbol table.
    free : mapping of name to Sort, optional
        What free indices run over, if that is known.

    Returns
    -------
    Typed
        Shape and components; every call of `component` makes new bound indices.

    Raises
    ------
    LineError
        `ShapeError`, `SortError`, `UnknownName` or `Unsupported`, with the factor at fault.
    """
    return _elaborate(Line((expr,)), notation, free).parts[0]


def elaborate_expression(latex: str, notation: Notation) -> Typed:
    """The array that a LaTeX expression stands for; see `elaborate`."""
    return elaborate_line(latex, notation).parts[0]


def elaborate_line(
    line: str | Line, notation: Notation, free: Mapping[str, Sort] | None = None
) -> Elaboration:
    r"""All parts of a line, read with one meaning of every letter.

    Raises
    ------
    NotUnderstood
        If the text cannot be parsed.
    LineError
        If it can be, but has no meaning in this notation.

    Examples
    --------
    >>> from wordgrad.meaning.contexts import naive_softmax
    >>> line = elaborate_line(r"\nabla_{v_c} J = U^\top(\hat y-y)", naive_softmax())
    >>> [part.describe() for part in line.parts]
    ['a column over components (d)', 'a column over components (d)']
    >>> line.parts[1].component(sp.Symbol("i"), None)
    Sum((-y[_w] + yhat[_w])*u[_w, i], (_w, 1, V))
    """
    if isinstance(line, str):
        return _from_text(line, notation, tuple(sorted((free or {}).items(), key=lambda p: p[0])))
    return _elaborate(line, notation, free)


@lru_cache(maxsize=4096)
def _from_text(text: str, notation: Notation, free: tuple[tuple[str, Sort], ...]) -> Elaboration:
    return _elaborate(parse_line(text), notation, dict(free), text)


def _elaborate(
    line: Line, notation: Notation, free: Mapping[str, Sort] | None, text: str = ""
) -> Elaboration:
    reader = Reader(Scope(notation, free))
    try:
        parts = tuple(reader.read(part) for part in line.parts)
        reader.scope.settle()
    except LineError as error:
        raise error.in_text(text) from None
    scope = reader.scope
    indices = {name: binder.sort for name, binder in scope.free.items() if binder.sort}
    return Elaboration(line, parts, indices, _warnings(scope), tuple(reader.requirements), text)


def index_warnings(line: str | Line, notation: Notation) -> tuple[IndexWarning, ...]:
    """Letters that are both free and bound in a line, or bound twice in one place."""
    return elaborate_line(line, notation).warnings


def _warnings(scope: Scope) -> tuple[IndexWarning, ...]:
    bound = {b.name for b in scope.binders if scope.free.get(b.name) is not b}
    both = sorted(bound & set(scope.free))
    twice = sorted(set(scope.shadowed))
    return (
        *(IndexWarning(n, f"{n} is free in one place and summed over in another") for n in both),
        *(IndexWarning(n, f"a sum over {n} stands inside a sum over {n}") for n in twice),
    )
