"""The link to the PDF is there if the PDF is of these pages, and only then."""

from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from built_site import SITE, page
from offline import WORKER
from pdf_link import EMPTY, PLACE, printed_from, publish, refresh_worker

PAGE = f"<article><h1>A</h1>{EMPTY}</article>"


@pytest.fixture
def site(tmp_path: Path) -> Path:
    folder = tmp_path / "html"
    folder.mkdir()
    (folder / "index.html").write_text(PAGE)
    (folder / "other.html").write_text("<article>text</article>")
    return folder


@pytest.fixture
def pdf(tmp_path: Path) -> Path:
    made = tmp_path / "book.pdf"
    made.write_bytes(b"%PDF" + bytes(1_500_000))
    return made


def links(site: Path) -> list[str]:
    text = (site / "index.html").read_text()
    return [str(one["href"]) for one in BeautifulSoup(text, "html.parser").select(".wg-pdf a")]


def test_without_a_pdf_there_is_no_link(site: Path, tmp_path: Path) -> None:
    assert not publish(site, tmp_path / "none.pdf")
    assert (site / "index.html").read_text() == PAGE


def test_a_pdf_of_these_pages_is_linked_and_stays(site: Path, pdf: Path) -> None:
    printed_from(site, pdf)
    for _ in range(2):
        assert publish(site, pdf)
        assert links(site) == [f"{PLACE}/book.pdf"]
        assert (site / PLACE / "book.pdf").read_bytes() == pdf.read_bytes()
    assert "1.5 MB" in (site / "index.html").read_text()


def test_a_pdf_of_other_pages_goes(site: Path, pdf: Path) -> None:
    printed_from(site, pdf)
    publish(site, pdf)
    (site / "other.html").write_text("<article>another text</article>")
    assert not publish(site, pdf)
    assert links(site) == []
    assert not (site / PLACE / "book.pdf").exists()


def test_the_offline_copy_lists_it(site: Path, pdf: Path) -> None:
    (site / WORKER).write_text("const FIRST = {};")
    printed_from(site, pdf)
    publish(site, pdf)
    refresh_worker(site)
    assert f'"{PLACE}/book.pdf"' in (site / WORKER).read_text()


@pytest.mark.site
def test_the_start_page_links_to_a_file_or_not_at_all() -> None:
    (place,) = page("index").select(".wg-pdf")
    found = place.select("a")
    assert place.has_attr("hidden") == (not found)
    assert all((SITE / str(one["href"])).is_file() for one in found)
