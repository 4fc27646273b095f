"""The notations of the book: every definition can be read, and means what its name says."""

from collections.abc import Callable

import pytest

from wordgrad.meaning import contexts
from wordgrad.meaning.notation import Notation
from wordgrad.proof.judge import judge

ALL: dict[str, Callable[[], Notation]] = {
    "scalar": contexts.scalar,
    "scores": contexts.scores,
    "scores, any target": lambda: contexts.scores("distribution"),
    "naive softmax": contexts.naive_softmax,
    "negative sampling": contexts.negative_sampling,
    "window, softmax": lambda: contexts.window("softmax"),
    "window, negative sampling": lambda: contexts.window("negative_sampling"),
    "cbow sum, softmax": lambda: contexts.cbow("softmax"),
    "cbow mean, softmax": lambda: contexts.cbow("softmax", "mean"),
    "cbow sum, negative sampling": lambda: contexts.cbow("negative_sampling"),
    "cbow mean, negative sampling": lambda: contexts.cbow("negative_sampling", "mean"),
}
LATEX = {"yhat": r"\hat y", "vhat": r"\hat v", "ubar": r"\bar u", "theta": r"\theta"}


def _defined() -> list[object]:
    return [
        pytest.param(make(), quantity, id=f"{name}: {quantity.name}")
        for name, make in ALL.items()
        for quantity in make().quantities.values()
        if quantity.definition
    ]


@pytest.mark.parametrize(("notation", "quantity"), _defined())
def test_both_judges_take_a_quantity_for_its_definition(notation, quantity) -> None:  # type: ignore[no-untyped-def]
    letter = LATEX.get(quantity.name, quantity.name)
    if quantity.formals:
        letter += "_" + quantity.formals[0]
    verdict = judge(letter, quantity.definition, notation, oracle=True)
    assert (verdict.status, verdict.side_conditions) == ("proved", ())


def test_notations_are_told_apart_by_their_names() -> None:
    assert len({make().name for make in ALL.values()}) == len(ALL)


def test_a_notation_is_made_once() -> None:
    assert all(make() is make() for make in ALL.values())


@pytest.mark.parametrize("name", [name for name in ALL if "U" in ALL[name]().quantities])
def test_either_layout_has_the_same_scores(name: str) -> None:
    rows = ALL[name]()
    vector = r"\hat v" if "vhat" in rows.quantities else "v_c"
    assert judge(r"\theta", f"U{vector}", rows).status == "proved"
    columns = rows.with_columns()
    assert judge(r"\theta", rf"U^\top {vector}", columns).status == "proved"
    assert judge(r"\theta", f"U{vector}", columns).status == "ill_formed"


@pytest.mark.parametrize(
    ("notation", "counts", "total"),
    [
        (contexts.negative_sampling(), r"\sum_{w=1}^{V} r_w", "K"),
        (contexts.window("negative_sampling"), r"\sum_{w=1}^{V} r_w", "2mK"),
        (contexts.window("softmax"), r"\sum_{w=1}^{V} b_w", "2m"),
        (contexts.cbow("softmax"), r"\sum_{w=1}^{V} b_w", "2m"),
        (contexts.naive_softmax(), r"\sum_{w=1}^{V} y_w", "1"),
        (contexts.naive_softmax(), r"\sum_{w=1}^{V}\hat y_w", "1"),
    ],
)
def test_counts_and_probabilities_add_up(notation: Notation, counts: str, total: str) -> None:
    assert judge(counts, total, notation, oracle=True).status == "proved"


def test_the_loss_depends_on_its_scores() -> None:
    for name in ("negative sampling", "window, softmax", "cbow sum, negative sampling"):
        verdict = judge(r"\frac{\partial J}{\partial\theta_w}", "0", ALL[name]())
        assert verdict.status == "wrong"
