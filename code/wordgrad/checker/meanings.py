"""What a letter with some index names stands for, as a quantity of the notation."""

from collections.abc import Collection
from dataclasses import dataclass

from wordgrad.calculus.sorts import NEG, VOC, Sort
from wordgrad.checker.book_names import book_name
from wordgrad.checker.fixed import is_loss, word_name
from wordgrad.checker.targets import renamed
from wordgrad.checker.trees import places, put
from wordgrad.latex.printer import to_latex
from wordgrad.latex.syntax import (
    Case,
    Cases,
    Component,
    Expr,
    Group,
    IndexApply,
    IndexName,
    Line,
    Name,
    Node,
    Relation,
)
from wordgrad.meaning.elaborate import elaborate_line
from wordgrad.meaning.faults import LineError
from wordgrad.meaning.notation import Notation, Quantity
from wordgrad.proof.judge import judge


@dataclass(frozen=True)
class Meaning:
    """What a letter with some index names stands for."""

    letter: str
    formals: tuple[str, ...]
    sorts: tuple[Sort, ...]
    shape: tuple[Sort, ...]
    body: Expr
    value: Expr

    def quantity(self, name: str, notation: Notation) -> Quantity:
        """The letter under a name, one value for each index, with its exception if it has one."""
        letters, body = self.formals, self.body
        if self.formals and self.shape:  # a vector for each word: say what its entries are
            letters = (*self.formals, *_fresh(len(self.shape), body))
            entry = tuple(map(IndexName, letters[len(self.formals) :]))
            body = Component(Group(body, "["), entry)
        elif self.sorts == (VOC,) and not self.shape:
            body = self._with_exceptions(notation)
        return Quantity(
            name,
            (*self.sorts, *self.shape),
            least=len(self.formals) if self.shape else 0,
            definition=to_latex(body),
            formals=letters,
        )

    def _with_exceptions(self, notation: Notation) -> Expr:
        """`a_w`, and another value for the word o, if `a_o` was given one before."""
        index, rows = IndexName(self.formals[0]), list[Case]()
        for word in notation.constants:
            fixed = notation.quantities.get(f"{self.letter}_at{word}")
            if fixed is None or fixed.sorts:
                continue
            same = judge(Name(fixed.name), renamed(self.body, {self.formals[0]: word}), notation)
            if same.status != "proved":
                rows.append(Case(Name(fixed.name), Relation(index, IndexName(word))))
        return Cases((*rows, Case(self.body))) if rows else self.body


def meaning_of(
    name: Name, subscripts: Collection[object], value: Expr, notation: Notation
) -> Meaning | None:
    formals = tuple(index.name for index in subscripts if isinstance(index, IndexName))
    if len(formals) != len(subscripts) or set(formals) & set(notation.constants):
        return None
    try:
        meaning = elaborate_line(Line((value,)), notation)
    except LineError:
        return None
    shape = tuple(sort for sort in meaning.parts[0].shape if sort is not None)
    if meaning.parts[0].rows is None and shape:
        return None
    usual = notation.usual  # `t_k = 0` does not say what k runs over
    sorts = tuple(meaning.free_indices.get(f) or usual.get(f) for f in formals)
    found = tuple(sort for sort in sorts if sort is not None)
    if len(found) != len(sorts):
        return None
    named = book_name(value, formals, sorts, shape, notation)
    return Meaning(name.name, formals, found, shape, named or value, value)


def _fresh(count: int, body: Expr) -> tuple[str, ...]:
    """Letters for indices that the body does not have."""
    used = {p.node.name for p in places(body) if isinstance(p.node, IndexName)}
    return tuple(letter for letter in ("a", "b", "q", "r") if letter not in used)[:count]


def at_any_word(found: Meaning, called: str, notation: Notation) -> Quantity | None:
    """The same for every word, where a letter of the negatives asks for their words only."""
    if found.sorts != (NEG,) or found.shape or is_loss(called.partition("_")[0], notation):
        return None
    (formal,) = found.formals
    body = _without_look_up(found.value, formal, notation)
    try:
        meaning = elaborate_line(Line((body,)), notation, {formal: VOC})
    except LineError:
        return None
    if meaning.parts[0].shape != (None, None):
        return None
    latex = to_latex(body)
    return Quantity(word_name(called), (VOC,), definition=latex, formals=found.formals)


def _without_look_up(node: Expr, formal: str, notation: Notation) -> Expr:
    """k for n_k."""
    changed: Node = node
    for place in reversed(tuple(places(node))):
        index = place.node
        if not isinstance(index, IndexApply) or index.function not in notation.index_functions:
            continue
        if index.arguments == (IndexName(formal),):
            changed = put(changed, place.path, IndexName(formal))
    assert isinstance(changed, Expr)
    return changed
