"""Put the pages of the built site together into one document, which a browser prints.

The formulas are drawn already and the figures are vectors: nothing is typeset again. Every id gets
the name of its page in front, and links between pages lead to the place in the document.
"""

import re
from collections.abc import Mapping, Sequence
from html import escape
from pathlib import Path
from typing import Any
from urllib.parse import urljoin, urlsplit

import yaml
from bs4 import BeautifulSoup
from bs4.element import Tag

# The glyphs of formulas, the same on every page.
SHARED = "MJX-"
REFERRING = ("for", "aria-labelledby", "aria-describedby", "aria-controls")
UNWANTED = "script, noscript, .headerlink, .copybtn, .wg-bar, .wg-code, .visually-hidden, .wg-pdf"
STYLE = """
@page { size: A4; margin: 20mm 18mm 22mm }
html { font-size: 10.5pt }
html, body, .bd-main, .bd-content { display: block !important; height: auto; max-width: none }
body { background: #fff }
.bd-main .bd-content .bd-article { display: block; max-width: none; padding: 0 }
.wg-chapter, .wg-contents { break-before: page }
.wg-title { padding-top: 30vh; text-align: center }
.wg-contents li { display: flex; gap: 1em; list-style: none }
.wg-contents .wg-page { margin-inline-start: auto; font-variant-numeric: tabular-nums }
.wg-contents .wg-part { margin: 1em 0 0.2em; font-weight: 600 }
h1, h2, h3, h4 { break-after: avoid }
.cell_input, .highlight { break-inside: avoid }
pre { white-space: pre-wrap !important; overflow-wrap: anywhere }
div.math mjx-container, span.math, .wg-line { overflow: visible !important }
mjx-container > svg { max-width: 100%; height: auto }
table.table { font-size: 0.85em }
img { max-width: 100%; max-height: 220mm }
"""


def contents(toc: Path) -> list[tuple[str, list[str]]]:
    """Return the parts of a table of contents: caption and names of pages, in order."""
    book = yaml.safe_load(toc.read_text(encoding="utf-8"))
    parts = [(part["caption"], [one["file"] for one in part["chapters"]]) for part in book["parts"]]
    return [("", [book["root"]]), *parts]


def place(page: str, fragment: str = "") -> str:
    """Return the id, in the whole document, of a page or of a place in it."""
    return f"{page}--{fragment}" if fragment else page


def chapter(text: str, name: str, pages: Sequence[str], site: str) -> Tag:
    """Return the article of the page ``text``, fit to stand among others.

    Parameters
    ----------
    text : str
        The built page.
    name : str
        Its name.
    pages : sequence of str
        The names of all pages in the document.
    site : str
        The address of the site; links that leave the document lead there.
    """
    article = BeautifulSoup(text, "html.parser").select_one("article.bd-article")
    if article is None:
        raise ValueError(f"the page {name} has no article")
    for tag in article.select(UNWANTED):
        tag.decompose()
    for tag in article.find_all("details"):
        tag["open"] = ""
    for tag in article.find_all(id=True):
        tag["id"] = place(name, str(tag["id"]))
    for tag in article.find_all(True):
        for attribute in REFERRING:
            if attribute in tag.attrs:
                words = str(tag[attribute]).split()
                tag[attribute] = " ".join(place(name, word) for word in words)
    for link in article.find_all("a", href=True):
        link["href"] = target(str(link["href"]), name, pages, site)
    for image in article.find_all("img"):
        image.attrs.pop("loading", None)
    article.name = "section"
    article.attrs = {"id": name, "class": "bd-article wg-chapter"}
    return article


def target(address: str, name: str, pages: Sequence[str], site: str) -> str:
    """Return where a link on the page ``name`` leads in the document, or on the site.

    Examples
    --------
    >>> target("b.html#top", "a", ["a", "b"], "https://x.example/")
    '#b--top'
    >>> target("genindex.html", "a", ["a", "b"], "https://x.example/")
    'https://x.example/genindex.html'
    """
    parts = urlsplit(address)
    if parts.scheme or parts.netloc:
        return address
    page = parts.path.removesuffix(".html") or name
    if page in pages:
        return f"#{place(page, parts.fragment)}"
    return urljoin(site, address)


def glyphs(texts: Sequence[str]) -> str:
    """Return the drawing that holds the glyphs of all pages, each once."""
    found: dict[str, str] = {}
    for text in texts:
        drawing = re.search(r'<svg class="wg-glyphs".*?</svg>', text, re.DOTALL)
        if drawing:
            found |= {one[1]: one[0] for one in re.finditer(
                r'<path\b[^>]*?\bid="([^"]+)".*?(?:</path>|/>)', drawing[0], re.DOTALL
            )}  # fmt: skip
    return f'<svg class="wg-glyphs" aria-hidden="true"><defs>{"".join(found.values())}</defs></svg>'


def whole_book(site: Path, root: Path, numbers: Mapping[str, int]) -> str:
    """Return the document.

    Parameters
    ----------
    site : Path
        The built site.
    root : Path
        The repository, with ``_toc.yml`` and ``_config.yml``.
    numbers : mapping from str to int
        The page of paper on which each chapter begins, as far as that is known.
    """
    config: dict[str, Any] = yaml.safe_load((root / "_config.yml").read_text(encoding="utf-8"))
    parts = contents(root / "_toc.yml")
    pages = [name for _, names in parts for name in names]
    texts = {name: (site / f"{name}.html").read_text(encoding="utf-8") for name in pages}
    first = BeautifulSoup(texts[pages[0]], "html.parser")
    canonical = first.select_one('link[rel="canonical"]')
    base = str(canonical["href"]) if canonical else ""
    chapters = {name: chapter(text, name, pages, base) for name, text in texts.items()}
    sheets = {
        str(sheet["href"])
        for text in texts.values()
        for sheet in BeautifulSoup(text, "html.parser").select('head link[rel="stylesheet"]')
    }
    links = "".join(f'<link rel="stylesheet" href="{sheet}">' for sheet in sorted(sheets))
    title = escape(str(config["title"]))
    return (
        f'<!DOCTYPE html>\n<html lang="en" data-theme="light"><head><meta charset="utf-8">'
        f"<title>{title}</title>{links}<style>{STYLE}</style></head><body>"
        f"{title_page(config)}{contents_page(parts, chapters, numbers)}"
        f'<main class="bd-main"><div class="bd-content">'
        f"{''.join(map(str, chapters.values()))}</div></main>"
        f"{glyphs(list(texts.values()))}</body></html>\n"
    )


def headings(document: str) -> list[str]:
    """Return the words of all headings of a document, formulas as TeX.

    Examples
    --------
    >>> headings("<h1>On\\n<i>two</i></h1> <h2>of <mjx-container data-tex='x'></h2>")
    ['On two', 'of x']
    """
    found = []
    for heading in BeautifulSoup(document, "html.parser").find_all(re.compile(r"^h[1-6]$")):
        for formula in heading.select("[data-tex]"):
            formula.replace_with(str(formula["data-tex"]))
        found.append(" ".join(heading.get_text().split()))
    return found


def title_page(config: Mapping[str, Any]) -> str:
    """Return the first page of the document."""
    return (
        f'<div class="wg-title"><p style="font-size:2.2em">{escape(str(config["title"]))}</p>'
        f"<p>{escape(str(config['author']))}</p><p>{escape(str(config['copyright']))}</p>"
        f"{config['html']['extra_footer']}</div>"
    )


def contents_page(
    parts: Sequence[tuple[str, Sequence[str]]],
    chapters: Mapping[str, Tag],
    numbers: Mapping[str, int],
) -> str:
    """Return the list of chapters, with links and the numbers of their pages."""
    rows = []
    for caption, names in parts:
        if caption:
            rows.append(f'<li class="wg-part">{escape(caption)}</li>')
        for name in names:
            heading = chapters[name].find("h1")
            words = escape(heading.get_text().strip() if heading else name)
            number = numbers.get(name, "")
            row = f'<a href="#{name}">{words}</a><span class="wg-page">{number}</span>'
            rows.append(f"<li>{row}</li>")
    return f'<nav class="wg-contents"><h1>Contents</h1><ul>{"".join(rows)}</ul></nav>'
