"""Pages opened as files in Chromium: derivations, layouts and explorables work, or say why not."""

import shutil
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from browsing import DESKTOP, reader, settle
from built_site import SITE

pytestmark = pytest.mark.browser
VC = ".wg-of-naive-vc"


def open_file(page: Page, path: Path) -> list[str]:
    """Open a file; return what is said on the console, which grows."""
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.goto(path.as_uri())
    settle(page)
    return said


def test_a_derivation_steps_and_turns(browser: Browser) -> None:
    with reader(browser, DESKTOP, "light") as context:
        page = context.new_page()
        said = open_file(page, SITE / "naive-softmax.html")
        page.locator(f"{VC} [data-wg-tool=step]").click()
        expect(page.locator(f"{VC} > .wg-step").first).to_have_attribute("aria-current", "step")
        expect(page.locator(f"{VC} .wg-box-new").first).to_be_visible()
        page.locator(f"{VC} [data-wg-tool=numbers]").click()
        expect(page.locator(f"{VC} .wg-given")).to_contain_text("Take")
        page.locator(f"{VC} [data-wg-tool=whole]").click()
        page.locator(f"{VC} [data-wg-tool=columns]").click()
        expect(page.locator(f"{VC} .wg-in-columns").first).to_be_visible()
        page.goto((SITE / "softmax.html").as_uri())
        settle(page)
        expect(page.locator("p .wg-in-columns").first).to_be_visible()
        assert said == []


def test_every_explorable_stands(browser: Browser, name: str) -> None:
    if name == "404":
        pytest.skip("the page for wrong addresses leads to a web address, and a disk has none")
    with reader(browser, DESKTOP, "light") as context:
        page = context.new_page()
        said = open_file(page, SITE / f"{name}.html")
        for figure in page.locator(".wg-explorable").all():
            figure.scroll_into_view_if_needed()
            expect(figure.locator("[role=slider], button").first).to_be_visible()
        expect(page.locator(".wg-from-disk")).to_have_count(0)
        assert said == []


def test_a_book_built_without_node_says_why(browser: Browser, tmp_path: Path) -> None:
    copy = tmp_path / "book"
    shutil.copytree(SITE, copy, ignore=shutil.ignore_patterns("*.classic.js", "*.zip", "_images"))
    with reader(browser, DESKTOP, "light") as context:
        page = context.new_page()
        page.goto((copy / "sigmoid.html").as_uri())
        expect(page.locator(".wg-from-disk")).to_contain_text("opened as a file")
        expect(page.locator(".wg-from-disk")).to_have_count(1)
