"""The handwritten sheet as data: every line as transcribed, as read, and what it must equal.

No verdict is written down here; verdicts are computed.  A line with a `repair` is *claimed* not to
hold, and the repair is claimed to hold: the tests put both to the judge.  The sheet stacks U in
columns, writes L for the loss and u_k for the vector of the k-th negative, and in places writes a
gradient as a row; then it is compared with the transposed gradient.
"""

from dataclasses import dataclass

from wordgrad.meaning.contexts import WINDOW, naive_softmax, negative_sampling, scalar, window
from wordgrad.meaning.notation import Notation

_X = scalar()
_NAIVE = naive_softmax().with_columns()
_OTHER = _NAIVE.assuming(distinct=(("w", "o"),))
_NEG = negative_sampling().with_columns()
_AVOID = _NEG.assuming(avoiding=(("n", "o"),))
_DISTINCT = _AVOID.assuming(injective=("n",))
_WINDOW = window("softmax").with_columns()
_WINDOW_NEG = window("negative_sampling").with_columns()

_BY_VC = r"\frac{\partial J}{\partial v_c}"
_BY_VC_ROW = r"\left(\frac{\partial J}{\partial v_c}\right)^\top"
_BY_UO = r"\frac{\partial J}{\partial u_o}"
_BY_UW = r"\frac{\partial J}{\partial u_w}"
_BY_UK = r"\frac{\partial J}{\partial u_k}"
_PAIR_BY_VC = r"\frac{\partial F(w_{c+j}, v_c)}{\partial v_c}"
_PAIR_BY_VC_ROW = r"\left(\frac{\partial F(w_{c+j}, v_c)}{\partial v_c}\right)^\top"
_UNREADABLE = "what is differentiated is missing on the sheet, so the line says nothing to check"


@dataclass(frozen=True)
class SheetLine:
    """One line of the sheet, or one reading of it where two are possible.

    Parameters
    ----------
    question : int
        1 to 5.
    number : str
        Of the line within its question, as the book cites it: "3", "5-7".
    transcribed : str
        What the machine transcription says, errors included; empty for what the sheet lacks.
    read : str
        The expression it is read as, in the book's letters; empty if there is nothing to read.
    notation : Notation
        How it is read, with the assumptions.
    against : str
        LaTeX of what the line must equal.
    comment : str
        What the line says and, if it is so, what is the matter with it.
    target : str
        Id of the derivation that has the quantity; empty for a definition.
    reading : str
        Which of several readings this is; empty if there is one only.
    repair : str
        The line as it should be; empty if it is right.
    slips : tuple of str
        Names of what went wrong, in the order of appearance.
    """

    question: int
    number: str
    transcribed: str
    read: str
    notation: Notation
    against: str
    comment: str
    target: str = ""
    reading: str = ""
    repair: str = ""
    slips: tuple[str, ...] = ()

    @property
    def label(self) -> str:
        """How the line is cited: "Q2.3"."""
        return f"Q{self.question}.{self.number}"


def _q1(
    number: str,
    transcribed: str,
    read: str,
    comment: str,
    against: str = r"\sigma'(x)",
    target: str = "sigmoid_derivative",
) -> SheetLine:
    return SheetLine(1, number, transcribed, read, _X, against, comment, target)


SIGMOID_LINES = (
    _q1(
        "1",
        r"= (n) = \frac{1}{1+e^{-x}}",
        r"\frac{1}{1+e^{-x}}",
        r"The definition of $\sigma(x)$; the $\sigma$ itself was lost.",
        against=r"\sigma(x)",
        target="",
    ),
    _q1(
        "2",
        r"= \frac{e^{-x}}{(1+e^{-x})^2}",
        r"\frac{e^{-x}}{(1+e^{-x})^2}",
        "The derivative, in one step; the chain rule behind it is not on the sheet.",
    ),
    _q1(
        "3",
        r"\Rightarrow \left(\frac{1}{1+e^{-x}}\right)\left(\frac{e^{-x}}{1+e^{-x}}\right)",
        r"\left(\frac{1}{1+e^{-x}}\right)\left(\frac{e^{-x}}{1+e^{-x}}\right)",
        "The fraction, split into a product.",
    ),
    _q1(
        "4",
        r"\Rightarrow \left(\frac{1}{1+e^{-x}}\right)\left(1-\frac{1}{1+e^{-x}}\right)",
        r"\left(\frac{1}{1+e^{-x}}\right)\left(1-\frac{1}{1+e^{-x}}\right)",
        r"The second factor is one minus the first: hence $\sigma(x)(1-\sigma(x))$.",
    ),
)

_Q2_3 = (
    r"= -[U_{0}^{T} - \frac{1}{2\cdot 2}\cdot\frac{\partial}{\partial V_{L}}]",
    r"-\left[u_o-\frac{1}{\sum_w e^{u_w^\top v_c}}"
    r"\cdot\frac{\partial}{\partial v_c}\sum_w e^{u_w^\top v_c}\right]",
)
_Q2_6 = r"so gradient descent of the \Sigma_{g_i}\log(\rho(%)) is u(\hat{g}-y)"

CENTER_LINES = (
    SheetLine(
        2,
        "1",
        r"how \frac{\partial L}{\partial V_{L}} = \frac{\partial}{\partial V_{L}}"
        r"[-\log(\frac{e^{\sqrt{2}\cdot V_{L}}}{2\cdot e^{\sqrt{2}\cdot V_{L}}})]",
        r"\frac{\partial}{\partial v_c}\left["
        r"-\log\frac{e^{u_o^\top v_c}}{\sum_w e^{u_w^\top v_c}}\right]",
        _NAIVE,
        _BY_VC,
        "The loss of one pair, about to be differentiated by the center vector.",
        "naive_vc",
    ),
    SheetLine(
        2,
        "2",
        r"= -\frac{\partial}{\partial V_{L}}[U_{0}^{T}V_{L} "
        r"- \log(\frac{2}{2}\cdot e^{\sqrt{2}\cdot V_{L}})]",
        r"-\frac{\partial}{\partial v_c}\left[u_o^\top v_c-\log\sum_w e^{u_w^\top v_c}\right]",
        _NAIVE,
        _BY_VC,
        "The logarithm of the quotient is taken apart.",
        "naive_vc",
    ),
    SheetLine(
        2,
        "3",
        _Q2_3[0],
        r"-\left[u_o^\top-\frac{1}{\sum_w e^{u_w^\top v_c}}"
        r"\cdot\frac{\partial}{\partial v_c}\right]",
        _NAIVE,
        _BY_VC,
        f"As it stands: {_UNREADABLE}.",
        "naive_vc",
        "as written",
        _Q2_3[1],
        ("operand missing", "row for column"),
    ),
    SheetLine(
        2,
        "3",
        _Q2_3[0],
        r"-\left[u_o^\top-\frac{1}{\sum_w e^{u_w^\top v_c}}"
        r"\cdot\frac{\partial}{\partial v_c}\sum_w e^{u_w^\top v_c}\right]",
        _NAIVE,
        _BY_VC,
        r"With the sum put back: a row $u_o^\top$ minus a column.",
        "naive_vc",
        "operand restored",
        _Q2_3[1],
        ("row for column",),
    ),
    SheetLine(
        2,
        "4",
        r"= -[v_0^T - (\mathcal{S}_{0:}, \hat{y}_0), v_{\omega}^T]",
        r"-\left[u_o^\top-\sum_w\hat y_o\,u_w^\top\right]",
        _NAIVE,
        _BY_VC_ROW,
        r"The gradient as a row; $\hat y_o$ in a sum over $w$ must be $\hat y_w$.",
        "naive_vc",
        repair=r"-\left[u_o^\top-\sum_w\hat y_w\,u_w^\top\right]",
        slips=("wrong index",),
    ),
    SheetLine(
        2,
        "5",
        r"(0.\hat{y} - 0.y)",
        r"U\hat y-Uy",
        _NAIVE,
        _BY_VC,
        "The result in matrix form, before factoring; right, with $U$ in columns.",
        "naive_vc",
    ),
    SheetLine(
        2,
        "6",
        _Q2_6,
        r"U(\hat y-y)",
        _NAIVE,
        r"\frac{\partial}{\partial v_c}\left(\sum_i y_i\log\hat y_i\right)",
        "As worded, the minus in front of the sum is lost. "
        "(And it is the gradient; gradient descent is what one does with it.)",
        "naive_vc",
        "as worded",
        r"-U(\hat y-y)",
        ("sign",),
    ),
    SheetLine(
        2,
        "6",
        _Q2_6,
        r"U(\hat y-y)",
        _NAIVE,
        r"\frac{\partial}{\partial v_c}\left(-\sum_i y_i\log\hat y_i\right)",
        r"As meant: the gradient of the cross-entropy $-\sum_i y_i\log\hat y_i$.",
        "naive_vc",
        "minus restored",
    ),
)

_Q3_2 = (
    r"\frac{\partial\mathcal{L}}{\partial u_0} = -\frac{\partial}{\partial u_0}"
    r"[u_0^T v_c - \log(\mathbf{E}\,enpl\,u_0^T.v_c)]",
    r"-\frac{\partial}{\partial u_o}\left[u_o^\top v_c-\log\sum_w\exp(u_w^\top v_c)\right]",
)
_Q3_4 = (
    r"= -[v_c - \frac{1}{\mathbf{E}\,enp(u_0^T v_c)}"
    r"\cdot\mathbf{E}\,enp(u_0^T.v_c)\cdot v_c]",
    r"-\left[v_c-\frac{1}{\sum_w\exp(u_w^\top v_c)}\cdot\exp(u_o^\top v_c)\cdot v_c\right]",
)

OUTSIDE_LINES = (
    SheetLine(
        3,
        "1",
        r"\partial U_{\omega} = \{A, \omega=0; B, \omega\neq 0\} "
        r"= \{V_c[\hat{y}_o^{-1}], \omega=0; \hat{y}_{\omega}=0,0\}",
        r"\begin{cases}v_c[\hat y_o-1]&w=o\\ \hat y_w&w\ne o\end{cases}",
        _NAIVE,
        _BY_UW,
        r"Both cases announced. The second is a number where a vector is due: $v_c$ is missing.",
        "naive_uw",
        repair=r"\begin{cases}v_c[\hat y_o-1]&w=o\\ \hat y_w v_c&w\ne o\end{cases}",
        slips=("factor dropped",),
    ),
    SheetLine(
        3,
        "2",
        _Q3_2[0],
        r"-\frac{\partial}{\partial u_o}\left["
        r"u_o^\top v_c-\log\sum_{w=1}^V\exp(u_o^\top v_c)\right]",
        _NAIVE,
        _BY_UO,
        r"Case $w=o$ begins. As written, $u_o$ stands inside the sum over $w$.",
        "naive_uo",
        "as written",
        _Q3_2[1],
        ("wrong index",),
    ),
    SheetLine(
        3,
        "2",
        _Q3_2[0],
        _Q3_2[1],
        _NAIVE,
        _BY_UO,
        r"With $u_w$ inside the sum, as the next lines go on.",
        "naive_uo",
        r"as meant",
    ),
    SheetLine(
        3,
        "3",
        r"= -[v_c - \frac{1}{\mathbf{E}\,enpl\,v_0^T.v_c}\cdot\mathbf{E}\,enpl\,u_0^T.v_c]",
        r"-\left[v_c-\frac{1}{\sum_w\exp(u_w^\top v_c)}\cdot\sum_{w=1}^V\exp(u_o^\top v_c)\right]",
        _NAIVE,
        _BY_UO,
        r"The exponential's inner derivative $v_c$ is lost, and the sum still stands although "
        r"only its term $w=o$ contains $u_o$.",
        "naive_uo",
        repair=_Q3_4[1],
        slips=("factor dropped", "sum not collapsed"),
    ),
    SheetLine(
        3,
        "4",
        _Q3_4[0],
        r"-\left[v_c-\frac{1}{\sum_w\exp(u_w^\top v_c)}"
        r"\cdot\sum_{w=1}^V\exp(u_o^\top v_c)\cdot v_c\right]",
        _NAIVE,
        _BY_UO,
        r"$v_c$ is back; if the transcribed E is a sum, it still has not collapsed.",
        "naive_uo",
        "with the sum",
        _Q3_4[1],
        ("sum not collapsed",),
    ),
    SheetLine(
        3,
        "4",
        _Q3_4[0],
        _Q3_4[1],
        _NAIVE,
        _BY_UO,
        r"$v_c$ is back and the sum has collapsed to $w=o$: the line before is put right silently.",
        "naive_uo",
        "without the sum",
    ),
    SheetLine(
        3,
        "5",
        r"= -[v_c - v_c\hat{y}_0]",
        r"-[v_c-v_c\hat y_o]",
        _NAIVE,
        _BY_UO,
        "The quotient is the probability of the outside word.",
        "naive_uo",
    ),
    SheetLine(
        3,
        "6",
        r"= v_c[\hat{y}_0 - i]",
        r"v_c[\hat y_o-1]",
        _NAIVE,
        _BY_UO,
        r"The result for $w=o$. The other case is not derived on the sheet.",
        "naive_uo",
    ),
)

_NEG_LOSS_READ = r"-\log\sigma(u_o^\top v_c)-\sum_{k=1}^K\log\sigma(-u_k^\top v_c)"
_ROW_NOTE = "the gradient as a row"

NEGATIVE_LINES = (
    SheetLine(
        4,
        "1",
        r"J_{neg-sample}(o, v_c, U) = -\log(\sigma(u_o^\top v_c)) "
        r"- \sum_{k=1}^K\log(\sigma(-u_k^\top v_c))",
        r"-\log(\sigma(u_o^\top v_c))-\sum_{k=1}^K\log(\sigma(-u_k^\top v_c))",
        _NEG,
        "J",
        r"The loss; $u_k$ is the vector of the $k$-th negative, $u_{n_k}$ in this book.",
        "neg_loss",
    ),
    SheetLine(
        4,
        "2",
        r"\frac{\partial J}{\partial V_e} = \frac{\partial}{\partial V_e}"
        r"[-\log(-(u_0^T V_e)) - \sum_{k=1}^K\log(-(-u_k^T V_e))]",
        rf"\frac{{\partial}}{{\partial v_c}}\left[{_NEG_LOSS_READ}\right]",
        _NEG,
        _BY_VC,
        r"The loss, about to be differentiated; the transcription took each $\sigma$ for a minus.",
        "neg_vc",
    ),
    SheetLine(
        4,
        "3",
        r"= -[\frac{1}{-\int u_0^T V_e^T}\cdot(1 - -(u_0^T V_e))\cdot(u_0^T "
        r"+ \sum_{k=1}^K -(-(u_k^T V_e))\cdot(1 - -(-(u_k^T V_e))\cdot(u_k^T))]",
        r"-\left[\frac{1}{\sigma(u_o^\top v_c)}\sigma(u_o^\top v_c)(1-\sigma(u_o^\top v_c))"
        r"\,u_o^\top+\sum_{k=1}^K\frac{1}{\sigma(-u_k^\top v_c)}\sigma(-u_k^\top v_c)"
        r"(1-\sigma(-u_k^\top v_c))(u_k^\top)\right]",
        _NEG,
        _BY_VC_ROW,
        rf"{_ROW_NOTE.capitalize()}. The inner function is $-u_k^\top v_c$: "
        r"its derivative is $-u_k^\top$.",
        "neg_vc",
        repair=r"-\left[\frac{1}{\sigma(u_o^\top v_c)}\sigma(u_o^\top v_c)"
        r"(1-\sigma(u_o^\top v_c))\,u_o^\top+\sum_{k=1}^K\frac{1}{\sigma(-u_k^\top v_c)}"
        r"\sigma(-u_k^\top v_c)(1-\sigma(-u_k^\top v_c))(-u_k^\top)\right]",
        slips=("sign",),
    ),
    SheetLine(
        4,
        "4",
        r"= \sum_l U_k^T(1 - -(-(-(u_k^T V_e)) - (1 - -((u_0^T V_e))\cdot u_0^T))]",
        r"\sum_k u_k^\top(1-\sigma(-u_k^\top v_c))-(1-\sigma(u_o^\top v_c))u_o^\top",
        _NEG,
        _BY_VC_ROW,
        f"Right again, {_ROW_NOTE}: the lost sign is back although the line above lacks it. "
        "The brackets and the letter under the sum are damaged.",
        "neg_vc",
    ),
    SheetLine(
        4,
        "5-7",
        "",
        "",
        _NEG,
        _BY_VC_ROW,
        "Line 4 again, three times, with ever more damaged brackets: nothing new to check.",
        "neg_vc",
    ),
)

_GENERAL = "whatever the negatives are"

WINDOW_LINES = (
    SheetLine(
        5,
        "1",
        r"J = \sum_{-m\le j\le m,\ j\ne 0} F(w_{c+j}, v_c)",
        r"\sum_{-m\le j\le m,\ j\ne 0} F(w_{c+j}, v_c)",
        _WINDOW,
        "J",
        r"The loss of a window; $F$ is either pair loss.",
        "window_loss",
    ),
    SheetLine(
        5,
        "2",
        r"v_c[\hat y_o-1]",
        r"v_c[\hat y_o-1]",
        _NAIVE,
        _BY_UO,
        r"Softmax, vector of the outside word: the result of question 3.",
        "naive_uo",
    ),
    SheetLine(
        5,
        "3",
        r"\hat y_w",
        r"\hat y_w",
        _OTHER,
        _BY_UW,
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
        _BY_UO,
        "Negative sampling, vector of the outside word: right if it is not among the negatives.",
        "neg_uo",
        "no negative is the outside word",
    ),
    SheetLine(
        5,
        "4",
        r"-(1-\sigma(u_o^\top v_c))v_c",
        r"-(1-\sigma(u_o^\top v_c))v_c",
        _NEG,
        _BY_UO,
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
        _NEG,
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
        _WINDOW,
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
        _WINDOW,
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
        _WINDOW_NEG,
        _BY_VC,
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
        _WINDOW.assuming(distinct=(("w", "c"),)),
        r"\frac{\partial J}{\partial v_w}",
        r"Wanted and missing: every other center vector, $w\neq c$.",
        "window_vw",
        repair="0",
        slips=("missing",),
    ),
)

SHEET = (*SIGMOID_LINES, *CENTER_LINES, *OUTSIDE_LINES, *NEGATIVE_LINES, *WINDOW_LINES)
