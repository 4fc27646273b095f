"""A small site with the book's theme, derivation boxes and live cells, for tests of the boxes."""

import sys
from pathlib import Path

import yaml

ROOT = Path(__file__).resolve().parents[3]
sys.path.insert(0, str(ROOT / "book" / "_ext"))
_book = yaml.safe_load((ROOT / "_config.yml").read_text(encoding="utf-8"))

project = "Derivation boxes"
language = "en"
extensions = [
    "myst_nb",
    "sphinx_design",
    "live_cells",
    "self_hosted_mathjax",
    "derivation_box",
    "theme_html",
    "security",
]
html_theme = "sphinx_book_theme"
html_static_path = [str(ROOT / "book" / "_static")]
html_css_files = ["wordgrad.css"]
html_context = {"default_mode": "auto"}
mathjax3_config = _book["sphinx"]["config"]["mathjax3_config"]
myst_enable_extensions = ["attrs_block", "attrs_inline", "colon_fence", "dollarmath"]
nb_render_markdown_format = "myst"
nb_execution_mode = "force"
nb_execution_raise_on_error = True
nb_mime_priority_overrides = [["html", "text/markdown", 0]]
