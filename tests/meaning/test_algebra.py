"""Sums, products, fractions and powers as written."""

import pytest

from wordgrad.meaning.contexts import naive_softmax, negative_sampling, scalar
from wordgrad.meaning.elaborate import elaborate_line
from wordgrad.meaning.faults import ShapeError

from .components import read

NAIVE = naive_softmax()
SCORE = "Sum(u[w, _a]*v[c, _a], (_a, 1, d))"


@pytest.mark.parametrize(
    ("latex", "shape", "component"),
    [
        (r"u_o-v_c", "Dimx1", "u[o, row] - v[c, row]"),
        (r"\frac{1}{2}u_o", "Dimx1", "u[o, row]/2"),
        (r"u_w^\top v_c", "1x1", SCORE),
        (r"\langle u_w,v_c\rangle", "1x1", SCORE),
        (r"u_w\cdot v_c", "1x1", SCORE),
        (r"U v_c", "Vocx1", "Sum(u[row, _a]*v[c, _a], (_a, 1, d))"),
        (r"U^\top(\hat y-y)", "Dimx1", "Sum((-y[_w] + yhat[_w])*u[_w, row], (_w, 1, V))"),
        (r"(\hat y-y)v_c^\top", "VocxDim", "(-y[row] + yhat[row])*v[c, col]"),
        (r"\hat y\otimes v_c", "VocxDim", "v[c, col]*yhat[row]"),
        (r"\hat y\odot y", "Vocx1", "y[row]*yhat[row]"),
        (r"\lVert v_c\rVert^2", "1x1", "Sum(v[c, _a]**2, (_a, 1, d))"),
        (r"[U v_c]_w", "1x1", SCORE),
        (r"(\hat y y^\top)_{wo}", "1x1", "y[o]*yhat[w]"),
        (r"(u_o^\top)_a", "1x1", "u[o, a]"),
    ],
)
def test_shape_and_component(latex: str, shape: str, component: str) -> None:
    assert read(latex, NAIVE) == (shape, component)


@pytest.mark.parametrize(
    ("latex", "shape", "component"),
    [
        (r"\hat y_w u_w v_c^\top", "DimxDim", "u[w, row]*v[c, col]*yhat[w]"),
        (
            r"y\, u_w^\top v_c\, v_c^\top",
            "VocxDim",
            "v[c, col]*Sum(u[w, _a]*v[c, _a]*y[row], (_a, 1, d))",
        ),
        (
            r"y\, u_w^\top v_c\,\hat y_o",
            "Vocx1",
            "yhat[o]*Sum(u[w, _a]*v[c, _a]*y[row], (_a, 1, d))",
        ),
        (r"U u_w^\top v_c", "VocxDim", f"u[row, col]*{SCORE}"),
        (r"\hat y\odot U v_c", "Vocx1", "yhat[row]*Sum(u[row, _a]*v[c, _a], (_a, 1, d))"),
    ],
)
def test_a_product_is_grouped_so_that_its_shapes_fit(
    latex: str, shape: str, component: str
) -> None:
    assert read(latex, NAIVE) == (shape, component)


def test_a_long_product_that_fits_in_no_way_is_refused_at_once() -> None:
    with pytest.raises(ShapeError, match="cannot multiply a column over words"):
        elaborate_line(r"y\," + r"\hat y\, y\," * 19 + "y", NAIVE)


@pytest.mark.parametrize(
    ("latex", "message"),
    [
        (
            r"U(\hat y-y)",
            "cannot multiply a matrix with rows over words (V) and columns over components (d) "
            r"by a column over words (V): components (d) meet words (V) (in `(\hat y-y)`)",
        ),
        (
            r"\hat y+v_c",
            "cannot add a column over words (V) and a column over components (d) (in `v_c`)",
        ),
        (
            r"\hat y_w-1+v_c",
            "cannot add a scalar and a column over components (d) (in `v_c`)",
        ),
        (
            r"u_o^\top-v_c",
            "cannot add a row over components (d) and a column over components (d); "
            "one of them needs a transpose (in `-v_c`)",
        ),
        (r"\frac{1}{v_c}", "cannot divide by a column over components (d) (in `v_c`)"),
        (r"\frac{1}{0}", "cannot divide by zero (in `0`)"),
        (
            r"(v_c)^2",
            "a column over components (d) cannot be raised to a power; "
            r"write a norm or \odot (in `(v_c)`)",
        ),
        (r"2^{v_c}", "a column over components (d) cannot be an exponent (in `v_c`)"),
        (
            r"(U)_w",
            "a matrix with rows over words (V) and columns over components (d) "
            "takes 2 subscripts, not 1 (in `(U)_w`)",
        ),
        (
            r"\hat y\cdot v_c",
            "no inner product of a column over words (V) and a column over components (d); "
            "it takes two columns over the same thing (in `v_c`)",
        ),
    ],
)
def test_what_does_not_fit_is_named(latex: str, message: str) -> None:
    with pytest.raises(ShapeError) as caught:
        elaborate_line(latex, NAIVE)
    assert str(caught.value) == message


def test_with_one_column_per_word_the_other_layout_fits() -> None:
    columns = NAIVE.with_columns()
    shape, component = read(r"U(\hat y-y)", columns)
    assert (shape, component) == read(r"U^\top(\hat y-y)", NAIVE)
    assert read(r"\frac{\partial J}{\partial U}", columns) == (
        "DimxVoc",
        "Partial(J, u[col, row])",
    )
    assert read("U_{aw}", columns) == read("U_{wa}", NAIVE) == ("1x1", "u[w, a]")
    with pytest.raises(ShapeError, match=r"words \(V\) meet components \(d\)"):
        elaborate_line("U v_c", columns)


@pytest.mark.parametrize(
    ("latex", "conditions"),
    [
        (r"\frac{x}{x}", [("nonzero", "x", "x")]),
        (r"x^{-2}", [("nonzero", "x", "x")]),
        (r"x^{\frac{1}{2}}", [("positive", "x", "x")]),
        (r"x^s", [("positive", "x", "x")]),
        (r"x^2+\frac{x}{2}", []),
        (
            r"\frac{1}{x-\frac{1}{s}}",
            [("nonzero", "s", "s"), ("nonzero", "x - 1/s", r"x-\frac{1}{s}")],
        ),
    ],
)
def test_conditions_are_noted_before_anything_cancels(
    latex: str, conditions: list[tuple[str, str, str]]
) -> None:
    found = elaborate_line(latex, scalar()).conditions
    assert [(c.kind, str(c.expr), c.latex) for c in found] == conditions


def test_a_literal_number_in_a_denominator_needs_no_condition_but_a_size_is_noted() -> None:
    assert elaborate_line(r"\frac{1}{1+1}", NAIVE).conditions == ()
    (condition,) = elaborate_line(r"\frac{1}{2m}", NAIVE).conditions
    assert (condition.kind, str(condition.expr)) == ("nonzero", "2*m")


def test_a_condition_under_a_sum_is_for_every_bound_index() -> None:
    (condition,) = elaborate_line(
        r"\sum_{k=1}^{K}\frac{1}{\theta_{n_k}}", negative_sampling()
    ).conditions
    assert str(condition.expr) == "theta[n[_k]]"
