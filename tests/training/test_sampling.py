"""The alias tables hold exactly the given distribution, and draws follow it."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from wordgrad.training.sampling import AliasSampler

WEIGHTS = st.lists(st.one_of(st.just(0.0), st.floats(1e-6, 1e6)), min_size=1, max_size=60).filter(
    any
)


def distribution(sampler: AliasSampler) -> np.ndarray:
    """The probability of each row, read off the tables."""
    size = len(sampler.alias)
    threshold = sampler.threshold.astype(np.float64)
    np.add.at(total := threshold.copy(), sampler.alias, 1 - threshold)
    return total / size


@given(WEIGHTS)
def test_the_tables_hold_the_distribution(weights: list[float]) -> None:
    expected = np.array(weights) / np.sum(weights)
    np.testing.assert_allclose(distribution(AliasSampler(weights)), expected, atol=1e-6)


@pytest.mark.parametrize("size", [2, 1000, 100_000])
def test_zipf(size: int) -> None:
    weights = 1 / np.arange(1, size + 1) ** 0.75
    found = distribution(AliasSampler(weights))
    np.testing.assert_allclose(found, weights / weights.sum(), rtol=2e-3, atol=1e-9)


def test_equal_weights_and_exact_ties() -> None:
    np.testing.assert_allclose(distribution(AliasSampler(np.ones(7))), 1 / 7)
    np.testing.assert_allclose(distribution(AliasSampler([5, 3, 0, 2])), [0.5, 0.3, 0, 0.2])


def test_draws_follow_the_distribution() -> None:
    weights = np.array([8, 0, 4, 2, 1, 1])
    n = 400_000
    drawn = AliasSampler(weights).sample((n // 4, 4), np.random.default_rng(1))
    assert drawn.shape == (n // 4, 4)
    expected = n * weights / weights.sum()
    found = np.bincount(drawn.ravel(), minlength=6)
    assert found[1] == 0
    chi_squared = ((found - expected)[expected > 0] ** 2 / expected[expected > 0]).sum()
    assert chi_squared < 25  # 4 degrees of freedom: the chance of more is 5e-5


def test_same_seed_same_draws() -> None:
    sampler = AliasSampler([3, 2, 1])
    one, two = (sampler.sample(50, np.random.default_rng(3)) for _ in range(2))
    assert (one == two).all()


@pytest.mark.parametrize("weights", [[], [0, 0], [-1, 2], [np.nan, 1], [np.inf, 1], [[1, 2]]])
def test_refuses(weights: list[float]) -> None:
    with pytest.raises(ValueError, match="probabilities"):
        AliasSampler(weights)
