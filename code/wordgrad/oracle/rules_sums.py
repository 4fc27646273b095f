"""Rules of evaluation for conditions, sums, products and expectations.

The body of a sum is evaluated once, for all values of its index on a front axis.
"""

from dataclasses import replace
from functools import reduce
from math import prod
from operator import and_
from typing import Any

import numpy as np

from wordgrad.calculus.sorts import Sort
from wordgrad.latex import syntax
from wordgrad.oracle.evaluator import Evaluator, definition_tree, evaluates
from wordgrad.oracle.indexing import Scope
from wordgrad.oracle.ranges import all_values, require_few, values_of, written_sort
from wordgrad.oracle.reader import read
from wordgrad.oracle.values import Array, EvaluationError, Value, common_shape, require_scalar


def _truth(evaluator: Evaluator, relation: syntax.Relation, scope: Scope) -> Array:
    """Does it hold?  Booleans of shape (..., points, 1, 1)."""
    same = evaluator.indices.same(relation.left, relation.right, scope)[..., None, None]
    return same if relation.equal else ~same


@evaluates(syntax.Delta, syntax.Indicator)
def _delta(evaluator: Evaluator, node: syntax.Delta | syntax.Indicator, scope: Scope) -> Value:
    if isinstance(node, syntax.Delta):
        relation = syntax.Relation(node.left, node.right)
    else:
        relation = node.condition
    return Value(evaluator.numbers.convert(np.where(_truth(evaluator, relation, scope), 1, 0)))


@evaluates(syntax.Cases)
def _cases(evaluator: Evaluator, node: syntax.Cases, scope: Scope) -> Value:
    values = [evaluator.evaluate(row.value, scope) for row in node.rows]
    shape = common_shape(values, "the cases")
    result: Any = evaluator.numbers.nan  # where no condition holds
    for row, value in zip(reversed(node.rows), reversed(values), strict=True):
        holds: Any = True
        if row.condition is not None:
            holds = _truth(evaluator, row.condition, scope)
        result = np.where(holds, value.array, result)
    return Value(result, *shape, zero=all(value.zero for value in values))


@evaluates(syntax.Big)
def _big(evaluator: Evaluator, node: syntax.Big, scope: Scope) -> Value:
    kept: list[Array] = []
    with evaluator.inner():
        for part in node.ranges:
            sort = _range_sort(evaluator, part, node)
            values = values_of(part, sort, evaluator.notation, evaluator.world.sizes)
            scope = {**scope, part.name: evaluator.bind(values, sort)}
            kept += [
                ~evaluator.indices.same(syntax.IndexName(part.name), other, scope)[..., None, None]
                for other in part.excluded
                if not isinstance(other, syntax.IndexNumber)
            ]
        require_few(prod(bound.values.shape[0] for bound in scope.values()))
        counts = [scope[part.name].values.shape[0] for part in node.ranges]
        body = evaluator.evaluate(node.body, scope)
        neutral = 0 if node.operator == "sum" else 1
        array = np.where(reduce(and_, kept), body.array, neutral) if kept else body.array
        array = evaluator.padded(array)
    axes = tuple(range(len(counts)))
    array = np.broadcast_to(array, (*counts[::-1], *array.shape[len(counts) :]))
    total = array.sum(axis=axes) if node.operator == "sum" else array.prod(axis=axes)
    return replace(body, array=total)


def _range_sort(evaluator: Evaluator, part: syntax.Range, node: syntax.Big) -> Sort:
    """What the limits say, else what the body makes of the index."""

    def find() -> Sort:
        written = written_sort(part, evaluator.notation)
        if written is not None:
            return written
        others = [syntax.Relation(syntax.IndexName(part.name), x) for x in part.excluded]
        found = read((node.body, *others), evaluator.notation, deep=False).sorts()
        if part.name not in found:
            raise EvaluationError(f"nothing says what {part.name} runs over; write its range")
        return found[part.name]

    return evaluator.noted("sort", part, find)


@evaluates(syntax.Expectation)
def _expectation(evaluator: Evaluator, node: syntax.Expectation, scope: Scope) -> Value:
    call = evaluator.notation.call(node.distribution.name)
    if call is None:
        raise EvaluationError(f"{node.distribution.name} is not a distribution here")
    with evaluator.inner():
        index = evaluator.bind(all_values(call.sort, evaluator.world.sizes), call.sort)
        weight = evaluator.evaluate(definition_tree(call.definition), {call.parameter: index})
        body = evaluator.evaluate(node.body, {**scope, node.name: index})
        array = evaluator.padded(require_scalar(weight, "a probability").array * body.array)
    return body.with_array(array.sum(axis=0))
