"""Counts, subsampling and the noise distribution against gensim and the formulas."""

import numpy as np
import pytest

from wordgrad.training.vocabulary import Vocabulary


def test_refuses_what_does_not_fit() -> None:
    with pytest.raises(ValueError, match="2 words need as many counts"):
        Vocabulary(["a", "b"], [1])
    with pytest.raises(ValueError, match="at least 1"):
        Vocabulary(["a", "b"], [1, 0])
    with pytest.raises(ValueError, match="twice"):
        Vocabulary(["a", "a"], [1, 1])


def test_ties_keep_their_order_and_rare_words_go() -> None:
    vocabulary = Vocabulary.from_counts({"x": 2, "y": 5, "z": 2, "rare": 1}, min_count=2)
    assert vocabulary.words == ("y", "x", "z")
    assert vocabulary.counts.tolist() == [5, 2, 2]


def test_encode_leaves_out_unknown_words() -> None:
    encoded = Vocabulary(["a", "b"], [2, 1]).encode(["b", "?", "a"])
    assert encoded.dtype == np.int32
    assert encoded.tolist() == [1, 0]


def test_keep_probability_is_that_of_gensim() -> None:
    models = pytest.importorskip("gensim.models", reason="compares with gensim")
    counts = {"a": 5000, "b": 900, "c": 20, "d": 1}
    model = models.Word2Vec(min_count=1, sample=1e-2)
    model.build_vocab_from_freq(counts)
    of_gensim = [model.wv.get_vecattr(word, "sample_int") / 2**32 for word in counts]
    ours = Vocabulary.from_counts(counts).keep_probability(1e-2)
    np.testing.assert_allclose(ours, of_gensim, rtol=1e-6)


def test_no_subsampling_keeps_all() -> None:
    assert Vocabulary(["a", "b"], [10**9, 1]).keep_probability(0).tolist() == [1, 1]


def test_noise_distribution_is_the_power_of_the_counts() -> None:
    noise = Vocabulary(["a", "b", "c"], [81, 16, 1]).noise_distribution(0.75)
    np.testing.assert_allclose(noise, np.array([27, 8, 1]) / 36)
