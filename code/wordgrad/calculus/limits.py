"""What judging one line may cost: its time, and the size of its numbers.

There are no signals and no threads here: whoever computes asks now and then whether to go on.  So
a limit holds on any thread, and in a browser, where signals do not exist.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from fractions import Fraction
from time import monotonic

MOST_BITS = 8_000  # of a number: about 2,400 digits

_DIGITS_PER_BIT = 0.30103  # log 2 / log 10

_limit: ContextVar[tuple[float, float] | None] = ContextVar("limit", default=None)


class LimitExceeded(Exception):
    """Something is larger than what is allowed; it says nothing about whether a line is right."""


class OutOfTime(LimitExceeded):
    """The time is up."""


class TooLarge(LimitExceeded):
    """A number, a power, or a sum written with numbers, that would fill the memory."""


@contextmanager
def time_limit(seconds: float) -> Iterator[None]:
    """Within the block `check_time` raises once so many seconds have passed.

    Parameters
    ----------
    seconds : float
        Wall time.  Of two limits, one within the other, the earlier holds.

    Examples
    --------
    >>> with time_limit(0.0):
    ...     check_time()
    Traceback (most recent call last):
    wordgrad.calculus.limits.OutOfTime: not decided within 0 seconds, the most that is allowed; \
split the line into smaller steps
    """
    outer, new = _limit.get(), (monotonic() + seconds, seconds)
    token = _limit.set(new if outer is None else min(outer, new))
    try:
        yield
    finally:
        _limit.reset(token)


def check_time() -> None:
    """Go on only if there is time left.

    Raises
    ------
    OutOfTime
        If the time of the innermost `time_limit` is up.
    """
    limit = _limit.get()
    if limit is not None and monotonic() >= limit[0]:
        raise OutOfTime(
            f"not decided within {limit[1]:g} seconds, the most that is allowed; "
            "split the line into smaller steps"
        )


def check_power(base: int | Fraction, exponent: int | Fraction) -> None:
    """Go on only with a power of a number that can be written out.

    Raises
    ------
    TooLarge
        As `check_number`, of the result.
    """
    _check_bits(_bits(base) * max(abs(exponent), 1))


def check_number(value: int | Fraction) -> None:
    """Go on only with a number of a reasonable size.

    Raises
    ------
    TooLarge
        If its numerator or denominator has more than `MOST_BITS` bits.

    Examples
    --------
    >>> check_number(2**100)
    >>> check_number(10**3000)
    Traceback (most recent call last):
    wordgrad.calculus.limits.TooLarge: a number with about 3000 digits; at most 2408 are allowed: \
write a power, or give it a name
    """
    _check_bits(_bits(value))


def _bits(value: int | Fraction) -> int:
    return max(value.numerator.bit_length(), value.denominator.bit_length())


def _check_bits(bits: int | Fraction) -> None:
    if bits > MOST_BITS:
        raise TooLarge(
            f"a number with about {_DIGITS_PER_BIT * bits:.0f} digits; at most "
            f"{int(_DIGITS_PER_BIT * MOST_BITS)} are allowed: write a power, or give it a name"
        )
