"""A reader's derivation, line by line: what holds, where the first slip is, how it would be right.

Every line is judged against the quantity that the derivation aims at, computed from the definition
of the loss, and against the line above it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from threading import Lock

from wordgrad.calculus.limits import LimitExceeded, time_limit
from wordgrad.checker.assumptions import Reading, readings
from wordgrad.checker.clauses import Clauses, take_apart
from wordgrad.checker.comparison import Comparer, Comparison
from wordgrad.checker.context import Context
from wordgrad.checker.own_letters import defined_letter
from wordgrad.checker.reading import Segment, read_line
from wordgrad.checker.report import LineReport, Report
from wordgrad.checker.slips import find_slip
from wordgrad.latex.errors import NotUnderstood
from wordgrad.latex.spelling import relation_latex
from wordgrad.latex.syntax import Expr, Number, Relation
from wordgrad.proof.verdict import Verdict

MOST_LINES = 200
SECONDS_A_LINE = 15.0  # of wall time, on any thread and in a browser
_one_at_a_time = Lock()  # provers and worlds are shared between the threads of a process
_OPTIMUM = "what holds at an optimum, where a gradient is 0, is not checked; identities are"
_NO_SUBJECT = "there is nothing to compare this with: write a left-hand side, or choose a target"


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
        reports = [
            _check(lines, reading, layout, slips) for reading in readings(target, layout, assuming)
        ]
    return max(reports, key=lambda report: sum(line.holds for line in report.lines))


def _check(lines: Sequence[str], reading: Reading, layout: str, slips: bool) -> Report:
    context = Context(Comparer(reading.target, reading.target.notation), slips=slips)
    return Report(
        reading.target.id, reading.assuming, layout, tuple(_line(text, context) for text in lines)
    )


def _line(text: str, context: Context) -> LineReport:
    try:
        clauses = take_apart(text)
        context.admit(clauses.conditions, text)
        if not clauses.formula.strip():
            return _case(text, clauses, context)
        segments, remarks = read_line(clauses.formula, context.comparer.notation)
    except NotUnderstood as error:
        split = context.without_definition(text)
        if split is not None:
            return _line(split, context)
        context.above = None
        shown = NotUnderstood(error.message, error.position, text)
        return LineReport(text, "not_understood", str(shown))
    if len(segments) > 1 and segments[0].parts[-1] == Number(Fraction(0)):
        return LineReport(text, "not_understood", _OPTIMUM)
    conditions = context.conditions_of(clauses, segments)
    context.comparer = context.comparer.under(conditions)
    try:
        with time_limit(SECONDS_A_LINE):
            reports = [_segment(text, segment, context) for segment in segments]
    except LimitExceeded as error:
        context.above = None
        return LineReport(text, "not_understood", str(error))
    except (ArithmeticError, RecursionError):
        return LineReport(text, "not_understood", "this line is too long or too deep to judge")
    worst = next((report for report in reports if not report.holds), reports[-1])
    return replace(worst, remarks=(*remarks, *map(_said, conditions)))


def _case(text: str, clauses: Clauses, context: Context) -> LineReport:
    """A line that only says under which condition the lines below it are meant."""
    context.case, context.above = clauses.conditions, None
    said = tuple(map(_said, clauses.conditions))
    return LineReport(text, "proved", "a condition for the lines below", remarks=said)


def _said(condition: Relation) -> str:
    return f"read for {relation_latex(condition)}"


def _segment(text: str, segment: Segment, context: Context) -> LineReport:
    try:
        context.demand_known(segment, text)
        segment = context.with_dependence(segment, text)
        head = replace(segment, parts=segment.parts[:2])
        own = defined_letter(head, context.comparer.notation, context.own)
        if own is not None:
            context.demand_free(segment, text)
    except NotUnderstood as error:
        context.above = None
        return LineReport(text, "not_understood", str(error))
    if own is not None:
        context.define(own)
        if len(segment.parts) > 2:  # `g = dJ/dz = ...`: what g is called, and what it equals
            return _segment(text, replace(segment, parts=segment.parts[1:]), context)
        return LineReport(text, "proved", "a definition of your own", follows=None)
    before = context.subject, context.above
    parts = context.claims(segment)
    follows = context.follows(parts[0])
    report = LineReport(text, "proved", follows=follows)
    for part in parts:
        found = context.comparer.best(part, context.references(part, segment))
        if found is None:
            return LineReport(text, "not_understood", _NO_SUBJECT)
        report = _reported(text, found, follows)
        if context.slips:
            report = _explained(report, part, found, context.comparer)
        context.above = part
        if report.status == "not_understood":
            context.doubt(segment)
        if not report.holds:
            break
        context.learn(part)
    if context.is_aside(segment):
        context.subject, context.above = before
    return report


def _reported(text: str, found: Comparison, follows: bool | None) -> LineReport:
    verdict, reference = found.verdict, found.reference
    return LineReport(
        text,
        verdict.status,
        _message(verdict, follows),
        reference.latex,
        verdict.witness,
        follows=follows,
        side_conditions=verdict.side_conditions,
    )


def _explained(report: LineReport, part: Expr, found: Comparison, comparer: Comparer) -> LineReport:
    """With the slip and the repair, if the line is wrong."""
    if report.holds or report.status == "not_understood":
        return report
    reference = found.reference
    layouts = [other for other, _ in comparer.other_layouts(reference)]
    slip, repair = find_slip(part, reference, layouts)
    return replace(report, slip=slip, repair=repair)


def _message(verdict: Verdict, follows: bool | None) -> str:
    if verdict.status == "wrong":
        if follows:
            return "it follows from the line above, which is already wrong"
        return verdict.message
    if follows is False and verdict.status in ("proved", "agrees"):
        return "right, although it does not follow from the line above"
    return verdict.message
