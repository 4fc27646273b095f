"""Let readers check their own derivation: a box on its own page, and one after each derivation.

This extension puts a folded box after every derivation that a page shows, and an open one at the
end of the section `OPEN_AT` of the page `HOME`. What is in it at first is a plain sentence; the
scripts in ``book/_box`` replace it when the box is opened. Lines are judged by the page's own
Python (live_cells), which starts with the first click in a box.
"""

import hashlib
import json
from collections.abc import Iterator, Sequence
from html import escape
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.config import Config

from place import ROOT
from wordgrad.checker.box import choices
from wordgrad.derivations import ALL

SCRIPTS = ROOT / "book" / "_box"
HOME, OPEN_AT = "check-your-own", "paste-your-lines"
# On every box: one derivation that holds, one with a slip, and one that ends well in spite of one.
EXAMPLES = [
    {
        "name": "Right",
        "target": "naive_vc",
        "lines": [
            r"\frac{\partial J}{\partial v_c} = -u_o + \sum_{w=1}^{V} P(w\mid c)\,u_w",
            r"= -u_o + \sum_w \hat y_w u_w",
            r"= U^\top(\hat y - y)",
        ],
    },
    {
        "name": "Wrong",
        "target": "naive_uw",
        "lines": [
            r"\frac{\partial J}{\partial u_w} = -y_w v_c"
            r" + \frac{\partial}{\partial u_w}\log\sum_x e^{u_x^\top v_c}",
            r"= -y_w v_c + \hat y_w v_c",
            r"= \hat y_w v_c",
        ],
    },
    {
        "name": "Right by luck",
        "target": "sigmoid_derivative",
        "lines": [
            r"\sigma'(x) = \sigma(x)(1+\sigma(x))",
            r"= \sigma(x)+\sigma(x)^2",
            r"= \sigma(x)(1-\sigma(x))",
        ],
    },
]
PLAIN = (
    "The box that checks your lines here needs JavaScript, and a page that comes from a server. "
    "On the command line the same is <code>wordgrad check {options}notes.tex</code>."
)


def box_html(target: str = "") -> str:
    """A box as it stands in the page: a plain sentence, which the script replaces.

    Parameters
    ----------
    target : str
        Id of the derivation that it is about; none for the box of the page `HOME`.
    """
    options = f"--target {target} " if target else ""
    plain = PLAIN.format(options=escape(options))
    chosen = f' data-target="{escape(target)}"' if target else ""
    box = f'<div class="wg-box"{chosen}><p>{plain}</p></div>'
    if not target:
        return box
    title = escape(ALL[target].title)
    return (
        '<details class="wg-your-turn"><summary><span>Your turn: check your own lines'
        f'<span class="visually-hidden"> ({title})</span></span></summary>{box}</details>'
    )


def targets_by_class() -> dict[str, str]:
    """The class of a derivation on a page (`wordgrad.book.derivations.css_class`), to its id."""
    return {f"wg-of-{name.lower().replace('_', '-')}": name for name in ALL}


def _derivations(tree: nodes.Element) -> Iterator[tuple[nodes.Element, str]]:
    """Each derivation with its id."""
    known = targets_by_class()
    for node in tree.findall(nodes.Element):
        classes: list[str] = node.get("classes", [])
        if "wg-derivation" in classes:
            yield from ((node, known[name]) for name in classes if name in known)


def place_boxes(app: Sphinx, doctree: nodes.document, page: str) -> None:
    """Put a box after each cell that shows a derivation, and the open one on its page."""
    if app.builder.name not in {"html", "dirhtml"}:
        return
    for shown, target in list(_derivations(doctree)):
        cell = _cell_of(shown)
        above = cell.parent
        assert isinstance(above, nodes.Element)  # no cell is the whole document
        position = above.index(cell) + 1
        while _is_box(above.children[position : position + 1]):
            position += 1
        above.insert(position, _raw(box_html(target)))
    if page == HOME:
        for section in doctree.findall(nodes.section):
            if OPEN_AT in section["ids"]:
                section.append(_raw(box_html()))


def _cell_of(shown: nodes.Element) -> nodes.Element:
    """The cell that shows a derivation: what it shows is replaced when a reader runs it."""
    outer: Any = shown
    while outer is not None and outer.get("nb_element") != "cell_code":
        outer = outer.parent
    return outer or shown


def _raw(html: str) -> nodes.raw:
    return nodes.raw("", html, format="html", classes=["wg-box-here"])


def _is_box(found: Sequence[nodes.Node]) -> bool:
    return any(isinstance(node, nodes.raw) and "wg-box-here" in node["classes"] for node in found)


def make_files() -> dict[str, bytes]:
    """The scripts, the style, and what the menus offer."""
    offered = json.dumps({**choices(), "examples": EXAMPLES}, ensure_ascii=False)
    files = {path.name: path.read_bytes() for path in SCRIPTS.iterdir() if path.is_file()}
    return {**files, "choices.json": offered.encode()}


def prepare(app: Sphinx, config: Config) -> None:
    """Make the files. Their folder's name is a setting: when it changes, so does every page.

    A builder compares settings when it begins, so that later would be too late.
    """
    files = make_files()
    digest = hashlib.sha256()
    for name, data in sorted(files.items()):
        digest.update(f"{name}\0{len(data)}\0".encode() + data)
    config.box_folder = digest.hexdigest()[:16]
    app.box_files = files  # type: ignore[attr-defined]


def add_to_page(
    app: Sphinx, page: str, _template: str, context: dict[str, Any], doctree: Any
) -> None:
    """Add the script, its style and what it must know to a page that has a box."""
    if 'class="wg-box"' not in context.get("body", "") or not app.config.box_folder:
        return
    app.add_css_file(f"box/{app.config.box_folder}/box.css")
    app.add_js_file(f"box/{app.config.box_folder}/boot.js", loading_method="defer")
    home = "" if page == HOME else app.builder.get_relative_uri(page, HOME)
    known = {"live": f"../../live/{app.config.live_folder}/", "home": home}
    text = json.dumps(known, sort_keys=True).replace("<", "\\u003c")
    context["body"] += f'<script type="application/json" id="wg-boxes">{text}</script>\n'


def write_files(app: Sphinx, error: Exception | None) -> None:
    """Write the files, and remove those of earlier builds."""
    files: dict[str, bytes] | None = getattr(app, "box_files", None)
    if error or not files or app.builder.name not in {"html", "dirhtml"}:
        return
    folder = Path(app.outdir) / "_static" / "box"
    for old in folder.glob("*/*"):
        old.unlink()
    for left in folder.glob("*"):
        left.rmdir()
    target = folder / app.config.box_folder
    target.mkdir(parents=True)
    for name, data in files.items():
        (target / name).write_bytes(data)


def setup(app: Sphinx) -> dict[str, bool]:
    """Connect the steps; the files are there before other extensions look at the finished site."""
    app.add_config_value("box_folder", "", "html", str)
    app.connect("config-inited", prepare, priority=200)
    app.connect("doctree-resolved", place_boxes)
    app.connect("html-page-context", add_to_page)
    app.connect("build-finished", write_files, priority=50)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
