"""Numbers that are meant for every word: the 1 of `(1 - \\hat y) \\odot y`."""

from dataclasses import replace

from wordgrad.calculus.sorts import VOC
from wordgrad.checker.trees import at, places, put
from wordgrad.latex.syntax import Add, Expr, Group, Mul, Name, Neg, Node, Number
from wordgrad.meaning.elaborate import elaborate
from wordgrad.meaning.faults import LineError
from wordgrad.meaning.notation import Notation


def with_ones(tree: Expr, notation: Notation, remarks: list[str]) -> Expr:
    """The tree with the vector of ones in place of 1, where a product by elements shows it.

    Examples
    --------
    >>> from wordgrad.checker.units import with_units
    >>> from wordgrad.latex.parser import parse_expression
    >>> from wordgrad.latex.printer import to_latex
    >>> from wordgrad.meaning.contexts import scores
    >>> tree = parse_expression(r"(1-\\hat y)\\odot y")
    >>> to_latex(with_ones(tree, with_units(scores()), []))
    '(\\\\mathbf{1} - \\\\hat{y}) \\\\odot y'
    """
    if notation.quantity("ones") is None:
        return tree
    result: Node = tree
    for place in places(tree):
        node = place.node
        if not isinstance(node, Mul) or "odot" not in node.operators:
            continue
        for position, factor in enumerate(node.factors):
            if "odot" in node.operators[max(0, position - 1) : position + 1]:
                path = (*place.path, ("factors", position))
                result = put(result, path, _all_ones(at(result, path), factor, notation))
    if result != tree:
        remarks.append("a number added to a vector is read as that number for every word")
    assert isinstance(result, Expr)
    return result


def _all_ones(now: Node, factor: Expr, notation: Notation) -> Node:
    """The factor with its numbers for every word, if it is a sum of numbers and such vectors."""
    if not isinstance(factor, Group) or not isinstance(factor.operand, Add):
        return now
    terms = factor.operand.terms
    others = [term for term in terms if not isinstance(_value(term), Number)]
    if len(others) in (0, len(terms)) or any(_shape(t, notation) != (VOC, None) for t in others):
        return now
    new = tuple(_for_every_word(term) for term in terms)
    return replace(factor, operand=replace(factor.operand, terms=new))


def _value(term: Expr) -> Expr:
    return term.operand if isinstance(term, Neg) else term


def _for_every_word(term: Expr) -> Expr:
    value = _value(term)
    if not isinstance(value, Number):
        return term
    ones = Name("ones", span=value.span)
    vector = ones if value.value == 1 else Mul((value, ones), ("",), span=value.span)
    return Neg(vector, span=term.span) if isinstance(term, Neg) else vector


def _shape(tree: Expr, notation: Notation) -> object:
    try:
        return elaborate(tree, notation).shape
    except LineError:
        return None
