"""The policy of a page names its own scripts and comes before anything that is fetched."""

import base64
import hashlib

from security import policy, seal

PAGE = '<head>\n<meta charset="utf-8">\n<link href="a.css">\n{}</head>'


def scripts_allowed(text: str) -> list[str]:
    parts = dict(part.split(" ", 1) for part in policy(text).split("; "))
    return parts["script-src"].split()


def test_script_in_the_page_is_named_by_its_hash() -> None:
    digest = base64.b64encode(hashlib.sha256(b"early()").digest()).decode()
    page = PAGE.format('<script data-x="">early()</script><script src="a.js"></script>')
    assert scripts_allowed(page) == ["'self'", f"'sha256-{digest}'"]


def test_data_needs_no_leave() -> None:
    page = PAGE.format('<script type="application/json">{}</script>')
    assert scripts_allowed(page) == ["'self'"]


def test_policy_comes_first_and_once() -> None:
    sealed = seal(PAGE.format(""))
    assert sealed.index("Content-Security-Policy") < sealed.index("<link")
    assert seal(sealed) == sealed


def test_policy_follows_the_scripts() -> None:
    sealed = seal(PAGE.format("<script>one()</script>"))
    assert seal(sealed.replace("one()", "two()")) == seal(PAGE.format("<script>two()</script>"))


def test_nothing_is_evaluated_and_no_script_comes_from_elsewhere() -> None:
    text = policy(PAGE.format(""))
    assert "unsafe-eval" not in text
    assert "default-src 'none'" in text
    assert scripts_allowed(PAGE.format("")) == ["'self'"]
