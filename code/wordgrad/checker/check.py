"""A reader's derivation, line by line: what holds, where the first slip is, how it would be right.

Every line is judged against the quantity that the derivation aims at, computed from the definition
of the loss, and against the line above it.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from threading import Lock

from wordgrad.calculus.limits import LimitExceeded, time_limit
from wordgrad.checker.assumptions import Reading, readings
from wordgrad.checker.clauses import Clauses, halves, take_apart
from wordgrad.checker.comparison import Comparer, Comparison, Reference
from wordgrad.checker.conditions import NO_NEGATIVE_IS_O, names_of, under
from wordgrad.checker.own_letters import defined_letter
from wordgrad.checker.reading import Segment, read_line
from wordgrad.checker.report import LineReport, Report
from wordgrad.checker.slips import find_slip
from wordgrad.checker.trees import index_names
from wordgrad.latex.errors import NotUnderstood
from wordgrad.latex.spelling import relation_latex
from wordgrad.latex.syntax import Expr, Relation
from wordgrad.proof.judge import judge
from wordgrad.proof.verdict import Verdict

MOST_LINES = 200
SECONDS_A_LINE = 15.0  # of wall time, on any thread and in a browser
_one_at_a_time = Lock()  # provers and worlds are shared between the threads of a process
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
    state = _State(Comparer(reading.target, reading.target.notation), slips=slips)
    return Report(
        reading.target.id, reading.assuming, layout, tuple(_line(text, state) for text in lines)
    )


@dataclass
class _State:
    """What has been read so far."""

    comparer: Comparer
    subject: Reference | None = None  # the left-hand side that a line may continue
    above: Expr | None = None  # the last part of the line above
    above_holds: bool = True
    side: bool = field(default=False)  # the subject is not the target but a step aside
    case: tuple[Relation, ...] = ()  # "Case w = o:" holds for the lines below it
    slips: bool = True  # whether to say what is wrong with a wrong line


def _line(text: str, state: _State) -> LineReport:
    try:
        clauses = take_apart(text)
        _admit(clauses.conditions, state, text)
        if not clauses.formula.strip():
            return _case(text, clauses, state)
        segments, remarks = read_line(clauses.formula, state.comparer.notation)
    except NotUnderstood as error:
        split = _definition_behind(text, state)
        if split is not None:
            return _line(split, state)
        state.above = None
        shown = NotUnderstood(error.message, error.position, text)
        return LineReport(text, "not_understood", str(shown))
    conditions = _conditions(clauses, segments, state)
    state.comparer = state.comparer.under(conditions)
    try:
        with time_limit(SECONDS_A_LINE):
            reports = [_segment(text, segment, state) for segment in segments]
    except LimitExceeded as error:
        state.above = None
        return LineReport(text, "not_understood", str(error))
    except (ArithmeticError, RecursionError):
        return LineReport(text, "not_understood", "this line is too long or too deep to judge")
    worst = next((report for report in reports if not report.holds), reports[-1])
    return replace(worst, remarks=(*remarks, *map(_said, conditions)))


def _definition_behind(text: str, state: _State) -> str | None:
    """The line without `, where d = ...` at its end, once that letter is known."""
    for head, tail in halves(text):
        try:
            segments, _ = read_line(tail, state.comparer.notation)
        except NotUnderstood:
            continue
        own = defined_letter(segments[0], state.comparer.notation)
        if own is not None and len(segments) == 1:
            state.comparer = Comparer(state.comparer.target, own, state.comparer.conditions)
            return head
    return None


def _admit(conditions: tuple[Relation, ...], state: _State, text: str) -> None:
    """Refuse conditions on anything but words: two negatives, say."""
    notation = state.comparer.notation
    if NO_NEGATIVE_IS_O in conditions and "n" not in notation.index_functions:
        raise NotUnderstood("there are no negatives here", 0, text)
    for name in (name for relation in conditions for name in names_of(relation)):
        if name in notation.usual or set(notation.quantities) == {"x", "s"}:
            message = f"a condition on {name} is not read here; conditions are on words, w \\neq o"
            raise NotUnderstood(message, 0, text)


def _case(text: str, clauses: Clauses, state: _State) -> LineReport:
    """A line that only says under which condition the lines below it are meant."""
    state.case, state.above = clauses.conditions, None
    said = tuple(map(_said, clauses.conditions))
    return LineReport(text, "proved", "a condition for the lines below", remarks=said)


def _said(condition: Relation) -> str:
    return f"read for {relation_latex(condition)}"


def _conditions(
    clauses: Clauses, segments: Sequence[Segment], state: _State
) -> tuple[Relation, ...]:
    """Those of the line, of the case it belongs to, or of the line that it goes on from."""
    if clauses.concludes and not segments[0].continues:
        state.case = ()
    before = state.comparer.conditions if segments[0].continues else state.case
    return clauses.conditions or before


def _segment(text: str, segment: Segment, state: _State) -> LineReport:
    own = defined_letter(segment, state.comparer.notation)
    if own is not None:
        state.comparer = Comparer(state.comparer.target, own, state.comparer.conditions)
        return LineReport(text, "proved", "a definition of your own", follows=None)
    parts = _claims(segment, state)
    follows = _follows(parts[0], state)
    report = LineReport(text, "proved", follows=follows)
    for part in parts:
        found = state.comparer.best(part, _references(part, segment, state))
        if found is None:
            return LineReport(text, "not_understood", _NO_SUBJECT)
        report = _reported(text, found, follows)
        if state.slips:
            report = _explained(report, part, found, state.comparer)
        state.above, state.above_holds = part, report.holds
        if not report.holds:
            break
    return report


def _claims(segment: Segment, state: _State) -> tuple[Expr, ...]:
    """The parts that are claimed to equal the subject; a left-hand side becomes the subject."""
    subject = segment.subject
    if subject is None and not segment.continues and len(segment.parts) > 1:
        first = segment.parts[0]
        if not state.comparer.target.forms or state.comparer.is_target(first):
            subject = first
    if subject is None:
        return segment.parts
    reference = state.comparer.subject_reference(subject)
    state.subject = reference
    state.above = None
    return segment.parts[1:]


def _references(part: Expr, segment: Segment, state: _State) -> Iterator[Reference]:
    """What a part may be equal to: the left-hand side in force, else a form of the target."""
    subject = state.subject
    bound_to_subject = segment.continues or segment.subject is not None
    if subject is not None:
        notation = under(subject.notation, state.comparer.conditions)
        subject = Reference(subject.tree, notation)
    if subject is not None and bound_to_subject:
        yield subject
        return
    if subject is not None and set(index_names(subject.tree)) <= set(index_names(part)):
        yield subject
    yield from state.comparer.references(part)
    if subject is not None:
        yield subject


def _follows(part: Expr, state: _State) -> bool | None:
    if state.above is None:
        return None
    notation = state.subject.notation if state.subject else state.comparer.notation
    notation = under(notation, state.comparer.conditions)
    return judge(state.above, part, notation).status in ("proved", "agrees")


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
