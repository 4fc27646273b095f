"""A reader's line as the checker takes it: letters brought home, segments, left-hand sides."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from wordgrad.checker.capitals import with_small_words
from wordgrad.checker.differentials import refuse_differentials, with_differentials
from wordgrad.checker.elementwise import with_ones
from wordgrad.checker.fixed import is_word_name, loss_to_define, with_fixed_letters
from wordgrad.checker.letters import (
    may_be_indexed,
    with_known_letters,
)
from wordgrad.checker.listing import written_out
from wordgrad.checker.marks import with_plain_derivatives, without_braces
from wordgrad.checker.negatives import with_positions
from wordgrad.checker.one_number import argument_letter, with_argument, with_functions
from wordgrad.checker.pairs import with_whole_windows
from wordgrad.checker.sets import with_sets
from wordgrad.checker.trees import bare, places
from wordgrad.latex.parser import parse_line
from wordgrad.latex.syntax import (
    Apply,
    Big,
    Call,
    Component,
    Derivative,
    Expr,
    Line,
    Name,
    Neg,
    Node,
)
from wordgrad.meaning.notation import Notation

MAY_BE_DEFINED = ("z", "p", "h")  # on the left-hand side these begin a definition
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
        first = bare(self.parts[0])
        return first if _is_quantity(first) else None


def parsed(text: str) -> Line:
    """The tree of a line, with marks as the parser knows them."""
    return parse_line(with_plain_derivatives(without_braces(text)))


def read_line(
    text: str,
    notation: Notation,
    said: Mapping[str, int] | None = None,
    varying: Sequence[Name] | None = None,
) -> tuple[tuple[Segment, ...], tuple[str, ...]]:
    """The segments of a line, and remarks on how letters were read.

    Parameters
    ----------
    text : str
    notation : Notation
    said : mapping of size to int, optional
        Sizes that the reader has given a number.
    varying : sequence of Name, optional
        Read differentials; this is what varies if the line does not say.

    Raises
    ------
    NotUnderstood
        If the line cannot be parsed.
    """
    remarks: list[str] = []
    line = _with_own_letters(parsed(text), notation, remarks)
    skipped = _defined(line, notation)
    parts = tuple(with_argument(part, notation, remarks) for part in line.parts)
    argument = argument_letter(parts, notation)
    known = (with_known_letters(p, notation, remarks, skipped, argument) for p in parts)
    changes = Line(tuple(known))
    if varying is not None:
        changes = with_differentials(changes, notation, varying)
    for part in changes.parts:
        refuse_differentials(part, notation)
    plain = (with_functions(part, notation, text) for part in changes.parts)
    listed = (written_out(part, notation, text) for part in plain)
    whole = (with_whole_windows(part, text) for part in listed)
    placed = (with_positions(part, notation) for part in whole)
    known_sets = (with_sets(part, {}, notation, said or {}) for part in placed)
    parts = tuple(with_ones(_expr(part), notation, remarks) for part in known_sets)
    return _segments(line, parts), tuple(dict.fromkeys(remarks))


def _expr(node: Node) -> Expr:
    assert isinstance(node, Expr)
    return node


def _with_own_letters(line: Line, notation: Notation, remarks: list[str]) -> Line:
    """The line with `a_o` and `J_k` as letters of their own, as far as they have a meaning."""
    small = with_small_words(line, notation, remarks)
    assert isinstance(small, Line)
    line = small
    changed = with_fixed_letters(line, notation)
    assert isinstance(changed, Line)
    first, *rest = changed.parts
    if rest and not line.leading:
        written = line.parts[0]
        anew = isinstance(first, Name) and is_word_name(first.name)
        first = loss_to_define(written if anew else first, notation)
    return replace(changed, parts=(first, *rest))


def _defined(line: Line, notation: Notation) -> str:
    """The letter that stands alone on the left, if such a letter may be given a meaning there."""
    first = line.parts[0]
    if not isinstance(first, Name) or len(line.parts) == 1 or line.leading:
        return ""
    return first.name if first.name in MAY_BE_DEFINED or may_be_indexed(first, notation) else ""


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
        return _is_quantity(bare(tree.operand))
    if isinstance(tree, Name | Call | Derivative | Apply | Component | Big):
        return True
    return any(isinstance(place.node, Derivative) for place in places(tree))
