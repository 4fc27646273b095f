"""The quantities the derivations aim at, from the losses alone, and the label of each line.

Nothing here is typed by hand that could be computed: whether a line is right, right in another
layout or wrong follows from its value and the derivative of the loss.
"""

from collections.abc import Callable, Mapping, Sequence
from functools import cache
from types import CodeType
from typing import Any, Literal

import numpy as np

from tests.checker.corpus.points import Point, points
from tests.checker.corpus.reader import Case, Formula, Value
from tests.checker.corpus.vocabulary import D2, Array, D, sig, softmax

Label = Literal["right", "layout", "wrong"]
Forms = Sequence[Array]
_TOLERANCE = 1e-7

# What the book assumes where the reader says nothing.
DEFAULTS = {
    "w": "any",
    "negatives": "any",
    "pair_loss": "softmax",
    "context": "sum",
    "words": "any",
}
OF_TARGET: Mapping[str, Mapping[str, str]] = {
    "neg_uo": {"negatives": "distinct"},
    "neg_uk": {"negatives": "distinct"},
    "window_vw": {"w": "not c"},
    "window_neg_vc": {"pair_loss": "negative_sampling"},
    "window_neg_uw": {"pair_loss": "negative_sampling"},
    "cbow_vj": {"words": "distinct"},
    "cbow_neg_vj": {"words": "distinct", "pair_loss": "negative_sampling"},
    "cbow_neg_vhat": {"pair_loss": "negative_sampling"},
    "cbow_mean_vj": {"words": "distinct", "context": "mean"},
    "cbow_mean_uw": {"context": "mean"},
    "cbow_mean_U": {"context": "mean"},
    "cbow_mean_neg_vj": {
        "words": "distinct",
        "context": "mean",
        "pair_loss": "negative_sampling",
    },
}


def assumptions(case: Case) -> dict[str, str]:
    """Every assumption of a derivation with its value."""
    return {**DEFAULTS, **OF_TARGET.get(case.target, {}), **case.assuming}


def _scalar(function: Callable[[Any], Any]) -> Callable[[Point], Forms]:
    return lambda p: [D(function, p["x"])]


def _softplus(x: Any) -> Any:
    return np.log(1 + np.exp(x))


def _loss_of_scores(p: Point) -> Callable[[Array], Any]:
    return lambda theta: -np.log(softmax(theta)[p["o"]])


def _jacobian(p: Point) -> Forms:
    whole = D(softmax, p["theta"])
    return [whole[p["i"], p["j"]], whole]


def _by_theta(p: Point) -> Forms:
    whole = D(_loss_of_scores(p), p["theta"])
    return [whole[p["j"]], whole]


def _by_v(p: Point, word: int) -> Forms:
    whole = D(lambda v: p["J"](p["u"], v), p["v"])[word]
    return [whole, whole[p["a"]]]


def _by_u(p: Point, word: int) -> Forms:
    whole = D(lambda u: p["J"](u, p["v"]), p["u"])[word]
    return [whole, whole[p["a"]]]


def _by_U(p: Point) -> Forms:
    whole = D(lambda u: p["J"](u, p["v"]), p["u"])
    columns = p["U"].shape == whole.shape[::-1]
    return [whole.T if columns else whole, whole[p["w"]], whole[p["w"], p["a"]]]


def _by_vj(p: Point) -> Forms:
    return _by_v(p, p["ctx"][p["j"]])


def _by_uw(p: Point) -> Forms:
    return _by_u(p, p["w"])


def _by_vhat(p: Point) -> Forms:
    whole = D(lambda h: p["Jh"](p["u"], h), p["vhat"])
    return [whole, whole[p["a"]]]


TRUTH: Mapping[str, Callable[[Point], Forms]] = {
    "sigmoid_derivative": _scalar(sig),
    "log_sigmoid_derivative": _scalar(lambda x: np.log(sig(x))),
    "log_sigmoid_of_minus_derivative": _scalar(lambda x: np.log(sig(-x))),
    "softplus_derivative": _scalar(_softplus),
    "sigmoid_complement": lambda p: [1 - sig(p["x"])],
    "softmax_jacobian": _jacobian,
    "softmax_ce_theta": _by_theta,
    "softmax_ce_hessian": lambda p: [D2(_loss_of_scores(p), p["theta"])[p["i"], p["j"]]],
    "ce_equals_nll": lambda p: [np.asarray(_loss_of_scores(p)(p["theta"]))],
    "naive_vc": lambda p: _by_v(p, p["c"]),
    "naive_uo": lambda p: _by_u(p, p["o"]),
    "naive_uw": lambda p: _by_u(p, p["w"]),
    "naive_U": _by_U,
    "naive_hessian": lambda p: [
        D2(lambda h: p["J"](p["u"], {p["c"]: h}), p["vc"]),
    ],
    "neg_vc": lambda p: _by_v(p, p["c"]),
    "neg_uo": lambda p: _by_u(p, p["o"]),
    "neg_uk": lambda p: _by_u(p, p["n"][p["l"]]),
    "neg_uk_repeated": lambda p: _by_u(p, p["n"][p["l"]]),
    "neg_uw": lambda p: _by_u(p, p["w"]),
    "neg_U": _by_U,
    "window_vc": lambda p: _by_v(p, p["c"]),
    "window_U": _by_U,
    "window_vw": lambda p: _by_v(p, p["w"]),
    "cbow_vhat": _by_vhat,
    "cbow_vj": _by_vj,
    "cbow_U": _by_U,
    "sigmoid_derivative_even": _scalar(sig),
    "sigmoid_tanh": lambda p: [np.asarray(sig(p["x"]))],
    "normaliser_derivative": lambda p: [D(lambda t: np.exp(t).sum(), p["theta"])[p["i"]]],
    "softmax_jacobian_matrix": lambda p: [_jacobian(p)[1]],
    "softmax_jacobian_columns": lambda p: [D(lambda t: softmax(t).sum(), p["theta"])[p["j"]]],
    "softmax_ce_theta_vector": lambda p: [_by_theta(p)[1]],
    "naive_loss": lambda p: [np.asarray(p["J"](p["u"], p["v"]))],
    "naive_U_entry": lambda p: [_by_U(p)[2]],
    "naive_yhat_vc": lambda p: [D(lambda h: softmax(p["u"] @ h)[p["w"]], p["vc"])],
    "neg_loss": lambda p: [np.asarray(p["J"](p["u"], p["v"]))],
    "neg_hessian": lambda p: [D2(lambda h: p["J"](p["u"], {p["c"]: h}), p["vc"])],
    "window_uw": _by_uw,
    "window_neg_vc": lambda p: _by_v(p, p["c"]),
    "window_neg_uw": _by_uw,
    "cbow_uw": _by_uw,
    "cbow_vw": lambda p: _by_v(p, p["w"]),
    "cbow_vj_repeated": _by_vj,
    "cbow_neg_vhat": _by_vhat,
    "cbow_neg_vj": _by_vj,
    "cbow_mean_vj": _by_vj,
    "cbow_mean_uw": _by_uw,
    "cbow_mean_U": _by_U,
    "cbow_mean_neg_vj": _by_vj,
}


def label(case: Case, line: Formula) -> Label:
    """Is the line right, right in another layout, or wrong?  Found by computation."""
    if _holds(case, line, case.layout, turned=False):
        return "right"
    other = "columns" if case.layout == "rows" else "rows"
    if any(
        _holds(case, line, layout, turned)
        for layout, turned in ((case.layout, True), (other, False), (other, True))
    ):
        return "layout"
    return "wrong"


def _holds(case: Case, line: Formula, layout: str, turned: bool) -> bool:
    given = tuple(sorted(assumptions(case).items()))
    return all(
        _equal_at(line, case.target, point, turned) for point in points(case.target, layout, given)
    )


def _equal_at(line: Formula, target: str, point: Point, turned: bool) -> bool:
    wanted = TRUTH[target](point) if line.left is None else [_value(line.left, point)]
    try:
        values = [_value(value, point) for value in line.values]
    except ValueError:  # shapes that do not fit
        return False
    return all(any(_same(value, form, turned) for form in wanted) for value in values)


def _value(value: Value, point: Point) -> Array:
    with np.errstate(all="ignore"):  # a wrong line may have no value
        return np.asarray(eval(_compiled(value), {**point, "__builtins__": _BUILTINS}))


@cache
def _compiled(value: Value) -> CodeType:
    return compile(value, "corpus", "eval")


_BUILTINS: dict[str, Any] = {"range": range, "len": len, "float": float}


def _same(value: Array, wanted: Array, turned: bool) -> bool:
    if value.ndim == 0 and value == 0:  # a zero of any shape
        value = np.zeros_like(wanted)
    if turned:
        value = value[0] if value.shape[:1] == (1,) and value.ndim == 2 else value.T
    if value.shape != wanted.shape:
        return False
    return bool(np.allclose(value, wanted, rtol=_TOLERANCE, atol=_TOLERANCE))
