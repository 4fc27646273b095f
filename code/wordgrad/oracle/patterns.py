"""Patterns of coinciding indices: which of the words a line speaks of are one and the same.

A line may hold for different words and fail where two of them coincide, or the other way round;
so the oracle tries every way of identifying them that the assumptions allow.
"""

from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass
from itertools import islice

import numpy as np

Pattern = tuple[int, ...]  # for each slot the number of its block, first come first numbered
Pair = tuple[int, int]  # two slots, by position

ENUMERATED = 120  # beyond this many patterns, a selection is drawn


@dataclass(frozen=True)
class Constraints:
    """What the assumptions say about slots that take values of one sort.

    Parameters
    ----------
    slots : int
        How many there are.
    values : int
        How many values each may take.
    equal, distinct : set of pairs of slots
    """

    slots: int
    values: int
    equal: Set[Pair] = frozenset()
    distinct: Set[Pair] = frozenset()

    def allows(self, pattern: Sequence[int], slot: int, block: int) -> bool:
        """May the slot join the block, given the pattern of the slots before it?"""
        for earlier, other in enumerate(pattern[:slot]):
            same = other == block
            if (earlier, slot) in self.distinct and same:
                return False
            if (earlier, slot) in self.equal and not same:
                return False
        return block < self.values


def patterns(constraints: Constraints, limit: int, rng: np.random.Generator) -> list[Pattern]:
    """Patterns of coincidence, those with the fewest coincidences first.

    Parameters
    ----------
    constraints : Constraints
    limit : int
        At most so many; if there are more, each pair still coincides in one of them, if it may.
    rng : numpy.random.Generator

    Returns
    -------
    list of tuple of int
        Empty if the constraints leave no room.

    Examples
    --------
    >>> patterns(Constraints(2, 3), 10, np.random.default_rng(0))
    [(0, 1), (0, 0)]
    >>> patterns(Constraints(2, 3, distinct={(0, 1)}), 10, np.random.default_rng(0))
    [(0, 1)]
    """
    found = list(islice(_all(constraints, ()), ENUMERATED + 1))
    if len(found) > ENUMERATED:
        found = _drawn(constraints, limit, rng)
    found.sort(key=lambda pattern: len(_coinciding(pattern)))
    return _selected(found, limit)


def _all(constraints: Constraints, start: Pattern) -> Iterator[Pattern]:
    slot = len(start)
    if slot == constraints.slots:
        yield start
        return
    for block in reversed(range(max(start, default=-1) + 2)):
        if constraints.allows(start, slot, block):
            yield from _all(constraints, (*start, block))


def _drawn(constraints: Constraints, limit: int, rng: np.random.Generator) -> list[Pattern]:
    """One pattern for each pair that may coincide, and random ones."""
    found: dict[Pattern, None] = {}
    slots = constraints.slots
    pairs = [(i, j) for j in range(slots) for i in range(j) if (i, j) not in constraints.distinct]
    for pair in (*pairs, *[None] * limit):
        equal = constraints.equal if pair is None else {*constraints.equal, pair}
        narrowed = Constraints(slots, constraints.values, equal, constraints.distinct)
        pattern = _one(narrowed, (), 0.0 if pair else rng.random(), rng)
        if pattern is not None:
            found[pattern] = None
    return list(found)


def _one(
    constraints: Constraints, start: Pattern, mixing: float, rng: np.random.Generator
) -> Pattern | None:
    """The first pattern found; a slot prefers a block of its own except with chance `mixing`."""
    slot = len(start)
    if slot == constraints.slots:
        return start
    top = max(start, default=-1) + 1
    joined = list(rng.permutation(top)) if top else []
    order = [*joined, top] if rng.random() < mixing else [top, *joined]
    for block in order:
        if constraints.allows(start, slot, int(block)):
            pattern = _one(constraints, (*start, int(block)), mixing, rng)
            if pattern is not None:
                return pattern
    return None


def _selected(found: list[Pattern], limit: int) -> list[Pattern]:
    """At most `limit` patterns: few that cover all pairs, and others evenly spaced."""
    if len(found) <= limit:
        return found
    kept, covered = {found[0]}, set[Pair]()
    for pattern in reversed(found):
        pairs = _coinciding(pattern)
        if len(kept) < limit and not pairs <= covered:
            kept.add(pattern)
            covered |= pairs
    rest = [pattern for pattern in found if pattern not in kept]
    places = np.linspace(0, len(rest) - 1, limit - len(kept)).astype(int)
    kept |= {rest[place] for place in places}
    return [pattern for pattern in found if pattern in kept]


def _coinciding(pattern: Pattern) -> set[Pair]:
    """The pairs of slots in one block."""
    slots = range(len(pattern))
    return {(i, j) for j in slots for i in range(j) if pattern[i] == pattern[j]}
