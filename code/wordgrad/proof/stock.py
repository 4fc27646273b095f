"""Is an explicit expression zero?  Cheap rewriting first, then random points, then `simplify`."""

from random import Random

import sympy as sp

_POINTS = 8
_DIGITS = 30
_SMALL = sp.Float(10) ** (-_DIGITS // 2)


def is_zero(expr: sp.Expr) -> bool | None:
    """Whether an expression in real symbols, exp and log vanishes everywhere.

    Parameters
    ----------
    expr : SymPy expression
        Without sums, deltas or unevaluated derivatives.

    Returns
    -------
    bool or None
        True if it reduces to 0, False if it differs from 0 at a random point where it is real,
        None if neither.

    Examples
    --------
    >>> x = sp.Symbol("x", real=True)
    >>> is_zero(sp.log(1 + sp.exp(x)) - sp.log(1 + sp.exp(-x)) - x)
    True
    >>> is_zero(sp.exp(x) - 1 - x)
    False
    """
    if expr == 0:
        return True
    if _Exponentials().reduced(expr) == 0:
        return True
    if _differs_somewhere(expr):
        return False
    return True if sp.simplify(expr) == 0 else None


def _differs_somewhere(expr: sp.Expr) -> bool:
    """Try random points where the value is real; the seed is fixed, so the answer is too."""
    rng = Random(20130116)
    symbols = sorted(expr.free_symbols, key=str)
    for _ in range(_POINTS):
        point = {
            symbol: sp.Rational(rng.randint(1 if symbol.is_positive else -60, 60), 17)
            for symbol in symbols
        }
        value = expr.xreplace(point).evalf(_DIGITS, maxn=4 * _DIGITS)
        if value.is_real and abs(value) > _SMALL:
            return True
    return False


class _Exponentials:
    """Rational functions of symbols, with a positive symbol for each exponential of a monomial.

    exp(2x - y/2) becomes X**2/sqrt(Y).  A logarithm is split over the factors that are positive
    by their form; everything else in it stays together as one symbol.
    """

    def __init__(self) -> None:
        self.powers: dict[sp.Expr, sp.Symbol] = {}
        self.monomials: dict[sp.Symbol, sp.Expr] = {}
        self.logs: dict[sp.Expr, sp.Symbol] = {}

    def reduced(self, expr: sp.Expr) -> sp.Expr:
        """Numerator of the expression over one denominator, expanded."""
        above, _ = sp.fraction(sp.together(self.rational(expr)))
        return sp.expand(above)

    def rational(self, expr: sp.Expr) -> sp.Expr:
        """The expression with exponentials and logarithms replaced."""
        if expr.is_Atom:
            return expr
        if isinstance(expr, sp.tanh):
            expr = expr.rewrite(sp.exp)
        if isinstance(expr, sp.exp):
            return self.exponential(expr.args[0])
        if isinstance(expr, sp.log):
            return self.logarithm(self.rational(expr.args[0]))
        return expr.func(*(self.rational(part) for part in expr.args))

    def exponential(self, exponent: sp.Expr) -> sp.Expr:
        """One symbol per monomial of the exponent."""
        result = sp.S.One
        for term in sp.Add.make_args(sp.expand(exponent)):
            c, monomial = term.as_coeff_Mul()
            if not c.is_Rational:
                c, monomial = sp.S.One, term
            if isinstance(monomial, sp.log):
                result *= self.rational(monomial.args[0]) ** c
                continue
            if monomial not in self.powers:
                symbol = sp.Dummy("E", positive=True)
                self.powers[monomial] = symbol
                self.monomials[symbol] = monomial
            result *= self.powers[monomial] ** c
        return result

    def logarithm(self, argument: sp.Expr) -> sp.Expr:
        """Logarithms of the positive factors, and one of what remains."""
        constant, rest, total = sp.S.One, sp.S.One, sp.S.Zero
        for factor in sp.Mul.make_args(sp.factor(sp.together(argument))):
            base, power = factor.as_base_exp()
            if base in self.monomials:
                total += power * self.monomials[base]
            elif base.is_Number and base.is_positive:
                constant *= factor
            elif base.is_positive:
                total += power * self.log_symbol(base)
            else:
                rest *= factor
        if constant != 1:
            total += sp.log(constant)
        return total if rest == 1 else total + self.log_symbol(rest)

    def log_symbol(self, base: sp.Expr) -> sp.Symbol:
        """One symbol per logarithm that is not split further."""
        return self.logs.setdefault(base, sp.Dummy("L", real=True))
