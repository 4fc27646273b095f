"""The wrong loss whose own gradient is right."""

import numpy as np

from wordgrad import check_gradients
from wordgrad.figures._lost_minus import lost_minus, train


def test_both_gradients_belong_to_the_wrong_loss() -> None:
    rng = np.random.default_rng(0)
    center_vec, outside_vecs = rng.normal(size=3), rng.normal(size=(5, 3))
    negatives = np.array([4, 2, 2, 0])
    assert check_gradients(
        lambda v: lost_minus(v, 0, outside_vecs, negatives)[:2], center_vec, "complex"
    )
    assert check_gradients(
        lambda vecs: lost_minus(center_vec, 0, vecs, negatives)[::2], outside_vecs, "complex"
    )


def test_training_looks_at_each_checkpoint() -> None:
    true, own = train(lost_minus, np.array([0, 10, 20]))
    assert len(true) == len(own) == 3
    assert own[-1] < own[0]
