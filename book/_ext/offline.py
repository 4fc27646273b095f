"""Let the book be read without a network once it has been opened: a service worker for the site.

``sw.js`` is written when nothing else will change: it lists every file with the hash of its
content. Pages, pictures, style sheets and scripts are kept from the first visit on; what is large
and rarely wanted, only when it was asked for. ``book_offline: false`` in ``_config.yml`` turns it
off; workers that readers already have then leave by themselves.
"""

import base64
import hashlib
import json
import re
from fnmatch import fnmatch
from pathlib import Path

from sphinx.application import Sphinx

from place import ROOT

SOURCE = ROOT / "book" / "_offline"
WORKER = "sw.js"
# Kept when they were asked for: notebooks, MathJax, Python packages. (``*`` also matches ``/``.)
LATER = ["_downloads/*", "_static/mathjax/*", "*/packages/*", "*.pdf", "*licences.txt"]
# Never asked for: what bundles were made from, sources, translations, lists for other programs.
NEVER = [
    "_sources/*", "_static/locales/*", "_static/vendor/*", "*.map", "*.inv", "*.xml", ".*",
    "binder/*", "_static/styles/*.ttf", "_static/images/logo_*", "*.classic.js", WORKER,
]  # fmt: skip
PARTS = re.compile(r'data-from="([^"]*)"')
ASSET = re.compile(r'_static/([^"?\s]+)')

Files = dict[str, str]


def list_files(site: Path) -> tuple[Files, Files]:
    """Return the files to be kept at once and those to be kept later: path -> hash.

    Parameters
    ----------
    site : Path
        The finished site.
    """
    first: Files = {}
    later: Files = {}
    unused = parts_of_bundles(site)
    for path in sorted(path for path in site.rglob("*") if path.is_file()):
        name = path.relative_to(site).as_posix()
        if name in unused or any(fnmatch(name, pattern) for pattern in NEVER):
            continue
        group = later if any(fnmatch(name, pattern) for pattern in LATER) else first
        group[name] = base64.b64encode(hashlib.sha256(path.read_bytes()).digest()).decode()
    return first, later


def parts_of_bundles(site: Path) -> set[str]:
    """Return the style sheets and scripts that pages have in a bundle and load in no other way."""
    texts = [page.read_text(encoding="utf-8") for page in site.rglob("*.html")]
    parts = {part for text in texts for found in PARTS.findall(text) for part in found.split()}
    loaded = {name for text in texts for name in ASSET.findall(PARTS.sub("", text))}
    return {f"_static/{part}" for part in parts - loaded}


def worker_text(first: Files, later: Files) -> str:
    """Return the worker for these files; another one as soon as one of them differs."""
    program = (SOURCE / "worker.js").read_text(encoding="utf-8")
    listed = f"const FIRST = {json.dumps(first)};\nconst LATER = {json.dumps(later)};\n"
    version = hashlib.sha256((listed + program).encode()).hexdigest()[:16]
    return f'const VERSION = "{version}";\n{listed}{program}'


def register(app: Sphinx) -> None:
    """Have every page register the worker."""
    if app.builder.name == "html" and app.config.book_offline:
        app.add_js_file("offline.js")


def write_registration(app: Sphinx, error: Exception | None) -> None:
    """Put the script that registers it where the bundles are made."""
    if not error and app.builder.name == "html" and app.config.book_offline:
        text = (SOURCE / "register.js").read_text(encoding="utf-8")
        (Path(app.outdir) / "_static" / "offline.js").write_text(text, encoding="utf-8")


def write_worker(app: Sphinx, error: Exception | None) -> None:
    """Write the worker of the finished site, or one that takes its leave."""
    if error or app.builder.name != "html":
        return
    out = Path(app.outdir)
    leave = (SOURCE / "farewell.js").read_text(encoding="utf-8")
    text = worker_text(*list_files(out)) if app.config.book_offline else leave
    (out / WORKER).write_text(text, encoding="utf-8")


def setup(app: Sphinx) -> dict[str, bool]:
    """Connect the steps; the last of them comes after the pages are sealed (security)."""
    app.add_config_value("book_offline", True, "html", bool)
    app.connect("builder-inited", register)
    app.connect("build-finished", write_registration, priority=50)
    app.connect("build-finished", write_worker, priority=950)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
