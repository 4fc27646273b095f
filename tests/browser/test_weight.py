"""How much a reader's device fetches to show a page for the first time."""

import gzip

import pytest
from playwright.sync_api import Browser, Response

from browsing import PHONE, TEXT, reader, settle

pytestmark = pytest.mark.browser

LIMIT = 250_000


def weight(response: Response) -> int:
    """The bytes that a static host would send for a response, without its headers."""
    body = response.body()
    kind = response.headers.get("content-type", "")
    return len(gzip.compress(body, 6)) if kind.startswith(TEXT) else len(body)


def test_first_visit_is_light(browser: Browser, address: str, name: str) -> None:
    with reader(browser, PHONE, "light") as context:
        page = context.new_page()
        responses: list[Response] = []
        page.on("response", lambda response: responses.append(response))
        page.goto(f"{address}/{name}.html")
        settle(page)
        sent = {one.url: weight(one) for one in responses if "/_images/" not in one.url}
        assert any(url.endswith(".css") for url in sent)
        assert sum(sent.values()) <= LIMIT, sent
