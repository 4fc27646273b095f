"""Doubles and fifty digits."""

from fractions import Fraction

import numpy as np
import pytest

from wordgrad.oracle.arithmetic import DOUBLES, Arithmetic, Decimals, decimals

BOTH = pytest.mark.parametrize("numbers", [DOUBLES, decimals()], ids=["doubles", "decimals"])


@BOTH
def test_numbers_are_exact_as_far_as_they_go(numbers: Arithmetic) -> None:
    third = numbers.number(Fraction(1, 3))
    assert third.shape == (1, 1, 1)
    assert abs(3 * third - 1).max() < (1e-49 if isinstance(numbers, Decimals) else 1e-15)


def test_decimals_read_short_decimals_as_written() -> None:
    tenth = decimals().convert(np.array([0.1]))
    assert abs(10 * tenth - 1).max() < 1e-48


@BOTH
def test_a_step_off_the_real_line_gives_the_derivative(numbers: Arithmetic) -> None:
    x = numbers.convert(np.array([0.5, -2.0]))
    stepped = numbers.elementary("exp")(x + numbers.imaginary_step)
    slope = numbers.imaginary(stepped) / numbers.imaginary_step.imag
    assert np.allclose(numbers.doubles(slope), np.exp([0.5, -2.0]), rtol=1e-15)
    assert numbers.is_complex(stepped)
    assert not numbers.is_complex(x)
    assert np.allclose(numbers.doubles(numbers.real(stepped)), np.exp([0.5, -2.0]), rtol=1e-15)


@BOTH
def test_the_circle_closes(numbers: Arithmetic) -> None:
    circle = numbers.circle()
    assert abs(circle.sum()) < 1e-14
    assert abs(circle ** len(circle) - 1).max() < 1e-13


def test_one_context_is_shared() -> None:
    assert decimals() is decimals()
