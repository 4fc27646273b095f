"""Whole lines at many points: what the pieces give together."""

import numpy as np

from wordgrad.latex.parser import parse_expression
from wordgrad.oracle.arithmetic import decimals
from wordgrad.oracle.evaluate import Evaluator, evaluate
from wordgrad.oracle.reader import read
from wordgrad.oracle.world import World, draw_world

from .models import NAIVE, NEGATIVE, SIZES, WINDOW, sigmoid, softmax

TREE = parse_expression(r"\frac{\partial J}{\partial U}")


def drawn(notation: object) -> World:
    """Many points for the loss."""
    needs = read([TREE], notation).needs()  # type: ignore[arg-type]
    world = draw_world(needs, {**SIZES, "V": 4}, 2, np.random.default_rng(3))
    assert world is not None
    return world


def test_the_naive_softmax_at_every_point() -> None:
    world = drawn(NAIVE)
    found = evaluate(TREE, NAIVE, world).array
    assert found.shape == (world.points, 4, 2)
    for point in range(world.points):
        center = world.arrays["v"][point, world.indices["c"][point] - 1]
        by_score = softmax(world.arrays["u"][point] @ center)
        by_score[world.indices["o"][point] - 1] -= 1
        assert np.allclose(found[point], np.outer(by_score, center), rtol=1e-12, atol=1e-14)


def test_negative_sampling_at_every_point() -> None:
    world = drawn(NEGATIVE)
    found = evaluate(TREE, NEGATIVE, world).array
    for point in range(world.points):
        center = world.arrays["v"][point, world.indices["c"][point] - 1]
        scores = world.arrays["u"][point] @ center
        outside, negatives = world.indices["o"][point] - 1, world.tables["n"][point] - 1
        by_score = np.zeros(4)
        by_score[outside] = sigmoid(scores[outside]) - 1
        np.add.at(by_score, negatives, sigmoid(scores[negatives]))
        assert np.allclose(found[point], np.outer(by_score, center), rtol=1e-12, atol=1e-14)


def test_all_points_at_once_are_the_points_one_by_one() -> None:
    world = drawn(WINDOW)
    together = evaluate(TREE, WINDOW, world).array
    for point in range(0, world.points, 7):
        alone = evaluate(TREE, WINDOW, world.at(point)).array
        assert np.allclose(alone[0], together[point], rtol=1e-13, atol=1e-15)


def test_fifty_digits_say_the_same() -> None:
    world = drawn(NEGATIVE).at(5)
    doubles = evaluate(TREE, NEGATIVE, world).array
    exact = evaluate(TREE, NEGATIVE, world, decimals())
    assert np.allclose(decimals().doubles(exact.array), doubles, rtol=1e-13)


def test_an_evaluator_can_be_used_again() -> None:
    world = drawn(NAIVE)
    evaluator = Evaluator(NAIVE, world)
    first, second = evaluator.value(TREE).array, evaluator.value(TREE).array
    assert (first == second).all()


def test_a_number_has_a_value_at_every_point() -> None:
    world = drawn(NAIVE)
    assert evaluate(parse_expression("2"), NAIVE, world).array.shape == (world.points, 1, 1)
