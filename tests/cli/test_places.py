"""Line numbers in a file, and the derivatives that begin a new equation."""

from wordgrad.checker.document import passages
from wordgrad.cli._places import derivatives, line_numbers

DOCUMENT = r"""% \[ a = b \]
Text.
\[
  a &= b  % why
  \\
  &= c
\]
and on
$$ = d $$
"""


def test_every_line_is_found_in_its_place() -> None:
    [passage] = passages(DOCUMENT, "tex")
    assert len(passage.lines) == 3
    assert line_numbers(DOCUMENT, passage.lines, passage.first) == (4, 6, 9)


def test_the_same_line_twice_has_two_places() -> None:
    text = "a = b\n= c\n\na = b\n= c\n"
    first, second = passages(text, "txt")
    assert line_numbers(text, first.lines, first.first) == (1, 2)
    assert line_numbers(text, second.lines, second.first) == (4, 5)


def test_what_is_not_found_word_for_word_begins_where_the_last_ends() -> None:
    assert line_numbers("a = b\n\n\nc = d\n", ["a = b", "case:", "c = d"], 1) == (1, 4, 4)
    assert line_numbers("", ["a"], 1) == (1,)


def test_only_other_derivatives_begin_anew() -> None:
    lines = ["dJ/dx = 1", "dJ/dx = 2", "= 3", "z := x", "(", "J = 2", "dJ/dy = 3 = 4"]
    assert list(derivatives(lines)) == [0, 6]
