"""A line as a short program: arrays, each computed once, and the inputs that they need."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from wordgrad.calculus.signature import Signature
from wordgrad.calculus.sorts import NEG, WIN, Sort
from wordgrad.codegen.convert import Converter
from wordgrad.codegen.lowering import Let, Lowering
from wordgrad.codegen.pieces import size_of
from wordgrad.codegen.terms import Axis, Delta, Expr, Free, Index, Looked, Mul, Ref, Size
from wordgrad.codegen.trees import bound, mapped, nodes, own_indices, terms_of


@dataclass(frozen=True)
class Input:
    """A parameter of the generated function.

    Parameters
    ----------
    name : str
        As the code calls it.
    kind : {"array", "table", "index", "size"}
        Numbers, words looked up, an index from 0, how many.
    sorts : tuple of Sort
        What its axes run over; for an index, what it selects.
    source : str
        The quantity, index function, index or size of the notation.
    row : str
        If it is one row of an array only: the index of that row.
    """

    name: str
    kind: Literal["array", "table", "index", "size", "unused"]
    sorts: tuple[Sort, ...]
    source: str
    row: str = ""


@dataclass(frozen=True)
class Program:
    """Statements in order; the last one is the result."""

    inputs: tuple[Input, ...]
    lets: tuple[Let, ...]


def program(
    converter: Converter,
    expr: Expr,
    axes: tuple[Axis, ...],
    whole_names: Mapping[str, str],
) -> Program:
    """The program that computes an expression at all values of some axes.

    Parameters
    ----------
    converter : Converter
        With the definitions.
    expr : Expr
    axes : tuple of Axis
        The axes of the result.
    whole_names : mapping of array to name
        What an array is called as a whole: `U` for `u`.
    """
    lowering = Lowering(converter)
    value = lowering.lower(expr, root=True)
    lets = [*lowering.lets, Let(lowering.name("result"), axes, value)]
    lets, rows = _with_rows(lets, converter.signature)
    inputs = tuple(_inputs(lets, converter.signature, rows, whole_names))
    inputs += tuple(_sizes_to_give(lets, inputs))
    arrays = {i.source: i.name for i in inputs if i.kind == "array" and not i.row}
    return Program(inputs, tuple(_named(lets, inputs, arrays)))


def renamed(made: Program, names: Mapping[str, str]) -> Program:
    """The program with other names, and perhaps another order, of its parameters.

    Parameters
    ----------
    made : Program
    names : mapping of str to str
        The new name of each parameter, and the one that it has; parameters that the program does
        not need may be among them.
    """
    inputs = {item.name: item for item in made.inputs}
    left_out = [name for name in inputs if name not in names.values()]
    if left_out:
        raise ValueError(
            f"parameters leaves out {', '.join(left_out)}; the line needs {', '.join(inputs)}"
        )
    chosen = [
        replace(inputs[old], name=new) if old in inputs else Input(new, "unused", (), old)
        for new, old in names.items()
    ]
    arrays = {old: new for new, old in names.items() if old in inputs}
    return Program(tuple(chosen), tuple(_named(list(made.lets), chosen, arrays)))


Rows = Mapping[str, tuple[str, Free]]  # name of a row -> its array and its index


def _with_rows(lets: list[Let], signature: Signature) -> tuple[list[Let], Rows]:
    """An array of which one row only is used becomes that row: `v_c` for `v`."""
    first: dict[str, set[Index]] = {}
    for ref in _refs(lets):
        if len(signature.arrays.get(ref.name, ())) >= 2 and _is_base(ref, lets):
            first.setdefault(ref.name, set()).add(ref.indices[0])
    single = {
        name: index
        for name, (index, *more) in ((n, tuple(found)) for n, found in first.items())
        if not more and isinstance(index, Free)
    }
    renamed = {name: f"{name}_{identifier(index.name)}" for name, index in single.items()}

    def change(ref: Ref) -> Ref:
        return Ref(renamed[ref.name], ref.indices[1:]) if ref.name in renamed else ref

    changed = [replace(let, value=mapped(let.value, change)) for let in lets]
    return changed, {renamed[name]: (name, index) for name, index in single.items()}


def _refs(lets: list[Let]) -> Iterator[Ref]:
    for let in lets:
        yield from (node for node in nodes(let.value) if isinstance(node, Ref))


def _is_base(ref: Ref, lets: list[Let]) -> bool:
    return all(let.name != ref.name for let in lets)


def _indices(lets: list[Let]) -> Iterator[Index]:
    for let in lets:
        for node in nodes(let.value):
            for index in own_indices(node):
                yield from terms_of(index)


def _inputs(
    lets: list[Let], signature: Signature, rows: Rows, whole_names: Mapping[str, str]
) -> Iterator[Input]:
    """Rows and arrays, tables, indices."""
    used = {ref.name for ref in _refs(lets) if _is_base(ref, lets)}
    stored = list(signature.arrays)
    for name, (source, index) in sorted(rows.items(), key=lambda r: stored.index(r[1][0])):
        yield Input(name, "array", signature.arrays[source][1:], source, index.name)
    for name, sorts in signature.arrays.items():
        if name in used:
            yield Input(whole_names.get(name, name), "array", sorts, name)
    free = dict.fromkeys(index for index in _indices(lets) if isinstance(index, Free))
    for index in free:
        yield Input(identifier(index.name), "index", (index.sort,), index.name)
    looked = {index.table: index for index in _indices(lets) if isinstance(index, Looked)}
    for name in looked:
        sorts = signature.index_functions[name][0]
        called = "negatives" if NEG in sorts else "context" if sorts == (WIN,) else name
        yield Input(called, "table", sorts, name)


def identifier(name: str) -> str:
    """A name that Python and JavaScript allow."""
    return re.sub(r"\W", "_", name.replace("'", "_prime"))


def _named(lets: list[Let], inputs: Sequence[Input], arrays: Mapping[str, str]) -> Iterator[Let]:
    """Arrays under the names of the inputs; a statement with the name of an input gets another."""
    names = {item.name for item in inputs}
    taken = names | {let.name for let in lets}
    called = dict(arrays)
    for let in lets:
        if let.name in names:
            fresh = f"{let.name}_"
            while fresh in taken:
                fresh += "_"
            taken.add(fresh)
            called[let.name] = fresh

    def change(ref: Ref) -> Ref:
        return Ref(called.get(ref.name, ref.name), ref.indices)

    for let in lets:
        yield Let(called.get(let.name, let.name), let.axes, mapped(let.value, change))


def _sizes_to_give(lets: list[Let], inputs: tuple[Input, ...]) -> Iterator[Input]:
    """The sizes that no input has."""
    present = {letter_of(s) for i in inputs if i.kind in ("array", "table") for s in i.sorts}
    for letter in size_letters(lets):
        if letter not in present:
            yield Input(letter, "size", (), letter)


def size_letters(lets: Sequence[Let]) -> tuple[str, ...]:
    """The letters of all sizes that a program could mention."""
    found: dict[str, None] = {}
    for let in lets:
        for node in nodes(let.value):
            if isinstance(node, Size):
                found[node.letter] = None
        axes = (*let.axes, *(axis for node in nodes(let.value) for axis in bound(node)))
        deltas = [node for node in nodes(let.value) if isinstance(node, Delta)]
        axes += tuple(a for node in deltas for a in (node.left, node.right) if isinstance(a, Axis))
        for axis in axes:
            found[letter_of(axis.sort)] = None
    return tuple(found)


def letter_of(sort: Sort) -> str:
    """The letter in the size of a sort."""
    size = size_of(sort)
    parts = size.factors if isinstance(size, Mul) else (size,)
    return next(part.letter for part in parts if isinstance(part, Size))
