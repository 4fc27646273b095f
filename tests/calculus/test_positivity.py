"""What is positive by its form, and what is not claimed to be."""

import pytest
import sympy as sp

from wordgrad.calculus.functions import sigma, softplus
from wordgrad.calculus.positivity import is_visibly_positive
from wordgrad.calculus.sorts import NEG

from . import semantics as s


@pytest.mark.parametrize(
    "tree",
    [
        s.total(NEG, lambda b: sigma(s.score(s.n[b]))),
        sp.exp(s.x) * softplus(s.x) + 2,
        1 / (1 + sp.exp(-s.x)),
        s.a * NEG.length,
        sp.sqrt(s.a),
    ],
)
def test_positive_by_form(tree: sp.Expr) -> None:
    assert is_visibly_positive(tree, s.SIGNATURE)


@pytest.mark.parametrize(
    "tree", [s.x, s.x**2, -s.a, s.a - 1, s.theta[s.i], s.x * s.a, sp.log(s.a), sp.Integer(0)]
)
def test_not_positive_by_form(tree: sp.Expr) -> None:
    assert not is_visibly_positive(tree, s.SIGNATURE)
