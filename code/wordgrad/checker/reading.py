"""A reader's line as the checker takes it: letters brought home, segments, left-hand sides."""

import re
from dataclasses import dataclass, replace

from wordgrad.checker.listing import written_out
from wordgrad.checker.trees import at, places, put
from wordgrad.latex.errors import NotUnderstood
from wordgrad.latex.parser import parse_expression, parse_line
from wordgrad.latex.syntax import (
    Apply,
    Big,
    Call,
    Component,
    Derivative,
    Expr,
    Group,
    Index,
    IndexApply,
    IndexName,
    IndexNumber,
    IndexShift,
    Line,
    Mul,
    Name,
    Neg,
    Node,
)
from wordgrad.meaning.notation import Notation

OTHER_LETTERS = {"nu": "v", "ytilde": "yhat", "ybar": "yhat", "vtilde": "vhat", "mu": "u"}
OTHER_LETTERS |= {"vbar": "vhat", "h": "vhat", "hhat": "vhat", "one_hot": "onehot"}
OTHER_LETTERS |= {"z": "theta", "p": "yhat"}
MAY_BE_DEFINED = ("z", "p", "h")  # on the left-hand side these begin a definition
_OPERATOR = re.compile(r"\(\s*d\s*/\s*d\s*([a-z])\s*\)")  # (d/dx) as people type it
NEW_SENTENCE = (r"\Rightarrow", r"\implies", r"\therefore", r"\Longrightarrow", r"\iff")


@dataclass(frozen=True)
class Segment:
    """Parts that are claimed to be equal, in written order.

    Parameters
    ----------
    parts : tuple of Expr
    continues : bool
        It begins with a relation sign: the line above is its left-hand side.
    defines : bool
        The first part is defined (`:=`) rather than claimed.
    """

    parts: tuple[Expr, ...]
    continues: bool
    defines: bool

    @property
    def subject(self) -> Expr | None:
        """The left-hand side, if the first part is a quantity that others are equal to."""
        if len(self.parts) < 2 or self.continues:
            return None
        first = _bare(self.parts[0])
        return first if _is_quantity(first) else None


def read_line(text: str, notation: Notation) -> tuple[tuple[Segment, ...], tuple[str, ...]]:
    """The segments of a line, and remarks on how letters were read.

    Raises
    ------
    NotUnderstood
        If the line cannot be parsed.
    """
    line = parse_line(_OPERATOR.sub(r"\\frac{d}{d\1}", text))
    remarks: list[str] = []
    skipped = _defined(line)
    parts = tuple(
        written_out(
            _with_known_letters(
                _with_argument(part, notation, remarks), notation, remarks, skipped
            ),
            notation,
            text,
        )
        for part in line.parts
    )
    return _segments(line, parts), tuple(dict.fromkeys(remarks))


def _defined(line: Line) -> str:
    """The letter that stands alone on the left, if such a letter may be given a meaning there."""
    first = line.parts[0]
    alone = isinstance(first, Name) and len(line.parts) > 1 and not line.leading
    return first.name if alone and isinstance(first, Name) and first.name in MAY_BE_DEFINED else ""


def _segments(line: Line, parts: tuple[Expr, ...]) -> tuple[Segment, ...]:
    found: list[Segment] = []
    current, relations = [parts[0]], list[str]()
    continues = bool(line.leading) and line.leading not in NEW_SENTENCE
    for relation, part in zip(line.relations, parts[1:], strict=True):
        if relation in NEW_SENTENCE:
            found.append(Segment(tuple(current), continues, ":=" in relations))
            current, relations, continues = [part], [], False
        else:
            current.append(part)
            relations.append(relation)
    found.append(Segment(tuple(current), continues, ":=" in relations))
    return tuple(found)


def _is_quantity(tree: Expr) -> bool:
    """A letter, a function of something, or anything with a derivative in it; not a mere result."""
    if isinstance(tree, Neg):
        return _is_quantity(_bare(tree.operand))
    if isinstance(tree, Name | Call | Derivative | Apply | Component | Big):
        return True
    return any(isinstance(place.node, Derivative) for place in places(tree))


def _bare(tree: Expr) -> Expr:
    while isinstance(tree, Group):
        tree = tree.operand
    return tree


def _with_argument(tree: Expr, notation: Notation, remarks: list[str]) -> Expr:
    """`d sigma / dx` is the derivative of sigma(x), and `sigma(1-sigma)` a product."""
    bare = [p for p in places(tree) if isinstance(p.node, Name) and p.node.name in _BARE]
    if not bare or set(notation.quantities) != {"x", "s"}:
        return tree
    by = (p.node.variables[0] for p in places(tree) if isinstance(p.node, Derivative))
    value = next(by, Name("x"))
    if any(place.node != Name("sigma") for place in bare) or len(bare) > 1:
        remarks.append("a sigma without argument is read as sigma of the variable")
    result = _bare_sigma(tree, value)
    assert isinstance(result, Expr)
    return result


_BARE = {"sigma": 0, "sigma'": 1, "sigma''": 2}


def _bare_sigma(node: Node, value: Expr) -> Node:
    if isinstance(node, Name) and node.name in _BARE:
        return Apply("sigma", value, _BARE[node.name], span=node.span)
    inside = any(isinstance(p.node, Name) and p.node.name in _BARE for p in places(node))
    new = node.with_children(lambda child: _bare_sigma(child, value)) if inside else node
    if isinstance(new, Apply) and inside and new.function == "sigma":
        return Mul((replace(new, argument=value), Group(new.argument)), ("",), span=node.span)
    return new


def _with_known_letters(
    tree: Expr, notation: Notation, remarks: list[str], skipped: str = ""
) -> Expr:
    result: Node = tree
    for place in reversed(tuple(places(tree))):  # from the leaves up
        new = _at_home(at(result, place.path), notation, remarks, skipped)
        if new is not None:
            result = put(result, place.path, new)
    assert isinstance(result, Expr)
    return result


def _at_home(node: Node, notation: Notation, remarks: list[str], skipped: str = "") -> Node | None:
    if isinstance(node, Call):
        return _outer(node) or _without_arguments(node, notation)
    if isinstance(node, IndexApply):
        return _word(node, notation, remarks)
    if not isinstance(node, Name):
        return None
    name, subscripts = node.name, node.subscripts
    known = OTHER_LETTERS.get(name, "")
    if set(notation.quantities) == {"x", "s"} and len(name) == 1 and not subscripts:
        known = "x"  # functions of one number: it may have any name
    quantity = notation.quantity(name)
    if quantity is not None and name in ("u", "v") and len(subscripts) < quantity.least:
        return _bare_vector(node, notation, remarks)
    if name == skipped:
        known = ""
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
    names = [a.name for a in node.arguments if isinstance(a, Name)]
    known = parse_expression(quantity.definition) if quantity.definition else Name("")
    used = {p.node.name for p in places(known) if isinstance(p.node, Name)}
    whole = len(names) == len(node.arguments) and set(names) <= used
    return plain if whole and notation.call(node.name) is None else None


def _outer(node: Call) -> Mul | None:
    """`outer(a, b)`"""
    sides = tuple(Group(side) for side in node.arguments if isinstance(side, Expr))
    whole = node.name == "outer" and len(sides) == 2 == len(node.arguments)
    return Mul(sides, ("otimes",), span=node.span) if whole else None


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
