"""The plain-SymPy view: tiny sizes, a symbol per component, stock `diff` and `simplify`.

What a reader would get who typed the formula into SymPy by hand for d=2, V=3.  Nothing of the
index calculus is used.
"""

from collections.abc import Mapping

import sympy as sp

from wordgrad.calculus.signature import Signature
from wordgrad.proof.stock import is_zero
from wordgrad.proof.written_out import Table, World

SIZES: Mapping[str, int] = {"d": 2, "V": 3, "K": 2, "m": 1}


def explicit(
    expr: sp.Expr,
    signature: Signature,
    sizes: Mapping[str, int] = SIZES,
    indices: Mapping[str, int] | None = None,
    tables: Mapping[str, Table] | None = None,
) -> sp.Expr:
    """The expression with sums, deltas, definitions and derivatives written out.

    Parameters
    ----------
    expr : SymPy expression
        A component in index form.
    signature : Signature
        The letters in it.
    sizes : mapping of name to int
        "d", "V", "K", "m".
    indices : mapping of name to int
        The value of every free index, counted from 1.
    tables : mapping of name to sequence of int, nested once per argument
        The values of index functions: `{"n": (2, 2)}` for n_1 = n_2 = 2.

    Returns
    -------
    SymPy expression
        In real symbols `u_{1,2}`, ...

    Raises
    ------
    ValueError
        If an index or an index function has no value.

    Examples
    --------
    >>> from wordgrad.calculus.sorts import DIM, VOC
    >>> u, v = sp.IndexedBase("u"), sp.IndexedBase("v")
    >>> o, c, a = sp.Symbol("o"), sp.Symbol("c"), sp.Dummy("a")
    >>> score = sp.Sum(u[o, a] * v[c, a], (a, *DIM.limits))
    >>> pair = Signature(arrays={"u": (VOC, DIM), "v": (VOC, DIM)})
    >>> explicit(score, pair, indices={"o": 1, "c": 2})
    u_{1,1}*v_{2,1} + u_{1,2}*v_{2,2}
    """
    world = World(signature, sizes, indices or {}, tables or {})
    return world.expand(expr, {}, frozenset())


def explicit_agrees(
    left: sp.Expr,
    right: sp.Expr,
    signature: Signature,
    sizes: Mapping[str, int] = SIZES,
    indices: Mapping[str, int] | None = None,
    tables: Mapping[str, Table] | None = None,
) -> bool | None:
    """Whether two components are equal at tiny sizes, for given indices.

    Parameters
    ----------
    left, right, signature, sizes, indices, tables
        As for `explicit`.

    Returns
    -------
    bool or None
        None if the difference vanishes at random points but SymPy does not reduce it to 0.
    """
    world = World(signature, sizes, indices or {}, tables or {})
    return is_zero(world.expand(left, {}, frozenset()) - world.expand(right, {}, frozenset()))
