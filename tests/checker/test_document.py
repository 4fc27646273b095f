"""Formulas are found in documents and split where their lines end."""

import pytest

from wordgrad.checker.document import left_out, passages, split_lines

TEX = r"""
\section{Gradient} We compute, 100\% by hand, % \[ not this \]
\begin{align*}
\frac{\partial J}{\partial v_c} &= -u_o + \sum_w \hat y_w u_w \label{a} \\[2pt]
  &= U^\top(\hat y - y).
\end{align*}
and \[ \frac{\partial J}{\partial u_w} = \begin{cases} a & w = o\\ b & w\neq o\end{cases} \]
so
\begin{equation} = c, \end{equation}
"""


def test_tex_displays_are_found_in_order_with_their_lines() -> None:
    first, second = passages(TEX, "tex")
    assert first.lines == (
        r"\frac{\partial J}{\partial v_c}  = -u_o + \sum_w \hat y_w u_w",
        r"= U^\top(\hat y - y)",
    )
    assert first.first == 3
    assert r"\begin{cases} a & w = o\\ b & w\neq o\end{cases}" in second.lines[0]
    assert second.lines[1] == "= c"


def test_markdown_dollars_and_fences() -> None:
    text = "Text $x$.\n\n$$\na = b\n$$\n\n```math\nc = d \\\\\ne = f\n```\n"
    assert [p.lines for p in passages(text, "md")] == [("a = b",), ("c = d", "e = f")]


def test_plain_text_skips_prose_and_splits_at_blank_lines() -> None:
    first = "Here is my solution for you.\nsigma'(x) = a\n= b\n\n"
    text = first + "Now the second part, then:\n\\theta = U v_c\n"
    assert [p.lines for p in passages(text)] == [("sigma'(x) = a", "= b"), (r"\theta = U v_c",)]
    assert [p.first for p in passages(text)] == [2, 6]


def test_line_ends_inside_braces_do_not_split() -> None:
    body = r"\sum_{\substack{-m\le j\le m\\ j\ne 0}} a \\ b"
    assert list(split_lines(body)) == [r"\sum_{\substack{-m\le j\le m\\ j\ne 0}} a", "b"]


def test_nothing_to_check_gives_nothing() -> None:
    assert passages("Only prose here.\n") == ()
    assert passages(r"\section{A}", "tex") == ()


@pytest.mark.parametrize(
    ("text", "kind", "count"),
    [
        ("$$a = b$$", "md", 0),
        ("dJ/dx = 2\n\n$$a = b$$", "md", 1),
        ("We have $c = d$ and $n$.\n$$a = b$$", "md", 1),
        (r"We have \(c = d\), $e=f$. \[a = b\] % $g = h$", "tex", 2),
        ("$c = d$ alone, without a display", "md", 0),
        ("$$a = b$$ and $$c = d$$", "md", 0),
    ],
)
def test_equations_outside_of_displays_are_counted(text: str, kind: str, count: int) -> None:
    assert left_out(text, kind) == count
