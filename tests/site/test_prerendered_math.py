"""Formulas of finished pages: found, typeset with words and TeX, or left alone with a reason."""

import re
import shutil
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest
from bs4 import BeautifulSoup
from sphinx.errors import ExtensionError

import prerendered_math as math

INLINE = r'<span class="math notranslate nohighlight">\(a &lt; \R\)</span>'
NUMBERED = (
    '<div class="math notranslate nohighlight" id="equation-e">\n'
    '<span class="eqno">(3.1)<a class="headerlink" href="#equation-e">#</a></span>'
    "\\[\\frac{a}{b}\\]</div>"
)
BARE = (
    '<div class="amsmath math notranslate nohighlight">\n\\begin{align}a&amp;=b\\end{align}</div>'
)
SETTINGS = {"tex": {"macros": {"R": r"\mathbb{R}"}}, "chtml": {"scale": 1.08}}
NODE = math.node_program()


@pytest.fixture
def node() -> str:
    if NODE is None:
        pytest.skip("no Node, or its packages are not installed: `make setup` with npm on the PATH")
    return NODE


@pytest.fixture
def app(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    """A finished build with nothing in it, as far as the extension looks."""
    monkeypatch.setattr(math, "CACHE", tmp_path / "cache")
    (tmp_path / "site").mkdir()
    return SimpleNamespace(
        builder=SimpleNamespace(format="html"),
        outdir=tmp_path / "site",
        config=SimpleNamespace(mathjax3_config=SETTINGS),
    )


@pytest.mark.parametrize(
    ("html", "formula"),
    [
        (INLINE, (r"a < \R", False)),
        (NUMBERED, (r"\frac{a}{b}", True)),
        (BARE, (r"\begin{align}a&=b\end{align}", True)),
    ],
)
def test_formula_is_found(html: str, formula: math.Formula) -> None:
    (match,) = math.FORMULA.finditer(f"<p>before</p>{html}<p>after</p>")
    assert match[0] == html
    assert math.read_formula(match) == formula


@pytest.mark.parametrize("html", [r"<code>\(x\)</code>", '<span class="mathematics">x</span>'])
def test_what_is_no_formula_is_left_alone(html: str) -> None:
    assert math.FORMULA.search(html) is None


def test_page_is_typeset(node: str, app: Any) -> None:
    page = app.outdir / "a.html"
    page.write_text(
        '<script>window.MathJax = {}</script><script src="_static/mathjax/tex-chtml.js"></script>'
        f"<body>{INLINE}{NUMBERED}{BARE}</body>"
    )
    math.typeset_site(cast(Any, app), None)
    soup = BeautifulSoup(page.read_text(), "html.parser")
    assert not soup.find_all("script")
    inline, numbered, bare = soup.select(".math > mjx-container")
    assert inline["data-tex"] == r"a < \R"
    assert [box.get("display") for box in (inline, numbered, bare)] == [None, "true", "true"]
    assert soup.select_one("#equation-e > .eqno") is not None
    drawing = numbered.select_one("svg[role=img]")
    assert drawing is not None
    assert drawing["aria-label"] == "a over b"
    assert str(drawing["width"]).endswith("em")
    drawn = {str(use["href"]) for use in soup.select("mjx-container use")}
    assert drawn
    assert {f"#{path['id']}" for path in soup.select(".wg-glyphs path")} == drawn


def test_size_follows_the_setting(node: str) -> None:
    widths = []
    for scale in (1, 2):
        answer = math.typeset(node, [("x", False)], {"chtml": {"scale": scale}})
        found = re.search(r'width="([\d.]+)em"', answer["formulas"][0]["svg"])
        assert found
        widths.append(float(found[1]))
    # In TeX's italic, x is 0.572 em wide.
    assert widths == pytest.approx([0.572, 1.144], abs=2e-3)


def test_transpose_is_said_as_such(node: str) -> None:
    (formula,) = math.typeset(node, [(r"u_o^\top v_c", False)], {})["formulas"]
    assert formula["speech"] == "u sub o transpose v sub c"


def test_wrong_tex_stops_the_build(node: str, app: Any) -> None:
    (app.outdir / "a.html").write_text(r'<body><span class="math">\(\nonsense\)</span></body>')
    with pytest.raises(ExtensionError, match=r"Undefined control sequence \\nonsense"):
        math.typeset_site(cast(Any, app), None)


def test_answers_are_kept_for_the_next_build(
    node: str, app: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = math.look_up(node, [("x", False)], app)
    asked: list[object] = []
    monkeypatch.setattr(math, "typeset", lambda node, formulas, settings: asked.append(formulas))
    assert math.look_up(node, [("x", False)], app) == first
    assert asked == []


def test_without_node_the_page_keeps_its_tex(app: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(math, "node_program", lambda: None)
    said: list[str] = []
    monkeypatch.setattr(math, "logger", SimpleNamespace(info=said.append))
    page = app.outdir / "a.html"
    page.write_text(f"<body>{INLINE}</body>")
    math.typeset_site(cast(Any, app), None)
    assert page.read_text() == f"<body>{INLINE}</body>"
    assert "reader's browser" in said[0]


def test_node_without_its_packages_does_not_count(tmp_path: Path) -> None:
    assert math.node_program(tmp_path) is None


def test_node_with_its_packages_counts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for package in math.PACKAGES:
        (tmp_path / "node_modules" / package).mkdir(parents=True)
    monkeypatch.setattr(shutil, "which", lambda name: f"/bin/{name}")
    assert math.node_program(tmp_path) == "/bin/node"


def test_a_sign_stays_with_the_short_formula_before_it() -> None:
    def page(em: str, sign: str) -> str:
        return (
            '<span class="math notranslate nohighlight"><mjx-container jax="SVG">'
            f'<svg width="{em}em"></svg></mjx-container></span>{sign} and'
        )

    def glued(text: str) -> str:
        return math.BEFORE_SIGN.sub(math.glue, text)

    assert glued(page("2.5", ",")) == f'<span class="wg-glue">{page("2.5", ",")[:-4]}</span> and'
    assert glued(page("2.5", "")) == page("2.5", "")
    assert glued(page("25", ",")) == page("25", ",")
    both = page("2.5", "") + page("3", ";")
    assert glued(both).count("wg-glue") == 1
