"""One Chromium and one server for all browser tests of a worker."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from box_driver import HOME, Box, open_page
from browsing import DESKTOP, PATIENCE, chromium, find_chromium, reader, serve
from built_site import SITE, every_page
from pyodide_mirror import Missing, mirror, serve_pyodide

expect.set_options(timeout=PATIENCE)
NO_BROWSER = (
    "no Chromium: install one (Debian: apt-get install chromium) or set CHROMIUM to its path"
)


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Run each test that asks for ``name`` once for each page."""
    if "name" in metafunc.fixturenames:
        metafunc.parametrize("name", every_page() or ["(the book is not built)"])


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """A Chromium; the tests are skipped, and say so, where there is none."""
    path = find_chromium()
    if path is None:
        pytest.skip(NO_BROWSER)
    with chromium(path) as running:
        yield running


@pytest.fixture(scope="session")
def address() -> Iterator[str]:
    """The address of the built book."""
    if not (SITE / "index.html").is_file():
        pytest.fail(f"There is no built book in {SITE}. Build it with `make book`.", pytrace=False)
    with serve(SITE) as url:
        yield url


@pytest.fixture(scope="session")
def pyodide() -> None:
    """Pyodide on this machine; the tests are skipped, and say why, where it cannot be had."""
    try:
        mirror()
    except Missing as reason:
        pytest.skip(f"live cells cannot be tested: {reason}")


@pytest.fixture(scope="session")
def box_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small site with derivation boxes, built."""
    folder = tmp_path_factory.mktemp("box")
    source = Path(__file__).parent / "box_page"
    command = [sys.executable, "-m", "sphinx", "-W", "-q", "-d", str(folder / "doctrees")]
    subprocess.run([*command, str(source), str(folder / "site")], check=True)
    return folder / "site"


@pytest.fixture(scope="session")
def box_site(box_folder: Path) -> Iterator[str]:
    """The address of that site."""
    with serve(box_folder) as url:
        yield url


@pytest.fixture
def box(browser: Browser, box_site: str, pyodide: None) -> Iterator[Box]:
    """The open box, where Python has not been started."""
    with reader(browser, DESKTOP, "light") as context:
        asked = serve_pyodide(context)
        yield open_page(context.new_page(), f"{box_site}/{HOME}", asked)


@pytest.fixture(scope="module")
def running(browser: Browser, box_site: str, pyodide: None) -> Iterator[Box]:
    """The open box of a page whose Python runs, shared by many tests."""
    with reader(browser, DESKTOP, "light") as context:
        asked = serve_pyodide(context)
        found = open_page(context.new_page(), f"{box_site}/{HOME}", asked)
        found.write("= x", "sigmoid_derivative")
        found.check()
        yield found


@pytest.fixture
def warm(running: Box) -> Box:
    """That box, emptied."""
    running.clear()
    return running
