"""The oracle: what it accepts, what it refuses and with which witness."""

from typing import Any

import numpy as np
import pytest

from wordgrad.latex.parser import parse_expression
from wordgrad.meaning.contexts import cbow, naive_softmax, negative_sampling, scalar, scores, window
from wordgrad.meaning.notation import Notation
from wordgrad.oracle import compare as oracle
from wordgrad.oracle.arithmetic import decimals
from wordgrad.oracle.compare import Agreement, EvaluationError, NoData, Witness, compare

from .models import sigmoid, softmax

NAIVE, NEGATIVE, SCALAR = naive_softmax(), negative_sampling(), scalar()
APART = NEGATIVE.assuming(injective=("n",), avoiding=(("n", "o"),))
PAIRS = window("softmax")
W = r"\sum_{-m\le j\le m,\ j\neq 0}"
BY_VC, BY_UW, BY_UN = (
    rf"\frac{{\partial J}}{{\partial {variable}}}" for variable in ("v_c", "u_w", "u_{n_l}")
)

HESSIAN = r"\frac{\partial^2 J}{\partial v_c\partial v_c^\top}"


def judged(left: str, right: str, notation: Notation, **options: Any) -> Any:
    """The outcome for two lines."""
    return compare(parse_expression(left), parse_expression(right), notation, **options)


@pytest.mark.parametrize(
    ("left", "right", "notation"),
    [
        (r"1-\sigma(x)", r"\sigma(-x)", SCALAR),
        (r"\frac{d}{dx}\sigma(x)", r"\sigma(x)(1-\sigma(x))", SCALAR),
        (r"\sigma'(x)", r"\sigma(x)(1-\sigma(x))", SCALAR),
        (r"\operatorname{softmax}(\theta)_i",
         r"\frac{e^{\theta_i+s}}{\sum_k e^{\theta_k+s}}", scores()),
        (r"\frac{\partial\hat y_i}{\partial\theta_j}", r"\hat y_i(\delta_{ij}-\hat y_j)", scores()),
        (r"\frac{\partial J}{\partial\theta}", r"\hat y-y", scores("distribution")),
        (BY_VC, r"U^\top(\hat y-y)", NAIVE),
        (BY_VC, r"(\hat y_o-1)u_o+\sum_{k\neq o}\hat y_k u_k", NAIVE),
        (BY_VC, r"-u_o+\mathbb E_{w\sim P(\cdot\mid c)}[u_w]", NAIVE),
        (BY_VC, r"U(\hat y-y)", NAIVE.with_columns()),
        (BY_UW, r"(\hat y_w-\delta_{wo})v_c", NAIVE),
        (BY_UW, r"\hat y_w v_c", NAIVE.assuming(distinct=(("w", "o"),))),
        (BY_UW, r"(\hat y_o-1)v_c", NAIVE.assuming(equal=(("w", "o"),))),
        (HESSIAN, r"\sum_w\hat y_w(u_w-\bar u)(u_w-\bar u)^\top", NAIVE),
        (r"\left[\frac{\partial J}{\partial v_c}\right]_a", r"\sum_w(\hat y_w-y_w)U_{wa}", NAIVE),
        (BY_VC, r"\sum_k\sigma(u_k^\top v_c)u_k-\sigma(-u_o^\top v_c)u_o", NEGATIVE),
        (BY_UW, r"(\sigma(\theta_w)-1)\delta_{wo}v_c+\sum_k\mathbb 1[n_k=w]\sigma(\theta_w)v_c"
         r"+\delta_{wo}(\sigma(\theta_o)-\sigma(\theta_w))v_c", NEGATIVE),
        (BY_UN, r"(1-\sigma(-u_{n_l}^\top v_c))v_c", APART),
        (r"\frac{\partial J}{\partial u_k}", r"\sigma(u_k^\top v_c)v_c", APART),
        (BY_UW, W + r"(\hat y_w-\mathbb 1[w=w_{c+j}])v_c", PAIRS),
        (r"\frac{\partial J}{\partial v_w}", "0", PAIRS.assuming(distinct=(("w", "c"),))),
        (r"\frac{\partial J}{\partial v_w}",
         r"\frac{1}{2m}" + W + r"\mathbb 1[w_{c+j}=w]\,\frac{\partial J}{\partial\hat v}",
         cbow("negative_sampling", "mean")),
    ],
)  # fmt: skip
def test_right_lines(left: str, right: str, notation: Notation) -> None:
    outcome = judged(left, right, notation)
    assert isinstance(outcome, Agreement), outcome
    assert outcome.evaluations >= 12
    assert outcome.one_sided == 0


@pytest.mark.parametrize(
    ("left", "right", "notation"),
    [
        (r"1-\sigma(x)", r"\sigma(x)", SCALAR),
        (r"x^2", "x", SCALAR),
        (r"\log(1+e^{-x})", r"\operatorname{softplus}(x)", SCALAR),
        (r"\frac{\partial\hat y_i}{\partial\theta_j}", r"\hat y_i(1-\hat y_j)", scores()),
        (r"\frac{\partial\hat y_i}{\partial\theta_j}", r"-\hat y_i\hat y_j", scores()),
        (BY_VC, r"U^\top(y-\hat y)", NAIVE),
        (BY_VC, r"-u_o+\sum_{w\neq o}\hat y_w u_w", NAIVE),
        (BY_VC, r"-u_o+\sum_w\hat y_o u_w", NAIVE),
        (BY_UW, r"(\hat y_w-y_w)u_w", NAIVE),
        (HESSIAN, r"\sum_w\hat y_w u_w u_w^\top", NAIVE),
        (BY_VC, r"\sum_k\sigma(-u_k^\top v_c)u_k-\sigma(-u_o^\top v_c)u_o", NEGATIVE),
        (BY_UW, W + r"(\hat y_w-1)v_c", PAIRS),
        (BY_UW, r"m(\hat y_w-b_w)v_c", PAIRS),
        (BY_UW, r"(2m\hat y_w-b_o)v_c", PAIRS),
    ],
)  # fmt: skip
def test_wrong_lines(left: str, right: str, notation: Notation) -> None:
    assert isinstance(judged(left, right, notation), Witness)


def test_a_case_that_was_forgotten() -> None:
    witness = judged(BY_UW, r"\hat y_w v_c", NAIVE)
    assert witness.sizes == {"V": 2, "d": 1}
    assert witness.indices["w"] == witness.indices["o"] != witness.indices["c"]
    assert isinstance(judged(BY_UW, r"(\hat y_w-1)v_c", NAIVE), Witness)


def test_negatives_that_repeat() -> None:
    line = r"(1-\sigma(-u_{n_l}^\top v_c))v_c"
    witness = judged(BY_UN, line, NEGATIVE.assuming(avoiding=(("n", "o"),)))
    assert witness.indices["n_1"] == witness.indices["n_2"] != witness.indices["o"]
    witness = judged(BY_UN, line, NEGATIVE.assuming(injective=("n",)))
    assert witness.indices[f"n_{witness.indices['l']}"] == witness.indices["o"]
    assert witness.indices["n_1"] != witness.indices["n_2"]


def test_the_outside_word_among_the_negatives() -> None:
    witness = judged(r"\frac{\partial J}{\partial u_o}", r"(\sigma(u_o^\top v_c)-1)v_c", NEGATIVE)
    assert witness.indices["o"] in (witness.indices["n_1"], witness.indices["n_2"])


def test_context_words_that_repeat() -> None:
    by_vj = r"\frac{\partial J}{\partial v_{w_{c+j}}}", r"\frac{\partial J}{\partial\hat v}"
    witness = judged(*by_vj, cbow("softmax"))
    assert witness.indices["w_{c-1}"] == witness.indices["w_{c+1}"]
    assert isinstance(judged(*by_vj, cbow("softmax").assuming(injective=("w",))), Agreement)


def test_a_context_word_that_is_the_center() -> None:
    notation = PAIRS.assuming(injective=("w",))
    left, right = W + r"\mathbb 1[w_{c+j}=c]", "0"
    witness = judged(left, right, notation)
    assert witness.indices["c"] in (witness.indices["w_{c-1}"], witness.indices["w_{c+1}"])
    apart = PAIRS.assuming(avoiding=(("w", "c"),))
    assert isinstance(judged(left, right, apart), Agreement)


def test_a_witness_can_be_recomputed() -> None:
    witness = judged(BY_UW, r"\hat y_w v_c", NAIVE)
    u, v = (np.array(witness.inputs[name]) for name in "uv")
    o, c, w = (witness.indices[name] - 1 for name in "ocw")
    yhat = softmax(u @ v[c])
    (row,) = witness.component or (1,)
    assert witness.left == pytest.approx(((yhat[w] - (w == o)) * v[c])[row - 1], rel=1e-12)
    assert witness.right == pytest.approx((yhat[w] * v[c])[row - 1], rel=1e-12)
    assert set(np.concatenate([u, v]).ravel()) <= {-1, -0.5, 0.5, 1, 2}


def test_one_slip_in_one_entry_is_located() -> None:
    left = r"\begin{bmatrix}\sigma(x)\\ 1-\sigma(x)\end{bmatrix}"
    witness = judged(left, r"\begin{bmatrix}\sigma(x)\\ \sigma(x)\end{bmatrix}", SCALAR)
    assert witness.component == (2,)
    x = witness.inputs["x"]
    assert witness.left == pytest.approx(1 - sigmoid(x), rel=1e-12)


def test_layout_and_shape_mistakes_are_not_witnesses() -> None:
    for right in (r"(\hat y-y)^\top U", r"\hat y_w", r"U(\hat y-y)", "z"):
        with pytest.raises(EvaluationError):
            judged(BY_VC, right, NAIVE)
    with pytest.raises(EvaluationError, match="the two sides must have one shape"):
        judged(r"\frac{\partial J}{\partial U}", r"v_c(\hat y-y)^\top", NAIVE)


# --------------------------------------------------------------------------------- domains
def test_points_where_one_side_has_no_value_are_no_witness() -> None:
    outcome = judged(r"\log(x^2)", r"2\log x", SCALAR)
    assert isinstance(outcome, Agreement)
    assert outcome.one_sided > 0


def test_equality_in_a_few_corners_is_no_agreement() -> None:
    line = r"-\log\sigma(\theta_o)-\sum_{k=1}^K\log(\delta_{n_k o}-\sigma(\theta_{n_k}))"
    # It has a value where every negative is the outside word, and the right one.
    outcome = judged("J", line, negative_sampling())
    assert isinstance(outcome, NoData)
    assert "only one side has a real value" in outcome.reason


def test_the_assumption_of_a_positive_number() -> None:
    outcome = judged(r"\log(x^2)", r"2\log x", SCALAR.assuming(positive=("x",)))
    assert isinstance(outcome, Agreement)
    assert outcome.one_sided == 0
    outcome = judged(r"\log(x+s)+\log(x+s)", r"2\log(x+s)", SCALAR.assuming(positive=("x+s",)))
    assert isinstance(outcome, Agreement)
    witness = judged("x", "s", SCALAR.assuming(positive=("s-x",)))
    assert witness.inputs["s"] > witness.inputs["x"]


def test_sides_without_a_value() -> None:
    outcome = judged(r"\log\hat y_o", r"\log(-\hat y_o)", NAIVE)
    assert outcome == NoData(
        "the right side has no real value at any point that was tried", ("right",)
    )
    outcome = judged(r"\log(-e^x)", r"\frac{1}{1-1}", SCALAR)
    assert outcome.without_value == ("left", "right")
    outcome = judged(r"\log x", r"\log(-x)", SCALAR)
    assert outcome == NoData("at no point that was tried do both sides have a real value")


def test_assumptions_that_contradict_each_other() -> None:
    notation = NAIVE.assuming(equal=(("w", "o"),), distinct=(("w", "o"),))
    outcome = judged(BY_UW, r"\hat y_w v_c", notation)
    assert outcome == NoData("the assumptions leave no room at the sizes that were tried")


# -------------------------------------------------------------------------------- accuracy
def test_rounding_is_not_a_witness(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = []
    monkeypatch.setattr(oracle, "decimals", lambda: asked.append(1) or decimals())
    assert isinstance(judged(r"10^{9}+e^x-10^{9}", "e^x", SCALAR), Agreement)
    assert asked, "doubles alone settled it; make the cancellation worse"


def test_a_small_difference_is_a_witness() -> None:
    witness = judged(r"e^x+\frac{1}{10^{7}}", "e^x", SCALAR)
    assert isinstance(witness, Witness)
    assert witness.left - witness.right == pytest.approx(1e-7, rel=1e-6)


def test_fifty_digits_are_asked_only_in_doubt(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse() -> None:
        raise AssertionError("no second opinion is needed")

    monkeypatch.setattr(oracle, "decimals", refuse)
    assert isinstance(judged(BY_VC, r"U^\top(\hat y-y)", NAIVE), Agreement)
    assert isinstance(judged(BY_VC, r"U^\top(y-\hat y)", NAIVE), Witness)
    with pytest.raises(AssertionError, match="second opinion"):
        judged(r"e^x+\frac{1}{10^{7}}", "e^x", SCALAR)


def test_second_derivatives_are_told_from_rounding() -> None:
    right = r"U^\top(\operatorname{diag}(\hat y)-\hat y\hat y^\top)U"
    assert isinstance(judged(HESSIAN, right, NAIVE, seeds=6, rng_seed=11), Agreement)
    assert isinstance(judged(HESSIAN, right + r"(1+\frac{1}{10^{7}})", NAIVE), Witness)


# -------------------------------------------------------------------------------- repeating
def test_the_same_call_gives_the_same_witness() -> None:
    first, second = (judged(BY_UW, r"\hat y_w v_c", NAIVE) for _ in range(2))
    assert first == second


def test_more_seeds_are_more_points() -> None:
    few, many = (judged(BY_UW, r"(\hat y_w-y_w)v_c", NAIVE, seeds=s) for s in (2, 8))
    assert many.evaluations > 3 * few.evaluations


def test_sizes_can_be_chosen() -> None:
    witness = judged(BY_UW, r"\hat y_w v_c", NAIVE, sizes=[{"V": 3, "d": 2, "K": 1, "m": 1}])
    assert witness.sizes == {"V": 3, "d": 2}
    assert len(witness.inputs["u"]) == 3


def test_letters_are_read_alike_on_both_sides() -> None:
    assert isinstance(judged(r"\delta_{ij}", r"\delta_{ji}+0\cdot U_{wi}", NAIVE), Agreement)
