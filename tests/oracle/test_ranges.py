"""Written ranges of sums."""

import pytest

from wordgrad.calculus.limits import TooLarge
from wordgrad.calculus.sorts import DIM, NEG, VOC, WIN, Sort
from wordgrad.latex.syntax import IndexName, IndexNumber, Range
from wordgrad.oracle.ranges import (
    MOST_TERMS,
    all_values,
    length,
    require_few,
    size_symbol,
    values_of,
    written_number,
    written_sort,
)
from wordgrad.oracle.values import EvaluationError

from .models import NAIVE

SIZES = {"V": 3, "d": 2, "K": 4, "m": 2}


def test_lengths() -> None:
    assert size_symbol(WIN) == (2, "m")
    assert [length(sort, SIZES) for sort in (VOC, DIM, NEG, WIN)] == [3, 2, 4, 4]


def test_window_positions_leave_out_the_center() -> None:
    assert all_values(WIN, SIZES) == [-2, -1, 1, 2]
    assert all_values(VOC, SIZES) == [1, 2, 3]


@pytest.mark.parametrize(
    ("part", "sort"),
    [
        (Range("w", "1", "V"), VOC),
        (Range("w", "", "calV"), VOC),
        (Range("k", "1", "K"), NEG),
        (Range("j", "-m", "m", (IndexNumber(0),)), WIN),
        (Range("j", "", "", (IndexNumber(0),)), WIN),
        (Range("w"), None),
        (Range("w", "1", "3"), None),
        (Range("w", "", "", (IndexName("o"),)), None),
    ],
)
def test_sorts_of_ranges(part: Range, sort: Sort | None) -> None:
    assert written_sort(part, NAIVE) == sort


@pytest.mark.parametrize(
    ("part", "sort", "values"),
    [
        (Range("w", "1", "V"), VOC, [1, 2, 3]),
        (Range("w", "", "calV"), VOC, [1, 2, 3]),
        (Range("w"), VOC, [1, 2, 3]),
        (Range("w", "2", "V-1"), VOC, [2]),
        (Range("w", "1", "2"), VOC, [1, 2]),
        (Range("w", "1", "V", (IndexNumber(2), IndexName("o"))), VOC, [1, 3]),
        (Range("j", "-m", "m", (IndexNumber(0),)), WIN, [-2, -1, 1, 2]),
        (Range("j", "-m", "m"), WIN, [-2, -1, 0, 1, 2]),
        (Range("j", "1", "m"), WIN, [1, 2]),
        (Range("j", "1", "2m"), WIN, [-2, -1, 1, 2]),
    ],
)
def test_values_of_ranges(part: Range, sort: Sort, values: list[int]) -> None:
    assert values_of(part, sort, NAIVE, SIZES) == values


@pytest.mark.parametrize("limit", ["Q", "V^2", "1.5"])
def test_unknown_limits(limit: str) -> None:
    with pytest.raises(EvaluationError, match="cannot read the limit"):
        values_of(Range("w", "1", limit), VOC, NAIVE, SIZES)


def test_written_numbers() -> None:
    assert written_number(Range("w", "1", "4")) == 4
    assert written_number(Range("w", "1", "V")) == 1


def test_sums_with_too_many_terms_are_not_added_up() -> None:
    require_few(MOST_TERMS)
    with pytest.raises(TooLarge, match="a sum of 20001 terms; at most 20000 are added up: use"):
        require_few(MOST_TERMS + 1)
