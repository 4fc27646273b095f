"""The book in Firefox: quiet pages, both themes, the layout of U, explorables, Python, from disk.

Firefox tells a driver nothing of what a worker fetches, so requests for Pyodide are not answered on
their way: the server changes the two addresses in the list of files instead, and offers the files
itself. Their hashes are checked as ever.
"""

import json
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import ClassVar

import pytest

from built_site import SITE
from firefox import Firefox, Tab, find_firefox, firefox, open_tab
from pyodide_mirror import CORE, mirror
from pyodide_release import PYODIDE_CORE, PYODIDE_PACKAGES

pytestmark = pytest.mark.browser
NO_FIREFOX = (
    "no Firefox: install one (Debian: apt-get install firefox-esr) or set FIREFOX to its path"
)
VC = ".wg-of-naive-vc"
LAST = f"{VC} > .wg-step:last-of-type"
# The TeX of what is to be seen of the last line.
SEEN = (
    f"[...document.querySelectorAll('{LAST} > div.math')]"
    ".filter((one) => one.getClientRects().length)"
    ".map((one) => one.querySelector('[data-tex]').dataset.tex).join()"
)


@pytest.fixture(scope="session")
def running() -> Iterator[Firefox]:
    """A Firefox; the tests are skipped, and say so, where there is none."""
    path = find_firefox()
    if path is None:
        pytest.skip(NO_FIREFOX)
    with firefox(path) as found:
        yield found


@pytest.fixture
def tab(running: Firefox) -> Iterator[Tab]:
    """A page of a fresh reader; in the end nothing was said on its console."""
    with open_tab(running) as opened:
        yield opened
        assert opened.said == []


class WithPyodide(SimpleHTTPRequestHandler):
    """Serves the book, and Pyodide from this machine below two folders that no site has."""

    folders: ClassVar[dict[str, Path]] = {"/pyodide-core/": CORE}

    def log_message(self, format: str, *args: object) -> None:
        """Keep requests out of the test output."""

    def do_GET(self) -> None:
        """Send a file; in the list of files the addresses lead here."""
        path = Path(self.translate_path(self.path))
        for prefix, folder in self.folders.items():
            if self.path.startswith(prefix):
                path = folder / self.path.removeprefix(prefix)
        if not path.is_file():
            self.send_error(404)
            return
        body = path.read_bytes()
        if path.name == "manifest.json":
            here = f"http://{self.headers['Host']}"
            offered = json.loads(body)
            assert (offered["pyodide"]["core"], offered["pyodide"]["packages"]) == (
                PYODIDE_CORE, PYODIDE_PACKAGES,
            )  # fmt: skip
            offered["pyodide"] |= {
                "core": f"{here}/pyodide-core/", "packages": f"{here}/pyodide-packages/"
            }  # fmt: skip
            body = json.dumps(offered).encode()
        self.send_response(200)
        self.send_header("Content-Type", self.guess_type(str(path)))
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


@pytest.fixture(scope="module")
def with_python(pyodide: None) -> Iterator[str]:
    """The address of the book on a server that has Pyodide too."""
    WithPyodide.folders["/pyodide-packages/"] = mirror()
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(WithPyodide, directory=str(SITE)))
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    server.server_close()
    thread.join()


def test_every_page_is_quiet_and_fits(running: Firefox, address: str, name: str) -> None:
    with open_tab(running, size=(390, 844)) as tab:
        tab.open(f"{address}/{name}.html")
        tab.settle()
        assert tab.run("document.documentElement.scrollWidth - innerWidth") <= 0
        assert tab.run("document.querySelectorAll('.math:not(:has(mjx-container))').length") == 0
        assert tab.said == []


def test_the_theme_is_switched_and_kept(tab: Tab, address: str) -> None:
    theme = "document.documentElement.dataset.theme"
    paper = "getComputedStyle(document.body).backgroundColor"
    tab.open(f"{address}/sigmoid.html")
    tab.settle()
    assert tab.run(theme) == "light"
    white = tab.run(paper)
    for _ in range(2):  # auto, light, dark in an order that depends on the system
        if tab.run(theme) == "light":
            tab.click("button.theme-switch-button")
    assert tab.run(theme) == "dark"
    assert tab.run(paper) != white
    tab.open(f"{address}/softmax.html")
    assert tab.run(theme) == "dark"


def test_columns_are_chosen_everywhere(tab: Tab, address: str) -> None:
    tab.open(f"{address}/naive-softmax.html")
    tab.settle()
    assert r"U^\top" in tab.run(SEEN)
    tab.click(f"{VC} [data-wg-tool=columns]")
    tab.until("document.documentElement.dataset.wgLayout === 'columns'")
    assert r"U^\top" not in tab.run(SEEN)
    tab.open(f"{address}/softmax.html")
    tab.settle()
    assert tab.run("document.documentElement.dataset.wgLayout") == "columns"
    seen = "[...document.querySelectorAll('.wg-in-{}')].filter((it) => it.checkVisibility()).length"
    assert tab.run(seen.format("columns")) > 0
    assert tab.run(seen.format("rows")) == 0


def test_an_explorable_moves_by_keys(tab: Tab, address: str) -> None:
    tab.open(f"{address}/sigmoid.html")
    tab.settle()
    tab.until("document.querySelector('wg-sigmoid [role=slider]') !== null")
    before = tab.run("document.querySelector('wg-sigmoid .wg-x-readout').innerText")
    tab.run("document.querySelector('wg-sigmoid [role=slider]').focus()")
    tab.press("ArrowRight", "ArrowRight")
    told = "document.querySelector('wg-sigmoid .wg-x-readout').innerText"
    tab.until(f"{told} !== {json.dumps(before)}")


def test_a_derivation_is_stepped_through_by_keys(tab: Tab, address: str) -> None:
    step_through(tab, f"{address}/naive-softmax.html")


@pytest.mark.slow
def test_a_cell_runs(tab: Tab, with_python: str) -> None:
    tab.open(f"{with_python}/softmax.html")
    tab.settle()
    tab.until("document.querySelector('.wg-bar [aria-label^=\"Run cell\"]') !== null")
    cell = "document.querySelector('.cell:has(.wg-bar [aria-label^=\"Run cell\"])')"
    tab.click('.wg-bar [aria-label^="Run cell"]')
    status = f"{cell}.querySelector('.wg-status')?.innerText"
    said = tab.until(f"/Done|Error|could|answered/.test({status} ?? '') && {status}")
    assert said.startswith("Done")


@pytest.mark.slow
def test_the_box_gives_a_verdict(tab: Tab, with_python: str) -> None:
    tab.open(f"{with_python}/check-your-own.html")
    tab.settle()
    tab.until("document.querySelector('.wg-box textarea') !== null")
    tab.run(
        """(() => { const field = document.querySelector(".wg-box textarea");
          field.value = "\\\\sigma'(x) = \\\\sigma(x)(1-\\\\sigma(x))";
          field.dispatchEvent(new Event("input", { bubbles: true }));
          [...document.querySelectorAll(".wg-box button")]
            .find((one) => one.textContent.trim() === "Check").click(); })()"""
    )
    status = "document.querySelector('.wg-box .wg-line')?.dataset.status"
    assert tab.until(status) == "proved"


# ------------------------------------------------------------------------------- opened as a file
def step_through(tab: Tab, url: str) -> None:
    """Step, look at shapes, choose columns."""
    tab.open(url)
    tab.settle()
    count = tab.run(f"document.querySelectorAll('{VC} > .wg-step').length")
    shown = (
        f"[...document.querySelectorAll('{VC} > .wg-step')]"
        ".filter((one) => getComputedStyle(one).visibility === 'visible').length"
    )
    assert tab.run(shown) == count
    tab.click(f"{VC} [data-wg-tool=step]")
    tab.until(f"{shown} === 1")
    tab.press("ArrowRight", "ArrowRight")
    tab.until(f"{shown} === 3")
    tab.until(f"document.querySelectorAll('{VC} .wg-box-new').length > 0")
    tab.click(f"{VC} [data-wg-tool=shapes]")
    pressed = f"document.querySelector('{VC} [data-wg-tool=shapes]').ariaPressed === 'true'"
    tab.until(pressed)
    assert tab.run(f"document.querySelector('{VC} .wg-tools').matches('.wg-failed')") is False


def test_a_page_on_disk_can_be_stepped_through(tab: Tab) -> None:
    step_through(tab, (SITE / "naive-softmax.html").as_uri())


def test_an_explorable_on_disk_moves(tab: Tab) -> None:
    test_an_explorable_moves_by_keys(tab, SITE.as_uri())
