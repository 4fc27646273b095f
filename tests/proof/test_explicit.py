"""Stock SymPy at tiny sizes, with the coincidences of indices chosen by hand."""

from collections.abc import Mapping

import pytest
import sympy as sp

from wordgrad.meaning.contexts import cbow, naive_softmax, negative_sampling, scores
from wordgrad.meaning.elaborate import elaborate_expression, signature_of
from wordgrad.meaning.notation import Notation
from wordgrad.meaning.shapes import matched
from wordgrad.proof.explicit import explicit, explicit_agrees

ROW, COLUMN = sp.symbols("row col", integer=True)
NAIVE, NEGATIVE = naive_softmax(), negative_sampling()
DIFFERENT = {"o": 1, "c": 2, "w": 3, "k": 1, "l": 2, "i": 1, "j": 2}
SAME = {**DIFFERENT, "w": 1, "c": 1, "j": 1, "l": 1}
APART, REPEATED, HITS = {"n": (2, 3)}, {"n": (2, 2)}, {"n": (1, 3)}
CBOW = {"w": (3, 1), "n": (1, 2)}


def agrees(
    left: str,
    right: str,
    notation: Notation,
    indices: Mapping[str, int] = DIFFERENT,
    tables: Mapping[str, tuple[int, ...]] = APART,
) -> bool | None:
    """Stock SymPy's opinion of a component of an equation."""
    sides = matched(elaborate_expression(left, notation), elaborate_expression(right, notation))
    a, b = (side.component(side.rows and ROW, side.cols and COLUMN) for side in sides)
    place = {"row": 1, "col": 2, **indices}
    return explicit_agrees(a, b, signature_of(notation), indices=place, tables=tables)


RIGHT = [
    (NAIVE, r"\frac{\partial J}{\partial v_c}", r"U^\top(\hat y-y)"),
    (NAIVE, r"\frac{\partial J}{\partial U}", r"(\hat y-y)v_c^\top"),
    (NAIVE, r"\frac{\partial J}{\partial u_w}", r"(\hat y_w-\delta_{wo})v_c"),
    (NAIVE, r"\frac{\partial J}{\partial\theta}", r"\hat y-y"),
    (NAIVE, "J", r"-\theta_o+\log Z"),
    (
        NAIVE,
        r"\frac{\partial^2 J}{\partial v_c\,\partial v_c^\top}",
        r"U^\top(\operatorname{diag}(\hat y)-\hat y\hat y^\top)U",
    ),
    (scores(), r"\frac{\partial\hat y_i}{\partial\theta_j}", r"\hat y_i(\delta_{ij}-\hat y_j)"),
    (scores("distribution"), r"\frac{\partial J}{\partial\theta_j}", r"\hat y_j-y_j"),
    (
        NEGATIVE,
        r"\frac{\partial J}{\partial v_c}",
        r"(\sigma(\theta_o)-1)u_o+\sum_{k=1}^{K}\sigma(\theta_k)u_k",
    ),
    (
        NEGATIVE,
        r"\frac{\partial J}{\partial u_w}",
        r"\left(\sigma(\theta_w)(\delta_{wo}+r_w)-\delta_{wo}\right)v_c",
    ),
]


@pytest.mark.parametrize(("notation", "left", "right"), RIGHT)
@pytest.mark.parametrize("indices", [DIFFERENT, SAME], ids=["different", "same"])
@pytest.mark.parametrize("tables", [APART, REPEATED, HITS], ids=["apart", "repeated", "hits"])
def test_right_lines_agree_for_every_coincidence(
    notation: Notation,
    left: str,
    right: str,
    indices: Mapping[str, int],
    tables: Mapping[str, tuple[int, ...]],
) -> None:
    assert agrees(left, right, notation, indices, tables) is True


WRONG = [
    (NAIVE, r"\frac{\partial J}{\partial v_c}", r"U^\top(y-\hat y)"),
    (NAIVE, r"\frac{\partial J}{\partial v_c}", r"-u_o+\sum_w\hat y_w u_o"),
    (NAIVE, r"\frac{\partial J}{\partial v_c}", r"-u_o+\sum_{w\neq o}\hat y_w u_w"),
    (NAIVE, r"\frac{\partial J}{\partial u_w}", r"(\hat y_w-1)v_c"),
    (NAIVE, "J", r"\theta_o-\log Z"),
    (NEGATIVE, r"\frac{\partial J}{\partial v_c}", r"\sum_{k=1}^{K}\sigma(\theta_k)u_k"),
    (scores(), r"\frac{\partial\hat y_i}{\partial\theta_j}", r"\hat y_i(1-\hat y_j)"),
]


@pytest.mark.parametrize(("notation", "left", "right"), WRONG)
def test_wrong_lines_differ(notation: Notation, left: str, right: str) -> None:
    assert agrees(left, right, notation) is False


def test_the_textbook_gradient_of_a_negative_holds_only_if_it_is_drawn_once() -> None:
    textbook = (r"\frac{\partial J}{\partial u_k}", r"\sigma(\theta_k)v_c")
    assert agrees(*textbook, NEGATIVE, tables=APART) is True
    assert agrees(*textbook, NEGATIVE, tables=REPEATED) is False
    assert agrees(*textbook, NEGATIVE, tables=HITS) is False


def test_a_defined_quantity_one_differentiates_by_is_held_independent() -> None:
    for combine in ("sum", "mean"):
        gradient = (r"\frac{\partial J}{\partial\hat v}", r"U^\top(\hat y-y)")
        assert agrees(*gradient, cbow("softmax", combine), tables=CBOW) is True
    through = r"\frac{\partial J}{\partial v_{w_{c+j}}}"
    assert agrees(through, r"U^\top(\hat y-y)", cbow("softmax"), tables=CBOW) is True
    assert agrees(through, r"U^\top(\hat y-y)", cbow("softmax", "mean"), tables=CBOW) is False


def test_what_a_reader_of_stock_sympy_sees() -> None:
    tree = elaborate_expression(r"\frac{\partial J}{\partial\theta_j}", scores()).value()
    found = explicit(tree, signature_of(scores()), indices={"o": 1, "j": 2})
    one, two, three = (sp.Symbol(f"theta_{{{i}}}", real=True) for i in (1, 2, 3))
    total = sp.exp(one) + sp.exp(two) + sp.exp(three)
    assert sp.simplify(found - sp.exp(two) / total) == 0
    assert found.free_symbols == {one, two, three}


def test_the_last_component_of_a_distribution_is_what_the_others_leave() -> None:
    tree = elaborate_expression(r"\sum_w y_w", scores("distribution")).value()
    assert explicit(tree, signature_of(scores("distribution"))) == 1


def test_other_sizes_can_be_asked_for() -> None:
    tree = elaborate_expression(r"u_o^\top v_c", NAIVE).value()
    terms = explicit(tree, signature_of(NAIVE), {"d": 4, "V": 3}, DIFFERENT).args
    assert len(terms) == 4


def test_an_equal_index_needs_no_value_of_its_own() -> None:
    equal = NAIVE.assuming(equal=(("w", "o"),))
    tree = elaborate_expression("y_w", equal).value()
    assert explicit(tree, signature_of(equal), indices={"o": 2}) == 1


def test_a_missing_index_is_named() -> None:
    tree = elaborate_expression(r"\theta_{n_k}", NEGATIVE).value()
    signature = signature_of(NEGATIVE)
    with pytest.raises(ValueError, match="the index function n has no value; given: none"):
        explicit(tree, signature, indices={"k": 1, "c": 1})
    with pytest.raises(ValueError, match="the index k has no value; given: c"):
        explicit(tree, signature, indices={"c": 1}, tables=APART)
