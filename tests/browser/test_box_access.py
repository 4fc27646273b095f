"""The derivation box by keyboard, on a small telephone, for axe, and without its script."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from box_driver import HOME, SOON, Box, listen, open_page
from browsing import DESKTOP, PATIENCE, in_time, reader
from pyodide_mirror import serve_pyodide
from test_accessibility import AXE, FINDINGS, RULES

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("pyodide")]

SMALL = (360, 780)


def test_keyboard_alone_is_enough(box: Box) -> None:
    keys = box.page.keyboard
    box.target.focus()
    keys.type("derivative of the log")
    expect(box.target).to_have_value("sigmoid_derivative")
    for name in ("Right", "Wrong", "Right by luck"):
        keys.press("Tab")
        expect(box.button(name)).to_be_focused()
    keys.press("Tab")
    expect(box.text).to_be_focused()
    keys.type("= \\sigma(x)/1")  # the page's own shortcut for its search is a slash
    expect(box.text).to_have_value("= \\sigma(x)/1")
    keys.press("ControlOrMeta+Enter")
    assert box.verdicts() == ["wrong"]
    expect(box.text).to_be_focused()
    keys.press("Tab")  # the typeset lines, which can scroll
    keys.press("Tab")
    expect(box.place.get_by_label("U has")).to_be_focused()
    keys.press("Tab")
    expect(box.button("Check")).to_be_focused()


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_small_telephone(browser: Browser, box_site: str, theme: str) -> None:
    with reader(browser, SMALL, theme) as context:
        asked = serve_pyodide(context)
        found = open_page(context.new_page(), f"{box_site}/{HOME}", asked)
        found.button("Wrong").click()
        found.check()
        expect(found.place.locator("mjx-container").first).to_be_visible(timeout=SOON)
        assert found.page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
        sizes = found.place.locator("button:visible, select:visible").evaluate_all(
            "(all) => all.map((one) => [one.className, one.offsetWidth, one.offsetHeight])"
        )
        assert [size for size in sizes if min(size[1:]) < 44] == []
        number = "getComputedStyle(document.querySelector('.wg-box .wg-line'), '::before').fontSize"
        assert float(found.page.evaluate(number).removesuffix("px")) >= 14
        found.write("= \\exp u^\\top v", "naive_vc")
        found.check()
        broken = found.place.locator(".wg-line code, .wg-verdict span").evaluate_all(
            "(all) => all.filter((one) => !/\\s/.test(one.textContent.trim())"
            " && one.getClientRects().length > 1).map((one) => one.textContent)"
        )
        assert broken == []


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_axe_finds_nothing_in_the_box(browser: Browser, box_site: str, theme: str) -> None:
    if not AXE.is_file():
        pytest.skip("no axe-core here: `make setup` with npm on the PATH installs it")
    with reader(browser, DESKTOP, theme) as context:
        asked = serve_pyodide(context)
        found = open_page(context.new_page(), f"{box_site}/index.html", asked, "naive_vc")
        found.button("Wrong").click()
        found.check()
        found.button("Copy link").click()
        found.page.wait_for_timeout(500)
        found.page.evaluate(AXE.read_text(encoding="utf-8"))
        inside = FINDINGS.replace("axe.run(", "axe.run('.wg-your-turn', ")
        assert in_time(found.page, inside, RULES) == []
        assert in_time(found.page, inside, ["cat.color"]) == []


def test_without_javascript_a_sentence_says_how(browser: Browser, box_site: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    context.set_default_timeout(PATIENCE)
    page = context.new_page()
    page.goto(f"{box_site}/{HOME}")
    expect(page.locator(".wg-box")).to_contain_text("wordgrad check notes.tex")
    context.close()


def test_page_opened_as_a_file_stays_silent(browser: Browser, box_folder: Path) -> None:
    with reader(browser, DESKTOP, "light") as context:
        page = context.new_page()
        said = listen(page)
        page.goto(f"file://{box_folder}/{HOME}")
        expect(page.locator(".wg-box")).to_contain_text("wordgrad check notes.tex")
        assert [text for text in said if "/box/" in text] == []
