"""Many workers on paper: formulas against drawing and against carrying out what they describe."""

import numpy as np
import pytest

from wordgrad.figures._workers import Cluster, kept_of_a_step, where_averages_settle


@pytest.mark.parametrize(("p", "workers"), [(0.05, 3), (0.4, 10), (0.9, 6)])
def test_kept_of_a_step_is_the_mean_over_binomial_chances(p: float, workers: int) -> None:
    others = np.random.default_rng(0).binomial(workers - 1, p, size=200_000)
    assert kept_of_a_step(p, workers) == pytest.approx((1 / (1 + others)).mean(), abs=4e-3)


def test_kept_of_a_step_at_its_ends() -> None:
    np.testing.assert_allclose(kept_of_a_step([1e-12, 1], 1000), [1, 1e-3], rtol=1e-6)
    np.testing.assert_allclose(kept_of_a_step(np.linspace(0.01, 1, 50), 1), 1)


@pytest.mark.parametrize("steps", [1, 7, 60])
def test_rounds_settle_where_the_formula_says(steps: int) -> None:
    a, m, rate = np.array([0.3, 1.1, 2.5]), np.array([-1.0, 0.5, 2.0]), 0.2
    x = 0.0
    for _ in range(3000):
        local = np.full(3, x)
        for _ in range(steps):
            local = local - rate * a * (local - m)
        x = local.mean()
    assert where_averages_settle(a, m, rate, steps) == pytest.approx(x, abs=1e-9)


CLUSTER = Cluster(10, 1e-6, 2e-10, vocab_size=100_000, dim=100)


def test_a_star_waits_in_proportion_to_its_workers() -> None:
    assert CLUSTER.star(30) == pytest.approx(3 * CLUSTER.star(10))
    assert CLUSTER.model_bytes == 80_000_000


def test_a_star_stays_below_its_ceiling_and_comes_near() -> None:
    workers = np.array([1, 10, 1000, 10**7])
    speedups = CLUSTER.speedup(workers, 10**6)
    ceiling = CLUSTER.ceiling(10**6)
    assert (np.diff(speedups) > 0).all()
    assert (speedups < ceiling).all()
    assert speedups[-1] == pytest.approx(ceiling, rel=1e-3)


def test_a_ring_of_one_sends_nothing_and_a_large_one_beats_the_star() -> None:
    assert CLUSTER.ring(1) == 0
    assert CLUSTER.speedup(1, 10**6, "ring") == 1
    assert CLUSTER.ring(100) < CLUSTER.star(100)
    assert CLUSTER.ring(1000) - CLUSTER.ring(500) == pytest.approx(1000 * CLUSTER.latency, rel=0.01)
