"""The proved formulas and the NumPy code give the same numbers, also where words repeat."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from wordgrad import (
    cbow,
    naive_softmax_loss_and_gradients,
    negative_sampling_loss_and_gradients,
    skipgram,
)
from wordgrad.calculus.sorts import NEG, VOC, WIN
from wordgrad.derivations import derivation
from wordgrad.latex.parser import parse_expression
from wordgrad.oracle.evaluate import evaluate
from wordgrad.oracle.world import World

V, D, K, M = 5, 3, 4, 2
RNG = np.random.default_rng(7)
CENTERS, OUTSIDES = RNG.normal(size=(2, V, D))
CENTER, OUTSIDE, OTHER = 3, 1, 4  # rows, from 0
NEGATIVES = np.array([2, 1, 4, 4])  # one is the outside word, one comes twice
CONTEXT = np.array([0, 4, 4, 3])  # positions -2, -1, 1, 2; one word twice, one is the center
WINDOW_NEGATIVES = np.array([[2, 1, 4, 4], [4, 4, 4, 0], [1, 2, 2, 1], [0, 3, 3, 3]])


def _value(name: str, line: str, negatives: np.ndarray, **words: int) -> np.ndarray:
    """The loss, a vector or a matrix at the numbers above; words count from 1 in formulas."""
    chain = derivation(name)
    middle = np.insert(CONTEXT, M, CENTER)
    tables = {"w": middle[None] + 1, "n": negatives[None] + 1}
    if negatives.ndim == 2:
        tables["n"] = np.insert(negatives, M, 0, axis=0)[None] + 1
    indices = {"c": CENTER + 1, "o": OUTSIDE + 1, **words}
    world = World(
        sizes={"V": V, "d": D, "K": K, "m": M},
        arrays={"u": OUTSIDES[None], "v": CENTERS[None]},
        sorts={k: {"j": WIN, "l": NEG}.get(k, VOC) for k in indices},
        indices={k: np.array([v]) for k, v in indices.items()},
        tables={k: t for k, t in tables.items() if k in chain.notation.index_functions},
    )
    array = evaluate(parse_expression(line), chain.notation, world).array[0]
    return np.squeeze(np.asarray(array, dtype=float))


def _result(name: str, negatives: np.ndarray = NEGATIVES, **words: int) -> np.ndarray:
    return _value(name, derivation(name).result, negatives, **words)


def _loss(name: str, negatives: np.ndarray = NEGATIVES) -> float:
    return float(_value(name, "J", negatives))


def _close(actual: Any, expected: Any) -> None:
    np.testing.assert_allclose(actual, expected, rtol=1e-12, atol=1e-12)


def test_naive_softmax() -> None:
    loss, by_center, by_outside = naive_softmax_loss_and_gradients(
        CENTERS[CENTER], OUTSIDE, OUTSIDES
    )
    _close(_result("naive_loss"), loss)
    _close(_loss("naive_loss"), loss)
    _close(_result("naive_vc"), by_center)
    _close(_result("naive_uo"), by_outside[OUTSIDE])
    _close(_result("naive_uw_other", w=OTHER + 1), by_outside[OTHER])
    _close(_result("naive_U"), by_outside)
    for word in range(V):
        _close(_result("naive_uw", w=word + 1), by_outside[word])
        _close(_result("naive_uw_cases", w=word + 1), by_outside[word])


def test_negative_sampling_with_repeats_and_the_outside_word_among_them() -> None:
    loss, by_center, by_outside = negative_sampling_loss_and_gradients(
        CENTERS[CENTER], OUTSIDE, OUTSIDES, NEGATIVES
    )
    _close(_result("neg_loss"), loss)
    _close(_result("neg_vc"), by_center)
    _close(_result("neg_vc_matrix"), by_center)
    _close(_result("neg_U"), by_outside)
    _close(_result("neg_uo_repeated"), by_outside[OUTSIDE])
    for position, word in enumerate(NEGATIVES):
        _close(_result("neg_uk_repeated", l=position + 1), by_outside[word])
    for word in range(V):
        _close(_result("neg_uw", w=word + 1), by_outside[word])


def test_negative_sampling_with_distinct_negatives() -> None:
    negatives = np.array([0, 2, 3, 4])
    _, _, by_outside = negative_sampling_loss_and_gradients(
        CENTERS[CENTER], OUTSIDE, OUTSIDES, negatives
    )
    _close(_result("neg_uo", negatives), by_outside[OUTSIDE])
    for position, word in enumerate(negatives):
        _close(_result("neg_uk", negatives, l=position + 1), by_outside[word])


@pytest.mark.parametrize(
    ("prefix", "options"),
    [
        ("window", {"pair_loss": "softmax"}),
        ("window_neg", {"pair_loss": "negative_sampling", "negative_idxs": WINDOW_NEGATIVES}),
    ],
)
def test_skipgram(prefix: str, options: dict[str, Any]) -> None:
    loss, by_centers, by_outsides = skipgram(CENTER, CONTEXT, CENTERS, OUTSIDES, **options)
    _close(_result(f"{prefix}_loss", WINDOW_NEGATIVES), loss)
    _close(_loss(f"{prefix}_loss", WINDOW_NEGATIVES), loss)
    _close(_result(f"{prefix}_vc", WINDOW_NEGATIVES), by_centers[CENTER])
    _close(_result(f"{prefix}_vw", WINDOW_NEGATIVES, w=OTHER + 1), by_centers[OTHER][0])
    _close(_result(f"{prefix}_U", WINDOW_NEGATIVES), by_outsides)
    for word in range(V):
        _close(_result(f"{prefix}_uw", WINDOW_NEGATIVES, w=word + 1), by_outsides[word])


@pytest.mark.parametrize("combine", ["sum", "mean"])
@pytest.mark.parametrize("pair_loss", ["softmax", "negative_sampling"])
def test_cbow(combine: Any, pair_loss: Any) -> None:
    negative = pair_loss == "negative_sampling"
    prefix = "cbow" + "_mean" * (combine == "mean") + "_neg" * negative
    loss, by_centers, by_outsides = cbow(
        CONTEXT, CENTER, CENTERS, OUTSIDES, pair_loss, combine, NEGATIVES if negative else None
    )
    _close(_result(f"{prefix}_loss"), loss)
    _close(_result(f"{prefix}_U"), by_outsides)
    share = 1 if combine == "sum" else len(CONTEXT)
    _close(_result(f"{prefix}_vhat"), by_centers[CONTEXT[0]] * share)
    for position, word in zip((-2, -1, 1, 2), CONTEXT, strict=True):
        _close(_result(f"{prefix}_vj_repeated", j=position), by_centers[word])
    for word in range(V):
        _close(_result(f"{prefix}_vw", w=word + 1), by_centers[word])
        _close(_result(f"{prefix}_uw", w=word + 1), by_outsides[word])


@pytest.mark.parametrize(
    ("name", "by_vector"),
    [
        ("naive_hessian", lambda v: naive_softmax_loss_and_gradients(v, OUTSIDE, OUTSIDES)[1]),
        (
            "neg_hessian",
            lambda v: negative_sampling_loss_and_gradients(v, OUTSIDE, OUTSIDES, NEGATIVES)[1],
        ),
    ],
)
def test_second_derivatives_are_the_differences_of_gradients_and_not_negative(
    name: str, by_vector: Callable[[np.ndarray], np.ndarray]
) -> None:
    hessian, step = _result(name), 1e-5
    moved = [
        (by_vector(CENTERS[CENTER] + step * e) - by_vector(CENTERS[CENTER] - step * e)) / (2 * step)
        for e in np.eye(D)
    ]
    np.testing.assert_allclose(hessian, np.array(moved).T, atol=1e-8)
    assert np.linalg.eigvalsh(hessian).min() > -1e-12
