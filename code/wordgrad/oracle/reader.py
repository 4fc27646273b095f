"""A walk over trees, and over the definitions they use, that notes what they depend on."""

from collections.abc import Iterable, Mapping

from wordgrad.calculus.sorts import VOC, WIN, Sort
from wordgrad.latex import syntax
from wordgrad.latex.parser import parse_expression
from wordgrad.meaning.notation import Notation
from wordgrad.oracle.ranges import size_symbol, written_number, written_sort
from wordgrad.oracle.reading import Reading, free_name, is_center, read_as, selected, usual_sort

Bound = Mapping[str, Sort | None]


def read(nodes: Iterable[syntax.Node], notation: Notation, *, deep: bool = True) -> Reading:
    """Collect what some trees depend on; `deep` includes the definitions they use."""
    reader = _Reader(Reading(notation), deep)
    for node in nodes:
        reader.visit(node, {})
    return reader.reading


class _Reader:
    """One walk over some trees and over the definitions they use."""

    def __init__(self, reading: Reading, deep: bool) -> None:
        self.deep = deep
        self.reading = reading
        self.notation = reading.notation
        self._seen: set[str] = set()

    def visit(self, node: syntax.Node, bound: Bound) -> None:
        """Note everything below a node; `bound` are the indices bound around it."""
        match node:
            case syntax.Name(name=name, subscripts=subscripts):
                self._quantity(name, subscripts, bound)
            case syntax.Component(operand=operand, subscripts=subscripts):
                for index, sort in zip(subscripts, axes(operand, self.notation), strict=False):
                    self.index(index, sort, bound)
                self.visit(operand, bound)
            case syntax.Delta(left=left, right=right) | syntax.Relation(left=left, right=right):
                self._link(left, right, bound)
            case syntax.Big(ranges=ranges, body=body):
                for part in ranges:
                    written = written_sort(part, self.notation)
                    self._measure(written)
                    self._number(written_number(part))
                    bound = {**bound, part.name: written}
                    for other in part.excluded:
                        self._link(syntax.IndexName(part.name), other, bound)
                self.visit(body, bound)
            case syntax.Expectation(name=name, distribution=distribution, body=body):
                self._call(distribution.name, distribution.given, bound)
                self.visit(body, {**bound, name: None})
            case syntax.Call(name=name, arguments=arguments, given=given):
                self._call(name, (*arguments, *given), bound)
            case syntax.Index():
                self.index(node, None, bound)
            case _:
                for child in node.children():
                    self.visit(child, bound)

    def index(self, index: syntax.Node, wanted: Sort | None, bound: Bound) -> None:
        """Note an index in a place where one of this sort is wanted."""
        match index:
            case syntax.IndexName(name=name):
                if name not in bound:
                    name = free_name(self.notation, name)
                    uses = self.reading.uses.setdefault(name, [])
                    uses += [wanted] if wanted else []
                sort = bound.get(name) or usual_sort(self.notation, name)
                if wanted is None or wanted == read_as(self.notation, sort):
                    self._function(self.notation.looked_up.get(sort) if sort else None)
            case syntax.IndexNumber(value=value):
                self._number(value)
            case syntax.IndexApply():
                self._apply(index, bound)
            case syntax.IndexShift(offset=syntax.IndexNumber(value=value)):
                self.reading.furthest_position = max(self.reading.furthest_position, value)
            case syntax.IndexShift(offset=offset):
                self.index(offset, WIN, bound)

    def _apply(self, index: syntax.IndexApply, bound: Bound) -> None:
        first = index.arguments[0]
        if is_center(index, self.notation) and getattr(first, "name", "") not in bound:
            self.reading.uses.setdefault(self.notation.anchors[0], []).append(VOC)
        elif index.function in self.notation.index_functions:
            self._function(index.function)
            function = self.notation.index_functions[index.function]
            for argument, sort in zip(index.arguments, function.arguments, strict=False):
                self.index(argument, sort, bound)

    def _function(self, name: str | None) -> None:
        if name is not None:
            function = self.notation.index_functions[name]
            self.reading.functions.add(function.name)
            self._measure(*function.arguments, function.result)
            if WIN in function.arguments:
                self.reading.uses.setdefault(self.notation.anchors[0], []).append(VOC)

    def _link(self, left: syntax.Index, right: syntax.Index, bound: Bound) -> None:
        self.reading.links.append((left, right))
        self.index(left, None, bound)
        self.index(right, None, bound)

    def _quantity(self, name: str, subscripts: tuple[syntax.Index, ...], bound: Bound) -> None:
        quantity = self.notation.quantity(name)
        if quantity is None:
            return
        for index, sort in zip(subscripts, selected(quantity, len(subscripts)), strict=False):
            self.index(index, sort, bound)
        self._measure(*quantity.sorts)
        if quantity.definition:
            self._definition(quantity.definition, dict.fromkeys(quantity.formals))
        elif quantity.kind == "size":
            self.reading.sizes.add(quantity.name)
        else:
            self.reading.quantities.add(quantity.stored_as)

    def _number(self, value: int) -> None:
        self.reading.largest_number = max(self.reading.largest_number, value)

    def _measure(self, *sorts: Sort | None) -> None:
        self.reading.sizes |= {size_symbol(sort)[1] for sort in sorts if sort}

    def _call(self, name: str, arguments: tuple[syntax.Node, ...], bound: Bound) -> None:
        call = self.notation.call(name)
        for argument in arguments:
            if call and isinstance(argument, syntax.IndexName):
                self.index(argument, call.sort, bound)
            else:
                self.visit(argument, bound)
        if call:
            self._definition(call.definition, {call.parameter: call.sort})
        else:
            self._quantity(name, (), bound)

    def _definition(self, latex: str, bound: Bound) -> None:
        if self.deep and latex not in self._seen:
            self._seen.add(latex)
            self.visit(parse_expression(latex), bound)


def axes(expression: syntax.Expr, notation: Notation) -> tuple[Sort, ...]:
    """The sorts of the axes of a bracketed vector, guessed from its first part that has any."""
    match expression:
        case syntax.Name(name=name, subscripts=subscripts):
            quantity = notation.quantity(name)
            return quantity.sorts[len(subscripts) :] if quantity else ()
        case syntax.Derivative(variables=variables):
            return next(filter(None, (axes(variable, notation) for variable in variables)), ())
        case syntax.Inner() | syntax.Norm() | syntax.Component() | syntax.Call():
            return ()
        case syntax.Mul(factors=factors):
            return _axes_of_product(factors, notation)
    parts = (
        axes(child, notation) for child in expression.children() if isinstance(child, syntax.Expr)
    )
    return next(filter(None, parts), ())


def _axes_of_product(factors: tuple[syntax.Expr, ...], notation: Notation) -> tuple[Sort, ...]:
    """Rows come from the first factor; a transposed matrix gives its last axis."""
    for factor in factors:
        inner = factor.operand if isinstance(factor, syntax.Transpose) else factor
        found = axes(inner, notation)
        if len(found) == 2 and inner is not factor:
            return found[::-1]
        if found and inner is factor:
            return found
    return ()
