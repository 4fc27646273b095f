"""Take out what the theme and Jupyter Book load and this book does not use."""

import re
from pathlib import Path

from sphinx.application import Sphinx
from sphinx.config import Config

# 543 kB compressed, to draw icons that the theme's style sheet and fonts draw as well.
FONTAWESOME = re.compile(
    r"\s*<!-- So that users can add custom icons -->\s*"
    r"<script[^>]*/fontawesome\.js[^>]*></script>"
)


def unplug_thebe(app: Sphinx, config: Config) -> None:
    """Disconnect sphinx-thebe, which Jupyter Book always loads.

    Without a kernel service its scripts do nothing but complain on the console, and they would
    load from another host.
    """
    for listeners in app.events.listeners.values():
        for listener in [one for one in listeners if one.handler.__module__ == "sphinx_thebe"]:
            listeners.remove(listener)
    app.registry.css_files[:] = [
        entry for entry in app.registry.css_files if entry[0] != "sphinx-thebe.css"
    ]


def drop_unused(app: Sphinx, error: Exception | None) -> None:
    """Drop the icon script from the pages written, and files that no page asks for."""
    if error or app.builder.format != "html":
        return
    out = Path(app.outdir)
    for page in out.rglob("*.html"):
        text = page.read_text(encoding="utf-8")
        lean = FONTAWESOME.sub("", text)
        if lean != text:
            page.write_text(lean, encoding="utf-8")
    for pattern in ("scripts/fontawesome.js*", "*webpack-macros.html"):
        for leftover in (out / "_static").glob(pattern):
            leftover.unlink()


def setup(app: Sphinx) -> dict[str, bool]:
    """Connect both, and load every page's assets even where a page has no equation of its own."""
    app.set_html_assets_policy("always")
    app.connect("config-inited", unplug_thebe)
    app.connect("build-finished", drop_unused, priority=650)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
