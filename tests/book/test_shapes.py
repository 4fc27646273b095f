"""Under each factor stands its shape, and the shapes of neighbours fit."""

import re
from itertools import pairwise

import pytest

from wordgrad.book.layouts import in_columns
from wordgrad.book.marks import Wrap, wrapped
from wordgrad.book.shapes import free_indices, shape_wraps
from wordgrad.derivations import ALL
from wordgrad.latex import syntax as tree
from wordgrad.latex.parser import parse_line
from wordgrad.meaning.contexts import naive_softmax, window
from wordgrad.meaning.elaborate import elaborate
from wordgrad.meaning.faults import LineError
from wordgrad.meaning.notation import Notation
from wordgrad.proof.derivation import Derivation

SHAPE = re.compile(r"\}_\{(?:(\w+)\\times (\w+)|1)\}")


def labelled(latex: str, notation: Notation) -> str:
    return wrapped(latex, shape_wraps(latex, notation, free_indices(latex, notation)))


def test_layouts_have_other_shapes() -> None:
    line = r"U^\top(\hat y-y)"
    by_rows = r"\underbrace{U^\top}_{d\times V}\underbrace{(\hat y-y)}_{V\times 1}"
    assert labelled(line, naive_softmax()) == by_rows
    columns = naive_softmax().with_columns()
    assert labelled("U y", columns) == r"\underbrace{U}_{d\times V} \underbrace{y}_{V\times 1}"


def test_numbers_side_by_side_share_a_brace() -> None:
    shown = labelled(r"2m\,\hat y", window("softmax"))
    assert shown == r"\underbrace{2m}_{1}\,\underbrace{\hat y}_{V\times 1}"


def test_no_brace_reaches_over_the_end_of_a_mark() -> None:
    line, notation = r"2m\,\hat y", window("softmax")
    (name,) = [wrap.span for wrap in shape_wraps(line, notation, {}) if wrap.behind == "}_{1}"]
    assert name == (0, 2)
    marked = shape_wraps(line, notation, {}, [(1, 2)])
    assert [wrap.span for wrap in marked][:2] == [(0, 1), (1, 2)]


def test_a_term_that_stands_alone_has_a_shape() -> None:
    assert labelled("-u_o+v_c", naive_softmax()) == (
        r"-\underbrace{u_o}_{d\times 1}+\underbrace{v_c}_{d\times 1}"
    )


def test_a_line_of_numbers_has_one_brace() -> None:
    assert labelled(r"y_w\hat y_w", naive_softmax()) == r"\underbrace{y_w\hat y_w}_{1}"


@pytest.mark.parametrize("chain", ALL.values(), ids=lambda chain: chain.id)
def test_every_factor_of_every_line(chain: Derivation) -> None:
    for shown in filter(None, (chain, in_columns(chain))):
        free = free_indices(chain.quantity, chain.notation)
        for latex in (shown.quantity, *(step.latex for step in shown.steps)):
            wraps = shape_wraps(latex, shown.notation, free)
            assert wraps, latex
            assert all(SHAPE.fullmatch(wrap.behind) for wrap in wraps)
            assert_covered(parse_line(latex), shown.notation, wraps)


def assert_covered(node: tree.Node, notation: Notation, wraps: list[Wrap]) -> None:
    """Every array that is a factor has its own brace; neighbours in a matrix product fit."""
    by_span = {wrap.span: wrap.behind for wrap in wraps}
    for product in products(node):
        arrays = [factor for factor in product.factors if is_array(factor, notation)]
        for factor in arrays:
            assert factor.span in by_span
        if set(product.operators) <= {""}:
            shapes = [SHAPE.fullmatch(by_span[factor.span]) for factor in arrays]
            for left, right in pairwise(shapes):
                assert left
                assert right
                assert left[2] == right[1]


def products(node: tree.Node) -> list[tree.Mul]:
    """All products, but not those inside the sign of a derivative."""
    found = [node] if isinstance(node, tree.Mul) else []
    if isinstance(node, tree.Derivative) and node.style != "prefix":
        return found
    return [*found, *(one for child in node.children() for one in products(child))]


def is_array(node: tree.Expr, notation: Notation) -> bool:
    """Is it one by itself?  What needs the indices of a sum around it counts as well."""
    try:
        return not elaborate(node, notation).is_scalar
    except LineError:
        return False
