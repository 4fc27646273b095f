"""What SymPy trees and normal forms mean in one small model, to compare the two."""

import math
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import sympy as sp

from wordgrad.calculus.functions import sigma, softplus
from wordgrad.calculus.signature import Signature
from wordgrad.calculus.sorts import DIM, NEG, VOC, WIN, Sort
from wordgrad.calculus.terms import Atom, Index, Poly, bound_names

SIZES = {"Voc": 4, "Dim": 2, "Neg": 3, "Win": 2}
SYMBOLS = {"V": 4, "d": 2, "K": 3, "m": 1}

SIGNATURE = Signature(
    arrays={
        "u": (VOC, DIM),
        "v": (VOC, DIM),
        "theta": (VOC,),
        "yhat": (VOC,),
        "p": (VOC,),
        "x": (),
        "a": (),
        "J": (),
    },
    index_functions={"n": ((NEG,), VOC), "w": ((WIN,), VOC)},
    definitions={
        "yhat": lambda i: sp.exp(theta[i]) / total(VOC, lambda k: sp.exp(theta[k])),
        "J": lambda: -sp.log(yhat[o]),
    },
    distributions=frozenset({"p"}),
    positive=frozenset({"a", "V", "d", "K", "m"}),
)

u, v, theta, yhat, p, n, w = map(sp.IndexedBase, ("u", "v", "theta", "yhat", "p", "n", "w"))
o, c, i, j, k, q, r = sp.symbols("o c i j k q r", integer=True)
x, J = sp.symbols("x J", real=True)
a = sp.Symbol("a", positive=True)


def total(sort: Sort, body: Any) -> sp.Sum:
    """The sum of body(index) over a sort, with a bound index of its own."""
    index = sp.Dummy("s", integer=True)
    return sp.Sum(body(index), (index, *sort.limits))


def score(word: sp.Expr, center: sp.Expr = c) -> sp.Sum:
    """u_word . v_center."""
    return total(DIM, lambda b: u[word, b] * v[center, b])


@dataclass
class Model:
    """Numbers for every letter; indices count from 1."""

    rng: np.random.Generator
    free: dict[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.arrays = {
            "u": self.rng.normal(size=(4, 2)),
            "v": self.rng.normal(size=(4, 2)),
            "theta": self.rng.normal(size=4),
            "p": self.rng.dirichlet(np.ones(4)),
            "x": self.rng.normal(),
            "a": self.rng.uniform(0.2, 2.0),
            **{name: float(size) for name, size in SYMBOLS.items()},
        }
        self.functions = {"n": self.rng.integers(1, 5, 3), "w": self.rng.integers(1, 5, 2)}
        for name in "ocij":
            self.free.setdefault(name, int(self.rng.integers(1, 5)))
        for name in "qr":
            self.free.setdefault(name, int(self.rng.integers(1, 3)))
        self.free.setdefault("k", int(self.rng.integers(1, 4)))

    # ------------------------------------------------------------------------ SymPy trees
    def tree(self, e: sp.Expr, env: dict[sp.Symbol, int] | None = None) -> float:
        """Value of a SymPy tree without derivatives."""
        env = env or {}
        if isinstance(e, sp.Indexed):
            name = str(e.base)
            if name in SIGNATURE.definitions:
                return self.tree(SIGNATURE.definitions[name](*e.indices), env)
            return float(self.arrays[name][tuple(self.place(t, env) - 1 for t in e.indices)])
        if isinstance(e, sp.Symbol):
            if e.name in SIGNATURE.definitions:
                return self.tree(SIGNATURE.definitions[e.name](), env)
            return float(self.arrays[e.name])
        if e.is_Number or e is sp.E:
            return float(e)
        if isinstance(e, sp.Sum):
            variable, _, upper = e.limits[0]
            size = int(
                upper.subs(
                    {sp.Symbol(s, integer=True, positive=True): z for s, z in SYMBOLS.items()}
                )
            )
            return math.fsum(self.tree(e.function, {**env, variable: t + 1}) for t in range(size))
        if isinstance(e, sp.KroneckerDelta):
            return float(self.place(e.args[0], env) == self.place(e.args[1], env))
        values = [self.tree(part, env) for part in e.args]
        return float(_VALUE[e.func](*values))

    def place(self, t: sp.Expr, env: dict[sp.Symbol, int]) -> int:
        """Value of an index."""
        if t in env:
            return env[t]
        if isinstance(t, sp.Indexed):
            return int(self.functions[str(t.base)][self.place(t.indices[0], env) - 1])
        return self.free[str(t)]

    # ------------------------------------------------------------------------ normal forms
    def poly(self, poly: Poly, env: dict[Index, int] | None = None) -> float:
        """Value of a normal form."""
        env = env or {}
        value = 0.0
        for monomial, coefficient in poly:
            names = bound_names(monomial)
            for point in np.ndindex(*(SIZES[sort] for sort in monomial[0])):
                inner = {**env, **{name: t + 1 for name, t in zip(names, point, strict=True)}}
                value += float(coefficient) * math.prod(
                    self.atom(atom, inner) ** float(e) for atom, e in monomial[1]
                )
        return value

    def atom(self, atom: Atom, env: dict[Index, int]) -> float:
        """Value of an atom."""
        if atom[0] == "x":
            array = self.arrays[atom[1]]
            indices = tuple(self.index(t, env) - 1 for t in atom[2:])
            return float(array[indices]) if indices else float(array)
        if atom[0] == "d":
            return float(self.index(atom[1], env) == self.index(atom[2], env))
        inner = self.poly(atom[1], env)
        return {"e": math.exp, "l": math.log, "p": float}[atom[0]](inner)

    def index(self, t: Index, env: dict[Index, int]) -> int:
        """Value of an index term."""
        if t in env:
            return env[t]
        if t[0] == "f":
            return int(self.functions[t[1]][self.index(t[2], env) - 1])
        return self.free[t[1]]


_VALUE = {
    sp.Add: lambda *xs: math.fsum(xs),
    sp.Mul: lambda *xs: math.prod(xs),
    sp.Pow: lambda base, exponent: base**exponent,
    sp.exp: math.exp,
    sp.log: math.log,
    sp.tanh: math.tanh,
    sigma: lambda t: 1 / (1 + math.exp(-t)),
    softplus: lambda t: math.log1p(math.exp(t)),
}
