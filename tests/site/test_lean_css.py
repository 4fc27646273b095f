"""Style sheets lose the rules that no page can use, and nothing else."""

import pytest

from lean_css import lean, words_of

WORDS = {"p", "note", "main", "data-theme", "show"}


@pytest.mark.parametrize(
    "css",
    [
        "p{top:0}",
        "*{top:0}",
        ":root{top:0}",
        "p.note::after{top:0}",
        "P.note:hover{top:0}",
        "#main > .note{top:0}",
        "[data-theme=dark] p{top:0}",
        "p:not(.absent){top:0}",
        ":is(.absent, .note){top:0}",
        "@media print{p{top:0}}",
        "@supports (top: 0){@media print{p{top:0}}}",
        "@keyframes absent{from{top:0}to{top:1px}}",
        '@font-face{src:url("a.woff")}',
        r".w\:50{top:0}",
        'p{content:"; /* no */  }"}',
    ],
)
def test_usable_rule_is_kept(css: str) -> None:
    assert lean(css, WORDS) == css


@pytest.mark.parametrize(
    "css",
    [
        "video{top:0}",
        "p .absent{top:0}",
        "p.note.absent{top:0}",
        "#absent{top:0}",
        "[data-absent]{top:0}",
        "@media print{.absent{top:0}}",
        "p{}",
        "/* p{top:0} */",
    ],
)
def test_useless_rule_is_dropped(css: str) -> None:
    assert lean(css, WORDS) == ""


def test_one_of_several_selectors_is_dropped() -> None:
    assert lean(".absent, p , video > p{top:0}", WORDS) == "p{top:0}"


def test_unreadable_style_sheet_is_reported() -> None:
    with pytest.raises(ValueError, match="cannot be read"):
        lean("p{top:0} }", WORDS)


def test_words_are_found_in_pages_and_scripts() -> None:
    page, script = '<p class="note wide-2">', 'box.classList.add("show")'
    assert {"p", "note", "wide-2", "show"} <= words_of([page, script])
