"""Every page as a reader's browser shows it: quiet, self-contained, readable on a phone."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

import pytest
from playwright.sync_api import Browser, Page

from browsing import DESKTOP, reader, settle

pytestmark = pytest.mark.browser

SMALL_PHONE = (360, 780)


@dataclass
class Visit:
    """A page open in the browser, and what was heard while it loaded."""

    page: Page
    complaints: list[str] = field(default_factory=list)
    requests: list[str] = field(default_factory=list)


@contextmanager
def visit(browser: Browser, url: str, size: tuple[int, int], theme: str) -> Iterator[Visit]:
    with reader(browser, size, theme) as context:
        seen = Visit(context.new_page())
        seen.page.on("request", lambda request: seen.requests.append(request.url))
        seen.page.on("pageerror", lambda error: seen.complaints.append(str(error)))
        seen.page.on("console", lambda said: seen.complaints.append(said.text))
        seen.page.goto(url)
        settle(seen.page)
        yield seen


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("size", [SMALL_PHONE, DESKTOP], ids=["phone", "desktop"])
def test_page_reads_well(
    browser: Browser, address: str, name: str, size: tuple[int, int], theme: str
) -> None:
    with visit(browser, f"{address}/{name}.html", size, theme) as seen:
        assert seen.complaints == []
        assert [url for url in seen.requests if not url.startswith((address, "data:"))] == []
        assert seen.page.evaluate("document.documentElement.dataset.theme") == theme
        assert_fits(seen.page)
        assert_typeset(seen.page)


def test_dark_page_prints_on_white_paper(browser: Browser, address: str) -> None:
    theme = "document.documentElement.dataset.theme"
    with visit(browser, f"{address}/index.html", DESKTOP, "dark") as seen:
        assert seen.page.evaluate(f"dispatchEvent(new Event('beforeprint')), {theme}") == "light"
        assert seen.page.evaluate(f"dispatchEvent(new Event('afterprint')), {theme}") == "dark"


def assert_fits(page: Page) -> None:
    """The page is no wider than the window, and what scrolls inside itself can be reached."""
    too_wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")
    assert too_wide <= 0, f"the page is {too_wide} px wider than the window"
    out_of_reach = page.evaluate(
        """() => [...document.querySelectorAll("div.math mjx-container")]
             .filter((box) => box.scrollWidth > box.clientWidth + 1 && box.tabIndex !== 0).length"""
    )
    assert out_of_reach == 0, f"{out_of_reach} long formulas are not in the tab order"


def assert_typeset(page: Page) -> None:
    """Every formula is typeset, without an error."""
    assert page.locator("mjx-merror").all_text_contents() == []
    assert page.locator(".math:not(:has(mjx-container))").all_text_contents() == []
