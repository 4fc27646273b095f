"""The naive softmax loss of one pair: center word c, outside word o, all V words in the sum."""

from wordgrad.meaning.contexts import naive_softmax
from wordgrad.proof.derivation import Derivation, Step

_LOSS = r"-u_o^\top v_c+\log\sum_{w=1}^{V}\exp(u_w^\top v_c)"
_LOSS_X = r"-u_o^\top v_c+\log\sum_{x=1}^{V}\exp(u_x^\top v_c)"
_THE_LOSS = "the loss, with its logarithm taken apart"
_CHAIN_RULE_LOG = r"chain rule for the logarithm; $Z=\sum_{w=1}^{V}\exp(u_w^\top v_c)$"

NAIVE_LOSS = Derivation(
    "naive_loss",
    "The naive softmax loss, from cross-entropy to log-sum-exp",
    naive_softmax(),
    r"J",
    (
        Step(r"-\sum_{w=1}^{V}y_w\log\hat y_w", "definition: cross-entropy"),
        Step(r"-\log\hat y_o", r"$y$ is one-hot: only the word $o$ counts"),
        Step(
            r"-\log\frac{\exp(u_o^\top v_c)}{\sum_{w=1}^{V}\exp(u_w^\top v_c)}",
            r"definition: $\hat y=\operatorname{softmax}(U v_c)$",
        ),
        Step(
            r"-\log\exp(u_o^\top v_c)+\log\sum_{w=1}^{V}\exp(u_w^\top v_c)",
            "the logarithm of a quotient is a difference",
        ),
        Step(_LOSS, "logarithm and exponential undo each other"),
    ),
)

NAIVE_VC = Derivation(
    "naive_vc",
    "Gradient by the center vector",
    naive_softmax(),
    r"\frac{\partial J}{\partial v_c}",
    (
        Step(rf"\frac{{\partial}}{{\partial v_c}}\left({_LOSS}\right)", _THE_LOSS),
        Step(
            r"-\frac{\partial}{\partial v_c}(u_o^\top v_c)"
            r"+\frac{\partial}{\partial v_c}\log\sum_{w=1}^{V}\exp(u_w^\top v_c)",
            "differentiate term by term",
        ),
        Step(
            r"-u_o+\frac{\partial}{\partial v_c}\log\sum_{w=1}^{V}\exp(u_w^\top v_c)",
            r"$u_o^\top v_c$ is linear in $v_c$, with coefficients $u_o$",
        ),
        Step(
            r"-u_o+\frac{1}{Z}\cdot\frac{\partial}{\partial v_c}\sum_{w=1}^{V}\exp(u_w^\top v_c)",
            _CHAIN_RULE_LOG,
        ),
        Step(
            r"-u_o+\frac{1}{Z}\sum_{w=1}^{V}\frac{\partial}{\partial v_c}\exp(u_w^\top v_c)",
            "differentiate the sum term by term",
        ),
        Step(
            r"-u_o+\frac{1}{Z}\sum_{w=1}^{V}\exp(u_w^\top v_c)\,u_w",
            r"chain rule for the exponential; $u_w^\top v_c$ has gradient $u_w$",
        ),
        Step(
            r"-u_o+\sum_{w=1}^{V}\frac{\exp(u_w^\top v_c)}{Z}\,u_w",
            r"$Z$ does not depend on $w$: move it into the sum",
        ),
        Step(r"-u_o+\sum_{w=1}^{V}\hat y_w u_w", "definition of softmax"),
        Step(
            r"-\sum_{w=1}^{V}y_w u_w+\sum_{w=1}^{V}\hat y_w u_w",
            r"a one-hot $y$ picks $u_o$ from the sum",
        ),
        Step(r"\sum_{w=1}^{V}(\hat y_w-y_w)\,u_w", "one sum instead of two"),
        Step(
            r"U^\top(\hat y-y)",
            r"$U^\top$ has the columns $u_w$: times a vector, it weights and adds them",
        ),
    ),
)

NAIVE_VC_CHAIN = Derivation(
    "naive_vc_chain",
    "Gradient by the center vector, by the chain rule with matrices",
    naive_softmax(),
    r"\frac{\partial J}{\partial v_c}",
    (
        Step(
            r"\left(\frac{\partial\theta}{\partial v_c}\right)^\top"
            r"\frac{\partial J}{\partial\theta}",
            r"chain rule through the scores $\theta=U v_c$",
        ),
        Step(
            r"\left(\frac{\partial\theta}{\partial v_c}\right)^\top(\hat y-y)",
            r"gradient of softmax cross-entropy by its scores",
        ),
        Step(
            r"\left(\frac{\partial(U v_c)}{\partial v_c}\right)^\top(\hat y-y)",
            r"definition of the scores",
        ),
        Step(r"U^\top(\hat y-y)", r"the Jacobian of a matrix times $v_c$ is the matrix"),
    ),
)

NAIVE_UO = Derivation(
    "naive_uo",
    "Gradient by the vector of the outside word, w = o",
    naive_softmax(),
    r"\frac{\partial J}{\partial u_o}",
    (
        Step(rf"\frac{{\partial}}{{\partial u_o}}\left({_LOSS}\right)", _THE_LOSS),
        Step(
            r"-\frac{\partial}{\partial u_o}(u_o^\top v_c)"
            r"+\frac{\partial}{\partial u_o}\log\sum_{w=1}^{V}\exp(u_w^\top v_c)",
            "differentiate term by term",
        ),
        Step(
            r"-v_c+\frac{\partial}{\partial u_o}\log\sum_{w=1}^{V}\exp(u_w^\top v_c)",
            r"$u_o^\top v_c$ is linear in $u_o$, with coefficients $v_c$",
        ),
        Step(
            r"-v_c+\frac{1}{Z}\cdot\frac{\partial}{\partial u_o}\sum_{w=1}^{V}\exp(u_w^\top v_c)",
            _CHAIN_RULE_LOG,
        ),
        Step(
            r"-v_c+\frac{1}{Z}\cdot\frac{\partial}{\partial u_o}\exp(u_o^\top v_c)",
            r"only the term with $w=o$ contains $u_o$: the sum collapses",
        ),
        Step(
            r"-v_c+\frac{\exp(u_o^\top v_c)}{Z}\,v_c",
            "chain rule for the exponential",
        ),
        Step(r"-v_c+\hat y_o v_c", "definition of softmax"),
        Step(r"(\hat y_o-1)\,v_c", r"take $v_c$ out of the bracket"),
    ),
)

NAIVE_UW_OTHER = Derivation(
    "naive_uw_other",
    "Gradient by the vector of any other word, w ≠ o",
    naive_softmax().assuming(distinct=(("w", "o"),)),
    r"\frac{\partial J}{\partial u_w}",
    (
        Step(rf"\frac{{\partial}}{{\partial u_w}}\left({_LOSS_X}\right)", _THE_LOSS),
        Step(
            r"-\frac{\partial}{\partial u_w}(u_o^\top v_c)"
            r"+\frac{\partial}{\partial u_w}\log\sum_{x=1}^{V}\exp(u_x^\top v_c)",
            "differentiate term by term",
        ),
        Step(
            r"0+\frac{\partial}{\partial u_w}\log\sum_{x=1}^{V}\exp(u_x^\top v_c)",
            r"$u_o^\top v_c$ does not contain $u_w$",
        ),
        Step(
            r"\frac{1}{Z}\cdot\frac{\partial}{\partial u_w}\sum_{x=1}^{V}\exp(u_x^\top v_c)",
            _CHAIN_RULE_LOG,
        ),
        Step(
            r"\frac{1}{Z}\cdot\frac{\partial}{\partial u_w}\exp(u_w^\top v_c)",
            r"only the term with $x=w$ contains $u_w$",
        ),
        Step(r"\frac{\exp(u_w^\top v_c)}{Z}\,v_c", "chain rule for the exponential"),
        Step(r"\hat y_w v_c", "definition of softmax"),
    ),
    assuming=r"$w\neq o$",
)

NAIVE_UW = Derivation(
    "naive_uw",
    "Gradient by any outside vector, one formula",
    naive_softmax(),
    r"\frac{\partial J}{\partial u_w}",
    (
        Step(rf"\frac{{\partial}}{{\partial u_w}}\left({_LOSS_X}\right)", _THE_LOSS),
        Step(
            r"-\frac{\partial}{\partial u_w}(u_o^\top v_c)"
            r"+\frac{\partial}{\partial u_w}\log\sum_{x=1}^{V}\exp(u_x^\top v_c)",
            "differentiate term by term",
        ),
        Step(
            r"-\delta_{wo}v_c+\frac{\partial}{\partial u_w}\log\sum_{x=1}^{V}\exp(u_x^\top v_c)",
            r"$u_o$ is $u_w$ only if $w=o$",
        ),
        Step(
            r"-\delta_{wo}v_c+\frac{1}{Z}"
            r"\cdot\frac{\partial}{\partial u_w}\sum_{x=1}^{V}\exp(u_x^\top v_c)",
            _CHAIN_RULE_LOG,
        ),
        Step(
            r"-\delta_{wo}v_c+\frac{1}{Z}\cdot\frac{\partial}{\partial u_w}\exp(u_w^\top v_c)",
            r"only the term with $x=w$ contains $u_w$",
        ),
        Step(
            r"-\delta_{wo}v_c+\frac{\exp(u_w^\top v_c)}{Z}\,v_c",
            "chain rule for the exponential",
        ),
        Step(r"-\delta_{wo}v_c+\hat y_w v_c", "definition of softmax"),
        Step(r"-y_w v_c+\hat y_w v_c", r"$\delta_{wo}$ is the entry $y_w$ of the one-hot target"),
        Step(r"(\hat y_w-y_w)\,v_c", r"take $v_c$ out of the bracket"),
    ),
)

NAIVE_UW_CASES = Derivation(
    "naive_uw_cases",
    "Gradient by any outside vector, both cases",
    naive_softmax(),
    r"\frac{\partial J}{\partial u_w}",
    (
        Step(r"(\hat y_w-y_w)\,v_c", "gradient by any outside vector"),
        Step(
            r"\begin{cases}(\hat y_w-1)\,v_c&\text{if }w=o\\"
            r"(\hat y_w-0)\,v_c&\text{if }w\neq o\end{cases}",
            r"$y_w$ is 1 if $w=o$, else 0",
        ),
        Step(
            r"\begin{cases}(\hat y_o-1)\,v_c&\text{if }w=o\\"
            r"\hat y_w v_c&\text{if }w\neq o\end{cases}",
            r"in the first case $\hat y_w$ is $\hat y_o$",
        ),
    ),
)

NAIVE_U_ENTRY = Derivation(
    "naive_U_entry",
    "Gradient by one entry of U",
    naive_softmax(),
    r"\frac{\partial J}{\partial U_{wa}}",
    (
        Step(
            r"\sum_{x=1}^{V}\frac{\partial J}{\partial\theta_x}"
            r"\cdot\frac{\partial\theta_x}{\partial U_{wa}}",
            r"chain rule through the scores $\theta_x=u_x^\top v_c$",
        ),
        Step(
            r"\sum_{x=1}^{V}(\hat y_x-y_x)\,\frac{\partial\theta_x}{\partial U_{wa}}",
            "gradient of softmax cross-entropy by its scores",
        ),
        Step(
            r"\sum_{x=1}^{V}(\hat y_x-y_x)\,\delta_{xw}[v_c]_a",
            r"$U_{wa}$ stands in the score of $w$ only, where it is multiplied by $[v_c]_a$",
        ),
        Step(r"(\hat y_w-y_w)\,[v_c]_a", r"$\delta_{xw}$ keeps the term with $x=w$"),
    ),
)

NAIVE_U = Derivation(
    "naive_U",
    "Gradient by all outside vectors at once",
    naive_softmax(),
    r"\frac{\partial J}{\partial U}",
    (
        Step(
            r"\frac{\partial J}{\partial\theta}\,v_c^\top",
            r"row $w$ is $\frac{\partial J}{\partial\theta_w}v_c^\top$: "
            r"$u_w$ acts on $J$ through the score $\theta_w=u_w^\top v_c$ only",
        ),
        Step(r"(\hat y-y)\,v_c^\top", "gradient of softmax cross-entropy by its scores"),
    ),
)

NAIVE_YHAT_VC = Derivation(
    "naive_yhat_vc",
    "How a probability moves with the center vector",
    naive_softmax(),
    r"\frac{\partial\hat y_w}{\partial v_c}",
    (
        Step(
            r"\sum_{x=1}^{V}\frac{\partial\hat y_w}{\partial\theta_x}"
            r"\cdot\frac{\partial\theta_x}{\partial v_c}",
            "chain rule through the scores",
        ),
        Step(
            r"\sum_{x=1}^{V}\hat y_w(\delta_{wx}-\hat y_x)\,\frac{\partial\theta_x}{\partial v_c}",
            "Jacobian of softmax",
        ),
        Step(
            r"\sum_{x=1}^{V}\hat y_w(\delta_{wx}-\hat y_x)\,u_x",
            r"the score $\theta_x=u_x^\top v_c$ has gradient $u_x$",
        ),
        Step(
            r"\hat y_w u_w-\hat y_w\sum_{x=1}^{V}\hat y_x u_x",
            r"split the sum; $\delta_{wx}$ keeps the term with $x=w$",
        ),
        Step(
            r"\hat y_w(u_w-\bar u)",
            r"write $\bar u=\sum_{x=1}^{V}\hat y_x u_x$ for the mean outside vector",
        ),
    ),
)

NAIVE_HESSIAN = Derivation(
    "naive_hessian",
    "Second derivatives by the center vector: a covariance, so the loss is convex in it",
    naive_softmax(),
    r"\frac{\partial^2 J}{\partial v_c\,\partial v_c^\top}",
    (
        Step(
            r"\frac{\partial}{\partial v_c}\left(-u_o+\sum_{w=1}^{V}\hat y_w u_w\right)",
            r"differentiate the gradient by $v_c$ once more",
        ),
        Step(
            r"\sum_{w=1}^{V}u_w\left(\frac{\partial\hat y_w}{\partial v_c}\right)^\top",
            r"only $\hat y_w$ depends on $v_c$; the column $u_w$ stays in front",
        ),
        Step(
            r"\sum_{w=1}^{V}\hat y_w u_w(u_w-\bar u)^\top",
            "how a probability moves with the center vector",
        ),
        Step(
            r"\sum_{w=1}^{V}\hat y_w u_w u_w^\top-\bar u\,\bar u^\top",
            r"multiply out; $\sum_{w=1}^{V}\hat y_w u_w=\bar u$",
        ),
        Step(
            r"\sum_{w=1}^{V}\hat y_w u_w u_w^\top-\bar u\,\bar u^\top"
            r"-\bar u\,\bar u^\top+\bar u\,\bar u^\top",
            r"take $\bar u\,\bar u^\top$ away and add it again",
        ),
        Step(
            r"\sum_{w=1}^{V}\hat y_w(u_w-\bar u)(u_w-\bar u)^\top",
            r"what this product gives when multiplied out, as the $\hat y_w$ sum to one: "
            r"the covariance of the outside vectors under $\hat y$",
        ),
    ),
)

NAIVE_HESSIAN_MATRIX = Derivation(
    "naive_hessian_matrix",
    "Second derivatives by the center vector, by the chain rule with matrices",
    naive_softmax(),
    r"\frac{\partial^2 J}{\partial v_c\,\partial v_c^\top}",
    (
        Step(
            r"\frac{\partial}{\partial v_c}\left(U^\top(\hat y-y)\right)",
            r"differentiate the gradient by $v_c$ once more",
        ),
        Step(r"U^\top\frac{\partial\hat y}{\partial v_c}", r"$U$ and $y$ do not depend on $v_c$"),
        Step(
            r"U^\top\frac{\partial\hat y}{\partial\theta}\,\frac{\partial\theta}{\partial v_c}",
            "chain rule through the scores",
        ),
        Step(
            r"U^\top\left(\operatorname{diag}(\hat y)-\hat y\,\hat y^\top\right)U",
            r"Jacobian of softmax, and of $\theta=U v_c$",
        ),
    ),
)

DERIVATIONS = (
    NAIVE_LOSS,
    NAIVE_VC,
    NAIVE_VC_CHAIN,
    NAIVE_UO,
    NAIVE_UW_OTHER,
    NAIVE_UW,
    NAIVE_UW_CASES,
    NAIVE_U_ENTRY,
    NAIVE_U,
    NAIVE_YHAT_VC,
    NAIVE_HESSIAN,
    NAIVE_HESSIAN_MATRIX,
)
