"""Limits of time and size: they hold on any thread, the earlier of two first, and end with it."""

import threading
from fractions import Fraction

import pytest

from wordgrad.calculus.limits import (
    MOST_BITS,
    OutOfTime,
    TooLarge,
    check_number,
    check_power,
    check_time,
    time_limit,
)


def test_without_a_limit_there_is_time() -> None:
    check_time()


def test_a_limit_ends_with_its_block() -> None:
    with pytest.raises(OutOfTime), time_limit(0):
        check_time()
    check_time()


def test_the_earlier_of_two_limits_holds() -> None:
    with time_limit(1000), time_limit(0), pytest.raises(OutOfTime):
        check_time()
    with time_limit(0), time_limit(1000), pytest.raises(OutOfTime, match="within 0 seconds"):
        check_time()


def test_an_inner_limit_leaves_the_outer_one_in_force() -> None:
    with time_limit(0):
        with time_limit(1000):
            pass
        with pytest.raises(OutOfTime):
            check_time()


def test_a_limit_is_that_of_its_own_thread() -> None:
    failures: list[BaseException] = []

    def work() -> None:
        try:
            check_time()
            with time_limit(0):
                check_time()
        except BaseException as error:
            failures.append(error)

    with time_limit(0):
        thread = threading.Thread(target=work)
        thread.start()
        thread.join()
    assert [type(error) for error in failures] == [OutOfTime]
    assert "split the line" in str(failures[0])


@pytest.mark.parametrize("sign", [1, -1])
def test_a_number_that_is_too_large(sign: int) -> None:
    just_right, too_large = sign * (2**MOST_BITS - 1), sign * 2**MOST_BITS
    check_number(just_right)
    check_number(Fraction(1, just_right))
    for value in (too_large, Fraction(1, too_large)):
        with pytest.raises(TooLarge, match="about 2409 digits; at most 2408 are allowed: write"):
            check_number(value)


def test_a_power_that_is_too_large_is_refused_before_it_is_made() -> None:
    check_power(2, 1000)
    for base, exponent in ((9, 9**9), (9, -(9**9)), (Fraction(1, 9), 9**9)):
        with pytest.raises(TooLarge, match="write a power"):
            check_power(base, exponent)
