"""How functions of one argument are read: entry by entry, or on a whole column."""

from collections.abc import Callable
from functools import lru_cache

import sympy as sp

from wordgrad.calculus.functions import exp, log, sigma, softplus
from wordgrad.latex import syntax as tree
from wordgrad.meaning import operations
from wordgrad.meaning.faults import ShapeError, Unsupported
from wordgrad.meaning.reader import Reader, reads
from wordgrad.meaning.shapes import Typed

_FUNCTIONS: dict[str, Callable[[sp.Expr], sp.Expr]] = {
    "exp": exp,
    "log": log,
    "sigma": sigma,
    "softplus": softplus,
    "tanh": sp.tanh,
    "sqrt": sp.sqrt,
}


@reads(tree.Apply)
def _apply(reader: Reader, node: tree.Apply) -> Typed:
    if node.function == "log":
        spread = _log_of_product(node)
        if spread is not None:
            return reader.read(spread)
    argument = reader.read(node.argument)
    if node.function in ("softmax", "diag"):
        if node.primes:
            raise Unsupported(f"{node.function}' is not read; write the derivative out", node)
        chosen = operations.softmax if node.function == "softmax" else operations.diagonal
        return chosen(argument)
    if node.function not in _FUNCTIONS:
        raise Unsupported(f"the function {node.function} is not known", node)
    plain = isinstance(node.argument, tree.Name | tree.Component)
    if not (argument.is_scalar or node.bracketed or plain):
        raise ShapeError(
            f"{node.function} of {argument.describe()} is taken entry by entry; bracket it",
            node.argument,
        )
    if node.function in ("log", "sqrt"):
        reader.require("positive", argument, node.argument)
    return operations.apply(_differentiated(node.function, node.primes), argument)


@lru_cache(maxsize=64)
def _differentiated(function: str, primes: int) -> Callable[[sp.Expr], sp.Expr]:
    """The function with so many derivative marks."""
    plain = _FUNCTIONS[function]
    if not primes:
        return plain
    x = sp.Dummy("x", real=True)
    derived = plain(x).diff(x, primes)
    return lambda value: derived.xreplace({x: value})


def _log_of_product(node: tree.Apply) -> tree.Expr | None:
    """The logarithm of a big product as a sum of logarithms; None if there is no such product."""
    inside = node.argument
    while isinstance(inside, tree.Group):
        inside = inside.operand
    if isinstance(inside, tree.Big) and inside.operator == "prod":
        body = tree.Apply("log", inside.body, span=inside.body.span)
        return tree.Big("sum", inside.ranges, body, span=node.span)
    if isinstance(inside, tree.Mul) and any(_is_product(factor) for factor in inside.factors):
        logs = tuple(tree.Apply("log", factor, span=factor.span) for factor in inside.factors)
        return tree.Add(logs, span=node.span)
    return None


def _is_product(node: tree.Expr) -> bool:
    while isinstance(node, tree.Group):
        node = node.operand
    return isinstance(node, tree.Big) and node.operator == "prod"
