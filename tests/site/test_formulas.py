"""The module of formulas on the built site, and the step of the build that writes it."""

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

import formulas
from built_site import SITE
from wordgrad.codegen import CannotGenerate
from wordgrad.codegen.formulas import javascript_module


def app(out: Path, format: str = "html") -> Any:
    """As much of Sphinx's application as the step looks at."""
    return SimpleNamespace(outdir=str(out), builder=SimpleNamespace(format=format))


def test_the_module_is_written_beside_the_scripts(tmp_path: Path) -> None:
    formulas.write_formulas(app(tmp_path), None)
    written = (tmp_path / "_static" / "formulas.js").read_text(encoding="utf-8")
    assert written == javascript_module()


def test_nothing_is_written_after_a_failure_or_for_another_format(tmp_path: Path) -> None:
    formulas.write_formulas(app(tmp_path), ValueError("the build failed"))
    formulas.write_formulas(app(tmp_path, "latex"), None)
    assert not list(tmp_path.iterdir())


def test_an_unproved_formula_fails_the_build(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse() -> str:
        raise CannotGenerate("naive_U is not proved")

    monkeypatch.setattr(formulas, "javascript_module", refuse)
    with pytest.raises(CannotGenerate, match="not proved"):
        formulas.write_formulas(app(tmp_path), None)


@pytest.mark.site
def test_the_site_has_the_module() -> None:
    assert (SITE / "_static" / "formulas.js").read_text(encoding="utf-8") == javascript_module()
