"""A small site with the book's theme and live cells, for tests of what the buttons do."""

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
sys.path.insert(0, str(ROOT / "book" / "_ext"))

project = "Live cells"
extensions = ["myst_nb", "live_cells", "self_hosted_mathjax"]
html_theme = "sphinx_book_theme"
html_static_path = [str(ROOT / "book" / "_static")]
html_css_files = ["wordgrad.css"]
myst_enable_extensions = ["dollarmath"]
nb_execution_mode = "force"
nb_execution_raise_on_error = True
nb_mime_priority_overrides = [["html", "text/markdown", 0]]
