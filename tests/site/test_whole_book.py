"""The pages put together into one document: ids stay apart, links lead to the right place."""

from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from built_site import ROOT, SITE, page_names
from whole_book import chapter, contents, glyphs, target, whole_book

SITE_URL = "https://x.example/"
PAGE = """<article class="bd-article"><h1 id="top">A<a class="headerlink">#</a></h1>
<a href="b.html#top">there</a><a href="#top">here</a><details><p>x</p></details>
<svg><use href="#MJX-1"></use></svg><script>run()</script></article>"""


def test_article_is_fit_to_stand_among_others() -> None:
    section = chapter(PAGE, "a", ["a", "b"], SITE_URL)
    assert section["id"] == "a"
    assert [link["href"] for link in section.find_all("a")] == ["#b--top", "#a--top"]
    assert section.h1 is not None
    assert (section.h1["id"], section.h1.get_text()) == ("a--top", "A")
    assert section.select("details[open]")
    assert not section.select("script")
    assert section.select('use[href="#MJX-1"]')


@pytest.mark.parametrize(
    ("address", "there"),
    [
        ("b.html", "#b"),
        ("#x", "#a--x"),
        ("search.html?q=1", "https://x.example/search.html?q=1"),
        ("https://other.example/b.html", "https://other.example/b.html"),
        ("mailto:a@x.example", "mailto:a@x.example"),
    ],
)
def test_link_leads_to_the_document_or_the_site(address: str, there: str) -> None:
    assert target(address, "a", ["a", "b"], SITE_URL) == there


def test_page_without_article_is_refused() -> None:
    with pytest.raises(ValueError, match="the page a has no article"):
        chapter("<p></p>", "a", ["a"], SITE_URL)


def test_glyphs_of_all_pages_are_there_once() -> None:
    drawing = '<svg class="wg-glyphs"><defs>{}</defs></svg>'
    one, other = '<path id="MJX-1" d="M0"></path>', '<path id="MJX-2" d="M1"></path>'
    both = glyphs([drawing.format(one), drawing.format(one + other), "<p></p>"])
    assert both.count(one) == both.count(other) == 1


def test_order_is_that_of_the_table_of_contents(tmp_path: Path) -> None:
    toc = tmp_path / "toc.yml"
    toc.write_text("root: i\nparts: [{caption: P, chapters: [{file: b}, {file: a}]}]")
    assert contents(toc) == [("", ["i"]), ("P", ["b", "a"])]


@pytest.mark.site
def test_every_link_and_glyph_of_the_document_is_there() -> None:
    soup = BeautifulSoup(whole_book(SITE, ROOT, {"softmax": 77}), "html.parser")
    ids = [str(tag["id"]) for tag in soup.find_all(id=True)]
    assert len(ids) == len(set(ids))
    places = [str(tag["href"])[1:] for tag in soup.select('a[href^="#"], use[href^="#"]')]
    assert set(places) <= set(ids)
    assert {str(one["id"]) for one in soup.select("section.wg-chapter")} == set(page_names())
    assert "77" in [number.get_text() for number in soup.select(".wg-page")]
