"""Single edits: one place each, named by what they change."""

import pytest

from wordgrad.checker.edits import edits
from wordgrad.latex.parser import parse_expression
from wordgrad.latex.printer import to_latex
from wordgrad.latex.syntax import Expr


def after(text: str, indices: tuple[str, ...] = ()) -> dict[str, set[str]]:
    """What each kind of edit makes of a line."""
    found: dict[str, set[str]] = {}
    for edit in edits(parse_expression(text), indices):
        found.setdefault(edit.kind, set()).add(to_latex(edit.tree))
    return found


@pytest.mark.parametrize(
    ("text", "kind", "result"),
    [
        ("a-b", "sign", "a + b"),
        ("a-b", "sign", "-a + b"),
        ("a+b", "term dropped", "a"),
        (r"U^\top v", "factor dropped", "v"),
        (r"v u^\top", "outer product swapped", r"u^\top v"),
        (r"\sigma(x)", "minus inside sigma", r"\sigma(-x)"),
        (r"\sigma(x)", "extra sigma", "x"),
        (r"\hat y_w", "wrong letter", "y_w"),
        (r"u_w^\top", "transposed", "u_w"),
        (r"\log\sum_w e^{x}", "log split", r"\sum_{w} \log e^x"),
        ("x^2", "power", "x^{3}"),
        (r"\frac{a}{b}", "denominator dropped", "a"),
        (r"\delta_{ij}", "case w=o forgotten", "1"),
    ],
)
def test_an_edit_does_what_its_name_says(text: str, kind: str, result: str) -> None:
    results = after(text)[kind]
    assert result in results or result.replace("e^x", "e^{x}") in results


def test_indices_are_exchanged_for_those_that_are_offered() -> None:
    assert after("u_w", ("o", "w"))["wrong index"] == {"u_o"}
    assert "wrong index" not in after("u_w", ("w",))


def test_a_sum_can_be_dropped_onto_a_free_index() -> None:
    dropped = after(r"\sum_{x=1}^{V}\hat y_x u_x", ("w",))["sum dropped"]
    assert dropped == {r"\hat{y}_w u_w"}


def test_what_a_derivative_is_taken_by_is_left_alone() -> None:
    for edit in edits(parse_expression(r"\frac{\partial J}{\partial u_w}"), ("o",)):
        assert "u_o" not in to_latex(edit.tree)


@pytest.mark.parametrize(
    "text",
    [
        r"-u_o+\sum_w\hat y_w u_w",
        r"(\sigma(u_o^\top v_c)-1)u_o",
        r"\begin{cases}a&w=o\\b&w\neq o\end{cases}",
    ],
)
def test_every_edit_changes_one_part_of_the_line(text: str) -> None:
    tree = parse_expression(text)
    for edit in edits(tree, ("w", "o")):
        assert isinstance(edit.tree, Expr)
        assert edit.tree != tree
        assert edit.before != edit.after
