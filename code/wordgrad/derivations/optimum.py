"""The score of least loss: a pair is seen with weight a, and drawn as a negative with weight b."""

from wordgrad.meaning.notation import Notation, Quantity
from wordgrad.proof.derivation import Derivation, Step

_WEIGHTS = Notation(
    "weighted score",
    {
        quantity.name: quantity
        for quantity in (
            Quantity("x"),
            Quantity("a", kind="positive"),
            Quantity("b", kind="positive"),
            Quantity("K", kind="size"),
        )
    },
)
_LOSS = r"-a\log\sigma(x)-b\log\sigma(-x)"

SGNS_SLOPE = Derivation(
    "sgns_slope",
    "Slope of the mean loss along one score",
    _WEIGHTS,
    rf"\frac{{d}}{{dx}}\left({_LOSS}\right)",
    (
        Step(
            r"-a\,\frac{d}{dx}\log\sigma(x)-b\,\frac{d}{dx}\log\sigma(-x)",
            "differentiate term by term; the weights are constant",
        ),
        Step(
            r"-a\,(1-\sigma(x))+b\,\sigma(x)",
            r"$(\log\sigma(x))'=1-\sigma(x)$ and $(\log\sigma(-x))'=-\sigma(x)$",
        ),
        Step(r"(a+b)\,\sigma(x)-a", r"collect what multiplies $\sigma(x)$"),
        Step(r"(a+b)\left(\sigma(x)-\frac{a}{a+b}\right)", r"take out $a+b$, which is positive"),
    ),
)

SGNS_OPTIMUM = Derivation(
    "sgns_optimum",
    "The sigmoid of the logarithm of the ratio",
    _WEIGHTS,
    r"\sigma\left(\log\frac{a}{b}\right)",
    (
        Step(r"\frac{1}{1+e^{-\log\frac{a}{b}}}", r"definition of $\sigma$"),
        Step(r"\frac{1}{1+\frac{b}{a}}", "the exponential undoes the logarithm; the minus inverts"),
        Step(r"\frac{a}{a+b}", r"multiply numerator and denominator by $a$"),
    ),
)

SGNS_CURVATURE = Derivation(
    "sgns_curvature",
    "Second derivative of the mean loss along one score",
    _WEIGHTS,
    r"\frac{d}{dx}\left((a+b)\,\sigma(x)-a\right)",
    (
        Step(r"(a+b)\,\frac{d}{dx}\sigma(x)", "a constant has derivative 0"),
        Step(r"(a+b)\,\sigma(x)(1-\sigma(x))", r"$\sigma'(x)=\sigma(x)(1-\sigma(x))$"),
    ),
)

SGNS_STIFFNESS = Derivation(
    "sgns_stiffness",
    "The second derivative at the best score",
    _WEIGHTS,
    r"(a+b)\,\sigma\left(\log\frac{a}{b}\right)\left(1-\sigma\left(\log\frac{a}{b}\right)\right)",
    (
        Step(
            r"(a+b)\,\frac{a}{a+b}\left(1-\frac{a}{a+b}\right)",
            r"$\sigma(\log\frac{a}{b})=\frac{a}{a+b}$, twice",
        ),
        Step(r"a\left(1-\frac{a}{a+b}\right)", r"cancel $a+b$"),
        Step(r"\frac{ab}{a+b}", r"$1-\frac{a}{a+b}=\frac{b}{a+b}$"),
    ),
)

SGNS_SHIFT = Derivation(
    "sgns_shift",
    "K negatives shift the best score by log K",
    _WEIGHTS,
    r"\log\frac{a}{K b}",
    (
        Step(r"\log\frac{a}{b}+\log\frac{1}{K}", "the logarithm of a product is a sum"),
        Step(r"\log\frac{a}{b}-\log K", r"$\log\frac{1}{K}=-\log K$"),
    ),
)

DERIVATIONS = (SGNS_SLOPE, SGNS_OPTIMUM, SGNS_CURVATURE, SGNS_STIFFNESS, SGNS_SHIFT)
