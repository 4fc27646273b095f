"""Fixtures of the tests that read the built book."""

import pytest
from bs4 import BeautifulSoup

from built_site import SITE, page, page_names

NOT_BUILT = "(the book is not built)"


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Run each test that asks for ``name`` once for each page."""
    if "name" in metafunc.fixturenames:
        metafunc.parametrize("name", page_names() or [NOT_BUILT])


@pytest.fixture(autouse=True)
def _built(request: pytest.FixtureRequest) -> None:
    """Fail, not skip, where there is no book to read."""
    if request.node.get_closest_marker("site") and not (SITE / "index.html").is_file():
        pytest.fail(f"There is no built book in {SITE}. Build it with `make book`.", pytrace=False)


@pytest.fixture
def soup(name: str) -> BeautifulSoup:
    """The parsed page."""
    return page(name)
