"""A derivation at a small example: the numbers that go in, and what each line gives."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from wordgrad.calculus.sorts import DIM, VOC
from wordgrad.latex.parser import parse_expression
from wordgrad.latex.syntax import Expr
from wordgrad.meaning.notation import Notation
from wordgrad.oracle.evaluator import Evaluator
from wordgrad.oracle.reader import read
from wordgrad.oracle.reading import Needs
from wordgrad.oracle.values import Value
from wordgrad.oracle.witness import Numbers, nested, table_entries
from wordgrad.oracle.worlds import evaluator_for
from wordgrad.proof.derivation import Derivation

__all__ = ["Example", "example", "number_latex", "value_latex"]

_SEED, _DRAWS = 1, 4
# Small enough to follow; the second where all words must differ.
_SIZES: tuple[Mapping[str, int], ...] = (
    {"d": 2, "V": 3, "K": 2, "m": 1},
    {"d": 2, "V": 4, "K": 2, "m": 1},
    {"d": 2, "V": 5, "K": 2, "m": 1},
)
_LETTERS = {"theta": r"\theta"}
_DIGITS = 4

Array = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Example:
    """One point at which all lines of a derivation have a value.

    Parameters
    ----------
    given : tuple of str
        The numbers that go in, each as LaTeX: "d=2", "u_1=(2, 0.5)".
    values : tuple of ndarray of shape (rows, columns)
        The quantity, then each line; a number has one row and one column.
    """

    given: tuple[str, ...]
    values: tuple[Array, ...]


@cache
def example(derivation: Derivation, shown: Derivation | None = None) -> Example:
    """Evaluate every line of a derivation at one point.

    Parameters
    ----------
    derivation : Derivation
        The point is drawn for it.
    shown : Derivation, optional
        The same in columns, if that is to be evaluated at the point.

    Raises
    ------
    ValueError
        If no point can be found.

    Examples
    --------
    >>> from wordgrad.derivations import derivation
    >>> found = example(derivation("sigmoid_complement"))
    >>> found.given, float(found.values[0].round(4)[0, 0])
    (('x=0.5',), 0.3775)
    """
    needs = read(_trees(derivation), derivation.notation).needs()
    for sizes in _SIZES:
        drawn = evaluator_for(needs, tuple(sizes.items()), _DRAWS, _SEED)
        if drawn is None:
            continue
        evaluator = Evaluator((shown or derivation).notation, drawn.world)
        sides = [_numbers(evaluator.value(tree)) for tree in _trees(shown or derivation)]
        merits = [
            (_merit(drawn, point, [side[point] for side in sides]), -point)
            for point in range(drawn.world.points)
        ]
        merit, negated = max(merits)
        if merit:
            point = -negated
            return Example(tuple(_given(drawn, point, needs)), tuple(side[point] for side in sides))
    raise ValueError(f"no small example of {derivation.id!r} was found")


def _trees(derivation: Derivation) -> list[Expr]:
    lines = (derivation.quantity, *(step.latex for step in derivation.steps))
    return [parse_expression(latex) for latex in lines]


def _numbers(value: Value) -> Array:
    return np.asarray(value.array, dtype=np.float64)


def _merit(evaluator: Evaluator, point: int, sides: list[Array]) -> tuple[float, ...]:
    """How instructive a point is, empty if useless: words that differ, a value that is not zero."""
    if not all(np.isfinite(side).all() for side in sides):
        return ()
    world = evaluator.world
    words = [values[point] for name, values in world.indices.items() if world.sorts[name] == VOC]
    words += [word for table in world.tables.values() for word in table[point].flat]
    spread = float(len(set(map(int, words))))
    size = np.abs(sides[0])
    return spread, float((size > 0.01).mean() * (size < 10).mean())


def _given(evaluator: Evaluator, point: int, needs: Needs) -> Iterable[str]:
    world, notation = evaluator.world, needs.notation
    for letter in needs.sizes:
        yield f"{letter}={world.sizes[letter]}"
    for name, indices in world.indices.items():
        yield f"{name}={indices[point]}"
    for name, table in world.tables.items():
        sorts = notation.index_functions[name].arguments
        for word, value in table_entries(name, sorts, table[point], world.sizes).items():
            yield f"{word}={value}"
    for name, array in world.arrays.items():
        yield from _entries(name, nested(array[point]), notation)


def _entries(name: str, value: Numbers, notation: Notation) -> Iterable[str]:
    """Vectors one by one; everything else as it is."""
    sorts = next(q.sorts for q in notation.quantities.values() if q.stored_as == name)
    letter = _LETTERS.get(name, name)
    if sorts == (VOC, DIM) and isinstance(value, tuple):
        for word, row in enumerate(value, start=1):
            yield f"{letter}_{word}={_written(row)}"
    else:
        yield f"{letter}={_written(value)}"


def _written(value: Numbers) -> str:
    if not isinstance(value, tuple):
        return number_latex(value)
    return f"({', '.join(map(_written, value))})"


def number_latex(value: float) -> str:
    """A number with four digits, as LaTeX.

    Examples
    --------
    >>> number_latex(-0.123456), number_latex(1e-17), number_latex(2.5e-7)
    ('-0.1235', '0', '2.5\\\\cdot 10^{-7}')
    """
    if abs(value) < 1e-12:
        return "0"
    mantissa, _, exponent = f"{value:.{_DIGITS}g}".partition("e")
    return rf"{mantissa}\cdot 10^{{{int(exponent)}}}" if exponent else mantissa


def value_latex(value: Array) -> str:
    """A value as LaTeX: a number, or a matrix of numbers.

    Examples
    --------
    >>> value_latex(np.array([[0.5], [-1.0]]))
    '\\\\begin{pmatrix}0.5\\\\\\\\-1\\\\end{pmatrix}'
    """
    if value.shape == (1, 1):
        return number_latex(float(value[0, 0]))
    rows = (" & ".join(number_latex(float(entry)) for entry in row) for row in value)
    return r"\begin{pmatrix}" + r"\\".join(rows) + r"\end{pmatrix}"
