"""What becomes clear further down: a letter explained after its use, a context that is a mean."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from wordgrad.checker.lines import OWN_DEFINITION
from wordgrad.checker.report import LineReport, Report

Judge = Callable[[Sequence[str]], Report]
_OTHER_CONTEXT = {"sum": "mean", "mean": "sum"}


def in_order_of_meaning(lines: Sequence[str], report: Report, judge: Judge) -> Report:
    """The report with definitions taken before the lines above them, if more lines hold then.

    Parameters
    ----------
    lines : sequence of str
    report : Report
        Of the lines in written order.
    judge : callable
        Makes a report of lines in another order.
    """
    first_bad = next((n for n, line in enumerate(report.lines) if not line.holds), None)
    if first_bad is None:
        return report
    late = [n for n, line in enumerate(report.lines) if n > first_bad and _defines(line)]
    if not late:
        return report
    order = [*late, *(n for n in range(len(lines)) if n not in late)]
    again = judge([lines[n] for n in order])
    by_line = dict(zip(order, again.lines, strict=True))
    found = replace(report, lines=tuple(by_line[n] for n in range(len(lines))))
    kept = all(new.holds for new, old in zip(found.lines, report.lines, strict=True) if old.holds)
    return found if kept and _score(found) > _score(report) else report


def _defines(line: LineReport) -> bool:
    return line.message == OWN_DEFINITION


def _score(report: Report) -> tuple[int, int]:
    """Lines that hold, and lines that are read."""
    read = sum(line.status != "not_understood" for line in report.lines)
    return sum(line.holds for line in report.lines), read


def with_other_context(
    lines: Sequence[str],
    report: Report,
    given: Mapping[str, str],
    judge: Callable[[Mapping[str, str]], Report],
) -> Report:
    """The report with a hint where a wrong line is right for the other kind of context.

    If a line says itself which one is meant, `\\hat v = \\frac{1}{2m}\\sum ...`, that one is taken.

    Parameters
    ----------
    lines, report
        What was judged, and how.
    given : mapping
        The assumptions that the reader has chosen.
    judge : callable
        Makes a report under other assumptions.
    """
    wrong = [n for n, line in enumerate(report.lines) if line.status == "wrong"]
    said = any(map(_says_context, lines)) and not report.holds
    if "context" in given or not report.target.startswith("cbow") or not (wrong or said):
        return report
    other = _OTHER_CONTEXT[report.assuming["context"]]
    again = judge({**given, "context": other})
    if said and _score(again) > _score(report):
        return again
    mended = [n for n in wrong if again.lines[n].holds]
    if not mended:
        return report
    hint = f"it is right where the context vector is the {other}: assuming context={other}"
    changed = tuple(
        replace(line, message=f"{line.message}; {hint}") if n in mended else line
        for n, line in enumerate(report.lines)
    )
    return replace(report, lines=changed)


def _says_context(line: str) -> bool:
    """Whether a line defines the vector of the context."""
    left = line.partition("=")[0].replace(" ", "").strip("$&{}")
    return left in (r"\hat{v}", r"\hatv", r"\bar{v}", r"\barv", "h", "vhat", "v_C", r"\mathbf{h}")
