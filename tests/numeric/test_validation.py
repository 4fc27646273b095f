import re

import numpy as np
import pytest

from wordgrad.numeric._validation import axis_index, indices, numbers, one_space, vectors


@pytest.mark.parametrize(
    ("value", "message"),
    [
        ("word", "x has dtype <U4; give real numbers"),
        ([[1.0], [2.0, 3.0]], "x is not a rectangular array"),
        ([[0.0, np.inf]], "x is inf at (0, 1); every number must be finite"),
        (np.nan, "x is nan at ()"),
        ([1 + 1j * np.inf], "x is "),
        ([None], "x has dtype object"),
    ],
)
def test_numbers_refuses(value, message):
    with pytest.raises(ValueError, match=f"^{re.escape(message)}"):
        numbers("x", value)


@pytest.mark.parametrize(
    ("dtype", "result"),
    [
        (np.float32, np.float32),
        (">f4", np.float32),
        (np.float64, np.float64),
        (np.float16, np.float64),
        (np.int8, np.float64),
        (bool, np.float64),
        (np.complex128, np.complex128),
        (np.complex64, np.complex128),
    ],
)
def test_numbers_picks_the_dtype(dtype, result):
    assert numbers("x", np.zeros(3, dtype)).dtype == result


def test_numbers_keeps_the_imaginary_part():
    assert numbers("x", [1 + 1e-20j])[0].imag == 1e-20


@pytest.mark.parametrize("shape", [(), (2, 3, 4), (0,), (2, 0)])
def test_vectors_refuses_shapes(shape):
    with pytest.raises(
        ValueError, match=re.escape(f"v has shape {shape}; it must be (d,) or (B, d)")
    ):
        vectors("v", np.zeros(shape), "(d,) or (B, d)")


def test_one_space():
    with pytest.raises(ValueError, match=r"v has dimension 2 .* U has dimension 3"):
        one_space("v", np.zeros(2), "U", np.zeros((4, 3)))
    v, u = one_space("v", np.zeros(3, np.float32), "U", np.zeros((4, 3)))
    assert v.dtype == u.dtype == np.float64


@pytest.mark.parametrize(
    ("value", "shape", "message"),
    [
        (5, (), "i contains 5, but U has 5 rows: indices go from 0 to 4"),
        (-1, (), "i contains -1, but U has 5 rows"),
        ([0, 7, 9], (None,), "i contains 7"),
        (1.0, (), "i has dtype float64; indices must be integers"),
        (True, (), "i has dtype bool"),
        (2**80, (), "i has dtype object"),
        ([1], (), "i has shape (1,); it must be a single integer"),
        (1, (None,), "i has shape (); it must be integers of shape (any,)"),
        ([], (None,), "i has shape (0,) (it is empty: give at least one index)"),
        ([[1], [2]], (3, None), "i has shape (2, 1); it must be integers of shape (3, any)"),
        ([[1], [2, 3]], (2, None), "i is not a rectangular array"),
    ],
)
def test_indices_refuses(value, shape, message):
    with pytest.raises(ValueError, match=f"^{re.escape(message)}"):
        indices("i", value, shape, ("U", 5))


def test_indices_accepts_every_integer_type():
    for dtype in (np.int8, np.uint8, np.int64, np.uint64):
        result = indices("i", np.array([0, 4], dtype), (2,), ("U", 5))
        assert result.dtype == np.intp
        assert result.tolist() == [0, 4]


def test_axis_index_counts_from_zero():
    assert axis_index("s", -1, np.zeros((2, 3))) == 1
    assert axis_index("s", 0, np.zeros((2, 3))) == 0
    with pytest.raises(ValueError, match=r"axis is 1\.0, but s has 2 axes"):
        axis_index("s", 1.0, np.zeros((2, 3)))
