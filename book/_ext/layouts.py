"""Rewrite the text of a page when a reader chooses U with a row or with a column per word.

Formulas are rewritten and proved by ``wordgrad.book.twins``; words come from the chapter:
``{layout}`its row // its column```. Both are in the page, and one of them is out of sight and out
of hearing: rows without a script and on the printed book. What a reader typed, or would type, stays
as it is: cells whose code is shown, the sheet, and sections that compare the layouts, which say so
by the class ``wg-both-layouts``. A formula that depends on the layout and has no twin is an error.
"""

from collections.abc import Iterator
from html import escape
from typing import Any, cast

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxRole, SphinxTranslator

from prerendered_math import node_program
from wordgrad.book.notation import SYMBOLS, in_columns
from wordgrad.book.twins import depends_on_layout, twin

BUILDERS = {"html", "dirhtml"}
ROWS, COLUMNS = "wg-in-rows", "wg-in-columns"
SEPARATOR = " // "
# What is quoted as it was written.
QUOTED = {"wg-both-layouts", "wg-sheet"}


class layout_switch(nodes.General, nodes.Element):
    """The two buttons, on a page that has no derivation or table with them."""


def layout_buttons() -> str:
    """The buttons; a script presses the one that is chosen."""
    both = (("rows", "U rows", "true"), ("columns", "U columns", "false"))
    buttons = "".join(
        f'<button type="button" data-wg-tool="{name}" aria-pressed="{pressed}">{text}</button>'
        for name, text, pressed in both
    )
    return f'<span class="wg-layouts">{buttons}</span>'


def write_switch(translator: SphinxTranslator, _node: layout_switch) -> None:
    """Write the buttons by themselves."""
    label = escape("Layout of the matrix U in the formulas of this book")
    translator.body.append(  # type: ignore[attr-defined]
        f'<div class="wg-tools wg-switch" role="group" aria-label="{label}">'
        f"{layout_buttons()}</div>\n"
    )
    raise nodes.SkipNode


class LayoutRole(SphinxRole):
    """``layout``: words for rows, two slashes, words for columns."""

    def run(self) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        """Return both, each under the class of its layout."""
        texts = self.text.split(SEPARATOR)
        if len(texts) != 2:
            message = self.inliner.reporter.error(
                f"{{layout}} needs words for rows, {SEPARATOR!r} and words for columns: {self.text}"
            )
            return [], [message]
        return [self._words(*pair) for pair in zip(texts, (ROWS, COLUMNS), strict=True)], []

    def _words(self, text: str, css: str) -> nodes.inline:
        words = nodes.inline("", "", classes=[css])
        found, _ = self.inliner.parse(text, self.lineno, cast(Any, self.inliner), words)
        words += found
        return words


def pair(ours: nodes.Element, other: nodes.Element) -> None:
    """Put the twin behind the part; each has the class of its layout."""
    ours["classes"] = [*ours["classes"], ROWS]
    other["classes"] = [*(c for c in other["classes"] if c != ROWS), COLUMNS]
    parent = ours.parent
    parent.insert(parent.index(ours) + 1, other)


def add_twins(app: Sphinx, doctree: nodes.document, _page: str) -> None:
    """Give every formula, symbol and word that depends on the layout its twin."""
    if app.builder.name not in BUILDERS or node_program() is None:
        for node in [one for one in doctree.findall(nodes.Element) if _is(one, COLUMNS)]:
            node.parent.remove(node)
        return
    for formula in list(_formulas(doctree)):
        if depends_on_layout(formula.astext()):
            latex = twin(formula.astext())
            pair(formula, type(formula)(latex, latex, **formula.attributes))
    _twin_symbols(doctree)
    _add_switch(doctree)


def _is(node: nodes.Element, css: str) -> bool:
    return css in node.get("classes", ())


def _formulas(doctree: nodes.document) -> Iterator[nodes.TextElement]:
    """The formulas of the text, without those that are paired or quoted."""
    for kind in (nodes.math, nodes.math_block):
        for formula in doctree.findall(kind):
            if not _paired(formula) and not any(map(_quoted, _above(formula))):
                yield formula


def _above(node: nodes.Node) -> Iterator[nodes.Element]:
    while node.parent is not None:
        node = node.parent
        yield node


def _paired(node: nodes.Element) -> bool:
    return any(_is(one, css) for one in (node, *_above(node)) for css in (ROWS, COLUMNS))


def _quoted(node: nodes.Element) -> bool:
    """Is this a place whose formulas stand as someone wrote them?"""
    classes: set[str] = set(node.get("classes", ()))
    shown = "cell" in classes and not classes & {"tag_remove-input", "tag_remove_input"}
    return bool(classes & QUOTED) or (shown and not _proved(node))


def _proved(cell: nodes.Element) -> bool:
    """Does a cell show derivations, tables or letters of the book, and nothing typed?"""
    own = {"wg-derivation", "wg-result", "wg-gradients", "wg-symbols", "wg-definitions"}
    return any(own & set(node["classes"]) for node in cell.findall(nodes.container))


def _twin_symbols(doctree: nodes.document) -> None:
    """Letters whose shape, words or name in the code are others in columns."""
    symbols = {one.latex: one for group in SYMBOLS.values() for one in group}
    tables = [one for one in doctree.findall(nodes.container) if _is(one, "wg-symbols")]
    for row in [
        one for table in tables for one in table.children if isinstance(one, nodes.Element)
    ]:
        letter = next((one.astext() for one in row.findall(nodes.math)), "")
        if not _is(row, "wg-row") or letter not in symbols:
            continue
        turned = in_columns(symbols[letter])
        if turned:
            other = row.deepcopy()
            _write(other, "wg-words", nodes.Text(turned.words))
            _write(other, "wg-shape", nodes.literal("", turned.shape.strip("`")))
            _write(other, "wg-in-code", nodes.literal("", turned.code))
            pair(row, other)


def _write(row: nodes.Element, css: str, content: nodes.Node) -> None:
    """Let the part with this class say something else."""
    for part in row.children:
        if isinstance(part, nodes.Element) and _is(part, css):
            part.children = []
            part += content


def _add_switch(doctree: nodes.document) -> None:
    """Put the buttons above the first twin of a page that has them nowhere else."""
    twins = [one for one in doctree.findall(nodes.Element) if _is(one, COLUMNS)]
    if not twins or any(node.get("turns") for node in doctree.findall(nodes.Element)):
        return
    block = twins[0]
    while not isinstance(block.parent, nodes.section):
        block = block.parent
    block.parent.insert(block.parent.index(block), layout_switch(""))


def setup(app: Sphinx) -> dict[str, bool]:
    """Twin what is left when derivations and tables have theirs (step_through)."""
    app.add_role("layout", LayoutRole())
    app.add_node(layout_switch, html=(write_switch, None))
    app.connect("doctree-resolved", add_twins, priority=600)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
