"""Arrays with shapes made of sorts, each described by a function that gives its components.

A column over words and a column over components cannot be added even though V and d are only
symbols: sorts are compared, not sizes.  Bound indices are fresh `Dummy`s at every call.
"""

from collections.abc import Callable
from dataclasses import dataclass

import sympy as sp
from sympy.core.sorting import default_sort_key

from wordgrad.calculus.sorts import DIM, NEG, VOC, WIN, Sort
from wordgrad.latex.syntax import Node
from wordgrad.meaning.faults import ShapeError as ShapeError  # part of what this module offers

Component = Callable[[sp.Expr | None, sp.Expr | None], sp.Expr]
_LETTERS = {VOC: "w", DIM: "a", NEG: "k", WIN: "j"}


@dataclass(frozen=True, eq=False, slots=True)
class Typed:
    """A scalar, column, row or matrix.

    Parameters
    ----------
    rows, cols : Sort or None
        What the axes run over; a column has `rows` only, a row `cols` only, a scalar neither.
    component : function of a row index and a column index
        The entry as a SymPy tree; the index of an axis that does not exist is None.
    node : Node, optional
        What was written, for messages.
    is_zero : bool
        A literal 0, which fits any shape in a sum and in a case.
    """

    rows: Sort | None
    cols: Sort | None
    component: Component
    node: Node | None = None
    is_zero: bool = False

    @property
    def shape(self) -> tuple[Sort | None, Sort | None]:
        """Rows and columns."""
        return self.rows, self.cols

    @property
    def is_scalar(self) -> bool:
        """No axis at all."""
        return self.rows is None and self.cols is None

    @property
    def is_column(self) -> bool:
        """One axis, that of the rows."""
        return self.rows is not None and self.cols is None

    def value(self, role: str = "here") -> sp.Expr:
        """The tree of a scalar; `role` says in the error what the scalar was wanted for."""
        if not self.is_scalar:
            raise ShapeError(
                f"{self.describe()} stands {role}, where a scalar is needed", self.node
            )
        return self.component(None, None)

    def describe(self) -> str:
        """The shape in words: "a column over words (V)"."""
        if self.rows is None:
            return "a scalar" if self.cols is None else f"a row over {over(self.cols)}"
        if self.cols is None:
            return f"a column over {over(self.rows)}"
        return f"a matrix with rows over {over(self.rows)} and columns over {over(self.cols)}"

    def at(self, node: Node) -> "Typed":
        """The same array, known by another node."""
        return Typed(self.rows, self.cols, self.component, node, self.is_zero)


def over(sort: Sort) -> str:
    """What an axis runs over, in words: "words (V)"."""
    return f"{sort.noun}s ({sort.size.replace('*', '')})"


def scalar(tree: Callable[[], sp.Expr], node: Node | None = None) -> Typed:
    """A scalar whose tree is made anew at each call."""
    return Typed(None, None, lambda i, j: tree(), node)


def fresh(sort: Sort, name: str = "") -> sp.Dummy:
    """A new bound index."""
    return sp.Dummy(name or _LETTERS.get(sort, "i"), integer=True)


def summed(sort: Sort, body: Callable[[sp.Expr], sp.Expr]) -> sp.Expr:
    """Sum of the body over a new bound index of the sort."""
    index = fresh(sort)
    return sp.Sum(body(index), (index, *sort.limits))


def kronecker(left: sp.Expr, right: sp.Expr) -> sp.Expr:
    """Kronecker's delta; SymPy's own constructor asks the assumptions and takes a millisecond."""
    if left == right:
        return sp.S.One
    if left.is_Integer and right.is_Integer:
        return sp.S.Zero
    left, right = sorted((left, right), key=default_sort_key)
    return sp.KroneckerDelta(left, right, evaluate=False)


def matched(left: Typed, right: Typed, verb: str = "add") -> tuple[Typed, Typed]:
    """Both sides with one shape: a literal 0 takes the shape of the other.

    Raises
    ------
    ShapeError
        If the shapes differ.
    """
    if left.shape == right.shape:
        return left, right
    if right.is_zero:
        return left, Typed(left.rows, left.cols, right.component, right.node, is_zero=True)
    if left.is_zero:
        return Typed(right.rows, right.cols, left.component, left.node, is_zero=True), right
    hint = ""
    if left.shape == right.shape[::-1]:
        hint = "; one of them needs a transpose"
    raise ShapeError(
        f"cannot {verb} {left.describe()} and {right.describe()}{hint}", right.node or left.node
    )


def joined(left: Typed, right: Typed) -> Node | None:
    """A node that spans both factors."""
    if left.node is None or right.node is None:
        return left.node or right.node
    (a, b), (c, d) = left.node.span, right.node.span
    return Node(span=(min(a, c), max(b, d)))
