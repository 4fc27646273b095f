"""Two kinds of numbers the oracle can calculate with: doubles, and 50 decimal digits.

Both step into the complex plane, and both mark as "not a number" what has no real value: the
logarithm of a negative number, a division by zero.
"""

from collections.abc import Callable, Iterable
from fractions import Fraction
from functools import cache
from typing import Any, Protocol

import numpy as np
from mpmath import MPContext
from numpy.typing import NDArray

Array = NDArray[Any]
Elementwise = Callable[[Array], Array]

CIRCLE = 32  # points of the contour integral that gives the derivative of a named function


class Arithmetic(Protocol):
    """What the evaluator needs of a kind of numbers."""

    nan: Any
    imaginary_step: Any  # i*h with h so small that h*h is nothing beside 1
    real_step: Any  # spacing of the eight-point central difference

    def number(self, value: Fraction) -> Array:
        """An exact number, as an array of shape (1, 1, 1)."""

    def convert(self, array: Array) -> Array:
        """An array of short decimals or integers in this arithmetic."""

    def real(self, array: Array) -> Array:
        """Real parts."""

    def imaginary(self, array: Array) -> Array:
        """Imaginary parts."""

    def is_complex(self, array: Array) -> bool:
        """Does the array carry a step into the complex plane?"""

    def elementary(self, name: str) -> Elementwise:
        """exp, log (of any number but 0) or sqrt, taken elementwise."""

    def circle(self) -> Array:
        """Points on the unit circle, evenly spaced."""

    def doubles(self, array: Array) -> Array:
        """Real parts as float64."""


class Doubles:
    """Ordinary floating point, 16 digits."""

    nan: Any = np.nan
    imaginary_step: Any = 1e-30j
    real_step: Any = 0.01

    def number(self, value: Fraction) -> Array:
        return np.full((1, 1, 1), float(value))

    def convert(self, array: Array) -> Array:
        return array.astype(np.float64)

    def real(self, array: Array) -> Array:
        return array.real

    def imaginary(self, array: Array) -> Array:
        return array.imag

    def is_complex(self, array: Array) -> bool:
        return array.dtype.kind == "c"

    def elementary(self, name: str) -> Elementwise:
        functions: dict[str, Elementwise] = {"exp": np.exp, "log": np.log, "sqrt": np.sqrt}
        return functions[name]

    def circle(self) -> Array:
        turns: Array = np.exp(2j * np.pi * np.arange(CIRCLE) / CIRCLE)
        return turns

    def doubles(self, array: Array) -> Array:
        return np.asarray(array.real, dtype=np.float64)


class Decimals:
    """Fifty digits, for a second opinion when doubles leave a doubt; slow."""

    def __init__(self, digits: int = 50) -> None:
        context = MPContext()
        context.dps = digits
        self._context = context
        self.nan: Any = context.nan
        self.imaginary_step: Any = context.mpc(0, context.mpf(10) ** (-4 * digits))
        self.real_step: Any = context.mpf(10) ** -5
        self._functions: dict[str, Elementwise] = {
            name: _elementwise(getattr(context, name)) for name in ("exp", "log", "sqrt")
        }
        self._real, self._imaginary = _elementwise(context.re), _elementwise(context.im)
        self._from_text = _elementwise(lambda x: context.mpf(repr(float(x))))

    def number(self, value: Fraction) -> Array:
        exact = self._context.mpf(value.numerator) / value.denominator
        return _objects([exact]).reshape(1, 1, 1)

    def convert(self, array: Array) -> Array:
        return self._from_text(array)

    def real(self, array: Array) -> Array:
        return self._real(array)

    def imaginary(self, array: Array) -> Array:
        return self._imaginary(array)

    def is_complex(self, array: Array) -> bool:
        return any(isinstance(x, self._context.mpc) for x in array.flat)

    def elementary(self, name: str) -> Elementwise:
        return self._functions[name]

    def circle(self) -> Array:
        points = 4 * CIRCLE
        return _objects(
            [self._context.expjpi(2 * self._context.mpf(k) / points) for k in range(points)]
        )

    def doubles(self, array: Array) -> Array:
        return np.asarray(self.real(array), dtype=np.float64)


def _elementwise(function: Callable[[Any], Any]) -> Elementwise:
    ufunc = np.frompyfunc(function, 1, 1)

    def apply(array: Array) -> Array:
        return np.asarray(ufunc(array), dtype=object).reshape(array.shape)

    return apply


def _objects(items: Iterable[Any]) -> Array:
    entries = list(items)
    array = np.empty(len(entries), dtype=object)
    array[:] = entries
    return array


DOUBLES = Doubles()


@cache
def decimals() -> Decimals:
    """The one context of fifty digits."""
    return Decimals()
