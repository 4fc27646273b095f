"""Is an explicit expression zero?"""

import pytest
import sympy as sp

from wordgrad.proof.stock import is_zero

x, y = sp.symbols("x y", real=True)
p, q = sp.symbols("p q", positive=True)
SOFTPLUS = sp.log(1 + sp.exp(x))


@pytest.mark.parametrize(
    "expr",
    [
        sp.S.Zero,
        sp.exp(x + y) - sp.exp(x) * sp.exp(y),
        1 / (1 + sp.exp(-x)) - sp.exp(x) / (1 + sp.exp(x)),
        SOFTPLUS - sp.log(1 + sp.exp(-x)) - x,
        sp.log(p * q) - sp.log(p) - sp.log(q),
        sp.log(sp.exp(x) / (sp.exp(x) + sp.exp(y))) - x + sp.log(sp.exp(x) + sp.exp(y)),
        sp.exp(x - sp.log(p)) - sp.exp(x) / p,
        sp.log(2 * sp.exp(x) + 2) - sp.log(2) - SOFTPLUS,
        (1 + sp.tanh(x / 2)) / 2 - 1 / (1 + sp.exp(-x)),
        sp.sqrt(sp.exp(x)) * sp.exp(x / 2) - sp.exp(x),
    ],
    ids=str,
)
def test_zero(expr: sp.Expr) -> None:
    assert is_zero(expr) is True


@pytest.mark.parametrize(
    "expr",
    [
        sp.S.One,
        SOFTPLUS - x,
        sp.log(x**2) - sp.log(x),
        1 / (1 + sp.exp(-x)) - 1 / (1 + sp.exp(x)),
        x**2 - 2 * x,
        sp.exp(x) ** 2 - sp.exp(x**2),
        sp.Rational(1, 10**9) * x,
    ],
    ids=str,
)
def test_not_zero(expr: sp.Expr) -> None:
    assert is_zero(expr) is False


def test_a_logarithm_is_not_split_over_factors_of_unknown_sign() -> None:
    assert is_zero(sp.log(x * y) - sp.log(x) - sp.log(y)) is None
