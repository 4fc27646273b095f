"""Inverse, exponential, logarithm and fractional powers of normal forms.

Each takes out what it can (e^(a+b), log of a product, units of a denominator) and leaves one
canonical atom for the rest.  A Kronecker delta inside splits the function into its two cases:
f(p) = delta f(p with delta=1) + (1 - delta) f(p with delta=0).
"""

from fractions import Fraction
from math import floor
from typing import TYPE_CHECKING

import sympy as sp

from wordgrad.calculus.cases import by_cases
from wordgrad.calculus.errors import Undefined
from wordgrad.calculus.limits import TooLarge
from wordgrad.calculus.terms import (
    ONE,
    UNIT,
    Atom,
    Factors,
    Monomial,
    Number,
    Poly,
    constant,
    divided,
    tidy,
)
from wordgrad.calculus.units import single_product, split_unit

if TYPE_CHECKING:
    from wordgrad.calculus.ring import Ring

_MOST_BITS = 64  # of a number under a logarithm: factoring it takes milliseconds


def inverse(ring: "Ring", poly: Poly) -> Poly:
    """1/p, with p taken to be nonzero."""
    if not poly:
        raise Undefined("division by zero")
    cases = by_cases(ring, poly, ring.inverse)
    if cases is not None:
        return cases
    product = single_product(poly)
    if product is not None:
        return _inverse_product(ring, *product)
    split = split_unit(ring, poly, signed=True)
    unit = _inverse_product(ring, split.coefficient, split.factors)
    rest = single_product(split.remainder)
    if rest is not None:
        return ring.mul(unit, _inverse_product(ring, *rest))
    return ring.mul(unit, ring.atom(("p", split.remainder), -1))


def _inverse_product(ring: "Ring", coefficient: Number, factors: Factors) -> Poly:
    result = constant(divided(1, coefficient))
    simple: Factors = {}
    for atom, exponent in factors.items():
        if atom[0] == "e":
            result = ring.mul(result, ring.exp(ring.scale(atom[1], -exponent)))
        elif atom[0] == "p" and exponent < 0:
            result = ring.mul(result, ring.power(atom[1], -exponent))
        else:
            simple[atom] = -exponent
    return ring.times_opened((), simple, 1, result)


def exponential(ring: "Ring", poly: Poly) -> Poly:
    """e^p; a multiple of a logarithm in p comes out as a power."""
    cases = by_cases(ring, poly, ring.exp)
    if cases is not None:
        return cases
    result, rest = ONE, []
    for monomial, coefficient in poly:
        base = _logarithm_of(monomial)
        comes_out: Number = 0
        if base is not None:
            comes_out = floor(coefficient) if _is_number(base) else coefficient
            result = ring.mul(result, ring.power(base, comes_out))
        if coefficient != comes_out:
            rest.append((monomial, tidy(coefficient - comes_out)))
    if not rest:
        return result
    atom: Atom = ("e", tuple(rest))
    return ring.mul(result, ((((), ((atom, 1),)), 1),))


def _is_number(poly: Poly) -> bool:
    """A root of a number stays an exponential, e^(log(2)/3); only whole powers come out."""
    return len(poly) == 1 and poly[0][0] == UNIT


def _logarithm_of(monomial: Monomial) -> Poly | None:
    """P if the monomial is log P."""
    bound, factors = monomial
    if not bound and len(factors) == 1 and factors[0][0][0] == "l" and factors[0][1] == 1:
        base: Poly = factors[0][0][1]
        return base
    return None


def logarithm(ring: "Ring", poly: Poly) -> Poly:
    """log p, with p taken to be positive."""
    if not poly:
        raise Undefined("the logarithm of zero")
    cases = by_cases(ring, poly, ring.log)
    if cases is not None:
        return cases
    product = single_product(poly)
    if product is not None:
        return _log_product(ring, *product)
    split = split_unit(ring, poly, signed=False)
    unit = _log_product(ring, split.coefficient, split.factors)
    rest = single_product(split.remainder)
    if rest is not None:
        return ring.add(unit, _log_product(ring, *rest))
    return ring.add(unit, _log_atom(split.remainder))


def _log_product(ring: "Ring", coefficient: Number, factors: Factors) -> Poly:
    if coefficient < 0:
        raise Undefined("the logarithm of a negative number")
    terms = _log_number(Fraction(coefficient))
    for atom, exponent in factors.items():
        if atom[0] == "e":
            terms.append(ring.scale(atom[1], exponent))
        elif atom[0] == "p":
            terms.append(ring.scale(_log_atom(atom[1]), exponent))
        else:
            terms.append(ring.scale(_log_atom(((((), ((atom, 1),)), 1),)), exponent))
    return ring.add(*terms)


def _log_number(value: Fraction) -> list[Poly]:
    terms: list[Poly] = []
    for number, sign in ((value.numerator, 1), (value.denominator, -1)):
        if number.bit_length() > _MOST_BITS:
            raise TooLarge("a logarithm of a number too large to be taken apart into primes")
        for prime, exponent in sp.factorint(number).items():
            terms.append(((((), ((("l", constant(int(prime))), 1),)), sign * int(exponent)),))
    return terms


def _log_atom(poly: Poly) -> Poly:
    return ((((), ((("l", poly), 1),)), 1),)


def fractional_power(ring: "Ring", poly: Poly, exponent: Fraction) -> Poly:
    """p^(a/b), with p taken to be positive."""
    cases = by_cases(ring, poly, lambda case: ring.power(case, exponent))
    if cases is not None:
        return cases
    if not poly:
        raise Undefined("a fractional power of zero")
    product = single_product(poly)
    if product is None:
        split = split_unit(ring, poly, signed=False)
        product = split.coefficient, {**split.factors, ("p", split.remainder): 1}
    coefficient, factors = product
    if coefficient < 0:
        raise Undefined(f"the power {exponent} of a negative number")
    result = ring.exp(ring.scale(ring.add(*_log_number(Fraction(coefficient))), exponent))
    for atom, power in factors.items():
        if atom[0] == "e":
            result = ring.mul(result, ring.exp(ring.scale(atom[1], power * exponent)))
        else:
            result = ring.mul(result, ring.atom(atom, power * exponent))
    return result
