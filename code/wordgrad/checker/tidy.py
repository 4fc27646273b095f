"""A repaired line as one would write it: no factor 1, no first power, no idle brackets."""

from wordgrad.latex.syntax import Expr, Group, Mul, Node, Number, Power, Transpose


def tidy(tree: Node) -> Node:
    """The same value, written without what an edit may leave behind.

    Examples
    --------
    >>> from wordgrad.latex.parser import parse_expression
    >>> from wordgrad.latex.printer import to_latex
    >>> to_latex(tidy(parse_expression(r"(1\\, U^\\top((\\hat y - y)^1))")))
    'U^\\\\top (\\\\hat{y} - y)'
    """
    node = _tidied(tree)
    return node.operand if isinstance(node, Group) else node


def _tidied(tree: Node) -> Node:
    node = tree.with_children(_tidied)
    if isinstance(node, Mul):
        return _product(node)
    if isinstance(node, Power) and _is_one(node.exponent):
        return node.base
    if isinstance(node, Group) and isinstance(node.operand, Group):
        return node.operand
    if isinstance(node, Transpose) and isinstance(node.operand, Transpose):
        return node.operand.operand
    return node


def _product(node: Mul) -> Expr:
    """Without factors 1; a single factor stands alone."""
    kept = [n for n, factor in enumerate(node.factors) if not _is_one(factor)] or [0]
    factors = tuple(node.factors[n] for n in kept)
    operators = tuple(node.operators[n - 1] for n in kept[1:])
    return factors[0] if len(factors) == 1 else Mul(factors, operators)


def _is_one(node: Node) -> bool:
    return isinstance(node, Number) and node.value == 1
