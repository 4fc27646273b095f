"""CBOW: the center word predicted from the sum, or the mean, of its context vectors.

The four variants (sum or mean, softmax or negative sampling) share their steps: the pair loss
decides the gradient by `vhat`, sum or mean decides how it is handed on to the context vectors.
"""

from typing import Literal

from wordgrad.meaning.contexts import WINDOW, PairLoss, cbow
from wordgrad.meaning.notation import Notation
from wordgrad.proof.derivation import Derivation, Step

Combine = Literal["sum", "mean"]

_OTHER = r"\sum_{-m\le i\le m,\ i\neq 0}"  # the sum over positions where j is taken
_DISTINCT = r"No word stands twice in the window."
_DLOSS = r"\frac{\partial J}{\partial\hat v}"
_THE_LOSS = "the loss, with its logarithm taken apart"
_WRITTEN = {"sum": "the sum of the context vectors", "mean": "the mean of the context vectors"}


def _loss(id: str, title: str, notation: Notation, pair_loss: PairLoss) -> Derivation:
    steps: tuple[Step, ...]
    if pair_loss == "softmax":
        steps = (
            Step(r"-\log\hat y_c", r"naive softmax loss: $c$ is predicted, $\hat v$ predicts"),
            Step(
                r"-\log\frac{\exp(u_c^\top\hat v)}{\sum_{w=1}^{V}\exp(u_w^\top\hat v)}",
                r"definition: $\hat y=\operatorname{softmax}(U\hat v)$",
            ),
            Step(
                r"-\log\exp(u_c^\top\hat v)+\log\sum_{w=1}^{V}\exp(u_w^\top\hat v)",
                "the logarithm of a quotient is a difference",
            ),
            Step(
                r"-u_c^\top\hat v+\log\sum_{w=1}^{V}\exp(u_w^\top\hat v)",
                "logarithm and exponential undo each other",
            ),
        )
    else:
        steps = (
            Step(
                r"-\log\sigma(\theta_c)-\sum_{k=1}^{K}\log\sigma(-\theta_{n_k})",
                r"negative-sampling loss: $c$ is predicted, $\hat v$ predicts",
            ),
            Step(
                r"-\log\sigma(u_c^\top\hat v)-\sum_{k=1}^{K}\log\sigma(-u_{n_k}^\top\hat v)",
                r"$\theta_w=u_w^\top\hat v$",
            ),
        )
    return Derivation(id, title, notation, "J", steps)


def _by_vhat(id: str, title: str, notation: Notation, pair_loss: PairLoss) -> Derivation:
    steps: tuple[Step, ...]
    if pair_loss == "softmax":
        steps = (
            Step(
                r"\frac{\partial}{\partial\hat v}\left("
                r"-u_c^\top\hat v+\log\sum_{w=1}^{V}\exp(u_w^\top\hat v)\right)",
                _THE_LOSS,
            ),
            Step(
                r"-u_c+\frac{\partial}{\partial\hat v}\log\sum_{w=1}^{V}\exp(u_w^\top\hat v)",
                r"$u_c^\top\hat v$ is linear in $\hat v$, with coefficients $u_c$",
            ),
            Step(
                r"-u_c+\frac{1}{Z}\cdot\frac{\partial}{\partial\hat v}"
                r"\sum_{w=1}^{V}\exp(u_w^\top\hat v)",
                r"chain rule for the logarithm; $Z=\sum_{w=1}^{V}\exp(u_w^\top\hat v)$",
            ),
            Step(
                r"-u_c+\frac{1}{Z}\sum_{w=1}^{V}\frac{\partial}{\partial\hat v}"
                r"\exp(u_w^\top\hat v)",
                "differentiate the sum term by term",
            ),
            Step(
                r"-u_c+\frac{1}{Z}\sum_{w=1}^{V}\exp(u_w^\top\hat v)\,u_w",
                "chain rule for the exponential",
            ),
            Step(r"-u_c+\sum_{w=1}^{V}\hat y_w u_w", "definition of softmax"),
            Step(
                r"-\sum_{w=1}^{V}y_w u_w+\sum_{w=1}^{V}\hat y_w u_w",
                r"a one-hot $y$ picks $u_c$ from the sum",
            ),
            Step(r"\sum_{w=1}^{V}(\hat y_w-y_w)\,u_w", "one sum instead of two"),
            Step(r"U^\top(\hat y-y)", r"$U^\top$ has the columns $u_w$"),
        )
    else:
        steps = (
            Step(
                r"-\frac{\partial}{\partial\hat v}\log\sigma(\theta_c)"
                r"-\sum_{k=1}^{K}\frac{\partial}{\partial\hat v}\log\sigma(-\theta_{n_k})",
                r"differentiate term by term; $\theta_w=u_w^\top\hat v$ is the score of $w$",
            ),
            Step(
                r"-(1-\sigma(\theta_c))\,\frac{\partial\theta_c}{\partial\hat v}"
                r"+\sum_{k=1}^{K}\sigma(\theta_{n_k})\,\frac{\partial\theta_{n_k}}{\partial\hat v}",
                r"$(\log\sigma(x))'=1-\sigma(x)$ and $(\log\sigma(-x))'=-\sigma(x)$",
            ),
            Step(
                r"-(1-\sigma(\theta_c))\,u_c+\sum_{k=1}^{K}\sigma(\theta_{n_k})\,u_{n_k}",
                r"the score $\theta_w=u_w^\top\hat v$ has gradient $u_w$",
            ),
            Step(
                r"(\sigma(\theta_c)-1)\,u_c+\sum_{k=1}^{K}\sigma(\theta_{n_k})\,u_{n_k}",
                "take the minus into the bracket",
            ),
            Step(
                r"(\sigma(u_c^\top\hat v)-1)\,u_c"
                r"+\sum_{k=1}^{K}\sigma(u_{n_k}^\top\hat v)\,u_{n_k}",
                "write the scores out again",
            ),
        )
    return Derivation(id, title, notation, _DLOSS, steps)


def _by_uw(id: str, title: str, notation: Notation, pair_loss: PairLoss) -> Derivation:
    if pair_loss == "softmax":
        by_score = r"(\hat y_w-y_w)\,\hat v"
        last = Step(by_score, "gradient of softmax cross-entropy by its scores")
    else:
        by_score = r"\left((y_w+r_w)\,\sigma(u_w^\top\hat v)-y_w\right)\hat v"
        last = Step(by_score, "gradient of the negative-sampling loss by its scores")
    steps = (
        Step(
            r"\frac{\partial J}{\partial\theta_w}\cdot\frac{\partial\theta_w}{\partial u_w}",
            r"chain rule: $u_w$ acts through the score $\theta_w=u_w^\top\hat v$ only",
        ),
        Step(
            r"\frac{\partial J}{\partial\theta_w}\,\hat v",
            r"$u_w^\top\hat v$ is linear in $u_w$, with coefficients $\hat v$",
        ),
        last,
    )
    return Derivation(id, title, notation, r"\frac{\partial J}{\partial u_w}", steps)


def _by_matrix(id: str, title: str, notation: Notation, pair_loss: PairLoss) -> Derivation:
    if pair_loss == "softmax":
        last = Step(r"(\hat y-y)\,\hat v^\top", "gradient of softmax cross-entropy by its scores")
    else:
        last = Step(
            r"\left((y+r)\odot\sigma(U\hat v)-y\right)\hat v^\top",
            "gradient of the negative-sampling loss by its scores",
        )
    first = Step(
        r"\frac{\partial J}{\partial\theta}\,\hat v^\top",
        r"row $w$ is $\frac{\partial J}{\partial\theta_w}\hat v^\top$: "
        r"$u_w$ acts through the score $\theta_w=u_w^\top\hat v$ only",
    )
    return Derivation(id, title, notation, r"\frac{\partial J}{\partial U}", (first, last))


def _by_context_word(
    id: str, title: str, notation: Notation, combine: Combine, distinct: bool
) -> Derivation:
    """Gradient by the vector of the word at position c + j."""
    factor = "" if combine == "sum" else r"\frac{1}{2m}"
    indicator = r"\mathbb 1[w_{c+i}=w_{c+j}]"
    steps = (
        Step(
            r"\left(\frac{\partial\hat v}{\partial v_{w_{c+j}}}\right)^\top" + _DLOSS,
            r"chain rule: a context vector acts through $\hat v$ only",
        ),
        Step(
            factor
            + _OTHER
            + r"\left(\frac{\partial v_{w_{c+i}}}{\partial v_{w_{c+j}}}\right)^\top"
            + _DLOSS,
            rf"$\hat v$ is {_WRITTEN[combine]}",
        ),
        Step(
            factor + _OTHER + indicator + r"\," + _DLOSS,
            "a vector has the identity as its Jacobian by itself, zero by any other",
        ),
    )
    if distinct:
        last = Step(factor + _DLOSS, r"no word stands twice: only $i=j$ remains")
    else:
        last = Step(
            factor + r"\left(" + _OTHER + indicator + r"\right)" + _DLOSS,
            r"the bracket counts how often the word stands in the window",
        )
    return Derivation(
        id,
        title,
        notation.assuming(injective=("w",)) if distinct else notation,
        r"\frac{\partial J}{\partial v_{w_{c+j}}}",
        (*steps, last),
        assuming=_DISTINCT if distinct else "",
    )


def _by_vw(id: str, title: str, notation: Notation, combine: Combine) -> Derivation:
    """Gradient by the center vector of any word, in the window or not."""
    factor = "" if combine == "sum" else r"\frac{1}{2m}"
    steps = (
        Step(
            r"\left(\frac{\partial\hat v}{\partial v_w}\right)^\top" + _DLOSS,
            r"chain rule: $v_w$ acts through $\hat v$ only",
        ),
        Step(
            factor + WINDOW + r"\mathbb 1[w_{c+j}=w]\," + _DLOSS,
            r"$v_w$ stands in $\hat v$ once for every position that holds $w$",
        ),
        Step(
            factor + r"b_w\," + _DLOSS,
            r"$b_w$ counts how often $w$ stands in the window, 0 for a word outside it",
        ),
    )
    return Derivation(id, title, notation, r"\frac{\partial J}{\partial v_w}", steps)


def _family(pair_loss: PairLoss, combine: Combine) -> tuple[Derivation, ...]:
    notation = cbow(pair_loss, combine)
    prefix = "cbow" + ("_mean" if combine == "mean" else "")
    prefix += "_neg" if pair_loss == "negative_sampling" else ""
    kind = f"{combine}, {'softmax' if pair_loss == 'softmax' else 'negative sampling'}"
    by = "CBOW gradient by"
    context = f"{by} the vector of a context word"
    return (
        _loss(f"{prefix}_loss", f"CBOW loss ({kind})", notation, pair_loss),
        _by_vhat(f"{prefix}_vhat", f"{by} the context ({kind})", notation, pair_loss),
        _by_context_word(f"{prefix}_vj", f"{context} ({kind})", notation, combine, True),
        _by_context_word(
            f"{prefix}_vj_repeated", f"{context} that may repeat ({kind})", notation, combine, False
        ),
        _by_vw(f"{prefix}_vw", f"{by} any center vector ({kind})", notation, combine),
        _by_uw(f"{prefix}_uw", f"{by} any outside vector ({kind})", notation, pair_loss),
        _by_matrix(f"{prefix}_U", f"{by} all outside vectors ({kind})", notation, pair_loss),
    )


DERIVATIONS = (
    *_family("softmax", "sum"),
    *_family("softmax", "mean"),
    *_family("negative_sampling", "sum"),
    *_family("negative_sampling", "mean"),
)
