"""Print the built book into one PDF: tagged, with bookmarks, links and page numbers.

Run it with ``make pdf``; the file is ``_build/pdf/word2vec-by-hand.pdf``. It is printed twice: the
first print tells on which pages the chapters begin.
"""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "site"))
sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "book" / "_ext"))

from playwright.sync_api import Browser
from pypdf import PdfReader

from browsing import chromium, find_chromium, serve
from built_site import ROOT, SITE
from whole_book import contents, whole_book

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
        page.evaluate("Promise.all([...document.images].map((one) => one.decode()))")
        page.pdf(
            path=target, tagged=True, outline=True, prefer_css_page_size=True,
            display_header_footer=True, header_template="<span></span>", footer_template=FOOTER,
        )  # fmt: skip
        page.close()


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
    print(f"{len(PdfReader(PDF).pages)} pages in {PDF}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
