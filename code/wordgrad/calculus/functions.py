"""Functions that SymPy must not evaluate itself: exp, log, sigma, softplus, derivatives."""

import sympy as sp


def exp(argument: sp.Expr) -> sp.Expr:
    """SymPy's exponential, unevaluated: SymPy would query its assumptions at every call."""
    return sp.exp(argument, evaluate=False)


def log(argument: sp.Expr) -> sp.Expr:
    """SymPy's logarithm, unevaluated."""
    return sp.log(argument, evaluate=False)


class sigma(sp.Function):  # type: ignore[misc]
    """The logistic function, kept opaque; the calculus knows what it is."""

    nargs = 1

    def fdiff(self, argindex: int = 1) -> sp.Expr:
        """Derivative, for stock SymPy: sigma(x)(1 - sigma(x))."""
        return sigma(self.args[0]) * (1 - sigma(self.args[0]))


class softplus(sp.Function):  # type: ignore[misc]
    """log(1 + e^x), kept opaque."""

    nargs = 1

    def fdiff(self, argindex: int = 1) -> sp.Expr:
        """Derivative, for stock SymPy: sigma(x)."""
        return sigma(self.args[0])


class Partial(sp.Function):  # type: ignore[misc]
    """The derivative of its first argument by its second, never evaluated by SymPy.

    SymPy's own `Derivative` captures bound indices and returns 0 for variables it cannot see
    through a definition; this node only records what is to be differentiated by what.
    """

    nargs = 2

    @classmethod
    def eval(cls, body: sp.Expr, variable: sp.Expr) -> None:
        """Stay unevaluated."""
        return
