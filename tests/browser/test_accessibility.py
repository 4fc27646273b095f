"""axe-core finds nothing on any page, light and dark, with everything unfolded."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser

from browsing import DESKTOP, in_time, reader, settle
from built_site import ROOT

pytestmark = pytest.mark.browser

AXE = ROOT / "book" / "_node" / "node_modules" / "axe-core" / "axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
UNFOLD = """() => {
  for (const details of document.querySelectorAll("details")) details.open = true;
  for (const button of document.querySelectorAll(".toggle-button-hidden")) button.click();
}"""
FINDINGS = """async (tags) =>
  (await axe.run({ runOnly: tags })).violations.map(({ id, nodes }) =>
    `${id}: ${nodes.map(({ html }) => html.slice(0, 200)).join(" | ")}`)"""


@pytest.fixture(scope="module")
def axe() -> str:
    """The checker's code; without it the tests are skipped, and say so."""
    if not Path(AXE).is_file():
        pytest.skip("no axe-core here: `make setup` with npm on the PATH installs it")
    return AXE.read_text(encoding="utf-8")


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_axe_finds_nothing(browser: Browser, address: str, name: str, theme: str, axe: str) -> None:
    with reader(browser, DESKTOP, theme) as context:
        page = context.new_page()
        page.goto(f"{address}/{name}.html")
        settle(page)
        page.evaluate(UNFOLD)
        page.evaluate(axe)
        assert in_time(page, FINDINGS, RULES) == []


def test_axe_would_find_something(browser: Browser, address: str, axe: str) -> None:
    with reader(browser, DESKTOP, "light") as context:
        page = context.new_page()
        page.goto(f"{address}/index.html")
        page.evaluate("document.querySelector('main').append(document.createElement('button'))")
        page.evaluate(axe)
        assert any(found.startswith("button-name") for found in in_time(page, FINDINGS, RULES))
