"""Closed terms do not remember the names their bound indices had, nor the order of writing."""

from fractions import Fraction

from wordgrad.calculus.terms import (
    atom_has,
    bound_names,
    close,
    delta,
    divided,
    fresh_index,
    index_has,
    monomial_level,
    opened,
    poly_renamed,
    tidy,
)

W, OUT = ("v", "w"), ("v", "o")


def _u(word, component):  # type: ignore[no-untyped-def]
    return ("x", "u", word, component)


def test_bound_names_and_order_do_not_matter() -> None:
    a, b, c, d = (fresh_index() for _ in range(4))
    first = close(((a, "Voc"), (b, "Dim")), [(_u(a, b), 1), (_u(OUT, b), 2)])
    second = close(((c, "Dim"), (d, "Voc")), [(_u(OUT, c), 2), (_u(d, c), 1)])
    assert first == second


def test_two_bound_indices_of_one_sort_are_told_apart_by_their_places() -> None:
    a, b = fresh_index(), fresh_index()
    chain = [(_u(a, W), 1), (delta(a, b), 1), (_u(b, OUT), 1)]
    swapped = [(_u(b, W), 1), (delta(a, b), 1), (_u(a, OUT), 1)]
    assert close(((a, "Voc"), (b, "Voc")), chain) == close(((a, "Voc"), (b, "Voc")), swapped)
    assert close(((a, "Voc"), (b, "Voc")), chain) != close(((a, "Voc"), (b, "Dim")), chain)


def test_opening_and_closing_gives_the_term_back() -> None:
    a, b = fresh_index(), fresh_index()
    inner = ((close(((b, "Dim"),), [(_u(a, b), 1)]), 1),)
    monomial = close(((a, "Voc"),), [(("e", inner), 1), (("x", "y", a), 1)])
    assert monomial_level(monomial) == 2
    assert bound_names(monomial) == [("b", 2, 0)]
    assert close(*opened(monomial)) == monomial


def test_occurrence_looks_inside_sums_and_index_functions() -> None:
    k = ("v", "k")
    looked_up = ("f", "n", k)
    assert index_has(looked_up, k)
    poly = ((((), ((_u(looked_up, W), 1),)), 1),)
    assert atom_has(("e", poly), k)
    assert not atom_has(("e", poly), OUT)


def test_renaming_reaches_inner_sums_and_keeps_order_canonical() -> None:
    b = fresh_index()
    poly = ((close(((b, "Dim"),), [(_u(W, b), 1), (_u(OUT, b), 1)]), 3),)
    renamed = poly_renamed(poly, {W: ("v", "a")})
    expected = ((close(((b, "Dim"),), [(_u(OUT, b), 1), (_u(("v", "a"), b), 1)]), 3),)
    assert renamed == expected


def test_numbers_are_exact_and_tidy() -> None:
    assert divided(1, 3) == Fraction(1, 3)
    assert isinstance(divided(6, 3), int)
    assert isinstance(tidy(Fraction(4, 2)), int)
