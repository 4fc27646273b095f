"""The name of a slip: what the writer did wrong, told from the edit that puts it right.

A repair that takes a factor away answers a factor too many, and one that puts a sum in answers a
sum that was dropped; so the name depends on the direction of the edit.
"""

from wordgrad.checker.edits import Edit
from wordgrad.checker.trees import places
from wordgrad.latex.syntax import IndexName, Name, Node, Number

_AS_REPAIR = {
    "minus inside sigma": "minus lost inside sigma",
    "1- dropped": "minus lost inside sigma",
    "sigma dropped": "extra sigma",
    "sign of an exponent": "sign",
    "denominator dropped": "factor extra",
    "numerator dropped": "factor extra",
    "logarithm dropped": "log of exp",
}
_REMOVED = {
    "factor dropped": "factor extra",
    "sum dropped": "sum not collapsed",
    "term dropped": "term extra",
    "power": "factor extra",
}
_PUT_IN = {"power": "factor dropped", "term extra": "term dropped"}
_LIKELY = ("sign", "y for yhat", "wrong vector", "minus lost inside sigma", "extra sigma")


def slip_name(edit: Edit) -> str:
    """The name of the slip that the edit repairs.

    Examples
    --------
    >>> from wordgrad.latex.parser import parse_expression
    >>> wrong, right = map(parse_expression, (r"\\sigma(x)\\sigma(x)", r"\\sigma(x)"))
    >>> slip_name(Edit("factor dropped", right, wrong, right))
    'factor extra'
    """
    kind, before, after = edit.kind, edit.before, edit.after
    if kind == "wrong letter":
        return "y for yhat" if _letter(before).startswith("y") else "wrong vector"
    if kind == "number" and isinstance(before, Number) and isinstance(after, Number):
        return "factor dropped" if before.value < after.value else "factor extra"
    if kind in _AS_REPAIR:
        return _AS_REPAIR[kind]
    table = _REMOVED if tree_size(after) < tree_size(before) else _PUT_IN
    return table.get(kind, kind)


def _letter(node: Node) -> str:
    return node.name if isinstance(node, Name) else ""


def _is_one(node: Node) -> bool:
    """y_o, which is 1: to put it in is to take something away, in disguise."""
    return isinstance(node, Name) and node.name == "y" and node.subscripts == (IndexName("o"),)


def tree_size(tree: Node) -> int:
    """How many nodes a tree has."""
    return sum(1 for _ in places(tree))


def plausibility(edit: Edit) -> tuple[int, bool, bool, int]:
    """Small for the repairs that a teacher would name first: little changed, a usual slip.

    Taking something away comes before putting its inverse in.  A changed letter counts like a
    changed index, whatever subscripts it carries.
    """
    before, after = tree_size(edit.before), tree_size(edit.after)
    if _is_one(edit.after):
        before += 3
    changed = 2 if edit.kind in ("wrong letter", "wrong vector") else before + after
    return abs(before - after), slip_name(edit) not in _LIKELY, after > before, changed
