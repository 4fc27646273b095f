"""Places in a syntax tree: walking over them and putting something else there."""

from collections.abc import Iterator
from dataclasses import dataclass, fields, replace
from typing import Any

from wordgrad.latex.syntax import Big, Expr, Group, IndexName, Node

Step = tuple[str, int | None]  # field name, position if the field is a tuple
Path = tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class Place:
    """A node, where it stands, and the index names bound around it."""

    path: Path
    node: Node
    bound: tuple[str, ...]


def places(tree: Node, path: Path = (), bound: tuple[str, ...] = ()) -> Iterator[Place]:
    """Every node of the tree, from the root down."""
    yield Place(path, tree, bound)
    inner = (*bound, *(r.name for r in tree.ranges)) if isinstance(tree, Big) else bound
    for step, child in _children(tree):
        yield from places(child, (*path, step), inner)


def _children(tree: Node) -> Iterator[tuple[Step, Node]]:
    for part in fields(tree):
        value = getattr(tree, part.name)
        if isinstance(value, Node):
            yield (part.name, None), value
        elif isinstance(value, tuple):
            for position, item in enumerate(value):
                if isinstance(item, Node):
                    yield (part.name, position), item


def index_names(tree: Node) -> list[str]:
    """Names of the free indices, in the order in which they are written, repeated if they are."""
    return [
        place.node.name
        for place in places(tree)
        if isinstance(place.node, IndexName) and place.node.name not in place.bound
    ]


def bare(tree: Expr) -> Expr:
    """The tree without brackets around all of it."""
    while isinstance(tree, Group):
        tree = tree.operand
    return tree


def at(tree: Node, path: Path) -> Node:
    """The node at the path."""
    found: Any = tree
    for name, position in path:
        value = getattr(found, name)
        found = value if position is None else value[position]
    assert isinstance(found, Node)
    return found


def put(tree: Node, path: Path, new: Node) -> Node:
    """The tree with `new` at the path."""
    if not path:
        return new
    (name, position), *rest = path
    value = getattr(tree, name)
    changed: Any = put(value if position is None else value[position], tuple(rest), new)
    if position is not None:
        changed = (*value[:position], changed, *value[position + 1 :])
    fields_changed: dict[str, Any] = {name: changed}
    return replace(tree, **fields_changed)
