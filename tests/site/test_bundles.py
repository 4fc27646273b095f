"""One style sheet and one script a page, in the order of their parts."""

from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pydata_sphinx_theme
import pytest
from bs4 import BeautifulSoup

from bundles import MEASURING, Bundles, bundle_page, bundle_site

PAGE = """<html><head>
<link rel="stylesheet" href="../_static/styles/theme.css?v=1" />
<link href="../_static/own.css" rel="stylesheet" />
<link rel="preload" as="script" href="../_static/scripts/theme.js" />
<script data-cfasync="false">early()</script>
<script src="../_static/first.js?v=2"></script>
<script>let second = 2;</script>
<script>DOCUMENTATION_OPTIONS.pagename = 'a';</script>
<script type="module" src="../_static/live/cells.js"></script>
<script src="../_static/searchtools.js"></script>
<script src="../searchindex.js"></script>
</head><body><p>x</p>
<script defer src="../_static/scripts/theme.js?digest=3"></script>
</body></html>"""


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A site with the parts that the page asks for."""
    files = {
        "styles/theme.css": '@import "../basic.css";\np{background:url("../a.png")}',
        "basic.css": "p{top:0} i{top:0}",
        "own.css": "p{top:1px}",
        "first.js": "first();",
        "scripts/theme.js": 'console.log("loaded"); theme();\n//# sourceMappingURL=theme.js.map',
    }
    for name, text in files.items():
        (tmp_path / "_static" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "_static" / name).write_text(text)
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub" / "a.html").write_text(PAGE)
    return tmp_path


def finish(site: Path) -> BeautifulSoup:
    app = SimpleNamespace(builder=SimpleNamespace(format="html"), outdir=site)
    bundle_site(cast(Any, app), None)
    return BeautifulSoup((site / "sub" / "a.html").read_text(), "html.parser")


def content(site: Path, address: object) -> str:
    return (site / "sub" / str(address)).read_text()


def test_style_sheets_become_one_in_their_order(site: Path) -> None:
    (link,) = finish(site).select("link")
    assert content(site, link["href"]) == (
        '@charset "utf-8";p{top:0}p{background:url("../a.png")}p{top:1px}'
    )


def test_scripts_become_one_and_say_nothing(site: Path) -> None:
    soup = finish(site)
    early, module, bundle = soup.select("script")
    assert early.get_text() == "early()"
    assert module["src"] == "../_static/live/cells.js"
    assert bundle.has_attr("defer")
    code = content(site, bundle["src"])
    wanted = ["first();", "let second = 2;", 'void ("loaded"); theme();']
    assert [code.index(part) for part in wanted] == sorted(code.index(part) for part in wanted)
    assert "pagename" not in code
    assert "sourceMappingURL" not in code


def test_search_page_keeps_the_index(site: Path) -> None:
    page = site / "sub" / "a.html"
    page.write_text(PAGE.replace("<p>x</p>", '<div id="search-results"></div>'))
    sources = [str(script["src"]) for script in finish(site).select("script[defer]")]
    assert sources[1:] == ["../_static/searchtools.js", "../searchindex.js"]


def test_change_of_a_part_reaches_pages_bundled_before(site: Path) -> None:
    before = finish(site).select("link")[0]["href"]
    (site / "_static" / "own.css").write_text("p{top:2px}")
    after = finish(site).select("link")[0]["href"]
    assert after != before
    assert content(site, after).endswith("p{top:2px}")
    assert not (site / "sub" / str(before)).exists()


def test_bundling_twice_changes_nothing(site: Path) -> None:
    bundles = Bundles(site / "_static", {"p"})
    once = bundle_page(PAGE, bundles)
    assert bundle_page(once, bundles) == once


def test_theme_still_measures_as_the_bundle_expects() -> None:
    theme = Path(pydata_sphinx_theme.__file__).parent
    (script,) = theme.rglob("static/scripts/pydata-sphinx-theme.js")
    assert MEASURING in script.read_text(encoding="utf-8")
