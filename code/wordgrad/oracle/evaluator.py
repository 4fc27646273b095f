"""What an evaluation keeps track of: arrays, bound indices, perturbed variables.

Every bound index and every perturbation has a front axis of its own; `depth` counts them.  What was
computed with fewer axes broadcasts against what is computed with more.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from functools import lru_cache
from typing import Any, TypeVar

import numpy as np

from wordgrad.calculus.limits import check_time
from wordgrad.calculus.sorts import Sort
from wordgrad.latex import syntax
from wordgrad.latex.parser import parse_expression
from wordgrad.meaning.notation import Notation, Quantity
from wordgrad.oracle.arithmetic import DOUBLES, Arithmetic
from wordgrad.oracle.indexing import IndexValue, Indices, Scope
from wordgrad.oracle.ranges import all_values, length
from wordgrad.oracle.reading import selected
from wordgrad.oracle.values import (
    SCALAR,
    Array,
    EvaluationError,
    Shape,
    Value,
    pick,
    require_scalar,
    shape_name,
)
from wordgrad.oracle.world import World

T = TypeVar("T")
Rule = Callable[["Evaluator", Any, Scope], Value]
RULES: dict[type[syntax.Node], Rule] = {}

definition_tree = lru_cache(maxsize=1024)(parse_expression)


def evaluates(*kinds: type[syntax.Node]) -> Callable[[Rule], Rule]:
    """Register a function as the rule for some kinds of nodes."""

    def register(rule: Rule) -> Rule:
        RULES.update(dict.fromkeys(kinds, rule))
        return rule

    return register


class Evaluator:
    """Evaluates expressions in one world; remembers defined quantities between them.

    Parameters
    ----------
    notation : Notation
    world : World
    numbers : Arithmetic
    """

    def __init__(self, notation: Notation, world: World, numbers: Arithmetic = DOUBLES) -> None:
        self.notation = notation
        self.world = world
        self.numbers = numbers
        self.indices = Indices(notation, world)
        self.depth = 0
        self.arrays = {name: numbers.convert(array) for name, array in world.arrays.items()}
        self._defined: dict[str, Array] = {}
        self._base_depth = 0  # front axes that definitions may depend on
        self._pending: list[str] = []
        self._notes: dict[tuple[str, int], tuple[syntax.Node, Any]] = {}

    def value(self, expression: syntax.Expr) -> Value:
        """The value at every point; the array has shape (points, rows, columns)."""
        with np.errstate(all="ignore"):
            value = self.evaluate(expression, {})
        shape = (self.world.points, *value.array.shape[-2:])
        return replace(value, array=np.broadcast_to(value.array, shape))

    def evaluate(self, node: syntax.Expr, scope: Scope) -> Value:
        """The value of a node, with the front axes that it depends on."""
        check_time()
        rule = RULES.get(type(node))
        if rule is None:
            raise EvaluationError(f"{type(node).__name__} has no numerical value")
        return rule(self, node, scope)

    def noted(self, fact: str, node: syntax.Node, compute: Callable[[], T]) -> T:
        """A fact about a node, found once; the node is kept, so that its id stays its own."""
        key = fact, id(node)
        if key not in self._notes:
            self._notes[key] = (node, compute())
        found: T = self._notes[key][1]
        return found

    # ------------------------------------------------------------------------- front axes
    def bind(self, values: Sequence[int], sort: Sort) -> IndexValue:
        """A bound index with a new front axis."""
        self.depth += 1
        return IndexValue(np.array(values, dtype=np.int64).reshape(-1, *(1,) * self.depth), sort)

    @contextmanager
    def inner(self) -> Iterator[None]:
        """Axes that are made within the block end with it."""
        depth = self.depth
        try:
            yield
        finally:
            self.depth = depth

    def padded(self, array: Array) -> Array:
        """The array with all front axes in use, of length 1 where it does not depend on them."""
        return array.reshape((1,) * (self.depth + 3 - array.ndim) + array.shape)

    @contextmanager
    def perturbed(self, name: str, array: Array) -> Iterator[None]:
        """Within the block the quantity has these numbers, with a new front axis."""
        outside = self.arrays, self._defined, self._base_depth
        with self.inner():
            self.depth += 1
            self.arrays, self._defined = {**self.arrays, name: array}, {}
            self._base_depth = self.depth
            try:
                yield
            finally:
                self.arrays, self._defined, self._base_depth = outside

    # ------------------------------------------------------------------------- quantities
    def quantity(self, node: syntax.Name) -> Quantity:
        """The quantity of a name, with a number of subscripts that it takes."""
        quantity = self.notation.quantity(node.name)
        if quantity is None:
            known = ", ".join(sorted(self.notation.quantities))
            raise EvaluationError(f"{node.name} is not known here; known are {known}")
        least, most, count = quantity.least, len(quantity.sorts), len(node.subscripts)
        if not least <= count <= most:
            raise EvaluationError(f"{node.name} takes {least} to {most} subscripts, not {count}")
        return quantity

    def subscripts(self, quantity: Quantity, node: syntax.Name) -> list[tuple[syntax.Index, Sort]]:
        """Subscripts with their sorts, in the order of the stored axes."""
        sorts = selected(quantity, len(node.subscripts))
        pairs = list(zip(node.subscripts, sorts, strict=True))
        return pairs[::-1] if quantity.transposed and len(pairs) == 2 else pairs

    def positions(self, quantity: Quantity, node: syntax.Name, scope: Scope) -> list[Array]:
        """Where the subscripts point along the first axes."""
        pairs = self.subscripts(quantity, node)
        return [self.indices.positions(index, sort, scope) for index, sort in pairs]

    def stored(self, quantity: Quantity) -> Array:
        """The whole array, of shape (..., points, one axis per sort)."""
        name = quantity.stored_as
        if name in self.arrays:
            return self.arrays[name]
        if not quantity.definition:
            raise EvaluationError(f"{name} has no numbers in this world")
        if name not in self._defined:
            if name in self._pending:
                raise EvaluationError(f"{name} is defined by itself")
            self._pending.append(name)
            try:
                with self.inner():
                    self.depth = self._base_depth
                    self._defined[name] = self._from_definition(quantity)
            finally:
                self._pending.pop()
        return self._defined[name]

    def _from_definition(self, quantity: Quantity) -> Array:
        if quantity.formals:
            return self._tabulated(quantity)
        value = self.evaluate(definition_tree(quantity.definition), {})
        wanted = shape_of(quantity, 0)
        if value.shape != wanted:
            raise EvaluationError(
                f"{quantity.name} is {shape_name(wanted)}, its definition {shape_name(value.shape)}"
            )
        array = value.array.swapaxes(-1, -2) if quantity.transposed else value.array
        for _ in range(2 - len(quantity.sorts)):
            array = array[..., 0]
        return array

    def _tabulated(self, quantity: Quantity) -> Array:
        """A definition by components, evaluated for all values of its formals."""
        pairs = zip(quantity.formals, quantity.sorts, strict=True)
        sizes = self.world.sizes
        scope = {name: self.bind(all_values(sort, sizes), sort) for name, sort in pairs}
        entry = self.evaluate(definition_tree(quantity.definition), scope)
        array = self.padded(require_scalar(entry, "an entry").array)
        lengths = [length(sort, sizes) for sort in quantity.sorts]
        count = len(lengths)
        array = np.broadcast_to(array, (*lengths[::-1], *array.shape[count:]))[..., 0, 0]
        return np.moveaxis(array, range(count), range(-1, -count - 1, -1))


def shape_of(quantity: Quantity, count: int) -> Shape:
    """The shape of a quantity with so many subscripts."""
    left = quantity.sorts[count:]
    if len(left) < 2:
        return (left[0], None) if left else SCALAR
    if len(left) > 2:
        raise EvaluationError(f"{quantity.name} with {count} subscripts has more than two axes")
    return (left[1], left[0]) if quantity.transposed else (left[0], left[1])


def entries(quantity: Quantity, array: Array, positions: Sequence[Array]) -> Value:
    """What remains of a stored array when its first axes are selected."""
    for axis, position in enumerate(positions):
        array = pick(array, len(quantity.sorts) - axis, position)
    shape = shape_of(quantity, len(positions))
    missing = 2 - (len(quantity.sorts) - len(positions))
    array = array.reshape(*array.shape, *(1,) * missing)
    return Value(array.swapaxes(-1, -2) if not missing and quantity.transposed else array, *shape)
