"""The module of the pages: its functions in node give what the NumPy functions give."""

import re
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from tests.codegen.node import run
from wordgrad import naive_softmax_loss_and_gradients, negative_sampling_loss_and_gradients
from wordgrad.codegen import CannotGenerate, formulas
from wordgrad.codegen.formulas import FORMULAS, javascript_module
from wordgrad.derivations import ALL, derivation
from wordgrad.numeric import log_sigmoid, log_softmax, sigmoid, softmax
from wordgrad.proof.derivation import Step

RNG = np.random.default_rng(5)
MODULE = javascript_module()
NUMBERS = [0.0, 0.3, -2.0, 30.0, -30.0, 700.0, -700.0, 1e4, -1e4]
SCORES = [
    np.array([0.1, -0.4, 2.0]),
    np.array([1e4, -1e4, 0.0, 9999.0]),
    np.array([700.0, -700.0]),
    np.array([3.0]),
]


def of_number(function: Any) -> list[tuple[list[Any], Any]]:
    return [([x], function(x)) for x in NUMBERS]


def of_scores(function: Any) -> list[tuple[list[Any], Any]]:
    return [([s], function(s)) for s in SCORES]


def of_target(function: Any) -> list[tuple[list[Any], Any]]:
    return [([s, o], function(s, o)) for s in SCORES for o in range(len(s))]


def pairs(function: Any, *, negatives: bool = False) -> list[tuple[list[Any], Any]]:
    """Vectors of usual size and very long ones; negatives that repeat and hit the outside word."""
    found = []
    for scale in (1.0, 20.0, 300.0):
        for drawn in ([0, 2, 3], [2, 2, 4], [1, 1, 1]):
            v, u = RNG.normal(size=3), scale * RNG.normal(size=(5, 3))
            given: list[Any] = [v, 1, u, drawn] if negatives else [v, 1, u]
            found.append((given, function(*given)))
    return found


def error(scores: Any, o: int) -> Any:
    return softmax(scores) - np.eye(len(scores))[o]


CASES: dict[str, list[tuple[list[Any], Any]]] = {
    "sigmoid": of_number(sigmoid),
    "sigmoidDerivative": of_number(lambda x: sigmoid(x) * sigmoid(-x)),
    "logSigmoid": of_number(log_sigmoid),
    "softplus": of_number(lambda x: -log_sigmoid(-x)),
    "softmax": of_scores(softmax),
    "logSoftmax": of_scores(log_softmax),
    "crossEntropy": of_target(lambda scores, o: -log_softmax(scores)[o]),
    "crossEntropyGradient": of_target(error),
    "naiveSoftmaxLoss": pairs(lambda *a: naive_softmax_loss_and_gradients(*a)[0]),
    "naiveSoftmaxGradCenter": pairs(lambda *a: naive_softmax_loss_and_gradients(*a)[1]),
    "naiveSoftmaxGradOutside": pairs(lambda *a: naive_softmax_loss_and_gradients(*a)[2]),
    "negativeSamplingLoss": pairs(
        lambda *a: negative_sampling_loss_and_gradients(*a)[0], negatives=True
    ),
    "negativeSamplingGradCenter": pairs(
        lambda *a: negative_sampling_loss_and_gradients(*a)[1], negatives=True
    ),
    "negativeSamplingGradOutside": pairs(
        lambda *a: negative_sampling_loss_and_gradients(*a)[2], negatives=True
    ),
}


@pytest.fixture(scope="module")
def answers(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[Any]]:
    calls = [(name, given) for name, cases in CASES.items() for given, _ in cases]
    results = run(MODULE, list(CASES), calls, tmp_path_factory.mktemp("formulas"))
    found: dict[str, list[Any]] = {}
    for (name, _), result in zip(calls, results, strict=True):
        found.setdefault(name, []).append(result)
    return found


@pytest.mark.parametrize("name", list(CASES))
def test_it_gives_what_numpy_gives(name: str, answers: dict[str, list[Any]]) -> None:
    for result, (given, expected) in zip(answers[name], CASES[name], strict=True):
        actual = np.asarray(result, dtype=float)
        assert np.isfinite(actual).all()
        assert actual.shape == np.shape(expected)
        size = max(1.0, float(np.max(np.abs(expected))), _largest_score(given))
        np.testing.assert_allclose(actual, expected, rtol=1e-12, atol=1e-12 * size)


def _largest_score(given: list[Any]) -> float:
    """A score is rounded to so many parts of itself, and what it gives is no better."""
    if len(given) >= 3:
        return float(np.abs(given[2] @ given[0]).max())
    return float(np.abs(given[0]).max())


def test_exports_are_the_table() -> None:
    exported = re.findall(r"export function (\w+)\(([^)]*)\)", MODULE)
    assert exported == [(f.name, ", ".join(f.parameters)) for f in FORMULAS]
    assert {name for name, _ in exported} == set(CASES)


def test_each_names_its_derivation_and_line() -> None:
    for formula in FORMULAS:
        chain = derivation(formula.derivation)
        start = MODULE.index(f"export function {formula.name}(")
        comment = MODULE[start:].splitlines()[1]
        assert comment.startswith(f"  // {chain.id}, line {formula.step}")
        assert comment.endswith(chain.steps[formula.step - 1].latex)
        assert ("negative:" in comment or "negative," in comment) == formula.negated


def test_it_is_small_and_runs_under_the_policy_of_the_site() -> None:
    assert len(MODULE.encode()) <= 10_000
    assert not re.search(r"\beval\b|\bFunction\(|\bimport\b|\bfetch\b", MODULE)


def test_an_unproved_derivation_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    right = ALL["naive_U"]
    wrong = replace(right, steps=(*right.steps[:1], Step(r"(\hat y+y)\,v_c^\top", "a slip")))
    monkeypatch.setattr(formulas, "derivation", lambda name: {**ALL, "naive_U": wrong}[name])
    with pytest.raises(CannotGenerate, match=r"naive_U, of which line 2 is not proved \(wrong\)"):
        javascript_module()
