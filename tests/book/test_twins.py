"""A formula of the text in columns says the same, and nothing that does not is let through."""

from fractions import Fraction

import pytest

from wordgrad.book import twins
from wordgrad.book.derivations import NotProved
from wordgrad.book.twins import depends_on_layout, mentions_matrix, twin
from wordgrad.latex.errors import NotUnderstood
from wordgrad.latex.syntax import Number
from wordgrad.meaning.faults import LineError


@pytest.mark.parametrize(
    ("rows", "columns"),
    [
        (r"\hat y=\operatorname{softmax}(Uv_c)", r"\hat{y} = \operatorname{softmax}(U^\top v_c)"),
        (r"U^\top(2m\,\hat y-b)", r"U (2 m \hat{y} - b)"),
        (r"\theta=U\hat v", r"\theta = U^\top \hat{v}"),
        (
            r"\partial J/\partial U=(2m\,\hat y-b)v_c^\top",
            r"\partial J / \partial U = v_c (2 m \hat{y} - b)^\top",
        ),
        (
            r"\frac{\partial J}{\partial v_w} \neq U^\top(2m\,\hat y-b)",
            r"\frac{\partial J}{\partial v_w} \neq U (2 m \hat{y} - b)",
        ),
    ],
)
def test_formulas_of_the_text(rows: str, columns: str) -> None:
    assert depends_on_layout(rows)
    assert twin(rows) == columns


@pytest.mark.parametrize("latex", ["U", r"\partial J/\partial U", r"\frac{\partial J}{\partial U}",
                                   "U=0", r"\cup", "u_w^\\top v_c"])  # fmt: skip
def test_names_are_the_same_in_both(latex: str) -> None:
    assert not depends_on_layout(latex)


def test_a_letter_inside_a_command_is_no_matrix() -> None:
    assert not mentions_matrix(r"\operatorname{ReLU}(x)+\Upsilon")
    assert mentions_matrix(r"\theta=Uv_c")


def test_a_wrong_rewriting_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    twin.cache_clear()
    monkeypatch.setattr(twins, "swapped", lambda part: part)
    with pytest.raises(LineError):  # its shapes do not fit
        twin(r"U^\top(\hat y-y)")
    monkeypatch.setattr(twins, "swapped", lambda part: Number(Fraction(7)))
    with pytest.raises(NotProved, match="is not proved to say the same"):
        twin("U u_w")


def test_what_no_notation_knows_is_refused() -> None:
    with pytest.raises(NotProved, match="knows all letters"):
        twin("U A")


def test_what_cannot_be_read_is_refused() -> None:
    with pytest.raises(NotUnderstood):
        depends_on_layout(r"U\in\mathbb R^{V\times d}")
