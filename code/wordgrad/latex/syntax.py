"""The syntax tree of one line of a derivation: what was written, before anybody asks what it means.

The parser builds these nodes, the printer turns them back into LaTeX, the elaborator gives them
shapes and components, and the oracle evaluates them with numbers.  Nodes are frozen and compare by
structure; `span` (start and end in the source text) is carried along and does not take part.

Names are normalised here once: an accent is spelled out behind the letter (`yhat`, `vhat`, `ubar`,
`ytilde`), Greek letters are spelled out (`theta`), calligraphic letters get `cal` in front
(`calV`), a textual subscript of a capital letter is part of the name (`J_{\\text{neg}}`: `J_neg`).
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, fields, replace
from fractions import Fraction
from typing import Any, Literal, Self

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Node:
    """Anything the parser can produce."""

    span: Span = field(default=(0, 0), compare=False, kw_only=True, repr=False)

    def children(self) -> Iterator["Node"]:
        """The nodes directly below this one, left to right."""
        for part in fields(self):
            value = getattr(self, part.name)
            for item in value if isinstance(value, tuple) else (value,):
                if isinstance(item, Node):
                    yield item

    def with_children(self, change: Callable[[Any], Any]) -> Self:
        """The same node with `change` applied to each node directly below it."""
        changes: dict[str, Any] = {}
        for part in fields(self):
            value = getattr(self, part.name)
            if isinstance(value, Node):
                changes[part.name] = change(value)
            elif isinstance(value, tuple) and any(isinstance(item, Node) for item in value):
                changes[part.name] = tuple(change(item) for item in value)
        return replace(self, **changes) if changes else self


# ------------------------------------------------------------------------------- indices
@dataclass(frozen=True, slots=True)
class Index(Node):
    """What stands in a subscript and selects a word, a component, a negative or a position."""


@dataclass(frozen=True, slots=True)
class IndexName(Index):
    """A letter: `w`, `o`, `i`, `x`, also `w'` (name "w'") and `ell`."""

    name: str


@dataclass(frozen=True, slots=True)
class IndexNumber(Index):
    """A literal: the 0 of `u_0`."""

    value: int


@dataclass(frozen=True, slots=True)
class IndexApply(Index):
    """A word looked up through other indices: `n_k`, `w_k`, `n_{j,k}`."""

    function: str
    arguments: tuple[Index, ...]


@dataclass(frozen=True, slots=True)
class IndexShift(Index):
    """A position in the text relative to the center: `c+j`, `t+j`, `t-1`; `w_{c+j}` applies `w`."""

    anchor: str
    offset: Index
    sign: Literal[1, -1] = 1


# --------------------------------------------------------------------------- expressions
@dataclass(frozen=True, slots=True)
class Expr(Node):
    """What has a value: a scalar, a vector, a matrix."""


@dataclass(frozen=True, slots=True)
class Number(Expr):
    """A literal number; `1/2` and `0.5` are both exact."""

    value: Fraction


@dataclass(frozen=True, slots=True)
class Name(Expr):
    """A quantity with its subscripts: `x`, `u_w`, `yhat_i`, `U_{wa}`, `J_neg`, `v_{w_{c+j}}`."""

    name: str
    subscripts: tuple[Index, ...] = ()


@dataclass(frozen=True, slots=True)
class Add(Expr):
    """A sum of written terms; a subtracted term is a `Neg`."""

    terms: tuple[Expr, ...]


@dataclass(frozen=True, slots=True)
class Neg(Expr):
    """A minus sign in front."""

    operand: Expr


@dataclass(frozen=True, slots=True)
class Mul(Expr):
    """A product in written order. `operators[i]` stands between factor i and i+1.

    "" is juxtaposition; "times" is a cross or an asterisk; "odot" is taken elementwise;
    "otimes" is the outer product; "cdot" is a dot: an inner product between two columns.
    """

    factors: tuple[Expr, ...]
    operators: tuple[Literal["", "cdot", "times", "odot", "otimes"], ...]


@dataclass(frozen=True, slots=True)
class Quotient(Expr):
    """A fraction, stacked (`\\frac`) or inline (`/`)."""

    numerator: Expr
    denominator: Expr
    inline: bool = False


@dataclass(frozen=True, slots=True)
class Power(Expr):
    """`base^exponent`; the exponential `e^x` is an `Apply` of exp instead."""

    base: Expr
    exponent: Expr


@dataclass(frozen=True, slots=True)
class Transpose(Expr):
    """`operand^\\top`."""

    operand: Expr


@dataclass(frozen=True, slots=True)
class Component(Expr):
    """A subscript behind brackets: `[U v_c]_w`, `\\operatorname{softmax}(\\theta)_i`."""

    operand: Expr
    subscripts: tuple[Index, ...]


@dataclass(frozen=True, slots=True)
class Group(Expr):
    """Brackets, kept because they decide how far an operator reaches and how it is printed."""

    operand: Expr
    bracket: Literal["(", "[", "\\{", "{"] = "("


@dataclass(frozen=True, slots=True)
class Apply(Expr):
    """A known function of one argument.

    `function` is one of "exp", "log", "sigma", "softmax", "softplus", "tanh", "diag", "sqrt";
    `primes` counts derivative marks (`\\sigma'`); `style` is "e^" for an exponential written as
    a power of e; `bracketed` tells `\\log(x)` from `\\log x`.
    """

    function: str
    argument: Expr
    primes: int = 0
    style: Literal["call", "e^"] = "call"
    bracketed: bool = True


@dataclass(frozen=True, slots=True)
class Call(Expr):
    """A named quantity with arguments: `J(v_c, o, U)`, `P(w \\mid c)`, `F(w_{c+j}, v_c)`.

    `given` holds what stands behind a bar.  Arguments that are indices are `Index` nodes.
    """

    name: str
    arguments: tuple[Node, ...]
    given: tuple[Node, ...] = ()


@dataclass(frozen=True, slots=True)
class Inner(Expr):
    """`\\langle left, right \\rangle`."""

    left: Expr
    right: Expr


@dataclass(frozen=True, slots=True)
class Norm(Expr):
    """`\\lVert operand \\rVert` (Euclidean)."""

    operand: Expr


@dataclass(frozen=True, slots=True)
class Delta(Expr):
    """Kronecker's `\\delta_{ij}`."""

    left: Index
    right: Index


@dataclass(frozen=True, slots=True)
class Relation(Node):
    """A condition between indices: `w = o`, `w \\neq o`."""

    left: Index
    right: Index
    equal: bool = True


@dataclass(frozen=True, slots=True)
class Indicator(Expr):
    """`\\mathbb 1[w = o]`."""

    condition: Relation


@dataclass(frozen=True, slots=True)
class Case(Node):
    """One row of `cases`; no condition means "otherwise"."""

    value: Expr
    condition: Relation | None = None


@dataclass(frozen=True, slots=True)
class Cases(Expr):
    """`\\begin{cases} ... \\end{cases}`; the first row whose condition holds counts."""

    rows: tuple[Case, ...]


@dataclass(frozen=True, slots=True)
class Range(Node):
    """Where a bound index runs.

    `lower`, `upper` are the written limits ("1", "V"; "-m", "m"); for `w \\in V` the set is in
    `upper` and `lower` is "".  Excluded values: `x \\neq o`, `V \\setminus \\{o\\}`, and the
    `j \\neq 0` of a window (an `IndexNumber(0)`).
    """

    name: str
    lower: str = ""
    upper: str = ""
    excluded: tuple[Index, ...] = ()


@dataclass(frozen=True, slots=True)
class Big(Expr):
    """A sum or product over one or more bound indices; `w` bare (`\\sum_w`) has an empty range."""

    operator: Literal["sum", "prod"]
    ranges: tuple[Range, ...]
    body: Expr


@dataclass(frozen=True, slots=True)
class Expectation(Expr):
    """`\\mathbb E_{w \\sim P(\\cdot \\mid c)}[body]`."""

    name: str
    distribution: Call
    body: Expr


@dataclass(frozen=True, slots=True)
class Derivative(Expr):
    """`\\frac{\\partial^n body}{\\partial a \\partial b}`, `\\frac{d}{dx} body`, `\\nabla_a body`.

    `variables` in written order; a variable may be a `Transpose`.  `style`: how it was written.
    """

    body: Expr
    variables: tuple[Expr, ...]
    style: Literal["frac", "prefix", "nabla", "inline"] = "frac"


@dataclass(frozen=True, slots=True)
class Row(Node):
    """One row of a `Matrix`."""

    entries: tuple[Expr, ...]


@dataclass(frozen=True, slots=True)
class Matrix(Expr):
    """`\\begin{bmatrix} ... \\end{bmatrix}` of blocks: rows of entries."""

    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Line(Node):
    """One written line: the parts between its relation signs ("=", "\\approx", "\\Rightarrow").

    A line that begins with a relation sign has `leading` set: it goes on from the line above.
    """

    parts: tuple[Expr, ...]
    relations: tuple[str, ...] = ()
    leading: str = ""
