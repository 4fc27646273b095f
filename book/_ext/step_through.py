"""Let readers step through a derivation, see its shapes and numbers, and choose rows or columns.

The lines in columns are in the page, hidden until they are asked for: few lines have a U. What a
reader may ask for besides (marks on what changes, shapes, numbers) is typeset into one file a page,
which the scripts in ``book/_steps`` fetch at the first use. All of it comes from the proved objects
(``wordgrad.book.forms``). Without a script, and in print, a page is what it was.
"""

import hashlib
import json
import re
from collections.abc import Iterator, Mapping
from html import escape
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxTranslator
from sphinx.util.osutil import relative_uri

from layouts import BUILDERS, layout_buttons, layout_switch, pair
from prerendered_math import Formula, look_up, node_program
from wordgrad.book.forms import Forms, LineForms, by_class, forms

SCRIPTS = Path(__file__).resolve().parents[1] / "_steps"
FOLDER = "_static/steps"
FORMS = ".forms.js"
NAMED = re.compile(r"wg-(?:of|ends)-[\w-]+")
# Before the first line is drawn: U as the reader chose it. `data-cfasync` keeps it where it is.
EARLY = (
    '{let l="rows";try{l=localStorage.getItem("wg-layout")||l}catch{}'
    'document.documentElement.setAttribute("data-wg-layout",l=="columns"?l:"rows")}'
)


class step_tools(nodes.General, nodes.Element):
    """The buttons of a derivation or a table."""


def write_tools(translator: SphinxTranslator, node: step_tools) -> None:
    """Write the buttons; a style sheet hides them where no script runs."""
    parts = []
    if node["steps"]:
        parts += [
            _button("whole", "All lines", True), _button("step", "Step by step", False),
            _button("back", "Back", None, "Back one line"),
            _button("next", "Next", None, "Next line"),
        ]  # fmt: skip
    parts.append(_button("shapes", "Shapes", False))
    if node["steps"]:
        parts.append(_button("numbers", "Numbers", False))
    if node["turns"]:
        parts.append(layout_buttons())
    translator.body.append(  # type: ignore[attr-defined]
        f'<div class="wg-tools" role="group" aria-label="{escape(node["label"])}"'
        f' data-wg-forms="{escape(node["uri"])}">{"".join(parts)}'
        '<span class="wg-said" role="status"></span></div>\n'
    )
    raise nodes.SkipNode


def _button(name: str, text: str, pressed: bool | None, label: str = "") -> str:
    """A button; one that stays pressed or not says so."""
    state = "" if pressed is None else f' aria-pressed="{str(pressed).lower()}"'
    named = f' aria-label="{label}" disabled' if label else ""
    return f'<button type="button" data-wg-tool="{name}"{state}{named}>{text}</button>'


def named_parts(doctree: nodes.Node) -> Iterator[tuple[nodes.container, str]]:
    """The derivations, results and cells of a page, each with the class that names it."""
    for node in doctree.findall(nodes.container):
        for name in node["classes"]:
            if NAMED.fullmatch(name):
                yield node, name


def add_forms(app: Sphinx, doctree: nodes.document, page: str) -> None:
    """Put the lines in columns beside those in rows, and the buttons above them."""
    if app.builder.name not in BUILDERS or node_program() is None:
        return
    here = app.builder.get_target_uri(page)
    uri = relative_uri(here, f"{FOLDER}/{page}{FORMS}") + f"?v={app.config.code_key}"
    for node, name in list(named_parts(doctree)):
        both = forms(by_class(name))
        if "columns" in both:
            _add_columns(node, both["rows"], both["columns"])
        if "wg-derivation" in node["classes"]:
            label = f"Ways to read: {by_class(name).title}"
            _put_tools(node, 0, label=label, steps=True, turns="columns" in both, uri=uri)
    for table in doctree.findall(nodes.container):
        if "wg-gradients" in table["classes"]:
            _put_tools(table, 0, label="Ways to read the table", steps=False, turns=True, uri=uri)


def _put_tools(parent: nodes.Element, at: int, **settings: Any) -> None:
    parent.insert(at, step_tools("", **settings))


def _add_columns(node: nodes.container, rows: Forms, columns: Forms) -> None:
    """Twins of what reads otherwise in columns."""
    steps = _children(node, "wg-step")
    for step, in_rows, in_columns in zip(steps, rows.lines, columns.lines, strict=bool(steps)):
        _twin_formula(step, in_rows.plain, in_columns.plain)
        _twin_reason(step, in_rows, in_columns)
    if not steps:
        _twin_formula(node, rows.result, columns.result)
        _twin_shape(node, rows.shape, columns.shape)


def _children(node: nodes.Element, name: str) -> list[nodes.Element]:
    """The parts of a node that have a class."""
    parts = (part for part in node.children if isinstance(part, nodes.Element))
    return [part for part in parts if name in part["classes"]]


def _twin_formula(parent: nodes.Element, in_rows: str, in_columns: str) -> None:
    if in_rows == in_columns:
        return
    for formula in list(parent.findall(nodes.math_block)):
        twin = nodes.math_block(in_columns, in_columns, **formula.attributes)
        pair(formula, twin)


def _twin_reason(step: nodes.Element, in_rows: LineForms, in_columns: LineForms) -> None:
    if in_rows.because == in_columns.because:
        return
    for reason in [p for p in step.findall(nodes.paragraph) if "wg-because" in p["classes"]]:
        twin = nodes.paragraph("", "", classes=list(reason["classes"]))
        for at, piece in enumerate(in_columns.because.split("$")):
            twin += nodes.math(piece, piece) if at % 2 else nodes.Text(piece)
        twin += nodes.Text(" ")
        twin += [
            mark.deepcopy() for mark in reason.findall(nodes.inline) if "wg-mark" in mark["classes"]
        ]
        pair(reason, twin)


def _twin_shape(cell: nodes.Element, in_rows: str, in_columns: str) -> None:
    """The shape in the heading of a row of the table, where it is another one in columns."""
    row = cell.parent
    names = _children(row, "wg-name") if row else []
    if in_rows == in_columns or len(names) != 1:
        return
    twin = names[0].deepcopy()
    for code in list(twin.findall(nodes.literal)):
        if code.astext() == in_rows:
            code.children = [nodes.Text(in_columns)]
    pair(names[0], twin)


# ------------------------------------------------------------------------------------- files
def scripts() -> dict[str, bytes]:
    """The scripts by file name."""
    return {path.name: path.read_bytes() for path in sorted(SCRIPTS.glob("*.js"))}


def script_folder() -> str:
    """A folder for the scripts whose name is a hash of them."""
    digest = hashlib.sha256(b"".join(scripts().values())).hexdigest()[:16]
    return f"steps/{digest}"


def add_to_page(
    app: Sphinx, page: str, _template: str, _context: dict[str, Any], doctree: Any
) -> None:
    """Add the script and the style to a page that has something to show in another form."""
    if doctree is None or not (
        any(True for _ in named_parts(doctree)) or any(doctree.findall(layout_switch))
    ):
        return
    app.add_css_file("steps/steps.css")
    app.add_js_file(None, body=EARLY, **{"data-cfasync": "false"})  # type: ignore[arg-type]
    app.add_js_file(f"{script_folder()}/steps.js", type="text/x-module")


def copy_files(app: Sphinx, error: Exception | None) -> None:
    """Write scripts and style; those of earlier builds go."""
    if error or app.builder.name not in BUILDERS:
        return
    static = Path(app.outdir) / "_static"
    target = static / script_folder()
    for old in static.glob("steps/*/*.js"):
        if old.parent != target:
            old.unlink()
    target.mkdir(parents=True, exist_ok=True)
    for name, data in scripts().items():
        (target / name).write_bytes(data)
    (static / "steps" / "steps.css").write_bytes((SCRIPTS / "steps.css").read_bytes())


class Sheet:
    """The formulas of one page's file, each once."""

    def __init__(self) -> None:
        self.formulas: dict[Formula, int] = {}

    def number(self, tex: str, display: bool = True) -> int:
        """The number of a formula."""
        return self.formulas.setdefault((tex, display), len(self.formulas))

    def of_derivation(self, found: Mapping[Any, Forms]) -> dict[str, Any]:
        """What the script needs for stepping through a derivation, by layout."""
        return {
            layout: {
                "given": [self.number(tex, False) for tex in one.given],
                "lines": [
                    [self.number(tex) for tex in (line.marked, line.shaped)]
                    + [self.number(tex, False) for tex in (line.above, line.value)]
                    for line in one.lines
                ],
            }
            for layout, one in found.items()
        }

    def of_result(self, found: Mapping[Any, Forms]) -> dict[str, int]:
        """The result with its shapes, by layout."""
        return {layout: self.number(one.result_shaped) for layout, one in found.items()}


def page_sheet(text: str) -> tuple[Sheet, dict[str, Any]]:
    """What a finished page's file says, with numbers for formulas."""
    sheet, parts = Sheet(), {}
    for name in sorted(set(NAMED.findall(text))):
        found = forms(by_class(name))
        whole = name.startswith("wg-of-")
        parts[name] = sheet.of_derivation(found) if whole else sheet.of_result(found)
    return sheet, parts


def write_sheets(app: Sphinx, error: Exception | None) -> None:
    """Typeset the other forms of every page into a file of its own."""
    node = node_program()
    if error or app.builder.name not in BUILDERS or node is None:
        return
    out = Path(app.outdir)
    texts = {page: (out / app.builder.get_target_uri(page)) for page in app.env.found_docs}
    pages = {page: path.read_text(encoding="utf-8") for page, path in texts.items()}
    sheets = {page: page_sheet(text) for page, text in pages.items() if 'class="wg-tools"' in text}
    wanted = list(dict.fromkeys(one for sheet, _ in sheets.values() for one in sheet.formulas))
    answer = look_up(node, wanted, app)
    drawn = dict(zip(wanted, answer["formulas"], strict=True))
    faults = [f"{tex}: {one['error']}" for (tex, _), one in drawn.items() if "error" in one]
    if faults:
        raise ValueError("MathJax does not understand\n" + "\n".join(faults))
    written = {f"{page}{FORMS}" for page in sheets}
    for old in (out / FOLDER).rglob(f"*{FORMS}"):
        if old.relative_to(out / FOLDER).as_posix() not in written:
            old.unlink()
    for page, (sheet, parts) in sheets.items():
        mine = [drawn[one] for one in sheet.formulas]
        used = {glyph for one in mine for glyph in one["glyphs"]}
        missing = sorted(glyph for glyph in used if f'id="{glyph}"' not in pages[page])
        data = {
            "glyphs": {glyph: answer["glyphs"][glyph] for glyph in missing},
            "formulas": [[one["svg"], one["speech"]] for one in mine],
            "parts": parts,
        }
        path = out / FOLDER / f"{page}{FORMS}"
        path.parent.mkdir(parents=True, exist_ok=True)
        text = json.dumps(data, separators=(",", ":"))
        path.write_text(f"window.wgForms={text}\n", encoding="utf-8")


def setup(app: Sphinx) -> dict[str, bool]:
    """Connect the steps. The files are typeset when the pages are (prerendered_math: 600)."""
    app.add_node(step_tools, html=(write_tools, None))
    app.connect("doctree-resolved", add_forms)
    app.connect("html-page-context", add_to_page)
    app.connect("build-finished", copy_files, priority=50)
    app.connect("build-finished", write_sheets, priority=620)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
