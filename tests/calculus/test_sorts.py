"""Sorts know their symbolic size, and are found again by it."""

import pytest
import sympy as sp

from wordgrad.calculus.sorts import DIM, NEG, SORTS, VOC, WIN, sort_of_limits


def test_sizes_are_positive_integer_symbols() -> None:
    assert [str(sort.length) for sort in (VOC, DIM, NEG, WIN)] == ["V", "d", "K", "2*m"]
    assert all(sort.length.is_positive and sort.length.is_integer for sort in SORTS)


@pytest.mark.parametrize("sort", SORTS)
def test_limits_lead_back_to_the_sort(sort: object) -> None:
    assert sort_of_limits(*sort.limits) is sort  # type: ignore[attr-defined]


def test_an_unknown_range_names_the_known_ones() -> None:
    with pytest.raises(ValueError, match=r"0\.\.3.*1\.\.V"):
        sort_of_limits(sp.Integer(0), sp.Integer(3))
