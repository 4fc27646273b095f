"""The book without a network: read once, it opens whole; a new version takes over as a whole."""

import os
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from browsing import DESKTOP, reader, serve, settle
from built_site import GENERATED, SITE, page_names
from offline import WORKER, list_files, worker_text

pytestmark = pytest.mark.browser

READY = """() => new Promise((resolve, reject) => {
  navigator.serviceWorker.ready.then(() => resolve(true));
  setTimeout(() => reject(new Error("no worker is ready after a minute")), 60000);
})"""
# How many pictures of a page cannot be shown.
MISSING = """async () => {
  const seen = await Promise.allSettled([...document.images].map((one) => {
    one.loading = "eager";
    return one.decode();
  }));
  return seen.filter(({ status }) => status === "rejected").length;
}"""
# A book of two pages, small enough to be changed.
HOME = """<!doctype html><title>{0}</title><link rel="icon" href="data:,">
<script src="a.js"></script>"""
REGISTER = 'document.title += " a{0}"; navigator.serviceWorker.register("sw.js");'
WAITING = """async () => {
  const registration = await navigator.serviceWorker.ready;
  await registration.update();
  for (let turn = 0; !registration.waiting; turn += 1) {
    if (turn > 3000) throw new Error("no new worker is waiting after a minute");
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}"""


@dataclass
class Ears:
    """What a reader's pages complain about."""

    heard: list[str] = field(default_factory=list)

    def listen(self, page: Page) -> Page:
        page.on("pageerror", lambda error: self.heard.append(str(error)))
        page.on("console", lambda said: self.heard.append(said.text))
        page.on("requestfailed", lambda request: self.heard.append(request.url))
        return page


@contextmanager
def visitor(browser: Browser, url: str) -> Iterator[tuple[BrowserContext, Page, Ears]]:
    """A reader who has opened ``url`` and waited until the worker has everything."""
    ears = Ears()
    with reader(browser, DESKTOP, "light", offline_copy=True) as context:
        page = ears.listen(context.new_page())
        page.goto(url)
        page.evaluate(READY)
        yield context, page, ears


def test_whole_book_opens_without_a_network(browser: Browser) -> None:
    with serve(SITE) as address, visitor(browser, f"{address}/index.html") as (context, page, ears):
        context.set_offline(True)
        for name in [*page_names(), "search", "genindex"]:
            page.goto(f"{address}/{name}.html")
            settle(page)
            assert page.locator("h1").count() == 1, name
            assert page.evaluate(MISSING) == 0, name
        page.goto(f"{address}/")
        assert page.locator("h1").count() == 1
        page.goto(f"{address}/search.html?q=softmax")
        page.locator("#search-results li p.context").first.wait_for()
        assert ears.heard == []


def test_code_of_a_cell_can_be_edited_without_a_network(browser: Browser) -> None:
    with serve(SITE) as address, visitor(browser, f"{address}/index.html") as (context, page, ears):
        context.set_offline(True)
        page.goto(f"{address}/softmax.html")
        page.locator(".wg-edit:visible").first.click()
        page.locator(".wg-editor :is(.cm-content, textarea)").first.wait_for()
        assert ears.heard == []


def test_rare_files_are_kept_once_they_were_asked_for(browser: Browser) -> None:
    _, later = list_files(SITE)
    name = next(name for name in later if name.endswith(".ipynb"))
    fetched = "(url) => fetch(url).then((answer) => answer.status, () => 'none')"
    with serve(SITE) as address, visitor(browser, f"{address}/index.html") as (context, page, _):
        page.reload()
        context.set_offline(True)
        assert page.evaluate(fetched, f"{address}/{name}") == "none"
        context.set_offline(False)
        assert page.evaluate(fetched, f"{address}/{name}") == 200
        context.set_offline(True)
        assert page.evaluate(fetched, f"{address}/{name}") == 200


def test_server_is_asked_for_nothing_twice(browser: Browser) -> None:
    with serve(SITE) as address, visitor(browser, f"{address}/index.html") as (_, page, _ears):
        page.goto(f"{address}/softmax.html")
        sources = page.evaluate(
            "performance.getEntriesByType('resource').map((one) => [one.name, one.workerStart])"
        )
        assert sources
        assert [name for name, start in sources if not start] == []


def publish(site: Path, version: str) -> None:
    """Put a version of the small book in place."""
    site.mkdir(exist_ok=True)
    for name in ("index", "b"):
        (site / f"{name}.html").write_text(HOME.format(version), encoding="utf-8")
    (site / "a.js").write_text(REGISTER.format(version), encoding="utf-8")
    (site / "same.css").write_text("p {}", encoding="utf-8")
    (site / WORKER).write_text(worker_text(*list_files(site)), encoding="utf-8")
    written = time.time() - 100 + 10 * int(version)  # servers tell versions apart by the second
    for path in site.iterdir():
        os.utime(path, (written, written))


def title_in_the_end(page: Page, url: str, wanted: str) -> str:
    """Open a page again and again, as a browser may count a window for a while after its end."""
    deadline = time.monotonic() + 60
    while True:
        page.goto(url)
        page.wait_for_timeout(500)  # an empty page may come first, and ask again
        if page.title() == wanted or time.monotonic() > deadline:
            return page.title()


def test_new_version_takes_over_as_a_whole_at_the_next_navigation(
    browser: Browser, tmp_path: Path
) -> None:
    site = tmp_path / "site"
    publish(site, "1")
    with serve(site) as address, visitor(browser, f"{address}/index.html") as (_, page, ears):
        page.goto(f"{address}/b.html")
        assert page.title() == "1 a1"
        publish(site, "2")
        page.evaluate(WAITING)
        assert page.evaluate("fetch('a.js').then((answer) => answer.text())").find("a1") > 0
        page.goto(f"{address}/index.html")
        page.wait_for_function("document.title === '2 a2'")
        names = page.evaluate("caches.keys()")
        assert len(names) == 1
        assert ears.heard == []


def test_old_version_stays_whole_while_another_window_reads_it(
    browser: Browser, tmp_path: Path
) -> None:
    site = tmp_path / "site"
    publish(site, "1")
    with serve(site) as address, visitor(browser, f"{address}/index.html") as (context, page, _):
        page.goto(f"{address}/b.html")
        other = context.new_page()
        other.goto(f"{address}/index.html")
        publish(site, "2")
        page.evaluate(WAITING)
        page.goto(f"{address}/index.html")
        assert page.title() == "1 a1"
        other.close()
        assert title_in_the_end(page, f"{address}/b.html", "2 a2") == "2 a2"


def test_half_published_version_is_not_taken(browser: Browser, tmp_path: Path) -> None:
    site = tmp_path / "site"
    publish(site, "1")
    with serve(site) as address, visitor(browser, f"{address}/index.html") as (_, page, _ears):
        page.goto(f"{address}/b.html")
        old = (site / "a.js").read_text(encoding="utf-8")
        publish(site, "2")
        (site / "a.js").write_text(old, encoding="utf-8")
        ended = page.evaluate(
            """async () => {
                 const registration = await navigator.serviceWorker.ready;
                 const found = new Promise((resolve, reject) => {
                   registration.addEventListener(
                     "updatefound", () => resolve(registration.installing), { once: true },
                   );
                   setTimeout(() => reject(new Error("no new version was found")), 60000);
                 });
                 await registration.update();
                 const coming = await found;
                 if (coming.state === "installing") {
                   await new Promise((resolve) =>
                     coming.addEventListener("statechange", resolve, { once: true }));
                 }
                 return coming.state;
               }"""
        )
        assert ended == "redundant"
        page.goto(f"{address}/index.html")
        assert page.title() == "1 a1"


def test_book_that_opts_out_sends_earlier_workers_away(browser: Browser, tmp_path: Path) -> None:
    site = tmp_path / "site"
    publish(site, "1")
    farewell = Path(SITE.parents[1] / "book" / "_offline" / "farewell.js")
    with serve(site) as address, visitor(browser, f"{address}/index.html") as (_, page, _ears):
        shutil.copy(farewell, site / WORKER)
        (site / "a.js").write_text("", encoding="utf-8")
        page.evaluate("navigator.serviceWorker.ready.then((one) => one.update())")
        page.wait_for_function(
            """async () => !(await navigator.serviceWorker.getRegistrations()).length
               && !(await caches.keys()).length"""
        )


def test_page_opened_as_a_file_registers_nothing(browser: Browser) -> None:
    ears = Ears()
    with reader(browser, DESKTOP, "light", offline_copy=True) as context:
        page = ears.listen(context.new_page())
        page.goto((SITE / "index.html").as_uri())
        settle(page)
        assert ears.heard == []


def test_generated_pages_are_kept_too() -> None:
    first, _ = list_files(SITE)
    assert {f"{name}.html" for name in [*page_names(), *GENERATED]} - {"prf-prf.html"} <= set(first)
