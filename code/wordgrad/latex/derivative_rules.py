"""Derivatives: stacked, inline, in front of what they act on, and with a nabla."""

from fractions import Fraction

from lark import Token

from wordgrad.latex import syntax as s
from wordgrad.latex.errors import Refusal
from wordgrad.latex.heads import DerivativeHead
from wordgrad.latex.parts import Bracket, Parts, Superscript, begin, nodes, place


class DerivativeRules:
    """The grammar's rules about derivatives."""

    def derivative_head(self, parts: Parts) -> DerivativeHead:
        return DerivativeHead(order(parts[2], parts[5]), "prefix", place(parts))

    def inline_head(self, parts: Parts) -> DerivativeHead:
        sign, _, factor = parts
        return DerivativeHead(order(sign, variable(factor)), "prefix", place(parts))

    def nabla_head(self, parts: Parts) -> DerivativeHead:
        by = next(part for part in parts[1:] if not isinstance(part, Superscript))
        times = [part.exponent for part in parts[1:] if isinstance(part, Superscript)]
        if times and times[0] != s.Number(Fraction(2)):
            raise Refusal("\\nabla is read once or squared", times[0].span[0])
        return DerivativeHead((by.content,) * (1 + len(times)), "nabla", place(parts))

    def subexpression(self, parts: Parts) -> Bracket:
        return Bracket("_", parts[2], place(parts))

    def variables(self, parts: Parts) -> tuple[s.Expr, ...]:
        return tuple(by for factor in parts[1::2] for by in variable(factor))

    def derivative(self, parts: Parts) -> s.Derivative:
        body = parts[3]
        if isinstance(body, s.Add | s.Neg):
            body = s.Group(body, span=body.span)
        return s.Derivative(body, order(parts[2], parts[6]), span=place(parts))

    def inline_derivative(self, parts: Parts) -> s.Derivative:
        body, *factors = nodes(parts)
        by = tuple(found for factor in factors for found in variable(factor))
        return s.Derivative(body, order(parts[0], by), "inline", span=place(parts))


def order(sign: Token, variables: tuple[s.Expr, ...]) -> tuple[s.Expr, ...]:
    """The variables, when they are as many as the sign of the derivative says."""
    if sign != str(len(variables)):
        message = f"a derivative of order {sign} by {len(variables)} variable(s); make them agree"
        raise Refusal(message, begin(sign))
    return variables


def variable(factor: s.Expr) -> tuple[s.Expr, ...]:
    """What stands behind the lower sign of a derivative; a square counts twice."""
    if isinstance(factor, s.Group):
        return (factor.operand,)
    if isinstance(factor, s.Power):
        times = factor.exponent
        if not isinstance(times, s.Number) or times.value not in (2, 3):
            raise Refusal("a derivative is taken by a quantity, squared at most", times.span[0])
        return (factor.base,) * int(times.value)
    return (factor,)
