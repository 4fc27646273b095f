"""Print the built book into one PDF: tagged, with bookmarks, links and page numbers.

Run it with ``make pdf``; the file is ``_build/pdf/word2vec-by-hand.pdf``. It is printed twice: the
first print tells on which pages the chapters begin.
"""

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "site"))
sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "book" / "_ext"))

from playwright.sync_api import Browser
from pypdf import PdfReader, PdfWriter
from pypdf.generic import NameObject, TextStringObject

from browsing import chromium, find_chromium, in_time, serve
from built_site import ROOT, SITE
from pdf_link import printed_from, publish, refresh_worker
from whole_book import contents, headings, whole_book

PDF = ROOT / "_build" / "pdf" / "word2vec-by-hand.pdf"
FOOTER = (
    '<div style="width:100%;text-align:center;font-size:8pt;font-family:sans-serif">'
    '<span class="pageNumber"></span></div>'
)
# A document of its own, where relative links lead to the files of the site.
NAME = "whole-book.html"


def print_pages(browser: Browser, numbers: dict[str, int], target: Path) -> None:
    """Print the book, with these numbers of pages in its list of contents."""
    text = whole_book(SITE, ROOT, numbers)
    with serve(SITE) as address:
        page = browser.new_page(color_scheme="light")
        page.route(f"**/{NAME}", lambda route: route.fulfill(body=text, content_type="text/html"))
        page.goto(f"{address}/{NAME}")
        in_time(page, "() => Promise.all([...document.images].map((one) => one.decode()))")
        page.pdf(
            path=target, tagged=True, outline=True, prefer_css_page_size=True,
            display_header_footer=True, header_template="<span></span>", footer_template=FOOTER,
        )  # fmt: skip
        page.close()
    name_bookmarks(target, headings(text))


def name_bookmarks(pdf: Path, titles: list[str]) -> None:
    """Give bookmarks the words of their headings: Chromium loses spaces where a line breaks."""
    writer = PdfWriter(clone_from=pdf)
    root: Any = writer.root_object
    marks = list(walk(root["/Outlines"]))
    if len(marks) != len(titles):
        raise ValueError(f"{len(marks)} bookmarks for {len(titles)} headings")
    for mark, title in zip(marks, titles, strict=True):
        mark[NameObject("/Title")] = TextStringObject(title)
    writer.write(pdf)


def walk(branch: Any) -> Iterator[Any]:
    """Yield all bookmarks below a branch of the outline, in the order of the document."""
    mark = branch.get("/First")
    while mark is not None:
        here = mark.get_object()
        yield here
        yield from walk(here)
        mark = here.get("/Next")


def first_pages(pdf: Path, names: list[str]) -> dict[str, int]:
    """Return the number of the page on which each chapter begins."""
    document = PdfReader(pdf)
    places = document.named_destinations
    return {
        name: (document.get_destination_page_number(places[f"/{name}"]) or 0) + 1
        for name in names
        if f"/{name}" in places
    }


def main() -> int:
    """Print the book; return the exit code."""
    path = find_chromium()
    if path is None:
        print("No Chromium found: install one, or set CHROMIUM to its path.", file=sys.stderr)
        return 1
    PDF.parent.mkdir(parents=True, exist_ok=True)
    names = [name for _, pages in contents(ROOT / "_toc.yml") for name in pages]
    with chromium(path) as browser:
        print_pages(browser, {}, PDF)
        print_pages(browser, first_pages(PDF, names), PDF)
    printed_from(SITE, PDF)
    publish(SITE, PDF)
    refresh_worker(SITE)
    print(f"{len(PdfReader(PDF).pages)} pages in {PDF}, and linked on the start page of the site")
    return 0


if __name__ == "__main__":
    sys.exit(main())
