"""Explorables: small modules, loaded where they are used, and something to read without them."""

import re
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest
from bs4 import BeautifulSoup, Tag

from built_site import ROOT, SITE, page, page_names
from explorables import FOLDER, SHARED, SOURCE, elements, files, write_files
from plain_markdown import Book, Chapter

LIMIT = 10_000  # bytes of one module
MODULES = sorted(SOURCE.glob("*.js"))
IMPORTED = re.compile(r'import \{([^}]*)\} from "([^"]+)"')
NAMES = ["gradient-check", "naive-step", "negative-step", "sgns", "sigmoid", "softmax"]


def shown() -> Iterator[tuple[str, Tag]]:
    """Yield the name of each page with an explorable, and its figure."""
    for name in page_names():
        for figure in page(name).select("figure.wg-explorable"):
            yield name, figure


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.stem)
def test_module_is_small(path: Path) -> None:
    assert path.stat().st_size <= LIMIT


def test_each_element_has_its_module() -> None:
    assert elements() == NAMES
    for name in NAMES:
        assert f'customElements.define("wg-{name}"' in (SOURCE / f"{name}.js").read_text()


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.stem)
def test_module_needs_only_what_the_site_has(path: Path) -> None:
    sources = [source for _, source in IMPORTED.findall(path.read_text(encoding="utf-8"))]
    assert set(sources) <= {"../../formulas.js", *(f"./{name}.js" for name in SHARED)}
    assert ("../../formulas.js" in sources) == (path.stem not in SHARED)


def test_folder_is_named_by_its_content(tmp_path: Path) -> None:
    (tmp_path / "a.js").write_text("1;")
    (before,) = files(tmp_path)
    (tmp_path / "a.js").write_text("2;")
    (after,) = files(tmp_path)
    assert before != after
    assert before.startswith(f"{FOLDER}/")


def test_earlier_modules_are_removed(tmp_path: Path) -> None:
    old = tmp_path / "_static" / FOLDER / "0123456789" / "sigmoid.js"
    old.parent.mkdir(parents=True)
    old.write_text("old();")
    app = SimpleNamespace(builder=SimpleNamespace(format="html"), outdir=tmp_path)
    write_files(cast(Any, app), None)
    assert not old.parent.exists()
    assert all((tmp_path / "_static" / name).is_file() for name in files())


def test_notebook_gets_the_words() -> None:
    myst = "a\n\n```{explorable} sigmoid\n:caption: Drag it.\n\nOne would see $x$.\n```\n\nb"
    assert Chapter(Book({}, {}, "")).plain(myst) == "a\n\nOne would see $x$.\n\nb"


def test_every_use_is_in_a_chapter_with_a_question_and_an_answer() -> None:
    for path in sorted((ROOT / "book").glob("*.md")):
        text = path.read_text(encoding="utf-8")
        for use in re.finditer(r"^```\{explorable\} (\S+)$", text, re.MULTILINE):
            before, after = text[: use.start()], text[use.end() :].partition("\n```\n")[2]
            assert before.rpartition("\n\n*Question.*")[2].count("\n\n") <= 2, path.stem
            assert after.lstrip().startswith("*Answer.*"), path.stem


@pytest.mark.site
def test_every_element_is_on_a_page() -> None:
    names = [child.name for _, figure in shown() for child in figure.find_all(re.compile("^wg-"))]
    assert sorted(names) == [f"wg-{name}" for name in NAMES]


@pytest.mark.site
def test_every_explorable_can_be_read_without_scripts() -> None:
    for name, figure in shown():
        (fallback,) = figure.select("[class=wg-fallback]")
        (caption,) = figure.select("figcaption")
        assert len(fallback.get_text().split()) >= 20, name
        assert len(caption.get_text().split()) >= 5, name
        assert caption not in fallback.descendants, name


@pytest.mark.site
def test_page_loads_the_modules_that_it_uses(name: str, soup: BeautifulSoup) -> None:
    used = [child.name[3:] for child in soup.select("figure.wg-explorable > :first-child")]
    loaded = [str(script["src"]) for script in soup.select(f'script[src*="{FOLDER}/"]')]
    assert [Path(source).stem for source in loaded] == used
    for source in loaded:
        assert (SITE / name).parent.joinpath(source.partition("?")[0]).is_file()


@pytest.mark.site
def test_formulas_have_all_that_is_imported() -> None:
    text = (SITE / "_static" / "formulas.js").read_text(encoding="utf-8")
    given = set(re.findall(r"export (?:function|const) (\w+)", text))
    for path in MODULES:
        for names, source in IMPORTED.findall(path.read_text(encoding="utf-8")):
            if source == "../../formulas.js":
                assert set(re.findall(r"\w+", names)) <= given, path.stem
