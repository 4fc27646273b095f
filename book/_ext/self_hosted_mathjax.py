"""Serve MathJax from the book's own site, for what is not typeset when the book is built.

Pages typeset in advance (prerendered_math) load none of it. A script that adds a formula later does
``import { typeset } from "./_static/mathjax/typeset.js"`` and calls ``await typeset(element)``.

The files are those of MathJax 3.2.2, from the hash-locked package ``sphinx-mathjax-offline``. Its
own Sphinx extension copies all 24 MB of it; this one copies the component that the book loads, its
fonts, and the extensions that it may load later.
"""

import json
from importlib.metadata import distribution
from pathlib import Path, PurePosixPath

from sphinx.application import Sphinx
from sphinx.util.fileutil import copy_asset_file

MAIN = "tex-chtml.js"
WANTED = (MAIN, "ui/safe.js", "output/chtml/fonts/woff-v2/*", "input/tex/extensions/*")
UNWANTED = {"all-packages.js", "mhchem.js", "physics.js", "bussproofs.js"}
TYPESET = """\
// Typeset the formulas inside elements that were added to a page: MathJax loads at the first call.
const SETTINGS = %s;

let queue = globalThis.MathJax?.startup?.promise;

const load = () =>
  new Promise((resolve, reject) => {
    globalThis.MathJax = { ...SETTINGS, startup: { typeset: false } };
    const script = document.createElement("script");
    script.src = new URL("%s", import.meta.url);
    script.onload = () => resolve(globalThis.MathJax.startup.promise);
    script.onerror = () => reject(new Error(`${script.src} could not be loaded`));
    document.head.append(script);
  });

export function typeset(...elements) {
  queue = (queue ?? load()).then(() => globalThis.MathJax.typesetPromise(elements));
  return queue;
}
"""


def copy_mathjax(app: Sphinx, error: Exception | None) -> None:
    """Copy the wanted part of MathJax to ``_static/mathjax``."""
    if error or app.builder.format != "html":
        return
    target = Path(app.outdir) / "_static" / "mathjax"
    for file in distribution("sphinx-mathjax-offline").files or []:
        _, found, name = file.as_posix().partition("/static/mathjax/")
        path = PurePosixPath(name)
        if not found or path.name in UNWANTED or not any(map(path.match, WANTED)):
            continue
        (target / path.parent).mkdir(parents=True, exist_ok=True)
        copy_asset_file(str(file.locate()), str(target / path))
    settings = json.dumps(app.config.mathjax3_config or {})
    (target / "typeset.js").write_text(TYPESET % (settings, MAIN), encoding="utf-8")


def setup(app: Sphinx) -> dict[str, bool]:
    """Point Sphinx to the copy and make it."""
    app.config.mathjax_path = f"mathjax/{MAIN}"
    app.connect("build-finished", copy_mathjax)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
