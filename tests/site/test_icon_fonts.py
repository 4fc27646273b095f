"""Icon fonts are cut down to the icons of a style sheet."""

import re
from pathlib import Path

import pydata_sphinx_theme
import pytest
from fontTools.ttLib import TTFont

from icon_fonts import cut, shrink_icons

FACE = (
    "@font-face{font-family:Icons;src:url(../fa-solid-900.woff2) format('woff2'),"
    "url(../fa-solid-900.ttf) format('truetype');font-weight:900}"
)


@pytest.fixture
def styles(tmp_path: Path) -> Path:
    """A folder for style sheets, below the theme's font."""

    theme = Path(pydata_sphinx_theme.__file__).parent
    (font,) = theme.rglob("fa-solid-900.ttf")
    (tmp_path / "fa-solid-900.ttf").write_bytes(font.read_bytes())
    (tmp_path / "styles").mkdir()
    return tmp_path / "styles"


@pytest.mark.parametrize("icon", [r"\f00e", "\uf00e"])
def test_font_keeps_the_icon_that_is_named(styles: Path, icon: str) -> None:
    css = shrink_icons(f"{FACE}.a{{content:'{icon}'}}", styles)
    found = re.search(r'src:url\((\S+\.woff)\) format\("woff"\)', css)
    assert found
    assert "font-weight:900" in css
    assert set(TTFont(styles / found[1]).getBestCmap()) == {0xF00E}
    assert (styles / found[1]).stat().st_size < 2000


def test_font_without_any_icon_goes(styles: Path) -> None:
    assert shrink_icons(f"{FACE}p{{top:0}}", styles) == "p{top:0}"


def test_other_fonts_are_left_alone(styles: Path) -> None:
    css = "@font-face{font-family:Text;src:url(text.woff)}"
    assert shrink_icons(css, styles) == css


def test_same_icons_give_the_same_file(styles: Path) -> None:
    font = styles.parent / "fa-solid-900.ttf"
    assert cut(font, {0xF00E}) == cut(font, {0xF00E})
