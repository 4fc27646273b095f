"""How far a sum, a derivative or a function without brackets reaches.

The grammar hands over a product as a flat row of factors, signs and heads.  The rules:

* A sum or product sign takes everything that follows in its row: `\\sum_w a_w b_w + c` ends at `+`.
  A minus may begin the body.
* A derivative in front takes the rest of the row too, but only the bracket when a round, square
  or curly bracket comes first: `\\frac{d}{dx}(x+1)\\,y` is `(\\frac{d}{dx}(x+1))\\,y`.
* A function without brackets takes one factor, or one sum or derivative with all it reaches.
  `\\log` takes a run of letters and numbers: `\\log K q_w`.  It ends at `\\cdot`, `\\times` and
  at the next function: `\\log x\\log y`.  Where readers would differ, brackets are asked for.
* `a b/c` is `(ab)/c`; what follows its denominator needs a sign or brackets.
"""

from typing import Any, Literal, cast

from wordgrad.latex.errors import Refusal
from wordgrad.latex.heads import (
    BigHead,
    DerivativeHead,
    FunctionHead,
    Item,
    Sign,
    is_bracketed,
    is_minus,
    is_simple,
)
from wordgrad.latex.syntax import (
    Apply,
    Big,
    Derivative,
    Expr,
    Mul,
    Neg,
    Number,
    Power,
    Quotient,
)

Operator = Literal["", "cdot", "times", "odot", "otimes"]


MAX_HEADS = 60


class Row:
    """One row of factors, folded from left to right."""

    def __init__(self, items: list[Item]) -> None:
        self.items = items
        nested = [i for i in items if not isinstance(i, Expr | Sign) or is_minus(i)]
        if len(nested) > MAX_HEADS:
            message = f"more than {MAX_HEADS} functions and sums in one product; give parts names"
            raise Refusal(message, nested[MAX_HEADS].span[0])

    def fold(self, at: int = 0) -> Expr:
        """The product of everything from `at` on."""
        factors: list[Expr] = []
        operators: list[Operator] = []
        sign: Sign | None = None
        while at < len(self.items):
            item = self.items[at]
            if isinstance(item, Sign) and item.kind != "minus":
                sign, at = item, at + 1
                continue
            value, at = self.operand(at, behind=bool(factors) and sign is None)
            if sign is not None and sign.kind == "slash":
                factors = [self.divide(factors, operators, value, sign, at)]
                operators = []
            else:
                if factors:
                    operators.append(cast(Operator, sign.kind if sign else ""))
                factors.append(value)
            sign = None
        return product(factors, operators)

    def operand(self, at: int, behind: bool) -> tuple[Expr, int]:
        """The factor that begins at `at`, and the place behind it."""
        item = self.items[at]
        if isinstance(item, Sign):
            body = self.rest(at)
            return Neg(body, span=(item.span[0], body.span[1])), len(self.items)
        if isinstance(item, BigHead):
            body = self.rest(at)
            span = (item.span[0], body.span[1])
            return Big(item.operator, item.ranges, body, span=span), len(self.items)
        if isinstance(item, DerivativeHead):
            return self.derivative(item, at)
        if isinstance(item, FunctionHead):
            return self.function(item, at)
        if behind and isinstance(item, Number):
            message = "a number right behind a factor; write it in front, or use \\cdot or ^"
            raise Refusal(message, item.span[0])
        return item, at + 1

    def rest(self, at: int) -> Expr:
        """Everything behind the item at `at`."""
        return self.fold(at + 1)

    def derivative(self, head: DerivativeHead, at: int) -> tuple[Expr, int]:
        following = self.items[at + 1]
        if is_bracketed(following):
            body, end = cast(Expr, following), at + 2
        else:
            body, end = self.rest(at), len(self.items)
        span = (head.span[0], body.span[1])
        return Derivative(body, head.variables, head.style, span=span), end

    def function(self, head: FunctionHead, at: int) -> tuple[Expr, int]:
        """A bare function takes one factor; `\\log` takes a run of letters and numbers."""
        if isinstance(self.items[at + 1], Sign):
            raise self.unclear(head, "a minus sign follows it")
        argument, end = self.operand(at + 1, behind=False)
        run = [argument]
        simple = is_simple(argument)
        while simple and end < len(self.items) and is_simple(self.items[end]):
            value, end = self.operand(end, behind=True)
            run.append(value)
        self.check_reach(head, run, end)
        argument = product(run, [""] * (len(run) - 1))
        span = (head.span[0], argument.span[1])
        value = Apply(head.function, argument, head.primes, bracketed=False, span=span)
        return (Power(value, head.power, span=span) if head.power else value), end

    def check_reach(self, head: FunctionHead, run: list[Expr], end: int) -> None:
        """Refuse where readers would differ on what the function takes."""
        if head.function != "log" and len(run) > 1:
            raise self.unclear(head, "several factors follow it")
        if head.function == "sigma":
            raise self.unclear(head, "it has no bracket")
        if end == len(self.items):
            return
        following = self.items[end]
        if isinstance(following, Sign) and following.kind == "slash":
            raise self.unclear(head, "a / follows it")
        if isinstance(following, Sign) and head.function != "log" and is_simple(run[0]):
            raise self.unclear(head, "several factors follow it")
        if isinstance(following, Expr):
            raise self.unclear(head, "several factors follow it")

    def unclear(self, head: FunctionHead, why: str) -> Refusal:
        name = "σ" if head.function == "sigma" else "\\" + head.function
        message = f"how far {name} reaches is not clear ({why}); put brackets around its argument"
        return Refusal(message, head.span[0])

    def divide(
        self, factors: list[Expr], operators: list[Operator], below: Expr, sign: Sign, end: int
    ) -> Expr:
        """`a b / c`, refused where the reach of `/` is not clear."""
        if isinstance(below, Neg):
            raise Refusal("a minus sign behind /; put brackets around it", below.span[0])
        following = self.items[end] if end < len(self.items) else None
        above = product(factors, operators)
        number = isinstance(above, Number) and isinstance(below, Number)
        if isinstance(following, Expr) and not (number and not is_simple(following)):
            message = "is this factor below the / or behind the quotient? use \\frac or brackets"
            raise Refusal(message, following.span[0])
        if isinstance(following, Sign) and following.kind == "slash":
            raise Refusal(
                "a/b/c can be read in two ways; use \\frac or brackets", following.span[0]
            )
        span = (above.span[0], below.span[1])
        return Quotient(above, below, inline=True, span=span)


def product(factors: list[Expr], operators: list[Any]) -> Expr:
    """The factors as one expression."""
    if len(factors) == 1:
        return factors[0]
    span = (factors[0].span[0], factors[-1].span[1])
    return Mul(tuple(factors), tuple(operators), span=span)
