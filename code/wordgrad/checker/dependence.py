"""Derivatives by a letter: what is differentiated has to be written in it.

Where it is not, `\\partial J/\\partial s` would be zero by the letter of the formula, and no reader
means that.  Three ways out, in this order: s is another name of a quantity of the book; an earlier
line has written J in s; the checker asks.
"""

from collections.abc import Sequence
from dataclasses import replace

from wordgrad.calculus.sorts import VOC
from wordgrad.checker.trees import at, bare, places, put
from wordgrad.latex.errors import NotUnderstood
from wordgrad.latex.parser import parse_expression
from wordgrad.latex.printer import to_latex
from wordgrad.latex.syntax import Call, Derivative, Expr, Group, IndexName, Name, Node
from wordgrad.meaning.notation import Notation, Quantity

Written = Sequence[tuple[Expr, Expr]]  # a left-hand side, and what it was shown to equal


def with_dependence(tree: Expr, notation: Notation, written: Written, text: str) -> Expr:
    """The tree with derivatives that say what is meant.

    Raises
    ------
    NotUnderstood
        If it is not known how what is differentiated depends on the letter.
    """
    result: Node = tree
    for place in reversed(tuple(places(tree))):
        node = at(result, place.path)
        if isinstance(node, Derivative):
            result = put(result, place.path, _meant(node, notation, written, text))
    assert isinstance(result, Expr)
    return result


def _meant(node: Derivative, notation: Notation, written: Written, text: str) -> Derivative:
    body, kept = bare(node.body), set[Expr]()
    for variable in node.variables:
        quantity = notation.quantity(variable.name) if isinstance(variable, Name) else None
        if quantity is None or not quantity.definition:
            continue
        lines = (e for subject, e in written if _same(subject, body, notation))
        instead = next((e for e in lines if _mentions(e, quantity, notation)), None)
        if instead is not None and not _mentions(body, quantity, notation):
            node = replace(node, body=Group(instead))
            kept |= {variable} if quantity.sorts != (VOC,) else set()
    by = (v if v in kept else _other_name(v, notation) for v in node.variables)
    node = replace(node, variables=tuple(by))
    for variable in node.variables:
        quantity = notation.quantity(variable.name) if isinstance(variable, Name) else None
        if quantity and quantity.definition and not reaches(node.body, quantity, notation):
            inside, by_latex = to_latex(body), to_latex(variable)
            message = (
                f"${inside}$ is not written in ${by_latex}$ so far, so this derivative is not "
                f"known; write ${inside}$ in ${by_latex}$ on a line before"
            )
            raise NotUnderstood(message, node.span[0], text)
    return node


def _same(subject: Expr, body: Expr, notation: Notation) -> bool:
    """One quantity, perhaps under two names: J and L."""
    if not isinstance(subject, Name) or not isinstance(body, Name):
        return subject == body
    known = notation.quantity(subject.name)
    twins = known is not None and known is notation.quantity(body.name)
    return subject == body or (twins and subject.subscripts == body.subscripts)


def _mentions(tree: Expr, quantity: Quantity, notation: Notation) -> bool:
    names = (p.node.name for p in places(tree) if isinstance(p.node, Name))
    return any(notation.quantity(name) is quantity for name in names)


def reaches(tree: Node, quantity: Quantity, notation: Notation) -> bool:
    """Whether a quantity occurs in a tree, or in the definition of what occurs there."""
    seen: set[str] = set()
    waiting = [tree]
    while waiting:
        for place in places(waiting.pop()):
            if not isinstance(place.node, Name | Call):
                continue
            found = notation.quantity(place.node.name)
            if found is quantity:
                return True
            call = notation.call(place.node.name) if isinstance(place.node, Call) else None
            for one in (found, call):
                if one is not None and one.definition and one.definition not in seen:
                    seen.add(one.definition)
                    waiting.append(parse_expression(one.definition))
    return False


def _other_name(variable: Expr, notation: Notation) -> Expr:
    """theta_w for s_w, where s_w was defined and turned out to be theta_w."""
    quantity = notation.quantity(variable.name) if isinstance(variable, Name) else None
    if quantity is None or not quantity.definition or not isinstance(variable, Name):
        return variable
    meant = parse_expression(quantity.definition)
    if not isinstance(meant, Name):
        return variable
    taken, rest = quantity.formals, variable.subscripts[len(quantity.formals) :]
    if len(variable.subscripts) < len(taken):
        letters = tuple(i.name for i in meant.subscripts if isinstance(i, IndexName))
        whole = not variable.subscripts and letters == taken
        return Name(meant.name, span=variable.span) if whole else variable
    result: Node = meant
    for place in places(meant):
        if isinstance(place.node, IndexName) and place.node.name in taken:
            result = put(result, place.path, variable.subscripts[taken.index(place.node.name)])
    assert isinstance(result, Name)
    return replace(result, subscripts=(*result.subscripts, *rest), span=variable.span)
