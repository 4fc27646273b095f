"""The symbol table: what each letter means, which indices it takes, how it is defined.

A `Notation` is data only.  The elaborator reads it to build SymPy trees, the oracle reads it to
draw random numbers; neither learns anything from the other.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import Literal

from wordgrad.calculus.sorts import DIM, NEG, VOC, WIN, Sort

Kind = Literal["real", "positive", "distribution", "size"]


@dataclass(frozen=True)
class Quantity:
    """A letter with a value: a scalar, or an array with one axis per sort.

    With k subscripts, the first k axes are selected; what remains is a scalar, a column vector
    or a matrix.  `u_w` is a column of shape (d,), `U` the matrix of shape (V, d).

    Parameters
    ----------
    name : str
        Normalised name, as in the syntax tree.
    sorts : tuple of Sort
        One per axis.
    array : str
        The name under which the numbers are stored; `U` and `u` share one array.
    least : int
        Fewest subscripts allowed: `u` alone has no meaning, `U` has.
    transposed : bool
        The matrix view is turned over (layout "columns": U has one column per word).
    definition : str
        LaTeX of the value in terms of other quantities; empty for a base quantity.
    formals : tuple of str
        Index names the definition uses for the axes; empty if it defines the whole array.
    kind : {"real", "positive", "distribution", "size"}
        What is assumed of the numbers; a distribution sums to one over its only axis.
    """

    name: str
    sorts: tuple[Sort, ...] = ()
    array: str = ""
    least: int = 0
    transposed: bool = False
    definition: str = ""
    formals: tuple[str, ...] = ()
    kind: Kind = "real"

    @property
    def stored_as(self) -> str:
        """The array that holds the numbers."""
        return self.array or self.name


@dataclass(frozen=True)
class IndexFunction:
    """A word looked up: `n_k` is the k-th negative, `w_{c+j}` the word at position j."""

    name: str
    arguments: tuple[Sort, ...]
    result: Sort = VOC


@dataclass(frozen=True)
class Call:
    """A quantity written with arguments: `P(w \\mid c)`, `J(v_c, o, U)`, `F(w_{c+j}, v_c)`.

    Exactly one argument is the `parameter`; every other must be one of `fixed` (LaTeX).  If the
    parameter's sort is a window position, the argument is the word there, `w_{c+j}`.  What is
    `conditional` takes its other arguments behind a bar: `P(w, c)` would be something else.
    """

    name: str
    parameter: str
    sort: Sort
    definition: str
    conditional: bool = False
    fixed: tuple[str, ...] = ("v_c", "U", "c", "t", "w_t", "w_c", "V")


@dataclass(frozen=True)
class Assumptions:
    """What a derivation takes for granted about indices and values.

    Parameters
    ----------
    equal, distinct : tuple of pairs of index names
        `w = o`, `w \\neq o`.
    injective : tuple of index function names
        All values differ: "the negatives are distinct".
    avoiding : tuple of (index function, index name)
        The function never takes this value: "no negative is the outside word".
    positive : tuple of str
        LaTeX of expressions taken to be positive.
    """

    equal: tuple[tuple[str, str], ...] = ()
    distinct: tuple[tuple[str, str], ...] = ()
    injective: tuple[str, ...] = ()
    avoiding: tuple[tuple[str, str], ...] = ()
    positive: tuple[str, ...] = ()


@dataclass(frozen=True, eq=False)
class Notation:
    """Everything needed to read a line: quantities, index functions, calls, ranges, assumptions.

    Parameters
    ----------
    name : str
        For messages and caches.
    quantities, index_functions, calls
        By normalised name.
    constants : mapping of index name to sort
        Indices with a fixed meaning, `o` and `c`.
    ranges : mapping of written set or upper limit to sort
        `V`, `calV`, `Vocab`, `K`, `d`; "m" for a window.
    looked_up : mapping of sort to index function
        How an index of one sort is read where a word is needed: `u_k` with k a negative is
        `u_{n_k}`.
    anchors : tuple of str
        Letters that stand for the center position in `w_{c+j}`.
    usual : mapping of letter to sort
        What a letter runs over where neither a range nor its use decides: `u_k` is the vector of
        a negative sample where `k` is its usual letter.
    aliases : mapping of name to name
        Other letters for the same thing.
    """

    name: str
    quantities: Mapping[str, Quantity]
    index_functions: Mapping[str, IndexFunction] = field(default_factory=dict)
    calls: Mapping[str, Call] = field(default_factory=dict)
    constants: Mapping[str, Sort] = field(default_factory=lambda: dict(CONSTANTS))
    ranges: Mapping[str, Sort] = field(default_factory=lambda: dict(RANGES))
    looked_up: Mapping[Sort, str] = field(default_factory=dict)
    anchors: tuple[str, ...] = ("c", "t")
    usual: Mapping[str, Sort] = field(default_factory=dict)
    aliases: Mapping[str, str] = field(default_factory=lambda: dict(ALIASES))
    assumptions: Assumptions = Assumptions()

    def __post_init__(self) -> None:
        for part in _MAPPINGS:
            object.__setattr__(self, part, MappingProxyType(dict(getattr(self, part))))

    def quantity(self, name: str) -> Quantity | None:
        """The quantity a name stands for; `J_neg` and `L` are other names of `J`."""
        return self.quantities.get(name) or self.quantities.get(self._plain(name))

    def call(self, name: str) -> Call | None:
        """The call a name stands for, read like the name of a quantity."""
        return self.calls.get(name) or self.calls.get(self._plain(name))

    def _plain(self, name: str) -> str:
        stem = name.partition("_")[0]
        return self.aliases.get(stem, stem)

    def assuming(self, **changes: object) -> "Notation":
        """A copy with other assumptions; the keywords are those of `Assumptions`."""
        return replace(self, assumptions=replace(self.assumptions, **changes))  # type: ignore[arg-type]

    def with_columns(self) -> "Notation":
        """A copy in which every stacked matrix has one column per word instead of one row."""
        return self._stacked(transposed=True)

    def with_rows(self) -> "Notation":
        """A copy in which every stacked matrix has one row per word, as in the book."""
        return self._stacked(transposed=False)

    def _stacked(self, *, transposed: bool) -> "Notation":
        stacked = {
            name: replace(q, transposed=transposed) if q.array and len(q.sorts) == 2 else q
            for name, q in self.quantities.items()
        }
        return replace(self, quantities=stacked)


_MAPPINGS = (
    "quantities",
    "index_functions",
    "calls",
    "constants",
    "ranges",
    "looked_up",
    "usual",
    "aliases",
)
ALIASES: Mapping[str, str] = dict.fromkeys(
    ("L", "calL", "calJ", "CE", "NLL", "loss", "E", "ell"), "J"
)
CONSTANTS: Mapping[str, Sort] = {"o": VOC, "c": VOC}
RANGES: Mapping[str, Sort] = {
    **dict.fromkeys(("V", "calV", "Vocab", "vocab", "W", "|V|", "|calV|"), VOC),
    "d": DIM,
    "K": NEG,
    "m": WIN,
}
