"""The exception that points at a place."""

import copy
import pickle

from wordgrad.latex.errors import NotUnderstood


def test_the_caret_stands_below_the_place() -> None:
    assert NotUnderstood("?", 2, "a + b").pointer() == "a + b\n  ^"


def test_only_the_line_of_the_place_is_shown() -> None:
    assert NotUnderstood("?", 5, "ab\ncdef\ng").pointer() == "cdef\n  ^"


def test_a_long_line_is_cut_on_both_sides() -> None:
    shown, caret = NotUnderstood("?", 150, "x" * 149 + "(" * 2 + "y" * 149).pointer().split("\n")
    assert shown[0] == shown[-1] == "…"
    assert shown[caret.index("^")] == "("
    assert len(shown) < 130


def test_tabs_do_not_move_the_caret() -> None:
    shown, caret = NotUnderstood("?", 2, "\ta)").pointer().split("\n")
    assert shown[caret.index("^")] == ")"


def test_the_place_stays_inside_the_text() -> None:
    assert NotUnderstood("?", 99, "ab").position == 2


def test_it_can_be_copied_and_pickled() -> None:
    error = NotUnderstood("why", 1, "ab")
    for other in (copy.copy(error), pickle.loads(pickle.dumps(error))):
        assert (other.message, other.position, other.text) == ("why", 1, "ab")
        assert str(other) == "why\nab\n ^"
