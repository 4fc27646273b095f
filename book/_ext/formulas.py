"""Write the formulas that the explorables calculate with, generated from proved lines.

``_static/formulas.js`` is an ES module. It is made in every build and is not in the repository: a
derivation that is not proved any more fails the build.
"""

from pathlib import Path

from sphinx.application import Sphinx

from wordgrad.codegen.formulas import javascript_module

NAME = "formulas.js"


def write_formulas(app: Sphinx, error: Exception | None) -> None:
    """Write the module beside the other scripts of the site."""
    if error or app.builder.format != "html":
        return
    target = Path(app.outdir) / "_static" / NAME
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(javascript_module(), encoding="utf-8")


def setup(app: Sphinx) -> dict[str, bool]:
    """Write once the static files are in place, before scripts are bundled."""
    app.connect("build-finished", write_formulas, priority=60)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
