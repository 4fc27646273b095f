"""Mend the HTML that the theme and the extensions write: valid, accessible, without inline script.

Each rule names a fault that html-validate or axe finds in the pages as they come, and its repair.
"""

import re
from collections.abc import Callable
from pathlib import Path

from sphinx.application import Sphinx

Repair = str | Callable[[re.Match[str]], str]
# Text in which white space counts.
AS_IT_IS = re.compile(r"(<(pre|script|style|textarea)\b.*?</\2>)", re.DOTALL)

SUBMIT = '<button type="submit" class="visually-hidden" tabindex="-1">Search</button>'


def name_button(match: re.Match[str]) -> str:
    """Say that a button sends nothing, and name one that shows only an icon after its title."""
    attributes, content = match["attributes"], match["content"]
    if "search-button-field" in attributes:
        # Its name is what it shows; a shorter one would not be found by who reads it aloud.
        attributes = re.sub(r' (?:aria-label|title)="[^"]*"', "", attributes)
    title = re.search(r'\btitle="([^"]*)"', attributes)
    if title and "aria-label" not in attributes and not re.sub(r"<[^>]*>", "", content).strip():
        attributes += f' aria-label="{title[1]}"'
    if "type=" not in attributes:
        attributes = f' type="button"{attributes}'
    return f"<button{attributes}>{content}</button>"


# The theme's first script leaves light or dark open until its last one runs, and then the whole
# page gets its colours a second time.
THEME_LATE = r'(dataset\.theme = )localStorage\.getItem\("theme"\) \|\| "auto";'
THEME_NOW = (
    r'\1{light: "light", dark: "dark"}[document.documentElement.dataset.mode] ||'
    ' (matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light");'
)

# In the whole page.
PAGE: list[tuple[str, Repair]] = [
    # Three times the same.
    (r'<meta name="viewport"[^>]*>(?=.*<meta name="viewport")', ""),
    (r"<!--(?!\[if).*?-->", ""),
    (THEME_LATE, THEME_NOW),
    # Firefox would fetch the whole next page, which the policy of the site refuses.
    (r'<link rel="(?:next|prev)"[^>]*>\n?', ""),
    # Handlers in attributes; buttons.js does the same.
    (r'onclick="window\.print\(\)"', 'data-wg-do="print"'),
    (r'onclick="toggleFullScreen\(\)"', 'data-wg-do="full-screen"'),
    (r"<button\b(?P<attributes>[^>]*)>(?P<content>.*?)</button>", name_button),
    (r'(<form class="bd-search(?:(?!type="submit").)*?)</form>', rf"\1{SUBMIT}\n</form>"),
    (r'(<main[^>]*) role="main"', r"\1"),
    # The title of the book would be in no landmark.
    (r'<div (?=id="pst-primary-sidebar")', '<div role="complementary" aria-label="The book" '),
    (r'<div class="sidebar-primary-item">\s*<div id="ethical-ad-placement".*?</div></div>', ""),
    # sphinx-exercise gives every exercise and solution of a page the same.
    (r'<section id="(?:exercise|solution)-content">', "<section>"),
    # docutils writes a role that has been withdrawn.
    (r'role="doc-biblioentry"', 'role="listitem"'),
    # A folded cell: its label says less than its text.
    (r'<summary aria-label="Toggle hidden content">\s*'
     r"<p([^>]*)>(.*?)</p>\s*<p([^>]*)>(.*?)</p>\s*</summary>",
     r"<summary><span\1>\2</span><span\3>\4</span></summary>"),
    (r'<summary aria-label="Toggle hidden content">', "<summary>"),
    (r'(<script\b[^>]*) (defer|async)="\2"', r"\1 \2"),
    # Names, signs and spaces of code have the colour of their surroundings: no element for each.
    (r'<span class="(?:n|nn|p|w)">([^<]*)</span>', r"\1"),
    (r"(<title>[^<]{20,} &#8212; [^<]*?), [^<]*</title>", r"\1</title>"),
]  # fmt: skip
# Where white space does not count.
SPACE: list[tuple[str, Repair]] = [
    (r"[ \t]+$", ""),
    (r"\n\s*\n", "\n"),
    (r"(<(?:meta|link|input|br|hr|img)\b[^>]*?)\s*/>", r"\1>"),
]
FLAGS = re.DOTALL | re.MULTILINE


def mend(text: str) -> str:
    """Return the page ``text``, mended."""
    for pattern, repair in PAGE:
        text = re.sub(pattern, repair, text, flags=FLAGS)
    pieces = AS_IT_IS.split(text)
    # The pattern has two groups: free text, text to be kept, the name of its element, ...
    for index in range(0, len(pieces), 3):
        for pattern, repair in SPACE:
            pieces[index] = re.sub(pattern, repair, pieces[index], flags=FLAGS)
    return "".join(piece for index, piece in enumerate(pieces) if index % 3 != 2)


def mend_search(out: Path) -> None:
    """Have the search look for the text of a page in its ``main``, which needs no role for that."""
    script = out / "_static" / "searchtools.js"
    text = script.read_text(encoding="utf-8")
    mended = re.sub(r"""(?<=['"`])\[role="main"\](?= |['"`])""", "main", text)
    script.write_text(mended, encoding="utf-8")


def mend_site(app: Sphinx, error: Exception | None) -> None:
    """Mend all pages."""
    if error or app.builder.format != "html":
        return
    for page in Path(app.outdir).rglob("*.html"):
        text = page.read_text(encoding="utf-8")
        mended = mend(text)
        if mended != text:
            page.write_text(mended, encoding="utf-8")
    mend_search(Path(app.outdir))


def setup(app: Sphinx) -> dict[str, bool]:
    """Mend after unused parts are gone, before style sheets are cut down to what pages name."""
    app.connect("build-finished", mend_site, priority=700)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
