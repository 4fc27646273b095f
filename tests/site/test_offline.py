"""The worker knows every file that a reader may ask for, and changes when one of them does."""

import base64
import hashlib
import json
import re
from pathlib import Path

import pytest

from built_site import SITE
from offline import SOURCE, WORKER, list_files, worker_text

PAGE = '<link href="_static/styles/book.1.css" data-from="a.css b.css"><link href="_static/b.css">'
FILES = {
    "index.html": PAGE, "_static/a.css": "", "_static/b.css": "", "_static/styles/book.1.css": "",
    "_static/mathjax/m.js": "", "_downloads/notebooks/a.ipynb": "", "_sources/a.md": "",
    "_static/live/1/cells.js": "", "_static/live/packages/p.zip": "", "book.pdf": "", "sw.js": "",
}  # fmt: skip


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """A site with one file of each kind."""
    for name, text in FILES.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


def test_files_are_kept_at_once_or_later_or_never(small: Path) -> None:
    first, later = list_files(small)
    assert set(first) == {
        "index.html", "_static/b.css", "_static/styles/book.1.css", "_static/live/1/cells.js",
    }  # fmt: skip
    assert set(later) == {
        "_static/mathjax/m.js", "_downloads/notebooks/a.ipynb", "_static/live/packages/p.zip",
        "book.pdf",
    }  # fmt: skip


def test_hash_is_that_of_the_content(small: Path) -> None:
    first, _ = list_files(small)
    digest = hashlib.sha256(PAGE.encode()).digest()
    assert base64.b64decode(first["index.html"]) == digest


def test_version_is_another_as_soon_as_a_file_is(small: Path) -> None:
    def version() -> str:
        return worker_text(*list_files(small)).partition("\n")[0]

    before = version()
    assert version() == before
    (small / "book.pdf").write_text("new")
    assert version() != before


def test_programs_use_no_name_that_the_build_does_not_give() -> None:
    program = (SOURCE / "worker.js").read_text(encoding="utf-8")
    given = set(re.findall(r"^const ([A-Z]+) =", worker_text({}, {}), re.MULTILINE))
    assert {"VERSION", "FIRST", "LATER"} <= given
    assert not re.search(r"https?://|eval\(|importScripts", program)


@pytest.mark.site
def test_worker_of_the_site_lists_what_is_there() -> None:
    text = (SITE / WORKER).read_text(encoding="utf-8")
    first, later = list_files(SITE)
    assert f"const FIRST = {json.dumps(first)};\nconst LATER = {json.dumps(later)};\n" in text
    asked = {page.relative_to(SITE).as_posix() for page in SITE.glob("*.html")}
    asked |= {image.relative_to(SITE).as_posix() for image in SITE.glob("_images/*")}
    assert asked <= set(first)
