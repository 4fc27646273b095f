"""The rule of evaluation for derivatives: perturb the variable, evaluate the body again."""

from dataclasses import replace
from typing import Any

from wordgrad.latex import syntax
from wordgrad.oracle.evaluator import Evaluator, definition_tree, evaluates, shape_of
from wordgrad.oracle.indexing import Scope
from wordgrad.oracle.numeric_derivative import arrange, differences, directions
from wordgrad.oracle.values import Array, EvaluationError, Value


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


def _definition_of(evaluator: Evaluator, node: syntax.Node) -> str:
    thing: Any = None
    if isinstance(node, syntax.Name):
        thing = evaluator.notation.quantity(node.name)
    elif isinstance(node, syntax.Call):
        thing = evaluator.notation.call(node.name)
    return thing.definition if thing else ""
