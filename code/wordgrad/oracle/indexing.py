"""Values of indices at many points: free ones, bound ones, words looked up, positions."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from wordgrad.calculus.sorts import WIN, Sort
from wordgrad.latex import syntax
from wordgrad.meaning.notation import Call, Notation
from wordgrad.oracle.ranges import length
from wordgrad.oracle.reading import free_name, is_center
from wordgrad.oracle.values import EvaluationError
from wordgrad.oracle.world import World, table_position

Array = NDArray[Any]


@dataclass(frozen=True, slots=True, eq=False)
class IndexValue:
    """Integers of shape (..., points), as counted in the notation; a literal has no sort."""

    values: Array
    sort: Sort | None = None


Scope = Mapping[str, IndexValue]


class Indices:
    """Reads indices of a notation in a world."""

    def __init__(self, notation: Notation, world: World) -> None:
        self.notation = notation
        self.world = world
        self._free = {
            name: IndexValue(world.indices[name], sort) for name, sort in world.sorts.items()
        }

    def value(self, index: syntax.Node, scope: Scope) -> IndexValue:
        """What an index is, at every point.

        Raises
        ------
        EvaluationError
            If a name is unknown or a position lies outside of the window.
        """
        match index:
            case syntax.IndexName(name=name):
                return scope[name] if name in scope else self._named(name)
            case syntax.IndexNumber(value=value):
                return IndexValue(np.array([value]))
            case syntax.IndexShift(anchor=anchor, offset=offset, sign=sign):
                if anchor not in self.notation.anchors:
                    centers = ", ".join(self.notation.anchors)
                    raise EvaluationError(f"{anchor} is no center position; write {centers}")
                return IndexValue(sign * self.value(offset, scope).values, WIN)
            case syntax.IndexApply():
                return self._applied(index, scope)
        raise EvaluationError(f"{index} is not an index")

    def _named(self, name: str) -> IndexValue:
        name = free_name(self.notation, name)
        if name not in self._free:
            raise EvaluationError(f"the index {name} is not known here")
        return self._free[name]

    def _applied(self, index: syntax.IndexApply, scope: Scope) -> IndexValue:
        first = index.arguments[0]
        if is_center(index, self.notation) and getattr(first, "name", "") not in scope:
            return self._named(self.notation.anchors[0])
        function = self.notation.index_functions.get(index.function)
        if function is None or len(function.arguments) != len(index.arguments):
            known = ", ".join(sorted(self.notation.index_functions)) or "none"
            raise EvaluationError(
                f"{index.function} with {len(index.arguments)} subscripts looks up no word here; "
                f"what does: {known}"
            )
        pairs = zip(index.arguments, function.arguments, strict=True)
        arguments = [self.wanted(argument, sort, scope) for argument, sort in pairs]
        return self._look_up(function.name, function.arguments, function.result, arguments)

    def _look_up(
        self, name: str, sorts: tuple[Sort, ...], result: Sort, arguments: list[Array]
    ) -> IndexValue:
        table = self.world.tables[name]
        positions = []
        for axis, (sort, argument) in enumerate(zip(sorts, arguments, strict=True), start=1):
            position = table_position(sort, argument, self.world.sizes)
            if outside(position, table.shape[axis]):
                raise EvaluationError(
                    f"{name} has no {sort.noun} {argument.min()}..{argument.max()}"
                )
            positions.append(position)
        return IndexValue(table[(np.arange(len(table)), *positions)], result)

    def coerce(self, index: IndexValue, wanted: Sort) -> Array:
        """The values of an index where one of a certain sort is wanted: u_k is u_{n_k}.

        Raises
        ------
        EvaluationError
            If it is of another sort and cannot be looked up.
        """
        if index.sort in (wanted, None):
            return index.values
        name = self.notation.looked_up.get(index.sort) if index.sort else None
        function = self.notation.index_functions.get(name) if name else None
        if function is None or function.result != wanted or function.arguments != (index.sort,):
            noun = index.sort.noun if index.sort else "number"
            raise EvaluationError(f"a {wanted.noun} is wanted here, not a {noun}")
        return self._look_up(function.name, function.arguments, wanted, [index.values]).values

    def wanted(self, index: syntax.Node, sort: Sort, scope: Scope) -> Array:
        """The values of an index as values of the given sort."""
        return self.coerce(self.value(index, scope), sort)

    def positions(self, index: syntax.Node, sort: Sort, scope: Scope) -> Array:
        """Where along an axis over this sort an index points, counted from 0.

        Raises
        ------
        EvaluationError
            If it points outside.
        """
        values = self.wanted(index, sort, scope)
        if sort == WIN:
            places = table_position(WIN, values, self.world.sizes) - (values > 0)
            center = bool((values == 0).any())
        else:
            places, center = values - 1, False
        if center or outside(places, length(sort, self.world.sizes)):
            raise EvaluationError(f"there is no {sort.noun} {values.min()}..{values.max()}")
        result: Array = places
        return result

    def same(self, left: syntax.Node, right: syntax.Node, scope: Scope) -> Array:
        """Are two indices equal?  Booleans of shape (..., points)."""
        a, b = self.value(left, scope), self.value(right, scope)
        if a.sort == b.sort or a.sort is None or b.sort is None:
            result: Array = a.values == b.values
        elif self._readable(a.sort, b.sort):
            result = self.coerce(a, b.sort) == b.values
        else:
            result = a.values == self.coerce(b, a.sort)
        return result

    def _readable(self, sort: Sort, wanted: Sort) -> bool:
        name = self.notation.looked_up.get(sort)
        return name is not None and self.notation.index_functions[name].result == wanted


def outside(positions: Array, count: int) -> bool:
    """Does any position, counted from 0, lie beyond an axis of this length?"""
    return bool(positions.size) and bool(positions.min() < 0 or positions.max() >= count)


def parameter(call: Call, arguments: tuple[syntax.Node, ...], scope: Scope) -> syntax.Index:
    """The one argument of a call that is not fixed; for a window, the position in it.

    Raises
    ------
    EvaluationError
        If there is not exactly one.
    """
    open_ones = [a for a in arguments if not _is_fixed(call, a, scope)] or list(arguments[:1])
    chosen = arguments[:1] if len(arguments) == 1 else tuple(open_ones)
    if len(chosen) != 1:
        fixed = ", ".join(call.fixed)
        raise EvaluationError(
            f"{call.name} takes one {call.sort.noun}; its other arguments are among {fixed}"
        )
    index = as_index(chosen[0])
    if call.sort == WIN and isinstance(index, syntax.IndexApply) and len(index.arguments) == 1:
        return index.arguments[0]
    return index


def as_index(node: syntax.Node) -> syntax.Index:
    """An argument as an index, also if it was read as a quantity."""
    match node:
        case syntax.Index():
            return node
        case syntax.Name(name=name, subscripts=()):
            return syntax.IndexName(name)
        case syntax.Name(name=name, subscripts=subscripts):
            return syntax.IndexApply(name, subscripts)
    raise EvaluationError(f"{node} does not select anything; an index is wanted")


def _is_fixed(call: Call, node: syntax.Node, scope: Scope) -> bool:
    names = {part.name for part in (node, *node.children()) if isinstance(part, syntax.IndexName)}
    return _plain(node) in call.fixed and not names & set(scope)


def _plain(node: syntax.Node) -> str:
    """An argument as the symbol table writes it: `v_c`, `U`, `w_t`."""
    match node:
        case syntax.IndexName(name=name) | syntax.Name(name=name, subscripts=()):
            return name
        case syntax.Name(name=name, subscripts=(index,)):
            return f"{name}_{_plain(index)}"
        case syntax.IndexApply(function=name, arguments=(index,)):
            return f"{name}_{_plain(index)}"
    return repr(node)
