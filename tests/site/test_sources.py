"""Rules for the chapters as they are written."""

import re
from pathlib import Path

import pytest
import yaml

from built_site import ROOT

CHAPTERS = sorted((ROOT / "book").glob("*.md"))


def test_chapters_are_in_the_table_of_contents() -> None:
    toc = yaml.safe_load((ROOT / "_toc.yml").read_text())
    files = [toc["root"], *(c["file"] for part in toc["parts"] for c in part["chapters"])]
    assert sorted(files) == [path.stem for path in CHAPTERS]


def test_no_stored_notebooks() -> None:
    places = [ROOT / "book", ROOT / "code", ROOT / "tests"]
    assert [p for place in places for p in place.rglob("*.ipynb")] == []


@pytest.mark.parametrize("path", CHAPTERS, ids=lambda path: path.stem)
def test_chapter_hides_no_failure(path: Path) -> None:
    tags = re.findall(r"^:tags: (.*)$", path.read_text(encoding="utf-8"), re.MULTILINE)
    assert not [tag for tag in tags if "raises-exception" in tag or "remove-stderr" in tag]
