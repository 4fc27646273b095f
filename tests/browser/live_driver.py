"""Press the buttons of live cells, as a reader would."""

import re
from dataclasses import dataclass

from playwright.sync_api import Locator, Page, expect

from browsing import PATIENCE

SOON = PATIENCE
ENDED = re.compile("Done|Stopped|ended|Ended|Error|could|answered")


@dataclass
class Live:
    """A page with live cells, and what it asked other hosts for."""

    page: Page
    asked: list[str]

    def cell(self, number: int) -> Locator:
        return self.page.locator(f'.cell:has(> .wg-bar [aria-label="Run cell {number}"])').or_(
            self.page.locator(f'.cell:has(details .wg-bar [aria-label="Run cell {number}"])')
        )

    def button(self, name: str, number: int) -> Locator:
        return self.page.locator(f'[aria-label="{name} cell {number}"]')

    def run(self, number: int, timeout: float = SOON) -> Locator:
        """Press Run of a cell, wait for its end, and return what it shows."""
        cell = self.cell(number)
        self.reveal(number)
        self.button("Run", number).click()
        expect(cell.locator(".wg-status")).to_have_text(ENDED, timeout=timeout)
        expect(self.button("Stop", number)).to_be_hidden()
        return cell.locator(".wg-live")

    def reveal(self, number: int) -> None:
        """Bring code that is out of sight into view, as a reader would."""
        if self.button("Code", number).is_visible():
            self.button("Code", number).press("Enter")
            expect(self.cell(number).locator(".wg-editor")).to_be_visible()
        folded = self.cell(number).locator("details:not([open]):has(.wg-bar) > summary")
        if folded.count():
            folded.click()

    def status(self, number: int) -> str:
        return self.cell(number).locator(".wg-status").inner_text()

    def write(self, number: int, code: str) -> None:
        """Open the editor of a cell and type over its code."""
        self.reveal(number)
        if self.button("Edit", number).is_visible():
            self.button("Edit", number).click()
        editor = self.cell(number).get_by_label(f"Code of cell {number}")
        expect(editor).to_be_focused()
        self.page.keyboard.press("ControlOrMeta+a")
        self.page.keyboard.insert_text(code)
