"""What the book claims of the handwritten sheet: which lines hold, and that each repair does."""

from itertools import pairwise

import pytest

from wordgrad.derivations import ALL
from wordgrad.derivations.sheet import SHEET, SheetLine
from wordgrad.proof.judge import judge

SLIPS = {
    "operand missing",
    "row for column",
    "wrong index",
    "sign",
    "factor dropped",
    "sum not collapsed",
    "repeats counted wrongly",
    "index both free and bound",
    "missing",
}


def _name(line: SheetLine) -> str:
    return f"{line.label} {line.reading}".strip()


def _cases(lines: list[SheetLine]) -> list[object]:
    return [pytest.param(line, id=_name(line)) for line in lines]


RIGHT = [line for line in SHEET if line.read and not line.repair]
WRONG = [line for line in SHEET if line.read and line.repair]
REPAIRED = [line for line in SHEET if line.repair]


@pytest.mark.parametrize("line", _cases(RIGHT))
def test_a_line_without_a_repair_is_proved(line: SheetLine) -> None:
    verdict = judge(line.against, line.read, line.notation, oracle=True)
    assert (verdict.status, verdict.side_conditions) == ("proved", ())


@pytest.mark.parametrize("line", _cases(WRONG))
def test_a_line_with_a_repair_does_not_hold(line: SheetLine) -> None:
    verdict = judge(line.against, line.read, line.notation)
    assert verdict.status in ("wrong", "ill_formed", "not_understood")
    assert (verdict.status == "wrong") == (verdict.witness is not None)
    assert verdict.message


@pytest.mark.parametrize("line", _cases(REPAIRED))
def test_each_repair_is_proved(line: SheetLine) -> None:
    verdict = judge(line.against, line.repair, line.notation, oracle=True)
    assert (verdict.status, verdict.side_conditions) == ("proved", ())


@pytest.mark.parametrize(
    ("name", "status"),
    [
        ("Q2.3 as written", "not_understood"),
        ("Q2.3 operand restored", "ill_formed"),
        ("Q2.4", "wrong"),
        ("Q3.1", "ill_formed"),
        ("Q4.3", "wrong"),
        ("Q5.4 whatever the negatives are", "wrong"),
    ],
)
def test_what_is_the_matter_with_some_lines(name: str, status: str) -> None:
    (line,) = (line for line in SHEET if _name(line) == name)
    assert judge(line.against, line.read, line.notation).status == status


def test_slips_are_named_exactly_where_there_is_a_repair() -> None:
    for line in SHEET:
        assert bool(line.slips) == bool(line.repair), _name(line)
        assert set(line.slips) <= SLIPS, _name(line)
        assert not line.repair or line.repair != line.read


def test_lines_that_need_one_reading_only_have_no_name_for_it() -> None:
    labels = [line.label for line in SHEET]
    for line in SHEET:
        assert bool(line.reading) == (labels.count(line.label) > 1), _name(line)
    assert len({_name(line) for line in SHEET}) == len(SHEET)


def test_lines_stand_in_order_and_none_is_left_out() -> None:
    lines = {
        1: "1 2 3 4",
        2: "1 2 3 4 5 6",
        3: "1 2 3 4 5 6",
        4: "1 2 3 4 5-7",
        5: "1 2 3 4 5 6 7 8",
    }
    for question, numbers in lines.items():
        found = [line.number for line in SHEET if line.question == question]
        assert list(dict.fromkeys(found)) == numbers.split()
    assert all(a.question <= b.question for a, b in pairwise(SHEET))


def test_targets_are_derivations_of_what_the_line_is_compared_with() -> None:
    for line in SHEET:
        assert line.comment.endswith((".", "?", ")"))
        if line.target:
            assert line.target in ALL
