"""From a syntax tree to canonical LaTeX in the book's notation.

What is printed reads back as the same tree, for every tree that the parser makes; only invisible
braces that hold nothing together are left out.  Trees made by hand, or by an edit of a tree, get
the brackets they need, so that they read back with the same meaning: an extra `Group` then stands
in the tree.  Other differences in writing are gone already when a line is parsed: `\\ln` is
`\\log`, `\\bigl(` is `(`, `d/dx` is a derivative in front.
"""

from typing import Any

from wordgrad.latex import syntax as s
from wordgrad.latex.heads import is_open
from wordgrad.latex.print_factors import argument, case, row_of_matrix
from wordgrad.latex.print_products import total
from wordgrad.latex.spelling import limits_latex


def to_latex(node: s.Node) -> str:
    """Write a tree as LaTeX.

    Parameters
    ----------
    node : Node
        A line, an expression, an index, a relation or a range.

    Returns
    -------
    str
        LaTeX that `parse_line` reads as the same tree.

    Examples
    --------
    >>> from wordgrad.latex.parser import parse_line
    >>> to_latex(parse_line("dJ/dv_c = Uᵀ(ŷ - y)"))
    '\\\\partial J / \\\\partial v_c = U^\\\\top (\\\\hat{y} - y)'
    """
    return write(without_idle_braces(node))


def without_idle_braces(node: Any) -> Any:
    """The tree without invisible braces that hold nothing together."""
    node = node.with_children(without_idle_braces)
    if isinstance(node, s.Group) and node.bracket == "{" and not is_open(node.operand):
        return node.operand
    return node


def write(node: s.Node) -> str:
    """Any node of a tree."""
    if isinstance(node, s.Line):
        parts = [node.leading] if node.leading else []
        for relation, part in zip(("", *node.relations), node.parts, strict=True):
            parts += [relation, total(part)] if relation else [total(part)]
        return " ".join(parts)
    if isinstance(node, s.Range):
        return limits_latex((node,))
    if isinstance(node, s.Case):
        return case(node)
    return row_of_matrix(node) if isinstance(node, s.Row) else argument(node)
