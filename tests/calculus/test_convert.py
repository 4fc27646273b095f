"""The normal form means what the tree means, and equal trees get equal forms."""

import numpy as np
import pytest
import sympy as sp
from hypothesis import example, given, reject, settings
from hypothesis import strategies as st

from wordgrad.calculus.convert import Converter
from wordgrad.calculus.equality import is_zero
from wordgrad.calculus.errors import CalculusError, OutOfFuel, Undefined, Unsupported
from wordgrad.calculus.functions import sigma, softplus
from wordgrad.calculus.sorts import DIM, NEG, VOC, WIN
from wordgrad.calculus.terms import Poly

from . import semantics as s

delta = sp.KroneckerDelta


def _leaves() -> st.SearchStrategy[sp.Expr]:
    words = st.sampled_from([s.o, s.c, s.i, s.n[s.k], s.j])
    return st.one_of(
        st.sampled_from([s.x, s.a, s.J, sp.Integer(2), sp.Rational(-1, 3)]),
        words.map(lambda t: s.theta[t]),
        words.map(lambda t: s.yhat[t]),
        words.map(lambda t: s.p[t]),
        words.map(s.score),
        st.tuples(words, words).map(lambda t: delta(*t)),
        words.map(lambda t: s.total(VOC, lambda b: delta(b, t) * s.yhat[b])),
        words.map(lambda t: s.total(NEG, lambda b: delta(s.n[b], t) * sigma(s.score(s.n[b])))),
        st.just(s.total(WIN, lambda b: s.theta[s.w[b]])),
        st.just(s.total(VOC, lambda b: s.p[b])),
        st.sampled_from([s.q, s.r]).map(lambda b: s.u[s.o, b]),
    )


def _grow(inner: st.SearchStrategy[sp.Expr]) -> st.SearchStrategy[sp.Expr]:
    return st.one_of(
        st.tuples(inner, inner).map(lambda t: t[0] + t[1]),
        st.tuples(inner, inner).map(lambda t: t[0] * t[1]),
        st.tuples(inner, inner).map(lambda t: t[0] - 2 * t[1]),
        inner.map(sigma),
        inner.map(softplus),
        inner.map(lambda t: sp.exp(t / 3)),
        inner.map(lambda t: t / (1 + sp.exp(t))),
        inner.map(lambda t: sp.log(1 + t**2)),
    )


# Under t/(1 + e^t) with sigma inside t, two denominators want to divide by the same unknown.
_PRODUCT = (s.x - 2 * s.score(s.o)) * sigma(s.score(s.o))
_TWO_DENOMINATORS = _PRODUCT / (1 + sp.exp(_PRODUCT))
TREES = st.recursive(_leaves(), _grow, max_leaves=4)


def _normal_form(converter: Converter, tree: sp.Expr) -> Poly:
    """A few trees are too large, which the converter says; Hypothesis fails if many are."""
    try:
        return converter.normal_form(tree)
    except OutOfFuel:
        reject()


@settings(deadline=None, max_examples=150)
@given(TREES, st.integers(0, 10**6))
def test_normal_form_has_the_value_of_the_tree(tree: sp.Expr, seed: int) -> None:
    form = _normal_form(Converter(s.SIGNATURE), tree)
    model = s.Model(np.random.default_rng(seed))
    assert model.poly(form) == pytest.approx(model.tree(tree), rel=1e-9, abs=1e-9)


@settings(deadline=None, max_examples=60)
@example(_TWO_DENOMINATORS)
@given(TREES)
def test_a_tree_equals_its_expansion(tree: sp.Expr) -> None:
    converter = Converter(s.SIGNATURE)
    difference = converter.ring.subtract(
        _normal_form(converter, tree), _normal_form(converter, sp.expand(tree, deep=False))
    )
    assert is_zero(converter.ring, difference)


IDENTITIES = {
    "sigma of minus": (sigma(-s.x), 1 - sigma(s.x)),
    "softplus": (softplus(s.x) - softplus(-s.x), s.x),
    "log sigma": (sp.log(sigma(s.x)), -softplus(-s.x)),
    "tanh": (sp.tanh(s.x / 2), 2 * sigma(s.x) - 1),
    "sums to one": (s.total(VOC, lambda b: s.yhat[b]), sp.Integer(1)),
    "distribution": (s.total(VOC, lambda b: 3 * s.p[b]), sp.Integer(3)),
    "size": (s.total(VOC, lambda b: s.x), s.x * VOC.length),
    "window has 2m places": (
        s.total(WIN, lambda b: s.x),
        2 * s.x * sp.Symbol("m", integer=True, positive=True),
    ),
    "contraction": (s.total(VOC, lambda b: delta(b, s.o) * s.theta[b]), s.theta[s.o]),
    "all but one": (
        s.total(VOC, lambda b: (1 - delta(b, s.o)) * s.yhat[b]),
        1 - s.yhat[s.o],
    ),
    "swapped bound indices": (
        s.total(VOC, lambda b: s.total(VOC, lambda e: s.u[b, s.q] * s.u[e, s.r] * s.yhat[b])),
        s.total(VOC, lambda e: s.u[e, s.r]) * s.total(VOC, lambda b: s.u[b, s.q] * s.yhat[b]),
    ),
    "delta moves the index": (
        delta(s.i, s.o) * sigma(s.score(s.i)),
        delta(s.i, s.o) * sigma(s.score(s.o)),
    ),
    "delta inside log": (
        sp.log(1 + delta(s.i, s.o) * s.a),
        delta(s.i, s.o) * sp.log(1 + s.a),
    ),
    "log of a product over a range": (
        sp.log(sp.Product(s.a, (sp.Dummy("t", integer=True), *NEG.limits))),
        sp.log(s.a) * NEG.length,
    ),
    "shift": (
        sp.exp(s.theta[s.i] + s.x) / s.total(VOC, lambda b: sp.exp(s.theta[b] + s.x)),
        s.yhat[s.i],
    ),
    "quotient of denominators": (
        1 / (1 + sp.exp(-s.x)) - sp.exp(s.x) / (1 + sp.exp(s.x)),
        sp.Integer(0),
    ),
    "square root of a square of a positive number": (sp.sqrt(s.a) ** 2, s.a),
}


@pytest.mark.parametrize("name", IDENTITIES)
def test_identity_is_proved(name: str) -> None:
    left, right = IDENTITIES[name]
    converter = Converter(s.SIGNATURE)
    difference = converter.ring.subtract(converter.normal_form(left), converter.normal_form(right))
    assert is_zero(converter.ring, difference)


NOT_IDENTITIES = {
    "sigma is not odd": (sigma(-s.x), -sigma(s.x)),
    "log of a sum": (
        sp.log(s.total(VOC, lambda b: sp.exp(s.theta[b]))),
        s.total(VOC, lambda b: s.theta[b]),
    ),
    "repeated negatives": (
        s.total(NEG, lambda b: delta(s.n[b], s.n[s.k])),
        sp.Integer(1),
    ),
    "free indices may differ": (s.theta[s.i], s.theta[s.o]),
    "dot product is not a component": (s.score(s.o), s.u[s.o, s.q] * s.v[s.c, s.q]),
}


@pytest.mark.parametrize("name", NOT_IDENTITIES)
def test_non_identity_is_not_proved(name: str) -> None:
    left, right = NOT_IDENTITIES[name]
    converter = Converter(s.SIGNATURE)
    difference = converter.ring.subtract(converter.normal_form(left), converter.normal_form(right))
    assert not is_zero(converter.ring, difference)


def test_assumptions_on_indices_are_used() -> None:
    from dataclasses import replace

    equal = Converter(replace(s.SIGNATURE, equal=(("i", "o"),)))
    assert equal.normal_form(s.theta[s.i] - s.theta[s.o]) == ()
    distinct = Converter(replace(s.SIGNATURE, distinct=frozenset({frozenset({"i", "o"})})))
    assert distinct.normal_form(delta(s.i, s.o)) == ()
    injective = Converter(replace(s.SIGNATURE, injective=frozenset({"n"})))
    once = s.total(NEG, lambda b: delta(s.n[b], s.n[s.k]))
    assert injective.normal_form(once - 1) == ()
    avoiding = Converter(replace(s.SIGNATURE, avoiding=frozenset({("n", "o")})))
    assert avoiding.normal_form(delta(s.n[s.k], s.o)) == ()


def test_what_has_no_value_or_no_rule_says_so() -> None:
    converter = Converter(s.SIGNATURE)
    with pytest.raises(Undefined, match="division by zero"):
        converter.normal_form(sp.Pow(s.total(VOC, lambda b: s.p[b]) - 1, -1))
    with pytest.raises(Unsupported, match="cos"):
        converter.normal_form(sp.cos(s.x))
    with pytest.raises(Unsupported, match="indices"):
        converter.normal_form(s.theta[s.i, s.j])
    with pytest.raises(Unsupported, match="index function"):
        converter.normal_form(s.theta[s.u[s.i]])


def test_the_step_budget_ends_long_work() -> None:
    with pytest.raises(OutOfFuel, match="budget"):
        Converter(s.SIGNATURE, fuel=20).normal_form((s.x + s.a + s.J) ** 6)
    assert issubclass(OutOfFuel, CalculusError)


def test_a_sum_over_components_of_another_sort_is_another_sum() -> None:
    converter = Converter(s.SIGNATURE)
    assert converter.normal_form(s.total(DIM, lambda b: s.x)) != converter.normal_form(
        s.total(NEG, lambda b: s.x)
    )
