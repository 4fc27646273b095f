"""Capital letters for the two words of a pair: `u_O`, `v_I`; and the context of CBOW, `v_C`."""

from dataclasses import replace

from wordgrad.latex.syntax import IndexApply, IndexName, Name, Node
from wordgrad.meaning.notation import Notation

_OF_A_PAIR = {"O": "o", "C": "c", "I": "c"}
_OF_CBOW = {"O": "c"}
_CONTEXT = ("C", "I")


def with_small_words(node: Node, notation: Notation, remarks: list[str]) -> Node:
    """The tree with o and c for the words that are called O and C, and vhat for the context.

    Examples
    --------
    >>> from wordgrad.latex.parser import parse_expression
    >>> from wordgrad.latex.printer import to_latex
    >>> from wordgrad.meaning.contexts import cbow, naive_softmax
    >>> tree = parse_expression(r"u_O^\\top v_C")
    >>> to_latex(with_small_words(tree, naive_softmax(), []))
    'u_o^\\\\top v_c'
    >>> to_latex(with_small_words(tree, cbow("softmax"), []))
    'u_c^\\\\top \\\\hat{v}'
    """
    if notation.quantity("u") is None:
        return node
    return _small(node, notation.quantity("vhat") is not None, (), remarks)


def _small(node: Node, cbow: bool, bound: tuple[str, ...], remarks: list[str]) -> Node:
    if isinstance(node, IndexApply):  # w_O is the word O itself
        return node
    if isinstance(node, IndexName):
        new = (_OF_CBOW if cbow else _OF_A_PAIR).get(node.name)
        if new is None or node.name in bound:
            return node
        remarks.append(f"the word {node.name} is read as {new}")
        return replace(node, name=new)
    if cbow and isinstance(node, Name) and node.name == "v" and len(node.subscripts) == 1:
        index = node.subscripts[0]
        if isinstance(index, IndexName) and index.name in _CONTEXT and index.name not in bound:
            remarks.append(f"v_{index.name} is read as the vector of the context")
            return Name("vhat", span=node.span)
    inner = (*bound, *(item.name for item in getattr(node, "ranges", ())))
    return node.with_children(lambda child: _small(child, cbow, inner, remarks))
