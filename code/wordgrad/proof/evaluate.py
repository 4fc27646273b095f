"""From a syntax tree to numbers, at all points of a world at once.

Nothing is rewritten, expanded or simplified: a sum adds, a derivative perturbs.
"""

from dataclasses import replace
from functools import reduce
from operator import add, and_
from typing import Any

import numpy as np

from wordgrad.calculus.sorts import Sort
from wordgrad.latex import syntax
from wordgrad.latex.notation import Notation
from wordgrad.proof.arithmetic import DOUBLES, Arithmetic
from wordgrad.proof.evaluator import (
    Evaluator,
    definition_tree,
    entries,
    evaluates,
    shape_of,
)
from wordgrad.proof.functions import apply_function, power
from wordgrad.proof.indexing import IndexValue, Scope, parameter
from wordgrad.proof.numeric_derivative import arrange, differences, directions
from wordgrad.proof.ranges import all_values, values_of, written_sort
from wordgrad.proof.reading import read
from wordgrad.proof.values import (
    Array,
    EvaluationError,
    Value,
    blocks,
    common_shape,
    pick,
    product,
    require_scalar,
    shape_name,
)
from wordgrad.proof.world import World


def evaluate(
    expression: syntax.Expr, notation: Notation, world: World, numbers: Arithmetic = DOUBLES
) -> Value:
    """The value of an expression at every point of a world.

    Parameters
    ----------
    expression : Expr
    notation : Notation
    world : World
        Must hold the arrays, tables and free indices of the expression.
    numbers : Arithmetic
        Doubles, or fifty digits.

    Returns
    -------
    Value
        Its array has shape (points, rows, columns); not a number where there is no real value.

    Raises
    ------
    EvaluationError
        If shapes do not fit or something is not known.
    """
    return Evaluator(notation, world, numbers).value(expression)


# ---------------------------------------------------------------------------------- names
@evaluates(syntax.Number)
def _number(evaluator: Evaluator, node: syntax.Number, scope: Scope) -> Value:
    return Value(evaluator.numbers.number(node.value), zero=node.value == 0)


@evaluates(syntax.Name)
def _name(evaluator: Evaluator, node: syntax.Name, scope: Scope) -> Value:
    quantity = evaluator.quantity(node)
    if quantity.kind == "size":
        size = np.full((1, 1, 1), evaluator.world.sizes[quantity.name])
        return Value(evaluator.numbers.convert(size))
    formals = quantity.formals
    if formals and len(formals) == len(node.subscripts) and quantity.name not in evaluator.arrays:
        inner = {
            formal: IndexValue(evaluator.indices.wanted(index, sort, scope), sort)
            for formal, (index, sort) in zip(
                formals, evaluator.subscripts(quantity, node), strict=True
            )
        }
        return evaluator.evaluate(definition_tree(quantity.definition), inner)
    positions = evaluator.positions(quantity, node, scope)
    return entries(quantity, evaluator.stored(quantity), positions)


@evaluates(syntax.Call)
def _call(evaluator: Evaluator, node: syntax.Call, scope: Scope) -> Value:
    call = evaluator.notation.call(node.name)
    if call is None:
        return _name(evaluator, syntax.Name(node.name), scope)
    index = parameter(call, node.arguments, scope)
    values = evaluator.indices.wanted(index, call.sort, scope)
    inner = {call.parameter: IndexValue(values, call.sort)}
    return evaluator.evaluate(definition_tree(call.definition), inner)


@evaluates(syntax.Component)
def _component(evaluator: Evaluator, node: syntax.Component, scope: Scope) -> Value:
    value = evaluator.evaluate(node.operand, scope)
    axes = [axis for axis in value.shape if isinstance(axis, Sort)]
    if not 0 < len(node.subscripts) <= len(axes):
        raise EvaluationError(
            f"{shape_name(value.shape)} does not take {len(node.subscripts)} subscripts"
        )
    pairs = zip(node.subscripts, axes, strict=False)
    positions = [evaluator.indices.positions(index, sort, scope) for index, sort in pairs]
    array = value.array.swapaxes(-1, -2) if value.rows is None else value.array
    array = pick(array, 2, positions[0])
    if len(axes) == 1:
        return Value(array[..., None])
    if len(positions) == 1:
        return Value(array[..., None], axes[1])
    return Value(pick(array, 1, positions[1])[..., None, None])


# ------------------------------------------------------------------------------ arithmetic
@evaluates(syntax.Add)
def _add(evaluator: Evaluator, node: syntax.Add, scope: Scope) -> Value:
    terms = [evaluator.evaluate(term, scope) for term in node.terms]
    shape = common_shape(terms, "the terms of a sum")
    nonzero = [term.array for term in terms if not term.zero]
    return Value(reduce(add, nonzero), *shape) if nonzero else terms[0]


@evaluates(syntax.Neg)
def _neg(evaluator: Evaluator, node: syntax.Neg, scope: Scope) -> Value:
    value = evaluator.evaluate(node.operand, scope)
    return replace(value, array=-value.array)


@evaluates(syntax.Group)
def _group(evaluator: Evaluator, node: syntax.Group, scope: Scope) -> Value:
    return evaluator.evaluate(node.operand, scope)


@evaluates(syntax.Mul)
def _mul(evaluator: Evaluator, node: syntax.Mul, scope: Scope) -> Value:
    return product([evaluator.evaluate(factor, scope) for factor in node.factors], node.operators)


@evaluates(syntax.Quotient)
def _quotient(evaluator: Evaluator, node: syntax.Quotient, scope: Scope) -> Value:
    above = evaluator.evaluate(node.numerator, scope)
    below = require_scalar(evaluator.evaluate(node.denominator, scope), "a denominator").array
    return above.with_array(above.array / np.where(below == 0, evaluator.numbers.nan, below))


@evaluates(syntax.Power)
def _power(evaluator: Evaluator, node: syntax.Power, scope: Scope) -> Value:
    base = require_scalar(evaluator.evaluate(node.base, scope), "the base of a power")
    exponent = require_scalar(evaluator.evaluate(node.exponent, scope), "an exponent")
    return Value(power(evaluator.numbers, base.array, exponent.array))


@evaluates(syntax.Transpose)
def _transpose(evaluator: Evaluator, node: syntax.Transpose, scope: Scope) -> Value:
    return evaluator.evaluate(node.operand, scope).transposed


@evaluates(syntax.Inner)
def _inner(evaluator: Evaluator, node: syntax.Inner, scope: Scope) -> Value:
    sides = [evaluator.evaluate(side, scope) for side in (node.left, node.right)]
    if any(side.columns is not None or side.rows is None for side in sides):
        shapes = " and ".join(shape_name(side.shape) for side in sides)
        raise EvaluationError(f"an inner product takes two columns, not {shapes}")
    return product(sides, ("cdot",))


@evaluates(syntax.Norm)
def _norm(evaluator: Evaluator, node: syntax.Norm, scope: Scope) -> Value:
    array = evaluator.evaluate(node.operand, scope).array
    squares = Value((array * array).sum(axis=(-1, -2), keepdims=True))
    return apply_function(evaluator.numbers, "sqrt", squares)


@evaluates(syntax.Apply)
def _apply(evaluator: Evaluator, node: syntax.Apply, scope: Scope) -> Value:
    argument = evaluator.evaluate(node.argument, scope)
    return apply_function(evaluator.numbers, node.function, argument, node.primes)


@evaluates(syntax.Matrix)
def _matrix(evaluator: Evaluator, node: syntax.Matrix, scope: Scope) -> Value:
    return blocks(
        [[evaluator.evaluate(entry, scope) for entry in row.entries] for row in node.rows]
    )


# ------------------------------------------------------------------------------ conditions
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


# ------------------------------------------------------------------------------------ sums
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


# ----------------------------------------------------------------------------- derivatives
@evaluates(syntax.Derivative)
def _derivative(evaluator: Evaluator, node: syntax.Derivative, scope: Scope) -> Value:
    return _differentiate(evaluator, node.body, node.variables, scope)


def _differentiate(
    evaluator: Evaluator, body: syntax.Expr, variables: tuple[syntax.Expr, ...], scope: Scope
) -> Value:
    """Derivative by the last variable first; a defined variable is held at its value."""
    variable, *rest = variables
    name, turned = _variable(variable)
    quantity = evaluator.quantity(name)
    if quantity.kind == "size":
        raise EvaluationError(f"{name.name} is a size; there is no derivative by it")
    base = evaluator.stored(quantity)
    chosen = evaluator.positions(quantity, name, scope)
    lengths = base.shape[base.ndim - len(quantity.sorts) :]
    steps = directions(lengths, chosen, evaluator.depth)

    def at(step: Array) -> Value:
        with evaluator.perturbed(quantity.stored_as, base + step):
            if rest:
                return _differentiate(evaluator, body, tuple(rest), scope)
            return evaluator.evaluate(body, scope)

    imaginary = not rest and not _has_derivative(evaluator, body)
    slopes = differences(evaluator.numbers, at, steps, evaluator.depth, imaginary)
    shape = shape_of(replace(quantity, transposed=False), len(chosen))
    turned = turned != (quantity.transposed and len(lengths) - len(chosen) == 2)
    if turned and shape[1] is None:
        shape, turned = shape[::-1], False
    result = arrange(slopes, shape, lengths[len(chosen) :])
    return result.transposed if turned else result


def _variable(node: syntax.Expr) -> tuple[syntax.Name, bool]:
    """The name that is differentiated by, and whether it is transposed."""
    match node:
        case syntax.Name():
            return node, False
        case syntax.Group(operand=operand):
            return _variable(operand)
        case syntax.Transpose(operand=operand):
            name, turned = _variable(operand)
            return name, not turned
    raise EvaluationError("a derivative is taken by a named quantity, such as v_c or \\theta_i")


def _has_derivative(evaluator: Evaluator, node: syntax.Node) -> bool:
    """Is there a derivative in a tree or in a definition that it uses?"""
    definition = _definition_of(evaluator, node)
    if definition and _has_derivative(evaluator, definition_tree(definition)):
        return True
    return evaluator.noted(
        "derivative",
        node,
        lambda: (
            isinstance(node, syntax.Derivative)
            or any(_has_derivative(evaluator, child) for child in node.children())
        ),
    )
    return found


def _definition_of(evaluator: Evaluator, node: syntax.Node) -> str:
    thing: Any = None
    if isinstance(node, syntax.Name):
        thing = evaluator.notation.quantity(node.name)
    elif isinstance(node, syntax.Call):
        thing = evaluator.notation.call(node.name)
    return thing.definition if thing else ""
