"""One line of a derivation: read, judged against what it stands in, and said in words."""

from dataclasses import replace
from fractions import Fraction

from wordgrad.calculus.limits import LimitExceeded, time_limit
from wordgrad.checker.aliases import aliased, unknown_letters
from wordgrad.checker.clauses import Clauses, take_apart
from wordgrad.checker.comparison import Comparer, Comparison
from wordgrad.checker.context import Context
from wordgrad.checker.formulas import definitions_first, is_joined, separated
from wordgrad.checker.habits import in_known_marks
from wordgrad.checker.options import Option, other_options, with_sets_read
from wordgrad.checker.own_letters import defined_letter
from wordgrad.checker.reading import Segment, read_line
from wordgrad.checker.report import LineReport
from wordgrad.checker.said import said_size
from wordgrad.checker.sets import is_certain
from wordgrad.checker.shown import as_read
from wordgrad.checker.slips import find_slip
from wordgrad.latex.errors import NotUnderstood
from wordgrad.latex.spelling import relation_latex
from wordgrad.latex.syntax import Expr, Number, Relation
from wordgrad.proof.verdict import Verdict

SECONDS_A_LINE = 15.0  # of wall time, on any thread and in a browser
_OPTIMUM = "what holds at an optimum, where a gradient is 0, is not checked; identities are"
_LIKELIHOOD = "is this the likelihood? here the letter is the loss; write J for the loss"
_LOST = "this goes on from a line that is not read; write a left-hand side"
OWN_DEFINITION = "a definition of your own"
_NO_SUBJECT = "there is nothing to compare this with: write a left-hand side, or choose a target"


def line_report(text: str, context: Context) -> LineReport:
    """The judgement of one line; the context learns from it."""
    known, before = in_known_marks(text), context.copy()
    report = _formulas(known, context)
    if not report.holds:
        report = _with_aliases(known, report, before, context)
    return as_read(replace(report, latex=text))


def _with_aliases(text: str, plain: LineReport, before: Context, context: Context) -> LineReport:
    """The report with new letters read as scores and probabilities, if that makes it right."""
    notation = before.comparer.notation
    letters = unknown_letters(text, notation, before.own)
    after = context.copy()
    for known, remark in aliased(letters, notation) if letters else ():
        context.become(before)
        context.define(known)
        report = _formulas(text, context)
        if report.holds and (report.message != OWN_DEFINITION or context.names_a_probability()):
            return replace(report, remarks=(remark, *report.remarks))
    context.become(after)
    return plain


def _formulas(text: str, context: Context) -> LineReport:
    """Of a line with one formula or several: of several the first that does not hold counts."""
    try:
        return _line(text, context)
    except NotUnderstood as error:
        notation = context.comparer.notation
        pieces = separated(text)
        if pieces:
            reports = [_formulas(p, context) for p in definitions_first(pieces, notation)]
            return next((report for report in reports if not report.holds), reports[-1])
        context.lose(text)
        shown = NotUnderstood(error.message, error.position, text)
        return LineReport(text, "not_understood", str(shown))


def _line(text: str, context: Context) -> LineReport:
    if is_joined(text):
        raise NotUnderstood("one formula at a time can be read here", 0, text)
    clauses = take_apart(text)
    context.admit(clauses.conditions, text)
    if not clauses.formula.strip():
        return _case(text, clauses, context)
    varying = context.varying(clauses.formula)
    notation = context.comparer.notation
    segments, remarks = read_line(clauses.formula, notation, context.said, varying)
    if len(segments) > 1 and segments[0].parts[-1] == Number(Fraction(0)):
        return LineReport(text, "not_understood", _OPTIMUM)
    plain = Option(segments, context.conditions_of(clauses, segments), "")
    try:
        with time_limit(SECONDS_A_LINE):
            report = _best(text, plain, context)
    except LimitExceeded as error:
        context.above = None
        return LineReport(text, "not_understood", str(error))
    except (ArithmeticError, RecursionError):
        return LineReport(text, "not_understood", "this line is too long or too deep to judge")
    return replace(report, remarks=(*remarks, *report.remarks))


def _best(text: str, plain: Option, context: Context) -> LineReport:
    """The report of the plain reading, or of another one that makes the line right."""
    sets = with_sets_read(plain.segments, plain.conditions, context)
    certain = bool(sets) and is_certain(context.comparer.notation)
    first = sets.pop(0) if certain else plain
    before = context.copy()
    report = _read_as(text, first, context)
    after = context.copy()
    for option in sets if report.status != "wrong" else ():
        context.become(before)
        other = _read_as(text, option, context)
        if other.holds:
            return other
    for option in (
        other_options(first.segments, first.conditions, before) if _is_open(report) else ()
    ):
        context.become(before)
        other = _read_as(text, option, context)
        if other.holds:
            option.accept(context)
            return other
    context.become(after)
    return report


def _is_open(report: LineReport) -> bool:
    return report.status in ("wrong", "ill_formed")


def _read_as(text: str, option: Option, context: Context) -> LineReport:
    context.said |= option.sizes
    context.comparer = context.comparer.under(option.conditions).at_sizes(context.said)
    reports = [_segment(text, segment, context) for segment in option.segments]
    worst = next((report for report in reports if not report.holds), reports[-1])
    said = (*((option.remark,) if option.remark else ()), *map(_said, option.conditions))
    return replace(worst, remarks=said)


def _case(text: str, clauses: Clauses, context: Context) -> LineReport:
    """A line that only says under which condition the lines below it are meant."""
    context.case, context.above = clauses.conditions, None
    said = tuple(map(_said, clauses.conditions))
    return LineReport(text, "proved", "a condition for the lines below", remarks=said)


def _said(condition: Relation) -> str:
    return f"read for {relation_latex(condition)}"


def _segment(text: str, segment: Segment, context: Context) -> LineReport:
    if len(segment.parts) == 2 and not segment.continues:
        size = said_size(*segment.parts, context.comparer.notation)
        if size is not None:
            return LineReport(text, "proved", context.say(*size))
    try:
        context.demand_known(segment, text)
        segment = context.with_dependence(segment, text)
        head = replace(segment, parts=segment.parts[:2])
        own = defined_letter(head, context.comparer.notation, context.own)
        if own is None:
            context.demand_no_size(segment, text)
        else:
            context.demand_free(segment, text)
    except NotUnderstood as error:
        context.above = None
        return LineReport(text, "not_understood", str(error))
    if own is not None:
        context.define(own)
        if len(segment.parts) > 2:  # `g = dJ/dz = ...`: what g is called, and what it equals
            return _segment(text, replace(segment, parts=segment.parts[1:]), context)
        return LineReport(text, "proved", OWN_DEFINITION, follows=None)
    before = context.subject, context.above
    parts = context.claims(segment)
    lost = segment.continues and context.lost
    follows = context.follows(parts[0])
    report = LineReport(text, "proved", follows=follows)
    for part in parts:
        found = context.comparer.best(part, context.references(part, segment))
        if found is None:
            return LineReport(text, "not_understood", _NO_SUBJECT)
        report = _reported(text, found, follows)
        if lost and not report.holds:
            return LineReport(text, "not_understood", _LOST)
        if report.status == "wrong" and context.is_likelihood(segment, part):
            return LineReport(text, "not_understood", _LIKELIHOOD)
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
