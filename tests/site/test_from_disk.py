"""The classic scripts for pages that are opened as files: beside their modules, whole, small."""

import re
from pathlib import Path

import pytest

import from_disk
from built_site import SITE
from explorables import elements

LARGEST = 12_000  # bytes; a module and all that it imports


@pytest.mark.site
def test_every_module_that_a_page_starts_has_one() -> None:
    modules = from_disk.entries(SITE / "_static")
    assert {path.stem for path in modules} == {"steps", *elements()}
    for module in modules:
        classic = module.with_suffix(from_disk.CLASSIC).read_text(encoding="utf-8")
        assert len(classic.encode()) < LARGEST
        assert not re.search(r"^(import|export)\b|\bimport\(", classic, re.MULTILINE)


def test_without_node_there_are_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(from_disk, "node_program", lambda package: None)
    old = tmp_path / "steps" / "1" / "steps.classic.js"
    old.parent.mkdir(parents=True)
    old.write_text("of an earlier build")
    from_disk.write_classic(tmp_path, [tmp_path / "steps" / "1" / "steps.js"])
    assert not old.exists()
