"""Each fault of the theme's HTML is mended, and nothing else is touched."""

from pathlib import Path

import pytest

from theme_html import mend, mend_search

CASES = [
    ('<meta name="viewport" a><meta name="viewport" b>', '<meta name="viewport" b>'),
    ("<p>a<!-- note --></p>", "<p>a</p>"),
    ('<a onclick="window.print()">x</a>', '<a data-wg-do="print">x</a>'),
    ("<button>x</button>", '<button type="button">x</button>'),
    ('<button type="submit">x</button>', '<button type="submit">x</button>'),
    (
        '<button title="Full screen"><i></i></button>',
        '<button type="button" title="Full screen" aria-label="Full screen"><i></i></button>',
    ),
    (
        '<button class="search-button-field" title="Find" aria-label="Find">Find Ctrl+K</button>',
        '<button type="button" class="search-button-field">Find Ctrl+K</button>',
    ),
    ('<main id="m" role="main">', '<main id="m">'),
    (
        '<div id="pst-primary-sidebar">',
        '<div role="complementary" aria-label="The book" id="pst-primary-sidebar">',
    ),
    ('<section id="exercise-content">', "<section>"),
    ('<div role="doc-biblioentry">', '<div role="listitem">'),
    (
        '<summary aria-label="Toggle hidden content">\n<p class="a">Show</p>\n<p>Hide</p>'
        "</summary>",
        '<summary><span class="a">Show</span><span>Hide</span></summary>',
    ),
    (
        "<title>3. Softmax and cross-entropy &#8212; Word2vec by Hand, Checked by Machine</title>",
        "<title>3. Softmax and cross-entropy &#8212; Word2vec by Hand</title>",
    ),
    (
        '<pre><span class="n">x</span> <span class="o">=</span></pre>',
        '<pre>x <span class="o">=</span></pre>',
    ),
    ('<script defer="defer" src="a.js">', '<script defer src="a.js">'),
    (
        '<script>root.dataset.theme = localStorage.getItem("theme") || "auto";</script>',
        '<script>root.dataset.theme = {light: "light", dark: "dark"}'
        "[document.documentElement.dataset.mode] ||"
        ' (matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light");</script>',
    ),
    ("<p>a  \n\n\n  b<br /></p>", "<p>a\n  b<br></p>"),
]


@pytest.mark.parametrize(("fault", "repair"), CASES)
def test_fault_is_mended(fault: str, repair: str) -> None:
    assert mend(fault) == repair


@pytest.mark.parametrize(("fault", "repair"), CASES)
def test_mended_page_is_left_alone(fault: str, repair: str) -> None:
    assert mend(repair) == repair


@pytest.mark.parametrize("element", ["pre", "script", "textarea"])
def test_white_space_that_counts_stays(element: str) -> None:
    text = f"<{element}>a  \n\n\nb</{element}>"
    assert mend(text) == text


def test_search_form_can_be_sent_and_is_mended_once() -> None:
    form = '<form class="bd-search" action="s.html">\n<input type="search">\n</form>'
    mended = mend(form)
    assert '<button type="submit"' in mended
    assert mend(mended) == mended


def test_search_finds_the_text_of_a_page(tmp_path: Path) -> None:
    (tmp_path / "_static").mkdir()
    script = tmp_path / "_static" / "searchtools.js"
    script.write_text("""one(`[role="main"] ${anchor}`); other('[role="main"]');""")
    mend_search(tmp_path)
    assert script.read_text() == "one(`main ${anchor}`); other('main');"
