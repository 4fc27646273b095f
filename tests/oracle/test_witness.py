"""Witnesses, as a reader would write them down."""

import json
from dataclasses import asdict

import numpy as np

from wordgrad.latex.parser import parse_expression
from wordgrad.oracle.reader import read
from wordgrad.oracle.witness import Witness, witness_at

from .models import CENTER, NEGATIVE, OUTSIDE, SIZES, WINDOW, world_of


def test_a_witness_in_one_line() -> None:
    witness = Witness(
        {"V": 2}, {"w": 1, "w_{c-1}": 2}, {"x": 0.5, "u": ((-1.0,),)}, (2, 1), 0.25, -1
    )
    assert str(witness) == "V=2, w=1, w_{c-1}=2, x=0.5, u=[[-1]]: entry (2, 1), 0.25 against -1"


def test_the_entry_that_differs_most_is_named() -> None:
    world = world_of({"k": 1}, {"n": [3, 1]})
    needs = read([parse_expression("J+u_k^\\top v_c")], NEGATIVE).needs()
    left = np.array([[1.0, 2.0], [3.0, 4.0]])
    witness = witness_at(left, left + np.array([[0, 1], [0, 2]]), world, needs)
    assert (witness.component, witness.left, witness.right) == ((2, 2), 4.0, 6.0)
    assert witness.sizes == {letter: SIZES[letter] for letter in ("K", "V", "d")}
    assert witness.indices == {"o": 2, "c": 1, "k": 1, "n_1": 3, "n_2": 1}
    assert witness.inputs == {
        "u": tuple(map(tuple, OUTSIDE.tolist())),
        "v": tuple(map(tuple, CENTER.tolist())),
    }


def test_a_vector_has_one_position_and_a_scalar_none() -> None:
    needs = read([parse_expression("u_o")], NEGATIVE).needs()
    column = np.array([[1.0], [2.0]])
    assert witness_at(column, column * 2, world_of(), needs).component == (2,)
    assert witness_at(column.T, column.T * 2, world_of(), needs).component == (2,)
    assert witness_at(column[:1], column[1:], world_of(), needs).component == ()


def test_words_of_a_window_have_their_names_on_paper() -> None:
    world = world_of(tables={"w": [2, 1, 3], "n": [[1, 2], [3, 3], [2, 1]]})
    needs = read([parse_expression("J")], WINDOW).needs()
    witness = witness_at(np.zeros((1, 1)), np.ones((1, 1)), world, needs)
    assert {k: v for k, v in witness.indices.items() if k.startswith("w")} == {
        "w_{c-1}": 2,
        "w_{c+1}": 3,
    }
    assert [witness.indices[f"n_{{{j},{k}}}"] for j in (-1, 1) for k in (1, 2)] == [1, 2, 2, 1]


def test_a_witness_can_be_sent_as_json() -> None:
    witness = Witness({"V": 2}, {"o": 1}, {"u": ((1.0, 2.0),)}, (1,), 0.5, 0.25)
    assert json.loads(json.dumps(asdict(witness)))["inputs"] == {"u": [[1.0, 2.0]]}
