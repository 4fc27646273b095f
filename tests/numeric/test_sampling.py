import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from wordgrad import NegativeSampler, unigram_distribution

from .cases import quick

COUNTS = [50, 0, 20, 5, 1, 0]


def frequencies(drawn):
    return np.bincount(drawn.ravel(), minlength=len(COUNTS)) / drawn.size


@given(
    counts=st.lists(st.integers(0, 10**9), min_size=1, max_size=8).filter(any),
    power=st.floats(0, 2),
)
@quick
def test_unigram_distribution_by_its_formula(counts, power):
    weights = np.array([float(c) ** power if c else 0.0 for c in counts])
    np.testing.assert_allclose(
        unigram_distribution(counts, power), weights / weights.sum(), rtol=1e-12
    )


def test_published_example_of_the_power():
    # Jurafsky & Martin, Speech and Language Processing: P(a) = .99, P(b) = .01 -> .97, .03.
    np.testing.assert_allclose(unigram_distribution([99, 1]), [0.97, 0.03], atol=5e-3)


def test_power_zero_leaves_absent_words_out():
    assert unigram_distribution([5, 0, 2], power=0).tolist() == [0.5, 0.0, 0.5]


def test_huge_counts_do_not_overflow():
    assert unigram_distribution([1e308, 1e308], power=2).tolist() == [0.5, 0.5]


def test_draws_follow_the_probabilities():
    sampler = NegativeSampler(COUNTS)
    n = 200_000
    drawn = sampler.sample((n // 4, 4), np.random.default_rng(0))
    assert drawn.shape == (n // 4, 4)
    assert drawn.dtype == np.intp
    p = sampler.probabilities
    assert (np.abs(frequencies(drawn) - p) <= 5 * np.sqrt(p * (1 - p) / n)).all()
    assert set(np.unique(drawn)) == {0, 2, 3, 4}  # words that never occur are never drawn


def test_the_first_and_the_last_word_are_drawn():
    drawn = NegativeSampler([1, 1]).sample(100, np.random.default_rng(0))
    assert set(drawn.tolist()) == {0, 1}


@pytest.mark.parametrize("avoid", range(len(COUNTS)))
def test_avoid_leaves_the_ratios_of_the_others(avoid):
    sampler = NegativeSampler(COUNTS)
    n = 100_000
    drawn = sampler.sample(n, np.random.default_rng(avoid), avoid=avoid)
    p = np.where(np.arange(len(COUNTS)) == avoid, 0, sampler.probabilities)
    p /= p.sum()
    assert (np.abs(frequencies(drawn) - p) <= 5 * np.sqrt(p * (1 - p) / n)).all()


@given(
    counts=st.lists(st.integers(0, 5), min_size=2, max_size=6).filter(
        lambda counts: sum(c > 0 for c in counts) > 1
    ),
    seed=st.integers(0, 2**32 - 1),
)
@quick
def test_avoid_is_never_drawn_and_neither_are_absent_words(counts, seed):
    rng = np.random.default_rng(seed)
    outside_idx = rng.integers(len(counts), size=50)
    drawn = NegativeSampler(counts).sample((50, 7), rng, avoid=outside_idx[:, None])
    assert (drawn != outside_idx[:, None]).all()
    assert (np.array(counts)[drawn] > 0).all()


class Edge(np.random.Generator):
    """A generator at the end of its range: where rounding could step outside."""

    def __init__(self, value):
        super().__init__(np.random.PCG64(0))
        self.value = value

    def random(self, size=None):
        return np.full(size, self.value)


@pytest.mark.parametrize("value", [0.0, 0.5, 1 - 2.0**-53])
@pytest.mark.parametrize("counts", [COUNTS, [0, 1, 1, 1, 0], [1] * 49, [3, 1e-9, 0], [1e-9, 3]])
def test_the_ends_of_the_range_stay_inside(counts, value):
    counts = np.array(counts)
    sampler = NegativeSampler(counts)
    assert (counts[sampler.sample(3, Edge(value))] > 0).all()
    for avoid in range(len(counts)):
        drawn = sampler.sample(3, Edge(value), avoid=avoid)
        assert (counts[drawn] > 0).all()
        assert (drawn != avoid).all()


def test_the_generator_decides():
    sampler = NegativeSampler(COUNTS)
    first = sampler.sample(20, np.random.default_rng(1))
    assert np.array_equal(first, sampler.sample(20, np.random.default_rng(1)))
    assert not np.array_equal(first, sampler.sample(20, np.random.default_rng(2)))


@pytest.mark.parametrize(
    ("counts", "power", "message"),
    [
        ([[1, 2]], 0.75, r"counts has shape \(1, 2\)"),
        ([1, -1], 0.75, "counts must have no negative"),
        ([0, 0], 0.75, "counts must .* at least one positive"),
        ([], 0.75, "counts must"),
        ([1j], 0.75, "counts is complex"),
        ([1, np.nan], 0.75, "counts is nan"),
        ([1, 2], -1, "power is -1"),
        ([1, 2], np.nan, "power is nan"),
    ],
)
def test_bad_counts_are_refused(counts, power, message):
    with pytest.raises(ValueError, match=f"^{message}"):
        NegativeSampler(counts, power)


@pytest.mark.parametrize(
    ("avoid", "message"),
    [
        (6, "avoid contains 6"),
        (-1, "avoid contains -1"),
        (0.5, "avoid has dtype"),
        ([0, 1], "avoid has shape .* does not broadcast"),
        ([[[0]]], "avoid has shape .* does not broadcast"),
    ],
)
def test_bad_avoid_is_refused(avoid, message):
    with pytest.raises(ValueError, match=f"^{message}"):
        NegativeSampler(COUNTS).sample((4, 3), np.random.default_rng(0), avoid=avoid)


def test_nothing_left_to_draw():
    with pytest.raises(ValueError, match="avoid names the only word"):
        NegativeSampler([0, 3, 0]).sample(2, np.random.default_rng(0), avoid=1)


def test_a_seed_is_not_a_generator():
    with pytest.raises(ValueError, match=r"rng is 0; pass np\.random\.default_rng"):
        NegativeSampler(COUNTS).sample(2, 0)
