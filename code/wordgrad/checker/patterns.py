"""What the entries of a list with dots have in common.

Entries are taken as one pattern only if the first, the last and every other one that is written
fit it.
"""

from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass

from wordgrad.checker.trees import index_names, places, put
from wordgrad.latex.syntax import Expr, Index, IndexName, IndexNumber, IndexShift, Name, Node, Range

DOTS = Name("dots")
_LETTERS = ("i", "j", "k", "l", "r", "q", "w", "i'", "j'")


@dataclass(frozen=True)
class Pattern:
    """What the entries have in common: the body with a letter for the index that runs."""

    body: Expr
    name: str
    upper: str
    lower: str = "1"

    @property
    def range(self) -> Range:
        """Where the letter runs."""
        excluded = (IndexNumber(0),) if self.lower == "-m" else ()
        return Range(self.name, self.lower, self.upper, excluded)

    def at(self, index: Index) -> Expr:
        """The entry of one index."""
        result: Node = self.body
        for place in places(self.body):
            if place.node == IndexName(self.name):
                result = put(result, place.path, index)
        assert isinstance(result, Expr)
        return result


def window_pattern(entries: Sequence[Expr], taken: Container[str]) -> Pattern | None:
    """The pattern of `a_{c-m} + ... + a_{c-1} + a_{c+1} + ... + a_{c+m}`, if it is one."""
    if len(entries) != 6 or entries[1] != DOTS or entries[4] != DOTS:
        return None
    name = next((letter for letter in ("j", "i", "l") if letter not in taken), "")
    offsets = (
        (IndexName("m"), -1),
        (IndexNumber(1), -1),
        (IndexNumber(1), 1),
        (IndexName("m"), 1),
    )
    bodies = []
    for at, (offset, sign) in zip((0, 2, 3, 5), offsets, strict=True):
        body: Node = entries[at]
        for place in places(entries[at]):
            shift = place.node
            if isinstance(shift, IndexShift) and (shift.offset, shift.sign) == (offset, sign):
                body = put(body, place.path, IndexShift(shift.anchor, IndexName(name)))
        bodies.append(body)
    first = bodies[0]
    if not name or any(body != first for body in bodies) or first == entries[0]:
        return None
    assert isinstance(first, Expr)
    return Pattern(first, name, "m", "-m")


def listed_pattern(
    entries: Sequence[Expr], taken: Container[str], sizes: Container[str]
) -> tuple[Pattern, list[tuple[Index, Expr]]] | None:
    """The pattern of a list, with the entries of single words that do not fit it."""
    dots = [at for at, entry in enumerate(entries) if entry == DOTS]
    if not dots or dots[0] == 0 or dots[-1] != len(entries) - 2:
        return None
    pattern = _pattern([*entries[: dots[0]], entries[-1]], taken, sizes)
    if pattern is None:
        return None
    special: list[tuple[Index, Expr]] = []
    for at in range(dots[0] + 1, len(entries) - 1):
        if entries[at] == DOTS:
            continue
        index = _word_of(entries[at], pattern)
        if index is None or entries[at - 1] != DOTS or entries[at + 1] != DOTS:
            return None
        special.append((index, entries[at]))
    return (pattern, special) if len({str(i) for i, _ in special}) == len(special) else None


def _word_of(entry: Expr, pattern: Pattern) -> Index | None:
    """The one word that an entry in the middle speaks of and the pattern does not."""
    common = {*index_names(pattern.body)}
    own = [name for name in dict.fromkeys(index_names(entry)) if name not in common]
    return IndexName(own[0]) if len(own) == 1 else None


def _pattern(
    entries: Sequence[Expr], taken: Container[str], sizes: Container[str]
) -> Pattern | None:
    """What the entries 1, 2, ... and the last one have in common."""
    name = next((letter for letter in _LETTERS if letter not in taken), None)
    *begin, last = entries
    if name is None or not begin:
        return None
    for index, uppers in _differences(begin[0], last, sizes):
        if len(uppers) != 1:
            continue
        (upper,) = uppers
        pattern = Pattern(_with(begin[0], index, name), name, upper)
        made = [pattern.at(IndexNumber(n)) for n in range(1, len(begin) + 1)]
        if made == list(begin) and pattern.at(IndexName(upper)) == last:
            return pattern
    return None


def _differences(
    first: Expr, last: Expr, sizes: Container[str]
) -> Iterator[tuple[list[tuple[object, ...]], set[str]]]:
    """Where 1 stands in the first entry and a size in the last one."""
    ones, others = list(places(first)), list(places(last))
    if [place.path for place in ones] != [place.path for place in others]:
        return
    found = [
        (a.path, b.node.name)
        for a, b in zip(ones, others, strict=True)
        if a.node == IndexNumber(1) and isinstance(b.node, IndexName) and b.node.name in sizes
    ]
    if found:
        yield [path for path, _ in found], {upper for _, upper in found}


def _with(tree: Expr, paths: Sequence[tuple[object, ...]], name: str) -> Expr:
    result: Node = tree
    for path in paths:
        result = put(result, path, IndexName(name))  # type: ignore[arg-type]
    assert isinstance(result, Expr)
    return result
