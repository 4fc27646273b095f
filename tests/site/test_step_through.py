"""Twins, buttons and files of derivations: made from the proved objects, and only there."""

import json
import re
from types import SimpleNamespace
from typing import Any, cast

import pytest
from bs4 import BeautifulSoup
from docutils import nodes
from sphinx.util import import_object

import step_through
from built_site import SITE
from wordgrad.book.forms import by_class, forms


def derivation_node(name: str) -> nodes.container:
    """What MyST makes of the Markdown of `show_derivation`."""
    chosen = by_class(name)
    block = nodes.container(classes=["wg-derivation", name])
    for line in forms(chosen)["rows"].lines:
        reason = nodes.paragraph("", line.because, classes=["wg-because"])
        reason += nodes.inline("", "✓", classes=["wg-mark"])
        formula = nodes.math_block(line.plain, line.plain, classes=[], nowrap=False)
        block += nodes.container("", formula, reason, classes=["wg-step"])
    return block


def app(builder: str = "html") -> Any:
    target = SimpleNamespace(name=builder, get_target_uri=lambda page: f"{page}.html")
    return SimpleNamespace(builder=target, config=SimpleNamespace(code_key="k"))


@pytest.fixture
def doctree(monkeypatch: pytest.MonkeyPatch) -> nodes.document:
    monkeypatch.setattr(step_through, "node_program", lambda: "node")
    document = cast(nodes.document, import_object("docutils.utils.new_document")(""))
    document += derivation_node("wg-of-naive-vc")
    document += derivation_node("wg-of-sigmoid-complement")
    return document


def test_only_lines_with_the_matrix_get_a_twin(doctree: nodes.document) -> None:
    step_through.add_forms(app(), doctree, "folder/page")
    twins = [n for n in doctree.findall(nodes.math_block) if "wg-in-columns" in n["classes"]]
    assert [twin.astext() for twin in twins] == [r"= U (\hat{y} - y)"]
    originals = [n for n in doctree.findall(nodes.math_block) if "wg-in-rows" in n["classes"]]
    assert [one.astext() for one in originals] == [r"= U^\top(\hat y-y)"]
    reasons = [n for n in doctree.findall(nodes.paragraph) if "wg-in-columns" in n["classes"]]
    assert [one.astext() for one in reasons] == [
        "U has the columns u_w: times a vector, it weights and adds them ✓"
    ]
    turns = [node["turns"] for node in doctree.findall(step_through.step_tools)]
    assert turns == [True, False]
    uris = {node["uri"] for node in doctree.findall(step_through.step_tools)}
    assert uris == {"../_static/steps/folder/page.forms.js?v=k"}


def test_other_builders_get_nothing(doctree: nodes.document) -> None:
    before = doctree.pformat()
    step_through.add_forms(app("singlehtml"), doctree, "page")
    assert doctree.pformat() == before


def test_a_page_file_names_formulas_by_number() -> None:
    sheet, parts = step_through.page_sheet('class="wg-cell wg-ends-naive-u" class="wg-of-naive-vc"')
    assert set(parts) == {"wg-ends-naive-u", "wg-of-naive-vc"}
    numbers = list(sheet.formulas)
    lines = parts["wg-of-naive-vc"]["columns"]["lines"]
    wanted = forms(by_class("wg-of-naive-vc"))["columns"].lines
    for (marked, shaped, above, value), line in zip(lines, wanted, strict=True):
        assert numbers[marked] == (line.marked, True)
        assert numbers[shaped] == (line.shaped, True)
        assert [numbers[above], numbers[value]] == [(line.above, False), (line.value, False)]
    assert numbers[parts["wg-ends-naive-u"]["rows"]][0].endswith(
        r"\underbrace{v_c^\top}_{1\times d}"
    )


def test_buttons_say_what_they_are() -> None:
    writer = SimpleNamespace(body=[])
    node = step_through.step_tools("", label="a < b", steps=True, turns=True, uri="x.json?v=1")
    with pytest.raises(nodes.SkipNode):
        step_through.write_tools(cast(Any, writer), node)
    tools = BeautifulSoup(writer.body[0], "html.parser").div
    assert tools
    assert tools["aria-label"] == "a < b"
    names = [button["data-wg-tool"] for button in tools.find_all("button")]
    assert names == ["whole", "step", "back", "next", "shapes", "numbers", "rows", "columns"]
    assert all(button.get("aria-pressed") or button.get("aria-label")
               for button in tools.find_all("button"))  # fmt: skip


@pytest.mark.site
def test_every_derivation_on_a_page_has_its_forms_in_the_file(soup: BeautifulSoup) -> None:
    tools = soup.select(".wg-tools[data-wg-forms]")
    blocks = soup.select(".wg-derivation, .wg-gradients")
    assert len(tools) == len(blocks)
    if not tools:
        return
    path = str(tools[0]["data-wg-forms"]).partition("?")[0]
    data = json.loads((SITE / path).read_text(encoding="utf-8").removeprefix("window.wgForms="))
    names = {name for block in soup.select('[class*="wg-of-"], [class*="wg-ends-"]')
             for name in block["class"] if re.match("wg-(of|ends)-", name)}  # fmt: skip
    assert set(data["parts"]) == names
    count = len(data["formulas"])
    glyphs = {str(path["id"]) for path in soup.select(".wg-glyphs path[id]")}
    used = set(re.findall(r'href=\\"#([^"\\]+)', json.dumps(data["formulas"])))
    assert used <= glyphs | set(data["glyphs"])
    assert not glyphs & set(data["glyphs"])
    for part in data["parts"].values():
        for found in part.values():
            numbers = (
                [n for line in found["lines"] for n in line] if isinstance(found, dict) else [found]
            )
            assert all(0 <= number < count for number in numbers)
