"""Arrays with shapes made of sorts: components, and errors in plain words."""

import pytest
import sympy as sp

from wordgrad.calculus.sorts import DIM, NEG, VOC, WIN
from wordgrad.latex.syntax import Node
from wordgrad.meaning import operations
from wordgrad.meaning.faults import ShapeError
from wordgrad.meaning.shapes import Typed, fresh, joined, kronecker, matched, over, scalar, summed

i, j, k = sp.symbols("i j k", integer=True)
x, y, u, g = (sp.IndexedBase(name) for name in "xyug")
WORDS = Typed(VOC, None, lambda i, j: y[i])
COMPONENTS = Typed(DIM, None, lambda i, j: x[i])
ROWS = Typed(VOC, DIM, lambda i, j: u[i, j])
NUMBER = scalar(lambda: sp.Integer(3))
ZERO = Typed(None, None, lambda i, j: sp.S.Zero, is_zero=True)


def test_a_shape_is_described_by_what_its_axes_run_over() -> None:
    assert WORDS.describe() == "a column over words (V)"
    assert operations.transpose(COMPONENTS).describe() == "a row over components (d)"
    assert ROWS.describe() == "a matrix with rows over words (V) and columns over components (d)"
    assert NUMBER.describe() == "a scalar"
    assert over(NEG) == "negative samples (K)"
    assert over(WIN) == "window positions (2m)"


def test_only_a_scalar_has_a_value() -> None:
    assert NUMBER.value() == 3
    with pytest.raises(ShapeError, match="stands in an exponent, where a scalar is needed"):
        WORDS.value("in an exponent")


def test_delta_is_symmetric_and_decided_for_equal_and_for_literal_indices() -> None:
    assert kronecker(i, j) == kronecker(j, i) == sp.KroneckerDelta(i, j)
    assert kronecker(i, i) == 1
    assert kronecker(sp.Integer(1), sp.Integer(2)) == 0


def test_a_joined_node_spans_both_factors() -> None:
    left, right = WORDS.at(Node(span=(2, 5))), WORDS.at(Node(span=(7, 9)))
    both = joined(left, right)
    assert both is not None
    assert both.span == (2, 9)
    assert joined(WORDS, right) is right.node


def test_sides_of_one_shape_are_matched_and_others_are_told_what_each_is() -> None:
    assert matched(WORDS, WORDS) == (WORDS, WORDS)
    with pytest.raises(ShapeError) as caught:
        matched(WORDS, COMPONENTS, "compare")
    expected = "cannot compare a column over words (V) and a column over components (d)"
    assert str(caught.value) == expected


def test_bound_indices_are_new_each_time_and_named_for_what_they_run_over() -> None:
    first, second = fresh(VOC), fresh(VOC)
    assert first != second
    assert [str(fresh(sort)) for sort in (VOC, DIM, NEG, WIN)] == ["_w", "_a", "_k", "_j"]
    assert str(summed(WIN, lambda k: y[k])) == "Sum(y[_j], (_j, 1, 2*m))"
