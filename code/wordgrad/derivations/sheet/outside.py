"""Question 3: naive softmax, by the outside vectors."""

from wordgrad.derivations.sheet.line import BY_UO, BY_UW, NAIVE, SheetLine

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
        NAIVE,
        BY_UW,
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
        NAIVE,
        BY_UO,
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
        NAIVE,
        BY_UO,
        r"With $u_w$ inside the sum, as the next lines go on.",
        "naive_uo",
        r"as meant",
    ),
    SheetLine(
        3,
        "3",
        r"= -[v_c - \frac{1}{\mathbf{E}\,enpl\,v_0^T.v_c}\cdot\mathbf{E}\,enpl\,u_0^T.v_c]",
        r"-\left[v_c-\frac{1}{\sum_w\exp(u_w^\top v_c)}\cdot\sum_{w=1}^V\exp(u_o^\top v_c)\right]",
        NAIVE,
        BY_UO,
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
        NAIVE,
        BY_UO,
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
        NAIVE,
        BY_UO,
        r"$v_c$ is back and the sum has collapsed to $w=o$: the line before is put right silently.",
        "naive_uo",
        "without the sum",
    ),
    SheetLine(
        3,
        "5",
        r"= -[v_c - v_c\hat{y}_0]",
        r"-[v_c-v_c\hat y_o]",
        NAIVE,
        BY_UO,
        "The quotient is the probability of the outside word.",
        "naive_uo",
    ),
    SheetLine(
        3,
        "6",
        r"= v_c[\hat{y}_0 - i]",
        r"v_c[\hat y_o-1]",
        NAIVE,
        BY_UO,
        r"The result for $w=o$. The other case is not derived on the sheet.",
        "naive_uo",
    ),
)
