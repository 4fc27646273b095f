"""The built book as the tests see it: its folder and its pages."""

import os
from functools import cache
from pathlib import Path

from bs4 import BeautifulSoup

ROOT = Path(__file__).resolve().parents[2]
SITE = Path(os.environ.get("BOOK_SITE") or ROOT / "_build" / "html")
# Pages that Sphinx makes by itself, without a chapter behind them.
GENERATED = {"404", "genindex", "search", "prf-prf"}


def page_names() -> list[str]:
    """Return the names of the pages with a chapter behind them, or nothing if none is built."""
    names = (path.relative_to(SITE).with_suffix("").as_posix() for path in SITE.rglob("*.html"))
    return sorted(name for name in names if name not in GENERATED and not name.startswith("_"))


def every_page() -> list[str]:
    """Return the names of all pages a reader may come to, those without a chapter included."""
    others = sorted(name for name in GENERATED if (SITE / f"{name}.html").is_file())
    return [*page_names(), *others]


@cache
def page(name: str) -> BeautifulSoup:
    """Return the parsed page ``name``; read only, all tests share it."""
    return BeautifulSoup((SITE / f"{name}.html").read_text(encoding="utf-8"), "html.parser")
