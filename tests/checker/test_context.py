"""What a line stands in: left-hand sides, the line above, cases, letters of one's own."""

import pytest

from wordgrad.checker.assumptions import readings
from wordgrad.checker.clauses import take_apart
from wordgrad.checker.comparison import Comparer
from wordgrad.checker.context import Context
from wordgrad.checker.reading import Segment, read_line
from wordgrad.latex.errors import NotUnderstood
from wordgrad.latex.printer import to_latex


def context_of(target: str) -> Context:
    reading = readings(target, "rows", None)[0]
    return Context(Comparer(reading.target, reading.target.notation))


def only(text: str, context: Context) -> Segment:
    (segment,), _ = read_line(text, context.comparer.notation)
    return segment


def test_a_left_hand_side_stays_in_force_for_the_lines_below() -> None:
    context = context_of("naive_vc")
    first = only(r"\frac{\partial J}{\partial v_c} = -u_o + U^\top\hat y", context)
    assert [to_latex(part) for part in context.claims(first)] == [r"-u_o + U^\top \hat{y}"]
    second = only(r"= U^\top(\hat y-y)", context)
    (part,) = context.claims(second)
    (reference, *_) = context.references(part, second)
    assert to_latex(reference.tree) == to_latex(first.subject or first.parts[0])


def test_a_line_follows_from_the_one_above_or_not() -> None:
    context = context_of("naive_vc")
    part = only(r"= U^\top(\hat y-y)", context).parts[0]
    assert context.follows(part) is None
    context.above = only(r"= -u_o + U^\top\hat y", context).parts[0]
    assert context.follows(part) is True
    context.above = only(r"= u_o + U^\top\hat y", context).parts[0]
    assert context.follows(part) is False


def test_a_case_holds_until_a_conclusion() -> None:
    context = context_of("naive_uw")
    case = take_apart(r"\text{Case } w = o:")
    context.case = case.conditions
    line = r"J = \hat y_o v_c"
    assert context.conditions_of(take_apart(line), [only(line, context)]) == case.conditions
    hence = r"\text{Hence } J = \hat y_o v_c"
    assert context.conditions_of(take_apart(hence), [only(line, context)]) == ()


def test_conditions_are_on_words() -> None:
    context = context_of("sigmoid_derivative")
    conditions = take_apart(r"\sigma(x), \quad w \neq o").conditions
    with pytest.raises(NotUnderstood, match="conditions are on words"):
        context.admit(conditions, "")
