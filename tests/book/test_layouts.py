"""A derivation in columns is rewritten and proved; whatever is not proved is refused."""

from dataclasses import replace

import pytest

from wordgrad.book.derivations import NotProved
from wordgrad.book.layouts import in_columns, in_columns_words
from wordgrad.derivations import ALL, derivation
from wordgrad.proof.derivation import Derivation, Step
from wordgrad.proof.judge import all_proved, judge, judge_derivation


@pytest.mark.parametrize("chain", ALL.values(), ids=lambda chain: chain.id)
def test_every_line_is_proved_in_columns(chain: Derivation) -> None:
    columns = in_columns(chain)
    text = "".join((chain.quantity, *(step.latex + step.because for step in chain.steps)))
    lines = "".join((chain.quantity, *(step.latex for step in chain.steps)))
    assert (columns is not None) == ("U" in lines), text
    if columns is None:
        return
    assert all_proved(judge_derivation(columns))
    assert len(columns.steps) == len(chain.steps)
    assert columns != chain


def test_some_lines_read_otherwise() -> None:
    assert sum(in_columns(chain) is not None for chain in ALL.values()) > 10


@pytest.mark.parametrize(
    ("name", "result"),
    [
        ("naive_vc", r"U (\hat{y} - y)"),
        ("naive_U", r"v_c (\hat{y} - y)^\top"),
        ("naive_hessian_matrix", r"U (\operatorname{diag}(\hat{y}) - \hat{y} \hat{y}^\top) U^\top"),
    ],
)
def test_results_as_handouts_with_columns_print_them(name: str, result: str) -> None:
    columns = in_columns(derivation(name))
    assert columns is not None
    assert columns.result == result
    assert judge(columns.quantity, result, derivation(name).notation).status != "proved"


def test_lines_without_the_matrix_stay_as_they_are() -> None:
    rows, columns = derivation("naive_vc"), in_columns(derivation("naive_vc"))
    assert columns is not None
    assert [s.latex for s in columns.steps[:-1]] == [s.latex for s in rows.steps[:-1]]


def test_a_line_that_is_not_proved_is_refused() -> None:
    good = derivation("naive_vc")
    bad = replace(good, steps=(*good.steps[:-1], Step(r"U^\top(y-\hat y)", "a slip")))
    with pytest.raises(NotProved, match="naive_vc"):
        in_columns(bad)


def test_a_named_row_becomes_a_column() -> None:
    words = r"row $w$ is $\frac{\partial J}{\partial\theta_w}v_c^\top$: $u_w$ acts"
    assert in_columns_words(words) == (
        r"column $w$ is $\frac{\partial J}{\partial \theta_w} v_c$: $u_w$ acts"
    )


def test_what_is_no_row_is_refused() -> None:
    with pytest.raises(ValueError, match="not a number times a row"):
        in_columns_words("row $w$ is $v_c$")


def test_words_without_the_matrix_stay() -> None:
    assert in_columns_words(r"$\odot$ multiplies entry by entry") == (
        r"$\odot$ multiplies entry by entry"
    )
