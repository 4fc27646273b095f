"""From a pair to a window: skip-gram with either pair loss.

`F(w_{c+j}, v_c)` is the loss of the pair whose outside word stands at position c + j.
"""

from wordgrad.meaning.contexts import WINDOW, PairLoss, window
from wordgrad.proof.derivation import Derivation, Step

_SOFTMAX, _NEG = window("softmax"), window("negative_sampling")
_BY_POSITION = "differentiate position by position"
_BAG = r"$b_w=" + WINDOW + r"\mathbb 1[w_{c+j}=w]$ counts how often $w$ stands in the window"
_BRACKET = "the bracket is the gradient of the sum"
_ROWS = (
    r"row $w$ is $\frac{\partial F}{\partial\theta_w}v_c^\top$: "
    r"$u_w$ acts through the score $\theta_w=u_w^\top v_c$ only"
)
_SCORES = r"chain rule through the scores $\theta=U v_c$"
_SAME_FACTOR = r"$v_c$ is the same at every position: take it out of the sum"


def _by(variable: str) -> str:
    return rf"\frac{{\partial F(w_{{c+j}}, v_c)}}{{\partial {variable}}}"


def _other_center(id: str, title: str, pair_loss: PairLoss) -> Derivation:
    return Derivation(
        id,
        title,
        window(pair_loss).assuming(distinct=(("w", "c"),)),
        r"\frac{\partial J}{\partial v_w}",
        (
            Step(WINDOW + _by("v_w"), _BY_POSITION),
            Step("0", r"the only center vector in $F(w_{c+j}, v_c)$ is $v_c$: each term is 0"),
        ),
        assuming=r"$w\neq c$",
    )


WINDOW_LOSS = Derivation(
    "window_loss",
    "Skip-gram loss of a window, softmax",
    _SOFTMAX,
    "J",
    (
        Step(WINDOW + r" F(w_{c+j}, v_c)", "definition: one pair per context word"),
        Step(r"-" + WINDOW + r"\log\hat y_{w_{c+j}}", r"naive softmax loss, with $o=w_{c+j}$"),
        Step(
            WINDOW + r"\left(-u_{w_{c+j}}^\top v_c+\log\sum_{w=1}^{V}\exp(u_w^\top v_c)\right)",
            "the loss of a pair, with its logarithm taken apart",
        ),
        Step(
            r"-" + WINDOW + r" u_{w_{c+j}}^\top v_c+2m\log\sum_{w=1}^{V}\exp(u_w^\top v_c)",
            r"the second part is the same at all $2m$ positions",
        ),
    ),
)

WINDOW_VC = Derivation(
    "window_vc",
    "Skip-gram gradient by the center vector, softmax",
    _SOFTMAX,
    r"\frac{\partial J}{\partial v_c}",
    (
        Step(WINDOW + _by("v_c"), _BY_POSITION),
        Step(
            WINDOW + r"\left(\sum_{w=1}^{V}\hat y_w u_w-u_{w_{c+j}}\right)",
            r"gradient of the naive softmax loss, with $o=w_{c+j}$",
        ),
        Step(
            r"2m\sum_{w=1}^{V}\hat y_w u_w-" + WINDOW + r" u_{w_{c+j}}",
            r"$\hat y$ does not depend on the position: $2m$ equal terms",
        ),
        Step(r"2m\sum_{w=1}^{V}\hat y_w u_w-\sum_{w=1}^{V}b_w u_w", _BAG),
        Step(r"\sum_{w=1}^{V}(2m\,\hat y_w-b_w)\,u_w", "one sum instead of two"),
        Step(r"U^\top(2m\,\hat y-b)", r"$U^\top$ has the columns $u_w$"),
    ),
)

WINDOW_UW = Derivation(
    "window_uw",
    "Skip-gram gradient by any outside vector, softmax",
    _SOFTMAX,
    r"\frac{\partial J}{\partial u_w}",
    (
        Step(WINDOW + _by("u_w"), _BY_POSITION),
        Step(
            WINDOW + r"(\hat y_w-\mathbb 1[w_{c+j}=w])\,v_c",
            r"gradient of the naive softmax loss, with $o=w_{c+j}$",
        ),
        Step(
            r"\left(2m\,\hat y_w-" + WINDOW + r"\mathbb 1[w_{c+j}=w]\right)v_c",
            r"take $v_c$ out; $\hat y_w$ does not depend on the position",
        ),
        Step(r"(2m\,\hat y_w-b_w)\,v_c", _BAG),
    ),
)

WINDOW_THETA = Derivation(
    "window_theta",
    "Skip-gram gradient by one score, softmax",
    _SOFTMAX,
    r"\frac{\partial J}{\partial\theta_w}",
    (
        Step(WINDOW + _by(r"\theta_w"), _BY_POSITION),
        Step(
            WINDOW + r"(\hat y_w-\mathbb 1[w_{c+j}=w])",
            "gradient of softmax cross-entropy by its scores",
        ),
        Step(
            r"2m\,\hat y_w-" + WINDOW + r"\mathbb 1[w_{c+j}=w]",
            r"$\hat y_w$ does not depend on the position: $2m$ equal terms",
        ),
        Step(r"2m\,\hat y_w-b_w", _BAG),
    ),
)

WINDOW_U = Derivation(
    "window_U",
    "Skip-gram gradient by all outside vectors, softmax",
    _SOFTMAX,
    r"\frac{\partial J}{\partial U}",
    (
        Step(WINDOW + _by("U"), _BY_POSITION),
        Step(WINDOW + _by(r"\theta") + r"\,v_c^\top", _ROWS),
        Step(r"\left(" + WINDOW + _by(r"\theta") + r"\right)v_c^\top", _SAME_FACTOR),
        Step(
            r"\frac{\partial J}{\partial\theta}\,v_c^\top",
            _BRACKET,
        ),
        Step(r"(2m\,\hat y-b)\,v_c^\top", "gradient by the scores, one below the other"),
    ),
)

WINDOW_VW = _other_center(
    "window_vw", "Skip-gram gradient by every other center vector, softmax", "softmax"
)

WINDOW_NEG_LOSS = Derivation(
    "window_neg_loss",
    "Skip-gram loss of a window, negative sampling",
    _NEG,
    "J",
    (
        Step(WINDOW + r" F(w_{c+j}, v_c)", "definition: one pair per context word"),
        Step(
            WINDOW + r"\left(-\log\sigma(\theta_{w_{c+j}})"
            r"-\sum_{k=1}^{K}\log\sigma(-\theta_{n_{j,k}})\right)",
            r"negative-sampling loss, with $o=w_{c+j}$ and the negatives $n_{j,1},\dots,n_{j,K}$",
        ),
        Step(
            WINDOW + r"\left(-\log\sigma(u_{w_{c+j}}^\top v_c)"
            r"-\sum_{k=1}^{K}\log\sigma(-u_{n_{j,k}}^\top v_c)\right)",
            r"$\theta_w=u_w^\top v_c$",
        ),
    ),
)

WINDOW_NEG_VC = Derivation(
    "window_neg_vc",
    "Skip-gram gradient by the center vector, negative sampling",
    _NEG,
    r"\frac{\partial J}{\partial v_c}",
    (
        Step(WINDOW + _by("v_c"), _BY_POSITION),
        Step(
            WINDOW + r"\left((\sigma(\theta_{w_{c+j}})-1)\,u_{w_{c+j}}"
            r"+\sum_{k=1}^{K}\sigma(\theta_{n_{j,k}})\,u_{n_{j,k}}\right)",
            r"gradient of the negative-sampling loss, with $o=w_{c+j}$",
        ),
        Step(
            WINDOW + r"\left((\sigma(u_{w_{c+j}}^\top v_c)-1)\,u_{w_{c+j}}"
            r"+\sum_{k=1}^{K}\sigma(u_{n_{j,k}}^\top v_c)\,u_{n_{j,k}}\right)",
            r"$\theta_w=u_w^\top v_c$",
        ),
    ),
)

WINDOW_NEG_THETA = Derivation(
    "window_neg_theta",
    "Skip-gram gradient by one score, negative sampling",
    _NEG,
    r"\frac{\partial J}{\partial\theta_w}",
    (
        Step(WINDOW + _by(r"\theta_w"), _BY_POSITION),
        Step(
            WINDOW + r"\left(\mathbb 1[w_{c+j}=w](\sigma(\theta_w)-1)"
            r"+\sum_{k=1}^{K}\mathbb 1[n_{j,k}=w]\,\sigma(\theta_w)\right)",
            r"gradient of the negative-sampling loss by one score, with $o=w_{c+j}$",
        ),
        Step(
            r"\left(" + WINDOW + r"\mathbb 1[w_{c+j}=w]\right)(\sigma(\theta_w)-1)"
            r"+\left(" + WINDOW + r"\sum_{k=1}^{K}\mathbb 1[n_{j,k}=w]\right)\sigma(\theta_w)",
            r"what depends on $\theta_w$ is the same at every position: take it out",
        ),
        Step(
            r"b_w(\sigma(\theta_w)-1)+r_w\,\sigma(\theta_w)",
            r"$b_w$ counts how often $w$ stands in the window, "
            r"$r_w$ how often it was drawn, over all positions",
        ),
        Step(r"(b_w+r_w)\,\sigma(\theta_w)-b_w", r"collect what multiplies $\sigma(\theta_w)$"),
    ),
)

WINDOW_NEG_VC_MATRIX = Derivation(
    "window_neg_vc_matrix",
    "The same gradient by the chain rule with matrices",
    _NEG,
    r"\frac{\partial J}{\partial v_c}",
    (
        Step(
            r"\left(\frac{\partial\theta}{\partial v_c}\right)^\top"
            r"\frac{\partial J}{\partial\theta}",
            _SCORES,
        ),
        Step(r"U^\top\frac{\partial J}{\partial\theta}", r"the Jacobian of $U v_c$ is $U$"),
        Step(
            r"U^\top\left((b+r)\odot\sigma(U v_c)-b\right)",
            "gradient by the scores, one below the other",
        ),
    ),
)

WINDOW_NEG_UW = Derivation(
    "window_neg_uw",
    "Skip-gram gradient by any outside vector, negative sampling",
    _NEG,
    r"\frac{\partial J}{\partial u_w}",
    (
        Step(WINDOW + _by("u_w"), _BY_POSITION),
        Step(
            WINDOW + _by(r"\theta_w") + r"\,v_c",
            r"chain rule: $u_w$ acts through the score $\theta_w=u_w^\top v_c$ only",
        ),
        Step(r"\left(" + WINDOW + _by(r"\theta_w") + r"\right)v_c", _SAME_FACTOR),
        Step(r"\frac{\partial J}{\partial\theta_w}\,v_c", _BRACKET),
        Step(r"\left((b_w+r_w)\,\sigma(\theta_w)-b_w\right)v_c", "gradient by one score"),
        Step(r"\left((b_w+r_w)\,\sigma(u_w^\top v_c)-b_w\right)v_c", r"$\theta_w=u_w^\top v_c$"),
    ),
)

WINDOW_NEG_U = Derivation(
    "window_neg_U",
    "Skip-gram gradient by all outside vectors, negative sampling",
    _NEG,
    r"\frac{\partial J}{\partial U}",
    (
        Step(WINDOW + _by("U"), _BY_POSITION),
        Step(WINDOW + _by(r"\theta") + r"\,v_c^\top", _ROWS),
        Step(r"\left(" + WINDOW + _by(r"\theta") + r"\right)v_c^\top", _SAME_FACTOR),
        Step(
            r"\frac{\partial J}{\partial\theta}\,v_c^\top",
            _BRACKET,
        ),
        Step(
            r"\left((b+r)\odot\sigma(U v_c)-b\right)v_c^\top",
            "gradient by the scores, one below the other",
        ),
    ),
)

WINDOW_NEG_VW = _other_center(
    "window_neg_vw",
    "Skip-gram gradient by every other center vector, negative sampling",
    "negative_sampling",
)

DERIVATIONS = (
    WINDOW_LOSS,
    WINDOW_VC,
    WINDOW_UW,
    WINDOW_THETA,
    WINDOW_U,
    WINDOW_VW,
    WINDOW_NEG_LOSS,
    WINDOW_NEG_VC,
    WINDOW_NEG_THETA,
    WINDOW_NEG_VC_MATRIX,
    WINDOW_NEG_UW,
    WINDOW_NEG_U,
    WINDOW_NEG_VW,
)
