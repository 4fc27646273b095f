"""A line as a short program: arrays, each computed once, and the inputs that they need.

Sums, functions and softmaxes get a name of their own, so that what occurs twice is computed once
and what is the same for all entries is not computed for each.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from wordgrad.calculus.signature import Signature
from wordgrad.calculus.sorts import NEG, WIN, Sort
from wordgrad.codegen.algebra import size_of
from wordgrad.codegen.convert import Converter
from wordgrad.codegen.terms import (
    Add,
    Apply,
    Axis,
    Big,
    Delta,
    Expr,
    Free,
    Index,
    Looked,
    Mul,
    Pow,
    Ref,
    Size,
    Soft,
    axes_of,
    bound,
    key,
    mapped,
    nodes,
    own_indices,
    terms_of,
)

_CALLED = {
    "softmax": "probabilities",
    "log_softmax": "log_probabilities",
    "log_sum_exp": "log_total",
    "sum": "total",
    "prod": "product",
    "exp": "power",
    "log": "logarithm",
    "sigmoid": "sigma",
    "log_sigmoid": "log_sigma",
    "softplus": "plus",
    "tanh": "tangent",
}


@dataclass(frozen=True)
class Let:
    """An array with a name: its entry at the axes."""

    name: str
    axes: tuple[Axis, ...]
    value: Expr


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


class _Lowering:
    """Names what is to be computed once."""

    def __init__(self, converter: Converter) -> None:
        self.converter = converter
        self.lets: list[Let] = []
        self._known: dict[object, str] = {}
        self._defined: dict[str, str] = {}
        self._taken: set[str] = set()
        self._labels: dict[object, str] | None = None

    def _definitions(self) -> Mapping[object, str]:
        """The names of the definitions by what they are."""
        if self._labels is None:
            pairs = [
                (n, self.converter.definition(n)) for n in self.converter.signature.definitions
            ]
            self._labels = {_label(body, axes): name for name, (axes, body) in pairs}
        return self._labels

    def name(self, hint: str) -> str:
        """The hint, or the hint with a number."""
        name, number = hint, 1
        while name in self._taken:
            number += 1
            name = f"{hint}_{number}"
        self._taken.add(name)
        return name

    def lower(self, expr: Expr, root: bool = False) -> Expr:
        """The expression with names for what is bound; at the root it is bound by its caller."""
        match expr:
            case Ref():
                return self._component(expr)
            case Add(terms):
                return Add(tuple(self.lower(term) for term in terms))
            case Mul(factors):
                return Mul(tuple(self.lower(factor) for factor in factors))
            case Pow(base, exponent):
                return Pow(self.lower(base), self.lower(exponent))
            case Soft():
                return self.soft(expr)
            case Apply(function, argument) if root:
                return Apply(function, self.lower(argument))
            case Big(operator, axes, body) if root:
                return Big(operator, axes, self.lower(body))
            case Apply(function, _):
                return self.bind(expr, axes_of(expr), function)
            case Big(operator, _, _):
                return self.bind(expr, axes_of(expr), operator)
        return expr

    def bind(self, expr: Expr, axes: tuple[Axis, ...], hint: str) -> Ref:
        """The array with this entry, computed before if it has not been yet."""
        label = _label(expr, axes)
        if label not in self._known:
            value = self.lower(expr, root=True)
            name = self.name(self._definitions().get(label, _CALLED.get(hint, hint)))
            self.lets.append(Let(name, axes, value))
            self._known[label] = name
        return Ref(self._known[label], axes)

    def soft(self, expr: Soft, hint: str = "") -> Ref:
        """A softmax (or its logarithm, or the log-sum-exp) of a named array of scores."""
        outer = tuple(axis for axis in axes_of(expr.scores) if axis != expr.axis)
        axes = (*outer, expr.axis)
        label = expr.kind, _label(expr.scores, axes)
        if label not in self._known:
            scores = self.lower(expr.scores)
            if not (isinstance(scores, Ref) and scores.indices == axes):
                scores = self.bind(expr.scores, axes, "scores")
            at = None if expr.at is None else expr.axis
            name = self.name(hint or _CALLED[expr.kind])
            shape = outer if at is None else axes
            self.lets.append(Let(name, shape, Soft(expr.kind, expr.axis, scores, at)))
            self._known[label] = name
        at_index = () if expr.at is None else (expr.at,)
        return Ref(self._known[label], (*outer, *at_index))

    def _component(self, ref: Ref) -> Expr:
        """A base quantity as it is; a defined one as a whole array if all of it is used."""
        if ref.name not in self.converter.signature.definitions:
            return ref
        axes, body = self.converter.definition(ref.name)
        whole = all(isinstance(index, Axis) for index in ref.indices)
        if not (whole or isinstance(body, Soft)):
            meaning = self.converter.unfold(ref)
            assert meaning is not None, "it is defined"
            return self.lower(meaning)
        if ref.name not in self._defined:
            self._defined[ref.name] = self._definition(ref.name, axes, body)
        return Ref(self._defined[ref.name], ref.indices)

    def _definition(self, name: str, axes: tuple[Axis, ...], body: Expr) -> str:
        if isinstance(body, Soft) and (body.at,) == axes:
            return self.soft(body, name).name
        return self.bind(body, axes, name).name


def _label(expr: Expr, axes: tuple[Axis, ...]) -> object:
    """Equal for arrays with equal entries."""
    numbered = {axis: n for n, axis in enumerate(axes)}
    return key(expr, lambda axis: numbered[axis]), tuple(axis.sort for axis in axes)


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
    lowering = _Lowering(converter)
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
