"""The grammar's rules turned into nodes of the syntax tree; one method per rule."""

from fractions import Fraction

from lark import Token

from wordgrad.latex import syntax as s
from wordgrad.latex.alphabet import CALLEES
from wordgrad.latex.call_rules import CallRules
from wordgrad.latex.derivative_rules import DerivativeRules
from wordgrad.latex.errors import Refusal
from wordgrad.latex.heads import FunctionHead, Item, Sign, is_open
from wordgrad.latex.index_rules import IndexRules, only_indices, subscripted
from wordgrad.latex.parts import Bracket, Parts, Subscript, Superscript, begin, end, nodes, place
from wordgrad.latex.range_rules import RangeRules
from wordgrad.latex.reach import Row


def sign_of(token: Token) -> Sign:
    """A sign between factors."""
    return Sign(token.type.lower(), place([token]))  # type: ignore[arg-type]


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
        node, stop = visible(base), 0
        for script in scripts:
            stop = max(stop, end(script))
            node = self.attach(node, script, (begin(base), stop), isinstance(base, Bracket))
        return node

    def attach(self, node: s.Expr, script: object, span: s.Span, braced: bool) -> s.Expr:
        """The node with one script."""
        if isinstance(script, Subscript):
            return below(node, script, span, braced)
        if isinstance(script, Token) and script.type == "PRIME" and has_derivative(node):
            message = "a derivative or a transpose? write \\frac{d}{dx} or ^\\top"
            raise Refusal(message, begin(script))
        if isinstance(node, s.Apply) and not braced and node.style == "e^":
            raise Refusal("two superscripts; put braces around the inner one", begin(script))
        if isinstance(node, s.Apply) and not braced and node.function == "log":
            message = "is the logarithm raised, or its argument? put brackets around one"
            raise Refusal(message, begin(script))
        if isinstance(script, Superscript):
            return s.Power(node, script.exponent, span=span)
        return s.Transpose(node, span=span)

    def application(self, parts: Parts) -> s.Expr:
        function, bracket = str(parts[0]), parts[-1]
        count, power = marks(parts[1:-1])
        inside = bracket.content
        if bracket.kind == "{" and isinstance(inside, s.Group):
            inside = inside.operand
        value = s.Apply(function, inside, count, span=place(parts))
        return s.Power(value, power, span=place(parts)) if power else value

    def exponential(self, parts: Parts) -> s.Apply:
        return s.Apply("exp", parts[3], style="e^", span=place(parts))

    def fraction(self, parts: Parts) -> s.Quotient:
        return s.Quotient(parts[2], parts[5], span=place(parts))

    def inner(self, parts: Parts) -> s.Inner:
        return s.Inner(parts[1], parts[3], span=place(parts))

    def norm(self, parts: Parts) -> s.Norm:
        return s.Norm(parts[1], span=place(parts))

    def indicator(self, parts: Parts) -> s.Indicator:
        return s.Indicator(nodes(parts)[0], span=place(parts))

    def cases(self, parts: Parts) -> s.Cases:
        return s.Cases(tuple(nodes(parts)), span=place(parts))

    def case(self, parts: Parts) -> s.Case:
        value, *conditions = nodes(parts)
        return s.Case(value, conditions[0] if conditions else None, span=place(parts))

    def matrix(self, parts: Parts) -> s.Matrix:
        return s.Matrix(tuple(nodes(parts)), span=place(parts))

    def row_in_brackets(self, parts: Parts) -> s.Matrix:
        """`[a, b, \\dots, c]`"""
        entries = [self.dots([part]) if part_is_run(part) else part for part in parts[1:-1]]
        row = s.Row(tuple(nodes(entries)), span=place(parts))
        return s.Matrix((row,), span=place(parts))

    def matrix_row(self, parts: Parts) -> s.Row:
        return s.Row(tuple(nodes(parts)), span=place(parts))


def has_derivative(node: s.Node) -> bool:
    """Whether a prime could mean the derivative: a loss, a fraction, a scalar function inside."""
    function = isinstance(node, s.Apply) and node.function not in ("softmax", "diag")
    loss = isinstance(node, s.Name) and node.name.partition("_")[0] in CALLEES
    here = function or loss or isinstance(node, s.Quotient)
    return here or any(map(has_derivative, node.children()))


def part_is_run(part: object) -> bool:
    """Whether the part is `, ... ,`."""
    return isinstance(part, Token) and part.type == "TO"


def marks(parts: Parts) -> tuple[int, s.Expr | None]:
    """Derivative marks and the power behind a function's name."""
    powers = [part.exponent for part in parts if isinstance(part, Superscript)]
    if len(powers) > 1:
        raise Refusal("two superscripts on one function; use brackets", powers[1].span[0])
    if powers and isinstance(powers[0], s.Neg):
        raise Refusal("is this the inverse function or 1/f? write a fraction", powers[0].span[0])
    return len(parts) - len(powers), powers[0] if powers else None


def visible(base: s.Expr | Bracket) -> s.Expr:
    """Brackets are kept; invisible braces are kept only where they hold things together."""
    if not isinstance(base, Bracket):
        return base
    if base.kind == "{" and not is_open(base.content):
        return base.content
    return s.Group(base.content, base.kind, span=base.span)  # type: ignore[arg-type]


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


class TreeBuilder(ExpressionRules, DerivativeRules, CallRules, RangeRules, IndexRules):
    """All rules together, as lark wants them."""
