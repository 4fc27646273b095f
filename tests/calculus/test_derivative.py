"""Derivatives of normal forms against differences in the plain model."""

from collections.abc import Callable

import numpy as np
import pytest
import sympy as sp

from wordgrad.calculus.convert import Converter
from wordgrad.calculus.functions import Partial, sigma, softplus
from wordgrad.calculus.sorts import NEG, VOC

from . import semantics as s

BODIES = {
    "the softmax loss": s.J,
    "negative sampling": -sp.log(sigma(s.score(s.o)))
    - s.total(NEG, lambda b: sp.log(sigma(-s.score(s.n[b])))),
    "a quotient": s.score(s.i) / (1 + sp.exp(s.score(s.o))),
    "a power": (1 + s.score(s.o) ** 2) ** sp.Rational(1, 2),
    "softplus of everything": s.total(VOC, lambda b: softplus(s.score(b))),
}
VARIABLES: dict[str, tuple[sp.Expr, str, Callable[[s.Model], tuple[int, ...]]]] = {
    "v": (s.v[s.c, s.q], "v", lambda m: (m.free["c"] - 1, m.free["q"] - 1)),
    "u_o": (s.u[s.o, s.q], "u", lambda m: (m.free["o"] - 1, m.free["q"] - 1)),
    "u_i": (s.u[s.i, s.q], "u", lambda m: (m.free["i"] - 1, m.free["q"] - 1)),
    "theta": (s.theta[s.i], "theta", lambda m: (m.free["i"] - 1,)),
}


@pytest.mark.parametrize("variable", VARIABLES)
@pytest.mark.parametrize("body", BODIES)
@pytest.mark.parametrize("seed", range(4))
def test_against_central_differences(body: str, variable: str, seed: int) -> None:
    tree = BODIES[body]
    by, array, place = VARIABLES[variable]
    form = Converter(s.SIGNATURE).normal_form(Partial(tree, by))
    model = s.Model(np.random.default_rng(seed))
    step, at = 1e-5, place(model)
    model.arrays[array][at] += step
    above = model.tree(tree)
    model.arrays[array][at] -= 2 * step
    below = model.tree(tree)
    model.arrays[array][at] += step
    assert model.poly(form) == pytest.approx((above - below) / (2 * step), rel=1e-6, abs=1e-7)


def test_a_defined_variable_is_held_independent() -> None:
    converter = Converter(s.SIGNATURE)
    by_probability = converter.normal_form(Partial(s.J, s.yhat[s.i]))
    expected = converter.normal_form(-sp.KroneckerDelta(s.i, s.o) / s.yhat[s.i])
    assert by_probability == expected


def test_bound_indices_are_not_captured() -> None:
    k = sp.Dummy("k", integer=True)
    total = sp.Sum(sp.exp(s.theta[k]), (k, *VOC.limits))
    converter = Converter(s.SIGNATURE)
    assert converter.normal_form(Partial(total, s.theta[s.k])) == converter.normal_form(
        sp.exp(s.theta[s.k])
    )


def test_second_derivatives_nest() -> None:
    converter = Converter(s.SIGNATURE)
    twice = converter.normal_form(Partial(Partial(s.J, s.theta[s.i]), s.theta[s.j]))
    jacobian = s.yhat[s.i] * (sp.KroneckerDelta(s.i, s.j) - s.yhat[s.j])
    assert twice == converter.normal_form(jacobian)
