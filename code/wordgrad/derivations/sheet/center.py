"""Question 2: naive softmax, by the center vector."""

from wordgrad.derivations.sheet.line import BY_VC, BY_VC_ROW, NAIVE, SheetLine

_UNREADABLE = "what is differentiated is missing on the sheet, so the line says nothing to check"
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
        NAIVE,
        BY_VC,
        "The loss of one pair, about to be differentiated by the center vector.",
        "naive_vc",
    ),
    SheetLine(
        2,
        "2",
        r"= -\frac{\partial}{\partial V_{L}}[U_{0}^{T}V_{L} "
        r"- \log(\frac{2}{2}\cdot e^{\sqrt{2}\cdot V_{L}})]",
        r"-\frac{\partial}{\partial v_c}\left[u_o^\top v_c-\log\sum_w e^{u_w^\top v_c}\right]",
        NAIVE,
        BY_VC,
        "The logarithm of the quotient is taken apart.",
        "naive_vc",
    ),
    SheetLine(
        2,
        "3",
        _Q2_3[0],
        r"-\left[u_o^\top-\frac{1}{\sum_w e^{u_w^\top v_c}}"
        r"\cdot\frac{\partial}{\partial v_c}\right]",
        NAIVE,
        BY_VC,
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
        NAIVE,
        BY_VC,
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
        NAIVE,
        BY_VC_ROW,
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
        NAIVE,
        BY_VC,
        "The result in matrix form, before factoring; right, with $U$ in columns.",
        "naive_vc",
    ),
    SheetLine(
        2,
        "6",
        _Q2_6,
        r"U(\hat y-y)",
        NAIVE,
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
        NAIVE,
        r"\frac{\partial}{\partial v_c}\left(-\sum_i y_i\log\hat y_i\right)",
        r"As meant: the gradient of the cross-entropy $-\sum_i y_i\log\hat y_i$.",
        "naive_vc",
        "minus restored",
    ),
)
