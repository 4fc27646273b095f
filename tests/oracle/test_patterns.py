"""Which of the words coincide."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wordgrad.oracle.patterns import ENUMERATED, Constraints, patterns

BELL = {1: 1, 2: 2, 3: 5, 4: 15, 5: 52}


def found(constraints: Constraints, limit: int = 1000) -> list[tuple[int, ...]]:
    """Patterns with a fixed generator."""
    return patterns(constraints, limit, np.random.default_rng(0))


@pytest.mark.parametrize("slots", BELL)
def test_every_pattern_is_found(slots: int) -> None:
    everything = found(Constraints(slots, slots))
    assert len(everything) == len(set(everything)) == BELL[slots]


def test_the_pattern_without_coincidences_comes_first() -> None:
    everything = found(Constraints(4, 4))
    assert everything[0] == (0, 1, 2, 3)
    assert everything[-1] == (0, 0, 0, 0)


def test_few_values_force_coincidences() -> None:
    assert set(found(Constraints(3, 2))) == {(0, 0, 0), (0, 0, 1), (0, 1, 0), (0, 1, 1)}


def test_no_room() -> None:
    assert found(Constraints(3, 2, distinct={(0, 1), (0, 2), (1, 2)})) == []
    assert found(Constraints(2, 2, equal={(0, 1)}, distinct={(0, 1)})) == []


def test_without_slots_there_is_one_pattern() -> None:
    assert found(Constraints(0, 3)) == [()]


@settings(deadline=None)
@given(
    slots=st.integers(2, 11),
    values=st.integers(2, 9),
    equal=st.sets(st.tuples(st.integers(0, 4), st.integers(5, 10)), max_size=2),
    distinct=st.sets(st.tuples(st.integers(0, 5), st.integers(6, 10)), max_size=3),
    limit=st.integers(1, 40),
)
def test_patterns_keep_to_the_constraints(
    slots: int,
    values: int,
    equal: set[tuple[int, int]],
    distinct: set[tuple[int, int]],
    limit: int,
) -> None:
    equal, distinct = ({p for p in pairs if p[1] < slots} for pairs in (equal, distinct))
    some = found(Constraints(slots, values, equal, distinct), limit)
    assert len(some) <= limit
    assert len(set(some)) == len(some)
    for pattern in some:
        assert len(pattern) == slots
        assert max(pattern) < values
        assert all(pattern[i] == pattern[j] for i, j in equal)
        assert all(pattern[i] != pattern[j] for i, j in distinct)


@pytest.mark.parametrize("slots", [5, 8, 12])
def test_a_selection_covers_every_pair(slots: int) -> None:
    some = found(Constraints(slots, 5), limit=20)
    assert len(some) == 20
    pairs = {(i, j) for j in range(slots) for i in range(j)}
    for i, j in pairs:
        assert any(pattern[i] == pattern[j] for pattern in some)
        assert any(pattern[i] != pattern[j] for pattern in some)


def test_many_patterns_are_drawn_not_listed() -> None:
    assert len(found(Constraints(14, 14), limit=2 * ENUMERATED)) <= 2 * ENUMERATED
