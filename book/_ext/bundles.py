"""Give every page one lean style sheet and one script, instead of twelve and fifteen.

The order of the parts is kept, as the look depends on it. The name of a bundle is a hash of its
content, so that a server may tell browsers to keep it for ever. A page remembers what its bundles
were made from: after a change to a part, the pages that were not written again get it as well.
"""

import hashlib
import re
from collections.abc import Iterable
from pathlib import Path, PurePosixPath
from posixpath import normpath, relpath

from sphinx.application import Sphinx
from sphinx.config import Config

from icon_fonts import shrink_icons
from lean_css import lean, words_of

SHEET = re.compile(r'[ \t]*<link\b[^>]*\brel="stylesheet"[^>]*>\n?')
SCRIPT = re.compile(r"[ \t]*<script\b(?P<attributes>[^>]*)>(?P<body>.*?)</script>\n?", re.DOTALL)
PRELOAD = re.compile(r'[ \t]*<link\b[^>]*\brel="preload" as="script"[^>]*>\n?')
STATIC = re.compile(r'(?:href|src)="(?P<root>[^"]*?)_static/(?P<path>[^"?]+)[^"]*"')
INDEX = re.compile(r'src="[^"]*(?:_static/(?:searchtools|language_data)|searchindex)\.js')
MADE_FROM = re.compile(r'data-from="([^"]*)"')
URL = re.compile(r"""url\(\s*(["']?)(?!data:|#|[a-z]+:)([^"')]+)\1\s*\)""")
IMPORT = re.compile(r"""@import\s+(?:url\()?["']([^"')]+)["']\)?\s*;""")
# Scripts that only the search page runs, and words that tell that page.
SEARCH_PAGE = '<div id="search-results">'
# Nothing is said on the console: the theme's scripts tell there what they do.
CHATTER = re.compile(r"\bconsole\s*\.\s*(?:log|info|debug)\s*\(")
# The theme measures every box that could scroll as the page loads, and after every change, which
# makes the browser lay out what is far below the window. scrollers.js does without.
MEASURING = (
    '["pre",".nboutput > .output_area",".cell_output > .output",".jp-RenderedHTMLCommon",'
    '".pst-scrollable-table-container"]'
)
SOURCE_MAP = re.compile(r"^//# sourceMappingURL=.*$", re.MULTILINE)


def digest(text: str) -> str:
    """Return a short name for a content."""
    return hashlib.sha256(text.encode()).hexdigest()[:10]


class Bundles:
    """The bundles of one site, each made once.

    Parameters
    ----------
    static : Path
        The folder ``_static`` of the site.
    words : set of str
        What the pages and scripts could name: classes, ids, elements.
    """

    def __init__(self, static: Path, words: set[str]) -> None:
        self.static = static
        self.words = words
        self.made: dict[tuple[str, ...], str] = {}

    def style(self, parts: tuple[str, ...]) -> str:
        """Return the path, below ``_static``, of the bundle of the style sheets ``parts``."""
        if parts not in self.made:
            css = "".join(map(self._read_style, parts))
            css = shrink_icons(lean(css, self.words), self.static / "styles")
            self.made[parts] = self._write("styles", f'@charset "utf-8";{css}', "css")
        return self.made[parts]

    def script(self, parts: tuple[str, ...]) -> str:
        """Return the path, below ``_static``, of the bundle of the scripts ``parts``."""
        if parts not in self.made:
            texts = [(self.static / part).read_text(encoding="utf-8") for part in parts]
            code = "\n;\n".join(SOURCE_MAP.sub("", text) for text in texts)
            code = code.replace(MEASURING, '["[data-never]"]')
            self.made[parts] = self._write("scripts", CHATTER.sub("void (", code), "js")
        return self.made[parts]

    def keep_inline(self, body: str) -> str:
        """Save a script that a page has in its text; return its path below ``_static``."""
        path = f"scripts/inline.{digest(body)}.js"
        (self.static / path).write_text(body, encoding="utf-8")
        return path

    def sweep(self) -> None:
        """Remove the bundles of earlier builds that no page uses any more."""
        current = set(self.made.values())
        for old in [*self.static.glob("styles/book.*.css"), *self.static.glob("scripts/book.*.js")]:
            if old.relative_to(self.static).as_posix() not in current:
                old.unlink()

    def _write(self, folder: str, text: str, kind: str) -> str:
        path = f"{folder}/book.{digest(text)}.{kind}"
        (self.static / path).write_text(text, encoding="utf-8")
        return path

    def _read_style(self, part: str) -> str:
        """Return a style sheet as it reads from the folder ``styles``, imports included."""
        here = PurePosixPath(part).parent
        css = (self.static / part).read_text(encoding="utf-8")
        css = URL.sub(lambda url: f'url("{relpath(here / url[2], "styles")}")', css)

        def imported(match: re.Match[str]) -> str:
            return self._read_style(normpath(str(here / match[1])))

        return IMPORT.sub(imported, css)


def bundle_page(text: str, bundles: Bundles) -> str:
    """Return the page ``text`` with its style sheets and classic scripts bundled."""
    return _bundle_scripts(_bundle_styles(PRELOAD.sub("", text), bundles), bundles)


def _parts(tag: str) -> Iterable[str]:
    """Return the paths below ``_static`` that a tag stands for."""
    made_from = MADE_FROM.search(tag)
    if made_from:
        return made_from[1].split()
    found = STATIC.search(tag)
    return [found["path"]] if found else []


def _bundle_styles(text: str, bundles: Bundles) -> str:
    sheets = list(SHEET.finditer(text))
    parts = tuple(part for sheet in sheets for part in _parts(sheet[0]))
    found = STATIC.search(sheets[0][0]) if sheets else None
    if not found:
        return text
    tag = (
        f'<link rel="stylesheet" href="{found["root"]}_static/{bundles.style(parts)}"'
        f' data-from="{" ".join(parts)}">\n'
    )
    start = sheets[0].start()
    return text[:start] + tag + SHEET.sub("", text[start:])


def _bundle_scripts(text: str, bundles: Bundles) -> str:
    parts: list[str] = []
    later: list[str] = []
    root = ""

    def take(script: re.Match[str]) -> str:
        nonlocal root
        tag, attributes, body = script[0], script["attributes"], script["body"]
        found = STATIC.search(attributes)
        if INDEX.search(attributes) or "data-sd-tabs" in attributes:
            wanted = SEARCH_PAGE in text if INDEX.search(attributes) else "sd-tab-set" in text
            if wanted:
                later.append(tag if " defer" in tag else tag.replace("<script", "<script defer", 1))
        elif "type=" in attributes or "data-cfasync" in attributes:
            return tag
        elif found and found["path"].rpartition("/")[0] in {"", "scripts"}:
            parts.extend(_parts(attributes))
            root = found["root"]
        elif found:
            return tag
        elif "DOCUMENTATION_OPTIONS.pagename" not in body and body.strip():
            parts.append(bundles.keep_inline(body))
        return ""

    rest = SCRIPT.sub(take, text)
    if not parts:
        return text
    unique = tuple(dict.fromkeys(parts))
    tag = (
        f'<script defer src="{root}_static/{bundles.script(unique)}"'
        f' data-from="{" ".join(unique)}"></script>\n'
    )
    return rest.replace("</head>", f"  {tag}{''.join(later)}</head>", 1)


def bundle_site(app: Sphinx, error: Exception | None) -> None:
    """Bundle the style sheets and scripts of all pages."""
    if error or app.builder.format != "html":
        return
    out = Path(app.outdir)
    pages = {path: path.read_text(encoding="utf-8") for path in sorted(out.rglob("*.html"))}
    scripts = [
        path.read_text(encoding="utf-8")
        for path in sorted((out / "_static").rglob("*.js"))
        if not {"mathjax", "locales", "vendor"} & set(path.parts)
        and not {".bundle", ".classic", ".forms"} & set(path.suffixes)
    ]
    bundles = Bundles(out / "_static", words_of([*pages.values(), *scripts]))
    for path, text in pages.items():
        done = bundle_page(text, bundles)
        if done != text:
            path.write_text(done, encoding="utf-8")
    bundles.sweep()


def set_key(app: Sphinx, config: Config) -> None:
    """Have pages written again when a style sheet or script changes: Sphinx would not copy it."""
    files = sorted((Path(app.srcdir) / "_static").glob("*.*"))
    config.static_key = digest("".join(path.read_text(encoding="utf-8") for path in files))


def setup(app: Sphinx) -> dict[str, bool]:
    """Bundle after the formulas are typeset and before the pages are sealed (security)."""
    app.add_config_value("static_key", "", "html", str)
    app.connect("config-inited", set_key)
    app.connect("build-finished", bundle_site, priority=750)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
