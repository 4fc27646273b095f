"""Comparing few numbers: against published values, and against drawing."""

from itertools import combinations

import numpy as np
import pytest

from wordgrad.figures._comparing import best_of, holm, permutation_p


def test_counting_splits_agrees_with_drawing_them() -> None:
    rng = np.random.default_rng(0)
    a, b = rng.normal(size=6), rng.normal(0.8, size=5)
    both, seen = np.concatenate([a, b]), abs(a.mean() - b.mean())
    order = rng.permuted(np.tile(both, (20_000, 1)), axis=1)
    drawn = np.abs(order[:, :6].mean(axis=1) - order[:, 6:].mean(axis=1)) >= seen
    assert permutation_p(a, b) == pytest.approx(drawn.mean(), abs=0.01)


def test_equal_groups_are_no_surprise() -> None:
    assert permutation_p([1, 2, 3], [1, 2, 3]) == 1


def test_shifting_and_scaling_change_no_chance() -> None:
    a, b = np.array([0.1, 0.4, 0.35, 0.8]), np.array([0.9, 1.1, 0.3])
    assert permutation_p(a, b) == permutation_p(7 - 3 * a, 7 - 3 * b)


def test_holm_by_hand() -> None:
    # smallest first: 0.005 * 4, 0.01 * 3, 0.03 * 2, and 0.04, which may not be below the last
    assert holm([0.01, 0.04, 0.03, 0.005]) == pytest.approx([0.03, 0.06, 0.06, 0.02])
    assert holm([0.9, 0.8]) == [1, 1]


@pytest.mark.parametrize("tries", [1, 2, 4])
def test_best_of_is_the_mean_over_all_choices(tries: int) -> None:
    values = [0.3, 0.1, 0.7, 0.2]
    chosen = list(combinations(values, tries))
    assert best_of(values, tries) == pytest.approx(sum(map(max, chosen)) / len(chosen))
