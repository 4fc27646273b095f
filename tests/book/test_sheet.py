"""The sheet's page: every line is there, with the verdict of the judge."""

from dataclasses import replace

import pytest

from wordgrad.book import NotProved, sheet, show_sheet
from wordgrad.derivations.sheet import SHEET, SheetLine

QUESTIONS = sorted({line.question for line in SHEET})


@pytest.mark.parametrize("question", QUESTIONS)
def test_every_line_is_shown_as_transcribed_and_as_read(question: int) -> None:
    markdown = show_sheet(question).markdown
    lines = [line for line in SHEET if line.question == question]
    assert markdown.count("{div} wg-reading") == len(lines)
    assert markdown.count("{div} wg-entry") == len({line.label for line in lines})
    for line in lines:
        assert f"**{line.label}**" in markdown
        assert line.transcribed in markdown
        assert line.read in markdown
        assert line.repair in markdown
        assert line.comment in markdown


@pytest.mark.parametrize("question", QUESTIONS)
def test_verdicts_are_those_of_the_judge(question: int) -> None:
    markdown = show_sheet(question).markdown
    verdicts = [sheet.judged(line) for line in SHEET if line.question == question]
    assert markdown.count("Take ") == sum(bool(v and v.witness) for v in verdicts)
    assert markdown.count("✓ holds") == sum(bool(v and v.status == "proved") for v in verdicts)
    assert markdown.count("✗ does not hold") == sum(bool(v and v.witness) for v in verdicts)


def test_a_repair_is_shown_once() -> None:
    markdown = show_sheet(2).markdown
    (line,) = (line for line in SHEET if line.reading == "operand restored")
    assert markdown.count(f"= {line.repair}\n") == 1
    assert markdown.count("repaired in the next reading") == 1


def test_a_question_that_the_sheet_does_not_have() -> None:
    with pytest.raises(ValueError, match="question 6; it has 1 to 5"):
        show_sheet(6)


WRONG = next(line for line in SHEET if line.label == "Q2.4")
RIGHT = next(line for line in SHEET if line.label == "Q2.5")


@pytest.mark.parametrize(
    "line",
    [
        replace(WRONG, repair=r"u_o^\top"),
        replace(WRONG, repair="", slips=()),
        replace(RIGHT, repair=RIGHT.read),
    ],
    ids=["wrong repair", "wrong line without a repair", "right line with a repair"],
)
def test_a_claim_that_the_judge_does_not_share_cannot_be_shown(line: SheetLine) -> None:
    with pytest.raises(NotProved, match=line.label):
        sheet.judged(line)
