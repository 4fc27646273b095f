"""Zero is recognised over common denominators; positivity is shown, never guessed."""

import pytest
import sympy as sp

from wordgrad.calculus.convert import Converter
from wordgrad.calculus.equality import is_positive, is_zero
from wordgrad.calculus.functions import sigma
from wordgrad.calculus.sorts import DIM, NEG, VOC

from . import semantics as s

X = s.x
POSITIVE = {
    "a probability": s.yhat[s.i],
    "a normaliser": s.total(VOC, lambda b: sp.exp(s.theta[b])),
    "one minus a probability of the sigmoid": 1 - sigma(X),
    "one plus a square": 1 + X**2,
    "a size": NEG.length,
    "a declared letter": s.a,
}
NOT_SHOWN = {
    "a square": X**2,
    "a letter": X,
    "a dot product": s.score(s.o),
    "a difference": 1 - s.a,
    "a delta": sp.KroneckerDelta(s.i, s.o),
    "minus one": sp.Integer(-1),
    "zero": sp.Integer(0),
}


@pytest.mark.parametrize("name", POSITIVE)
def test_positive(name: str) -> None:
    converter = Converter(s.SIGNATURE)
    assert is_positive(converter.ring, converter.normal_form(POSITIVE[name]))


@pytest.mark.parametrize("name", NOT_SHOWN)
def test_not_shown_positive(name: str) -> None:
    converter = Converter(s.SIGNATURE)
    assert not is_positive(converter.ring, converter.normal_form(NOT_SHOWN[name]))


def test_zero_over_products_of_denominators() -> None:
    converter = Converter(s.SIGNATURE)
    left = 1 / ((1 + sp.exp(X)) * (1 + sp.exp(s.theta[s.i])))
    right = sp.expand(left)
    assert left != right
    difference = converter.ring.subtract(converter.normal_form(left), converter.normal_form(right))
    assert is_zero(converter.ring, difference)
    assert not is_zero(converter.ring, converter.ring.add(difference, converter.normal_form(X)))


def test_sums_over_different_sorts_do_not_cancel() -> None:
    converter = Converter(s.SIGNATURE)
    difference = converter.normal_form(
        s.total(DIM, lambda b: sigma(X)) - s.total(VOC, lambda b: sigma(X))
    )
    assert not is_zero(converter.ring, difference)
