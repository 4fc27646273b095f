"""Rules of evaluation for names, calls, components and arithmetic."""

from dataclasses import replace
from functools import reduce
from operator import add

import numpy as np

from wordgrad.calculus.sorts import Sort
from wordgrad.latex import syntax
from wordgrad.oracle.evaluator import Evaluator, definition_tree, entries, evaluates
from wordgrad.oracle.functions import apply_function, power
from wordgrad.oracle.indexing import IndexValue, Scope, parameter
from wordgrad.oracle.products import product
from wordgrad.oracle.values import (
    EvaluationError,
    Value,
    blocks,
    common_shape,
    pick,
    require_scalar,
    shape_name,
)


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
