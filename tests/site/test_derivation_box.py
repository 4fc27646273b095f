"""Derivation boxes in the pages: one after each derivation, and a plain sentence in each."""

import json
import re

import pytest
from bs4 import BeautifulSoup

from built_site import ROOT, SITE
from derivation_box import EXAMPLES, HOME, box_html, make_files, targets_by_class
from wordgrad.book.derivations import css_class
from wordgrad.checker import Report, check_derivation
from wordgrad.checker.box import CHAPTERS
from wordgrad.derivations import ALL

HEADING = re.compile(r"^# (.+)$", re.MULTILINE)
SHOWN = re.compile(r'show_derivation\("(\w+)"\)')


def checked(place: int) -> Report:
    example = EXAMPLES[place]
    return check_derivation(list(example["lines"]), str(example["target"]))


def test_examples_are_what_their_buttons_say() -> None:
    assert [example["name"] for example in EXAMPLES] == ["Right", "Wrong", "Right by luck"]
    right, wrong, lucky = map(checked, range(3))
    assert right.holds
    assert wrong.first_wrong == 2
    assert wrong.lines[2].slip
    assert lucky.first_wrong == 0
    assert lucky.lines[-1].holds


def test_derivations_are_known_by_the_class_that_the_pages_have() -> None:
    assert targets_by_class() == {css_class(name): name for name in ALL}


def test_a_box_says_how_to_do_without_it() -> None:
    home = BeautifulSoup(box_html(), "html.parser")
    assert "wordgrad check notes.tex" in home.get_text()
    assert home.details is None
    folded = BeautifulSoup(box_html("naive_vc"), "html.parser")
    assert "wordgrad check --target naive_vc notes.tex" in folded.get_text()
    assert folded.details is not None
    assert not folded.details.has_attr("open")


def test_menus_come_with_the_scripts() -> None:
    files = make_files()
    assert {"boot.js", "box.js", "box.css", "choices.json"} <= set(files)
    assert len(json.loads(files["choices.json"])["targets"]) == len(ALL)


def test_targets_are_grouped_by_the_headings_of_the_chapters() -> None:
    pages = sorted((ROOT / "book").glob("*.md"))
    heading = {page.stem: HEADING.search(page.read_text(encoding="utf-8")) for page in pages}
    titles = {found[1] for found in heading.values() if found}
    assert {title.partition(":")[0] for title in CHAPTERS} <= titles
    for page in pages:
        found = heading[page.stem]
        own = [ch for title, ch in CHAPTERS.items() if found and title.startswith(found[1])]
        here = {one.id for chapter in own for one in chapter.DERIVATIONS}
        shown = SHOWN.findall(page.read_text(encoding="utf-8"))
        assert not own or set(shown) <= here


@pytest.mark.site
def test_every_derivation_is_followed_by_its_box(name: str, soup: BeautifulSoup) -> None:
    known = targets_by_class()
    shown = [
        known[css] for one in soup.select(".wg-derivation") for css in one["class"] if css in known
    ]
    boxes = [box.get("data-target") for box in soup.select("details.wg-your-turn > .wg-box")]
    assert boxes == shown
    if boxes or name == HOME:
        assert soup.select_one("script#wg-boxes")
        assert soup.select_one("script[src*='/box/']")


@pytest.mark.site
def test_the_page_of_the_checker_has_an_open_box() -> None:
    soup = BeautifulSoup((SITE / f"{HOME}.html").read_text(encoding="utf-8"), "html.parser")
    assert len(soup.select(".wg-box:not(details *)")) == 1
