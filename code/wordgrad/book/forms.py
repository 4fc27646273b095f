r"""Every form in which the site can show a derivation: both layouts, marks, shapes, numbers.

All of it is LaTeX made from the proved object, for the site to typeset; a chapter calls nothing
of this.  What changes from a line to the next carries the class `wg-new` in the lower line and
`wg-old` in the upper one.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Literal

from wordgrad.book.derivations import css_class, insist, result_class
from wordgrad.book.highlight import apart, change
from wordgrad.book.layouts import in_columns
from wordgrad.book.marks import Wrap, wrapped
from wordgrad.book.numbers import example, value_latex
from wordgrad.book.shapes import free_indices, shape_wraps
from wordgrad.calculus.sorts import Sort
from wordgrad.derivations import ALL
from wordgrad.latex.syntax import Span
from wordgrad.meaning.elaborate import elaborate_expression
from wordgrad.proof.derivation import Derivation

__all__ = ["Forms", "Layout", "LineForms", "by_class", "forms"]

Layout = Literal["rows", "columns"]


@dataclass(frozen=True)
class LineForms:
    """One line.

    Parameters
    ----------
    plain : str
        As the page shows it, with `=` in front.
    marked : str
        The same with classes around what changes.
    shaped : str
        The same with the shape under each factor, too.
    because : str
        Its reason.
    above, value : str
        What the line above and this line give at the example.
    """

    plain: str
    marked: str
    shaped: str
    because: str
    above: str
    value: str


@dataclass(frozen=True)
class Forms:
    """A derivation in one layout.

    Parameters
    ----------
    lines : tuple of LineForms
    given : tuple of str
        The numbers of the example, each as LaTeX.
    result, result_shaped : str
        The quantity and the last line, as one equation.
    shape : str
        The shape of the quantity as code has it: "(V, d)".
    """

    lines: tuple[LineForms, ...]
    given: tuple[str, ...]
    result: str
    result_shaped: str
    shape: str


@cache
def forms(derivation: Derivation) -> Mapping[Layout, Forms]:
    r"""The derivation in rows and, if it reads otherwise there, in columns.

    Raises
    ------
    NotProved
        If a line is not proved in its layout.

    Examples
    --------
    >>> from wordgrad.derivations import derivation
    >>> found = forms(derivation("naive_U"))
    >>> found["rows"].shape, found["columns"].shape
    ('(V, d)', '(d, V)')
    >>> found["columns"].lines[1].marked
    '= v_c (\\class{wg-new}{\\hat{y} - y})^\\top'
    """
    insist(derivation)
    columns = in_columns(derivation)
    found: dict[Layout, Forms] = {"rows": _forms(derivation, None)}
    if columns:
        found["columns"] = _forms(derivation, columns)
    return found


def by_class(name: str) -> Derivation:
    """The derivation that a page's class names: "wg-of-naive-vc", or "wg-ends-naive-vc".

    Raises
    ------
    ValueError
        If there is none.

    Examples
    --------
    >>> by_class("wg-of-naive-u").id
    'naive_U'
    """
    if name not in _BY_CLASS:
        raise ValueError(f"no derivation has the class {name!r}")
    return _BY_CLASS[name]


_BY_CLASS = {
    css(name): derivation for name, derivation in ALL.items() for css in (css_class, result_class)
}


def _forms(derivation: Derivation, columns: Derivation | None) -> Forms:
    shown = columns or derivation
    free = free_indices(derivation.quantity, derivation.notation)
    found = example(derivation, columns)
    changes = [change(above, line) for above, line in shown.pairs()]
    taken = [*(change.old for change in changes[1:]), []]
    lines = []
    for at, step in enumerate(shown.steps):
        new = changes[at].new
        marks = [*_marks(apart(taken[at], new), "wg-old"), *_marks(apart(new, []), "wg-new")]
        spans = [mark.span for mark in marks]
        shapes = shape_wraps(step.latex, shown.notation, free, spans)
        lines.append(
            LineForms(
                _begun(shown, at, step.latex),
                _begun(shown, at, wrapped(step.latex, marks)),
                _begun(shown, at, wrapped(step.latex, [*marks, *shapes]), free),
                step.because,
                value_latex(found.values[at]),
                value_latex(found.values[at + 1]),
            )
        )
    result = shown.result
    labelled = wrapped(result, shape_wraps(result, shown.notation, free))
    return Forms(
        tuple(lines),
        found.given,
        f"{shown.quantity} = {result}",
        f"{_labelled_quantity(shown, free)} = {labelled}",
        _shape(shown),
    )


def _marks(spans: Iterable[Span], name: str) -> list[Wrap]:
    return [Wrap(span, rf"\class{{{name}}}{{", "}") for span in spans]


def _begun(
    derivation: Derivation, at: int, line: str, free: Mapping[str, Sort] | None = None
) -> str:
    """A line as the page shows it; the first begins with the quantity."""
    if at:
        return f"= {line}"
    quantity = derivation.quantity if free is None else _labelled_quantity(derivation, free)
    return f"{quantity} = {line}"


def _labelled_quantity(derivation: Derivation, free: Mapping[str, Sort]) -> str:
    quantity = derivation.quantity
    return wrapped(quantity, shape_wraps(quantity, derivation.notation, free))


def _shape(derivation: Derivation) -> str:
    """The shape of the quantity as NumPy writes it."""
    typed = elaborate_expression(derivation.quantity, derivation.notation)
    sizes = [sort.size.replace("*", "") for sort in typed.shape if sort]
    return f"({', '.join(sizes)}{',' if len(sizes) == 1 else ''})"
