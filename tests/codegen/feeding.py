"""The worlds of the oracle as arguments of generated functions."""

from collections.abc import Callable, Iterator, Mapping
from functools import cache
from typing import Any

import numpy as np

from wordgrad.calculus.sorts import WIN, Sort
from wordgrad.codegen.functions import code_of_helpers, function_code
from wordgrad.codegen.program import Input, Program
from wordgrad.latex.parser import parse_expression
from wordgrad.oracle.arithmetic import DOUBLES, Arithmetic
from wordgrad.oracle.evaluate import Evaluator
from wordgrad.oracle.reader import read
from wordgrad.oracle.world import World, draw_world, table_position
from wordgrad.proof.derivation import Derivation

SIZES: tuple[Mapping[str, int], ...] = (
    {"d": 2, "V": 3, "K": 2, "m": 1},
    {"d": 3, "V": 5, "K": 4, "m": 2},
)
ROOMY: Mapping[str, int] = {"d": 2, "V": 9, "K": 3, "m": 1}


@cache
def worlds(derivation: Derivation, rng_seed: int = 0) -> list[World]:
    """Worlds for all lines of a derivation: two sizes, every pattern of coincidence.

    A third with more room where the assumptions do not fit into the others.
    """
    lines = [
        parse_expression(s) for s in (derivation.quantity, *(x.latex for x in derivation.steps))
    ]
    needs = read(tuple(lines), derivation.notation).needs()
    rng = np.random.default_rng(rng_seed)
    found = [draw_world(needs, size, 1, rng) for size in (*SIZES, ROOMY)]
    return [world for world in found if world is not None]


def oracle(latex: str, derivation: Derivation, world: World, numbers: Arithmetic = DOUBLES) -> Any:
    """The values of a line at all points, of shape (points, rows, columns)."""
    value = Evaluator(derivation.notation, world, numbers).value(parse_expression(latex))
    return numbers.doubles(value.array)


def arguments(program: Program, world: World) -> Iterator[list[Any]]:
    """What the generated function is called with at each point."""
    for point in range(world.points):
        yield [_argument(item, world, point) for item in program.inputs]


def _argument(item: Input, world: World, point: int) -> Any:
    if item.kind == "size":
        return world.sizes[item.source]
    if item.kind == "index":
        return _position(world.indices[item.source][point], item.sorts[0], world)
    if item.kind == "table":
        return _table(world.tables[item.source][point], item.sorts)
    array = world.arrays[item.source][point]
    return array[int(world.indices[item.row][point]) - 1] if item.row else array


def _position(value: int, sort: Sort, world: World) -> int:
    """From the oracle's values of an index to places from 0; a window leaves the center out."""
    place = int(table_position(sort, value, world.sizes))
    return place - (sort == WIN and value > 0)


def _table(words: Any, sorts: tuple[Sort, ...]) -> Any:
    for axis, sort in enumerate(sorts):
        if sort == WIN:
            words = np.delete(words, words.shape[axis] // 2, axis=axis)
    return words - 1


def columns_last(values: Any, axes: int) -> Any:
    """A value of the oracle with so many axes; a plain 0 fits any."""
    return (
        values
        if axes == 2
        else values.reshape(-1)
        if axes == 1 and values.size > 1
        else values[0, 0]
    )


def compiled_numpy(
    made: Program, parameters: Mapping[str, str] | None = None
) -> Callable[..., Any]:
    """The NumPy function of a program, ready to be called with its inputs in order."""
    helpers, function = function_code(made, "numpy", "formula", "", parameters)
    namespace: dict[str, Any] = {"np": np}
    exec("\n\n".join([*code_of_helpers(helpers, "numpy"), function]), namespace)
    formula: Callable[..., Any] = namespace["formula"]
    return formula
