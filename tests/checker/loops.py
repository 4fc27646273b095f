"""Values of expressions by plain NumPy and loops, sharing no rule with prover and oracle.

Scalars are (1, 1), columns (n, 1), rows (1, n); words and negatives are what a point of the corpus
says.  What this small reader does not know is `Unknown`: then a generated pair is not used.
"""

from collections.abc import Mapping
from typing import Any

import numpy as np

from tests.checker.corpus.points import Point
from wordgrad.latex import syntax as tree

Scope = Mapping[str, int]
FUNCTIONS = {"exp": np.exp, "log": np.log, "sigma": lambda x: 1 / (1 + np.exp(-x))}
COLUMNS = ("yhat", "y", "theta")  # indexed by words


class Unknown(Exception):
    """An expression without a value here."""


def value(node: tree.Expr, point: Point) -> Any:
    """The value in the shapes of the corpus: (), (n,), (1, n), (n, m).

    Raises
    ------
    Unknown
        If some part is not known, or shapes do not fit.
    """
    try:
        with np.errstate(all="ignore"):
            found = _value(node, point, {})
    except (KeyError, IndexError, ValueError) as error:
        raise Unknown(str(error)) from None
    if not np.isfinite(found).all():
        raise Unknown("not a number")
    if found.shape == (1, 1):
        return found[0, 0]
    return found[:, 0] if found.shape[1] == 1 else found


def _value(node: tree.Node, point: Point, scope: Scope) -> Any:
    match node:
        case tree.Number(number):
            return np.array([[float(number)]])
        case tree.Name(name, subscripts):
            return _named(name, [_index(i, point, scope) for i in subscripts], point)
        case tree.Group(operand):
            return _value(operand, point, scope)
        case tree.Neg(operand):
            return -_value(operand, point, scope)
        case tree.Transpose(operand):
            return _value(operand, point, scope).T
        case tree.Add(terms):
            return _sum([_value(term, point, scope) for term in terms])
        case tree.Mul(factors, operators):
            return _product([_value(f, point, scope) for f in factors], operators)
        case tree.Quotient(above, below):
            return _value(above, point, scope) / _number(_value(below, point, scope))
        case tree.Power(base, exponent):
            power = _number(_value(exponent, point, scope))
            return np.array([[_number(_value(base, point, scope)) ** power]])
        case tree.Apply(function, argument, primes=0) if function in FUNCTIONS:
            return FUNCTIONS[function](_value(argument, point, scope))
        case tree.Delta(left, right):
            return np.array([[float(_index(left, point, scope) == _index(right, point, scope))]])
        case tree.Big("sum", (only,), body):
            return _sum([
                _value(body, point, {**scope, only.name: n}) for n in _range(only, point, scope)
            ])  # fmt: skip
    raise Unknown(type(node).__name__)


def _named(name: str, indices: list[int], point: Point) -> Any:
    if name in ("u", "v") and len(indices) == 1:
        return point[name][indices[0]][:, np.newaxis]
    if name in COLUMNS and len(indices) < 2:
        array = point[name][:, np.newaxis]
        return array[indices[0]][np.newaxis, :] if indices else array
    if name in ("U", "x", "d", "V", "K") and not indices:
        return np.atleast_2d(point[name])
    raise Unknown(name)


def _index(index: tree.Index, point: Point, scope: Scope) -> int:
    if isinstance(index, tree.IndexName):
        return int(scope[index.name] if index.name in scope else point[index.name])
    if isinstance(index, tree.IndexApply) and index.function == "n":
        return int(point["n"][_index(index.arguments[0], point, scope)])
    raise Unknown("index")


def _range(only: tree.Range, point: Point, scope: Scope) -> list[int]:
    if only.upper not in ("", "V", "calV", "K") or (only.lower, only.upper) == ("", "K"):
        raise Unknown("range")
    left_out = [_index(index, point, scope) for index in only.excluded]
    values = point["negatives"] if only.upper == "K" else point["words"]
    return [n for n in values if n not in left_out]


def _sum(terms: list[Any]) -> Any:
    if len({term.shape for term in terms}) != 1:
        raise Unknown("shapes")
    return sum(terms)


def _product(factors: list[Any], operators: tuple[str, ...]) -> Any:
    result = factors[0]
    for operator, factor in zip(operators, factors[1:], strict=True):
        if operator not in ("", "cdot", "odot"):
            raise Unknown(operator)
        scalar = (1, 1) in (result.shape, factor.shape)
        if operator == "odot" and not scalar and result.shape != factor.shape:
            raise Unknown("shapes")
        result = result * factor if scalar or operator == "odot" else result @ factor
    return result


def _number(array: Any) -> Any:
    if array.shape != (1, 1):
        raise Unknown("a scalar is needed")
    return array[0, 0]
