"""Other readings of a line, for when the plain one does not make it right.

Each is what people write and mean: a set under a name of their own, the class k of `p_i -
\\delta_{ik}`, a negative sample that no other equals.  One that makes the line right is taken and
said in a remark; none makes a line wrong.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import partial

from wordgrad.checker.conditions import DISTINCT_NEGATIVES, NO_NEGATIVE_IS_O
from wordgrad.checker.context import Context
from wordgrad.checker.fixed import is_loss
from wordgrad.checker.reading import Segment
from wordgrad.checker.sets import set_readings, unknown_sets, with_sets
from wordgrad.checker.trees import index_names, places
from wordgrad.latex.syntax import (
    Big,
    Derivative,
    Expr,
    Index,
    IndexApply,
    IndexName,
    IndexNumber,
    Name,
    Node,
    Relation,
)
from wordgrad.meaning.contexts import scores

Segments = tuple[Segment, ...]
Conditions = tuple[Relation, ...]
_STRICT = ("neg_uk", "neg_uk_repeated", "neg_uw", "neg_U")  # each has assumptions of its own


@dataclass(frozen=True)
class Option:
    """A way to read a line.

    Parameters
    ----------
    segments, conditions
        What is claimed, and under which conditions.
    remark : str
        What was taken for granted.
    accept : callable
        What the context learns if the line is right in this way.
    sizes : mapping of size to int
        Sizes that the line fixes.
    """

    segments: Segments
    conditions: Conditions
    remark: str
    accept: Callable[[Context], None] = lambda context: None
    sizes: Mapping[str, int] = field(default_factory=dict)


def with_sets_read(segments: Segments, conditions: Conditions, context: Context) -> list[Option]:
    """The readings of sets that have no meaning here; empty if there are none."""
    notation = context.comparer.notation
    names = unknown_sets(tuple(part for s in segments for part in s.parts), notation)
    if not names:
        return []
    found = []
    for meant, said in set_readings(names, notation):
        change = partial(with_sets, meant=meant, notation=notation, said={})
        found.append(Option(_changed(segments, change), conditions, said))
    return found


def other_options(segments: Segments, conditions: Conditions, context: Context) -> Iterator[Option]:
    """What else the line may mean."""
    yield from _with_class(segments, conditions, context)
    strict = context.repeats or context.comparer.target.id in _STRICT
    count = _negatives_listed(segments[0], context)
    if count and "K" not in context.said:
        yield Option(segments, conditions, f"read for K = {count}", sizes={"K": count})
    by = () if strict else _words_of_vectors(segments[0], context)
    if any(_is_negative(word, context) for word in by):
        apart = (*conditions, NO_NEGATIVE_IS_O, DISTINCT_NEGATIVES)
        yield Option(segments, apart, "the negatives are taken to differ")
    elif by:
        yield Option(segments, (*conditions, NO_NEGATIVE_IS_O), "no negative is the word itself")


def _negatives_listed(segment: Segment, context: Context) -> int:
    """K in a loss that lists its negatives, n_1, ..., n_K, and sums over none; else 0."""
    subject, functions = segment.subject, context.comparer.notation.index_functions
    if not isinstance(subject, Name) or subject.subscripts or "n" not in functions:
        return 0
    if not is_loss(subject.name, context.comparer.notation):
        return 0
    nodes = [p.node for part in segment.parts for p in places(part)]
    looked_up = [n for n in nodes if isinstance(n, IndexApply) and n.function in functions]
    numbers = {i.value for n in looked_up for i in n.arguments if isinstance(i, IndexNumber)}
    if any(isinstance(node, Big) for node in nodes) or len(numbers) != len(set(looked_up)):
        return 0
    return len(numbers) if numbers == set(range(1, len(numbers) + 1)) else 0


def _with_class(segments: Segments, conditions: Conditions, context: Context) -> Iterator[Option]:
    """With the letter of the target word, o in the book, that a reader has chosen: `p_k`."""
    if context.comparer.notation.name != scores().name or len(segments) > 1:
        return
    (segment,) = segments
    subject = segment.subject or (context.subject.tree if context.subject else None)
    about = set(index_names(subject)) if subject is not None else set()
    free = {name for part in segment.parts for name in index_names(part)}
    free |= {i.name for c in conditions for i in (c.left, c.right) if isinstance(i, IndexName)}
    letters = (free - about) | (free & {context.class_letter})
    if any(_has_target(part) for part in segment.parts):
        return  # y says itself which class it is
    if "o" in free or (not about and subject is None):
        return
    for letter in sorted(letters):
        others = (free - about) - {letter, context.class_letter}
        if others:
            continue
        renamed = _changed(segments, partial(_renamed, letter=letter, bound=()))
        under = tuple(_relation(relation, letter) for relation in conditions)
        remark = f"the class {letter} is read as o"
        yield Option(renamed, under, remark, partial(_is_the_class, letter=letter))


def _is_the_class(context: Context, letter: str) -> None:
    context.class_letter = letter


def _has_target(part: Expr) -> bool:
    return any(isinstance(p.node, Name) and p.node.name == "y" for p in places(part))


def _relation(relation: Relation, letter: str) -> Relation:
    changed = _renamed(relation, letter, ())
    assert isinstance(changed, Relation)
    return changed


def _renamed(node: Node, letter: str, bound: tuple[str, ...]) -> Node:
    """With o in place of a letter, where no sum binds it."""
    if isinstance(node, IndexName):
        return replace(node, name="o") if node.name == letter and letter not in bound else node
    inner = (*bound, *(r.name for r in getattr(node, "ranges", ())))
    return node.with_children(lambda child: _renamed(child, letter, inner))


def _changed(segments: Segments, change: Callable[[Node], Node]) -> Segments:
    def part(tree: Expr) -> Expr:
        new = change(tree)
        assert isinstance(new, Expr)
        return new

    return tuple(replace(s, parts=tuple(map(part, s.parts))) for s in segments)


def _words_of_vectors(segment: Segment, context: Context) -> tuple[Index, ...]:
    """Words by whose outside vectors the quantity is a derivative: negatives, or the one word."""
    notation = context.comparer.notation
    subject = segment.subject or (context.subject.tree if context.subject else None)
    if subject is None or "n" not in notation.index_functions:
        return ()
    found = (p.node for p in places(subject) if isinstance(p.node, Derivative))
    by = [v for node in found for v in node.variables if isinstance(v, Name) and v.name == "u"]
    words = tuple(v.subscripts[0] for v in by if v.subscripts)
    one = IndexName("c" if notation.quantity("vhat") else "o")
    return tuple(word for word in words if word == one or _is_negative(word, context))


def _is_negative(index: Index, context: Context) -> bool:
    notation = context.comparer.notation
    if isinstance(index, IndexName):
        return index.name.rstrip("'") in notation.usual
    return isinstance(index, IndexApply) and index.function in notation.index_functions
