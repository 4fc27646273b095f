"""One Chromium and one server for all browser tests of a worker."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from browsing import chromium, find_chromium, serve
from built_site import SITE, every_page
from pyodide_mirror import Missing, mirror

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
