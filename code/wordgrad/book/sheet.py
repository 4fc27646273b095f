"""The handwritten sheet: each line as transcribed and as read, with the verdict of this build."""

from functools import cache
from itertools import groupby

from wordgrad.book.derivations import NotProved
from wordgrad.book.page import Block, Formula, Group, Page, Text, page
from wordgrad.book.verdicts import line_blocks
from wordgrad.derivations.sheet import SHEET, SheetLine
from wordgrad.proof.judge import judge
from wordgrad.proof.verdict import Verdict

__all__ = ["is_proved", "judged", "show_sheet"]


@cache
def judged(line: SheetLine) -> Verdict | None:
    """The verdict on the line as read; None where there is nothing to read.

    Raises
    ------
    NotProved
        If the line, or its repair, is not what the sheet's data claim.
    """
    if line.repair and not is_proved(judge(line.against, line.repair, line.notation)):
        raise NotProved(f"{line.label}: the repair {line.repair!r} is not proved")
    if not line.read:
        return None
    verdict = judge(line.against, line.read, line.notation)
    if is_proved(verdict) == bool(line.repair):
        raise NotProved(f"{line.label}: {line.read!r} is {verdict.status}, not what is claimed")
    return verdict


def is_proved(verdict: Verdict) -> bool:
    """Proved, and under no open condition."""
    return verdict.status == "proved" and not verdict.side_conditions


def show_sheet(question: int) -> Page:
    """All lines of one question, a block for each.

    Parameters
    ----------
    question : int
        1 to 5.

    Raises
    ------
    ValueError
        If the sheet has no such question.
    NotProved
        If a verdict or a repair is not what the sheet's data claim.
    """
    lines = [line for line in SHEET if line.question == question]
    if not lines:
        known = sorted({line.question for line in SHEET})
        raise ValueError(f"the sheet has no question {question}; it has {known[0]} to {known[-1]}")
    entries = [_entry(list(readings)) for _, readings in groupby(lines, lambda line: line.label)]
    return page(Group("wg-sheet", tuple(entries)))


def _entry(readings: list[SheetLine]) -> Group:
    """One line of the sheet with its readings."""
    first = readings[0]
    parts: list[Block] = [Text(f"**{first.label}**", "wg-label")]
    if first.transcribed:
        parts.append(Text(f"[transcribed]{{.wg-tag}} `{first.transcribed}`", "wg-transcribed"))
    for number, line in enumerate(readings):
        below = {text for other in readings[number + 1 :] for text in (other.read, other.repair)}
        parts.append(_reading(line, line.repair in below))
    return Group("wg-entry", tuple(parts))


def _reading(line: SheetLine, repaired_below: bool) -> Group:
    verdict = judged(line)
    parts: list[Block] = [Text(line.comment, "wg-comment")]
    if verdict:
        tag = f"read, {line.reading}" if line.reading else "read"
        claim = line_blocks(line.against, line.read, verdict, line.notation)
        head = Text(f"[{tag}]{{.wg-tag}}", "wg-head")
        parts = [head, *claim[:2], *parts, *claim[2:]]
    return Group(f"wg-reading {_css(line, verdict)}", (*parts, *_repair(line, repaired_below)))


def _repair(line: SheetLine, repaired_below: bool) -> tuple[Block, ...]:
    """The slip in words, and the line as it should be unless the next reading shows that."""
    if not line.repair:
        return ()
    slips = f"**{' and '.join(line.slips)}**"
    if repaired_below:
        return (Text(f"[slip]{{.wg-tag}} {slips}; repaired in the next reading", "wg-head"),)
    return (
        Text(f"[{'slip' if line.read else 'gap'}]{{.wg-tag}} {slips}; it should be", "wg-head"),
        Formula(f"{line.against} = {line.repair}"),
        Text("[✓ proved for all sizes]{.wg-holds}", "wg-verdict"),
    )


def _css(line: SheetLine, verdict: Verdict | None) -> str:
    return "wg-fails" if line.repair else "wg-holds" if verdict else "wg-open"
