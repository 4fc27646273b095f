"""At the example all lines of a derivation have one value, in both layouts."""

import numpy as np
import pytest

from wordgrad.book.layouts import in_columns
from wordgrad.book.numbers import example, number_latex, value_latex
from wordgrad.derivations import ALL, derivation
from wordgrad.proof.derivation import Derivation


@pytest.mark.parametrize("chain", ALL.values(), ids=lambda chain: chain.id)
def test_both_sides_of_every_line_are_equal(chain: Derivation) -> None:
    found = example(chain)
    assert len(found.values) == len(chain.steps) + 1
    assert found.given
    for value in found.values:
        np.testing.assert_allclose(
            *np.broadcast_arrays(value, found.values[0]), rtol=1e-9, atol=1e-12
        )
    columns = in_columns(chain)
    if columns:
        turned = example(chain, columns)
        assert turned.given == found.given
        shape = turned.values[0].shape
        same = found.values[0] if shape == found.values[0].shape else found.values[0].T
        np.testing.assert_allclose(turned.values[-1], same, rtol=1e-9, atol=1e-12)


def test_most_examples_are_not_zero() -> None:
    zero = {chain.id for chain in ALL.values() if not example(chain).values[0].any()}
    assert zero == {"window_vw", "window_neg_vw"}


def test_numbers_that_go_in_are_short() -> None:
    given = example(derivation("naive_vc")).given
    assert {"d=2", "V=3"} <= set(given)
    assert sum(text.startswith(("u_", "v_")) for text in given) == 6
    assert max(map(len, given)) < 20


def test_the_gradient_by_the_matrix_is_turned_over() -> None:
    chain = derivation("naive_U")
    assert example(chain).values[0].shape == (3, 2)
    assert example(chain, in_columns(chain)).values[0].shape == (2, 3)


@pytest.mark.parametrize(
    ("value", "latex"),
    [(0.5, "0.5"), (-1.0, "-1"), (12345.6, r"1.235\cdot 10^{4}"), (-1e-15, "0"), (1 / 3, "0.3333")],
)
def test_numbers_in_latex(value: float, latex: str) -> None:
    assert number_latex(value) == latex


def test_arrays_in_latex() -> None:
    assert value_latex(np.array([[2.0]])) == "2"
    assert value_latex(np.eye(2)) == r"\begin{pmatrix}1 & 0\\0 & 1\end{pmatrix}"
