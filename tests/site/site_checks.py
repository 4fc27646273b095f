"""What can be wrong with a built page: one function per fault, each returns what it found."""

import re
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from urllib.parse import unquote, urlsplit

from bs4 import BeautifulSoup
from bs4.element import NavigableString, PreformattedString, Tag

# Places where TeX, Markdown and the like are shown on purpose or read by a program.
VERBATIM = ["code", "pre", "script", "style", "kbd", "samp", "textarea"]
RAW_TEX = re.compile(r"\\[A-Za-z]{2,}|\\[()\[\]]|\$\$|(?<![\w$])\$[^\s$]([^$\n]*[^\s$])?\$(?!\w)")
RAW_MARKDOWN = re.compile(r"^:{3,}|`{3,}|\{[a-z:]+\}`|\]\(\S*\)|^#{1,6} ", re.MULTILINE)
TROUBLE = re.compile(r"Traceback \(most recent call last\)|\bWARNING\b|SEVERE|Unknown directive")
# Elements that fetch something as the page is read, and the attribute that says from where.
FETCHING = {
    "script": "src", "img": "src", "iframe": "src", "source": "src", "video": "src",
    "audio": "src", "embed": "src", "object": "data", "link": "href",
}  # fmt: skip
# Links in the head that name a page without fetching it.
NAMING = {"canonical", "next", "prev", "index", "search", "license", "author"}


def prose(soup: BeautifulSoup) -> Iterator[str]:
    """Yield the pieces of text that a reader sees as text: no formulas, no code, no comments."""
    for text in soup.find_all(string=True):
        if not isinstance(text, NavigableString) or isinstance(text, PreformattedString):
            continue
        if text.find_parent(VERBATIM) or text.find_parent(class_="math"):
            continue
        if text.strip():
            yield str(text)


def raw_tex(soup: BeautifulSoup) -> list[str]:
    """Return pieces of text with TeX that no formula took up."""
    return [text for text in prose(soup) if RAW_TEX.search(text)]


def raw_markdown(soup: BeautifulSoup) -> list[str]:
    """Return pieces of text with MyST that was not understood."""
    return [text for text in prose(soup) if RAW_MARKDOWN.search(text)]


def trouble(soup: BeautifulSoup) -> list[str]:
    """Return errors that made it to the page: tracebacks, warnings, the error output of cells."""
    said = [text for text in soup.find_all(string=TROUBLE) if not text.find_parent("script")]
    boxes = soup.select(".output.traceback, .output.stderr, .system-message, .problematic")
    return [*map(str, said), *(box.get_text() for box in boxes)]


def foreign_requests(soup: BeautifulSoup) -> list[str]:
    """Return the addresses on other hosts that opening the page would fetch from."""
    found = []
    for tag in soup.find_all(list(FETCHING)):
        address = str(tag.get(FETCHING[tag.name]) or "")
        if tag.name == "link" and NAMING & set(tag.get_attribute_list("rel")):
            continue
        if urlsplit(address).netloc:
            found.append(address)
    return found + [
        address for style in soup.find_all("style") for address in foreign_styles(style.get_text())
    ]


def foreign_styles(css: str) -> list[str]:
    """Return the addresses on other hosts that a style sheet would fetch from."""
    named = re.findall(r"""(?:url\(|@import)\s*["']?([^"')\s;]+)""", css)
    return [address for address in named if urlsplit(address).netloc]


def images_without_words(soup: BeautifulSoup) -> list[str]:
    """Return the images whose alternative text is missing, empty or just a file name."""
    found = []
    for image in soup.find_all("img"):
        source, words = str(image.get("src")), str(image.get("alt") or "").strip()
        if len(words) < 3 or words == source or words.endswith((".svg", ".png")):
            found.append(source)
    return found


def repeated_images(soup: BeautifulSoup) -> list[str]:
    """Return the images shown twice in a row, as a figure that is shown and returned would be."""
    sources = [str(image.get("src")) for image in soup.find_all("img")]
    return [one for one, other in pairwise(sources) if one == other]


def skipped_headings(soup: BeautifulSoup) -> list[str]:
    """Return the headings more than one level below the heading before them."""
    levels = [(int(tag.name[1]), tag.get_text()) for tag in soup.select("article :is(h1,h2,h3,h4)")]
    pairs = pairwise(levels)
    return [text for (above, _), (level, text) in pairs if level > above + 1]


def unproved_lines(soup: BeautifulSoup) -> list[str]:
    """Return the lines of derivations without a formula, a reason or a check mark."""
    found = []
    for step in soup.select(".wg-step"):
        mark = step.select_one(".wg-mark")
        reason = step.select_one(".wg-because")
        # A formula is a drawing, with no text of its own, and may be all of the reason.
        words = reason and (reason.get_text().replace("✓", "").strip() or reason.select(".math"))
        if not (step.select_one(".math") and words and mark and mark.get_text().strip() == "✓"):
            found.append(step.get_text().strip())
    return found


def broken_links(site: Path, base: str = "") -> list[str]:
    """Return the internal links of all pages of ``site`` that lead nowhere.

    Parameters
    ----------
    site : Path
        The folder of the built site.
    base : str
        The address where the site will be; links to it are internal, too.
    """
    pages = {path: BeautifulSoup(path.read_text("utf-8"), "html.parser")
             for path in sorted(site.rglob("*.html"))}  # fmt: skip
    targets = {path: _anchors(soup) for path, soup in pages.items()}
    found = []
    for path, soup in pages.items():
        # The page of a missing address can be shown anywhere: its links begin at the root.
        root = urlsplit(base).path or "/"
        for address in _addresses(soup):
            place = address.removeprefix(base) if base and address.startswith(base) else address
            parts = urlsplit(place)
            if parts.scheme or parts.netloc:
                continue
            name = unquote(parts.path)
            target = site / name.removeprefix(root) if name.startswith("/") else path.parent / name
            target = (path if not name and place == address else target).resolve()
            if target.is_dir():
                target = target / "index.html"
            broken = not target.is_file() or (
                parts.fragment and unquote(parts.fragment) not in targets.get(target, {""})
            )
            if broken:
                found.append(f"{path.relative_to(site)}: {address}")
    return found


def _anchors(soup: BeautifulSoup) -> set[str]:
    names = {str(tag["id"]) for tag in soup.find_all(id=True)}
    return names | {str(tag["name"]) for tag in soup.find_all("a", attrs={"name": True})}


def _addresses(soup: BeautifulSoup) -> Iterator[str]:
    for tag in soup.find_all(True):
        if not isinstance(tag, Tag):
            continue
        for attribute in ("href", "src", "data"):
            address = str(tag.get(attribute) or "")
            if address and not address.startswith(("data:", "mailto:", "javascript:")):
                yield address
