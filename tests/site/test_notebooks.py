"""Chapters as plain notebooks: every directive and role has become Markdown."""

import re

import pytest

import notebooks
from built_site import SITE, page_names
from notebooks import nbformat, to_notebook
from plain_markdown import Book, Chapter

BOOK = Book({"a": "The first", "b": "The other"}, {"key": ("Ng", "2001")}, "https://x.example/")
RAW = re.compile(r"^:{3,}|^`{3,}\{|(?<![\w\\])\{[a-z:]+\}`|^\([\w-]+\)=$", re.MULTILINE)


@pytest.mark.parametrize(
    ("myst", "plain"),
    [
        ("see {doc}`b`", "see [The other](b.ipynb)"),
        ("see {doc}`it <b>`", "see [it](b.ipynb)"),
        ("by {cite:t}`key`", "by [Ng (2001)](https://x.example/references.html)"),
        ("so {cite:p}`key`", "so ([Ng, 2001](https://x.example/references.html))"),
        ("see [it](b.md#top)", "see [it](b.ipynb#top)"),
        ("the [word]{.wg-mark}", "the word"),
        (":::{note}\nx\n\ny\n:::", "> **Note**\n>\n> x\n>\n> y"),
        (":::{admonition} So\n:class: tip\nx\n:::", "> **So**\n>\n> x"),
        ("```{math}\nx\n```", "$$\nx\n$$"),
        ("```{math}\n:label: e\nx\n```\nby {eq}`e`", "$$\nx\\tag{2.1}\n$$\n\nby (2.1)"),
        ("::::{grid} 1\n:::{grid-item-card} T\nx\n:::\n::::", "**T**\n\nx"),
        ("term\n: what it is", "- term: what it is"),
        ("(here)=\ntext", '<a id="here"></a>\n\ntext'),
        ("`\\hat{g}` and `x`", "`\\hat{g}` and `x`"),
        ("```python\n:::{note}\n```", "```python\n:::{note}\n```"),
    ],
)
def test_myst_becomes_plain(myst: str, plain: str) -> None:
    assert Chapter(BOOK, "2").plain(myst) == plain


@pytest.mark.parametrize("myst", ["{unknown}`x`", ":::{unknown}\nx\n:::", ":::{note}\nx"])
def test_what_is_not_known_is_an_error(myst: str) -> None:
    with pytest.raises(ValueError, match=r"not known|not closed"):
        Chapter(BOOK).plain(myst)


def test_exercise_and_solution_share_their_number() -> None:
    text = "```{exercise-start} T\n:label: e\n```\nx\n```{exercise-end}\n```\n"
    solved = text + "```{solution-start} e\n:class: dropdown\n```\ny\n```{solution-end}\n```"
    done = Chapter(BOOK, "2").plain(solved)
    assert "**Exercise 2.1: T**" in done
    assert "**Solution of Exercise 2.1**" in done


def test_notebook_says_where_it_is_from_and_installs_the_package() -> None:
    source = "# The first\n\n```{code-cell} ipython3\n:tags: [remove-input]\n\n1 + 1\n```\n"
    book = to_notebook("a", source, Chapter(BOOK), "https://x.example/w.whl")
    nbformat.validate(book)
    about, install, title, code = book.cells
    assert "https://x.example/a.html" in about.source
    assert "%pip install --quiet https://x.example/w.whl" in install.source
    assert title.source == "# The first"
    assert (code.source, code.outputs) == ("1 + 1", [])
    assert code.metadata["jupyter"]["source_hidden"]


@pytest.mark.parametrize(
    ("given", "place"),
    [("", None), ("a/b", ("a/b", "gh-pages")), ("a/b/site/v1", ("a/b", "site/v1"))],
)
def test_place_of_the_notebooks(
    given: str, place: tuple[str, str] | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BOOK_NOTEBOOKS", given)
    assert notebooks.kept_at() == place


def test_wrong_place_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BOOK_NOTEBOOKS", "b")
    with pytest.raises(ValueError, match="owner/name"):
        notebooks.kept_at()


@pytest.mark.site
def test_every_chapter_has_a_plain_notebook() -> None:
    for name in page_names():
        book = nbformat.read(str(SITE / notebooks.FOLDER / f"{name}.ipynb"), as_version=4)
        nbformat.validate(book)
        for cell in book.cells:
            if cell.cell_type == "markdown":
                code_free = re.sub(r"^```\w*$.*?^```$", "", cell.source, flags=re.M | re.S)
                assert not RAW.search(code_free), cell.source
            else:
                assert cell.outputs == []
