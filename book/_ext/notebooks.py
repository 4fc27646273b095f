"""Publish every chapter as a plain notebook, without outputs, and put a button for it on the page.

The notebooks are in ``_downloads/notebooks``. Buttons to Colab and Binder need a place on GitHub
where the built site is kept: ``BOOK_NOTEBOOKS=owner/name`` or ``owner/name/branch`` (the branch is
``gh-pages`` unless given). Without it there are none.
"""

import importlib
import os
import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import jupytext
from pybtex.database import parse_string
from pybtex.richtext import Text
from sphinx.application import Sphinx
from sphinx.util.nodes import clean_astext

from live_assets import build_wheel
from plain_markdown import Book, Chapter

FOLDER = "_downloads/notebooks"
SETUP = """\
# The book's own package; where it is missing, as on Colab, it is installed from the book's site.
import importlib.util

if importlib.util.find_spec("wordgrad") is None:
    %pip install --quiet {wheel}"""
# Cells whose code the page does not show.
FOLDED = {"remove-input", "hide-input", "remove-cell", "hide-cell"}

Cell = tuple[str, str, dict[str, Any]]  # its kind, its text, its metadata
nbformat: Any = importlib.import_module("nbformat")  # its types are in part wrong


def citations(bibliography: str) -> dict[str, tuple[str, str]]:
    """Return authors and year of every entry of a BibTeX file.

    Examples
    --------
    >>> citations("@book{a, author={Ng, A. and Ma, B. and Ko, C.}, title={T}, year={2001}}")
    {'a': ('Ng et al.', '2001')}
    """
    found = {}
    for key, entry in parse_string(bibliography, "bibtex").entries.items():
        people = entry.persons.get("author") or entry.persons.get("editor") or []
        names = [" ".join([*one.prelast_names, *one.last_names]) for one in people]
        names = [str(Text.from_latex(name)) for name in names or [entry.fields["title"]]]
        authors = f"{names[0]} et al." if len(names) > 2 else " and ".join(names)
        found[key] = (authors, entry.fields.get("year", "n.d."))
    return found


def to_notebook(name: str, source: str, chapter: Chapter, wheel: str) -> Any:
    """Return a chapter as a notebook in plain Markdown, ready to run anywhere.

    Parameters
    ----------
    name : str
        The chapter's name.
    source : str
        Its text in MyST Markdown.
    chapter : Chapter
        Its number, and the book that it refers to.
    wheel : str
        What pip installs where the package is missing.
    """
    parsed = jupytext.reads(source, fmt="md:myst")
    # A first pass for the labels: a chapter may refer to what comes later.
    _cells(parsed, first := replace(chapter, labels={}, counts={}))
    cells = _cells(parsed, replace(chapter, labels=first.labels, counts={}))
    origin = f"[{chapter.book.titles[name]}]({chapter.book.site}{name}.html)"
    about = f"*This notebook is the chapter {origin} of the book. Its text is the same; run it.*"
    setup: list[Cell] = [("markdown", about, {})]
    if any(kind == "code" for kind, _, _ in cells):
        setup.append(("code", SETUP.format(wheel=wheel), {}))
    book = nbformat.v4.new_notebook(metadata={
        "kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"},
        "language_info": {"name": "python"},
    })  # fmt: skip
    make: Mapping[str, Callable[..., Any]] = {
        "code": nbformat.v4.new_code_cell, "markdown": nbformat.v4.new_markdown_cell,
    }  # fmt: skip
    for at, (kind, text, metadata) in enumerate([*setup, *cells]):
        book.cells.append(make[kind](text, id=f"cell-{at}", metadata=metadata))
    return book


def _cells(
    parsed: nbformat.NotebookNode, chapter: Chapter
) -> list[tuple[str, str, dict[str, Any]]]:
    cells: list[Cell] = []
    for cell in parsed.cells:
        if cell.cell_type == "markdown":
            text = chapter.plain(cell.source)
            if text:
                cells.append(("markdown", text, {}))
            continue
        tags = set(cell.metadata.get("tags", []))
        cells.append(
            ("code", cell.source, {"jupyter": {"source_hidden": True}} if FOLDED & tags else {})
        )
        figure = cell.metadata.get("mystnb", {}).get("figure", {})
        if "caption" in figure:
            called = f"Fig. {chapter.count('figure')}"
            chapter.labels[figure.get("name", called)] = called
            cells.append(("markdown", f"*{called}* {chapter.plain(figure['caption'])}", {}))
    return cells


def write_notebooks(app: Sphinx, error: Exception | None) -> None:
    """Write the notebooks of all chapters, and the wheel that they install."""
    if error or app.builder.name != "html":
        return
    target = Path(app.outdir) / FOLDER
    target.mkdir(parents=True, exist_ok=True)
    wheel = build_wheel()
    (target / wheel.name).write_bytes(wheel.read_bytes())
    site = app.config.html_baseurl
    names = sorted(app.env.found_docs)
    source = Path(app.srcdir)
    book = Book(
        titles={name: clean_astext(app.env.titles[name]) for name in names},
        citations=citations((source / "references.bib").read_text(encoding="utf-8")),
        site=site,
    )
    for name in names:
        numbers = app.env.toc_secnumbers.get(name, {}).get("", ())
        chapter = Chapter(book, ".".join(map(str, numbers)))
        text = (source / f"{name}.md").read_text(encoding="utf-8")
        try:
            notebook = to_notebook(name, text, chapter, f"{site}{FOLDER}/{wheel.name}")
        except ValueError as fault:
            raise ValueError(f"book/{name}.md as a notebook: {fault}") from fault
        nbformat.write(notebook, target / f"{name}.ipynb")
    place = kept_at()
    if place:
        (target.parents[1] / "binder").mkdir(exist_ok=True)
        requirement = f"{site}{FOLDER}/{wheel.name}\n"
        (target.parents[1] / "binder" / "requirements.txt").write_text(requirement)


def kept_at() -> tuple[str, str] | None:
    """Return repository and branch where the built site is kept, from ``BOOK_NOTEBOOKS``."""
    given = os.environ.get("BOOK_NOTEBOOKS", "")
    if not given:
        return None
    found = re.fullmatch(r"([\w.-]+/[\w.-]+)(?:/([\w./-]+))?", given)
    if not found:
        raise ValueError(f"BOOK_NOTEBOOKS is {given!r}; it must be owner/name or owner/name/branch")
    return found[1], found[2] or "gh-pages"


def add_buttons(
    app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: object
) -> None:
    """Let the page's buttons lead to its notebook instead of its MyST source."""
    groups = context.get("header_buttons", [])
    for group in groups:
        if group.get("label") == "download-buttons":
            group["buttons"] = [
                _link(f"{context['pathto'](FOLDER, 1)}/{pagename}.ipynb", ".ipynb",
                      "Download as a notebook", "fas fa-code"),
                *[one for one in group["buttons"] if one.get("type") != "link"],
            ]  # fmt: skip
    place = kept_at()
    if place and doctree is not None:
        repository, branch = place
        path = f"{FOLDER}/{pagename}.ipynb"
        colab = f"https://colab.research.google.com/github/{repository}/blob/{branch}/{path}"
        binder = f"https://mybinder.org/v2/gh/{repository}/{branch}?labpath={path}"
        buttons = [
            _link(colab, "Colab", "Run on Colab", "fas fa-rocket"),
            _link(binder, "Binder", "Run on Binder", "fas fa-rocket"),
        ]
        launch = {"type": "group", "tooltip": "Run this chapter elsewhere", "icon": "fas fa-rocket",
                  "buttons": buttons, "label": "launch-buttons"}  # fmt: skip
        groups.insert(0, launch)


def _link(url: str, text: str, tooltip: str, icon: str) -> dict[str, str]:
    label = f"{text.strip('.').lower()}-button"
    return {"type": "link", "url": url, "text": text, "tooltip": tooltip, "icon": icon,
            "label": label}  # fmt: skip


def setup(app: Sphinx) -> dict[str, bool]:
    """Add the buttons after the theme has put up its own."""
    app.connect("html-page-context", add_buttons, priority=600)
    app.connect("build-finished", write_notebooks, priority=400)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
