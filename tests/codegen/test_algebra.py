"""Building expressions: sums with deltas, products, other indices."""

from fractions import Fraction

from wordgrad.calculus.sorts import DIM, NEG, VOC, WIN
from wordgrad.codegen.algebra import Algebra
from wordgrad.codegen.pieces import add, delta, number
from wordgrad.codegen.terms import (
    ONE,
    ZERO,
    Add,
    Big,
    Delta,
    Free,
    Looked,
    Mul,
    Num,
    Pow,
    Ref,
    Size,
    new_axis,
)
from wordgrad.codegen.trees import key

PLAIN = Algebra()
W, X, A, K, J = new_axis(VOC), new_axis(VOC), new_axis(DIM), new_axis(NEG), new_axis(WIN)
O_ = Free("o", VOC)
N_K = Looked("n", (K,), VOC)


def test_products_gather_numbers_and_vanish() -> None:
    y = Ref("y", (W,))
    assert PLAIN.mul(number(2), y, number(3)) == Mul((Num(Fraction(6)), y))
    assert PLAIN.mul(y, ZERO) == ZERO
    assert PLAIN.mul() == ONE
    assert PLAIN.neg(add(y, number(1))) == Add((Mul((number(-1), y)), number(-1)))


def test_powers() -> None:
    x, y = Ref("x"), Ref("y")
    assert PLAIN.power(x, number(0)) == ONE
    assert PLAIN.power(number(2), number(-2)) == Num(Fraction(1, 4))
    assert PLAIN.power(Mul((x, y)), number(2)) == Mul((Pow(x, number(2)), Pow(y, number(2))))
    assert PLAIN.power(Pow(x, number(2)), number(-1)) == Pow(x, number(-2))
    root = Pow(Mul((x, x)), Num(Fraction(1, 2)))  # |x|, not x
    assert PLAIN.power(Mul((x, x)), Num(Fraction(1, 2))) == root


def test_a_delta_with_the_summed_index_removes_the_sum() -> None:
    body = PLAIN.mul(delta(W, O_), Ref("u", (W, A)))
    assert PLAIN.sum((W,), body) == Ref("u", (O_, A))


def test_a_delta_that_looks_the_summed_index_up_stays() -> None:
    body = PLAIN.mul(delta(W, N_K), Ref("s", (W,)))
    total = PLAIN.sum((K,), body)
    assert total == Mul((Ref("s", (W,)), Big("sum", (K,), Delta(W, N_K))))


def test_a_sum_over_terms_with_deltas_is_taken_term_by_term() -> None:
    y = Ref("y", (W,))
    body = add(delta(W, O_), PLAIN.mul(number(-1), y))
    assert PLAIN.sum((W,), body) == add(ONE, PLAIN.neg(Big("sum", (W,), y)))


def test_what_does_not_depend_on_the_index_is_counted() -> None:
    assert PLAIN.sum((J,), Ref("x")) == Mul((number(2), Size("m"), Ref("x")))


def test_nested_sums_become_one() -> None:
    n = Looked("n", (J, K), VOC)
    assert PLAIN.sum((J, K), Ref("s", (n,))) == Big("sum", (J, K), Ref("s", (n,)))


def test_another_index_does_not_get_caught() -> None:
    total = Big("sum", (X,), Mul((Ref("y", (X,)), Ref("p", (W, X)))))
    moved = PLAIN.replaced(total, {W: X})  # the free index gets the name of the bound one
    other = new_axis(VOC)
    wanted = Big("sum", (other,), Mul((Ref("y", (other,)), Ref("p", (X, other)))))
    assert key(moved) == key(wanted)
    caught = Big("sum", (other,), Mul((Ref("y", (other,)), Ref("p", (other, other)))))
    assert key(moved) != key(caught)


def test_other_indices_simplify() -> None:
    assert PLAIN.replaced(Delta(W, O_), {W: O_}) == ONE
