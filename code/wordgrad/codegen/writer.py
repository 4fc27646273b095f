"""What both languages share: signs, fractions, brackets, names of loop variables."""

from abc import ABC, abstractmethod
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from wordgrad.calculus.sorts import DIM, NEG, VOC, WIN
from wordgrad.codegen.algebra import size_of
from wordgrad.codegen.program import Let, Program, size_letters
from wordgrad.codegen.terms import (
    Add,
    Apply,
    Axis,
    Big,
    Delta,
    Expr,
    Fixed,
    Free,
    Index,
    Looked,
    Mul,
    Num,
    Pow,
    Ref,
    Size,
    Soft,
    bound,
    nodes,
)

SUM, PRODUCT, POWER, ATOM = range(4)  # how tightly a piece of code holds together
_VARIABLES = {VOC: "wxyz", DIM: "abef", NEG: "klpq", WIN: "jihg"}


@dataclass(frozen=True)
class Piece:
    """A piece of code: its axes, and how tightly it holds together."""

    text: str
    axes: tuple[Axis, ...] = ()
    level: int = ATOM

    def within(self, level: int) -> str:
        """The text, in brackets if it would fall apart."""
        return self.text if self.level >= level else f"({self.text})"


class Writer(ABC):
    """Writes expressions of one program.

    Parameters
    ----------
    program : Program
    """

    functions: Mapping[str, str]  # what a function is called in the language
    end = ""  # of a statement

    def __init__(self, program: Program) -> None:
        self.program = program
        self.tables = {item.source: item.name for item in program.inputs if item.kind == "table"}
        self.given = {item.source: item.name for item in program.inputs if item.kind == "index"}
        self.used: set[str] = set()  # helpers
        self.order: tuple[Axis, ...] = ()
        self.variables: dict[Axis, str] = {}

    @abstractmethod
    def statement(self, let: Let) -> list[str]:
        """The lines that compute one array."""

    @abstractmethod
    def component(self, name: str, indices: tuple[Index, ...]) -> Piece:
        """A component of an array or table."""

    @abstractmethod
    def delta(self, expr: Delta) -> Piece:
        """1 where two indices are the same."""

    @abstractmethod
    def series(self, expr: Big) -> Piece:
        """A sum or product over axes."""

    @abstractmethod
    def aligned(self, pieces: Sequence[Piece]) -> list[Piece]:
        """The pieces so that they can be added and multiplied."""

    # --------------------------------------------------------------------------- statements
    def returned(self, let: Let) -> list[str]:
        """The lines that compute the last array and return it."""
        computed = any(let.value == Ref(other.name, let.axes) for other in self.program.lets)
        if isinstance(let.value, Ref) and computed:
            return [f"return {let.value.name}{self.end}"]
        lines = self.statement(let)
        _, equals, value = lines[-1].partition(f"{let.name} = ")
        if len(lines) == 1 and equals:
            return [f"return {value}"]
        return [*lines, f"return {let.name}{self.end}"]

    def start(self, let: Let) -> None:
        """Names for the loop variables of a statement."""
        inner = [axis for node in nodes(let.value) for axis in bound(node)]
        self.order = tuple(dict.fromkeys((*let.axes, *inner)))
        taken = {item.name for item in self.program.inputs}
        taken |= {other.name for other in self.program.lets} | set(size_letters(self.program.lets))
        self.variables = {}
        for axis in self.order:
            letters = _VARIABLES[axis.sort]
            pool = [*letters, *(f"{letters[0]}{n}" for n in range(1, len(self.order) + 4))]
            self.variables[axis] = next(name for name in pool if name not in taken)
            taken.add(self.variables[axis])

    def length(self, axis: Axis) -> str:
        """How many values an index takes."""
        return self.piece(size_of(axis.sort)).text

    # -------------------------------------------------------------------------- expressions
    def piece(self, expr: Expr) -> Piece:
        """An expression as code."""
        match expr:
            case Num(value):
                return _number(value)
            case Size(letter):
                return Piece(letter)
            case Ref(name, indices):
                return self.component(name, indices)
            case Delta():
                return self.delta(expr)
            case Add(terms):
                return self._sum(terms)
            case Mul(factors):
                return self._product(factors)
            case Pow(base, exponent):
                return self._power(base, exponent)
            case Apply(function, argument):
                inner = self.piece(argument)
                return Piece(f"{self._function(function)}({inner.text})", inner.axes)
            case Big():
                return self.series(expr)
        raise AssertionError(f"{type(expr).__name__} is bound to a name of its own")

    def soft(self, expr: Soft) -> str:
        """The helper for a softmax."""
        return self._function(expr.kind)

    def _function(self, name: str) -> str:
        if name in self.functions:
            return self.functions[name]
        self.used.add(name)
        return self.helper(name)

    def helper(self, name: str) -> str:
        """What a helper is called."""
        return name

    def _sum(self, terms: Iterable[Expr]) -> Piece:
        ordered = sorted(map(_signed, terms), key=lambda term: -term[0])  # positive ones first
        signs, parts = zip(*ordered, strict=True)
        pieces = self.aligned([self.piece(part) for part in parts])
        text = ("-" if signs[0] < 0 else "") + pieces[0].within(PRODUCT)
        for sign, piece in zip(signs[1:], pieces[1:], strict=True):
            text += (" - " if sign < 0 else " + ") + piece.within(PRODUCT)
        return Piece(text, self.joint(pieces), SUM)

    def _product(self, factors: tuple[Expr, ...]) -> Piece:
        sign, positive = _signed(Mul(factors))
        if sign < 0:
            inner = self.piece(positive)
            return Piece(f"-{inner.within(PRODUCT)}", inner.axes, SUM)
        above: list[Expr] = []
        below: list[Expr] = []
        for factor in factors:
            match factor:
                case Num(value):
                    above += [Num(Fraction(value.numerator))] if value.numerator != 1 else []
                    below += [Num(Fraction(value.denominator))] if value.denominator != 1 else []
                case Pow(base, Num(p)) if p < 0:
                    below.append(base if p == -1 else Pow(base, Num(-p)))
                case _:
                    above.append(factor)
        pieces = self.aligned([self.piece(part) for part in (*above, *below)])
        tops, bottoms = pieces[: len(above)], pieces[len(above) :]
        text = " * ".join(piece.within(PRODUCT) for piece in tops) or "1"
        text += "".join(f" / {piece.within(POWER)}" for piece in bottoms)
        return Piece(text, self.joint(pieces), PRODUCT)

    def _power(self, base: Expr, exponent: Expr) -> Piece:
        if isinstance(exponent, Num) and exponent.value < 0:
            return self._product((Pow(base, exponent),))
        if isinstance(exponent, Num) and exponent.value == 1:
            return self.piece(base)
        if isinstance(exponent, Num) and exponent.value == Fraction(1, 2):
            inner = self.piece(base)
            return Piece(f"{self.functions['sqrt']}({inner.text})", inner.axes)
        pieces = self.aligned([self.piece(base), self.piece(exponent)])
        text = " ** ".join(piece.within(ATOM) for piece in pieces)
        return Piece(text, self.joint(pieces), POWER)

    def joint(self, pieces: Sequence[Piece]) -> tuple[Axis, ...]:
        """All axes of some pieces, in the order of the statement."""
        present = {axis for piece in pieces for axis in piece.axes}
        return tuple(axis for axis in self.order if axis in present)

    # ------------------------------------------------------------------------------ indices
    def index(self, index: Index) -> Piece:
        """An index, from 0."""
        match index:
            case Axis():
                return Piece(self.variables[index], (index,))
            case Free(name):
                return Piece(self.given[name])
            case Fixed(value):
                return Piece(str(value - 1))
            case Looked(table, arguments):
                return self.component(self.tables[table], arguments)


def _signed(expr: Expr) -> tuple[int, Expr]:
    """The sign of a term, and the term without it."""
    match expr:
        case Num(value) if value < 0:
            return -1, Num(-value)
        case Mul((Num(value), *rest)) if value < 0:
            factors = (*([Num(-value)] if value != -1 else []), *rest)
            return -1, Mul(factors) if len(factors) > 1 else factors[0]
    return 1, expr


def _number(value: Fraction) -> Piece:
    if value.denominator == 1:
        return Piece(str(value.numerator), level=SUM if value < 0 else ATOM)
    return Piece(f"{value.numerator} / {value.denominator}", level=SUM if value < 0 else PRODUCT)
