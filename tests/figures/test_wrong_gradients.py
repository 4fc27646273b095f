"""What the gallery trains with is what its wrong lines say: the lines are evaluated to compare."""

from dataclasses import replace

import numpy as np
import pytest

from wordgrad import naive_softmax_loss_and_gradients, negative_sampling_loss_and_gradients
from wordgrad.calculus.sorts import NEG, VOC
from wordgrad.checker import check_derivation
from wordgrad.checker.targets import target_of
from wordgrad.figures._wrong_gradients import (
    MISTAKES,
    Mistake,
    Pair,
    right_negatives,
    right_softmax,
    sigmoid,
)
from wordgrad.latex.parser import parse_expression
from wordgrad.oracle.evaluate import evaluate
from wordgrad.oracle.world import World

V, DIM_, K = 5, 3, 4
CENTER, OUTSIDE, ROW = 1, 3, 2  # ROW: the word or the negative that a row is looked at for
NEGATIVES = np.array([0, 2, 2, 0])  # the negative with index ROW is the word 2, drawn twice


@pytest.fixture(scope="module")
def pair() -> Pair:
    rng = np.random.default_rng(5)
    center_vecs, outside_vecs = rng.normal(size=(2, V, DIM_))
    return Pair(CENTER, OUTSIDE, center_vecs[CENTER], outside_vecs, NEGATIVES)


def value_of(latex: str, target: str, pair: Pair, *, last_word: bool = False) -> np.ndarray:
    """The line at the numbers of the pair."""
    center_vecs = np.zeros((1, V, DIM_))
    center_vecs[0, CENTER] = pair.center_vec
    outside_vecs = pair.outside_vecs[np.newaxis]
    word = V - 1 if last_word else ROW
    indices = {"c": CENTER, "o": OUTSIDE, "w": word, "l": ROW, "i": OUTSIDE, "j": ROW}
    sorts = {**dict.fromkeys("cowij", VOC), "l": NEG}
    scores = outside_vecs @ pair.center_vec
    world = World(
        {"V": V, "d": DIM_, "K": K, "m": 1},
        {"u": outside_vecs, "v": center_vecs, "theta": scores},
        sorts,
        {name: np.array([place + 1]) for name, place in indices.items()},
        {"n": NEGATIVES[np.newaxis] + 1},
    )
    notation = target_of(target).notation
    return evaluate(parse_expression(latex), notation, world).array[0].squeeze()


def named(*slips: str) -> list[Mistake]:
    return [MISTAKES[slip] for slip in slips]


def test_the_right_gradients_are_those_of_the_package(pair: Pair) -> None:
    arguments = (pair.center_vec, pair.outside_idx, pair.outside_vecs)
    for ours, theirs in (
        (right_softmax(pair), naive_softmax_loss_and_gradients(*arguments)[1:]),
        (right_negatives(pair), negative_sampling_loss_and_gradients(*arguments, NEGATIVES)[1:]),
    ):
        for own, other in zip(ours, theirs, strict=True):
            assert own == pytest.approx(other, abs=1e-14)


def test_the_quick_sigmoid_is_a_sigmoid() -> None:
    x = np.linspace(-20, 20, 41)
    assert sigmoid(x) == pytest.approx(1 / (1 + np.exp(-x)), abs=1e-15)


@pytest.mark.parametrize("slip", MISTAKES)
def test_the_checker_gives_the_slip_its_name(slip: str) -> None:
    mistake = MISTAKES[slip]
    (line,) = check_derivation([mistake.line], mistake.target).lines
    if slip == "layout":
        assert line.status == "layout"
        return
    assert line.status in ("wrong", "ill_formed")
    assert line.slip
    assert line.slip.kind == slip
    assert check_derivation([line.repair], mistake.target).lines[0].status == "proved"


@pytest.mark.parametrize(
    "slip",
    [
        *("sign", "wrong index", "y for yhat", "sum dropped", "factor dropped"),
        *("index both free and bound", "minus lost inside sigma", "extra sigma"),
    ],
)
def test_lines_by_the_center_vector(slip: str, pair: Pair) -> None:
    mistake = MISTAKES[slip]
    wrong, right = mistake.gradients(pair), RIGHT[mistake.loss](pair)
    line = value_of(mistake.line, mistake.target, pair, last_word=True)
    assert wrong[0] == pytest.approx(line, abs=1e-13)
    assert wrong[1] == pytest.approx(right[1], abs=1e-13)
    assert np.abs(wrong[0] - right[0]).max() > 1e-3


RIGHT = {"softmax": right_softmax, "negative sampling": right_negatives}


@pytest.mark.parametrize(
    "slip", ["wrong vector", "sum not collapsed", "factor extra", "case w=o forgotten"]
)
def test_lines_by_an_outside_vector(slip: str, pair: Pair) -> None:
    mistake = MISTAKES[slip]
    wrong, right = mistake.gradients(pair), right_softmax(pair)
    for last_word, row in ((False, ROW), (True, V - 1)):
        line = value_of(mistake.line, mistake.target, pair, last_word=last_word)
        assert wrong[1][row] == pytest.approx(line, abs=1e-13)
    assert wrong[0] == pytest.approx(right[0], abs=1e-13)
    assert np.abs(wrong[1] - right[1]).max() > 1e-3


def test_a_negative_drawn_twice_counts_once(pair: Pair) -> None:
    mistake = MISTAKES["repeats counted wrongly"]
    wrong, right = mistake.gradients(pair), right_negatives(pair)
    row = NEGATIVES[ROW]
    line = value_of(mistake.line, mistake.target, pair)
    assert wrong[1][row] == pytest.approx(line, abs=1e-13)
    assert right[1][row] == pytest.approx(2 * line, abs=1e-13)


@pytest.mark.parametrize("slip", ["log split", "log of exp"])
def test_wrong_losses_have_their_own_gradients(slip: str, pair: Pair) -> None:
    mistake = MISTAKES[slip]
    wrong = mistake.gradients(pair)
    by_center = value_of(
        rf"\frac{{\partial}}{{\partial v_c}}\left({mistake.line}\right)", "naive_vc", pair
    )
    by_row = value_of(
        rf"\frac{{\partial}}{{\partial u_w}}\left({mistake.line}\right)", "naive_uw", pair
    )
    assert wrong[0] == pytest.approx(by_center, abs=1e-9)
    assert wrong[1][ROW] == pytest.approx(by_row, abs=1e-9)


def test_the_wrong_jacobian_is_carried_to_the_vectors(pair: Pair) -> None:
    """By v_c: minus one over yhat_o, times the row o of the Jacobian, times U."""
    mistake = MISTAKES["quotient rule"]
    entry = value_of(mistake.line, mistake.target, pair)  # i is the outside word, j is ROW
    slope = -entry / pair.probs[OUTSIDE]
    assert mistake.gradients(pair)[1][ROW] == pytest.approx(slope * pair.center_vec, abs=1e-13)


def test_the_joint_probability_is_that_of_frequent_and_rare_alike(pair: Pair) -> None:
    wrong, _ = MISTAKES["joint for conditional"].gradients(pair)
    mean = pair.probs @ pair.outside_vecs
    assert wrong == pytest.approx(-pair.outside_vec + mean / V, abs=1e-13)


def test_the_window_has_its_center_once_for_two_pairs(pair: Pair) -> None:
    """Summed over both context words, it is the gradient of three pairs."""
    other = replace(pair, outside_idx=ROW)
    itself = replace(pair, outside_idx=CENTER)
    wrong = sum(MISTAKES["window bound"].gradients(p)[0] for p in (pair, other))
    assert wrong == pytest.approx(
        sum(right_softmax(p)[0] for p in (pair, other, itself)), abs=1e-13
    )


@pytest.mark.parametrize("slip", ["transposed", "outer product swapped", "layout"])
def test_shapes_fit_only_if_there_are_as_many_words_as_dimensions(slip: str) -> None:
    rng = np.random.default_rng(6)
    square = Pair(0, 1, rng.normal(size=4), rng.normal(size=(4, 4)), NEGATIVES)
    wrong, right = MISTAKES[slip].gradients(square), right_softmax(square)
    assert [np.shape(gradient) for gradient in wrong] == [(4,), (4, 4)]
    assert sum(np.abs(a - b).max() > 1e-3 for a, b in zip(wrong, right, strict=True)) == 1
    flat = Pair(0, 1, rng.normal(size=3), rng.normal(size=(4, 3)), NEGATIVES)
    with pytest.raises(ValueError, match=r"mismatch|broadcast"):
        MISTAKES[slip].gradients(flat)


@pytest.mark.parametrize("slip", ["transposed", "outer product swapped"])
def test_the_same_push_in_every_row_changes_no_probability(slip: str) -> None:
    rng = np.random.default_rng(7)
    square = Pair(0, 1, rng.normal(size=4), rng.normal(size=(4, 4)), NEGATIVES)
    _, push = MISTAKES[slip].gradients(square)
    moved = replace(square, outside_vecs=square.outside_vecs - push)
    assert moved.probs == pytest.approx(square.probs, abs=1e-14)
