"""Which index a letter stands for and what it runs over."""

import pytest

from wordgrad.calculus.sorts import DIM, NEG, VOC, WIN
from wordgrad.meaning.contexts import naive_softmax, negative_sampling, window
from wordgrad.meaning.elaborate import elaborate_line
from wordgrad.meaning.faults import LineError, SortError, UnknownName, Unsupported
from wordgrad.meaning.notation import Notation

from .components import read

NAIVE, NEGATIVE = naive_softmax(), negative_sampling()
WINDOWS = window("negative_sampling")


@pytest.mark.parametrize(
    ("latex", "notation", "sorts"),
    [
        (r"u_w+v_c", NAIVE, {"w": VOC, "c": VOC}),
        (r"u_{w,a}", NAIVE, {"w": VOC, "a": DIM}),
        (r"\sum_w u_w", NAIVE, {}),
        (r"u_k", NEGATIVE, {"k": NEG}),
        (r"u_{k'}", NEGATIVE, {"k'": NEG}),
        (r"u_k", NAIVE, {"k": VOC}),
        (r"\mathbb 1[n_k=x]", NEGATIVE, {"k": NEG, "x": VOC}),
        (r"u_{w_{c+j}}+u_{n_{j,k}}", WINDOWS, {"j": WIN, "k": NEG}),
        (r"v_{w_t}", WINDOWS, {"c": VOC}),
        (r"\delta_{ij}+\hat y_j", NAIVE, {"i": VOC, "j": VOC}),
        (r"\delta_{ij}", NAIVE, {"i": VOC, "j": VOC}),
    ],
)
def test_free_indices_get_their_sort_from_use(
    latex: str, notation: Notation, sorts: dict[str, object]
) -> None:
    assert elaborate_line(latex, notation).free_indices == sorts


def test_a_line_is_read_with_one_meaning_of_a_letter() -> None:
    line = elaborate_line(
        r"\frac{\partial J}{\partial u_k}=\delta_{ok}v_c+\mathbb 1[n_k=o]v_c", NEGATIVE
    )
    assert line.free_indices["k"] is NEG


def test_a_sort_known_from_the_line_above_is_kept() -> None:
    assert elaborate_line("u_k", NEGATIVE, {"k": VOC}).free_indices == {"k": VOC}
    with pytest.raises(SortError, match="runs over components"):
        elaborate_line("u_w", NAIVE, {"w": DIM})


@pytest.mark.parametrize(
    ("latex", "component"),
    [
        ("v_{w_t}", "v[c, row]"),
        ("v_{w_c}", "v[c, row]"),
        ("v_t", "v[c, row]"),
        ("v_{w_{t+j}}", "v[w[j], row]"),
        ("v_{c+j}", "v[w[j], row]"),
        ("u_{n_{j,k}}", "u[n[j, k], row]"),
    ],
)
def test_positions_and_words_are_looked_up(latex: str, component: str) -> None:
    assert read(latex, WINDOWS) == ("Dimx1", component)


def test_w_k_is_another_name_of_n_k() -> None:
    assert read("u_{w_k}", NEGATIVE) == read("u_{n_k}", NEGATIVE) == ("Dimx1", "u[n[k], row]")


@pytest.mark.parametrize(
    ("latex", "error", "message"),
    [
        (
            r"u_a+v_{o,a}u_o",
            SortError,
            "the index a runs over words (V), but a component is needed here (in `a`)",
        ),
        (r"u_{q_k}", UnknownName, "no words are looked up as q_{...} here; known: n, w (in `q_k`)"),
        (r"u_{n_k}", SortError, "n takes 2 subscripts, not 1 (in `n_k`)"),
        (r"u_0", SortError, "indices count from 1 (in `0`)"),
        (r"u_V", SortError, "V is a size, not an index (in `V`)"),
        (
            r"v_{w_{c-j}}",
            Unsupported,
            "a position is written c+j or t+j with -m ≤ j ≤ m (in `c-j`)",
        ),
        (r"u_{o,n_{j,k}}", SortError, "a component is needed here, not a word (in `n_{j,k}`)"),
    ],
)
def test_an_index_that_does_not_fit_is_named(
    latex: str, error: type[LineError], message: str
) -> None:
    with pytest.raises(error) as caught:
        elaborate_line(latex, WINDOWS)
    assert str(caught.value) == message
