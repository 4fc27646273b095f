"""Letters with a fixed subscript, each a letter of its own: `a_o` beside `a_k`, `J_k` beside `J`.

In the tree they get names that no reader writes: `a_o` is `a_ato`, and the `z_k` of a reader for
whom z alone is something else is `z_term` with the index k.  Reports show them as written.
"""

from dataclasses import replace

from wordgrad.calculus.sorts import NEG
from wordgrad.latex.syntax import (
    Call,
    Delta,
    Expr,
    Index,
    IndexApply,
    IndexName,
    IndexNumber,
    IndexShift,
    Name,
    Node,
)
from wordgrad.meaning.notation import Notation

DIGITS = ("nought", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
AT, TERM, WORD, OWN = "at", "term", "word", "own"


def term_name(name: str) -> str:
    """The name of a letter with an index, where the letter alone is something else."""
    return f"{name}_{TERM}"


def word_name(name: str) -> str:
    """The name of a letter of the negatives, taken at any word: `a_o`, where `a_k` was defined."""
    return f"{name}_{WORD}"


def is_word_name(name: str) -> bool:
    """Whether a name is made by `word_name`."""
    return name.endswith(f"_{WORD}")


def own_name(name: str) -> str:
    """The name of a letter of the reader's that is a size in the book."""
    return f"{name}_{OWN}"


def fixed_name(name: Name, notation: Notation) -> str:
    """The name of a letter with this subscript, if the subscript is no index; else empty.

    Examples
    --------
    >>> from wordgrad.meaning.contexts import negative_sampling
    >>> fixed_name(Name("a", (IndexName("o"),)), negative_sampling())
    'a_ato'
    >>> fixed_name(Name("a", (IndexName("k"),)), negative_sampling())
    ''
    """
    if len(name.subscripts) != 1:
        return ""
    index = name.subscripts[0]
    if isinstance(index, IndexNumber) and 0 <= index.value < len(DIGITS):
        return f"{name.name}_{AT}{DIGITS[index.value]}"
    if not isinstance(index, IndexName) or len(index.name) != 1:
        return ""
    fixed = index.name in notation.constants or index.name.isupper()
    return f"{name.name}_{AT}{index.name}" if fixed else ""


def is_loss(name: str, notation: Notation) -> bool:
    """Whether a letter is the loss: J, L, E or another name of it, and nothing of the reader's."""
    quantity = notation.quantity(name)
    return quantity is not None and quantity.name == "J" and "_" not in name


def with_fixed_letters(node: Node, notation: Notation) -> Node:
    """The tree with the reader's letters under the names they were given."""
    if isinstance(node, Name):
        return _named(node, notation)
    if isinstance(node, Delta):
        return node
    return node.with_children(lambda child: with_fixed_letters(child, notation))


def _named(node: Name, notation: Notation) -> Name | Call:
    known = notation.quantities
    if own_name(node.name) in known:
        return replace(node, name=own_name(node.name))
    if not node.subscripts:
        return node
    fixed = fixed_name(node, notation)
    if fixed and fixed in known:
        return Name(fixed, span=node.span)
    name = term_name(node.name) if term_name(node.name) in known else node.name
    if fixed and name in known and known[name].sorts[:1] == (NEG,):
        other = word_name(name)
        return Name(other, node.subscripts, span=node.span) if other in known else node
    if name in known and (negative := _negative(node.subscripts, name, notation)):
        return Name(name, (negative,), span=node.span)
    if name != node.name:
        return Name(name, node.subscripts, span=node.span)
    if len(node.subscripts) == 1 and is_loss(node.name, notation):
        return _loss_of_one(node, notation)
    return node


def _negative(subscripts: tuple[Index, ...], name: str, notation: Notation) -> IndexName | None:
    """k for the n_k of `a_{n_k}`, where a has one value for each negative."""
    index, *rest = subscripts
    if rest or not isinstance(index, IndexApply) or len(index.arguments) > 1:
        return None
    function, argument = notation.index_functions.get(index.function), index.arguments[0]
    quantity = notation.quantities[name]
    same = function is not None and quantity.sorts[:1] == function.arguments
    return argument if same and quantity.definition and isinstance(argument, IndexName) else None


def _loss_of_one(node: Name, notation: Notation) -> Name | Call:
    """`J_o` is the loss of the word that is predicted, `J_j` that of one word of a window."""
    index = node.subscripts[0]
    if "F" in notation.calls and isinstance(index, IndexName) and _is_position(index, notation):
        shift = IndexShift("c", index, span=index.span)
        word = IndexApply("w", (shift,), span=index.span)
        return Call("F", (word, Name("v", (IndexName("c"),))), span=node.span)
    target = notation.quantity("y")
    if not isinstance(index, IndexName) or target is None or not notation.quantity("yhat"):
        return node
    predicted = target.definition == rf"\delta_{{i{index.name}}}"
    energy = node.name == "E"  # E_w may be the energy of a word
    return Name(node.name, span=node.span) if predicted and not energy else node


def _is_position(index: IndexName, notation: Notation) -> bool:
    return index.name in ("i", "j", "l", "r", "s") and index.name not in notation.constants


def loss_to_define(node: Expr, notation: Notation) -> Expr:
    """`J_k` on the left of a line under a name of its own."""
    if not isinstance(node, Name) or len(node.subscripts) != 1 or not is_loss(node.name, notation):
        return node
    if fixed := fixed_name(node, notation):
        return Name(fixed, span=node.span)
    return Name(term_name(node.name), node.subscripts, span=node.span)
