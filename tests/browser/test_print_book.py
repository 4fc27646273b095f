"""The printed book: whole, tagged, with bookmarks and links that lead somewhere."""

import re
import unicodedata
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup
from playwright.sync_api import Browser
from pypdf import PdfReader

from built_site import ROOT, page, page_names
from print_book import first_pages, print_pages
from whole_book import contents

pytestmark = [pytest.mark.browser, pytest.mark.slow]

NAMES = [name for _, names in contents(ROOT / "_toc.yml") for name in names]
# Fewer characters than this on a page of paper, on average, would mean that much is missing.
MOST_ON_A_PAGE = 6000
# A map of colours may have as many dots to a side; a figure that lost its lines would have more.
DOTS = 400


@pytest.fixture(scope="module")
def printed(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The book, printed twice as `make pdf` does."""
    target = tmp_path_factory.mktemp("pdf") / "book.pdf"
    print_pages(browser, {}, target)
    print_pages(browser, first_pages(target, NAMES), target)
    return target


@pytest.fixture(scope="module")
def document(printed: Path) -> PdfReader:
    return PdfReader(printed)


def squeezed(text: str) -> str:
    """The letters and digits of a text: spaces depend on how lines were broken.

    What fonts draw as one sign, such as fi, is two letters.
    """
    return re.sub(r"[^a-z0-9]", "", unicodedata.normalize("NFKC", text).lower())


def heading(soup: BeautifulSoup) -> str:
    title = soup.find("h1")
    assert title is not None
    return squeezed(title.get_text())


def test_bookmarks_are_the_chapters(document: PdfReader) -> None:
    marks = [squeezed(str(one.title)) for one in document.outline if not isinstance(one, list)]
    assert marks == ["contents", *(heading(page(name)) for name in NAMES)]


def test_file_is_tagged_and_says_its_language(document: PdfReader) -> None:
    root: Any = document.trailer["/Root"]
    assert "/StructTreeRoot" in root
    assert root["/MarkInfo"]["/Marked"]
    assert str(root["/Lang"]).startswith("en")


def test_contents_tell_the_right_pages(printed: Path, document: PdfReader) -> None:
    firsts = first_pages(printed, NAMES)
    assert list(firsts) == NAMES
    assert sorted(set(firsts.values())) == list(firsts.values())
    listed = document.pages[1].extract_text()
    for name, number in firsts.items():
        assert heading(page(name)) in squeezed(document.pages[number - 1].extract_text())
        assert re.search(rf"\b{number}\b", listed)


def test_links_inside_the_book_lead_somewhere(document: PdfReader) -> None:
    places = document.named_destinations
    inside = [
        str(note.get_object()["/Dest"])
        for sheet in document.pages
        for note in sheet.get("/Annots", [])
        if "/Dest" in note.get_object()
    ]
    assert len(inside) > 2 * len(page_names())
    assert [one for one in inside if one not in places] == []


def test_whole_text_is_there(document: PdfReader) -> None:
    text = squeezed("".join(sheet.extract_text() for sheet in document.pages))
    for name in NAMES:
        for paragraph in page(name).select("article h2, article > section > p")[:20]:
            words = "".join(one for one in paragraph.find_all(string=True, recursive=False))
            assert max(map(squeezed, re.split(r"\s+", words)), key=len, default="") in text
    written = sum(len(page(name).select("article")[0].get_text()) for name in NAMES)
    assert len(document.pages) > written / MOST_ON_A_PAGE


def test_pictures_stay_vectors(document: PdfReader) -> None:
    large = [
        image.name
        for sheet in document.pages
        for image in sheet.images
        if image.image is not None and min(image.image.size) > DOTS
    ]
    assert large == []
