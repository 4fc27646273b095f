"""Programs: what is an input, what is computed once, how things are called."""

import pytest

from wordgrad.calculus.sorts import DIM, NEG, VOC, WIN
from wordgrad.codegen.generate import program_of
from wordgrad.codegen.program import Input, letter_of, renamed, size_letters
from wordgrad.derivations import derivation


def inputs(name: str, step: int = -1) -> list[tuple[str, str]]:
    return [(item.name, item.kind) for item in program_of(derivation(name), step=step).inputs]


def test_one_row_of_an_array_is_an_input_of_its_own() -> None:
    assert inputs("naive_uo")[0] == ("v_c", "array")
    made = program_of(derivation("neg_uo"))
    rows = [item for item in made.inputs if item.row]
    assert rows == [
        Input("u_o", "array", (DIM,), "u", "o"),
        Input("v_c", "array", (DIM,), "v", "c"),
    ]
    assert not [item for item in made.inputs if item.kind == "index"]  # o and c are not needed


def test_an_array_that_is_used_twice_stays_whole() -> None:
    assert inputs("neg_vc") == [
        ("v_c", "array"),
        ("U", "array"),
        ("o", "index"),
        ("negatives", "table"),
    ]


def test_tables_are_called_by_what_they_hold() -> None:
    made = program_of(derivation("window_neg_uw"))
    tables = [item for item in made.inputs if item.kind == "table"]
    assert tables == [
        Input("context", "table", (WIN,), "w"),
        Input("negatives", "table", (WIN, NEG), "n"),
    ]
    assert ("w", "index") in inputs("window_neg_uw")  # the free w beside it


def test_sizes_that_no_input_has_are_inputs() -> None:
    assert inputs("window_vw") == [("d", "size")]
    assert ("K", "size") in inputs("sgns_shift")


def test_a_statement_gives_way_to_an_input_of_its_name() -> None:
    made = program_of(derivation("naive_U"))
    other = renamed(made, {"theta": "v_c", "yhat": "U", "o": "o"})
    assert [let.name for let in other.lets] == ["y", "theta_", "yhat_", "result"]
    with pytest.raises(ValueError, match="leaves out U, o"):
        renamed(made, {"v": "v_c"})


def test_sizes() -> None:
    assert [letter_of(sort) for sort in (VOC, DIM, NEG, WIN)] == ["V", "d", "K", "m"]
    assert set(size_letters(program_of(derivation("neg_U")).lets)) == {"V", "d", "K"}
