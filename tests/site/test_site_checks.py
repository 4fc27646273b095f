"""Every check finds the fault that it is for, and is content with a page without it."""

from collections.abc import Callable
from pathlib import Path

import pytest
from bs4 import BeautifulSoup

import site_checks

Check = Callable[[BeautifulSoup], list[str]]

STEP = (
    '<div class="wg-step"><div class="math">\\[x\\]</div>'
    '<p class="wg-because">why <span class="wg-mark">✓</span></p></div>'
)
CASES = [
    (site_checks.raw_tex, r"<p>so \frac{1}{2}</p>", r'<p>so <span class="math">\(x\)</span></p>'),
    (site_checks.raw_tex, "<p>$$ x $$</p>", r"<p>the command <code>\frac</code></p>"),
    (site_checks.raw_tex, "<p>the vector $v_c$ of</p>", "<p>It costs $5 or $6.</p>"),
    (site_checks.raw_tex, r"<p>so \(x\)</p>", r"<!-- \(x\) -->"),
    (site_checks.raw_markdown, "<p>:::{note}</p>", "<pre>:::{note}</pre>"),
    (site_checks.raw_markdown, "<p>see {cite}`x`</p>", "<p>a set {c, o}</p>"),
    (site_checks.raw_markdown, "<p>[here](there.md)</p>", "<p>[here] (there)</p>"),
    (
        site_checks.trouble,
        "<pre>Traceback (most recent call last)</pre>",
        "<p>No warning at all.</p>",
    ),
    (site_checks.trouble, '<div class="output stderr">x</div>', '<div class="output">x</div>'),
    (
        site_checks.foreign_requests,
        '<script src="https://cdn.example/x.js"></script>',
        '<script src="_static/x.js"></script><a href="https://doi.org/">x</a>',
    ),
    (
        site_checks.foreign_requests,
        '<link rel="stylesheet" href="//cdn.example/x.css">',
        '<link rel="canonical" href="https://book.example/x.html">',
    ),
    (
        site_checks.foreign_requests,
        "<style>@import 'https://cdn.example/x.css';</style>",
        "<style>a {background: url(x.png)}</style>",
    ),
    (site_checks.images_without_words, '<img src="a.svg">', '<img src="a.svg" alt="A curve">'),
    (
        site_checks.images_without_words,
        '<img src="a.svg" alt="_images/a.svg">',
        '<img src="a.svg" alt="A curve">',
    ),
    (
        site_checks.repeated_images,
        '<img src="a.svg"><img src="a.svg">',
        '<img src="a.svg"><img src="b.svg">',
    ),
    (
        site_checks.skipped_headings,
        "<article><h1>a</h1><h3>b</h3></article>",
        "<article><h1>a</h1><h2>b</h2><h3>c</h3><h2>d</h2></article>",
    ),
    (site_checks.unproved_lines, STEP.replace("✓", "✗"), STEP),
    (site_checks.unproved_lines, STEP.replace("why ", ""), STEP),
    (site_checks.unproved_lines, STEP.replace('class="math"', ""), STEP),
]


@pytest.mark.parametrize(("check", "bad", "good"), CASES)
def test_check_tells_bad_from_good(check: Check, bad: str, good: str) -> None:
    assert check(BeautifulSoup(bad, "html.parser"))
    assert not check(BeautifulSoup(good, "html.parser"))


@pytest.mark.parametrize(
    "link",
    ["b.html", "#there", "sub/c.html#there", "sub/", "https://book.example/b.html", "/b.html"],
)
def test_good_links_pass(tmp_path: Path, link: str) -> None:
    _write_site(tmp_path, link)
    assert site_checks.broken_links(tmp_path, "https://book.example/") == []


@pytest.mark.parametrize(
    "link",
    ["d.html", "#nowhere", "sub/c.html#nowhere", "https://book.example/d.html", "/d.html"],
)
def test_bad_links_are_found(tmp_path: Path, link: str) -> None:
    _write_site(tmp_path, link)
    assert site_checks.broken_links(tmp_path, "https://book.example/") == [f"a.html: {link}"]


def test_other_hosts_are_not_followed(tmp_path: Path) -> None:
    _write_site(tmp_path, "https://elsewhere.example/nowhere.html")
    assert site_checks.broken_links(tmp_path, "https://book.example/") == []


def _write_site(folder: Path, link: str) -> None:
    (folder / "sub").mkdir()
    (folder / "a.html").write_text(f'<a href="{link}">x</a><p id="there">y</p>')
    (folder / "b.html").write_text("<p>b</p>")
    (folder / "sub" / "c.html").write_text('<p id="there">c</p>')
    (folder / "sub" / "index.html").write_text("<p>index</p>")
