"""Question 1: the derivative of the sigmoid."""

from wordgrad.derivations.sheet.line import SheetLine
from wordgrad.meaning.contexts import scalar

_X = scalar()


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
