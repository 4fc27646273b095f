"""Gradients with a slip: what a wrong line of a derivation computes when it is typed into NumPy.

A line is about one of the two gradients; the other one is right.  Only where the *loss* has the
slip are both gradients those of the wrong loss.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Literal

import numpy as np
import numpy.typing as npt

__all__ = ["MISTAKES", "Both", "Mistake", "Pair", "right_negatives", "right_softmax"]

Floats = npt.NDArray[np.floating[Any]]
Both = tuple[Floats, Floats]  # (d,), (V, d)


@dataclass(frozen=True)
class Pair:
    """What a gradient is computed from.

    Parameters
    ----------
    center_idx, outside_idx : int
    center_vec : ndarray, shape (d,)
    outside_vecs : ndarray, shape (V, d)
    negative_idx : ndarray of int, shape (K,)
    """

    center_idx: int
    outside_idx: int
    center_vec: Floats
    outside_vecs: Floats
    negative_idx: npt.NDArray[np.intp]

    @cached_property
    def probs(self) -> Floats:
        scores = self.outside_vecs @ self.center_vec
        exponentials = np.exp(scores - scores.max())
        return np.asarray(exponentials / exponentials.sum())

    @cached_property
    def target(self) -> Floats:
        target = np.zeros(len(self.outside_vecs))
        target[self.outside_idx] = 1
        return target

    @property
    def error(self) -> Floats:
        return np.asarray(self.probs - self.target)

    @property
    def outside_vec(self) -> Floats:
        return np.asarray(self.outside_vecs[self.outside_idx])

    @property
    def negative_vecs(self) -> Floats:
        return np.asarray(self.outside_vecs[self.negative_idx])

    def by_scores(self, slope: Floats) -> Both:
        """Both gradients from the derivatives by the scores, shape (V,)."""
        return slope @ self.outside_vecs, np.outer(slope, self.center_vec)


def sigmoid(score: Any) -> Any:
    """The package's function without its care for the last digit and its checks: ten times faster.

    Examples
    --------
    >>> sigmoid(np.array([-800.0, 0.0, 800.0]))
    array([0. , 0.5, 1. ])
    """
    return (1 + np.tanh(score / 2)) / 2


def right_softmax(pair: Pair) -> Both:
    """The gradients of the softmax loss as they should be."""
    return pair.by_scores(pair.error)


def right_negatives(pair: Pair) -> Both:
    """The gradients of negative sampling as they should be."""
    attract = sigmoid(pair.outside_vec @ pair.center_vec) - 1
    repel = sigmoid(pair.negative_vecs @ pair.center_vec)
    grad_outside = np.zeros_like(pair.outside_vecs)
    np.add.at(grad_outside, pair.negative_idx, np.outer(repel, pair.center_vec))
    grad_outside[pair.outside_idx] += attract * pair.center_vec
    return attract * pair.outside_vec + repel @ pair.negative_vecs, grad_outside


# ------------------------------------------------------------- softmax, by the center vector
def sign(pair: Pair) -> Both:
    grad_center, grad_outside = right_softmax(pair)
    return -grad_center, grad_outside


def wrong_index(pair: Pair) -> Both:
    prob = pair.probs[pair.outside_idx]
    return -pair.outside_vec + prob * pair.outside_vecs.sum(axis=0), right_softmax(pair)[1]


def y_for_yhat(pair: Pair) -> Both:
    return -pair.outside_vec + pair.target @ pair.outside_vecs, right_softmax(pair)[1]


def sum_dropped(pair: Pair) -> Both:
    prob = pair.probs[pair.outside_idx]
    return -pair.outside_vec + prob * pair.outside_vec, right_softmax(pair)[1]


def factor_dropped(pair: Pair) -> Both:
    weights = np.exp(pair.outside_vecs @ pair.center_vec)
    return -pair.outside_vec + weights @ pair.outside_vecs, right_softmax(pair)[1]


def free_and_bound(pair: Pair) -> Both:
    """After `for w in range(V)` the letter w is still there: it is the last word."""
    last = pair.outside_vecs[-1]
    return -last + pair.probs @ pair.outside_vecs, right_softmax(pair)[1]


def joint(pair: Pair) -> Both:
    """All words of the toy corpus are equally frequent, so P(w, c) is P(w | c) / V."""
    joint_probs = pair.probs / len(pair.probs)
    return -pair.outside_vec + joint_probs @ pair.outside_vecs, right_softmax(pair)[1]


def window_bound(pair: Pair) -> Both:
    """Two context words and, by mistake, the center itself: half a center for each pair."""
    itself = Pair(
        pair.center_idx, pair.center_idx, pair.center_vec, pair.outside_vecs, pair.negative_idx
    )
    return right_softmax(pair)[0] + right_softmax(itself)[0] / 2, right_softmax(pair)[1]


# ---------------------------------------------------------- softmax, by the outside vectors
def wrong_vector(pair: Pair) -> Both:
    return right_softmax(pair)[0], pair.error[:, None] * pair.outside_vecs


def sum_not_collapsed(pair: Pair) -> Both:
    slope = -pair.target + pair.probs.sum()
    return right_softmax(pair)[0], np.outer(slope, pair.center_vec)


def factor_extra(pair: Pair) -> Both:
    return right_softmax(pair)[0], np.outer(pair.probs * pair.error, pair.center_vec)


def case_forgotten(pair: Pair) -> Both:
    return right_softmax(pair)[0], np.outer(pair.probs, pair.center_vec)


def transposed(pair: Pair) -> Both:
    """`error * center_vec` has shape (V,) if d is V, and NumPy adds it to every row."""
    product = pair.error * pair.center_vec
    return right_softmax(pair)[0], np.broadcast_to(product, pair.outside_vecs.shape)


def swapped(pair: Pair) -> Both:
    """`center_vec @ error` is a number if d is V, and NumPy adds it to every entry."""
    product = pair.center_vec @ pair.error
    return right_softmax(pair)[0], np.full(pair.outside_vecs.shape, product)


def layout(pair: Pair) -> Both:
    return pair.outside_vecs @ pair.error, right_softmax(pair)[1]


# ------------------------------------------------------------------ softmax, in the loss itself
def log_split(pair: Pair) -> Both:
    return pair.by_scores(1 - pair.target)


def log_of_exp(pair: Pair) -> Both:
    score = pair.outside_vec @ pair.center_vec
    return pair.by_scores(pair.probs - np.exp(score) * pair.target)


def quotient_rule(pair: Pair) -> Both:
    """The loss by yhat is -1/yhat_o; the Jacobian of softmax has a plus where a minus belongs."""
    jacobian = np.diag(pair.probs) + np.outer(pair.probs, pair.probs)
    return pair.by_scores(-jacobian[pair.outside_idx] / pair.probs[pair.outside_idx])


# -------------------------------------------------------------------------- negative sampling
def lost_minus(pair: Pair) -> Both:
    attract = (sigmoid(pair.outside_vec @ pair.center_vec) - 1) * pair.outside_vec
    repel = (1 - sigmoid(pair.negative_vecs @ pair.center_vec)) @ pair.negative_vecs
    return attract + repel, right_negatives(pair)[1]


def extra_sigma(pair: Pair) -> Both:
    prob = sigmoid(pair.outside_vec @ pair.center_vec)
    repel = sigmoid(pair.negative_vecs @ pair.center_vec) @ pair.negative_vecs
    return -prob * (1 - prob) * pair.outside_vec + repel, right_negatives(pair)[1]


def repeats(pair: Pair) -> Both:
    """`grad[idx] += ...` adds once for each word, however often the word stands in `idx`."""
    grad_outside = np.zeros_like(pair.outside_vecs)
    score = pair.outside_vec @ pair.center_vec
    grad_outside[pair.outside_idx] += (sigmoid(score) - 1) * pair.center_vec
    scores = pair.negative_vecs @ pair.center_vec
    grad_outside[pair.negative_idx] += np.outer(sigmoid(scores), pair.center_vec)
    return right_negatives(pair)[0], grad_outside


# ------------------------------------------------------------------------------- the gallery
@dataclass(frozen=True)
class Mistake:
    """A slip, a line that has it, and what the line computes.

    Parameters
    ----------
    slip : str
        Its name, as the checker gives it.
    target : str
        What the line is a claim about.
    line : str
        LaTeX of the wrong right-hand side.
    gradients : function of a Pair
    loss : {"softmax", "negative sampling"}
        What is trained.
    square : bool
        The shapes fit only if the dimension happens to be the size of the vocabulary.
    """

    slip: str
    target: str
    line: str
    gradients: Callable[[Pair], Both]
    loss: Literal["softmax", "negative sampling"] = "softmax"
    square: bool = False


_ALL = (
    Mistake("sign", "naive_vc", r"u_o-\sum_w \hat y_w u_w", sign),
    Mistake("wrong index", "naive_vc", r"-u_o+\sum_w \hat y_o u_w", wrong_index),
    Mistake("wrong vector", "naive_uw", r"(\hat y_w-y_w)\,u_w", wrong_vector),
    Mistake("y for yhat", "naive_vc", r"-u_o+\sum_w y_w u_w", y_for_yhat),
    Mistake("sum dropped", "naive_vc", r"-u_o+\hat y_o u_o", sum_dropped),
    Mistake("sum not collapsed", "naive_uw", r"-y_w v_c+\sum_x \hat y_x v_c", sum_not_collapsed),
    Mistake("factor dropped", "naive_vc", r"-u_o+\sum_w e^{u_w^\top v_c}\,u_w", factor_dropped),
    Mistake("factor extra", "naive_uw", r"\hat y_w(\hat y_w-y_w)\,v_c", factor_extra),
    Mistake("case w=o forgotten", "naive_uw", r"\hat y_w v_c", case_forgotten),
    Mistake("index both free and bound", "naive_vc", r"-u_w+\sum_w \hat y_w u_w", free_and_bound),
    Mistake("joint for conditional", "naive_vc", r"-u_o+\sum_w P(w,c)\,u_w", joint),
    Mistake(
        "window bound",
        "window_vc",
        r"\sum_{-m\le j\le m}\frac{\partial F(w_{c+j},v_c)}{\partial v_c}",
        window_bound,
    ),
    Mistake("log split", "naive_loss", r"-u_o^\top v_c+\sum_w\log e^{u_w^\top v_c}", log_split),
    Mistake(
        "log of exp", "naive_loss", r"-e^{u_o^\top v_c}+\log\sum_w e^{u_w^\top v_c}", log_of_exp
    ),
    Mistake(
        "quotient rule",
        "softmax_jacobian",
        r"\frac{\delta_{ij}e^{\theta_i}Z+e^{\theta_i}e^{\theta_j}}{Z^2}",
        quotient_rule,
    ),
    Mistake("transposed", "naive_U", r"(\hat y-y)\,v_c", transposed, square=True),
    Mistake("outer product swapped", "naive_U", r"v_c^\top(\hat y-y)", swapped, square=True),
    Mistake("layout", "naive_vc", r"U(\hat y-y)", layout, square=True),
    Mistake(
        "minus lost inside sigma",
        "neg_vc",
        r"(\sigma(u_o^\top v_c)-1)u_o+\sum_{k=1}^{K}(1-\sigma(u_{n_k}^\top v_c))\,u_{n_k}",
        lost_minus,
        "negative sampling",
    ),
    Mistake(
        "extra sigma",
        "neg_vc",
        r"-\sigma(u_o^\top v_c)(1-\sigma(u_o^\top v_c))u_o"
        r"+\sum_{k=1}^{K}\sigma(u_{n_k}^\top v_c)\,u_{n_k}",
        extra_sigma,
        "negative sampling",
    ),
    Mistake(
        "repeats counted wrongly",
        "neg_uk_repeated",
        r"\delta_{n_l o}(\sigma(u_o^\top v_c)-1)v_c+\sigma(u_{n_l}^\top v_c)\,v_c",
        repeats,
        "negative sampling",
    ),
)
MISTAKES = {mistake.slip: mistake for mistake in _ALL}
