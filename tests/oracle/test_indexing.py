"""Values of indices."""

import numpy as np
import pytest

from wordgrad.calculus.sorts import DIM, NEG, VOC, WIN, Sort
from wordgrad.latex import syntax
from wordgrad.latex.parser import parse_expression
from wordgrad.latex.syntax import Index, IndexApply, IndexName, IndexNumber, IndexShift
from wordgrad.meaning.notation import Notation
from wordgrad.oracle.indexing import IndexValue, Indices, as_index, outside, parameter
from wordgrad.oracle.values import EvaluationError

from .models import NAIVE, NEGATIVE, WINDOW, world_of

NEGATIVES = Indices(NEGATIVE, world_of({"k": 2, "w": 3}, {"n": [3, 1]}))
POSITIONS = Indices(WINDOW, world_of({"j": -1}, {"w": [3, 1, 2], "n": [[1, 2], [3, 3], [2, 1]]}))
J, K = IndexName("j"), IndexName("k")


@pytest.mark.parametrize(
    ("indices", "index", "value", "sort"),
    [
        (NEGATIVES, IndexName("o"), 2, VOC),
        (NEGATIVES, IndexNumber(3), 3, None),
        (NEGATIVES, IndexApply("n", (K,)), 1, VOC),
        (NEGATIVES, IndexApply("w", (IndexNumber(1),)), 3, VOC),
        (NEGATIVES, IndexName("t"), 1, VOC),
        (POSITIONS, J, -1, WIN),
        (POSITIONS, IndexShift("c", J), -1, WIN),
        (POSITIONS, IndexShift("t", IndexNumber(1), -1), -1, WIN),
        (POSITIONS, IndexApply("w", (IndexShift("c", J),)), 3, VOC),
        (POSITIONS, IndexApply("w", (IndexShift("c", IndexNumber(1)),)), 2, VOC),
        (POSITIONS, IndexApply("w", (IndexShift("c", IndexNumber(0)),)), 1, VOC),
        (POSITIONS, IndexApply("w", (IndexName("t"),)), 1, VOC),
        (POSITIONS, IndexApply("n", (J, IndexNumber(2))), 2, VOC),
    ],
)
def test_values(indices: Indices, index: Index, value: int, sort: Sort | None) -> None:
    found = indices.value(index, {})
    assert found.values.tolist() == [value]
    assert found.sort == sort


def test_bound_indices_hide_free_ones() -> None:
    scope = {"k": IndexValue(np.array([[1], [2]]), NEG)}
    assert NEGATIVES.value(IndexApply("n", (K,)), scope).values.tolist() == [[3], [1]]
    assert NEGATIVES.value(IndexApply("w", (K,)), scope).values.tolist() == [[3], [1]]


def test_a_negative_is_read_as_its_word() -> None:
    assert NEGATIVES.wanted(K, VOC, {}).tolist() == [1]
    assert NEGATIVES.positions(K, VOC, {}).tolist() == [0]
    assert NEGATIVES.wanted(K, NEG, {}).tolist() == [2]


def test_window_positions_count_without_the_center() -> None:
    assert POSITIONS.positions(J, WIN, {}).tolist() == [0]
    assert POSITIONS.positions(IndexNumber(1), WIN, {}).tolist() == [1]


@pytest.mark.parametrize(
    ("left", "right", "same"),
    [
        (IndexName("w"), IndexApply("n", (IndexNumber(1),)), True),
        (IndexName("w"), K, False),
        (K, IndexName("c"), True),
        (K, IndexNumber(2), True),
        (IndexName("o"), IndexNumber(2), True),
        (IndexName("o"), IndexName("c"), False),
    ],
)
def test_equality_of_indices(left: Index, right: Index, same: bool) -> None:
    assert NEGATIVES.same(left, right, {}).tolist() == [same]


@pytest.mark.parametrize(
    ("indices", "index", "sort", "message"),
    [
        (NEGATIVES, IndexName("z"), VOC, "the index z is not known here"),
        (NEGATIVES, IndexName("w"), DIM, "a component is wanted here, not a word"),
        (NEGATIVES, IndexName("w"), NEG, "a negative sample is wanted here, not a word"),
        (NEGATIVES, IndexNumber(4), VOC, "there is no word 4..4"),
        (NEGATIVES, IndexApply("p", (K,)), VOC, "p with 1 subscripts looks up no word"),
        (NEGATIVES, IndexApply("n", (IndexNumber(3),)), VOC, "n has no negative sample 3..3"),
        (NEGATIVES, IndexApply("n", (K, K)), VOC, "n with 2 subscripts"),
        (POSITIONS, IndexNumber(0), WIN, "there is no window position 0..0"),
        (POSITIONS, IndexShift("o", J), WIN, "o is no center position; write c, t"),
        (POSITIONS, IndexApply("w", (IndexShift("c", IndexNumber(2)),)), VOC, "position 2..2"),
    ],
)
def test_indices_that_do_not_fit(indices: Indices, index: Index, sort: Sort, message: str) -> None:
    with pytest.raises(EvaluationError, match=message):
        indices.positions(index, sort, {})


def test_sorts_that_cannot_be_compared() -> None:
    indices = Indices(NAIVE, world_of({"a": 1}))
    with pytest.raises(EvaluationError, match="a component is wanted here, not a word"):
        indices.same(IndexName("a"), IndexName("o"), {})


def test_no_positions_are_never_outside() -> None:
    assert not outside(np.array([], dtype=int), 3)
    assert outside(np.array([0, 3]), 3)
    assert outside(np.array([-1]), 3)


@pytest.mark.parametrize(
    ("latex", "notation", "index"),
    [
        (r"P(w\mid c)", NAIVE, IndexName("w")),
        (r"P(c\mid c)", NAIVE, IndexName("c")),
        (r"J(v_c, o, U)", NAIVE, IndexName("o")),
        (r"F(w_{c+j}, v_c)", WINDOW, IndexShift("c", J)),
        (r"F(w_j, v_c)", WINDOW, J),
    ],
)
def test_parameters_of_calls(latex: str, notation: Notation, index: Index) -> None:
    node = parse_expression(latex)
    assert isinstance(node, syntax.Call)
    assert parameter(notation.calls[node.name], node.arguments, {}) == index


def test_a_bound_letter_is_not_fixed() -> None:
    call = NAIVE.calls["J"]
    node = parse_expression(r"J(v_c, c, U)")
    assert isinstance(node, syntax.Call)
    bound = {"c": IndexValue(np.array([1]), VOC)}
    with pytest.raises(EvaluationError, match="J takes one word"):
        parameter(call, node.arguments, bound)


def test_two_parameters_are_refused() -> None:
    node = parse_expression(r"J(o, w, U)")
    assert isinstance(node, syntax.Call)
    with pytest.raises(EvaluationError, match="J takes one word; its other arguments are among"):
        parameter(NAIVE.calls["J"], node.arguments, {})


def test_arguments_that_select_nothing() -> None:
    assert as_index(syntax.Name("w", (J,))) == IndexApply("w", (J,))
    assert as_index(syntax.Name("o")) == IndexName("o")
    with pytest.raises(EvaluationError, match="does not select anything"):
        as_index(syntax.Norm(syntax.Name("x")))
