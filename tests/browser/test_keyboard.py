"""A reader with a keyboard and nothing else: every stop can be seen, none holds the reader."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from browsing import DESKTOP, reader, settle

pytestmark = pytest.mark.browser

MOST_STOPS = 1000
# What has the focus: its words, whether it is in the window, and whether that shows.
STOP = """async () => {
  await Promise.allSettled(document.getAnimations().map((one) => one.finished));
  const at = document.activeElement;
  if (!at || at === document.body) return null;
  at.wgStop ??= ++window.wgStops || (window.wgStops = 1);
  const box = at.getBoundingClientRect();
  const style = getComputedStyle(at);
  const inside = box.width > 0 && box.bottom > 0 && box.top < innerHeight
    && box.right > 0 && box.left < innerWidth;
  const own = at.querySelector(".wg-x-ring"); // drawn around what can be dragged
  const ring = style.outlineStyle !== "none" || style.boxShadow !== "none"
    || (own && getComputedStyle(own).stroke !== "none");
  const words = at.getAttribute("aria-label") ?? at.textContent.trim().slice(0, 40);
  return { number: at.wgStop, what: `${at.tagName} ${words}`, inside, ring };
}"""


def stops(page: Page) -> Iterator[dict[str, object]]:
    """Press Tab until the focus leaves the page; yield what it comes to."""
    for _ in range(MOST_STOPS):
        page.keyboard.press("Tab")
        stop = page.evaluate(STOP)
        if stop is None:
            return
        yield stop
    pytest.fail(f"the focus is still on the page after {MOST_STOPS} stops")


@pytest.mark.parametrize("chapter", ["sigmoid", "softmax"])
def test_keyboard_alone_reaches_everything(browser: Browser, address: str, chapter: str) -> None:
    with reader(browser, DESKTOP, "light") as context:
        page = context.new_page()
        page.goto(f"{address}/{chapter}.html")
        settle(page)
        seen = list(stops(page))
        assert "Skip to main content" in str(seen[0]["what"])
        assert len({stop["number"] for stop in seen}) == len(seen)
        assert [stop["what"] for stop in seen if not stop["inside"]] == []
        assert [stop["what"] for stop in seen if not stop["ring"]] == []
        named = " ".join(str(stop["what"]) for stop in seen)
        assert "Run cell" in named
        assert "Next" in named or "next" in named


def test_skip_link_leads_past_the_sidebar(browser: Browser, address: str) -> None:
    with reader(browser, DESKTOP, "light") as context:
        page = context.new_page()
        page.goto(f"{address}/softmax.html")
        settle(page)
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        page.keyboard.press("Tab")
        assert page.evaluate("!!document.activeElement.closest('main')")
