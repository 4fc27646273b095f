"""The notations of the book mean what the chapters say, seen at d=2, V=3, K=2, m=1."""

from collections.abc import Mapping

import pytest
import sympy as sp

from wordgrad.latex.contexts import cbow, naive_softmax, negative_sampling, scalar, scores, window
from wordgrad.latex.definitions import signature_of
from wordgrad.latex.elaborate import elaborate_expression, elaborate_line
from wordgrad.latex.notation import Notation
from wordgrad.proof.explicit import SIZES, explicit

from .components import read

INDICES = {"o": 1, "c": 2}
TABLES = {"w": (3, 1), "n": (2, 2)}
WINDOW_TABLES = {"w": (3, 1), "n": ((2, 2), (1, 3))}
NOTATIONS = [
    scalar(),
    scores(),
    scores("distribution"),
    naive_softmax(),
    negative_sampling(),
    window("softmax"),
    window("negative_sampling"),
    *(cbow(p, c) for p in ("softmax", "negative_sampling") for c in ("sum", "mean")),
]


def vector(name: str, word: int) -> sp.Matrix:
    """The column of a word at d=2."""
    return sp.Matrix([sp.Symbol(f"{name}_{{{word},{a}}}", real=True) for a in (1, 2)])


def outside(word: int, context: sp.Matrix) -> sp.Expr:
    """The score of an outside word."""
    return vector("u", word).dot(context)


def softmax_loss(word: int, context: sp.Matrix) -> sp.Expr:
    """Minus the logarithm of the probability of a word."""
    total = sum(sp.exp(outside(w, context)) for w in (1, 2, 3))
    return -sp.log(sp.exp(outside(word, context)) / total)


def log_sigma(x: sp.Expr) -> sp.Expr:
    """Logarithm of the logistic function."""
    return sp.log(1 / (1 + sp.exp(-x)))


def negative_loss(word: int, negatives: tuple[int, ...], context: sp.Matrix) -> sp.Expr:
    """The negative-sampling loss of one pair."""
    rest = sum(log_sigma(-outside(n, context)) for n in negatives)
    return -log_sigma(outside(word, context)) - rest


CENTER = vector("v", 2)
AROUND = vector("v", 3) + vector("v", 1)
WRITTEN_OUT = [
    (naive_softmax(), TABLES, softmax_loss(1, CENTER)),
    (negative_sampling(), TABLES, negative_loss(1, (2, 2), CENTER)),
    (window("softmax"), TABLES, softmax_loss(3, CENTER) + softmax_loss(1, CENTER)),
    (
        window("negative_sampling"),
        WINDOW_TABLES,
        negative_loss(3, (2, 2), CENTER) + negative_loss(1, (1, 3), CENTER),
    ),
    (cbow("softmax"), TABLES, softmax_loss(2, AROUND)),
    (cbow("softmax", "mean"), TABLES, softmax_loss(2, AROUND / 2)),
    (cbow("negative_sampling"), TABLES, negative_loss(2, (2, 2), AROUND)),
    (cbow("negative_sampling", "mean"), TABLES, negative_loss(2, (2, 2), AROUND / 2)),
]


@pytest.mark.parametrize(
    ("notation", "tables", "loss"), WRITTEN_OUT, ids=[case[0].name for case in WRITTEN_OUT]
)
def test_the_loss_is_what_the_chapter_defines(
    notation: Notation, tables: Mapping[str, tuple[int, ...]], loss: sp.Expr
) -> None:
    tree = elaborate_expression("J", notation).value()
    found = explicit(tree, signature_of(notation), SIZES, INDICES, tables)
    assert sp.expand(found) == sp.expand(loss)


@pytest.mark.parametrize("notation", NOTATIONS, ids=lambda notation: notation.name)
def test_every_definition_has_the_shape_it_is_declared_with(notation: Notation) -> None:
    signature = signature_of(notation)
    for name, define in signature.definitions.items():
        indices = [sp.Symbol(f"i{n}", integer=True) for n in range(len(signature.arrays[name]))]
        assert define(*indices).free_symbols >= set(indices), name


@pytest.mark.parametrize("notation", NOTATIONS, ids=lambda notation: notation.name)
def test_every_call_can_be_read(notation: Notation) -> None:
    for name, call in notation.calls.items():
        argument = "w_{c+j}" if call.parameter == "j" else "x"
        line = rf"{name}({argument}\mid c)" if name in "Pp" else f"{name}({argument},v_c)"
        assert elaborate_line(line, notation).parts[0].is_scalar


@pytest.mark.parametrize(
    ("notation", "component"),
    [
        (naive_softmax(), "u[k, row]"),
        (negative_sampling(), "u[n[k], row]"),
        (cbow("negative_sampling"), "u[n[k], row]"),
        (cbow("softmax"), "u[k, row]"),
    ],
    ids=lambda value: getattr(value, "name", None),
)
def test_k_is_a_negative_sample_where_there_are_some(notation: Notation, component: str) -> None:
    assert read("u_k", notation) == ("Dimx1", component)


def test_counts_are_multiplicities() -> None:
    notation = negative_sampling()
    counts = [
        explicit(
            elaborate_expression("r_x", notation).value(),
            signature_of(notation),
            indices={"x": x},
            tables={"n": (2, 2)},
        )
        for x in (1, 2, 3)
    ]
    assert counts == [0, 2, 0]


def test_a_notation_is_made_once() -> None:
    assert naive_softmax() is naive_softmax()
    assert cbow("softmax", "mean") is not cbow("softmax", "sum")
