"""Windows written as pairs: `\\sum_{j=1}^{m}(a_{t+j} + a_{t-j})` is the sum over all positions."""

from dataclasses import replace
from fractions import Fraction

from wordgrad.checker.trees import bare, places
from wordgrad.latex.errors import NotUnderstood
from wordgrad.latex.syntax import (
    Add,
    Big,
    Expr,
    Group,
    IndexName,
    IndexNumber,
    IndexShift,
    Mul,
    Neg,
    Node,
    Number,
    Quotient,
    Range,
)

BOTH = "''"  # `t \\pm j` is typed `t+j''`
_HOW = "a sum over j = 1, ..., m is read where t+j and t-j stand in terms that are alike"


def with_whole_windows(node: Node, text: str) -> Node:
    """The tree with sums over all positions in place of sums over pairs of them.

    Raises
    ------
    NotUnderstood
        If what stands at t+j and at t-j is not alike.

    Examples
    --------
    >>> from wordgrad.latex.parser import parse_expression
    >>> from wordgrad.latex.printer import to_latex
    >>> tree = parse_expression(r"\\sum_{j=1}^m (u_{w_{t+j}} + u_{w_{t-j}})")
    >>> to_latex(with_whole_windows(tree, ""))
    '\\\\left(\\\\sum_{-m \\\\le j \\\\le m, j \\\\neq 0} u_{w_{t+j}}\\\\right)'
    """
    node = node.with_children(lambda child: with_whole_windows(child, text))
    if isinstance(node, Big) and len(node.ranges) == 1 and node.operator == "sum":
        item = node.ranges[0]
        half = (item.lower, item.upper, item.excluded) == ("1", "m", ())
        if half and any(isinstance(p.node, IndexShift) for p in places(node.body)):
            return _whole(node, item.name, text)
    return node


def _whole(node: Big, name: str, text: str) -> Expr:
    terms = _terms(node.body)
    ahead, behind, neither = list[Expr](), list[Expr](), list[Expr]()
    for term in terms:
        found = (p.node for p in places(term) if _is_shift(p.node, name))
        signs = {shift.sign for shift in found if isinstance(shift, IndexShift)}
        both = any(_is_shift(p.node, name + BOTH) for p in places(term))
        shifts = sum(_is_shift(p.node, name) for p in places(term))
        free = sum(p.node == IndexName(name) for p in places(term)) - shifts
        if both and not signs and len(terms) == 1:
            ahead, behind = (
                [_shifted(term, name + BOTH, name)],
                [_mirrored(term, name + BOTH, name)],
            )
        elif signs == {1} and not free:
            ahead.append(term)
        elif signs == {-1} and not free:
            behind.append(term)
        elif not signs and not free and not both:
            neither.append(term)
        else:
            raise NotUnderstood(_HOW, node.span[0], text)
    if ahead and not behind:
        return node  # half a window: the sum is judged as it stands
    mirrored = [_mirrored(term, name, name) for term in behind]
    if sorted(map(repr, mirrored)) != sorted(map(repr, ahead)) or not ahead:
        raise NotUnderstood(_HOW, node.span[0], text)
    half = Number(Fraction(1, 2))
    once = [Mul((half, Group(term)), ("",)) for term in neither]
    body: list[Expr] = [*once, *ahead]
    window = Range(name, "-m", "m", (IndexNumber(0),))
    inside = body[0] if len(body) == 1 else Group(Add(tuple(body)))
    if isinstance(inside, Neg):
        return Neg(Group(Big("sum", (window,), inside.operand, span=node.span)), span=node.span)
    return Group(Big("sum", (window,), inside, span=node.span), span=node.span)


def _terms(tree: Expr, minus: bool = False) -> list[Expr]:
    """What is added up, through brackets, signs and fractions of sums."""
    tree = bare(tree)
    if isinstance(tree, Add):
        return [term for part in tree.terms for term in _terms(part, minus)]
    if isinstance(tree, Neg):
        return _terms(tree.operand, not minus)
    if isinstance(tree, Quotient) and isinstance(bare(tree.numerator), Add):
        parts = _terms(tree.numerator, minus)
        return [Quotient(Group(part), tree.denominator) for part in parts]
    if isinstance(tree, Mul):
        for at, factor in enumerate(tree.factors):
            if isinstance(bare(factor), Add):
                split = (
                    replace(tree, factors=(*tree.factors[:at], Group(t), *tree.factors[at + 1 :]))
                    for t in _terms(factor)
                )
                return [term for part in split for term in _terms(part, minus)]
    return [Neg(tree) if minus else tree]


def _is_shift(node: Node, name: str) -> bool:
    return isinstance(node, IndexShift) and node.offset == IndexName(name)


def _shifted(node: Node, old: str, new: str, sign: int = 1) -> Expr:
    changed = _change(node, old, new, sign)
    assert isinstance(changed, Expr)
    return changed


def _mirrored(node: Node, old: str, new: str) -> Expr:
    """The same at the position on the other side."""
    return _shifted(node, old, new, -1)


def _change(node: Node, old: str, new: str, sign: int) -> Node:
    if _is_shift(node, old):
        assert isinstance(node, IndexShift)
        return IndexShift(node.anchor, IndexName(new), 1 if sign * node.sign > 0 else -1)
    return node.with_children(lambda child: _change(child, old, new, sign))
