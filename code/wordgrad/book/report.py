"""A checked derivation: each line with its mark, numbers against it, the slip and the repair."""

import re

from wordgrad.book.page import Block, Code, Formula, Grid, Group, Page, Text, page
from wordgrad.book.verdicts import witness_text
from wordgrad.checker import LineReport, Report
from wordgrad.checker.assumptions import readings
from wordgrad.derivations import derivation
from wordgrad.latex.errors import NotUnderstood
from wordgrad.latex.parser import parse_line
from wordgrad.latex.printer import to_latex
from wordgrad.meaning.notation import Notation

__all__ = ["MARKS", "show_report", "show_targets"]

# status -> mark, words, class of the line, class of the words
MARKS = {
    "proved": ("✓", "holds, proved for all sizes", "ok", "wg-holds"),
    "agrees": ("≈", "agrees at every point tried, not proved", "agrees", "wg-open"),
    "layout": ("⇄", "holds in another layout", "layout", "wg-open"),
    "wrong": ("✗", "does not hold", "wrong", "wg-fails"),
    "ill_formed": ("✗", "means nothing as it stands", "wrong", "wg-fails"),
    "not_understood": ("?", "could not be read", "unread", "wg-open"),
}


def show_report(report: Report) -> Page:
    """The lines as they were read, each with what the checker says of it.

    Parameters
    ----------
    report : Report
        From `wordgrad.checker.check_derivation`.

    Returns
    -------
    Page
        What was assumed, the lines, and the summary.

    Examples
    --------
    >>> from wordgrad.checker import check_derivation
    >>> shown = show_report(check_derivation([r"\\\\sigma(x)"], "sigmoid_derivative"))
    >>> "✗ does not hold" in shown.markdown
    True
    """
    (first, *_) = readings(report.target, report.layout, report.assuming)
    notation = first.target.notation
    lines = (_line(line, notation) for line in report.lines)
    summary = Text(f"**{report.summary}**", "wg-summary")
    return page(Group("wg-report", (_head(report), *lines, summary)))


def show_targets(*subjects: str) -> Page:
    """Ids of targets with the quantity that each stands for.

    Parameters
    ----------
    *subjects : str
        Ids of derivations.

    Raises
    ------
    ValueError
        If there is no such derivation.
    """
    chosen = [derivation(name) for name in subjects]
    rows = tuple((f"`{target.id}`", f"${target.quantity}$", target.title) for target in chosen)
    return page(Grid(("target", "quantity", "in words"), rows))


# ------------------------------------------------------------------------------- the parts
def _head(report: Report) -> Text:
    """What the lines were judged against."""
    aim = "your own definitions"
    if report.target:
        chosen = derivation(report.target)
        aim = f"${chosen.quantity}$ (`{chosen.id}`)"
    given = (f"{key.replace('_', ' ')}: {value}" for key, value in report.assuming.items())
    settings = (f"U has one {report.layout[:-1]} per word", *given)
    words = "; ".join(setting.replace("_", " ") for setting in settings)
    return Text(f"[judged against]{{.wg-tag}} {aim}. [assuming]{{.wg-tag}} {words}", "wg-assuming")


def _line(line: LineReport, notation: Notation) -> Group:
    parts: list[Block] = [*_as_read(line), _verdict(line)]
    if line.witness:
        said = witness_text(line.witness, notation, f"${line.reference}$")
        parts.append(Text(said, "wg-witness"))
    if line.slip:
        parts.append(
            Text(f"[slip]{{.wg-tag}} **{line.slip.kind}.** {line.slip.sentence}", "wg-slip")
        )
    if line.repair:
        parts.append(Text("[repaired]{.wg-tag}", "wg-head"))
        parts.append(Formula(f"{line.reference} = {line.repair}"))
    parts += [Text(f"[remark]{{.wg-tag}} {remark}", "wg-remark") for remark in line.remarks]
    return Group(f"wg-line wg-line-{MARKS[line.status][2]}", tuple(parts))


def _as_read(line: LineReport) -> tuple[Block, ...]:
    """The formula as the parser understood it; otherwise as it was typed, with the place marked."""
    try:
        return (Formula(to_latex(parse_line(line.latex))),)
    except NotUnderstood as error:
        _, *marked = str(error).splitlines()
        return (Code("\n".join(marked) or line.latex),)


def _verdict(line: LineReport) -> Text:
    mark, words, _, css = MARKS[line.status]
    said, *_ = line.message.splitlines() or [""]
    if not line.reference and line.holds:  # nothing it could be compared with: a definition
        return Text(f"[{mark} {said}]{{.{css}}}", "wg-verdict")
    more = f": {_as_prose(said)}" if said else ""
    return Text(f"[{mark} {words}]{{.{css}}}{more}", "wg-verdict")


def _as_prose(message: str) -> str:
    """A message of the judges as inline Markdown: quoted pieces and commands are code."""
    quoted = re.sub("“([^”]*)”", r"`\1`", message)
    pieces = re.split(r"(`[^`]*`|\$[^$]*\$)", quoted)
    pieces[::2] = [re.sub(r"(\\[A-Za-z]+(?:\{[^{}]*\})*)", r"`\1`", piece) for piece in pieces[::2]]
    return "".join(pieces)
