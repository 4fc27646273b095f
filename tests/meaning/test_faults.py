"""Errors that carry the factor at fault."""

from wordgrad.latex.syntax import Name
from wordgrad.meaning.faults import LineError, ShapeError


def test_the_factor_is_quoted_once_the_text_is_known() -> None:
    error = ShapeError("does not fit", Name("v", span=(4, 7)))
    assert str(error) == "does not fit"
    assert str(error.in_text("u_o+v_c")) == "does not fit (in `v_c`)"
    assert error.span == (4, 7)


def test_an_error_without_a_factor_has_no_place() -> None:
    error = LineError("nothing to point at")
    assert error.span == (0, 0)
    assert str(error.in_text("u_o")) == "nothing to point at"
