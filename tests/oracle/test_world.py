"""Concrete models."""

import numpy as np
import pytest

from wordgrad.calculus.sorts import VOC, WIN
from wordgrad.latex.parser import parse_expression
from wordgrad.meaning.contexts import scores
from wordgrad.meaning.notation import Notation
from wordgrad.oracle.reader import read
from wordgrad.oracle.world import SIMPLE, TENTHS, World, draw_world, table_position

from .models import NAIVE, NEGATIVE, SIZES, WINDOW


def drawn(latex: str, notation: Notation, draws: int = 2, **sizes: int) -> World:
    """A world for a line."""
    needs = read([parse_expression(latex)], notation).needs()
    world = draw_world(needs, {**SIZES, **sizes}, draws, np.random.default_rng(1))
    assert world is not None
    return world


def test_only_what_is_needed_is_drawn() -> None:
    world = drawn("u_w", NAIVE)
    assert set(world.arrays) == {"u"}
    assert set(world.indices) == {"w"}
    assert not world.tables


def test_numbers_are_short() -> None:
    world = drawn(r"u_w^\top v_c", NAIVE)
    half = world.points // 2
    assert set(world.arrays["u"][:half].ravel()) <= set(SIMPLE)
    assert set(world.arrays["v"].ravel()) <= set(SIMPLE) | set(TENTHS)
    assert world.arrays["u"].shape == (world.points, 3, 2)


def test_indices_coincide_and_differ() -> None:
    world = drawn("J", NEGATIVE, V=4)
    o, n = world.indices["o"], world.tables["n"]
    for hits in (n[:, 0] == n[:, 1], n[:, 0] == o, world.indices["c"] == o):
        assert 0 < hits.sum() < world.points


@pytest.mark.parametrize(
    ("assumption", "holds"),
    [
        ({"equal": (("o", "c"),)}, lambda w: w.indices["o"] == w.indices["c"]),
        ({"distinct": (("c", "o"),)}, lambda w: w.indices["o"] != w.indices["c"]),
        ({"injective": ("n",)}, lambda w: w.tables["n"][:, 0] != w.tables["n"][:, 1]),
        ({"injective": ("w",)}, lambda w: w.tables["n"][:, 0] != w.tables["n"][:, 1]),
        (
            {"avoiding": (("n", "o"),)},
            lambda w: (w.tables["n"] != w.indices["o"][:, None]).all(axis=1),
        ),
    ],
)
def test_assumptions_hold_everywhere(assumption: dict[str, object], holds: object) -> None:
    world = drawn("J", NEGATIVE.assuming(**assumption), V=5)
    assert callable(holds)
    assert holds(world).all()
    assert not holds(drawn("J", NEGATIVE, V=5)).all()


def test_no_room_for_the_assumptions() -> None:
    notation = NEGATIVE.assuming(injective=("n",), avoiding=(("n", "o"),))
    needs = read([parse_expression("J")], notation).needs()
    assert draw_world(needs, {**SIZES, "V": 2}, 2, np.random.default_rng(0)) is None


def test_the_middle_of_the_window_is_the_center() -> None:
    world = drawn("J", WINDOW)
    assert world.tables["w"].shape == (world.points, 3)
    assert (world.tables["w"][:, 1] == world.indices["c"]).all()
    assert world.tables["n"].shape == (world.points, 3, 2)
    assert world.tables["n"].min() >= 1
    assert world.tables["n"].max() <= 3


def test_places_in_tables() -> None:
    assert table_position(WIN, -1, SIZES) == 0
    assert table_position(WIN, 1, SIZES) == 2
    assert table_position(VOC, 1, SIZES) == 0


@pytest.mark.parametrize("words", [2, 3, 7])
def test_distributions_sum_to_one(words: int) -> None:
    y = drawn("J", scores("distribution"), V=words).arrays["y"]
    assert y.shape[-1] == words
    assert (y > 0).all()
    assert np.allclose(y.sum(axis=-1), 1, rtol=0, atol=1e-15)


def test_what_is_assumed_positive_is_drawn_positive() -> None:
    notation = scores().assuming(positive=("s",))
    assert (drawn("s", notation).arrays["s"] > 0).all()
    assert (drawn("s", scores()).arrays["s"] < 0).any()


def test_few_patterns_get_more_draws() -> None:
    assert drawn("s", scores()).points >= 12


def test_the_same_seed_gives_the_same_world() -> None:
    first, second = (drawn("J", WINDOW) for _ in range(2))
    assert (first.arrays["u"] == second.arrays["u"]).all()
    assert (first.tables["n"] == second.tables["n"]).all()


def test_one_point_of_a_world() -> None:
    world = drawn("J", NEGATIVE)
    point = world.at(3)
    assert point.points == 1
    assert (point.arrays["u"][0] == world.arrays["u"][3]).all()
    assert point.indices["o"] == world.indices["o"][3]
    assert (point.tables["n"][0] == world.tables["n"][3]).all()
