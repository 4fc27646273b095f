"""Serve MathJax from the book's own site.

The files are those of MathJax 3.2.2, from the hash-locked package ``sphinx-mathjax-offline``. Its
own Sphinx extension copies all 24 MB of it; this one copies the component that the book loads, its
fonts, and the extensions that it may load later.
"""

from importlib.metadata import distribution
from pathlib import Path, PurePosixPath

from sphinx.application import Sphinx
from sphinx.util.fileutil import copy_asset_file

MAIN = "tex-chtml.js"
WANTED = (MAIN, "output/chtml/fonts/woff-v2/*", "input/tex/extensions/*")
UNWANTED = {"all-packages.js", "mhchem.js", "physics.js", "bussproofs.js"}


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


def setup(app: Sphinx) -> dict[str, bool]:
    """Point Sphinx to the copy and make it."""
    app.config.mathjax_path = f"mathjax/{MAIN}"
    app.connect("build-finished", copy_mathjax)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
