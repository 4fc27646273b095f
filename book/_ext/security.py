"""Seal the finished pages with a Content-Security-Policy: what may run and where it may connect.

Scripts come from the site itself; the one that must run before the first line is drawn (the theme,
light or dark) is in the page and named by its hash. Nothing evaluates text. Styles may stand in
the page: MathJax and the editor write theirs there. Pyodide runs in a worker, which the site
serves; it is fetched from ``PYODIDE_HOST``, and only when a reader asks for it.
"""

import base64
import hashlib
import re
from pathlib import Path

from sphinx.application import Sphinx

PYODIDE_HOST = "https://cdn.jsdelivr.net"
POLICY = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self' 'unsafe-inline'",
    "img-src": "'self' data: blob:",
    "font-src": "'self'",
    "connect-src": f"'self' {PYODIDE_HOST}",
    "worker-src": "'self'",
    "manifest-src": "'self'",
    "base-uri": "'none'",
    "form-action": "'self'",
}
INLINE = re.compile(r"<script\b(?![^>]*\bsrc=)([^>]*)>(.*?)</script>", re.DOTALL)
DATA = re.compile(r'type="(?!module|text/javascript)[^"]+"')
META = re.compile(r'[ \t]*<meta http-equiv="Content-Security-Policy"[^>]*>\n?')
# Nothing may be fetched before it.
CHARSET = re.compile(r'<meta charset="utf-8"[^>]*>\n?')


def policy(text: str) -> str:
    """Return the policy of the page ``text``, with the hashes of the scripts inside it."""
    hashes = [
        base64.b64encode(hashlib.sha256(body.encode()).digest()).decode()
        for attributes, body in INLINE.findall(text)
        if not DATA.search(attributes)
    ]
    named = "".join(f" 'sha256-{one}'" for one in dict.fromkeys(hashes))
    parts = {**POLICY, "script-src": POLICY["script-src"] + named}
    return "; ".join(f"{name} {value}" for name, value in parts.items())


def seal(text: str) -> str:
    """Return the page ``text`` with its policy, right after the character encoding."""
    text = META.sub("", text)
    meta = f'<meta http-equiv="Content-Security-Policy" content="{policy(text)}">\n'
    return CHARSET.sub(lambda found: found[0].rstrip("\n") + "\n" + meta, text, count=1)


def seal_site(app: Sphinx, error: Exception | None) -> None:
    """Seal all pages."""
    if error or app.builder.format != "html":
        return
    for page in Path(app.outdir).rglob("*.html"):
        text = page.read_text(encoding="utf-8")
        sealed = seal(text)
        if sealed != text:
            page.write_text(sealed, encoding="utf-8")


def setup(app: Sphinx) -> dict[str, bool]:
    """Seal when the pages will not change any more."""
    app.connect("build-finished", seal_site, priority=900)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
