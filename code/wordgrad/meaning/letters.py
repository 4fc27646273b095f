"""How quantities, calls and derivatives by quantities are read."""

from functools import lru_cache

import sympy as sp

from wordgrad.calculus.sorts import WIN, Sort
from wordgrad.latex import syntax as tree
from wordgrad.latex.parser import parse_expression
from wordgrad.meaning import notation as table
from wordgrad.meaning import operations
from wordgrad.meaning.binders import Binder, Make, array
from wordgrad.meaning.faults import LineError, ShapeError, SortError, UnknownName, Unsupported
from wordgrad.meaning.reader import Reader, reads
from wordgrad.meaning.scope import Scope
from wordgrad.meaning.shapes import Typed, scalar


@lru_cache(maxsize=256)
def scalar_symbol(name: str, size: bool = False) -> sp.Symbol:
    """The SymPy symbol of a scalar or of a size."""
    return sp.Symbol(name, integer=True, positive=True) if size else sp.Symbol(name, real=True)


@reads(tree.Name)
def _name(reader: Reader, node: tree.Name) -> Typed:
    quantity = reader.scope.notation.quantity(node.name)
    if quantity is None:
        raise _unknown(reader.scope, node)
    count = len(node.subscripts)
    if not quantity.least <= count <= len(quantity.sorts):
        raise ShapeError(_wrong_count(quantity, count, reader.scope.notation), node)
    if not quantity.sorts:
        symbol = scalar_symbol(quantity.stored_as, quantity.kind == "size")
        return scalar(lambda: symbol)
    pairs = zip(node.subscripts, _selected(quantity, count), strict=True)
    index = [reader.scope.use(subscript, sort) for subscript, sort in pairs]
    return _entries(quantity, index)


def _selected(quantity: table.Quantity, count: int) -> tuple[Sort, ...]:
    """Sorts of the subscripts; both subscripts of a turned matrix are turned as well."""
    turned = quantity.transposed and count == 2
    return quantity.sorts[::-1] if turned else quantity.sorts[:count]


def _entries(quantity: table.Quantity, index: list[Make]) -> Typed:
    """What remains of an array when its first axes are selected."""
    base, left = array(quantity.stored_as), quantity.sorts[len(index) :]
    if not left:
        order = index[::-1] if quantity.transposed and len(index) == 2 else index
        return scalar(lambda: base[tuple(part() for part in order)])
    if len(left) == 1:
        return Typed(left[0], None, lambda i, j: base[(*(part() for part in index), i)])
    if len(left) == 2 and not index:
        matrix = Typed(left[0], left[1], lambda i, j: base[i, j])
        return operations.transpose(matrix) if quantity.transposed else matrix
    raise Unsupported(f"{quantity.name} has too many axes left over")


def _wrong_count(quantity: table.Quantity, count: int, notation: table.Notation) -> str:
    if count > len(quantity.sorts):
        most = len(quantity.sorts)
        return (
            f"{quantity.name} takes {f'at most {most}' if most else 'no'} subscripts, not {count}"
        )
    whole = [
        q.name
        for q in notation.quantities.values()
        if q.stored_as == quantity.stored_as and not q.least
    ]
    hint = f", or {whole[0]} for all of them" if whole else ""
    noun = quantity.sorts[0].noun
    return f"{quantity.name} needs a subscript: {quantity.name}_w belongs to a {noun}{hint}"


def _unknown(scope: Scope, node: tree.Name) -> LineError:
    name = node.name
    if scope.is_bound(name) or name in scope.known:
        return UnknownName(f"{name} is an index; it selects something, it has no value", node)
    known = ", ".join(sorted({*scope.notation.quantities, *scope.notation.calls}))
    return UnknownName(f"{name} has no meaning here; known: {known}", node)


# ------------------------------------------------------------------------------------ calls
@reads(tree.Call)
def _call(reader: Reader, node: tree.Call) -> Typed:
    call = reader.scope.notation.call(node.name)
    if call is None:
        known = ", ".join(sorted(reader.scope.notation.calls)) or "none"
        raise UnknownName(
            f"{node.name} takes no arguments here; what does in this notation: {known}", node
        )
    argument = _parameter(reader.scope, call, node)
    value = _argument(reader.scope, call, argument)
    return called(reader.scope.notation, call, value, node)


def called(notation: table.Notation, call: table.Call, value: Make, node: tree.Node) -> Typed:
    """The definition of a call, with the parameter standing for `value`."""
    inner = Reader(Scope(notation))
    binder = Binder(call.parameter, value, call.sort)
    with inner.scope.binding(binder):
        result = inner.read(parse_expression(call.definition))
    inner.scope.settle()
    return result.at(node)


def _parameter(scope: Scope, call: table.Call, node: tree.Call) -> tree.Node:
    """The one argument that is not fixed."""
    for condition in node.given:
        if not _is_fixed(scope, call, condition):
            raise UnknownName(
                f"{call.name} is given one of {', '.join(call.fixed)} here", condition
            )
    if len(node.arguments) == 1:
        return node.arguments[0]
    if call.conditional:
        raise SortError(
            f"{node.name} of two words is their joint probability; "
            f"the conditional one has a bar, {node.name}(w \\mid c)",
            node,
        )
    open_ones = [a for a in node.arguments if not _is_fixed(scope, call, a)]
    if len(open_ones) != 1:
        raise SortError(
            f"exactly one argument of {call.name} is a {call.sort.noun} of its own; "
            f"the others are among {', '.join(call.fixed)}",
            open_ones[1] if open_ones else node,
        )
    return open_ones[0]


def _is_fixed(scope: Scope, call: table.Call, node: tree.Node) -> bool:
    names = [part.name for part in (node, *node.children()) if isinstance(part, tree.IndexName)]
    return written(node) in call.fixed and not any(scope.is_bound(name) for name in names)


def _argument(scope: Scope, call: table.Call, node: tree.Node) -> Make:
    """The index that the argument stands for; the position j where it is written w_{c+j}."""
    index = as_index(node)
    function = None
    if isinstance(index, tree.IndexApply):
        function = scope.notation.index_functions.get(index.function)
        if function is None and not _is_fixed(scope, call, index):
            raise SortError(f"{call.name} takes a {call.sort.noun} here", node)
    if isinstance(index, tree.IndexName) and index.name in scope.notation.quantities:
        raise SortError(f"{call.name} takes a {call.sort.noun} here, not {index.name}", node)
    if call.sort is WIN and function is not None and function.arguments == (WIN,):
        assert isinstance(index, tree.IndexApply), "only a look-up has a function"
        index = index.arguments[0]
    return scope.use(index, call.sort)


def as_index(node: tree.Node) -> tree.Index:
    """An argument such as `o` or `w_{c+j}` as an index, however it was parsed."""
    match node:
        case tree.Index():
            return node
        case tree.Name(name, ()):
            return tree.IndexName(name, span=node.span)
        case tree.Name(name, subscripts):
            return tree.IndexApply(name, subscripts, span=node.span)
    raise SortError("an index is needed here", node)


def written(node: tree.Node) -> str:
    """A quantity or an index in the plain spelling of `Call.fixed`: "v_c", "w_t"."""
    match node:
        case tree.IndexName(name) | tree.Name(name, ()):
            return name
        case tree.Name(name, parts) | tree.IndexApply(name, parts):
            inner = ",".join(written(part) for part in parts)
            return f"{name}_{inner}" if len(inner) == 1 else f"{name}_{{{inner}}}"
        case tree.IndexShift(anchor, offset, sign):
            return f"{anchor}{'+' if sign > 0 else '-'}{written(offset)}"
        case tree.IndexNumber(value):
            return str(value)
    return ""


# ------------------------------------------------------------------------------ derivatives
@reads(tree.Derivative)
def _derivative(reader: Reader, node: tree.Derivative) -> Typed:
    result = reader.read(node.body)
    for variable in reversed(node.variables):
        _check_variable(reader.scope.notation, variable)
        result = operations.derivative(result, reader.read(variable))
    return result


def _check_variable(notation: table.Notation, node: tree.Node) -> None:
    while isinstance(node, tree.Group | tree.Transpose | tree.Component):
        node = node.operand
    quantity = notation.quantity(node.name) if isinstance(node, tree.Name) else None
    if isinstance(node, tree.Name) and (quantity is None or quantity.kind != "size"):
        return
    raise ShapeError("one can only differentiate by a quantity such as v_c, u_w, U or x", node)
