"""Rows or columns: every formula and word that depends on it is in the page twice, seen once."""

import re
from types import SimpleNamespace
from typing import Any, cast

import pytest
from bs4 import BeautifulSoup, Tag
from docutils import nodes
from sphinx.util import import_object

import layouts

# What names the matrix, or a gradient by it, and says nothing about its layout.
NAMES = re.compile(
    r"U|U\s*=\s*0|\\partial J\s*/\s*\\partial U|\\frac\{\\partial J\}\{\\partial U\}"
)
MATRIX = re.compile(r"(?<![A-Za-z\\])U")


def app(builder: str = "html") -> Any:
    return SimpleNamespace(builder=SimpleNamespace(name=builder))


@pytest.fixture
def doctree(monkeypatch: pytest.MonkeyPatch) -> nodes.document:
    monkeypatch.setattr(layouts, "node_program", lambda: "node")
    document = cast(nodes.document, import_object("docutils.utils.new_document")(""))
    section = nodes.section()
    section += nodes.paragraph("", "", nodes.math("", r"\theta=Uv_c"), nodes.math("", "U"))
    quoted = nodes.container(classes=["cell"])
    quoted += nodes.math_block("", r"U(\hat y-y)")
    section += quoted
    document += section
    return document


def test_a_formula_gets_a_twin_and_a_name_does_not(doctree: nodes.document) -> None:
    layouts.add_twins(app(), doctree, "page")
    found = [(one.astext(), one["classes"]) for one in doctree.findall(nodes.math)]
    assert found == [
        (r"\theta=Uv_c", ["wg-in-rows"]), (r"\theta = U^\top v_c", ["wg-in-columns"]), ("U", []),
    ]  # fmt: skip
    assert [one["classes"] for one in doctree.findall(nodes.math_block)] == [[]]


def test_the_buttons_come_before_the_first_twin_once(doctree: nodes.document) -> None:
    layouts.add_twins(app(), doctree, "page")
    section = cast(nodes.section, doctree.children[0])
    assert isinstance(section.children[0], layouts.layout_switch)
    assert len(list(doctree.findall(layouts.layout_switch))) == 1


def test_other_builders_have_rows_only(doctree: nodes.document) -> None:
    layouts.add_twins(app(), doctree, "page")
    layouts.add_twins(app("singlehtml"), doctree, "page")
    assert [one.astext() for one in doctree.findall(nodes.math)] == [r"\theta=Uv_c", "U"]


def test_a_formula_that_cannot_be_rewritten_fails_the_build(doctree: nodes.document) -> None:
    cast(nodes.section, doctree.children[0]).append(nodes.math("", "U A"))
    with pytest.raises(ValueError, match="U A"):
        layouts.add_twins(app(), doctree, "page")


# ----------------------------------------------------------------------------- the built pages
def quoted(formula: Tag) -> bool:
    """Does the formula stand where someone's lines are shown, or layouts are compared?"""
    if formula.find_parent(class_=["wg-sheet", "wg-both-layouts"]):
        return True
    cell = formula.find_parent(class_="cell")
    return cell is not None and cell.find(class_="cell_input") is not None


def twin_of(part: Tag, css: str) -> Tag | None:
    other = part.find_next_sibling() if css == "wg-in-columns" else part.find_previous_sibling()
    return other if isinstance(other, Tag) and css in classes(other) else None


def classes(part: Tag) -> list[str]:
    return [str(name) for name in part.get("class") or []]


@pytest.mark.site
def test_every_formula_with_the_matrix_has_a_twin_or_is_free(soup: BeautifulSoup) -> None:
    other = {"wg-in-rows": "wg-in-columns", "wg-in-columns": "wg-in-rows"}
    for formula in soup.select("main mjx-container[data-tex]"):
        tex = str(formula["data-tex"])
        if not MATRIX.search(re.sub(r"\\operatorname\{[^}]*\}", "", tex)):
            continue
        if NAMES.fullmatch(tex) or quoted(formula):
            continue
        part = formula.find_parent(class_=list(other))
        assert part, f"{tex} has no twin"
        css = next(name for name in classes(part) if name in other)
        assert twin_of(part, other[css]), f"{tex}: the twin is missing"


@pytest.mark.site
def test_twins_come_in_pairs_and_differ(soup: BeautifulSoup) -> None:
    rows, columns = soup.select(".wg-in-rows"), soup.select(".wg-in-columns")
    assert len(rows) == len(columns)
    for part in rows:
        twin = twin_of(part, "wg-in-columns")
        assert twin
        assert str(part).replace("wg-in-rows", "wg-in-columns") != str(twin)
    if rows:
        assert soup.select("[data-wg-tool=columns]"), "the page has no buttons for the layout"
