"""The site in a folder of a plain static host: pages, search, notebooks, what live cells load."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urljoin

import pytest
from playwright.sync_api import Browser, Page, Response

from browsing import DESKTOP, reader, serve, settle
from built_site import SITE, page_names

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the book, two folders below the root of a host that has nothing else."""
    root = tmp_path_factory.mktemp("host")
    place = root / "some" / "book"
    place.parent.mkdir()
    try:
        place.symlink_to(SITE, target_is_directory=True)
    except OSError:
        shutil.copytree(SITE, place)
    with serve(root) as address:
        yield f"{address}/some/book/"


class Visit:
    """A page, and everything that went wrong on it."""

    def __init__(self, page: Page, folder: str) -> None:
        self.page, self.folder = page, folder
        self.wrong: list[str] = []
        page.on("console", lambda said: self.wrong.append(said.text))
        page.on("pageerror", lambda error: self.wrong.append(str(error)))
        page.on("response", self.look)

    def look(self, response: Response) -> None:
        inside = response.url.startswith((self.folder, "data:", "blob:"))
        if not inside or response.status >= 400:
            self.wrong.append(f"{response.status} {response.url}")


@pytest.fixture
def visit(browser: Browser, folder: str) -> Iterator[Visit]:
    with reader(browser, DESKTOP, "light") as context:
        yield Visit(context.new_page(), folder)


def test_reader_can_walk_through_all_pages(visit: Visit) -> None:
    visit.page.goto(visit.folder)
    walked = 1
    while True:
        settle(visit.page)
        visit.page.evaluate("for (const one of document.images) one.loading = 'eager'")
        visit.page.wait_for_function("() => [...document.images].every((one) => one.complete)")
        after = visit.page.locator("a.right-next")
        if not after.count():
            break
        after.click()
        visit.page.wait_for_load_state("load")
        walked += 1
    assert walked == len(page_names())
    assert visit.wrong == []


def test_search_finds_and_leads_there(visit: Visit) -> None:
    visit.page.goto(f"{visit.folder}search.html?q=sigmoid")
    visit.page.locator("#search-results li p.context").first.wait_for()
    found = visit.page.locator("#search-results li a").evaluate_all(
        "(all) => all.map((a) => a.href)"
    )
    assert any(url.startswith(f"{visit.folder}sigmoid.html") for url in found)
    visit.page.goto(found[0])
    settle(visit.page)
    assert visit.wrong == []


def test_notebooks_and_live_cells_are_found(visit: Visit) -> None:
    for name in page_names():
        visit.page.goto(f"{visit.folder}{name}.html")
        button = visit.page.locator('a[href$=".ipynb"]').first
        notebook = urljoin(visit.page.url, str(button.get_attribute("href")))
        assert visit.page.request.get(notebook).json()["nbformat"] == 4
    script = visit.page.locator('script[src*="/live/"]').first.get_attribute("src")
    manifest = urljoin(visit.page.url, str(script).replace("cells.js", "manifest.json"))
    archives = visit.page.request.get(manifest).json()["archives"]
    for archive in set(archives.values()):
        assert visit.page.request.head(urljoin(manifest, archive)).ok
    assert visit.wrong == []


def test_editor_opens(visit: Visit) -> None:
    visit.page.goto(f"{visit.folder}softmax.html")
    visit.page.locator(".wg-edit:visible").first.click()
    visit.page.locator(".wg-editor :is(.cm-content, textarea)").first.wait_for()
    assert visit.wrong == []


def test_missing_page_shows_the_way_back(visit: Visit) -> None:
    assert (Path(SITE) / "404.html").is_file()
    visit.page.goto(f"{visit.folder}404.html")
    assert visit.page.locator("h1").count() == 1
