"""Every verdict the judge can give, and that its two sides cannot contradict each other unseen."""

import pytest

from wordgrad.calculus.errors import OutOfFuel
from wordgrad.derivations import ALL
from wordgrad.latex.parser import parse_expression
from wordgrad.meaning.contexts import naive_softmax, negative_sampling, scalar
from wordgrad.proof.judge import JudgesDisagree, all_proved, judge, judge_derivation
from wordgrad.proof.prover import Prover
from wordgrad.proof.verdict import Verdict

VC = r"\frac{\partial J}{\partial v_c}"
UW = r"\frac{\partial J}{\partial u_w}"


def test_a_right_line_is_proved_without_conditions() -> None:
    assert judge(VC, r"U^\top(\hat y-y)", naive_softmax(), oracle=True) == Verdict("proved")


def test_a_wrong_line_comes_with_numbers() -> None:
    verdict = judge(UW, r"\hat y_w v_c", naive_softmax())
    assert verdict.status == "wrong"
    assert verdict.witness is not None
    assert verdict.witness.indices["w"] == verdict.witness.indices["o"]
    assert verdict.witness.left != pytest.approx(verdict.witness.right)


def test_a_line_may_hold_under_assumptions_only() -> None:
    line = r"\sigma(u_{n_k}^\top v_c)\,v_c"
    quantity = r"\frac{\partial J}{\partial u_{n_k}}"
    distinct = negative_sampling().assuming(injective=("n",), avoiding=(("n", "o"),))
    assert judge(quantity, line, distinct).status == "proved"
    assert judge(quantity, line, negative_sampling()).status == "wrong"


def test_shapes_that_do_not_fit_are_ill_formed_and_unknown_letters_not_understood() -> None:
    product = judge(VC, r"U(\hat y-y)", naive_softmax())
    assert product.status == "ill_formed"
    assert "words (V)" in product.message
    whole = judge(VC, r"\hat y-y", naive_softmax())
    assert whole.message == (
        "this line is a column over words (V), the line above is a column over components (d)"
    )
    unknown = judge(VC, r"q_c", naive_softmax())
    assert unknown.status == "not_understood"
    assert "known: " in unknown.message


def test_text_that_cannot_be_read_is_not_called_wrong() -> None:
    verdict = judge(VC, r"U^\top(\hat y-y", naive_softmax())
    assert verdict.status == "not_understood"
    assert verdict.message.endswith("      ^")


@pytest.mark.parametrize(
    ("left", "right", "condition"),
    [(r"\log x^2", r"2\log x", "x > 0"), (r"\frac{x}{x}", "1", r"x \neq 0")],
)
def test_what_is_taken_for_granted_is_said(left: str, right: str, condition: str) -> None:
    verdict = judge(left, right, scalar())
    assert verdict.status == "proved"
    assert condition in verdict.side_conditions
    assert not all_proved([verdict])
    declared = scalar().assuming(positive=("x",))
    assert judge(left, right, declared) == Verdict("proved")


def test_without_a_proof_the_numbers_speak(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Prover, "equal", lambda *_: False)
    verdict = judge(VC, r"U^\top(\hat y-y)", naive_softmax())
    assert verdict.status == "agrees"
    assert "random points" in verdict.message


def test_running_out_of_fuel_refutes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    def give_up(*_: object) -> bool:
        raise OutOfFuel("the step budget is used up")

    monkeypatch.setattr(Prover, "equal", give_up)
    verdict = judge(VC, r"U^\top(\hat y-y)", naive_softmax())
    assert verdict.status == "agrees"
    assert "budget" in verdict.message


def test_a_proof_of_something_false_stops_everything(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Prover, "equal", lambda *_: True)
    with pytest.raises(JudgesDisagree, match="yet different at"):
        judge(UW, r"\hat y_w v_c", naive_softmax(), oracle=True)


def test_nothing_to_try_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    verdict = judge(r"\log(-1-x^2)", r"\log(-2-x^2)", scalar())
    assert verdict.status == "not_understood"
    assert "no point to try" in verdict.message


def test_letters_mean_the_same_in_both_lines() -> None:
    clash = judge(UW, r"\sigma(u_{n_w}^\top v_c)\,v_c", negative_sampling())
    assert clash.status == "ill_formed"


def test_trees_are_judged_like_text() -> None:
    tree = parse_expression(r"U^\top(\hat y-y)")
    assert judge(VC, tree, naive_softmax()).status == "proved"


@pytest.mark.parametrize("name", ALL)
def test_both_judges_agree_on_every_line_of_the_book(name: str) -> None:
    assert all_proved(judge_derivation(ALL[name], oracle=True))
