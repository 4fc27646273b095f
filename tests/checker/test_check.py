"""What the checker says of lines as readers write them."""

import json

import pytest

from wordgrad.checker import check_derivation

RIGHT = {
    "naive_vc": [
        r"\frac{\partial J}{\partial v_c} = -u_o+\sum_w \hat y_w u_w",
        r"&= U^\top(\hat y-y) \\",
        r"\nabla_{v_c} J = \sum_{x\in V} (\hat y_x - y_x)\,\mathbf u_x",
        r"-u_o + \sum_{i=1}^V P(i\mid c) u_i",
        r"\frac{\partial J}{\partial v_{c,i}} = \sum_w (\hat y_w-y_w) u_{w,i}",
    ],
    "naive_uw": [
        r"(\hat y_w - y_w) v_c",
        r"\frac{\partial J}{\partial u_x} = (\hat y_x-\delta_{xo})v_c",
        r"\begin{cases}(\hat y_o-1)v_c & w=o\\ \hat y_w v_c & w\neq o\end{cases}",
    ],
    "softmax_ce_theta": [
        r"\hat y_i - y_i",
        r"\hat y - y",
        r"\frac{\partial J}{\partial\theta}=\hat y-y",
    ],
    "naive_U": [r"(\hat y-y)v_c^\top", r"(\hat y_x-y_x) v_c"],
    "neg_uk": [r"\frac{\partial J}{\partial u_{w_s}} = \sigma(u_{w_s}^\top v_c)\,v_c"],
    "sigmoid_derivative": [
        r"\sigma'(x) = \frac{e^{-x}}{(1+e^{-x})^2}",
        r"= \sigma(x)(1-\sigma(x))",
    ],
}


@pytest.mark.parametrize("target", RIGHT)
def test_right_lines_are_proved(target: str) -> None:
    report = check_derivation(RIGHT[target], target)
    assert [line.status for line in report.lines] == ["proved"] * len(RIGHT[target])
    assert report.holds
    assert report.first_wrong is None
    assert report.summary == "Every line holds."


WRONG = [
    ("naive_vc", r"-u_o+\sum_w\hat y_o u_w", "wrong index", r"\hat{y}_w"),
    ("naive_vc", r"u_o-\sum_w\hat y_w u_w", "sign", r"-u_o"),
    ("naive_uw", r"\hat y_w v_c", "case w=o forgotten", r"\hat{y}_w - y_w"),
    ("naive_uw", r"\hat y_w - y_w", "factor dropped", r"v_c"),
    (
        "neg_vc",
        r"(\sigma(u_o^\top v_c)-1)u_o+\sum_{k=1}^K\sigma(-u_k^\top v_c)u_k",
        "minus lost inside sigma",
        r"\sigma(u_k^\top v_c)",
    ),
    ("neg_uk", r"\sigma(u_{n_l}^\top v_c)\,u_{n_l}", "wrong vector", r"v_c"),
    ("naive_U", r"(\hat y-y)v_c", "transposed", r"v_c^\top"),
    ("softmax_jacobian", r"\hat y_i(1-\hat y_j)", "case w=o forgotten", r"\delta_{ij}"),
    ("sigmoid_derivative", r"\sigma(x)(1+\sigma(x))", "sign", r"1 - \sigma(x)"),
]


@pytest.mark.parametrize(("target", "line", "kind", "repaired"), WRONG)
def test_a_slip_is_named_and_repaired(target: str, line: str, kind: str, repaired: str) -> None:
    (judged,) = check_derivation([line], target).lines
    assert judged.status in ("wrong", "ill_formed")
    assert judged.slip is not None
    assert judged.slip.kind == kind
    assert repaired in judged.repair
    assert judged.witness is not None or judged.status == "ill_formed"
    assert check_derivation([judged.repair], target).lines[0].status == "proved"


def test_two_slips_at_once_have_a_witness_but_no_repair() -> None:
    line = r"\sum_w (\hat y_o+y_w) v_c"
    (judged,) = check_derivation([line], "naive_vc").lines
    assert judged.status == "wrong"
    assert judged.witness is not None
    assert judged.slip is None
    assert judged.repair == ""


@pytest.mark.parametrize(
    ("line", "part"),
    [
        (r"U(\hat y-y)", "one column per word"),
        (r"(\hat y-y)^\top U", "transpose"),
        (r"(\hat y-y)^\top U^\top", "transpose, if U has one column"),
    ],
)
def test_another_layout_is_not_an_error(line: str, part: str) -> None:
    report = check_derivation([line], "naive_vc")
    assert report.lines[0].status == "layout"
    assert part in report.lines[0].message
    assert report.holds


def test_with_columns_the_columns_form_is_plainly_right() -> None:
    report = check_derivation([r"U(\hat y-y)", r"U^\top(\hat y-y)"], "naive_vc", layout="columns")
    assert [line.status for line in report.lines] == ["proved", "layout"]
    assert "one row per word" in report.lines[1].message


def test_a_line_that_follows_a_wrong_line_is_told_from_a_new_slip() -> None:
    report = check_derivation(
        [
            r"\sigma'(x) = \sigma(x)(1+\sigma(x))",
            r"= \sigma(x)+\sigma(x)^2",
            r"= \sigma(x)(1-\sigma(x))",
        ],
        "sigmoid_derivative",
    )
    _, second, third = report.lines
    assert report.first_wrong == 0
    assert (second.status, second.follows) == ("wrong", True)
    assert "already wrong" in second.message
    assert (third.status, third.follows) == ("proved", False)
    assert "does not follow" in third.message
    assert "right all the same" in report.summary


def test_assumptions_decide_and_are_reported() -> None:
    line = [r"\frac{\partial J}{\partial u_k} = \sigma(u_k^\top v_c) v_c"]
    distinct = check_derivation(line, "neg_uk")
    assert distinct.assuming["negatives"] == "distinct"
    assert distinct.lines[0].status == "proved"
    any_at_all = check_derivation(line, "neg_uk", assuming={"negatives": "any"})
    assert any_at_all.lines[0].status == "wrong"
    one_case = check_derivation([r"(\hat y_o-1)v_c"], "naive_uw", assuming={"w": "o"})
    assert one_case.lines[0].status == "proved"


def test_either_pair_loss_takes_the_one_that_fits() -> None:
    window = r"\sum_{-m\le j\le m,\ j\neq 0}"
    line = window + r"\frac{\partial F(w_{c+j}, v_c)}{\partial v_c}"
    report = check_derivation([line], "window_vc", assuming={"pair_loss": "either"})
    assert report.holds


def test_own_letters_are_taken_from_their_definition() -> None:
    report = check_derivation(
        [
            r"z_i = u_i^\top v_c",
            r"J = -z_o+\log\sum_i e^{z_i}",
            r"\frac{\partial J}{\partial v_c} = -u_o+\sum_i\frac{e^{z_i}}{\sum_k e^{z_k}}u_i",
        ],
        "naive_vc",
    )
    assert report.holds


def test_side_computations_are_judged_by_themselves() -> None:
    report = check_derivation(
        [
            r"\frac{\partial\theta_w}{\partial v_c} = u_w",
            r"\frac{\partial\theta_w}{\partial v_c} = v_c",
            r"\frac{\partial J}{\partial v_c} = U^\top(\hat y-y)",
        ],
        "naive_vc",
    )
    assert [line.status for line in report.lines] == ["proved", "wrong", "proved"]


def test_free_mode_differentiates_a_loss_of_ones_own() -> None:
    report = check_derivation(
        [r"J := \frac{1}{2}x^2+\log(1+e^x)", r"\frac{dJ}{dx} = x+\sigma(x)", r"= x+\sigma(-x)"]
    )
    assert [line.status for line in report.lines] == ["proved", "proved", "wrong"]
    alone = check_derivation([r"x+\sigma(x)"])
    assert alone.lines[0].status == "not_understood"
    assert "left-hand side" in alone.lines[0].message


def test_a_nought_for_an_o_is_read_with_a_remark() -> None:
    (line,) = check_derivation([r"-u_0+\sum_w\hat y_w u_w"], "naive_vc").lines
    assert line.status == "proved"
    assert line.remarks == ("the index 0 is read as the letter o",)


@pytest.mark.parametrize("text", [r"\exp u^\top v", r"U^\top(\hat y-y", r"\frac{a}", "☃", r"q_c"])
def test_what_cannot_be_read_is_never_called_wrong(text: str) -> None:
    report = check_derivation([text], "naive_vc")
    assert report.lines[0].status == "not_understood"
    assert report.lines[0].message
    assert report.summary == "No line could be read."


def test_the_report_is_plain_json() -> None:
    report = check_derivation([r"\hat y_w v_c", r"(\hat y_w-y_w)v_c"], "naive_uw")
    data = json.loads(json.dumps(report.to_json()))
    assert data["first_wrong"] == 0
    assert data["lines"][0]["slip"]["kind"] == "case w=o forgotten"
    assert (
        data["lines"][0]["witness"]["indices"]["w"] == data["lines"][0]["witness"]["indices"]["o"]
    )


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"target": "naive_v"}, "naive_vc"),
        ({"target": "naive_vc", "layout": "diagonal"}, "'rows' or 'columns'"),
        ({"target": "naive_vc", "assuming": {"negative": "any"}}, "did you mean 'negatives'"),
        ({"target": "naive_vc", "assuming": {"w": "c"}}, "must be one of 'any', 'o', 'not o'"),
    ],
)
def test_bad_arguments_say_what_is_allowed(arguments: dict, message: str) -> None:  # type: ignore[type-arg]
    with pytest.raises(ValueError, match=message):
        check_derivation([r"y"], **arguments)


def test_too_many_lines_are_refused() -> None:
    with pytest.raises(ValueError, match="at most"):
        check_derivation(["x"] * 1000, "sigmoid_derivative")
