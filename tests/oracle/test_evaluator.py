"""Arrays, axes and definitions during an evaluation."""

import numpy as np
import pytest

from wordgrad.calculus.sorts import DIM, VOC
from wordgrad.latex.parser import parse_expression
from wordgrad.latex.syntax import Expr, Name, Node
from wordgrad.meaning.notation import Notation, Quantity
from wordgrad.oracle.evaluate import Evaluator
from wordgrad.oracle.evaluator import entries, shape_of
from wordgrad.oracle.indexing import Scope
from wordgrad.oracle.values import EvaluationError, Value

from .models import CENTER, NAIVE, OUTSIDE, numbers_of, softmax, world_of


def test_bound_indices_get_front_axes() -> None:
    evaluator = Evaluator(NAIVE, world_of())
    with evaluator.inner():
        first = evaluator.bind([1, 2, 3], VOC)
        second = evaluator.bind([1, 2], DIM)
        assert first.values.shape == (3, 1)
        assert second.values.shape == (2, 1, 1)
        assert evaluator.padded(np.ones((1, 1, 1))).shape == (1, 1, 1, 1, 1)
    assert evaluator.depth == 0


def test_definitions_are_computed_once(monkeypatch: pytest.MonkeyPatch) -> None:
    evaluator = Evaluator(NAIVE, world_of())
    calls: list[object] = []
    plain = evaluator.evaluate

    def counting(node: Expr, scope: Scope) -> Value:
        calls.append(node)
        return plain(node, scope)

    monkeypatch.setattr(evaluator, "evaluate", counting)
    evaluator.stored(NAIVE.quantities["yhat"])
    once = len(calls)
    evaluator.stored(NAIVE.quantities["yhat"])
    assert len(calls) == once > 0


def test_a_perturbed_quantity_changes_what_is_defined_by_it_and_only_for_a_while() -> None:
    evaluator = Evaluator(NAIVE, world_of())
    before = evaluator.stored(NAIVE.quantities["theta"])
    with evaluator.perturbed("v", CENTER[None] + np.ones((5, 1, 3, 2))):
        inside = evaluator.stored(NAIVE.quantities["theta"])
        assert inside.shape == (5, 1, 3)
        assert np.allclose(inside[0, 0], OUTSIDE @ (CENTER[0] + 1))
    assert evaluator.stored(NAIVE.quantities["theta"]) is before


def test_a_defined_quantity_can_be_held() -> None:
    evaluator = Evaluator(NAIVE, world_of())
    with evaluator.perturbed("theta", np.array([[[1.0, 2.0, 3.0]]])):
        held = evaluator.stored(NAIVE.quantities["yhat"])
    assert np.allclose(held[0, 0], softmax(np.array([1.0, 2.0, 3.0])))


def test_notes_are_kept_apart_by_kind() -> None:
    evaluator = Evaluator(NAIVE, world_of())
    node: Node = Name("u")
    assert evaluator.noted("one", node, lambda: 1) == 1
    assert evaluator.noted("two", node, lambda: 2) == 2
    assert evaluator.noted("one", node, lambda: 3) == 1


def test_definitions_by_components() -> None:
    table = {"A": Quantity("A", (VOC, DIM), definition="U_{ia}^2", formals=("i", "a"))}
    notation = Notation("test", {**NAIVE.quantities, **table})
    assert numbers_of("A", notation).tolist() == (OUTSIDE**2).tolist()
    assert numbers_of("A_{3,1}", notation) == 1.0
    assert numbers_of("A_o", notation).tolist() == (OUTSIDE[1] ** 2).tolist()


def test_a_definition_of_another_shape() -> None:
    quantity = Quantity("q", (DIM,), definition="U v_c")
    notation = Notation("test", {**NAIVE.quantities, "q": quantity})
    with pytest.raises(
        EvaluationError, match="q is a column over Dim, its definition a column ove"
    ):
        numbers_of("q", notation)


def test_a_definition_by_itself() -> None:
    notation = Notation("test", {"q": Quantity("q", definition="q+1")})
    with pytest.raises(EvaluationError, match="q is defined by itself"):
        numbers_of("q", notation)


@pytest.mark.parametrize(
    ("latex", "message"),
    [
        ("q", "q is not known here; known are"),
        ("u", "u takes 1 to 2 subscripts, not 0"),
        (r"\theta_{wx}", "theta takes 0 to 1 subscripts, not 2"),
    ],
)
def test_unknown_names_and_wrong_subscripts(latex: str, message: str) -> None:
    with pytest.raises(EvaluationError, match=message):
        Evaluator(NAIVE, world_of({"w": 1, "x": 1})).value(parse_expression(latex))


def test_missing_numbers() -> None:
    with pytest.raises(EvaluationError, match="v has no numbers in this world"):
        numbers_of("v_c", NAIVE, world_of(arrays={"u": OUTSIDE}))


def test_shapes_of_quantities() -> None:
    rows, columns = NAIVE.quantities["U"], NAIVE.with_columns().quantities["U"]
    assert shape_of(rows, 0) == (VOC, DIM)
    assert shape_of(columns, 0) == (DIM, VOC)
    assert shape_of(columns, 1) == (DIM, None)
    assert shape_of(rows, 2) == (None, None)
    with pytest.raises(EvaluationError, match="more than two axes"):
        shape_of(Quantity("T", (VOC, VOC, DIM)), 0)


def test_entries_of_a_turned_matrix() -> None:
    columns = NAIVE.with_columns().quantities["U"]
    assert entries(columns, OUTSIDE[None], []).array[0].tolist() == OUTSIDE.T.tolist()
    assert entries(columns, OUTSIDE[None], [np.array([1])]).array[0, :, 0].tolist() == [0.5, 2.0]
