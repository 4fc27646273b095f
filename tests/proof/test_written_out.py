"""Formulas in index form written out at tiny sizes."""

import sympy as sp

from wordgrad.calculus.functions import Partial, sigma, softplus
from wordgrad.calculus.signature import Signature
from wordgrad.calculus.sorts import NEG, VOC, WIN
from wordgrad.proof.written_out import World

SIZES = {"d": 2, "V": 3, "K": 2, "m": 1}
theta, s, n = (sp.IndexedBase(name) for name in ("theta", "s", "n"))
o, j, k, w = sp.symbols("o j k w", integer=True)
SIGNATURE = Signature(
    arrays={"theta": (VOC,), "s": (VOC,), "Z": ()},
    index_functions={"n": ((WIN, NEG), VOC)},
    definitions={
        "s": lambda w: theta[w] ** 2,
        "Z": lambda: sp.Sum(s[k], (k, *VOC.limits)),
    },
    positive=frozenset({"theta"}),
)
Z = sp.Symbol("Z", real=True)


def write(expr: sp.Expr, **indices: int) -> sp.Expr:
    """The expression with n_{1,1}=3, n_{1,2}=2, n_{2,1}=n_{2,2}=1."""
    world = World(SIGNATURE, SIZES, indices, {"n": ((3, 2), (1, 1))})
    return world.expand(expr, {}, frozenset())


def symbol(index: int) -> sp.Symbol:
    """The symbol of one component of theta."""
    return sp.Symbol(f"theta_{{{index}}}", positive=True)


def test_words_are_looked_up_through_two_arguments() -> None:
    total = sp.Sum(theta[n[j, k]], (k, *NEG.limits))
    assert write(total, j=1) == symbol(3) + symbol(2)
    assert write(total, j=2) == 2 * symbol(1)


def test_products_sizes_and_deltas() -> None:
    assert write(sp.Product(theta[k], (k, *VOC.limits))) == symbol(1) * symbol(2) * symbol(3)
    assert write(WIN.length * theta[o], o=2) == 2 * symbol(2)
    assert write(sp.KroneckerDelta(o, w), o=2, w=2) == 1
    assert write(sp.KroneckerDelta(o, n[1, 1]), o=2) == 0


def test_sigma_and_softplus_are_written_with_exponentials() -> None:
    x = symbol(1)
    assert write(sigma(theta[1])) == 1 / (1 + sp.exp(-x))
    assert write(softplus(theta[1])) == sp.log(1 + sp.exp(x))


def test_a_derivative_goes_through_definitions_except_the_one_it_is_taken_by() -> None:
    assert write(Partial(Z, theta[2])) == 2 * symbol(2)
    assert write(Partial(Z, s[2])) == 1
    assert write(Partial(s[o] ** 3, s[1]), o=1) == 3 * symbol(1) ** 4
    assert write(Partial(Partial(Z**2, s[1]), s[2])) == 2
    assert write(Partial(Partial(Z**2, s[1]), theta[1])) == 4 * symbol(1)
