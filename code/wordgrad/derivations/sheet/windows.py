"""Question 5: the sums over a window, and the gradients that go into them."""

from wordgrad.derivations.sheet.line import BY_UO, BY_UW, BY_VC, NAIVE, NEG, SheetLine
from wordgrad.meaning.contexts import WINDOW, window

_OTHER = NAIVE.assuming(distinct=(("w", "o"),))
_AVOID = NEG.assuming(avoiding=(("n", "o"),))
_DISTINCT = _AVOID.assuming(injective=("n",))
_BY_SOFTMAX = window("softmax").with_columns()
_BY_NEG = window("negative_sampling").with_columns()
_BY_UK = r"\frac{\partial J}{\partial u_k}"
_PAIR_BY_VC = r"\frac{\partial F(w_{c+j}, v_c)}{\partial v_c}"
_PAIR_BY_VC_ROW = r"\left(\frac{\partial F(w_{c+j}, v_c)}{\partial v_c}\right)^\top"
_GENERAL = "whatever the negatives are"

WINDOW_LINES = (
    SheetLine(
        5,
        "1",
        r"J = \sum_{-m\le j\le m,\ j\ne 0} F(w_{c+j}, v_c)",
        r"\sum_{-m\le j\le m,\ j\ne 0} F(w_{c+j}, v_c)",
        _BY_SOFTMAX,
        "J",
        r"The loss of a window; $F$ is either pair loss.",
        "window_loss",
    ),
    SheetLine(
        5,
        "2",
        r"v_c[\hat y_o-1]",
        r"v_c[\hat y_o-1]",
        NAIVE,
        BY_UO,
        r"Softmax, vector of the outside word: the result of question 3.",
        "naive_uo",
    ),
    SheetLine(
        5,
        "3",
        r"\hat y_w",
        r"\hat y_w",
        _OTHER,
        BY_UW,
        r"Softmax, vector of another word: $v_c$ is missing, as in question 3.",
        "naive_uw_other",
        repair=r"\hat y_w v_c",
        slips=("factor dropped",),
    ),
    SheetLine(
        5,
        "4",
        r"-(1-\sigma(u_o^\top v_c))v_c",
        r"-(1-\sigma(u_o^\top v_c))v_c",
        _AVOID,
        BY_UO,
        "Negative sampling, vector of the outside word: right if it is not among the negatives.",
        "neg_uo",
        "no negative is the outside word",
    ),
    SheetLine(
        5,
        "4",
        r"-(1-\sigma(u_o^\top v_c))v_c",
        r"-(1-\sigma(u_o^\top v_c))v_c",
        NEG,
        BY_UO,
        r"A negative that is the outside word adds $\sigma(u_o^\top v_c)v_c$ each time.",
        "neg_uo_repeated",
        _GENERAL,
        r"-(1-\sigma(u_o^\top v_c))v_c+r_o\,\sigma(u_o^\top v_c)v_c",
        ("repeats counted wrongly",),
    ),
    SheetLine(
        5,
        "5",
        r"(1-\sigma(-u_o^\top v_c))v_c",
        r"(1-\sigma(-u_o^\top v_c))v_c",
        _DISTINCT,
        _BY_UK,
        r"Negative sampling, vector of a negative; transcribed with $u_o$ where $u_k$ belongs.",
        "neg_uk",
        "as transcribed",
        r"(1-\sigma(-u_k^\top v_c))v_c",
        ("wrong index",),
    ),
    SheetLine(
        5,
        "5",
        r"(1-\sigma(-u_o^\top v_c))v_c",
        r"(1-\sigma(-u_k^\top v_c))v_c",
        _DISTINCT,
        _BY_UK,
        r"With $u_k$: right if all negatives differ and none is the outside word.",
        "neg_uk",
        "negatives distinct",
    ),
    SheetLine(
        5,
        "5",
        r"(1-\sigma(-u_o^\top v_c))v_c",
        r"(1-\sigma(-u_k^\top v_c))v_c",
        NEG,
        _BY_UK,
        "A word drawn several times gets this gradient several times.",
        "neg_uk_repeated",
        _GENERAL,
        r"\delta_{n_k o}(\sigma(u_o^\top v_c)-1)v_c"
        r"+\sum_{l=1}^{K}\mathbb 1[n_l=n_k]\,\sigma(u_k^\top v_c)v_c",
        ("repeats counted wrongly",),
    ),
    SheetLine(
        5,
        "6",
        r"[\sum_i u_i^\top\hat y_w-u_i^\top]",
        r"\sum_i u_i^\top\hat y_w-u_i^\top",
        _BY_SOFTMAX,
        _PAIR_BY_VC_ROW,
        r"Center vector, one context word, as a row. $\hat y_w$ does not follow the sum over $i$, "
        r"and the last $i$ is bound by nothing.",
        "window_vc",
        "as transcribed",
        r"\sum_i u_i^\top\hat y_i-u_{w_{c+j}}^\top",
        ("wrong index", "index both free and bound"),
    ),
    SheetLine(
        5,
        "6",
        r"[\sum_i u_i^\top\hat y_w-u_i^\top]",
        r"\sum_w\hat y_w u_w-u_{w_{c+j}}",
        _BY_SOFTMAX,
        _PAIR_BY_VC,
        "As meant, for one context word; the window adds it up over all positions.",
        "window_vc",
        "as meant",
    ),
    SheetLine(
        5,
        "7",
        "",
        "",
        _BY_NEG,
        BY_VC,
        "Wanted and missing: the center vector under negative sampling.",
        "window_neg_vc",
        repair=WINDOW + r"\left(-(1-\sigma(u_{w_{c+j}}^\top v_c))u_{w_{c+j}}"
        r"+\sum_{k=1}^{K}(1-\sigma(-u_{n_{j,k}}^\top v_c))u_{n_{j,k}}\right)",
        slips=("missing",),
    ),
    SheetLine(
        5,
        "8",
        "",
        "",
        _BY_SOFTMAX.assuming(distinct=(("w", "c"),)),
        r"\frac{\partial J}{\partial v_w}",
        r"Wanted and missing: every other center vector, $w\neq c$.",
        "window_vw",
        repair="0",
        slips=("missing",),
    ),
)
