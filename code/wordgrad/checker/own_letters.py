"""Letters that a reader defines: `z_i = u_i^\\top v_c` makes z a quantity of the notation."""

from collections.abc import Collection
from dataclasses import replace
from itertools import product

from wordgrad.calculus.sorts import VOC, Sort
from wordgrad.checker.letters import may_be_indexed
from wordgrad.checker.reading import Segment
from wordgrad.checker.trees import index_names, places
from wordgrad.checker.units import UNITS
from wordgrad.latex.printer import to_latex
from wordgrad.latex.syntax import (
    Call,
    Component,
    Expr,
    Group,
    Index,
    IndexApply,
    IndexName,
    Line,
    Name,
)
from wordgrad.meaning.elaborate import elaborate_line
from wordgrad.meaning.faults import LineError
from wordgrad.meaning.notation import Notation, Quantity
from wordgrad.proof.judge import judge

BY_WORD = ("theta", "yhat")  # one value a word: the letter of one is that of all
SPARE = ("s", "r", "b")  # a shift and counts in the book; a reader may mean anything by them


def _letter(tree: Expr, notation: Notation) -> Expr:
    """`L` for `L(x)`, where the arguments are quantities and no words."""
    if not isinstance(tree, Call) or tree.given or notation.call(tree.name):
        return tree
    plain = all(isinstance(a, Name) and notation.quantity(a.name) for a in tree.arguments)
    return Name(tree.name, span=tree.span) if plain else tree


def _known_name(
    value: Expr,
    formals: tuple[str, ...],
    sorts: tuple[Sort | None, ...],
    shape: tuple[Sort, ...],
    notation: Notation,
) -> Name | None:
    """What the book calls the value, if it has a name: theta_o for `u_o^\\top v_c`."""
    letters = {**notation.constants, **dict(zip(formals, sorts, strict=True))}
    words: dict[Index, Sort | None] = {IndexName(name): sort for name, sort in letters.items()}
    for function in notation.index_functions.values():
        for name, sort in zip(formals, sorts, strict=True):
            if function.arguments == (sort,):
                words[IndexApply(function.name, (IndexName(name),))] = VOC
    for quantity in notation.quantities.values():
        count = len(quantity.sorts) - len(shape)
        if quantity.kind == "size" or quantity.name in (*UNITS, *SPARE) or count < quantity.least:
            continue
        if quantity.sorts[count:] != shape:
            continue
        for chosen in product(words, repeat=count):
            fits = tuple(words[index] for index in chosen) == quantity.sorts[:count]
            named = Name(quantity.name, chosen)
            if fits and set(formals) == set(index_names(named)) - set(notation.constants):
                same = judge(named, value, notation)
                if same.status == "proved" and not same.side_conditions:
                    return named
    return None


def _fresh(count: int, body: Expr) -> tuple[str, ...]:
    """Letters for indices that the body does not have."""
    used = {p.node.name for p in places(body) if isinstance(p.node, IndexName)}
    return tuple(letter for letter in ("a", "b", "q", "r") if letter not in used)[:count]


def _component_of(name: Name, value: Expr, notation: Notation) -> Quantity | None:
    """A letter for theta, where `s_o = u_o^\\top v_c` shows that its components are theta's."""
    count = len(name.subscripts)
    for known in map(notation.quantity, BY_WORD):
        if known is None or not count or len(known.sorts) != count:
            continue
        same = judge(Name(known.name, name.subscripts), value, notation)
        if same.status == "proved" and not same.side_conditions:
            formals = ("i", "j")[:count]
            whole = Name(known.name, tuple(map(IndexName, formals)))
            return Quantity(name.name, known.sorts, definition=to_latex(whole), formals=formals)
    return None


def defined_letter(
    segment: Segment, notation: Notation, own: Collection[str] = ()
) -> Notation | None:
    """The notation with the letter that the segment defines; None if it defines none.

    A letter is defined by standing alone on the left, with index names as subscripts, when the
    notation has no such letter, or when `:=` says so.  What is in `own` is defined already.
    """
    name, value = _letter(segment.parts[0], notation), segment.parts[1:]
    if not isinstance(name, Name) or len(value) != 1 or segment.continues:
        return None
    known = notation.quantity(name.name)
    spare = name.name in (*UNITS, *SPARE) and name.name not in own
    taken = known is not None and not spare and not may_be_indexed(name, notation)
    mentioned = any(isinstance(p.node, Name) and p.node.name == name.name for p in places(value[0]))
    if (taken or mentioned) and not segment.defines:
        return None
    whole = _component_of(name, value[0], notation)
    if whole is not None:
        return replace(notation, quantities={**notation.quantities, name.name: whole})
    formals = tuple(index.name for index in name.subscripts if isinstance(index, IndexName))
    if len(formals) != len(name.subscripts) or set(formals) & set(notation.constants):
        return None
    try:
        meaning = elaborate_line(Line(value), notation)
    except LineError:
        return None
    shape = tuple(sort for sort in meaning.parts[0].shape if sort is not None)
    if meaning.parts[0].rows is None and shape:
        return None
    sorts = tuple(meaning.free_indices.get(formal) for formal in formals)
    if None in sorts:
        return None
    named = _known_name(value[0], formals, sorts, shape, notation)
    letters, body = formals, named or value[0]
    if formals and shape:  # a vector for each word: its definition says what its entries are
        letters = (*formals, *_fresh(len(shape), body))
        body = Component(Group(body, "["), tuple(map(IndexName, letters[len(formals) :])))
    quantity = Quantity(
        name.name,
        (*(sort for sort in sorts if sort is not None), *shape),
        least=len(formals) if shape else 0,
        definition=to_latex(body),
        formals=letters,
    )
    return replace(notation, quantities={**notation.quantities, name.name: quantity})
