"""Negatives in a window: within a sum over positions j, `u_k` is the vector of `n_{j,k}`."""

from dataclasses import replace

from wordgrad.calculus.sorts import NEG, WIN
from wordgrad.latex.syntax import Big, Index, IndexApply, IndexName, IndexNumber, Name, Node
from wordgrad.meaning.notation import Notation

_LETTERS = ("n", "w")


def with_positions(node: Node, notation: Notation, position: IndexName | None = None) -> Node:
    """The tree with the position of each negative, where a sum around it says which.

    Examples
    --------
    >>> from wordgrad.latex.parser import parse_expression
    >>> from wordgrad.latex.printer import to_latex
    >>> from wordgrad.meaning.contexts import window
    >>> tree = parse_expression(r"\\sum_{j\\neq 0}\\sum_{k=1}^K u_k")
    >>> to_latex(with_positions(tree, window("negative_sampling")))
    '\\\\sum_{j \\\\neq 0} \\\\sum_{k=1}^{K} u_{n_{jk}}'
    """
    function = notation.index_functions.get("n")
    if function is None or function.arguments != (WIN, NEG):
        return node
    if isinstance(node, Big):
        inside = [r.name for r in node.ranges if IndexNumber(0) in r.excluded]
        position = IndexName(inside[0]) if inside else position
    if position is not None and isinstance(node, Name) and node.name in ("u", "theta"):
        changed = tuple(_placed(index, position, notation) for index in node.subscripts)
        return replace(node, subscripts=changed)
    return node.with_children(lambda child: with_positions(child, notation, position))


def _placed(index: Index, position: IndexName, notation: Notation) -> Index:
    """`n_{j,k}` for k, n_k and w_k, with k a letter of negatives."""
    inner: Index = index
    if isinstance(index, IndexApply) and index.function in _LETTERS and len(index.arguments) == 1:
        inner = index.arguments[0]
    if not isinstance(inner, IndexName) or inner.name.rstrip("'") not in notation.usual:
        return index
    return IndexApply("n", (position, inner), span=index.span)
