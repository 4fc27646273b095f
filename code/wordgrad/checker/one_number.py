"""Functions of one number: `y = \\sigma(z)`, then `y'`; `f(x)`; any letter for x, or none."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Literal

from wordgrad.checker.trees import Place, places
from wordgrad.latex.errors import NotUnderstood
from wordgrad.latex.syntax import Apply, Derivative, Expr, Group, Mul, Name, Node, Power, Transpose
from wordgrad.meaning.contexts import scalar
from wordgrad.meaning.notation import Notation

X = Name("x")
_BARE = {"sigma": 0, "sigma'": 1, "sigma''": 2}


def of_one_number(notation: Notation) -> bool:
    """Whether a notation, perhaps with letters of the reader's, is that of one number x."""
    return notation.name == scalar().name


def with_argument(tree: Expr, notation: Notation, remarks: list[str]) -> Expr:
    """`d sigma / dx` is the derivative of sigma(x), and `sigma(1-sigma)` a product."""
    bare = [p for p in places(tree) if isinstance(p.node, Name) and p.node.name in _BARE]
    if not bare or not of_one_number(notation):
        return tree
    by = (p.node.variables[0] for p in places(tree) if isinstance(p.node, Derivative))
    value = next((v for v in by if isinstance(v, Name) and not notation.quantity(v.name)), X)
    if any(place.node != Name("sigma") for place in bare) or len(bare) > 1:
        remarks.append("a sigma without argument is read as sigma of the variable")
    result = _bare_sigma(tree, value)
    assert isinstance(result, Expr)
    return result


def _bare_sigma(node: Node, value: Expr) -> Node:
    if isinstance(node, Name) and node.name in _BARE:
        return Apply("sigma", value, _BARE[node.name], span=node.span)
    inside = any(isinstance(p.node, Name) and p.node.name in _BARE for p in places(node))
    new = node.with_children(lambda child: _bare_sigma(child, value)) if inside else node
    if isinstance(new, Apply) and inside and new.function == "sigma":
        return Mul((replace(new, argument=value), Group(new.argument)), ("",), span=node.span)
    return new


def argument_letter(parts: Sequence[Expr], notation: Notation) -> str:
    """The letter that stands for x in a line; empty if there is none.

    Any letter does, if it is the only one that is new: with x beside it, it is something else, and
    a letter alone on the left, or in front of `(x)`, is a value.
    """
    if not of_one_number(notation):
        return ""
    names = {name for part in parts for name in _letters(part)}
    if "x" in names:
        return "x"
    values = {name for part in parts for name in _values_before_brackets(part)}
    first = parts[0]
    if len(parts) > 1 and isinstance(first, Name):
        values.add(first.name)
    new = {name for name in names - values if notation.quantity(name) is None}
    return new.pop() if len(new) == 1 else ""


def _letters(tree: Expr) -> set[str]:
    names = (place.node for place in places(tree) if isinstance(place.node, Name))
    return {name.name for name in names if not name.subscripts and len(name.name) == 1}


def _values_before_brackets(tree: Expr) -> set[str]:
    """f in `f(x)`, where a bracket holds one letter."""
    found = set()
    for place in places(tree):
        if isinstance(place.node, Mul):
            pairs = zip(place.node.factors, place.node.factors[1:], strict=False)
            found |= {name.name for a, b in pairs if _inside(b) and (name := _value(a))}
    return found


def with_functions(tree: Expr, notation: Notation, text: str) -> Expr:
    """`f(x)` is f, and `f'` its derivative by x.

    Raises
    ------
    NotUnderstood
        If a bracket behind a letter may be a factor or hold another value of x.
    """
    if not of_one_number(notation):
        return tree
    result = _with_functions(tree, text)
    assert isinstance(result, Expr)
    return result


def _with_functions(node: Node, text: str) -> Node:
    node = node.with_children(lambda child: _with_functions(child, text))
    if isinstance(node, Transpose) and isinstance(node.operand, Name) and node.operand != X:
        return Derivative(node.operand, (X,), span=node.span)
    if not isinstance(node, Mul):
        return node
    factors, operators = [node.factors[0]], list[Literal["", "cdot", "times", "odot", "otimes"]]()
    for operator, factor in zip(node.operators, node.factors[1:], strict=True):
        applied = _applied(factors[-1], factor, text) if operator == "" else None
        if applied is not None:
            factors[-1] = applied
        else:
            factors.append(factor)
            operators.append(operator)
    return (
        factors[0]
        if len(factors) == 1
        else replace(node, factors=tuple(factors), operators=tuple(operators))
    )


def _applied(value: Expr, bracket: Expr, text: str) -> Expr | None:
    """A letter with the bracket behind it, if that only says what it is a function of."""
    name = _value(value)
    if name is None or name == X:
        return None
    if _inside(bracket) == X:
        return replace(bracket, base=value) if isinstance(bracket, Power) else value
    group = bracket.base if isinstance(bracket, Power) else bracket
    if isinstance(group, Group) and any(place.node == X for place in _plain_places(group)):
        message = f"a value of {name.name} or a product? write \\cdot for a product"
        raise NotUnderstood(f"{message}; values are read at x only", bracket.span[0], text)
    return None


def _value(tree: Expr) -> Name | None:
    """The letter of `f`, `f'`, `f^2`."""
    if isinstance(tree, Derivative) and tree.variables == (X,):
        tree = tree.body
    elif isinstance(tree, Power):
        tree = tree.base
    elif isinstance(tree, Transpose):
        tree = tree.operand
    return tree if isinstance(tree, Name) and not tree.subscripts else None


def _inside(tree: Expr) -> Name | None:
    """The letter of `(x)` and `(x)^2`."""
    group = tree.base if isinstance(tree, Power) else tree
    inside = group.operand if isinstance(group, Group) else None
    return inside if isinstance(inside, Name) and not inside.subscripts else None


def _plain_places(tree: Node) -> Iterator[Place]:
    """Places that are not the argument of a function."""
    hidden = [p.path for p in places(tree) if isinstance(p.node, Apply)]
    return (p for p in places(tree) if not any(p.path[: len(h)] == h for h in hidden))
