"""Use a derivation box as a reader would."""

import json
import re
from dataclasses import dataclass
from typing import Any

from playwright.sync_api import Locator, Page, expect

from browsing import PATIENCE, in_time, settle

SOON = PATIENCE
HOME = "check-your-own.html"
# Asks the Python of the page, without typing into the box.
ASK = """async ({ folder, questions }) => {
  const { pagePython } = await import(folder + "python.js");
  const answers = [];
  for (const question of questions) {
    const reply = await pagePython(folder).check(JSON.stringify(question), { onRunning() {} });
    answers.push(reply.ok ? JSON.parse(reply.answer) : { error: reply.error });
  }
  return answers;
}"""
FOLDER = """() => new URL(
  JSON.parse(document.getElementById("wg-boxes").textContent).live,
  document.querySelector("script[src*='/box/']").src,
).href"""


@dataclass
class Box:
    """One box of a page, and what the page said on the console and asked other hosts for."""

    page: Page
    place: Locator
    said: list[str]
    asked: list[str]

    def button(self, name: str) -> Locator:
        return self.place.get_by_role("button", name=name, exact=True)

    @property
    def text(self) -> Locator:
        return self.place.get_by_label("Your lines", exact=True)

    @property
    def target(self) -> Locator:
        return self.place.get_by_label("What you derive")

    @property
    def status(self) -> Locator:
        return self.place.get_by_role("status")

    @property
    def lines(self) -> Locator:
        return self.place.locator(".wg-line")

    @property
    def summary(self) -> Locator:
        return self.place.locator(".wg-summary")

    def write(self, text: str, target: str | None = None) -> None:
        if target is not None:
            self.target.select_option(target)
        self.text.fill(text)

    def check(self) -> list[str]:
        """Press Check, wait for the verdicts, and return their statuses."""
        self.button("Check").click()
        return self.verdicts()

    def verdicts(self) -> list[str]:
        """The statuses, when all that was asked has been answered."""
        expect(self.button("Stop")).to_be_hidden(timeout=SOON)
        expect(self.status).to_have_text("Checked.", timeout=SOON)
        found: list[str] = self.lines.evaluate_all("(all) => all.map((one) => one.dataset.status)")
        return found

    def clear(self) -> None:
        self.button("Clear").click()
        expect(self.text).to_have_value("")
        expect(self.lines).to_have_count(0)

    def rows(self) -> Locator:
        """The formulas of the preview."""
        return self.place.locator(".wg-box-preview > .wg-box-row")


def find_box(page: Page, said: list[str], asked: list[str], target: str = "") -> Box:
    """The box of a derivation, unfolded; or the open one."""
    if target:
        fold = page.locator(f"details:has(> [data-target='{target}'])")
        fold.locator("summary").click()
    place = page.locator(f".wg-box[data-target='{target}']" if target else ".wg-box").first
    expect(place.get_by_role("button", name="Check", exact=True)).to_be_visible(timeout=SOON)
    return Box(page, place, said, asked)


def listen(page: Page) -> list[str]:
    """Errors and warnings of a page, from now on."""
    said: list[str] = []
    page.on("pageerror", lambda error: said.append(f"{error}"))
    page.on("console", lambda m: said.append(m.text) if m.type in ("error", "warning") else None)
    return said


def ask(page: Page, questions: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Answers of the page's Python to many questions."""
    folder = page.evaluate(FOLDER)
    answers: list[dict[str, Any]] = in_time(page, ASK, {"folder": folder, "questions": questions})
    return answers


def outside(asked: list[str]) -> list[str]:
    """Addresses asked for that are not Pyodide's."""
    return [url for url in asked if not re.match(r"https://cdn\.jsdelivr\.net/(npm/)?pyodide", url)]


def fragment(state: object) -> str:
    """A link's fragment as the box writes it, for any state."""
    from base64 import urlsafe_b64encode

    code = urlsafe_b64encode(json.dumps(state).encode()).decode().rstrip("=")
    return f"#derivation-{code}"


def open_page(page: Page, url: str, asked: list[str], target: str = "") -> Box:
    """A page with a box, opened and listened to."""
    said = listen(page)
    page.goto(url)
    settle(page)
    return find_box(page, said, asked, target)
