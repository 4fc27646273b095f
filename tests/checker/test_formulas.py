"""Several formulas on one line."""

import pytest

from wordgrad.checker import check_derivation
from wordgrad.checker.formulas import definitions_first, separated
from wordgrad.checker.units import with_units
from wordgrad.meaning.contexts import naive_softmax

NAIVE = with_units(naive_softmax())


@pytest.mark.parametrize(
    ("line", "pieces"),
    [
        (r"J = U d, \quad d = y - z", ["J = U d", "d = y - z"]),
        (r"J = U d \text{ where } d = 2y", ["J = U d", "d = 2y"]),
        (r"a = u_o; b = u_c; q = 3", ["a = u_o", "b = u_c", "q = 3"]),
        (r"a = u_o \text{ and } b = u_c", ["a = u_o", "b = u_c"]),
        ("J = f(x, y)", []),
        (r"\frac{\partial J}{\partial u_w} = \hat y_w v_c, \quad w \neq o", []),
        (r"J = U d, \quad d \star y = 3", []),
    ],
)
def test_a_line_is_cut_where_formulas_end(line: str, pieces: list[str]) -> None:
    assert [piece.strip() for piece in separated(line)] == pieces


def test_a_letter_is_explained_before_it_is_used() -> None:
    pieces = ("J = q", "q = 3")
    assert definitions_first(pieces, NAIVE) == ("q = 3", "J = q")


@pytest.mark.parametrize(
    ("line", "status"),
    [
        (r"\nabla_{v_c}J = U^\top(\hat y-y), \qquad \nabla_U J = (\hat y-y)v_c^\top", "proved"),
        (r"\nabla_{v_c}J = U^\top(\hat y-y), \qquad \nabla_U J = (\hat y+y)v_c^\top", "wrong"),
        (r"\nabla_{v_c}J = U^\top(\hat y+y), \qquad \nabla_U J = (\hat y-y)v_c^\top", "wrong"),
        (r"\nabla_{v_c}J = U^\top q, \text{ where } q = \hat y-y", "proved"),
        (r"\nabla_{v_c}J = U^\top q, \text{ where } q = y-\hat y", "wrong"),
    ],
)
def test_every_formula_of_a_line_counts(line: str, status: str) -> None:
    assert check_derivation([line], "naive_vc").lines[0].status == status
