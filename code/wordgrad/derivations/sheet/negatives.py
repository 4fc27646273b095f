"""Question 4: negative sampling."""

from wordgrad.derivations.sheet.line import BY_VC, BY_VC_ROW, NEG, SheetLine

_NEG_LOSS_READ = r"-\log\sigma(u_o^\top v_c)-\sum_{k=1}^K\log\sigma(-u_k^\top v_c)"
_ROW_NOTE = "the gradient as a row"

NEGATIVE_LINES = (
    SheetLine(
        4,
        "1",
        r"J_{neg-sample}(o, v_c, U) = -\log(\sigma(u_o^\top v_c)) "
        r"- \sum_{k=1}^K\log(\sigma(-u_k^\top v_c))",
        r"-\log(\sigma(u_o^\top v_c))-\sum_{k=1}^K\log(\sigma(-u_k^\top v_c))",
        NEG,
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
        NEG,
        BY_VC,
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
        NEG,
        BY_VC_ROW,
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
        NEG,
        BY_VC_ROW,
        f"Right again, {_ROW_NOTE}: the lost sign is back although the line above lacks it. "
        "The brackets and the letter under the sum are damaged.",
        "neg_vc",
    ),
    SheetLine(
        4,
        "5-7",
        "",
        "",
        NEG,
        BY_VC_ROW,
        "Line 4 again, three times, with ever more damaged brackets: nothing new to check.",
        "neg_vc",
    ),
)
