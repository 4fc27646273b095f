"""The negative-sampling loss of one pair; negatives may repeat or hit the outside word."""

from wordgrad.meaning.contexts import negative_sampling
from wordgrad.proof.derivation import Derivation, Step

_AVOID = negative_sampling().assuming(avoiding=(("n", "o"),))
_DISTINCT = _AVOID.assuming(injective=("n",))
_NONE_IS_OUTSIDE = r"No negative is the outside word: $n_k\neq o$ for all $k$."
_ALL_DIFFER = r"The negatives are distinct, and none is the outside word."
_SCORES = r"differentiate term by term; $\theta_w=u_w^\top v_c$ is the score of $w$"
_TERM_BY_TERM = "differentiate term by term"
_LOG_SIGMA = r"$(\log\sigma(x))'=1-\sigma(x)$, and the chain rule"

NEG_LOSS = Derivation(
    "neg_loss",
    "The negative-sampling loss",
    negative_sampling(),
    r"J",
    (
        Step(
            r"-\log\sigma(\theta_o)-\sum_{k=1}^{K}\log\sigma(-\theta_{n_k})",
            r"definition, in the scores $\theta=U v_c$",
        ),
        Step(
            r"-\log\sigma(u_o^\top v_c)-\sum_{k=1}^{K}\log\sigma(-u_{n_k}^\top v_c)",
            r"$\theta_w=u_w^\top v_c$",
        ),
        Step(
            r"\log(1+e^{-u_o^\top v_c})+\sum_{k=1}^{K}\log(1+e^{u_{n_k}^\top v_c})",
            r"$-\log\sigma(x)=\log(1+e^{-x})$",
        ),
        Step(
            r"\operatorname{softplus}(-u_o^\top v_c)"
            r"+\sum_{k=1}^{K}\operatorname{softplus}(u_{n_k}^\top v_c)",
            "definition of softplus",
        ),
    ),
)

NEG_LIKELIHOOD = Derivation(
    "neg_likelihood",
    "The loss is a negative log-likelihood: o is from the text, the negatives are not",
    negative_sampling(),
    r"-\log\sigma(\theta_o)-\log\prod_{k=1}^{K}(1-\sigma(\theta_{n_k}))",
    (
        Step(
            r"-\log\sigma(\theta_o)-\sum_{k=1}^{K}\log(1-\sigma(\theta_{n_k}))",
            "the logarithm of a product is a sum",
        ),
        Step(
            r"-\log\sigma(\theta_o)-\sum_{k=1}^{K}\log\sigma(-\theta_{n_k})",
            r"$1-\sigma(x)=\sigma(-x)$",
        ),
        Step(r"J", "definition of the loss"),
    ),
)

NEG_THETA = Derivation(
    "neg_theta",
    "Gradient by one score",
    negative_sampling(),
    r"\frac{\partial J}{\partial\theta_w}",
    (
        Step(
            r"-\frac{\partial}{\partial\theta_w}\log\sigma(\theta_o)"
            r"-\sum_{k=1}^{K}\frac{\partial}{\partial\theta_w}\log\sigma(-\theta_{n_k})",
            _TERM_BY_TERM,
        ),
        Step(
            r"-\delta_{wo}(1-\sigma(\theta_o))"
            r"-\sum_{k=1}^{K}\frac{\partial}{\partial\theta_w}\log\sigma(-\theta_{n_k})",
            r"$(\log\sigma(x))'=1-\sigma(x)$; $\theta_o$ is $\theta_w$ only if $w=o$",
        ),
        Step(
            r"-\delta_{wo}(1-\sigma(\theta_o))"
            r"+\sum_{k=1}^{K}\mathbb 1[n_k=w]\,\sigma(\theta_{n_k})",
            r"$(\log\sigma(-x))'=-\sigma(x)$; a negative counts only if it is $w$",
        ),
        Step(
            r"-\delta_{wo}(1-\sigma(\theta_w))+\sum_{k=1}^{K}\mathbb 1[n_k=w]\,\sigma(\theta_w)",
            r"where a term counts, $o$ or $n_k$ is $w$",
        ),
        Step(
            r"-y_w(1-\sigma(\theta_w))+r_w\,\sigma(\theta_w)",
            r"$y$ is one-hot; $r_w=\sum_{k=1}^{K}\mathbb 1[n_k=w]$ "
            r"counts how often $w$ was drawn",
        ),
        Step(r"(y_w+r_w)\,\sigma(\theta_w)-y_w", r"collect what multiplies $\sigma(\theta_w)$"),
    ),
)

NEG_VC = Derivation(
    "neg_vc",
    "Gradient by the center vector",
    negative_sampling(),
    r"\frac{\partial J}{\partial v_c}",
    (
        Step(
            r"-\frac{\partial}{\partial v_c}\log\sigma(\theta_o)"
            r"-\sum_{k=1}^{K}\frac{\partial}{\partial v_c}\log\sigma(-\theta_{n_k})",
            _SCORES,
        ),
        Step(
            r"-\frac{\sigma'(\theta_o)}{\sigma(\theta_o)}\cdot\frac{\partial\theta_o}{\partial v_c}"
            r"+\sum_{k=1}^{K}\frac{\sigma'(-\theta_{n_k})}{\sigma(-\theta_{n_k})}"
            r"\cdot\frac{\partial\theta_{n_k}}{\partial v_c}",
            "chain rule for the logarithm; the inner minus turns the sign of the second term",
        ),
        Step(
            r"-(1-\sigma(\theta_o))\,\frac{\partial\theta_o}{\partial v_c}"
            r"+\sum_{k=1}^{K}(1-\sigma(-\theta_{n_k}))"
            r"\,\frac{\partial\theta_{n_k}}{\partial v_c}",
            r"$\sigma'(x)=\sigma(x)(1-\sigma(x))$; cancel $\sigma(x)$",
        ),
        Step(
            r"-(1-\sigma(\theta_o))\,u_o+\sum_{k=1}^{K}(1-\sigma(-\theta_{n_k}))\,u_{n_k}",
            r"the score $\theta_w=u_w^\top v_c$ has gradient $u_w$",
        ),
        Step(
            r"-(1-\sigma(\theta_o))\,u_o+\sum_{k=1}^{K}\sigma(\theta_{n_k})\,u_{n_k}",
            r"$1-\sigma(-x)=\sigma(x)$",
        ),
        Step(
            r"(\sigma(\theta_o)-1)\,u_o+\sum_{k=1}^{K}\sigma(\theta_{n_k})\,u_{n_k}",
            "take the minus into the bracket",
        ),
        Step(
            r"(\sigma(u_o^\top v_c)-1)\,u_o+\sum_{k=1}^{K}\sigma(u_{n_k}^\top v_c)\,u_{n_k}",
            "write the scores out again",
        ),
    ),
)

NEG_VC_MATRIX = Derivation(
    "neg_vc_matrix",
    "Gradient by the center vector, by the chain rule with matrices",
    negative_sampling(),
    r"\frac{\partial J}{\partial v_c}",
    (
        Step(
            r"\left(\frac{\partial\theta}{\partial v_c}\right)^\top"
            r"\frac{\partial J}{\partial\theta}",
            r"chain rule through the scores $\theta=U v_c$",
        ),
        Step(r"U^\top\frac{\partial J}{\partial\theta}", r"the Jacobian of $U v_c$ is $U$"),
        Step(
            r"U^\top\left((y+r)\odot\sigma(\theta)-y\right)",
            r"gradient by the scores, one below the other; $\odot$ multiplies entry by entry",
        ),
        Step(r"U^\top\left((y+r)\odot\sigma(U v_c)-y\right)", "write the scores out again"),
    ),
)

NEG_UO = Derivation(
    "neg_uo",
    "Gradient by the vector of the outside word, if it is not among the negatives",
    _AVOID,
    r"\frac{\partial J}{\partial u_o}",
    (
        Step(
            r"-\frac{\partial}{\partial u_o}\log\sigma(u_o^\top v_c)"
            r"-\sum_{k=1}^{K}\frac{\partial}{\partial u_o}\log\sigma(-u_{n_k}^\top v_c)",
            _TERM_BY_TERM,
        ),
        Step(
            r"-\frac{\partial}{\partial u_o}\log\sigma(u_o^\top v_c)",
            r"no $n_k$ is $o$: the terms of the sum do not contain $u_o$",
        ),
        Step(
            r"-(1-\sigma(u_o^\top v_c))\,\frac{\partial}{\partial u_o}(u_o^\top v_c)",
            _LOG_SIGMA,
        ),
        Step(
            r"-(1-\sigma(u_o^\top v_c))\,v_c",
            r"$u_o^\top v_c$ is linear in $u_o$, with coefficients $v_c$",
        ),
        Step(r"(\sigma(u_o^\top v_c)-1)\,v_c", "take the minus into the bracket"),
    ),
    assuming=_NONE_IS_OUTSIDE,
)

NEG_UK = Derivation(
    "neg_uk",
    "Gradient by the vector of a negative, if all negatives differ",
    _DISTINCT,
    r"\frac{\partial J}{\partial u_{n_l}}",
    (
        Step(
            r"-\frac{\partial}{\partial u_{n_l}}\log\sigma(u_o^\top v_c)"
            r"-\sum_{k=1}^{K}\frac{\partial}{\partial u_{n_l}}\log\sigma(-u_{n_k}^\top v_c)",
            _TERM_BY_TERM,
        ),
        Step(
            r"-\sum_{k=1}^{K}\frac{\partial}{\partial u_{n_l}}\log\sigma(-u_{n_k}^\top v_c)",
            r"$n_l$ is not $o$: the first term does not contain $u_{n_l}$",
        ),
        Step(
            r"-\frac{\partial}{\partial u_{n_l}}\log\sigma(-u_{n_l}^\top v_c)",
            r"the negatives differ: only the term with $k=l$ contains $u_{n_l}$",
        ),
        Step(
            r"-(1-\sigma(-u_{n_l}^\top v_c))\,\frac{\partial}{\partial u_{n_l}}(-u_{n_l}^\top v_c)",
            _LOG_SIGMA,
        ),
        Step(
            r"(1-\sigma(-u_{n_l}^\top v_c))\,v_c",
            r"$-u_{n_l}^\top v_c$ has gradient $-v_c$; minus times minus",
        ),
        Step(r"\sigma(u_{n_l}^\top v_c)\,v_c", r"$1-\sigma(-x)=\sigma(x)$"),
    ),
    assuming=_ALL_DIFFER,
)

NEG_UW = Derivation(
    "neg_uw",
    "Gradient by any outside vector, whatever the negatives are",
    negative_sampling(),
    r"\frac{\partial J}{\partial u_w}",
    (
        Step(
            r"-\frac{\partial}{\partial u_w}\log\sigma(\theta_o)"
            r"-\sum_{k=1}^{K}\frac{\partial}{\partial u_w}\log\sigma(-\theta_{n_k})",
            _SCORES,
        ),
        Step(
            r"-(1-\sigma(\theta_o))\,\frac{\partial\theta_o}{\partial u_w}"
            r"+\sum_{k=1}^{K}\sigma(\theta_{n_k})\,\frac{\partial\theta_{n_k}}{\partial u_w}",
            r"$(\log\sigma(x))'=1-\sigma(x)$ and $(\log\sigma(-x))'=-\sigma(x)$",
        ),
        Step(
            r"-\delta_{wo}(1-\sigma(\theta_o))\,v_c"
            r"+\sum_{k=1}^{K}\mathbb 1[n_k=w]\,\sigma(\theta_{n_k})\,v_c",
            r"the score of a word contains $u_w$ only if the word is $w$; its gradient is $v_c$",
        ),
        Step(
            r"-\delta_{wo}(1-\sigma(\theta_w))\,v_c"
            r"+\sum_{k=1}^{K}\mathbb 1[n_k=w]\,\sigma(\theta_w)\,v_c",
            r"where a term counts, $o$ or $n_k$ is $w$",
        ),
        Step(
            r"-y_w(1-\sigma(\theta_w))\,v_c+r_w\,\sigma(\theta_w)\,v_c",
            r"$y$ is one-hot; $r_w=\sum_{k=1}^{K}\mathbb 1[n_k=w]$ "
            r"counts how often $w$ was drawn",
        ),
        Step(
            r"\left((y_w+r_w)\,\sigma(\theta_w)-y_w\right)v_c",
            r"take $v_c$ out and collect what multiplies $\sigma(\theta_w)$",
        ),
        Step(
            r"\left((y_w+r_w)\,\sigma(u_w^\top v_c)-y_w\right)v_c",
            "write the score out again",
        ),
    ),
)

NEG_UW_CASES = Derivation(
    "neg_uw_cases",
    "Gradient by any outside vector in cases, if the outside word is not among the negatives",
    _AVOID,
    r"\frac{\partial J}{\partial u_w}",
    (
        Step(
            r"\left((y_w+r_w)\,\sigma(u_w^\top v_c)-y_w\right)v_c",
            "gradient by any outside vector",
        ),
        Step(
            r"\begin{cases}(\sigma(u_o^\top v_c)-1)\,v_c&\text{if }w=o\\"
            r"r_w\,\sigma(u_w^\top v_c)\,v_c&\text{if }w\neq o\end{cases}",
            r"$y_o=1$ and $r_o=0$; elsewhere $y_w=0$",
        ),
    ),
    assuming=_NONE_IS_OUTSIDE,
)

NEG_UO_REPEATED = Derivation(
    "neg_uo_repeated",
    "Gradient by the vector of the outside word, whatever the negatives are",
    negative_sampling(),
    r"\frac{\partial J}{\partial u_o}",
    (
        Step(
            r"\left((y_o+r_o)\,\sigma(u_o^\top v_c)-y_o\right)v_c",
            r"gradient by any outside vector, with $w=o$",
        ),
        Step(
            r"\left((1+r_o)\,\sigma(u_o^\top v_c)-1\right)v_c",
            r"$y_o=1$",
        ),
        Step(
            r"(\sigma(u_o^\top v_c)-1)\,v_c+r_o\,\sigma(u_o^\top v_c)\,v_c",
            r"set apart what the $r_o$ draws of $o$ add",
        ),
    ),
)

NEG_UK_REPEATED = Derivation(
    "neg_uk_repeated",
    "Gradient by the vector of a negative, whatever the other negatives are",
    negative_sampling(),
    r"\frac{\partial J}{\partial u_{n_l}}",
    (
        Step(
            r"-\delta_{n_l o}(1-\sigma(u_{n_l}^\top v_c))\,v_c"
            r"+\sum_{k=1}^{K}\mathbb 1[n_k=n_l]\,\sigma(u_{n_l}^\top v_c)\,v_c",
            r"gradient by any outside vector, with $w=n_l$, before its counts are named",
        ),
        Step(
            r"\delta_{n_l o}(\sigma(u_o^\top v_c)-1)\,v_c"
            r"+\sum_{k=1}^{K}\mathbb 1[n_k=n_l]\,\sigma(u_{n_l}^\top v_c)\,v_c",
            r"take the minus into the bracket; where $\delta_{n_l o}$ is not 0, $n_l$ is $o$",
        ),
        Step(
            r"\delta_{n_l o}(\sigma(u_o^\top v_c)-1)\,v_c"
            r"+\left(\sum_{k=1}^{K}\mathbb 1[n_k=n_l]\right)\sigma(u_{n_l}^\top v_c)\,v_c",
            r"the bracket counts how often $n_l$ was drawn, itself included",
        ),
    ),
)

NEG_U = Derivation(
    "neg_U",
    "Gradient by all outside vectors at once",
    negative_sampling(),
    r"\frac{\partial J}{\partial U}",
    (
        Step(
            r"\frac{\partial J}{\partial\theta}\,v_c^\top",
            r"row $w$ is $\frac{\partial J}{\partial\theta_w}v_c^\top$: "
            r"$u_w$ acts on $J$ through the score $\theta_w=u_w^\top v_c$ only",
        ),
        Step(
            r"\left((y+r)\odot\sigma(\theta)-y\right)v_c^\top",
            r"gradient by the scores, one below the other",
        ),
        Step(
            r"\left((y+r)\odot\sigma(U v_c)-y\right)v_c^\top",
            "write the scores out again",
        ),
    ),
)

NEG_HESSIAN = Derivation(
    "neg_hessian",
    "Second derivatives by the center vector: the loss is convex in it",
    negative_sampling(),
    r"\frac{\partial^2 J}{\partial v_c\,\partial v_c^\top}",
    (
        Step(
            r"\frac{\partial}{\partial v_c}\left((\sigma(\theta_o)-1)\,u_o"
            r"+\sum_{k=1}^{K}\sigma(\theta_{n_k})\,u_{n_k}\right)",
            r"differentiate the gradient by $v_c$ once more",
        ),
        Step(
            r"u_o\left(\frac{\partial\sigma(\theta_o)}{\partial v_c}\right)^\top"
            r"+\sum_{k=1}^{K}u_{n_k}"
            r"\left(\frac{\partial\sigma(\theta_{n_k})}{\partial v_c}\right)^\top",
            r"only the factors $\sigma(\theta_w)$ depend on $v_c$; the columns stay in front",
        ),
        Step(
            r"\sigma'(\theta_o)\,u_o u_o^\top"
            r"+\sum_{k=1}^{K}\sigma'(\theta_{n_k})\,u_{n_k}u_{n_k}^\top",
            r"chain rule; $\theta_w=u_w^\top v_c$ has gradient $u_w$. No term is negative",
        ),
    ),
)

DERIVATIONS = (
    NEG_LOSS,
    NEG_LIKELIHOOD,
    NEG_THETA,
    NEG_VC,
    NEG_VC_MATRIX,
    NEG_UO,
    NEG_UK,
    NEG_UW,
    NEG_UW_CASES,
    NEG_UO_REPEATED,
    NEG_UK_REPEATED,
    NEG_U,
    NEG_HESSIAN,
)
