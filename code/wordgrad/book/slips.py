"""What became of the lines of the handwritten sheet, and which slips they have: counted."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from wordgrad.book.page import Grid, Group, Page, Text, page
from wordgrad.book.sheet import is_proved, judged
from wordgrad.derivations.sheet import SHEET, SheetLine
from wordgrad.proof.verdict import Verdict

__all__ = ["HINTS", "SlipCount", "count_slips", "show_sheet_summary", "show_slips"]

HINTS = {
    "row for column": "Write the shape under every term. In NumPy a row plus a column makes a "
    "matrix and no complaint.",
    "wrong index": "Write the sum out for $V=2$. Whatever changes from term to term carries the "
    "letter under the sum.",
    "sign": r"Count the minus signs apart: before the logarithm, inside $\sigma$, in $1-\sigma$.",
    "factor dropped": r"Compare shapes: the gradient by a vector is a vector, $\hat y_w$ a number.",
    "sum not collapsed": "Ask which terms contain the variable. Only those survive.",
    "operand missing": "Read the line aloud: the derivative of what?",
    "index both free and bound": "Cover the sum sign. A letter that now hangs in the air cannot "
    "stand outside the sum.",
    "repeats counted wrongly": "Try $n_1=n_2$, and try $n_1=o$.",
    "missing": "Tick off what the question asks for, by vector and by loss.",
}


def show_sheet_summary() -> Page:
    """How the lines of each question fared: one row per question."""
    rows = []
    for question, group in groupby(SHEET, lambda line: line.question):
        fates = Counter(_fates(list(group)).values())
        rows.append((f"Q{question}", *(str(fates[fate] or "–") for fate in _FATES)))
    return page(Grid(("question", *_FATES), tuple(rows)))


_FATES = ("holds", "holds in one reading", "does not hold", "not on the sheet", "repetition")


def _fates(lines: Iterable[SheetLine]) -> dict[str, str]:
    """What became of each line, by its label."""
    return {
        label: _fate([(line, judged(line)) for line in readings])
        for label, readings in groupby(lines, lambda line: line.label)
    }


def _fate(readings: list[tuple[SheetLine, Verdict | None]]) -> str:
    if all(verdict is None for _, verdict in readings):
        return "not on the sheet" if readings[0][0].repair else "repetition"
    holds = {verdict is not None and is_proved(verdict) for _, verdict in readings}
    return "holds in one reading" if len(holds) == 2 else _FATES[0 if holds == {True} else 2]


@dataclass(frozen=True)
class SlipCount:
    """One kind of slip and the lines that have it.

    Parameters
    ----------
    slip : str
    certain : tuple of str
        Labels of lines that hold in no reading.
    possible : tuple of str
        Labels of lines that hold in another reading: the slip may be the transcription's.
    """

    slip: str
    certain: tuple[str, ...]
    possible: tuple[str, ...]


def count_slips() -> tuple[SlipCount, ...]:
    """The kinds of slips on the sheet, the most frequent first; what is missing comes last."""
    fates = _fates(SHEET)
    where: dict[str, list[str]] = {}
    for line in SHEET:
        for slip in line.slips:
            if line.label not in where.setdefault(slip, []):
                where[slip].append(line.label)
    counts = [
        SlipCount(
            slip,
            tuple(label for label in labels if fates[label] != "holds in one reading"),
            tuple(label for label in labels if fates[label] == "holds in one reading"),
        )
        for slip, labels in where.items()
    ]
    return tuple(sorted(counts, key=lambda c: (c.slip == "missing", -len(where[c.slip]))))


def show_slips() -> Page:
    """The kinds of slips, how often each occurs and how to notice it."""
    return page(Group("wg-rows wg-slips", tuple(_slip_row(count) for count in count_slips())))


def _slip_row(count: SlipCount) -> Group:
    number = len(count.certain) + len(count.possible)
    return Group(
        "wg-row",
        (
            Text(f"**{count.slip}**", "wg-name"),
            Text(f"{number} {'line' if number == 1 else 'lines'}: {_labels(count)}", "wg-where"),
            Text(HINTS[count.slip], "wg-words"),
        ),
    )


def _labels(count: SlipCount) -> str:
    return ", ".join((*count.certain, *(f"({label})" for label in count.possible)))
