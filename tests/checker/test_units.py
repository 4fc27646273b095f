"""Unit vectors and the vector of ones."""

from wordgrad.checker import check_derivation
from wordgrad.checker.units import UNITS, with_units
from wordgrad.meaning.contexts import naive_softmax, scalar
from wordgrad.proof.judge import judge


def test_they_are_known_where_there_are_words() -> None:
    assert set(UNITS) <= set(with_units(naive_softmax()).quantities)
    assert with_units(scalar()) is scalar()


def test_what_they_are_worth() -> None:
    notation = with_units(naive_softmax())
    assert judge(r"U^\top e_o", "u_o", notation).status == "proved"
    assert judge(r"\mathbf 1^\top\hat y", "1", notation).status == "proved"
    assert judge(r"U^\top e_o", "u_c", notation).status == "wrong"


def test_a_reader_may_give_the_letter_e_to_something_else() -> None:
    lines = [r"e = \hat y-y", r"\frac{\partial J}{\partial v_c} = \sum_{w=1}^Ve_wu_w"]
    assert [line.status for line in check_derivation(lines, "naive_vc").lines] == ["proved"] * 2


def test_a_unit_vector_of_the_wrong_word_is_named() -> None:
    line = r"\frac{\partial J}{\partial v_c} = U^\top(\hat y-e_c)"
    (found,) = check_derivation([line], "naive_vc").lines
    assert found.status == "wrong"
    assert found.slip is not None
    assert found.slip.kind == "wrong index"
