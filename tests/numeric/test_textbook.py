import numpy as np
import pytest
from hypothesis import given

import wordgrad
from wordgrad.numeric import textbook

from .cases import problems, quick

CLOSE = {"rtol": 1e-12, "atol": 1e-12}


@given(p=problems())
@quick
def test_pair_losses_equal_the_vectorised_ones(p):
    pair = (p.center_vec, p.outside_idx, p.outside_vecs)
    for slow, fast in [
        (
            textbook.naive_softmax_loss_and_gradients(*pair),
            wordgrad.naive_softmax_loss_and_gradients(*pair),
        ),
        (
            textbook.negative_sampling_loss_and_gradients(*pair, p.negative_idx),
            wordgrad.negative_sampling_loss_and_gradients(*pair, p.negative_idx),
        ),
    ]:
        for a, b in zip(slow, fast, strict=True):
            np.testing.assert_allclose(a, b, **CLOSE)


def test_activations_equal_the_careful_ones_where_they_work():
    x = np.linspace(-30, 30, 61)
    np.testing.assert_allclose([textbook.sigmoid(v) for v in x], wordgrad.sigmoid(x), rtol=1e-15)
    np.testing.assert_allclose(textbook.softmax(x), wordgrad.softmax(x), rtol=1e-14)


def test_they_fail_where_the_book_says_so():
    with pytest.raises(OverflowError):
        textbook.sigmoid(-710.0)
    with pytest.raises(OverflowError):
        textbook.softmax(np.array([710.0, 0.0]))
