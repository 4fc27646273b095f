"""Letters that a reader defines: `z_i = u_i^\\top v_c` makes z a quantity of the notation."""

from collections.abc import Collection
from dataclasses import dataclass

from wordgrad.calculus.sorts import NEG, VOC, Sort
from wordgrad.checker.book_names import SPARE, book_name, component_of, with_quantity
from wordgrad.checker.fixed import fixed_name, is_loss, own_name, term_name, word_name
from wordgrad.checker.letters import may_be_indexed
from wordgrad.checker.reading import Segment
from wordgrad.checker.targets import renamed
from wordgrad.checker.trees import places, put
from wordgrad.checker.units import UNITS
from wordgrad.latex.printer import to_latex
from wordgrad.latex.syntax import (
    Call,
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


def defined_letter(
    segment: Segment, notation: Notation, own: Collection[str] = ()
) -> Notation | None:
    """The notation with the letter that the segment defines; None if it defines none.

    A letter is defined by standing alone on the left, with index names as subscripts, when the
    notation has no such letter, or when `:=` says so.  What is in `own` is defined already.  With
    a fixed subscript, as in `a_o`, it is a letter of its own, beside `a_k`.
    """
    name, value = _letter(segment.parts[0], notation), segment.parts[1:]
    if not isinstance(name, Name) or len(value) != 1 or segment.continues:
        return None
    mentioned = any(isinstance(p.node, Name) and p.node.name == name.name for p in places(value[0]))
    if (_is_taken(name, notation, own) or mentioned) and not segment.defines:
        if mentioned or not _is_new_array(name, value[0], notation):
            return None
    whole = component_of(name, value[0], notation)
    if whole is not None and "n" not in notation.index_functions:
        return with_quantity(notation, whole)
    fixed = fixed_name(name, notation)
    if fixed and (_has_words(name, notation, own) or is_loss(name.name, notation)):
        return None  # `z_o = ...` where z has a meaning already: a claim
    found = _meaning(name, () if fixed else name.subscripts, value[0], notation)
    if found is None:
        return None
    if fixed:
        known = notation if whole is None else with_quantity(notation, whole)
        return with_quantity(known, found.quantity(fixed, notation))
    aside = may_be_indexed(name, notation) and name.name in own  # z and z_k: two letters
    called = term_name(name.name) if aside else name.name
    if _is_size(name, notation):
        called = own_name(name.name)
    general = _at_any_word(found, called, notation)
    known = notation if general is None else with_quantity(notation, general)
    return with_quantity(known, found.quantity(called, notation))


def _is_new_array(name: Name, value: Expr, notation: Notation) -> bool:
    """`d = \\hat y-y`: an array, so not the size that is called d in the book."""
    if not _is_size(name, notation) or name.subscripts:
        return False
    try:
        return elaborate_line(Line((value,)), notation).parts[0].shape != (None, None)
    except LineError:
        return False


def _has_words(name: Name, notation: Notation, own: Collection[str]) -> bool:
    """Whether a letter of the reader's has a value for each word already."""
    quantity = notation.quantities.get(name.name)
    return name.name in own and quantity is not None and quantity.sorts[:1] == (VOC,)


def _is_size(name: Name, notation: Notation) -> bool:
    quantity = notation.quantities.get(name.name)
    return quantity is not None and quantity.kind == "size"


def _at_any_word(found: "_Meaning", called: str, notation: Notation) -> Quantity | None:
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
        if isinstance(index, IndexApply) and index.arguments == (IndexName(formal),):
            if index.function in notation.index_functions:
                changed = put(changed, place.path, IndexName(formal))
    assert isinstance(changed, Expr)
    return changed


def _letter(tree: Expr, notation: Notation) -> Expr:
    """`L` for `L(x)`, where the arguments are quantities and no words."""
    if not isinstance(tree, Call) or tree.given or notation.call(tree.name):
        return tree
    plain = all(isinstance(a, Name) and notation.quantity(a.name) for a in tree.arguments)
    return Name(tree.name, span=tree.span) if plain else tree


def known_as(name: str, notation: Notation) -> Quantity | None:
    """What a name stands for; a subscript in words makes another letter, but for a loss."""
    found = notation.quantity(name)
    loss = found is not None and found.name == "J" and not name.endswith("_term")
    return found if loss and "_at" not in name else notation.quantities.get(name)


def _is_taken(name: Name, notation: Notation, own: Collection[str]) -> bool:
    """Whether the letter has a meaning that a line cannot change."""
    if known_as(name.name, notation) is None or may_be_indexed(name, notation):
        return False
    if is_loss(name.name, notation):
        return True
    at_words = (key for key in notation.quantities if key.startswith(f"{name.name}_at"))
    implied = name.name not in own and any(at_words)  # z for all words, as z_o has shown
    spare = name.name in (*UNITS, *SPARE) and name.name not in own
    one = bool(fixed_name(name, notation)) and name.name in own
    return not spare and not implied and not (one and not _has_words(name, notation, own))


@dataclass(frozen=True)
class _Meaning:
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


def _meaning(
    name: Name, subscripts: Collection[object], value: Expr, notation: Notation
) -> _Meaning | None:
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
    sorts = tuple(meaning.free_indices.get(formal) for formal in formals)
    found = tuple(sort for sort in sorts if sort is not None)
    if len(found) != len(sorts):
        return None
    named = book_name(value, formals, sorts, shape, notation)
    return _Meaning(name.name, formals, found, shape, named or value, value)


def _fresh(count: int, body: Expr) -> tuple[str, ...]:
    """Letters for indices that the body does not have."""
    used = {p.node.name for p in places(body) if isinstance(p.node, IndexName)}
    return tuple(letter for letter in ("a", "b", "q", "r") if letter not in used)[:count]
