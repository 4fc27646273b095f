"""The book's own Sphinx extensions."""

from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest

import lean_pages
import one_page
import place


def _project(root: Path) -> Path:
    (root / "code" / "wordgrad").mkdir(parents=True)
    (root / "code" / "wordgrad" / "a.py").write_text("x = 1\n")
    (root / "requirements.lock").write_text("numpy==2.0\n")
    return root


@pytest.mark.parametrize("changed", ["code/wordgrad/a.py", "requirements.lock", "code/new.lark"])
def test_key_changes_with_code_and_lock(tmp_path: Path, changed: str) -> None:
    root = _project(tmp_path)
    before = place.code_key(root)
    (root / changed).write_text("y = 2\n")
    assert place.code_key(root) != before


def test_key_does_not_depend_on_leftovers_or_place(tmp_path: Path) -> None:
    one, other = _project(tmp_path / "one"), _project(tmp_path / "other")
    (one / "code" / "wordgrad" / "a.pyc").write_bytes(b"leftover")
    assert place.code_key(one) == place.code_key(other)


@pytest.mark.parametrize(
    ("given", "address", "prefix"),
    [
        ("", place.DEFAULT_URL, "/"),
        ("https://book.example/w2v", "https://book.example/w2v/", "/w2v/"),
    ],
)
def test_address_comes_from_the_environment(
    monkeypatch: pytest.MonkeyPatch, given: str, address: str, prefix: str
) -> None:
    monkeypatch.setenv("BOOK_URL", given)
    config = cast(Any, SimpleNamespace())
    place.set_address(cast(Any, None), config)
    assert (config.html_baseurl, config.ogp_site_url) == (address, address)
    assert config.notfound_urls_prefix == prefix


def test_half_an_address_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BOOK_URL", "book.example")
    with pytest.raises(ValueError, match="full address"):
        place.set_address(cast(Any, None), cast(Any, SimpleNamespace()))


def test_icon_script_is_dropped_and_the_rest_kept(tmp_path: Path) -> None:
    page = tmp_path / "a.html"
    page.write_text(
        "<head>\n  <!-- So that users can add custom icons -->\n"
        '  <script defer src="_static/scripts/fontawesome.js?digest=1"></script>\n'
        '  <script src="_static/doctools.js"></script></head>'
    )
    app = cast(Any, SimpleNamespace(builder=SimpleNamespace(format="html"), outdir=tmp_path))
    lean_pages.drop_unused(app, None)
    assert page.read_text() == '<head>\n  <script src="_static/doctools.js"></script></head>'


def test_one_page_builder_knows_every_node_and_prefers_its_own() -> None:
    handlers = {"html": {"cell": "theirs", "both": "html"}, "singlehtml": {"both": "single"}}
    app = cast(Any, SimpleNamespace(registry=SimpleNamespace(translation_handlers=handlers)))
    one_page.share_handlers(app)
    assert handlers["singlehtml"] == {"cell": "theirs", "both": "single"}
