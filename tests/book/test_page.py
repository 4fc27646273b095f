"""Blocks as Markdown and as HTML."""

import pytest

from wordgrad.book.page import Formula, Grid, Group, Text, page


def test_a_notebook_gets_both_forms() -> None:
    shown = page(Text("so $x>0$", "wg-because", "✓"), Formula("a<b"))
    assert shown.markdown == "{.wg-because}\n\nso $x>0$ [✓]{.wg-mark}\n\n$$\na<b\n$$\n"
    assert shown.html == (
        '<p class="wg-because">so \\(x&gt;0\\) <span class="wg-mark">✓</span></p>\n'
        '<div class="math">\\[a&lt;b\\]</div>'
    )
    bundle = shown._repr_mimebundle_()
    assert bundle["text/markdown"] == bundle["text/plain"] == shown.markdown
    assert bundle["text/html"] == shown.html


def test_an_outer_fence_is_longer_than_the_fences_within() -> None:
    inner = Group("wg-step", (Text("one"),))
    lines = page(Group("wg-derivation", (inner, Group("a b", (inner,))))).markdown.splitlines()
    fences = [line for line in lines if line.startswith(":")]
    assert [line.split(" ", 1) for line in fences] == [
        ["::::::{div}", "wg-derivation"],
        ["::::{div}", "wg-step"],
        ["::::"],
        [":::::{div}", "a b"],
        ["::::{div}", "wg-step"],
        ["::::"],
        [":::::"],
        ["::::::"],
    ]


def test_a_grid_has_a_row_of_dashes() -> None:
    shown = page(Grid(("by", "loss"), (("**v** `(d,)`", "[so]{.wg-tag} $a<b$"),)))
    assert shown.markdown.splitlines() == [
        "| by | loss |",
        "| --- | --- |",
        "| **v** `(d,)` | [so]{.wg-tag} $a<b$ |",
    ]
    assert shown.html == (
        '<table class="table"><tr><th>by</th><th>loss</th></tr>'
        "<tr><td><b>v</b> <code>(d,)</code></td>"
        '<td><span class="wg-tag">so</span> \\(a&lt;b\\)</td></tr></table>'
    )


@pytest.mark.parametrize(
    ("row", "message"), [(("a", "P(w|c)"), "bar"), (("a",), "1 cells; the head has 2")]
)
def test_a_row_that_would_break_the_grid_is_refused(row: tuple[str, ...], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        Grid(("one", "two"), (row,))
