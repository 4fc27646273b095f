"""What a reader gets: every page of the built book, and the site as a whole."""

import re
import shutil
import subprocess
from collections import Counter
from urllib.parse import urljoin

import pytest
import yaml
from bs4 import BeautifulSoup

import prerendered_math
import site_checks
from built_site import ROOT, SITE, page, page_names

pytestmark = pytest.mark.site

# The chapters that derive something, line by line.
DERIVING = ["sigmoid", "softmax", "naive-softmax", "negative-sampling", "window"]


def description(soup: BeautifulSoup) -> str:
    tags = soup.select('head meta[name="description"]')
    return str(tags[0]["content"]) if len(tags) == 1 else ""


def test_formulas_are_formulas(soup: BeautifulSoup) -> None:
    assert site_checks.raw_tex(soup) == []


def test_markdown_is_rendered(soup: BeautifulSoup) -> None:
    assert site_checks.raw_markdown(soup) == []


def test_no_trouble_is_printed(soup: BeautifulSoup) -> None:
    assert site_checks.trouble(soup) == []


def test_nothing_comes_from_another_host(soup: BeautifulSoup) -> None:
    assert site_checks.foreign_requests(soup) == []


def test_images_have_words(soup: BeautifulSoup) -> None:
    assert site_checks.images_without_words(soup) == []


def test_no_figure_is_shown_twice(soup: BeautifulSoup) -> None:
    assert site_checks.repeated_images(soup) == []


def test_headings_descend_one_by_one(soup: BeautifulSoup) -> None:
    assert len(soup.find_all("h1")) == 1
    assert site_checks.skipped_headings(soup) == []


def test_every_line_of_a_derivation_is_proved(soup: BeautifulSoup) -> None:
    assert site_checks.unproved_lines(soup) == []
    assert not [box for box in soup.select(".wg-derivation") if not box.select(".wg-step")]


@pytest.mark.parametrize("chapter", DERIVING)
def test_chapter_shows_its_derivation(chapter: str) -> None:
    assert page(chapter).select(".wg-derivation .wg-step")


def test_page_says_what_it_is(soup: BeautifulSoup) -> None:
    assert soup.html is not None
    assert soup.html.get("lang") == "en"
    assert soup.title is not None
    assert soup.title.get_text(strip=True)
    assert soup.select_one('head meta[name="viewport"]')
    words = description(soup)
    assert 50 <= len(words) <= 170, f"a description of 50 to 170 characters is wanted: {words!r}"
    assert not site_checks.RAW_TEX.search(words)


def test_page_has_one_search_field_and_no_inert_script(soup: BeautifulSoup) -> None:
    html = str(soup)
    assert len(soup.select("dialog input[type=search], .bd-search input")) == 1
    assert "thebe" not in html.lower()
    assert "fontawesome.js" not in html


def test_canonical_address_is_the_page(name: str, soup: BeautifulSoup) -> None:
    links = soup.select('head link[rel="canonical"]')
    assert len(links) == 1
    assert urljoin(base(), f"{name}.html") == links[0]["href"]
    shared = soup.select_one('head meta[property="og:url"]')
    assert shared is not None
    assert shared["content"] == links[0]["href"]


def base() -> str:
    """Return the address that the site was built for."""
    link = page("index").select_one('head link[rel="canonical"]')
    assert link is not None
    return str(link["href"]).removesuffix("index.html")


def test_titles_and_descriptions_differ() -> None:
    pages = [page(name) for name in page_names()]
    titles = Counter(soup.title.get_text() for soup in pages if soup.title)
    texts = Counter(map(description, pages))
    assert [title for title, times in titles.items() if times > 1] == []
    assert [text for text, times in texts.items() if times > 1] == []


def test_every_internal_link_leads_somewhere() -> None:
    assert site_checks.broken_links(SITE, base()) == []


def test_style_sheets_fetch_nothing_from_another_host() -> None:
    sheets = sorted(SITE.rglob("*.css"))
    assert sheets
    foreign = {p.name: site_checks.foreign_styles(p.read_text("utf-8")) for p in sheets}
    assert {name: found for name, found in foreign.items() if found} == {}


def test_site_holds_exactly_the_table_of_contents() -> None:
    toc = yaml.safe_load((ROOT / "_toc.yml").read_text())
    listed = {toc["root"]} | {
        chapter["file"] for part in toc["parts"] for chapter in part["chapters"]
    }
    assert set(page_names()) == listed


def test_sitemap_lists_every_page() -> None:
    listed = set(re.findall(r"<loc>(.*?)</loc>", (SITE / "sitemap.xml").read_text()))
    assert {urljoin(base(), f"{name}.html") for name in page_names()} <= listed


def test_page_loads_no_script_for_its_formulas(soup: BeautifulSoup) -> None:
    if prerendered_math.node_program() is None:
        pytest.skip("no Node here: the pages were built to be typeset in the browser")
    assert not [tag for tag in soup.find_all("script") if "mathjax" in str(tag).lower()]
    for formula in soup.select(".math > mjx-container"):
        assert formula["data-tex"]
        (drawing,) = formula.find_all("svg", recursive=False)
        assert len(drawing["aria-label"]) >= 1


def test_policy_allows_every_script_of_the_page_and_no_other(soup: BeautifulSoup) -> None:
    tags = soup.find_all(["meta", "script", "link"])
    assert str(tags[1].get("http-equiv")) == "Content-Security-Policy"
    allowed = str(tags[1]["content"])
    assert "'unsafe-eval'" not in allowed
    assert "script-src 'self' 'sha256-" in allowed
    assert not re.search(r"script-src[^;]*'unsafe-inline'", allowed)
    handlers = [name for tag in soup.find_all(True) for name in tag.attrs if name.startswith("on")]
    assert handlers == []
    assert [a["href"] for a in soup.select('a[href^="javascript:"]')] == []


def test_html_is_valid() -> None:
    checker = prerendered_math.NODE_FOLDER / "node_modules" / ".bin" / "html-validate"
    if not checker.exists() or shutil.which("node") is None:
        pytest.skip("no html-validate here: `make setup` with npm on the PATH installs it")
    settings = prerendered_math.NODE_FOLDER / "html-validate.json"
    pages = [str(path) for path in sorted(SITE.glob("*.html"))]
    done = subprocess.run(
        [checker, "--config", settings, "--formatter", "text", *pages],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.stdout.strip() == ""
    assert done.returncode == 0, done.stderr


def test_mathjax_is_on_the_site() -> None:
    assert (SITE / "_static/mathjax/typeset.js").is_file()
    assert (SITE / "_static/mathjax/tex-chtml.js").is_file()
    assert len(list((SITE / "_static/mathjax/output/chtml/fonts/woff-v2").glob("*.woff"))) > 20
