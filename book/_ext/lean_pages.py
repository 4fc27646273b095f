"""Take out what the theme loads and this book does not use."""

import re
from pathlib import Path
from typing import Any

from sphinx.application import Sphinx

# 543 kB compressed to draw icons that the theme's CSS and fonts draw as well.
FONTAWESOME = re.compile(r'\s*<!-- So that users can add custom icons -->\s*<script[^>]*/fontawesome\.js[^>]*></script>')


def drop_thebe(app: Sphinx, page: str, template: str, context: dict[str, Any], doctree: Any) -> None:
    """Drop the scripts of sphinx-thebe: inert here, and declared twice when a page is reloaded."""
    context["script_files"] = [
        script
        for script in context.get("script_files", [])
        if "thebe" not in str(getattr(script, "filename", script) or "").lower()
        and "THEBE_JS_URL" not in str(getattr(script, "attributes", {}).get("body", ""))
    ]


def drop_fontawesome(app: Sphinx, error: Exception | None) -> None:
    """Drop the icon script from the pages written."""
    if error or app.builder.format != "html":
        return
    out = Path(app.outdir)
    for page in out.rglob("*.html"):
        text = page.read_text(encoding="utf-8")
        lean = FONTAWESOME.sub("", text)
        if lean != text:
            page.write_text(lean, encoding="utf-8")
    for leftover in (out / "_static" / "scripts").glob("fontawesome.js*"):
        leftover.unlink()


def setup(app: Sphinx) -> dict[str, bool]:
    """Connect both, and load every page's assets even where a page has no equation of its own."""
    app.set_html_assets_policy("always")
    app.connect("html-page-context", drop_thebe, priority=900)
    app.connect("build-finished", drop_fontawesome)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
