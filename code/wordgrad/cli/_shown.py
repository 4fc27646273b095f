"""What `wordgrad check` prints: each derivation line by line, and a table for a folder."""

import os
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from wordgrad.cli._words import aim, assumed

_MARKS = {
    "proved": ("✓", "32"),
    "agrees": ("≈", "32"),
    "layout": ("⇄", "33"),
    "wrong": ("✗", "31"),
    "ill_formed": ("✗", "31"),
    "not_understood": ("?", "35"),
}


@dataclass(frozen=True)
class Checked:
    """One passage of one document with its report.

    Parameters
    ----------
    source : str
        Name of the document.
    first : int
        Line number in the document, from 1.
    report : wordgrad.checker.Report
    numbers : tuple of int
        Line numbers in the document of each line of the report.
    begins : dict of int to str
        Places of lines of the report that begin with a derivative, with that derivative.
    """

    source: str
    first: int
    report: Any
    numbers: tuple[int, ...]
    begins: dict[int, str]


@dataclass(frozen=True)
class Unread:
    """A document, or a passage of one, that could not be checked, and why."""

    source: str
    why: str


def show(checked: list[Checked], unread: list[Unread], *, folder: bool) -> None:
    """Print all reports, and a table after those of a folder.

    Parameters
    ----------
    checked : list of Checked
    unread : list of Unread
        They have a row in the table; what was wrong with them goes to standard error elsewhere.
    folder : bool
    """
    reconfigure = getattr(sys.stdout, "reconfigure", None)
    if reconfigure is not None:
        reconfigure(errors="backslashreplace")  # a terminal that has no ✓
    colour = sys.stdout.isatty() and "NO_COLOR" not in os.environ
    for each in checked:
        _print_passage(each, colour)
    if folder:
        _print_table(checked, unread)


def printable(text: str) -> str:
    """The text without signs that would steer a terminal: a script is somebody else's file.

    Examples
    --------
    >>> print(printable("u_o" + chr(27) + "[2J"))
    u_o\\x1b[2J
    """
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in text)


def _print_passage(each: Checked, colour: bool) -> None:
    report = each.report
    several = bool(report.target) and len(each.begins) > 1
    subject = f"several derivatives, read as for {report.target}"
    if not several:
        subject = aim(report.target, any(":=" in line.latex for line in report.lines))
    print(f"{printable(each.source)}, {_span(each.numbers)}: {subject}")
    if given := assumed(report.target, report.layout, report.assuming):
        print(f"  taken for granted: {given}")
    for place, line in enumerate(report.lines):
        if several and place in each.begins:
            print(f"  from line {each.numbers[place]} on: {printable(each.begins[place])}")
        mark, code = _MARKS[line.status]
        shown = f"\033[{code}m{mark}\033[0m" if colour else mark
        print(f"  {shown} {place + 1:2d}  {printable(line.latex)}")
        for detail in _details(line):
            print("\n".join(f"        {printable(part)}" for part in detail.splitlines()))
    print(f"  {_summary(each)}\n")


def _span(numbers: tuple[int, ...]) -> str:
    first, last = numbers[0], max(numbers)
    return f"line {first}" if first == last else f"lines {first}-{last}"


def _details(line: Any) -> Iterator[str]:
    yield line.status.replace("_", " ") + (f": {line.message}" if line.message else "")
    if line.witness:
        yield f"at {line.witness}"
    if line.slip:
        yield f"{line.slip.kind}: {line.slip.sentence}"
    if line.repair:
        yield f"repaired: {line.repair}"
    yield from line.remarks


def _summary(each: Checked) -> str:
    """That of the report, and where in the file the first wrong line stands."""
    report, summary = each.report, str(each.report.summary)
    turned = sum(line.status == "layout" for line in report.lines)
    if report.holds and turned:
        summary = summary.replace("holds.", f"holds; {turned} in another layout (⇄).")
    wrong = report.first_wrong
    if wrong is None or each.numbers[wrong] == wrong + 1:
        return summary
    place = f"line {wrong + 1}"
    return summary.replace(place, f"{place} (line {each.numbers[wrong]} of the file)", 1)


def _print_table(checked: list[Checked], unread: list[Unread]) -> None:
    """One row per passage: for whoever has a folder of scripts to mark."""
    names = max([16, *(len(each.report.target) for each in checked)])
    rows = [(printable(each.source), _row(each.report, names)) for each in checked]
    rows += [(printable(each.source), "could not be read") for each in unread]
    width = max(len(source) for source, _ in rows)
    print(f"{'file':{width}}  {'target':{names}}  lines  right  first wrong")
    for source, row in sorted(rows, key=lambda pair: pair[0]):
        print(f"{source:{width}}  {row}")


def _row(report: Any, width: int) -> str:
    right = sum(line.holds for line in report.lines)
    first = "-" if report.first_wrong is None else str(report.first_wrong + 1)
    slip = report.lines[report.first_wrong].slip if report.first_wrong is not None else None
    name = f" ({slip.kind})" if slip else ""
    target = report.target or "own loss"
    return f"{target:{width}s}  {len(report.lines):5d}  {right:5d}  {first}{name}"
