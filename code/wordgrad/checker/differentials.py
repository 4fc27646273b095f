"""Differentials: `dJ = (\\hat y-y)^\\top U\\,dv_c` is a statement on derivatives in any direction.

`dv_c` is read as a vector of its own, `d(U v_c)` as the derivative times that vector, and `dJ` as
the sum over everything that varies.  What varies is what stands behind a d, else the variable of
the target.
"""

from collections.abc import Container, Iterator, Sequence
from dataclasses import replace

from wordgrad.checker.book_names import with_quantity
from wordgrad.checker.trees import bare, index_names, places
from wordgrad.latex.errors import NotUnderstood
from wordgrad.latex.syntax import (
    Add,
    Apply,
    Big,
    Call,
    Component,
    Derivative,
    Expr,
    Group,
    IndexName,
    Line,
    Mul,
    Name,
    Node,
    Power,
    Range,
    Transpose,
)
from wordgrad.meaning.elaborate import elaborate
from wordgrad.meaning.faults import LineError
from wordgrad.meaning.notation import Notation, Quantity

MARK = "_diff"
_D = Name("d")
_BASES = ("u", "U", "v", "theta", "vhat")
_OPEN = (Name, Group, Apply, Transpose, Big)


def differential_of(tree: Expr) -> Expr | None:
    """What stands behind the d of `dJ`; None if the tree is no differential."""
    plain = isinstance(tree, Mul) and len(tree.factors) == 2 and tree.operators == ("",)
    if not plain or not isinstance(tree, Mul) or tree.factors[0] != _D:
        return None
    return tree.factors[1] if isinstance(tree.factors[1], _OPEN) else None


def is_differential(tree: Expr) -> bool:
    """Whether a left-hand side was written as a differential."""
    return any(isinstance(p.node, Name) and p.node.name.endswith(MARK) for p in places(tree))


def with_directions(notation: Notation) -> Notation:
    """The notation with a direction for each quantity that can vary."""
    for name in _BASES:
        known = notation.quantity(name)
        if known is not None and known.name == name:
            free = replace(known, name=name + MARK, array=_array(known), definition="", formals=())
            notation = with_quantity(notation, free)
    return notation


def refuse_differentials(tree: Expr, notation: Notation) -> None:
    """`dv_c` is no product with the number of components.

    Raises
    ------
    NotUnderstood
        If one stands in the tree.
    """
    own = notation.quantity("d")
    if own is not None and own.definition:
        return
    for node in (p.node for p in places(tree) if isinstance(p.node, Mul)):
        for factor, operator in zip(node.factors, node.operators, strict=False):
            if factor == _D and operator == "":
                message = "differentials are read in lines such as dJ = ...; or write derivatives"
                raise NotUnderstood(message, factor.span[0], "")


def _array(known: Quantity) -> str:
    return f"{known.array}{MARK}" if known.array else ""


def with_differentials(line: Line, notation: Notation, variables: Sequence[Name]) -> Line:
    """The line with directions and derivatives in place of differentials.

    Parameters
    ----------
    line : Line
    notation : Notation
        With directions.
    variables : sequence of Name
        What varies if the line does not say.
    """
    varying = tuple(dict.fromkeys(_varying(line, notation))) or tuple(variables)
    whole = {name.name for name in varying if not name.subscripts}
    varying = tuple(v for v in varying if not v.subscripts or not _within(v, whole))

    def read(node: Node) -> Node:
        node = node.with_children(read)
        if isinstance(node, Call) and node.name == "tr" and len(node.arguments) == 1:
            (inside,) = node.arguments
            return _trace(inside, notation) if isinstance(inside, Expr) else node
        return _product(node, notation, varying) if isinstance(node, Mul) else node

    changed = read(line)
    assert isinstance(changed, Line)
    return changed


def _within(name: Name, whole: Container[str]) -> bool:
    """Whether a letter with a subscript is part of what varies as a whole."""
    return name.name in whole or (name.name == "u" and "U" in whole)


def _varying(line: Line, notation: Notation) -> Iterator[Name]:
    """The quantities of the book behind a d."""
    bound = {r.name for p in places(line) if isinstance(p.node, Big) for r in p.node.ranges}
    for place in places(line):
        if not isinstance(place.node, Mul):
            continue
        for d, what in zip(place.node.factors, place.node.factors[1:], strict=False):
            what = what.operand if isinstance(what, Transpose) else what
            if d != _D or not isinstance(what, Name) or what.name not in _BASES:
                continue
            quantity = notation.quantity(what.name)
            if quantity is None or (quantity.definition and what.name != "vhat"):
                continue
            free = not bound & set(index_names(what))
            yield (
                replace(what, span=(0, 0)) if free else Name("U" if what.name == "u" else what.name)
            )


def _product(node: Mul, notation: Notation, varying: Sequence[Name]) -> Expr:
    """A product with directions for its differentials."""
    factors, operators, at = list[Expr](), list[str](), 0
    while at < len(node.factors):
        if factors:
            operators.append(node.operators[at - 1])
        last = at + 1 == len(node.factors)
        if node.factors[at] == _D and not last and node.operators[at] == "":
            factors.append(_change(node.factors[at + 1], notation, varying))
            at += 2
        else:
            factors.append(node.factors[at])
            at += 1
    if len(factors) == len(node.factors):
        return node
    return factors[0] if len(factors) == 1 else Mul(tuple(factors), tuple(operators))  # type: ignore[arg-type]


def _change(what: Expr, notation: Notation, varying: Sequence[Name]) -> Expr:
    """How much something changes."""
    if isinstance(what, Transpose):
        return Transpose(Group(_change(what.operand, notation, varying)))
    if isinstance(what, Power):
        return Mul((_D, what), ("",))  # not read
    whole = {name.name for name in varying if not name.subscripts}
    if isinstance(what, Name) and (what in varying or _within(what, whole)):
        return _direction(what)
    terms = [_along(bare(what), name, notation) for name in varying]
    return Group(terms[0] if len(terms) == 1 else Add(tuple(terms)))


def _direction(name: Name) -> Name:
    return replace(name, name=name.name + MARK)


def _along(what: Expr, by: Name, notation: Notation) -> Expr:
    """The derivative by one thing that varies, times its change."""
    scalar = _is_scalar(what, notation)
    if by.name != "U":
        derivative: Expr = Group(Derivative(Group(what), (by,)))
        return Mul((Transpose(derivative) if scalar else derivative, _direction(by)), ("",))
    word = IndexName("x''")
    row = Name("u", (word,))
    derivative = Group(Derivative(Group(what), (row,)))
    product = Mul((Transpose(derivative) if scalar else derivative, _direction(row)), ("",))
    return Group(Big("sum", (Range(word.name, "1", "V"),), product))


def _is_scalar(what: Expr, notation: Notation) -> bool:
    try:
        return elaborate(what, notation).shape == (None, None)
    except LineError:
        return True


def _trace(inside: Expr, notation: Notation) -> Expr:
    """The sum of the diagonal."""
    if _is_scalar(inside, notation):
        return Group(inside)
    index = IndexName("i''")
    return Group(Big("sum", (Range(index.name),), Component(Group(inside, "["), (index, index))))
