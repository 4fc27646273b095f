"""What a notebook displays, put together once and written as MyST Markdown and as HTML."""

import html
import re
from dataclasses import dataclass
from typing import Any, TypeAlias

__all__ = ["Block", "Code", "Formula", "Grid", "Group", "Page", "Text", "page"]

Block: TypeAlias = "Formula | Code | Text | Grid | Group"


@dataclass(frozen=True)
class Page:
    """Something a notebook displays: as MyST Markdown in the book, as HTML in Jupyter."""

    markdown: str
    html: str

    def _repr_mimebundle_(self, **_: Any) -> dict[str, str]:
        return {"text/markdown": self.markdown, "text/html": self.html, "text/plain": self.markdown}


@dataclass(frozen=True)
class Formula:
    """A formula on a line of its own, as LaTeX."""

    latex: str

    def markdown(self) -> str:
        return f"$$\n{self.latex}\n$$"

    def html(self) -> str:
        return rf'<div class="math">\[{html.escape(self.latex)}\]</div>'


@dataclass(frozen=True)
class Code:
    """Text as it was typed, in lines."""

    text: str

    def markdown(self) -> str:
        fence = "`" * (1 + max(2, *map(len, re.findall("`+", self.text)), 0))
        return f"{fence}text\n{self.text}\n{fence}"

    def html(self) -> str:
        return f"<pre><code>{html.escape(self.text)}</code></pre>"


@dataclass(frozen=True)
class Text:
    """A paragraph.

    Parameters
    ----------
    words : str
        Inline Markdown: `$...$`, backticks, double stars.
    css : str
        Its class in the book.
    mark : str
        A sign at its end, such as ✓.
    """

    words: str
    css: str = ""
    mark: str = ""

    def markdown(self) -> str:
        mark = f" [{self.mark}]{{.wg-mark}}" if self.mark else ""
        return (f"{{.{self.css}}}\n\n" if self.css else "") + self.words + mark

    def html(self) -> str:
        css = f' class="{self.css}"' if self.css else ""
        mark = f' <span class="wg-mark">{self.mark}</span>' if self.mark else ""
        return f"<p{css}>{inline_html(self.words)}{mark}</p>"


@dataclass(frozen=True)
class Grid:
    """A table of inline Markdown.

    Raises
    ------
    ValueError
        If a row has too many or too few cells, or a cell has a vertical bar, which ends a cell.
    """

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]

    def __post_init__(self) -> None:
        for row in (self.head, *self.rows):
            if len(row) != len(self.head):
                raise ValueError(f"{row} has {len(row)} cells; the head has {len(self.head)}")
            for cell in row:
                if "|" in cell:
                    raise ValueError(f"{cell!r} has a bar, which ends a cell; write \\mid")

    def markdown(self) -> str:
        rows = (self.head, ("---",) * len(self.head), *self.rows)
        return "\n".join(f"| {' | '.join(row)} |" for row in rows)

    def html(self) -> str:
        lines = [_html_row("th", self.head), *(_html_row("td", row) for row in self.rows)]
        return f'<table class="table">{"".join(lines)}</table>'


@dataclass(frozen=True)
class Group:
    """Blocks that belong together.

    Parameters
    ----------
    css : str
        Classes of the group in the book, separated by spaces.
    parts : tuple of blocks
    """

    css: str
    parts: tuple[Block, ...]

    @property
    def height(self) -> int:
        """How many groups stand inside each other here; the outer fence must be the longer one."""
        return 1 + max((part.height for part in self.parts if isinstance(part, Group)), default=0)

    def markdown(self) -> str:
        fence = ":" * (3 + self.height)
        inner = (part.markdown() for part in self.parts)
        return "\n\n".join([f"{fence}{{div}} {self.css}", *inner, fence])

    def html(self) -> str:
        return f'<div class="{self.css}">{"".join(part.html() for part in self.parts)}</div>'


def page(*blocks: Block) -> Page:
    """The blocks one below the other.

    Examples
    --------
    >>> shown = page(Text("since $x>0$", mark="✓"))
    >>> shown.html
    '<p>since \\\\(x&gt;0\\\\) <span class="wg-mark">✓</span></p>'
    """
    return Page(
        "\n\n".join(block.markdown() for block in blocks) + "\n",
        "\n".join(block.html() for block in blocks),
    )


def inline_html(words: str) -> str:
    """Inline Markdown as HTML, with mathematics in the form that HTML pages typeset.

    Examples
    --------
    >>> inline_html("**so** [it]{.wg-tag} is `a<b`")
    '<b>so</b> <span class="wg-tag">it</span> is <code>a&lt;b</code>'
    """
    text = html.escape(words, quote=False)
    text = re.sub(r"\[([^]]+)\]\{\.([\w-]+)\}", r'<span class="\2">\1</span>', text)
    text = re.sub(r"`([^`]+)`", r"<code>\1</code>", text)
    text = re.sub(r"\*\*([^*]+)\*\*", r"<b>\1</b>", text)
    return re.sub(r"\$([^$]+)\$", r"\\(\1\\)", text)


def _html_row(tag: str, cells: tuple[str, ...]) -> str:
    return "<tr>" + "".join(f"<{tag}>{inline_html(cell)}</{tag}>" for cell in cells) + "</tr>"
