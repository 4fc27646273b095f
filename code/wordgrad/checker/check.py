"""A reader's derivation, line by line: what holds, where the first slip is, how it would be right.

Every line is judged against the quantity that the derivation aims at, computed from the definition
of the loss, and against the line above it.
"""

from collections.abc import Mapping, Sequence
from threading import Lock

from wordgrad.checker.assumptions import Reading, readings
from wordgrad.checker.comparison import Comparer
from wordgrad.checker.context import Context
from wordgrad.checker.hindsight import in_order_of_meaning, with_other_context
from wordgrad.checker.lines import line_report
from wordgrad.checker.report import Report

MOST_LINES = 200
_one_at_a_time = Lock()  # provers and worlds are shared between the threads of a process


def check_derivation(
    lines: Sequence[str],
    target: str = "",
    layout: str = "rows",
    assuming: Mapping[str, str] | None = None,
    *,
    slips: bool = True,
) -> Report:
    """Judge the lines of a derivation.

    Parameters
    ----------
    lines : sequence of str
        LaTeX, one formula each: `a`, `= a`, `a = b = c`.
    target : str
        Id of the book's derivation whose left-hand side is meant, such as "naive_vc".  Without
        one, define a loss (`J := ...`) and write left-hand sides.
    layout : {"rows", "columns"}
        Whether U has one row per word, as in the book, or one column.
    assuming : mapping, optional
        Keys "w" ("o", "not o", "any"), "pair_loss" ("softmax", "negative_sampling", "either"),
        "context" ("sum", "mean"), "negatives" ("distinct", "any").
    slips : bool
        Whether a slip and a repair are searched for each wrong line: most of the time, and no
        verdict depends on it.

    Returns
    -------
    Report
        With one `LineReport` per line, the first wrong line and a summary.

    Raises
    ------
    ValueError
        If the target, the layout or an assumption is unknown, or there are too many lines.
    TypeError
        If `lines` is one string.

    Notes
    -----
    A line that cannot be judged within 15 seconds, or that is too long, too deep or has too large
    numbers, is "not_understood", with a message that says what is allowed.

    Examples
    --------
    >>> report = check_derivation([r"\\sigma(x)(1-\\sigma(x))"], "sigmoid_derivative")
    >>> report.lines[0].status
    'proved'
    >>> check_derivation([r"U(\\hat y-y)"], "naive_vc").lines[0].status
    'layout'
    """
    if isinstance(lines, str):
        raise TypeError("lines is one string; give a list with one formula a line")
    if len(lines) > MOST_LINES:
        raise ValueError(
            f"{len(lines)} lines are given; at most {MOST_LINES} are checked at once: "
            "split the derivation"
        )
    with _one_at_a_time:
        given = dict(assuming or {})
        report = _best(lines, target, layout, given, slips)

        def under(other: Mapping[str, str]) -> Report:
            return _best(lines, target, layout, other, slips)

        return with_other_context(lines, report, given, under)


def _best(
    lines: Sequence[str], target: str, layout: str, given: Mapping[str, str], slips: bool
) -> Report:
    """Under the pair loss for which most lines hold."""
    repeats = given.get("negatives") == "any"
    reports = [
        _check(lines, reading, layout, slips, repeats)
        for reading in readings(target, layout, given)
    ]
    return max(reports, key=lambda report: sum(line.holds for line in report.lines))


def _check(
    lines: Sequence[str], reading: Reading, layout: str, slips: bool, repeats: bool
) -> Report:
    def judge(ordered: Sequence[str]) -> Report:
        comparer = Comparer(reading.target, reading.target.notation)
        context = Context(comparer, slips=slips, repeats=repeats)
        found = tuple(line_report(text, context) for text in ordered)
        return Report(reading.target.id, reading.assuming, layout, found)

    return in_order_of_meaning(lines, judge(lines), judge)
