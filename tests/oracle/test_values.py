"""Arrays with shapes."""

import numpy as np
import pytest

from wordgrad.calculus.sorts import DIM, VOC
from wordgrad.oracle.values import (
    EvaluationError,
    Value,
    axis_name,
    blocks,
    common_shape,
    pick,
    require_scalar,
    shape_name,
)

SCALAR = Value(np.full((1, 1, 1), 2.0))
COLUMN = Value(np.arange(3.0).reshape(1, 3, 1), VOC)
ROW = COLUMN.transposed
MATRIX = Value(np.arange(6.0).reshape(1, 3, 2), VOC, DIM)
ZERO = Value(np.zeros((1, 1, 1)), zero=True)


def test_transposing_exchanges_axes_and_numbers() -> None:
    assert ROW.shape == (None, VOC)
    assert ROW.array.shape == (1, 1, 3)
    assert MATRIX.transposed.shape == (DIM, VOC)
    assert MATRIX.transposed.array[0, 1, 2] == MATRIX.array[0, 2, 1]


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (SCALAR, "a scalar"),
        (COLUMN, "a column over Voc"),
        (ROW, "a row over Voc"),
        (MATRIX, "a matrix of Voc x Dim"),
    ],
)
def test_shapes_have_names(value: Value, words: str) -> None:
    assert shape_name(value.shape) == words


def test_blocks_have_names() -> None:
    assert axis_name((VOC, None)) == "[Voc; 1]"


def test_zero_takes_any_shape() -> None:
    assert common_shape([ZERO, COLUMN, ZERO], "terms") == (VOC, None)
    assert common_shape([ZERO], "terms") == (None, None)


def test_different_shapes_are_refused() -> None:
    with pytest.raises(EvaluationError, match=r"a column over Voc and a row over Voc"):
        common_shape([COLUMN, ROW], "terms")


def test_a_scalar_is_required() -> None:
    assert require_scalar(SCALAR, "an exponent") is SCALAR
    with pytest.raises(EvaluationError, match="an exponent must be a scalar, but it is a column"):
        require_scalar(COLUMN, "an exponent")


def test_pick_takes_its_own_position_at_each_point() -> None:
    array = np.arange(12).reshape(2, 3, 2)  # (points, n, rest)
    assert pick(array, 2, np.array([2, 0])).tolist() == [[4, 5], [6, 7]]


def test_pick_lines_up_front_axes() -> None:
    array = np.arange(24).reshape(4, 2, 3)  # (front, points, n)
    positions = np.array([[[0]], [[2]]])  # another front axis: (2, 1, points)
    picked = pick(array, 1, positions)
    assert picked.shape == (2, 4, 2)
    assert (picked[1] == array[:, :, 2]).all()


def test_blocks_stand_side_by_side_and_zero_fills_its_place() -> None:
    square = Value(np.ones((1, 2, 2)), DIM, DIM)
    whole = blocks([[MATRIX, COLUMN], [square, ZERO]])
    assert whole.shape == ((VOC, DIM), (DIM, None))
    assert whole.array.shape == (1, 5, 3)
    assert (whole.array[0, 3:, 2] == 0).all()
    assert (whole.array[0, :3, 2] == [0, 1, 2]).all()


def test_blocks_must_fit() -> None:
    with pytest.raises(EvaluationError, match="blocks over Voc and Dim"):
        blocks([[MATRIX, Value(np.ones((1, 2, 1)), DIM)]])
    with pytest.raises(EvaluationError, match="same number of entries"):
        blocks([[COLUMN], [COLUMN, COLUMN]])
