"""What the book calls a value that a reader gives a letter of their own: theta_o, yhat, ..."""

from dataclasses import replace
from itertools import product

from wordgrad.calculus.sorts import VOC, Sort
from wordgrad.checker.trees import index_names
from wordgrad.checker.units import UNITS
from wordgrad.latex.printer import to_latex
from wordgrad.latex.syntax import Expr, Index, IndexApply, IndexName, Name
from wordgrad.meaning.notation import Notation, Quantity
from wordgrad.proof.judge import judge

BY_WORD = ("theta", "yhat")  # one value a word: the letter of one is that of all
SPARE = ("s", "r", "b")  # a shift and counts in the book; a reader may mean anything by them


def book_name(
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
            fits = fits and set(formals) == set(index_names(named)) - set(notation.constants)
            if fits and _is_surely(named, value, notation):
                return named
    return None


def _is_surely(one: Expr, other: Expr, notation: Notation) -> bool:
    same = judge(one, other, notation)
    return same.status == "proved" and not same.side_conditions


def component_of(name: Name, value: Expr, notation: Notation) -> Quantity | None:
    """A letter for theta, where `s_o = u_o^\\top v_c` shows that its components are theta's."""
    count = len(name.subscripts)
    for known in map(notation.quantity, BY_WORD):
        if known is None or not count or len(known.sorts) != count:
            continue
        if _is_surely(Name(known.name, name.subscripts), value, notation):
            formals = ("i", "j")[:count]
            whole = Name(known.name, tuple(map(IndexName, formals)))
            return Quantity(name.name, known.sorts, definition=to_latex(whole), formals=formals)
    return None


def with_quantity(notation: Notation, quantity: Quantity) -> Notation:
    """The notation with one more quantity, under its own name."""
    return replace(notation, quantities={**notation.quantities, quantity.name: quantity})
