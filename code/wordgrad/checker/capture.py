"""Indices that are caught by a sum: one letter, bound in one place, meant to be free in another."""

from collections.abc import Collection, Iterator
from itertools import combinations

from wordgrad.checker.edits import Edit
from wordgrad.checker.trees import Path, index_names, places, put
from wordgrad.latex.syntax import Big, Expr, IndexName, Name, Node, Range

FREE_AND_BOUND = "index both free and bound"
_MOST_PLACES = 6
_NEW = "k'"


def captured(tree: Expr, wanted: Collection[str]) -> Iterator[Edit]:
    """A sum over an index that the left-hand side speaks of: give the sum a letter of its own.

    Parameters
    ----------
    tree : Expr
        The line.
    wanted : collection of str
        Index names of the quantity it should equal.

    Yields
    ------
    Edit
        For every choice of the places that belong to the sum.
    """
    for place in places(tree):
        node = place.node
        if not isinstance(node, Big) or len(node.ranges) != 1 or node.ranges[0].name not in wanted:
            continue
        found = _places_of(node.ranges[0].name, node.body)
        if len(found) > _MOST_PLACES:
            continue
        for count in range(1, len(found) + 1):
            for chosen in combinations(found, count):
                new = _renamed(node, chosen)
                changed = put(tree, place.path, new)
                assert isinstance(changed, Expr)
                yield Edit(FREE_AND_BOUND, changed, node, new)


def _places_of(name: str, body: Expr) -> list[Path]:
    return [p.path for p in places(body) if p.node == IndexName(name) and name not in p.bound]


def _renamed(node: Big, chosen: tuple[Path, ...]) -> Big:
    body: Node = node.body
    for path in chosen:
        body = put(body, path, IndexName(_NEW))
    assert isinstance(body, Expr)
    old = node.ranges[0]
    return Big(node.operator, (Range(_NEW, old.lower, old.upper, old.excluded),), body)


def both_free_and_bound(before: Node, line: Expr, wanted: Expr) -> bool:
    """Is the index that was wrong one that a sum of the same line binds, and nobody else has?"""
    index = before.subscripts[0] if isinstance(before, Name) and before.subscripts else before
    if not isinstance(index, IndexName) or index.name in index_names(wanted):
        return False
    bound = {r.name for p in places(line) if isinstance(p.node, Big) for r in p.node.ranges}
    free = any(p.node == index and index.name not in p.bound for p in places(line))
    return free and index.name in bound
