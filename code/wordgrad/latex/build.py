"""The grammar's rules turned into nodes of the syntax tree; one method per rule."""

from fractions import Fraction

from lark import Token

from wordgrad.latex import syntax as s
from wordgrad.latex.errors import Refusal
from wordgrad.latex.parts import Bracket, Parts, Subscript, Superscript, begin, end, nodes, place
from wordgrad.latex.ranges import RangeRules
from wordgrad.latex.reach import DerivativeHead, FunctionHead, Item, Row, Sign
from wordgrad.latex.subscripts import IndexRules, as_argument, only_indices, subscripted

RANDOM_VARIABLES = ("O", "C", "W")


def sign_of(token: Token) -> Sign:
    """A sign between factors."""
    return Sign(token.type.lower(), place([token]))  # type: ignore[arg-type]


def is_open(node: s.Node) -> bool:
    """Whether the node could swallow what stands behind it, or be split by it."""
    if isinstance(node, s.Power):
        return is_open(node.base) and isinstance(node.base, s.Apply)
    return (
        isinstance(node, s.Add | s.Neg | s.Mul | s.Big)
        or (isinstance(node, s.Apply) and not node.bracketed)
        or (isinstance(node, s.Derivative) and node.style != "frac")
        or (isinstance(node, s.Quotient) and node.inline)
    )


def order(sign: Token, variables: tuple[s.Expr, ...]) -> tuple[s.Expr, ...]:
    """The variables, when they are as many as the sign of the derivative says."""
    if int(sign) != len(variables):
        message = f"a derivative of order {sign} by {len(variables)} variable(s); make them agree"
        raise Refusal(message, begin(sign))
    return variables


def variable(factor: s.Expr) -> tuple[s.Expr, ...]:
    """What stands behind the lower sign of a derivative; a square counts twice."""
    if isinstance(factor, s.Group):
        factor = factor.operand
    if isinstance(factor, s.Power):
        times = factor.exponent
        if not isinstance(times, s.Number) or times.value not in (2, 3):
            raise Refusal("a derivative is taken by a quantity, squared at most", times.span[0])
        return (factor.base,) * int(times.value)
    return (factor,)


class ExpressionRules:
    """The grammar's rules about what has a value."""

    def line(self, parts: Parts) -> s.Line:
        tokens = [str(part) for part in parts if isinstance(part, Token)]
        leading = tokens.pop(0) if isinstance(parts[0], Token) else ""
        return s.Line(tuple(nodes(parts)), tuple(tokens), leading, span=place(parts))

    def expr(self, parts: Parts) -> s.Expr:
        terms: list[s.Expr] = [parts[0]]
        for sign, term in zip(parts[1::2], parts[2::2], strict=True):
            minus = sign.type == "MINUS"
            terms.append(s.Neg(term, span=place([sign, term])) if minus else term)
        return terms[0] if len(terms) == 1 else s.Add(tuple(terms), span=place(parts))

    def signed(self, parts: Parts) -> s.Expr:
        value = Row(parts[-1]).fold()
        minus = len(parts) > 1 and parts[0].type == "MINUS"
        return s.Neg(value, span=(begin(parts[0]), value.span[1])) if minus else value

    def first(self, parts: Parts) -> list[Item]:
        return [parts[0]]

    def next(self, parts: Parts) -> list[Item]:
        row, item = parts
        row.append(sign_of(item) if isinstance(item, Token) else item)
        return row  # type: ignore[no-any-return]

    # ------------------------------------------------------------------ heads
    def function_head(self, parts: Parts) -> FunctionHead:
        return FunctionHead(str(parts[0]), *marks(parts[1:]), place(parts))

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

    # ------------------------------------------------------------------ factors
    def number(self, parts: Parts) -> s.Number:
        return s.Number(Fraction(str(parts[0])), span=place(parts))

    def name(self, parts: Parts) -> s.Name:
        return s.Name(str(parts[0]), span=place(parts))

    def dots(self, parts: Parts) -> s.Name:
        return s.Name("dots", span=place(parts))

    def group(self, parts: Parts) -> Bracket:
        return Bracket(str(parts[0]), parts[1], place(parts))

    def superscript(self, parts: Parts) -> Superscript:
        return Superscript(parts[2], place(parts))

    def scripted(self, parts: Parts) -> s.Expr:
        """A factor with its scripts."""
        base, *scripts = parts
        raised = [part for part in scripts if not isinstance(part, Subscript)]
        if len(raised) > 1:
            raise Refusal("two superscripts; put braces around the inner one", begin(raised[1]))
        if isinstance(base, s.Name):
            scripts.sort(key=lambda part: not isinstance(part, Subscript))
        node = visible(base)
        for script in scripts:
            node = self.attach(node, script, (begin(base), end(script)), isinstance(base, Bracket))
        return node

    def attach(self, node: s.Expr, script: object, span: s.Span, braced: bool) -> s.Expr:
        """The node with one script."""
        if isinstance(script, Subscript):
            return below(node, script, span, braced)
        if isinstance(node, s.Apply) and not braced and (node.style == "e^" or not primes(script)):
            if node.style == "e^":
                raise Refusal("two superscripts; put braces around the inner one", begin(script))
            if node.function == "log":
                message = "is the logarithm raised, or its argument? put brackets around one"
                raise Refusal(message, begin(script))
        if isinstance(script, Superscript):
            return s.Power(node, script.exponent, span=span)
        return s.Transpose(node, span=span)

    def application(self, parts: Parts) -> s.Expr:
        function, bracket = str(parts[0]), parts[-1]
        count, power = marks(parts[1:-1])
        closed = bracket.kind != "{" or is_open(bracket.content) or function == "sqrt"
        value = s.Apply(function, bracket.content, count, bracketed=closed, span=place(parts))
        return s.Power(value, power, span=place(parts)) if power else value

    def exponential(self, parts: Parts) -> s.Apply:
        return s.Apply("exp", parts[3], style="e^", span=place(parts))

    def fraction(self, parts: Parts) -> s.Quotient:
        return s.Quotient(parts[2], parts[5], span=place(parts))

    def derivative(self, parts: Parts) -> s.Derivative:
        body = parts[3]
        if isinstance(body, s.Add | s.Neg):
            body = s.Group(body, span=body.span)
        return s.Derivative(body, order(parts[2], parts[6]), span=place(parts))

    def inline_derivative(self, parts: Parts) -> s.Derivative:
        body, *factors = nodes(parts)
        by = tuple(found for factor in factors for found in variable(factor))
        return s.Derivative(body, order(parts[0], by), "inline", span=place(parts))

    def inner(self, parts: Parts) -> s.Inner:
        return s.Inner(parts[1], parts[3], span=place(parts))

    def norm(self, parts: Parts) -> s.Norm:
        return s.Norm(parts[1], span=place(parts))

    def indicator(self, parts: Parts) -> s.Indicator:
        return s.Indicator(nodes(parts)[0], span=place(parts))

    def expectation(self, parts: Parts) -> s.Expectation:
        return s.Expectation(str(parts[3]), parts[5], parts[7].content, span=place(parts))

    def plain_distribution(self, parts: Parts) -> s.Call:
        return s.Call(call_name(parts), (), span=place(parts))

    def cases(self, parts: Parts) -> s.Cases:
        return s.Cases(tuple(nodes(parts)), span=place(parts))

    def case(self, parts: Parts) -> s.Case:
        value, *conditions = nodes(parts)
        return s.Case(value, conditions[0] if conditions else None, span=place(parts))

    def matrix(self, parts: Parts) -> s.Matrix:
        return s.Matrix(tuple(nodes(parts)), span=place(parts))

    def matrix_row(self, parts: Parts) -> s.Row:
        return s.Row(tuple(nodes(parts)), span=place(parts))

    # ------------------------------------------------------------------ calls
    def call(self, parts: Parts) -> s.Call:
        name = call_name(parts)
        rows = [part for part in parts if isinstance(part, list)]
        arguments, given = [tuple(as_argument(name, n) for n in row) for row in [*rows, []][:2]]
        return s.Call(name, arguments, given, span=place(parts))

    def arguments(self, parts: Parts) -> list[s.Node]:
        return nodes(parts)

    def random_variable(self, parts: Parts) -> s.Node:
        """`O = o`: the value counts; other conditions are kept."""
        left, _, right = parts
        upper = left.name if isinstance(left, s.Name) else ""
        lower = right.name if isinstance(right, s.Name) else ""
        if upper in RANDOM_VARIABLES or (lower and upper == lower.upper() != lower):
            return right  # type: ignore[no-any-return]
        first, second = as_argument("P", left), as_argument("P", right)
        if isinstance(left, s.Name) and len(left.name) == 1 and not left.subscripts:
            first = s.IndexName(left.name, span=left.span)
        if not isinstance(first, s.Index) or not isinstance(second, s.Index):
            raise Refusal("an argument like D = 1 has an index on either side", begin(left))
        return s.Relation(first, second, span=place(parts))


def primes(script: object) -> bool:
    return isinstance(script, Token)


def marks(parts: Parts) -> tuple[int, s.Expr | None]:
    """Derivative marks and the power behind a function's name."""
    powers = [part.exponent for part in parts if isinstance(part, Superscript)]
    if len(powers) > 1:
        raise Refusal("two superscripts on one function; use brackets", powers[1].span[0])
    if powers and isinstance(powers[0], s.Neg):
        raise Refusal("is this the inverse function or 1/f? write a fraction", powers[0].span[0])
    return len(parts) - len(powers), powers[0] if powers else None


def visible(base: s.Expr | Bracket) -> s.Expr:
    """Brackets are kept; braces that print nothing are kept only where they hold things together."""
    if not isinstance(base, Bracket):
        return base
    if base.kind == "{" and not is_open(base.content):
        return base.content
    return s.Group(base.content, base.kind, span=base.span)  # type: ignore[arg-type]


def call_name(parts: Parts) -> str:
    """`J`, `J_neg`, `P_n`."""
    found = [part for part in parts if isinstance(part, Subscript)]
    if not found:
        return str(parts[0])
    name = subscripted(str(parts[0]), found[0], place(parts))
    if len(name.subscripts) > 1:
        raise Refusal("a function has one subscript at most here", found[0].span[0])
    for index in name.subscripts:
        if not isinstance(index, s.IndexName):
            raise Refusal("the subscript of a function is a word or a letter", index.span[0])
        return f"{name.name}_{index.name}"
    return name.name


def below(node: s.Expr, script: Subscript, span: s.Span, braced: bool) -> s.Expr:
    """The node with a subscript."""
    if isinstance(node, s.Norm) and script.indices == (s.IndexNumber(2),):
        return s.Norm(node.operand, span=span)
    if isinstance(node, s.Name) and not node.subscripts:
        name = subscripted(node.name, script, span)
        if name.name == "delta" and len(name.subscripts) > 1:
            if len(name.subscripts) > 2:
                raise Refusal("Kronecker's delta has two indices", script.span[0])
            return s.Delta(*name.subscripts, span=span)
        return name
    if isinstance(node, s.Name) and not braced:
        raise Refusal("two subscripts; put both into one pair of braces", script.span[0])
    if isinstance(node, s.Number | s.Delta) or (isinstance(node, s.Apply) and node.style == "e^"):
        raise Refusal("a subscript cannot stand here; use brackets", script.span[0])
    return s.Component(node, only_indices(list(script.indices)), span=span)


class TreeBuilder(ExpressionRules, RangeRules, IndexRules):
    """All rules together, as lark wants them."""
