"""Derivations are stepped through, labelled, turned and computed, in the reader's browser."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

from browsing import DESKTOP, PATIENCE, reader, settle
from test_accessibility import FINDINGS, RULES, axe

__all__ = ["axe"]  # a fixture
pytestmark = pytest.mark.browser

SMALL_PHONE = (360, 780)
VC = ".wg-of-naive-vc"
THEMES = pytest.mark.parametrize("theme", ["light", "dark"])
SIZES = pytest.mark.parametrize("size", [SMALL_PHONE, DESKTOP], ids=["phone", "desktop"])


@contextmanager
def quiet(context: BrowserContext) -> Iterator[Page]:
    """A page on which nothing may be said to the console."""
    page, said = context.new_page(), list[str]()
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    yield page
    assert said == []


def tool(page: Page, name: str, block: str = VC) -> Locator:
    return page.locator(f"{block} [data-wg-tool={name}]")


def steps(page: Page) -> Locator:
    return page.locator(f"{VC} > .wg-step")


def expect_shown(page: Page, count: int) -> None:
    """So many lines can be seen, now or soon: the stepper draws in the next frame."""
    expect(page.locator(f"{VC} > .wg-step").filter(visible=True)).to_have_count(count)


def test_stepping_with_the_keyboard_alone(browser: Browser, address: str) -> None:
    with reader(browser, DESKTOP, "light") as context, quiet(context) as page:
        page.goto(f"{address}/naive-softmax.html")
        settle(page)
        count = steps(page).count()
        expect_shown(page, count)
        tool(page, "whole").focus()
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        expect(steps(page).nth(0)).to_have_attribute("aria-current", "step")
        expect(tool(page, "step")).to_have_attribute("aria-pressed", "true")
        expect_shown(page, 1)
        for line in range(1, 4):
            page.keyboard.press("ArrowRight")
            expect(steps(page).nth(line)).to_have_attribute("aria-current", "step")
        said = page.locator(f"{VC} .wg-said")
        expect(said).to_contain_text(f"Line 4 of {count}: chain rule for the logarithm")
        # What is new here, and what it was made from in the line above.
        expect(steps(page).nth(3).locator(".wg-box-new").first).to_be_visible()
        expect(steps(page).nth(2).locator(".wg-box-old").first).to_be_visible()
        # The frames differ in more than colour.
        dashes = "(box) => getComputedStyle(box).strokeDasharray"
        assert steps(page).nth(3).locator(".wg-box-new").first.evaluate(dashes) == "none"
        assert steps(page).nth(2).locator(".wg-box-old").first.evaluate(dashes) != "none"
        page.keyboard.press("ArrowUp")
        expect_shown(page, 3)
        page.keyboard.press("End")
        expect(steps(page).nth(count - 1)).to_have_attribute("aria-current", "step")
        expect(tool(page, "next")).to_be_disabled()
        page.keyboard.press("Escape")
        expect(tool(page, "whole")).to_have_attribute("aria-pressed", "true")
        expect_shown(page, count)
        assert page.locator(f"{VC} .wg-box").count() == 0


def test_the_last_line_keeps_the_focus_in_the_toolbar(browser: Browser, address: str) -> None:
    with reader(browser, DESKTOP, "light") as context, quiet(context) as page:
        page.goto(f"{address}/naive-softmax.html")
        settle(page)
        tool(page, "step").click()
        expect(steps(page).nth(0)).to_have_attribute("aria-current", "step")
        for line in range(1, steps(page).count()):
            tool(page, "next").press("Enter")
            expect(steps(page).nth(line)).to_have_attribute("aria-current", "step")
        expect(tool(page, "back")).to_be_focused()


def test_nothing_is_fetched_before_the_first_press(browser: Browser, address: str) -> None:
    with reader(browser, DESKTOP, "light") as context, quiet(context) as page:
        asked: list[str] = []
        page.on("request", lambda request: asked.append(request.url))
        page.goto(f"{address}/naive-softmax.html")
        settle(page)
        assert [url for url in asked if ".forms.js" in url or "stepper" in url] == []
        tool(page, "shapes").click()
        expect(tool(page, "shapes")).to_have_attribute("aria-pressed", "true")
        assert len([url for url in asked if "naive-softmax.forms.js" in url]) == 1


def test_shapes_are_written_under_the_factors_and_go_again(browser: Browser, address: str) -> None:
    with reader(browser, DESKTOP, "light") as context, quiet(context) as page:
        page.goto(f"{address}/naive-softmax.html")
        settle(page)
        last = steps(page).last.locator("div.math:visible mjx-container > svg")
        plain = last.evaluate("(svg) => svg.outerHTML")
        height = last.bounding_box()
        tool(page, "shapes").click()
        expect(tool(page, "shapes")).to_have_attribute("aria-pressed", "true")
        assert height
        for _ in range(PATIENCE // 100):  # the formula is put in place of the one before
            now = last.bounding_box()
            if now and now["height"] > 1.5 * height["height"]:
                break
            page.wait_for_timeout(100)
        else:
            pytest.fail("no shapes came under the formula")
        tool(page, "shapes").click()
        expect(tool(page, "shapes")).to_have_attribute("aria-pressed", "false")
        assert last.evaluate("(svg) => svg.outerHTML") == plain


def test_numbers_of_both_sides_are_the_same(browser: Browser, address: str) -> None:
    with reader(browser, DESKTOP, "light") as context, quiet(context) as page:
        page.goto(f"{address}/naive-softmax.html")
        settle(page)
        tool(page, "numbers").click()
        expect(page.locator(f"{VC} .wg-values")).to_have_count(steps(page).count())
        expect(page.locator(f"{VC} .wg-given")).to_contain_text("Take")
        for line in page.locator(f"{VC} .wg-values").all():
            left, right = [svg.get_attribute("aria-label") for svg in line.locator("svg").all()]
            assert left
            assert left == right
        tool(page, "numbers").click()
        expect(page.locator(f"{VC} .wg-values")).to_have_count(0)


def test_columns_are_remembered_on_other_pages(browser: Browser, address: str) -> None:
    with reader(browser, DESKTOP, "light") as context, quiet(context) as page:
        page.goto(f"{address}/naive-softmax.html")
        settle(page)
        last = steps(page).last
        tex = "div.math:visible mjx-container"
        assert r"U^\top" in (last.locator(tex).get_attribute("data-tex") or "")
        tool(page, "columns").click()
        expect(tool(page, "columns")).to_have_attribute("aria-pressed", "true")
        assert r"U^\top" not in (last.locator(tex).get_attribute("data-tex") or "")
        # No flash: the choice is made before the page has a body.
        page.add_init_script(
            "new MutationObserver((_, watcher) => { if (!document.body) return;"
            " window.layoutAtFirst = document.documentElement.dataset.wgLayout;"
            " watcher.disconnect(); }).observe(document, { childList: true, subtree: true })"
        )
        page.goto(f"{address}/gradient-table.html")
        settle(page)
        assert page.evaluate("window.layoutAtFirst") == "columns"
        table = page.locator(".wg-gradients").first
        expect(table.locator("[data-wg-tool=columns]")).to_have_attribute("aria-pressed", "true")
        expect(table.get_by_text("(d, V)")).to_be_visible()
        expect(table.get_by_text("(V, d)")).to_be_hidden()
        table.locator("[data-wg-tool=rows]").click()
        expect(table.get_by_text("(V, d)")).to_be_visible()
        page.goto(f"{address}/window.html")
        settle(page)
        assert page.evaluate("document.documentElement.dataset.wgLayout") == "rows"


# What is to be seen in the layout that is not chosen, and what a screen reader is told of it.
WRONG = """(css) => [...document.querySelectorAll(`main .${css}`)]
  .filter((one) => one.checkVisibility() || one.getClientRects().length).length"""


def test_the_text_of_every_page_turns_and_says_nothing_twice(
    browser: Browser, address: str, name: str
) -> None:
    with reader(browser, DESKTOP, "light") as context, quiet(context) as page:
        page.goto(f"{address}/{name}.html")
        settle(page)
        assert page.evaluate(WRONG, "wg-in-columns") == 0
        buttons = page.locator("[data-wg-tool=columns]")
        if not buttons.count():
            assert page.locator(".wg-in-rows, .wg-in-columns").count() == 0
            return
        before = page.locator("main").inner_text()
        buttons.first.click()
        expect(buttons.first).to_have_attribute("aria-pressed", "true")
        assert page.evaluate(WRONG, "wg-in-rows") == 0
        assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
        buttons.first.locator("xpath=preceding-sibling::button").click()
        assert page.locator("main").inner_text() == before


def test_letters_words_and_formulas_turn(browser: Browser, address: str) -> None:
    with reader(browser, DESKTOP, "light") as context, quiet(context) as page:
        page.goto(f"{address}/notation.html")
        settle(page)
        table = page.locator(".wg-symbols")
        expect(table.get_by_text("one row per word")).to_be_visible()
        page.locator(".wg-switch [data-wg-tool=columns]").click()
        expect(table.get_by_text("one row per word")).to_be_hidden()
        expect(table.get_by_text("one column per word")).to_be_visible()
        expect(table.get_by_text("(d, V)")).to_be_visible()
        expect(table.get_by_text("outside_vecs.T")).to_be_visible()
        page.goto(f"{address}/window.html")
        settle(page)
        summary = page.locator("#summary li").nth(1)
        seen = summary.locator("mjx-container:visible")
        tex = seen.evaluate_all("(all) => all.map((one) => one.dataset.tex)")
        assert r"\partial J / \partial v_c = U (2 m \hat{y} - b)" in tex
        assert r"\partial J / \partial U = v_c (2 m \hat{y} - b)^\top" in tex


@THEMES
@SIZES
@pytest.mark.parametrize("chapter", ["naive-softmax", "window"])
def test_everything_on_has_no_findings_and_fits(
    browser: Browser, address: str, chapter: str, size: tuple[int, int], theme: str, axe: str
) -> None:
    with reader(browser, size, theme) as context, quiet(context) as page:
        page.goto(f"{address}/{chapter}.html")
        settle(page)
        for name in ("step", "next", "shapes", "numbers"):
            for button in page.locator(f"[data-wg-tool={name}]").all():
                if button.is_enabled():
                    button.dispatch_event("click")
        count = page.locator(".wg-derivation").count()
        expect(page.locator("[data-wg-tool=numbers][aria-pressed=true]")).to_have_count(count)
        expect(page.locator("[data-wg-tool=shapes][aria-pressed=true]")).to_have_count(count)
        page.evaluate(axe)
        assert page.evaluate(FINDINGS, RULES) == []
        assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0


def test_targets_are_large_on_a_touch_screen(browser: Browser, address: str) -> None:
    context = browser.new_context(viewport={"width": 360, "height": 780}, has_touch=True)
    context.set_default_timeout(PATIENCE)
    with context, quiet(context) as page:
        page.goto(f"{address}/naive-softmax.html")
        settle(page)
        tool(page, "step").tap()
        expect(tool(page, "next")).to_be_visible()
        for button in page.locator(f"{VC} .wg-tools button").all():
            box = button.bounding_box()
            assert box
            assert min(box["width"], box["height"]) >= 44


def test_paper_has_the_whole_derivation_and_no_buttons(browser: Browser, address: str) -> None:
    with reader(browser, DESKTOP, "light") as context, quiet(context) as page:
        page.goto(f"{address}/naive-softmax.html")
        settle(page)
        tool(page, "step").click()
        expect(steps(page).nth(0)).to_have_attribute("aria-current", "step")
        page.emulate_media(media="print")
        expect_shown(page, steps(page).count())
        expect(page.locator(f"{VC} .wg-tools")).to_be_hidden()


def test_without_scripts_there_are_no_buttons(browser: Browser, address: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    context.set_default_timeout(PATIENCE)
    with context:
        page = context.new_page()
        page.goto(f"{address}/naive-softmax.html")
        expect(page.locator(f"{VC} .wg-tools")).to_be_hidden()
        expect(page.locator(f"{VC} .wg-in-columns").first).to_be_hidden()
        expect(page.locator(f"{VC} .wg-in-rows").first).to_be_visible()


def test_a_failed_fetch_says_so_and_stepping_goes_on(browser: Browser, address: str) -> None:
    with reader(browser, DESKTOP, "light") as context:
        page = context.new_page()
        page.route("**/naive-softmax.forms.js*", lambda route: route.abort())
        page.goto(f"{address}/naive-softmax.html")
        settle(page)
        tool(page, "step").click()
        expect(page.locator(f"{VC} .wg-said")).to_contain_text("could not be loaded")
        expect_shown(page, 1)
        page.unroute("**/naive-softmax.forms.js*")
        tool(page, "next").click()
        expect(page.locator(f"{VC} .wg-said")).to_contain_text("Line 2")
