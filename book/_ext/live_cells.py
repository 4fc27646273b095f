"""Let readers run and change the code of a page, in Python in their own browser.

Nothing of that is loaded before somebody presses *Run* or *Edit*, or clicks in a derivation box.
This extension numbers the cells of a page, hands over the code that the page does not show, and
puts what the scripts in ``book/_live`` need into one folder of the site (see live_assets).
"""

import ast
import json
from pathlib import Path
from typing import Any

from docutils import nodes
from myst_nb.core.read import (  # type: ignore[import-untyped]
    is_myst_markdown_notebook,
    read_myst_markdown_notebook,
)
from sphinx.application import Sphinx
from sphinx.config import Config

from live_assets import make_assets

Assets = dict[str, bytes]
HTML = {"html", "dirhtml"}  # builders whose pages have cells that run


def only_shows(code: str, tags: list[str]) -> bool:
    """Tell whether a cell's code is not on the page and nothing below can depend on it.

    That is so if it consists of calls whose arguments are all written out: no name that the cells
    share goes in, and none is bound. Such a cell is left out when a reader runs one further down.

    Examples
    --------
    >>> only_shows('show_derivation("softmax_shift")', ["remove-input"])
    True
    >>> only_shows("figures.losses(losses)", ["remove-input"])
    False
    >>> only_shows("print(1)", [])
    False
    """
    if "remove-input" not in tags:
        return False
    return all(
        isinstance(node, ast.Expr)
        and isinstance(node.value, ast.Call)
        and all(_written_out(each) for each in node.value.args)
        and all(_written_out(each.value) for each in node.value.keywords)
        for node in ast.parse(code).body
    )


def _written_out(node: ast.expr) -> bool:
    try:
        ast.literal_eval(node)
    except ValueError:
        return False
    return True


def list_cells(text: str) -> list[dict[str, Any]]:
    """The code cells of a chapter in order, as the page's script wants them.

    Parameters
    ----------
    text : str
        The chapter's source.

    Returns
    -------
    list of dict
        For each cell its ``index`` in the notebook; ``code`` if the page does not show it; and
        ``look``, true for a cell that only shows something.
    """
    if not is_myst_markdown_notebook(text):
        return []
    cells = []
    for index, cell in enumerate(read_myst_markdown_notebook(text).cells):
        if cell.cell_type != "code":
            continue
        tags = cell.metadata.get("tags", [])
        entry: dict[str, Any] = {"index": index}
        if {"remove-input", "remove-cell"}.intersection(tags):
            entry["code"] = cell.source
        if only_shows(cell.source, tags):
            entry["look"] = True
        cells.append(entry)
    return cells


def mark_cells(app: Sphinx, doctree: nodes.document) -> None:
    """Give each cell on the page a class with its index, by which the script finds it."""
    for node in doctree.findall(nodes.container):
        if node.get("nb_element") == "cell_code":
            node["classes"].append(f"wg-cell-{node['cell_index']}")


def add_to_page(
    app: Sphinx, page: str, _template: str, context: dict[str, Any], doctree: Any
) -> None:
    """Add the script, its style and the list of cells to a page that has code."""
    assets: Assets | None = getattr(app, "live_assets", None)
    if not assets or doctree is None or app.builder.name not in HTML:
        return
    if not any("cell_index" in node for node in doctree.findall(nodes.container)):
        return
    app.add_css_file(f"live/{app.config.live_folder}/live.css")
    app.add_js_file(f"live/{app.config.live_folder}/cells.js", loading_method="defer")
    data = {
        "cells": list_cells(Path(app.env.doc2path(page)).read_text(encoding="utf-8")),
        "codemirror": f"{app.config.live_folder}/codemirror.js" in assets,
    }
    text = json.dumps(data, separators=(",", ":")).replace("<", "\\u003c")
    context["body"] += f'<script type="application/json" id="wg-cells">{text}</script>\n'


def prepare(app: Sphinx, config: Config) -> None:
    """Make the files. Their folder's name is a setting: when it changes, so does every page.

    A builder compares settings when it begins, so that later would be too late.
    """
    mathjax = {
        "src": f"../../{config.mathjax_path}",
        "settings": config.mathjax3_config or {},
    }
    assets = make_assets({"mathjax": mathjax})
    script = next(name for name in assets if name.endswith("/cells.js"))
    config.live_folder = script.partition("/")[0]
    app.live_assets = assets  # type: ignore[attr-defined]


def write_files(app: Sphinx, error: Exception | None) -> None:
    """Write the files, and remove those of earlier builds."""
    assets: Assets | None = getattr(app, "live_assets", None)
    if error or not assets or app.builder.name not in HTML:
        return
    target = Path(app.outdir) / "_static" / "live"
    for name, data in assets.items():
        (target / name).parent.mkdir(parents=True, exist_ok=True)
        (target / name).write_bytes(data)
    for old in sorted(target.rglob("*"), reverse=True):
        if old.is_dir() and not any(old.iterdir()):
            old.rmdir()
        elif old.is_file() and old.relative_to(target).as_posix() not in assets:
            old.unlink()


def setup(app: Sphinx) -> dict[str, bool]:
    """Connect the steps. Files are written before other extensions look at the finished site."""
    app.add_config_value("live_folder", "", "html", str)
    app.connect("config-inited", prepare, priority=200)
    app.connect("doctree-read", mark_cells)
    app.connect("html-page-context", add_to_page)
    app.connect("build-finished", write_files, priority=50)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
