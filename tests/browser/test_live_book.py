"""Every cell of every chapter, run in the reader's browser, gives what the build gave."""

import re
from itertools import zip_longest
from typing import Any

import pytest
from playwright.sync_api import Browser, expect

from browsing import DESKTOP, reader, settle
from built_site import page as parsed
from live_driver import ENDED, Live
from pyodide_mirror import serve_pyodide

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.usefixtures("pyodide")]

PATIENCE = 600_000  # milliseconds for one cell
NUMBER = re.compile(r"[-+]?(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?", re.IGNORECASE)
# Cells whose numbers depend on the machine or on the moment say so in their code, ...
NOT_REPEATABLE = re.compile(
    r"perf_counter|timeit|seconds|clock|timing|cpu_count|speeds|ways_to_add|roofs|excess_and"
)
# ... except for these, by page and place.
KNOWN = {
    ("gradient-checking", 8): "which of several rounding errors is the largest",
    ("gradient-checking", 13): "which of several rounding errors is the largest",
    ("index", 2): "how long all proofs took",
}

# Text of what a cell shows, without formulas (other glyphs) and without the link to itself.
SHOWN = """(box) => {
  const copy = box.cloneNode(true);
  const added = ".headerlink, .wg-tools, .wg-in-columns, .wg-your-turn, .wg-box-here";
  for (const one of copy.querySelectorAll(`mjx-container, .math, script, svg, ${added}`)) {
    one.replaceWith(" ");
  }
  for (const one of copy.querySelectorAll("p, div, td, th, li, pre, br")) one.after(" ");
  return {
    text: copy.textContent,
    images: copy.querySelectorAll("img").length,
    formulas: [...box.querySelectorAll("mjx-container")].filter(
      (one) => !one.closest(".wg-tools, .wg-in-columns, .wg-your-turn")).length,
  };
}"""


def words(text: str) -> list[str]:
    return text.replace("−", "-").replace("’", "'").split()  # as typesetters write them


def same(one: str | None, other: str | None) -> bool:
    """Tell whether two words are the same, their numbers up to the last digit that is shown."""
    if one == other:
        return True
    if one is None or other is None or NUMBER.sub("#", one) != NUMBER.sub("#", other):
        return False
    pairs = zip(NUMBER.findall(one), NUMBER.findall(other), strict=True)
    return all(close(a, b) for a, b in pairs)


def close(one: str, other: str) -> bool:
    """Equal, or rounding errors of numbers that are zero but for those, or the last digit."""
    a, b = float(one), float(other)
    return abs(a - b) <= 1e-6 * max(abs(a), abs(b)) or max(abs(a), abs(b)) < 1e-9


def differences(stored: list[dict[str, Any]], live: list[dict[str, Any]]) -> str:
    """What differs between the stored output and the live one; empty if nothing does."""
    before = [word for one in stored for word in words(one["text"])]
    after = [word for one in live for word in words(one["text"])]
    counts = [
        f"{kind}: {old} before, {new} here"
        for kind in ("images", "formulas")
        if (old := sum(one[kind] for one in stored)) != (new := sum(one[kind] for one in live))
    ]
    unlike = [(a, b) for a, b in zip_longest(before, after) if not same(a, b)]
    return "; ".join([*counts, *(f"{a!r} became {b!r}" for a, b in unlike[:8])])


def test_every_cell_gives_what_the_build_gave(browser: Browser, address: str, name: str) -> None:
    if not parsed(name).select_one("#wg-cells"):
        pytest.skip(f"{name} has no cells")
    wrong: list[str] = []
    with reader(browser, DESKTOP, "light") as context:
        serve_pyodide(context)
        tab = context.new_page()
        complaints: list[str] = []
        tab.on("pageerror", lambda error: complaints.append(str(error)))
        tab.on("console", lambda m: complaints.append(m.text) if m.type == "error" else None)
        tab.goto(f"{address}/{name}.html")
        settle(tab)
        live = Live(tab, [])
        runs = tab.locator(".wg-run").evaluate_all("(all) => all.map((one) => one.ariaLabel)")
        for label in runs:
            number = int(label.rpartition(" ")[2])
            cell = live.cell(number)
            stored = cell.locator(".cell_output:not(.wg-live)").evaluate_all(
                f"(all) => all.map({SHOWN})"
            )
            live.reveal(number)
            live.button("Run", number).press("Enter")
            expect(cell.locator(".wg-status")).to_have_text(ENDED, timeout=PATIENCE)
            expect(live.button("Stop", number)).to_be_hidden()
            shown = cell.locator(".wg-live").evaluate_all(f"(all) => all.map({SHOWN})")
            code = (
                tab.evaluate(
                    "(place) => JSON.parse(document.getElementById('wg-cells').textContent)"
                    ".cells[place].code",
                    number - 1,
                )
                or cell.locator(".cell_input pre").first.inner_text()
            )
            if live.status(number) != "Done":
                wrong.append(f"cell {number}: {live.status(number)}\n{shown}")
            elif NOT_REPEATABLE.search(code) or (name, number) in KNOWN:
                continue
            elif found := differences(stored, shown):
                wrong.append(f"cell {number}: {found}")
            print(name, number, cell.locator(".wg-progress").inner_text(), *wrong[-1:])
    assert wrong == []
    assert complaints == []
