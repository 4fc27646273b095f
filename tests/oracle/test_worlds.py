"""Sizes and the worlds that are remembered."""

import numpy as np
import pytest

from wordgrad.latex.parser import parse_expression
from wordgrad.meaning.notation import Notation
from wordgrad.oracle.evaluate import Evaluator
from wordgrad.oracle.reader import read
from wordgrad.oracle.worlds import LARGEST, ROOMY, SIZES, evaluator_for, evaluators

from .models import NAIVE, NEGATIVE


def made_for(latex: str, notation: Notation) -> list[Evaluator]:
    """The evaluators of one line."""
    reading = read([parse_expression(latex)], notation)
    return list(evaluators(reading, reading.needs(), SIZES, 2, 0))


def test_the_last_sizes_differ_from_each_other() -> None:
    d, v, k, m = (SIZES[-1][letter] for letter in "dVKm")
    assert len({d, v, k, 2 * m}) == 4


def test_one_world_for_each_size() -> None:
    assert [e.world.sizes["V"] for e in made_for("J", NAIVE)] == [2, 3, 5]


def test_sizes_that_do_not_matter_make_no_difference() -> None:
    assert len(made_for("1", NAIVE)) == 1
    assert len(made_for("K", NAIVE)) == 1
    assert len(made_for("2m", NAIVE)) == 2


def test_written_numbers_find_room() -> None:
    assert [e.world.sizes["V"] for e in made_for("u_4", NAIVE)] == [4, 5]
    assert max(e.world.sizes["V"] for e in made_for("u_{99}", NAIVE)) == LARGEST


def test_assumptions_find_room() -> None:
    notation = NEGATIVE.assuming(injective=("n",), avoiding=(("n", "o"), ("n", "c")))
    assert [e.world.sizes["V"] for e in made_for("J", notation)] == [3, 5, ROOMY["V"]]


def test_the_same_needs_share_a_world() -> None:
    first, second = made_for("u_w+v_c", NAIVE), made_for("v_c-u_w", NAIVE)
    assert all(a is b for a, b in zip(first, second, strict=True))


@pytest.mark.parametrize("seed", [0, 1])
def test_seeds_make_worlds(seed: int) -> None:
    needs = read([parse_expression("J")], NAIVE).needs()
    sizes = tuple(SIZES[1].items())
    one, other = evaluator_for(needs, sizes, 2, seed), evaluator_for(needs, sizes, 2, seed + 1)
    assert one is not None
    assert other is not None
    assert not np.array_equal(one.world.arrays["u"], other.world.arrays["u"])
