"""Letters and marks as people write them, in those of the book: `z` for theta, `w_O` for o."""

from dataclasses import replace

from wordgrad.calculus.sorts import VOC
from wordgrad.checker.dependence import reaches
from wordgrad.checker.trees import Place, at, places, put
from wordgrad.latex.errors import NotUnderstood
from wordgrad.latex.printer import to_latex
from wordgrad.latex.syntax import (
    Apply,
    Call,
    Component,
    Expr,
    Group,
    Index,
    IndexApply,
    IndexName,
    IndexNumber,
    IndexShift,
    Mul,
    Name,
    Node,
    Transpose,
)
from wordgrad.meaning.contexts import scores
from wordgrad.meaning.elaborate import elaborate
from wordgrad.meaning.faults import LineError
from wordgrad.meaning.notation import Notation

OTHER_LETTERS = {"nu": "v", "ytilde": "yhat", "ybar": "yhat", "vtilde": "vhat", "mu": "u"}
OTHER_LETTERS |= {"vbar": "vhat", "h": "vhat", "hhat": "vhat", "one_hot": "onehot"}
OTHER_LETTERS |= {"z": "theta", "p": "yhat"}
CLASS = ("y", "t")  # the target word in texts on classification
LOG_SUM_EXP = ("logsumexp", "lse")


def may_be_indexed(name: Name, notation: Notation) -> bool:
    """Whether `E_w = ...` may give a meaning to what is one number without subscripts; J stays."""
    quantity = notation.quantity(name.name)
    indexed = bool(name.subscripts) and name.name != "J"
    return indexed and quantity is not None and not quantity.sorts


def with_known_letters(
    tree: Expr, notation: Notation, remarks: list[str], skipped: str, argument: str
) -> Expr:
    """The tree in the letters of the notation; a remark for every letter that is changed."""
    result: Node = tree
    for place in reversed(tuple(places(tree))):  # from the leaves up
        letter = _class(place, notation)
        if letter is not None:
            remarks.append(f"the class {letter.name} is read as o")
            result = put(result, place.path, replace(letter, name="o"))
            continue
        new = _at_home(at(result, place.path), notation, remarks, skipped, argument)
        if new is not None:
            result = put(result, place.path, new)
    assert isinstance(result, Expr)
    return result


def _class(place: Place, notation: Notation) -> IndexName | None:
    """The letter of the target word, o in the book, where no other words are about: `p_y`."""
    node = place.node
    if notation.name != scores().name or not isinstance(node, IndexName):
        return None
    return node if node.name in CLASS and node.name not in place.bound else None


def _at_home(
    node: Node, notation: Notation, remarks: list[str], skipped: str, argument: str
) -> Node | None:
    if isinstance(node, Call):
        return (
            _outer(node)
            or _total(node, notation)
            or _log_sum_exp(node, notation)
            or _without_arguments(node, notation)
        )
    if isinstance(node, IndexApply):
        return _word(node, notation, remarks)
    if isinstance(node, Component):
        _refuse_rows(node, notation)
    if not isinstance(node, Name):
        return None
    name, subscripts = node.name, node.subscripts
    known = "" if name == "mu" and not subscripts else OTHER_LETTERS.get(name, "")
    if argument and name == argument and not subscripts:
        known = "x"
    quantity = notation.quantity(name)
    if quantity is not None and name in ("u", "v") and len(subscripts) < quantity.least:
        return _bare_vector(node, notation, remarks)
    if name == skipped:
        known = ""
    elif quantity is not None and subscripts and not quantity.sorts:
        written = to_latex(node)
        message = f"what is {written}? {to_latex(Name(name))} is one number here; define {written}"
        raise NotUnderstood(f"{message} on a line of its own", node.span[0], "")
    if notation.quantity(name) is None and notation.quantity(known):
        remarks.append(f"{name} is read as {known}")
        name = known
    if any(_is_nought(index) for index in subscripts) and "o" in notation.constants:
        remarks.append("the index 0 is read as the letter o")
        subscripts = tuple(
            IndexName("o", span=index.span) if _is_nought(index) else index for index in subscripts
        )
    new = replace(node, name=name, subscripts=subscripts)
    return None if new == node else new


def _refuse_rows(node: Component, notation: Notation) -> None:
    """`(\\partial J/\\partial U)_w`: a row of a matrix, with one index."""
    try:
        matrix = None not in elaborate(node.operand, notation).shape
    except LineError:
        return
    if matrix and len(node.subscripts) == 1:
        message = "rows of a matrix are not read; write both indices, or differentiate by u_w"
        raise NotUnderstood(message, node.span[0], "")


def _without_arguments(node: Call, notation: Notation) -> Name | None:
    """The loss where its arguments choose nothing: CE(y, yhat), J(w_{t-m}, ..., w_{t+m}, U)."""
    quantity = notation.quantity(node.name)
    if quantity is None or node.given or quantity.sorts:
        return None
    plain = Name(node.name, span=node.span)
    if node.arguments == (Name("y"), Name("yhat")) and quantity.name == "J":
        return plain
    ends = [a.arguments[0] for a in node.arguments if isinstance(a, IndexApply)]
    if sum(isinstance(e, IndexShift) and e.offset == IndexName("m") for e in ends) == 2:
        return plain
    inside = [notation.quantity(a.name) if isinstance(a, Name) else None for a in node.arguments]
    whole = all(one is not None and reaches(plain, one, notation) for one in inside)
    return plain if whole else None


def _outer(node: Call) -> Mul | None:
    """`outer(a, b)`"""
    sides = tuple(Group(side) for side in node.arguments if isinstance(side, Expr))
    whole = node.name == "outer" and len(sides) == 2 == len(node.arguments)
    return Mul(sides, ("otimes",), span=node.span) if whole else None


def _total(node: Call, notation: Notation) -> Mul | None:
    """`np.sum(a)`: the sum of the entries of a vector over the words."""
    if node.name != "total" or len(node.arguments) != 1 or node.given:
        return None
    (argument,) = node.arguments
    try:
        shape = elaborate(argument, notation).shape if isinstance(argument, Expr) else ()
    except LineError:
        shape = ()
    if shape != (VOC, None) or not isinstance(argument, Expr) or not notation.quantity("ones"):
        message = "np.sum is read of a vector over the words; write the sum with its index"
        raise NotUnderstood(message, node.span[0], "")
    return Mul((Transpose(Name("ones")), Group(argument)), ("",), span=node.span)


def _log_sum_exp(node: Call, notation: Notation) -> Apply | None:
    """`logsumexp(a)`: the logarithm of the sum of the exponentials of a vector over the words."""
    if node.name.lower() not in LOG_SUM_EXP or len(node.arguments) != 1 or node.given:
        return None
    (argument,) = node.arguments
    if not isinstance(argument, Expr) or notation.quantity("ones") is None:
        return None
    summed = Mul((Transpose(Name("ones")), Apply("exp", argument)), ("",))
    return Apply("log", summed, span=node.span)


def _bare_vector(node: Name, notation: Notation, remarks: list[str]) -> Name:
    """v without its word is the vector of the center word; u could be any."""
    if node.name != "v" or notation.quantity("vhat") or "c" not in notation.constants:
        message = f"{node.name} needs a subscript here: whose vector is it?"
        raise NotUnderstood(message, node.span[0], "")
    remarks.append("v is read as v_c")
    return replace(node, subscripts=(IndexName("c"),))


def _word(node: IndexApply, notation: Notation, remarks: list[str]) -> Index | None:
    """`w_O` and `w_I` are the words o and c; where no words are looked up, `w_s` is a word s."""
    argument = node.arguments[0]
    if node.function != "w" or len(node.arguments) > 1 or not isinstance(argument, IndexName):
        return None
    named = {"O": "o", "I": "c"}.get(argument.name, "")
    if not named and "w" not in notation.index_functions and argument.name not in notation.anchors:
        named = argument.name
    if not named:
        return None
    remarks.append(f"w_{argument.name} is read as the word {named}")
    return IndexName(named, span=node.span)


def _is_nought(index: Index) -> bool:
    return isinstance(index, IndexNumber) and index.value == 0
