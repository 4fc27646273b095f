"""Sums, products, expectations, deltas and cases."""

import pytest
import sympy as sp

from wordgrad.meaning.contexts import naive_softmax, negative_sampling, scores, window
from wordgrad.meaning.elaborate import elaborate_line
from wordgrad.meaning.faults import LineError, ShapeError, SortError, UnknownName, Unsupported
from wordgrad.meaning.notation import Notation

from .components import read

NAIVE, NEGATIVE, WINDOW = naive_softmax(), negative_sampling(), window("softmax")
AROUND = r"\sum_{-m\le j\le m,\ j\neq 0}"


@pytest.mark.parametrize(
    ("latex", "notation", "component"),
    [
        (r"\sum_{w=1}^{V}\hat y_w", NAIVE, "Sum(yhat[_w], (_w, 1, V))"),
        (r"\sum_{w\in\mathcal V}\hat y_w", NAIVE, "Sum(yhat[_w], (_w, 1, V))"),
        (r"\sum_w\hat y_w", NAIVE, "Sum(yhat[_w], (_w, 1, V))"),
        (r"\sum_a u_{o,a}", NAIVE, "Sum(u[o, _a], (_a, 1, d))"),
        (r"\sum_{k=1}^{K}\theta_{n_k}", NEGATIVE, "Sum(theta[n[_k]], (_k, 1, K))"),
        (r"\sum_{k=1}^{K}\theta_k", NEGATIVE, "Sum(theta[n[_k]], (_k, 1, K))"),
        (r"\sum_k\theta_k", NEGATIVE, "Sum(theta[n[_k]], (_k, 1, K))"),
        (r"\sum_k\theta_k", NAIVE, "Sum(theta[_k], (_k, 1, V))"),
        (r"\sum_{k=1}^{V}\theta_k", NEGATIVE, "Sum(theta[_k], (_k, 1, V))"),
        (AROUND + r"\theta_{w_{c+j}}", WINDOW, "Sum(theta[w[_j]], (_j, 1, 2*m))"),
        (AROUND + r"\theta_{c+j}", WINDOW, "Sum(theta[w[_j]], (_j, 1, 2*m))"),
        (r"\sum_{j\neq 0}\theta_{w_{c+j}}", WINDOW, "Sum(theta[w[_j]], (_j, 1, 2*m))"),
        (
            r"\sum_{w\neq o}\hat y_w",
            NAIVE,
            "Sum((1 - KroneckerDelta(_w, o))*yhat[_w], (_w, 1, V))",
        ),
        (
            r"\sum_{w\in V\setminus\{o\}}\hat y_w",
            NAIVE,
            "Sum((1 - KroneckerDelta(_w, o))*yhat[_w], (_w, 1, V))",
        ),
        (r"\prod_{k=1}^{K}\sigma(\theta_k)", NEGATIVE, "Product(sigma(theta[n[_k]]), (_k, 1, K))"),
    ],
)
def test_the_range_is_as_written_or_as_the_index_is_used(
    latex: str, notation: Notation, component: str
) -> None:
    assert read(latex, notation) == ("1x1", component)


def test_a_sum_of_columns_is_a_column_and_an_expectation_is_weighted() -> None:
    expected = ("Dimx1", "Sum(u[_w, row]*yhat[_w], (_w, 1, V))")
    assert read(r"\sum_w\hat y_w u_w", NAIVE) == expected
    assert read(r"\mathbb E_{w\sim P(\cdot\mid c)}[u_w]", NAIVE) == expected
    with pytest.raises(UnknownName, match="Q is no distribution here"):
        elaborate_line(r"\mathbb E_{w\sim Q}[u_w]", NAIVE)


def test_a_bound_index_is_new_in_every_component() -> None:
    total = elaborate_line(r"\sum_w\hat y_w", NAIVE).parts[0]
    first, second = total.value(), total.value()
    assert isinstance(first, sp.Sum)
    assert first.limits[0][0] != second.limits[0][0]


def test_a_product_of_a_sum_with_itself_keeps_the_bound_indices_apart() -> None:
    column = r"\left(\sum_w\hat y_w u_w\right)"
    square = elaborate_line(column + r"^\top" + column, NAIVE).parts[0].value()
    inner = [part.limits[0][0] for part in square.function.args if isinstance(part, sp.Sum)]
    assert len(set(inner)) == 2


@pytest.mark.parametrize(
    ("latex", "error", "message"),
    [
        (
            r"\sum_{j=1}^{q}\theta_j",
            Unsupported,
            "j cannot run over 1..q; known ranges: 1..V, 1..d, 1..K, 1..2*m (in `j=1`)",
        ),
        (
            r"\sum_{-m\le j\le m}\theta_{w_{c+j}}",
            SortError,
            r"the window leaves out the center itself; write j \neq 0 (in `-m\le j\le m`)",
        ),
        (
            r"\sum_{k=1}^{K}u_{o,k}",
            SortError,
            "the index k runs over negative samples (K), but a component is needed here (in `k`)",
        ),
        (
            r"\sum_a u_{a,a}",
            SortError,
            "the index a runs over words (V), but a component is needed here (in `a`)",
        ),
        (
            r"\sum_i 1",
            SortError,
            "nothing tells what the index i runs over",
        ),
        (
            r"\prod_{w\neq o}\hat y_w",
            Unsupported,
            "a product runs over scalars and leaves nothing out here "
            r"(in `\prod_{w\neq o}\hat y_w`)",
        ),
    ],
)
def test_a_range_that_cannot_be_is_named(latex: str, error: type[LineError], message: str) -> None:
    with pytest.raises(error) as caught:
        elaborate_line(latex, WINDOW)
    assert str(caught.value) == message


@pytest.mark.parametrize(
    ("latex", "notation", "component"),
    [
        (r"\delta_{ij}", scores(), "KroneckerDelta(i, j)"),
        (r"\delta_{ii}", scores(), "1"),
        (r"\mathbb 1[w=o]", NAIVE, "KroneckerDelta(o, w)"),
        (r"\mathbb 1[w\neq o]", NAIVE, "1 - KroneckerDelta(o, w)"),
        (r"\mathbb 1[w=n_k]", NEGATIVE, "KroneckerDelta(w, n[k])"),
        (r"\delta_{ok}", NEGATIVE, "KroneckerDelta(o, n[k])"),
        (r"\delta_{kl}", NEGATIVE, "KroneckerDelta(k, l)"),
    ],
)
def test_deltas_compare_indices_of_one_sort(latex: str, notation: Notation, component: str) -> None:
    assert read(latex, notation) == ("1x1", component)


def test_deltas_between_a_word_and_a_component_are_refused() -> None:
    with pytest.raises(SortError, match="cannot compare a component and a word"):
        elaborate_line(r"\delta_{ao}u_{w,a}", NAIVE)


def test_cases_become_deltas_that_exclude_each_other() -> None:
    both = r"\begin{cases}(\hat y_w-1)v_c&w=o\\ \hat y_w v_c&%s\end{cases}"
    expected = (
        "Dimx1",
        "(1 - KroneckerDelta(o, w))*v[c, row]*yhat[w] "
        "+ (yhat[w] - 1)*KroneckerDelta(o, w)*v[c, row]",
    )
    assert read(both % r"w\neq o", NAIVE) == expected
    assert read(both % r"\text{otherwise}", NAIVE) == expected


def test_the_first_case_that_holds_counts_and_zero_fits_its_shape() -> None:
    latex = r"\begin{cases}v_c&w=o\\ 2v_c&w=c\\ 0&\text{otherwise}\end{cases}"
    assert read(latex, NAIVE) == (
        "Dimx1",
        "2*(1 - KroneckerDelta(o, w))*KroneckerDelta(c, w)*v[c, row] "
        "+ KroneckerDelta(o, w)*v[c, row]",
    )


def test_cases_of_two_shapes_are_refused_as_on_the_handwritten_sheet() -> None:
    with pytest.raises(ShapeError) as caught:
        elaborate_line(r"\begin{cases}v_c[\hat y_o-1]&w=o\\ \hat y_w&w\neq o\end{cases}", NAIVE)
    assert str(caught.value) == (
        r"one case is a column over components (d), another a scalar (in `\hat y_w`)"
    )


def test_cases_must_say_what_holds_in_the_end() -> None:
    with pytest.raises(Unsupported, match="write 'otherwise'"):
        elaborate_line(r"\begin{cases}1&w=o\\ 2&w=c\end{cases}", NAIVE)


def test_a_sum_of_zeros_still_fits_any_shape() -> None:
    line = elaborate_line(r"v_c+" + AROUND + "0", WINDOW)
    assert line.parts[0].describe() == "a column over components (d)"
