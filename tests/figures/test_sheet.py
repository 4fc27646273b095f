"""Figures of the chapter on the handwritten sheet: what training makes of a slip."""

import numpy as np
import pytest

from wordgrad.figures import sheet
from wordgrad.figures._style import BLUE, OCHRE, VERMILLION


@pytest.fixture(scope="module")
def curves() -> list[dict[str, np.ndarray]]:
    """The curves of each panel by their colour."""
    return [
        {str(line.get_color()): np.asarray(line.get_ydata()) for line in axes.lines}
        for axes in sheet.descents().axes
    ]


def test_right_gradients_lower_the_loss_at_every_step(curves: list[dict[str, np.ndarray]]) -> None:
    for panel in curves:
        assert (np.diff(panel[BLUE]) < 0).all()


def test_slips_of_softmax_begin_well_and_end_badly(curves: list[dict[str, np.ndarray]]) -> None:
    softmax = curves[0]
    for color in (VERMILLION, OCHRE):
        assert softmax[color][5] < softmax[BLUE][5]
        assert softmax[color][-1] > 3 * softmax[BLUE][-1]
    assert softmax[VERMILLION].max() > 5  # leaves the figure


def test_the_slip_of_negative_sampling_learns_next_to_nothing(
    curves: list[dict[str, np.ndarray]],
) -> None:
    negatives = curves[1]
    assert negatives[VERMILLION].min() > 0.8 * negatives[VERMILLION][0]
    assert negatives[BLUE][-1] < 0.1 * negatives[BLUE][0]


@pytest.mark.parametrize(
    ("slip", "right"),
    [
        (sheet.wrong_index, sheet.softmax_pair),
        (sheet.factor_dropped, sheet.softmax_pair),
        (sheet.sign, sheet.negatives_pair),
    ],
)
def test_a_slip_changes_one_gradient_and_not_the_loss(slip: sheet.Pair, right: sheet.Pair) -> None:
    rng = np.random.default_rng(0)
    given = rng.normal(size=5), 3, rng.normal(size=(20, 5))
    (loss, *gradients), (true_loss, *true_gradients) = slip(*given), right(*given)
    assert loss == true_loss
    same = [np.array_equal(a, b) for a, b in zip(gradients, true_gradients, strict=True)]
    assert sorted(same) == [False, True]


def test_slips_are_those_of_the_sheet() -> None:
    rng = np.random.default_rng(1)
    center_vec, outside_vecs = rng.normal(size=5), rng.normal(size=(20, 5))
    probs = np.exp(outside_vecs @ center_vec)
    probs /= probs.sum()
    total = np.zeros(5)
    for vec in outside_vecs:
        total += probs[3] * vec
    grad_center = sheet.wrong_index(center_vec, 3, outside_vecs)[1]
    assert grad_center == pytest.approx(total - outside_vecs[3])
    grad_outside = sheet.factor_dropped(center_vec, 3, outside_vecs)[2]
    assert grad_outside[7] == pytest.approx(np.full(5, probs[7]))
    assert grad_outside[3] == pytest.approx((probs[3] - 1) * center_vec)
