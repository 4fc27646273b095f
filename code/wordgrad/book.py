"""What a chapter calls: show a proved derivation, the table of gradients, a piece of code.

Each function returns an object that a notebook displays.  The book's pages take its Markdown
(with MyST classes), Jupyter takes its HTML; both carry the same lines.  A derivation with a line
that is not proved cannot be shown: it raises `NotProved`, which fails the build of the page.
"""

import ast
import html
import inspect
import re
import textwrap
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from wordgrad.derivations import derivation
from wordgrad.derivations.tables import Table
from wordgrad.proof.derivation import Derivation
from wordgrad.proof.judge import judge_derivation
from wordgrad.proof.verdict import Verdict

__all__ = [
    "NotProved",
    "Page",
    "show_derivation",
    "show_gradient_table",
    "show_result",
    "show_source",
]


class NotProved(ValueError):
    """A line that was to be shown is not proved."""


@dataclass(frozen=True)
class Page:
    """Something a notebook displays: as MyST Markdown in the book, as HTML in Jupyter."""

    markdown: str
    html: str

    def _repr_mimebundle_(self, **_: Any) -> dict[str, str]:
        return {"text/markdown": self.markdown, "text/html": self.html, "text/plain": self.markdown}


def show_derivation(name: str) -> Page:
    """The derivation line by line, each with its reason and the mark of its proof.

    Parameters
    ----------
    name : str
        Id of the derivation, such as "naive_vc".

    Raises
    ------
    ValueError
        If there is no such derivation.
    NotProved
        If a line is not proved, or only under a side condition that was not declared.
    """
    chosen = derivation(name)
    verdicts = judge_derivation(chosen)
    _insist(chosen, verdicts)
    return Page(_derivation_markdown(chosen), _derivation_html(chosen))


def show_result(name: str) -> Page:
    """Only the equation a derivation ends with: quantity = last line, proved."""
    chosen = derivation(name)
    _insist(chosen, judge_derivation(chosen))
    equation = f"{chosen.quantity} = {chosen.result}"
    return Page(f"$$\n{equation}\n$$\n", rf"<p>\[{html.escape(equation)}\]</p>")


def show_gradient_table(table: Table) -> Page:
    """One table of gradients; each cell is the last line of a proved derivation.

    Parameters
    ----------
    table : Table
        From `wordgrad.derivations.tables`.

    Raises
    ------
    NotProved
        If a cell's derivation has a line that is not proved.
    """
    for row in table.rows:
        for cell in row.cells:
            _insist(cell, judge_derivation(cell))
    return Page(_table_markdown(table), _table_html(table))


def show_source(function: Callable[..., Any]) -> Page:
    """The code of a function as it stands in the package, without its docstring."""
    code = _without_docstring(textwrap.dedent(inspect.getsource(function)))
    return Page(f"```python\n{code}```\n", f"<pre><code>{html.escape(code)}</code></pre>")


def _insist(chosen: Derivation, verdicts: tuple[Verdict, ...]) -> None:
    for step, verdict in zip(chosen.steps, verdicts, strict=True):
        if verdict.status != "proved" or verdict.side_conditions:
            raise NotProved(
                f"derivation {chosen.id!r}: the line {step.latex!r} is {verdict.status}"
                f"{': ' + verdict.message if verdict.message else ''}"
            )


# ------------------------------------------------------------------------------- as Markdown
def _derivation_markdown(chosen: Derivation) -> str:
    parts = [":::::{div} wg-derivation", *_assumption_markdown(chosen)]
    for number, step in enumerate(chosen.steps):
        head = f"{chosen.quantity} = " if number == 0 else "= "
        parts += [
            "::::{div} wg-step",
            f"$$\n{head}{step.latex}\n$$",
            "{.wg-because}",
            f"{step.because} [✓]{{.wg-mark}}",
            "::::",
        ]
    return "\n\n".join([*parts, ":::::"]) + "\n"


def _assumption_markdown(chosen: Derivation) -> list[str]:
    return ["{.wg-assuming}", chosen.assuming] if chosen.assuming else []


def _table_markdown(table: Table) -> str:
    head = ["by", "shape", *table.columns]
    lines = ["| " + " | ".join(head) + " |", "|" + " --- |" * len(head)]
    for row in table.rows:
        cells = [f"{row.name}", f"`{row.shape}`"]
        cells += [f"${cell.quantity} = {cell.result}$" + _if_any(cell) for cell in row.cells]
        lines.append("| " + " | ".join(cells) + " |")
    return "\n".join(lines) + "\n"


def _if_any(cell: Derivation) -> str:
    return f" <br> {cell.assuming}" if cell.assuming else ""


# ----------------------------------------------------------------------------------- as HTML
def _derivation_html(chosen: Derivation) -> str:
    parts = [f"<p>{_prose(chosen.assuming)}</p>"] if chosen.assuming else []
    for number, step in enumerate(chosen.steps):
        head = f"{chosen.quantity} = " if number == 0 else "= "
        parts.append(
            rf"<div>\[{html.escape(head + step.latex)}\]"
            f"<p><small>{_prose(step.because)} ✓</small></p></div>"
        )
    return "\n".join(parts)


def _table_html(table: Table) -> str:
    rows = ["".join(f"<th>{title}</th>" for title in ("by", "shape", *table.columns))]
    for row in table.rows:
        cells = [html.escape(row.name), f"<code>{html.escape(row.shape)}</code>"]
        cells += [
            rf"\({html.escape(f'{cell.quantity} = {cell.result}')}\){_prose(_if_any(cell))}"
            for cell in row.cells
        ]
        rows.append("".join(f"<td>{cell}</td>" for cell in cells))
    return "<table>" + "".join(f"<tr>{row}</tr>" for row in rows) + "</table>"


def _prose(text: str) -> str:
    """Markdown's inline mathematics in the form that HTML pages typeset."""
    return re.sub(r"\$([^$]+)\$", r"\\(\1\\)", html.escape(text))


def _without_docstring(source: str) -> str:
    """The source of one function less the lines of its docstring."""
    function = ast.parse(source).body[0]
    assert isinstance(function, ast.FunctionDef)
    if ast.get_docstring(function) is None:
        return source
    docstring = function.body[0]
    lines = source.splitlines(keepends=True)
    return "".join(lines[: docstring.lineno - 1] + lines[docstring.end_lineno :])
