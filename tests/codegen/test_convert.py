"""From SymPy trees to index form."""

import pytest
import sympy as sp

from wordgrad.calculus.functions import sigma
from wordgrad.calculus.signature import Signature
from wordgrad.calculus.sorts import NEG, VOC
from wordgrad.codegen.convert import Converter
from wordgrad.codegen.errors import CannotGenerate
from wordgrad.codegen.terms import Apply, Big, Fixed, Free, Looked, Num, Ref, Size, new_axis
from wordgrad.codegen.trees import key

theta, n = sp.IndexedBase("theta"), sp.IndexedBase("n")
o, k = sp.symbols("o k", integer=True)
SIGNATURE = Signature(
    arrays={"theta": (VOC,), "s": (VOC,)},
    index_functions={"n": ((NEG,), VOC)},
    definitions={"s": lambda w: theta[w] ** 2},
)


def converter() -> Converter:
    return Converter(SIGNATURE, {"k": NEG})


def test_indices() -> None:
    assert converter().convert(theta[o], {}) == Ref("theta", (Free("o", VOC),))
    assert converter().convert(theta[2], {}) == Ref("theta", (Fixed(2),))
    looked = Looked("n", (Free("k", NEG),), VOC)
    assert converter().convert(theta[n[k]], {}) == Ref("theta", (looked,))


def test_sums_products_functions_and_sizes() -> None:
    axis = new_axis(NEG)
    body = Apply("sigmoid", Ref("theta", (Looked("n", (axis,), VOC),)))
    total = converter().convert(sp.Sum(sigma(theta[n[k]]), (k, *NEG.limits)), {})
    assert key(total) == key(Big("sum", (axis,), body))
    product = converter().convert(sp.Product(sigma(theta[n[k]]), (k, *NEG.limits)), {})
    assert key(product) == key(Big("prod", (axis,), body))
    assert converter().convert(VOC.length, {}) == Size("V")
    assert converter().convert(sp.E, {}) == Apply("exp", Num(1))  # type: ignore[arg-type]


def test_definitions_are_unfolded_on_demand() -> None:
    made = converter()
    assert made.unfold(Ref("theta", (Fixed(1),))) is None
    meaning = made.unfold(Ref("s", (Fixed(3),)))
    assert meaning == made.convert(theta[3] ** 2, {})


def test_what_has_no_counterpart_is_named() -> None:
    with pytest.raises(CannotGenerate, match="cos has no counterpart in code"):
        converter().convert(sp.cos(theta[1]), {})
