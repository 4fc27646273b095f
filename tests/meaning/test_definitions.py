"""What the calculus is told of a notation."""

import pytest
import sympy as sp

from wordgrad.calculus.sorts import DIM, NEG, VOC, WIN
from wordgrad.meaning.contexts import negative_sampling, scores, window
from wordgrad.meaning.definitions import signature_of
from wordgrad.meaning.faults import ShapeError
from wordgrad.meaning.notation import Notation, Quantity

i, o = sp.symbols("i o", integer=True)


def test_arrays_and_index_functions_are_listed_by_stored_name() -> None:
    signature = signature_of(window("negative_sampling"))
    assert signature.arrays["u"] == (VOC, DIM)
    assert "U" not in signature.arrays
    assert signature.arrays["J"] == ()
    assert signature.index_functions == {"w": ((WIN,), VOC), "n": ((WIN, NEG), VOC)}


def test_a_definition_is_a_function_of_the_indices() -> None:
    define = signature_of(scores()).definitions
    assert str(define["yhat"](i)) == "exp(theta[i])/Sum(exp(theta[_w]), (_w, 1, V))"
    assert define["y"](i) == sp.KroneckerDelta(i, o)
    assert define["y"](o) == 1
    assert str(define["J"]()) == "-Sum(log(yhat[_w])*y[_w], (_w, 1, V))"


def test_each_call_of_a_definition_has_bound_indices_of_its_own() -> None:
    define = signature_of(scores()).definitions["Z"]
    assert define().limits[0][0] != define().limits[0][0]


def test_assumptions_are_passed_on() -> None:
    notation = negative_sampling().assuming(
        equal=(("w", "o"),),
        distinct=(("x", "o"),),
        injective=("w",),
        avoiding=(("n", "o"),),
        positive=(r"\theta_w", r"1+\theta_w"),
    )
    signature = signature_of(notation)
    assert signature.equal == (("w", "o"),)
    assert signature.distinct == {frozenset("xo")}
    assert signature.injective == {"n"}
    assert signature.avoiding == {("n", "o")}
    assert "theta" in signature.positive


def test_distributions_are_passed_on() -> None:
    assert signature_of(scores("distribution")).distributions == {"y"}
    assert signature_of(scores()).distributions == frozenset()


def test_a_definition_of_the_wrong_shape_is_refused() -> None:
    wrong = Notation("wrong", {"x": Quantity("x", (VOC,), definition="1")})
    with pytest.raises(ShapeError, match="x is defined as a scalar"):
        signature_of(wrong).definitions["x"](i)
