"""Factors in LaTeX: functions, scripts, fractions, derivatives, calls and environments."""

from math import gcd
from typing import cast

from wordgrad.latex import syntax as s
from wordgrad.latex.alphabet import CALLEES
from wordgrad.latex.print_products import (
    OPENING,
    WRITERS,
    bare,
    bracket,
    closed,
    closed_call,
    function_name,
    open_factor,
    row,
    signed,
    stacked,
    swallows,
    total,
)
from wordgrad.latex.spelling import index_latex, letter, limits_latex, relation_latex, spell


def apply(node: s.Apply) -> str:
    """`e^{x}`, `\\sqrt{x}`, `\\log x`, `\\exp(x)`."""
    if node.style == "e^" and not node.primes:
        return f"e^{{{above(node.argument)}}}"
    if bare(node):
        return f"{function_name(node)} {row(node.argument)}"
    return closed_call(node)


def base(node: s.Expr) -> str:
    """What a script stands on; braces hold together what a second script would split."""
    if isinstance(node, s.Apply) and (node.style == "e^" or node.function == "log"):
        return f"{{{closed(node)}}}"
    nested = isinstance(node, s.Power | s.Transpose) and not swallows(node)
    if nested or (isinstance(node, s.Component) and isinstance(node.operand, s.Name)):
        return f"{{{open_factor(node)}}}"
    if isinstance(node, s.Derivative) and node.style != "frac":
        return bracket(node)
    return closed(node)


def transpose(node: s.Transpose) -> str:
    """`U^\\top`; a number in brackets, for a bare 1 would be the vector of ones."""
    number = isinstance(node.operand, s.Number)
    return rf"{bracket(node.operand) if number else base(node.operand)}^\top"


def above(exponent: s.Expr) -> str:
    """An exponent; a sign in front keeps T from being read as a transpose."""
    return "+T" if exponent == s.Name("T") else total(exponent)


def without_label(exponent: s.Expr) -> s.Expr:
    """A bracketed sign above would be read as a label; the sign alone is a power."""
    if not isinstance(exponent, s.Group) or exponent.bracket != "(":
        return exponent
    return exponent.operand if isinstance(exponent.operand, s.Number | s.Name) else exponent


def power(node: s.Power) -> str:
    """`x^{2}`, `\\log^{2} x`."""
    exponent = above(without_label(node.exponent))
    function = node.base
    plain = isinstance(node.exponent, s.Number | s.Name) and node.exponent != s.Name("T")
    if isinstance(function, s.Apply) and plain and function.style == "call":
        if bare(function):
            return f"{function_name(function)}^{{{exponent}}} {row(function.argument)}"
        if function.function == "log":
            return closed_call(function, f"^{{{exponent}}}")
    return f"{base(function)}^{{{exponent}}}"


def component(node: s.Component) -> str:
    operand = node.operand
    below = ",".join(index_latex(index) for index in node.subscripts)
    if isinstance(operand, s.Name):
        return f"{{{open_factor(operand)}}}_{{{below}}}"
    refused = isinstance(operand, s.Number | s.Delta | s.Norm)
    refused = refused or (isinstance(operand, s.Apply) and operand.style == "e^")
    if refused:
        return f"{bracket(operand)}_{{{below}}}"
    if isinstance(operand, s.Component):
        return f"{{{component(operand)}}}_{{{below}}}"
    return f"{base(operand)}_{{{below}}}"


def number(node: s.Number) -> str:
    """Decimal where it is exact; other fractions are stacked."""
    value = node.value
    if value < 0:
        return f"(-{number(s.Number(-value))})"
    rest, digits = value.denominator, 0
    while rest % 2 == 0 or rest % 5 == 0:
        digits += 1
        rest //= gcd(rest, 10)
    if rest > 1:
        return f"\\frac{{{value.numerator}}}{{{value.denominator}}}"
    if not digits:
        return str(value.numerator)
    whole = str(value.numerator * 10**digits // value.denominator).zfill(digits + 1)
    return f"{whole[:-digits]}.{whole[-digits:]}"


def quotient(node: s.Quotient) -> str:
    """`a/b` where it reads back, stacked otherwise."""
    if not node.inline:
        return stacked(node)
    above, below = node.numerator, node.denominator
    factors = above.factors if isinstance(above, s.Mul) else (above,)
    tail = factors[-1]
    broken = isinstance(above, s.Add | s.Neg) or swallows(tail) or isinstance(tail, s.Neg)
    broken = broken or (isinstance(tail, s.Apply) and not tail.bracketed)
    broken = broken or (isinstance(above, s.Quotient) and above.inline)
    broken = broken or isinstance(below, s.Add | s.Neg | s.Mul)
    under = row(below)
    if broken or under.startswith(r"\partial") or (isinstance(below, s.Quotient) and below.inline):
        return stacked(node)
    return f"{row(above)} / {under}"


def derivative(node: s.Derivative) -> str:
    """Stacked, inline, in front, or with a nabla; `d` for the scalar x."""
    by = [variable(item) for item in node.variables]
    order = f"^{{{len(by)}}}" if len(by) > 1 else ""
    if node.style == "inline":
        below = " ".join(rf"\partial {item}" for item in by)
        below = f"({below})" if order else below
        return rf"\partial{order} {closed(node.body)} / {below}"
    sign = "d" if set(node.variables) == {s.Name("x")} else r"\partial"
    below = " ".join("dx" if sign == "d" else f"{sign} {item}" for item in by)
    if node.style == "frac":
        body = bracket(node.body) if isinstance(node.body, s.Add | s.Neg) else row(node.body)
        return f"\\frac{{{sign}{order} {body}}}{{{below}}}"
    if node.style == "nabla" and len(set(node.variables)) == 1 and len(by) < 3:
        return rf"\nabla{order}_{{{total(node.variables[0])}}} {body_of(node)}"
    return f"\\frac{{{sign}{order}}}{{{below}}} {body_of(node)}"


def body_of(node: s.Derivative) -> str:
    """The body behind a derivative sign; a bracket in front would end its reach."""
    body = node.body
    if isinstance(body, s.Mul | s.Quotient) and row(body).startswith(OPENING):
        return bracket(body)
    return bracket(body) if isinstance(body, s.Add) else signed(body)


def variable(node: s.Expr) -> str:
    prefix = isinstance(node, s.Derivative) and node.style in ("prefix", "nabla")
    loose = isinstance(node, s.Group | s.Power) or prefix
    return bracket(node) if loose else closed(node)


def big(node: s.Big) -> str:
    body = bracket(node.body) if isinstance(node.body, s.Add) else signed(node.body)
    return f"\\{node.operator}{limits_latex(node.ranges)} {body}"


def call(node: s.Call) -> str:
    """`P(w \\mid c)`; a dot where there are no arguments."""
    inside = ", ".join(argument(item) for item in node.arguments) or r"\cdot"
    if node.given:
        inside += r" \mid " + ", ".join(argument(item) for item in node.given)
    return f"{spell(node.name)}({inside})"


def argument(node: s.Node) -> str:
    """An argument of a call: an index, a condition or an expression."""
    if isinstance(node, s.Relation):
        return relation_latex(node)
    return index_latex(node) if isinstance(node, s.Index) else total(cast(s.Expr, node))


def expectation(node: s.Expectation) -> str:
    law = node.distribution
    plain = not law.arguments and not law.given and law.name.partition("_")[0] not in CALLEES
    distribution = spell(law.name) if plain else call(law)
    inside = bracket(node.body, "[")
    return rf"\mathbb{{E}}_{{{letter(node.name)} \sim {distribution}}}{inside}"


def case(node: s.Case) -> str:
    condition = node.condition
    when = rf"\text{{if }} {relation_latex(condition)}" if condition else r"\text{otherwise}"
    return f"{total(node.value)} & {when}"


def row_of_matrix(node: s.Row) -> str:
    return " & ".join(total(entry) for entry in node.entries)


def environment(name: str, rows: list[str]) -> str:
    return rf"\begin{{{name}}} " + r" \\ ".join(rows) + rf" \end{{{name}}}"


WRITERS |= {
    s.Number: number,
    s.Name: lambda node: spell(node.name, node.subscripts),
    s.Add: bracket,
    s.Neg: bracket,
    s.Mul: bracket,
    s.Quotient: quotient,
    s.Power: power,
    s.Transpose: transpose,
    s.Component: component,
    s.Group: lambda node: bracket(node.operand, node.bracket),
    s.Apply: apply,
    s.Call: call,
    s.Inner: lambda node: rf"\langle {total(node.left)}, {total(node.right)} \rangle",
    s.Norm: lambda node: rf"\lVert {total(node.operand)} \rVert",
    s.Delta: lambda node: spell("delta", (node.left, node.right)),
    s.Indicator: lambda node: rf"\mathbb{{1}}[{relation_latex(node.condition)}]",
    s.Cases: lambda node: environment("cases", [case(item) for item in node.rows]),
    s.Big: big,
    s.Expectation: expectation,
    s.Derivative: derivative,
    s.Matrix: lambda node: environment("bmatrix", [row_of_matrix(item) for item in node.rows]),
}
