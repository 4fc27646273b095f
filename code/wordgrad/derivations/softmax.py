"""Softmax of free scores, and the cross-entropy of its probabilities."""

from wordgrad.meaning.contexts import scores
from wordgrad.proof.derivation import Derivation, Step

_ANY_TARGET = r"The entries of $y$ sum to one; $y$ need not be one-hot."
_LOSS = r"-\theta_o+\log\sum_{w=1}^{V}e^{\theta_w}"

SOFTMAX_SHIFT = Derivation(
    "softmax_shift",
    "Softmax does not change when all scores are shifted by the same number",
    scores(),
    r"\operatorname{softmax}(\theta)_i",
    (
        Step(r"\frac{e^{\theta_i}}{\sum_{w=1}^{V}e^{\theta_w}}", "definition of softmax"),
        Step(
            r"\frac{e^{s}e^{\theta_i}}{e^{s}\sum_{w=1}^{V}e^{\theta_w}}",
            r"multiply numerator and denominator by $e^{s}$",
        ),
        Step(
            r"\frac{e^{\theta_i}e^{s}}{\sum_{w=1}^{V}e^{\theta_w}e^{s}}",
            r"$e^{s}$ does not depend on $w$: it may go into the sum",
        ),
        Step(
            r"\frac{e^{\theta_i+s}}{\sum_{w=1}^{V}e^{\theta_w+s}}",
            r"$e^{a}e^{b}=e^{a+b}$: this is softmax of the shifted scores",
        ),
    ),
)

SOFTMAX_SUMS_TO_ONE = Derivation(
    "softmax_sums_to_one",
    "The entries of a softmax sum to one",
    scores(),
    r"\sum_{i=1}^{V}\hat y_i",
    (
        Step(
            r"\sum_{i=1}^{V}\frac{e^{\theta_i}}{\sum_{w=1}^{V}e^{\theta_w}}",
            "definition of softmax",
        ),
        Step(
            r"\frac{\sum_{i=1}^{V}e^{\theta_i}}{\sum_{w=1}^{V}e^{\theta_w}}",
            r"the denominator does not depend on $i$: take it out of the sum",
        ),
        Step("1", "numerator and denominator are the same sum under two names"),
    ),
)

NORMALISER_DERIVATIVE = Derivation(
    "normaliser_derivative",
    "Derivative of the normaliser by one score",
    scores(),
    r"\frac{\partial Z}{\partial\theta_j}",
    (
        Step(
            r"\frac{\partial}{\partial\theta_j}\sum_{w=1}^{V}e^{\theta_w}",
            r"definition of the normaliser $Z$",
        ),
        Step(
            r"\sum_{w=1}^{V}\frac{\partial}{\partial\theta_j}e^{\theta_w}",
            "differentiate term by term",
        ),
        Step(
            r"\sum_{w=1}^{V}\delta_{wj}\,e^{\theta_w}",
            r"only the term with $w=j$ contains $\theta_j$",
        ),
        Step(r"e^{\theta_j}", r"$\delta_{wj}$ keeps this one term"),
    ),
)

LOG_SUM_EXP_DERIVATIVE = Derivation(
    "log_sum_exp_derivative",
    "The derivative of log-sum-exp is softmax",
    scores(),
    r"\frac{\partial}{\partial\theta_j}\log\sum_{w=1}^{V}e^{\theta_w}",
    (
        Step(
            r"\frac{\partial}{\partial\theta_j}\log Z",
            r"write $Z=\sum_{w=1}^{V}e^{\theta_w}$ for the normaliser",
        ),
        Step(
            r"\frac{1}{Z}\cdot\frac{\partial Z}{\partial\theta_j}",
            r"chain rule; the logarithm has derivative $1/z$",
        ),
        Step(r"\frac{e^{\theta_j}}{Z}", "derivative of the normaliser"),
        Step(r"\hat y_j", "definition of softmax"),
    ),
)

SOFTMAX_JACOBIAN = Derivation(
    "softmax_jacobian",
    "Jacobian of softmax, one formula for all entries",
    scores(),
    r"\frac{\partial\hat y_i}{\partial\theta_j}",
    (
        Step(
            r"\frac{\partial}{\partial\theta_j}\frac{e^{\theta_i}}{Z}",
            r"definition of softmax, with $Z=\sum_{w=1}^{V}e^{\theta_w}$",
        ),
        Step(
            r"\frac{1}{Z^2}\left(\frac{\partial e^{\theta_i}}{\partial\theta_j}\,Z"
            r"-e^{\theta_i}\,\frac{\partial Z}{\partial\theta_j}\right)",
            "quotient rule",
        ),
        Step(
            r"\frac{1}{Z^2}\left(\delta_{ij}\,e^{\theta_i}Z"
            r"-e^{\theta_i}\,\frac{\partial Z}{\partial\theta_j}\right)",
            r"$e^{\theta_i}$ depends on $\theta_j$ only if $i=j$",
        ),
        Step(
            r"\frac{1}{Z^2}\left(\delta_{ij}\,e^{\theta_i}Z-e^{\theta_i}e^{\theta_j}\right)",
            "derivative of the normaliser",
        ),
        Step(
            r"\delta_{ij}\frac{e^{\theta_i}Z}{Z^2}-\frac{e^{\theta_i}e^{\theta_j}}{Z^2}",
            "multiply out",
        ),
        Step(
            r"\delta_{ij}\frac{e^{\theta_i}}{Z}-\frac{e^{\theta_i}e^{\theta_j}}{Z^2}",
            r"cancel $Z$ on the left",
        ),
        Step(
            r"\delta_{ij}\frac{e^{\theta_i}}{Z}"
            r"-\frac{e^{\theta_i}}{Z}\cdot\frac{e^{\theta_j}}{Z}",
            r"split the fraction on the right",
        ),
        Step(r"\delta_{ij}\,\hat y_i-\hat y_i\hat y_j", "definition of softmax, three times"),
        Step(r"\hat y_i(\delta_{ij}-\hat y_j)", r"take $\hat y_i$ out of the bracket"),
    ),
)

SOFTMAX_JACOBIAN_CASES = Derivation(
    "softmax_jacobian_cases",
    "Jacobian of softmax, on and off the diagonal",
    scores(),
    r"\frac{\partial\hat y_i}{\partial\theta_j}",
    (
        Step(r"\hat y_i(\delta_{ij}-\hat y_j)", "Jacobian of softmax"),
        Step(
            r"\begin{cases}\hat y_i(1-\hat y_j)&\text{if }i=j\\"
            r"\hat y_i(0-\hat y_j)&\text{if }i\neq j\end{cases}",
            r"$\delta_{ij}$ is 1 if $i=j$, else 0",
        ),
        Step(
            r"\begin{cases}\hat y_i(1-\hat y_i)&\text{if }i=j\\"
            r"-\hat y_i\hat y_j&\text{if }i\neq j\end{cases}",
            r"in the first case $\hat y_j$ is $\hat y_i$; in the second, multiply out",
        ),
    ),
)

SOFTMAX_JACOBIAN_MATRIX = Derivation(
    "softmax_jacobian_matrix",
    "Jacobian of softmax as a matrix",
    scores(),
    r"\frac{\partial\hat y}{\partial\theta}",
    (
        Step(
            r"\operatorname{diag}(\hat y)-\hat y\,\hat y^\top",
            r"entry $(i,j)$ of the first matrix is $\delta_{ij}\hat y_i$, "
            r"of the second $\hat y_i\hat y_j$",
        ),
    ),
)

SOFTMAX_JACOBIAN_COLUMNS = Derivation(
    "softmax_jacobian_columns",
    "Probabilities can only move from word to word: each column of the Jacobian sums to zero",
    scores(),
    r"\sum_{i=1}^{V}\frac{\partial\hat y_i}{\partial\theta_j}",
    (
        Step(r"\sum_{i=1}^{V}\hat y_i(\delta_{ij}-\hat y_j)", "Jacobian of softmax"),
        Step(
            r"\sum_{i=1}^{V}\hat y_i\delta_{ij}-\hat y_j\sum_{i=1}^{V}\hat y_i",
            r"split the sum; $\hat y_j$ does not depend on $i$",
        ),
        Step(
            r"\hat y_j-\hat y_j\sum_{i=1}^{V}\hat y_i",
            r"$\delta_{ij}$ keeps the term with $i=j$",
        ),
        Step(r"\hat y_j-\hat y_j", "the entries of a softmax sum to one"),
        Step("0", "the two cancel"),
    ),
)

CE_EQUALS_NLL = Derivation(
    "ce_equals_nll",
    "Cross-entropy with a one-hot target is the negative log-likelihood",
    scores(),
    r"J",
    (
        Step(r"-\sum_{w=1}^{V}y_w\log\hat y_w", "definition of the cross-entropy"),
        Step(
            r"-\sum_{w=1}^{V}\delta_{wo}\log\hat y_w",
            r"$y$ is one-hot: 1 for the word $o$, else 0",
        ),
        Step(r"-\log\hat y_o", r"$\delta_{wo}$ keeps the term with $w=o$"),
        Step(r"-\log\frac{e^{\theta_o}}{\sum_{w=1}^{V}e^{\theta_w}}", "definition of softmax"),
        Step(
            r"-\log e^{\theta_o}+\log\sum_{w=1}^{V}e^{\theta_w}",
            "the logarithm of a quotient is a difference",
        ),
        Step(_LOSS, "logarithm and exponential undo each other"),
    ),
)

SOFTMAX_CE_THETA = Derivation(
    "softmax_ce_theta",
    "Gradient of softmax cross-entropy by one score, one-hot target",
    scores(),
    r"\frac{\partial J}{\partial\theta_j}",
    (
        Step(
            rf"\frac{{\partial}}{{\partial\theta_j}}\left({_LOSS}\right)",
            "the loss as a negative log-likelihood",
        ),
        Step(
            r"-\frac{\partial\theta_o}{\partial\theta_j}"
            r"+\frac{\partial}{\partial\theta_j}\log\sum_{w=1}^{V}e^{\theta_w}",
            "differentiate term by term",
        ),
        Step(
            r"-\delta_{jo}+\frac{\partial}{\partial\theta_j}\log\sum_{w=1}^{V}e^{\theta_w}",
            r"$\theta_o$ is $\theta_j$ only if $j=o$",
        ),
        Step(r"-\delta_{jo}+\hat y_j", "the derivative of log-sum-exp is softmax"),
        Step(r"\hat y_j-y_j", r"$\delta_{jo}$ is the entry $y_j$ of the one-hot target"),
    ),
)

SOFTMAX_CE_THETA_VECTOR = Derivation(
    "softmax_ce_theta_vector",
    "Gradient of softmax cross-entropy by all scores at once",
    scores(),
    r"\frac{\partial J}{\partial\theta}",
    (Step(r"\hat y-y", r"the entries $\hat y_j-y_j$, one below the other"),),
)

SOFTMAX_CE_THETA_ANY = Derivation(
    "softmax_ce_theta_any",
    "The same gradient for any target that sums to one",
    scores("distribution"),
    r"\frac{\partial J}{\partial\theta_j}",
    (
        Step(
            r"\sum_{i=1}^{V}\frac{\partial J}{\partial\hat y_i}"
            r"\cdot\frac{\partial\hat y_i}{\partial\theta_j}",
            r"chain rule: $\theta_j$ acts on $J$ through every $\hat y_i$",
        ),
        Step(
            r"-\sum_{i=1}^{V}\frac{y_i}{\hat y_i}\cdot\frac{\partial\hat y_i}{\partial\theta_j}",
            r"$\hat y_i$ stands in one term of $J$, which is $-y_i\log\hat y_i$",
        ),
        Step(
            r"-\sum_{i=1}^{V}\frac{y_i}{\hat y_i}\,\hat y_i(\delta_{ij}-\hat y_j)",
            "Jacobian of softmax",
        ),
        Step(r"-\sum_{i=1}^{V}y_i(\delta_{ij}-\hat y_j)", r"cancel $\hat y_i$"),
        Step(
            r"-\sum_{i=1}^{V}y_i\delta_{ij}+\hat y_j\sum_{i=1}^{V}y_i",
            r"split the sum; $\hat y_j$ does not depend on $i$",
        ),
        Step(r"-y_j+\hat y_j\sum_{i=1}^{V}y_i", r"$\delta_{ij}$ keeps the term with $i=j$"),
        Step(r"-y_j+\hat y_j", r"the entries of $y$ sum to one"),
        Step(r"\hat y_j-y_j", "the order of terms does not matter"),
    ),
    assuming=_ANY_TARGET,
)

SOFTMAX_CE_HESSIAN = Derivation(
    "softmax_ce_hessian",
    "Second derivatives by the scores: the Jacobian of softmax again",
    scores(),
    r"\frac{\partial^2 J}{\partial\theta_i\,\partial\theta_j}",
    (
        Step(
            r"\frac{\partial}{\partial\theta_j}(\hat y_i-y_i)",
            r"gradient by $\theta_i$, differentiated by $\theta_j$",
        ),
        Step(r"\frac{\partial\hat y_i}{\partial\theta_j}", r"$y_i$ does not depend on the scores"),
        Step(r"\hat y_i(\delta_{ij}-\hat y_j)", "Jacobian of softmax"),
    ),
)

DERIVATIONS = (
    SOFTMAX_SHIFT,
    SOFTMAX_SUMS_TO_ONE,
    NORMALISER_DERIVATIVE,
    LOG_SUM_EXP_DERIVATIVE,
    SOFTMAX_JACOBIAN,
    SOFTMAX_JACOBIAN_CASES,
    SOFTMAX_JACOBIAN_MATRIX,
    SOFTMAX_JACOBIAN_COLUMNS,
    CE_EQUALS_NLL,
    SOFTMAX_CE_THETA,
    SOFTMAX_CE_THETA_VECTOR,
    SOFTMAX_CE_THETA_ANY,
    SOFTMAX_CE_HESSIAN,
)
