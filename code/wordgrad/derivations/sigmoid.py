"""The logistic function: its derivative, its symmetry, its logarithm."""

from wordgrad.meaning.contexts import scalar
from wordgrad.proof.derivation import Derivation, Step

SIGMOID_DERIVATIVE = Derivation(
    "sigmoid_derivative",
    "Derivative of the logistic function",
    scalar(),
    r"\frac{d}{dx}\sigma(x)",
    (
        Step(r"\frac{d}{dx}\frac{1}{1+e^{-x}}", r"definition of $\sigma$"),
        Step(r"\frac{d}{dx}(1+e^{-x})^{-1}", "one over something is that thing to the power −1"),
        Step(
            r"-(1+e^{-x})^{-2}\cdot\frac{d}{dx}(1+e^{-x})",
            r"chain rule; the outer function $z^{-1}$ has derivative $-z^{-2}$",
        ),
        Step(
            r"-(1+e^{-x})^{-2}\left(0+\frac{d}{dx}e^{-x}\right)",
            "differentiate term by term; a constant has derivative 0",
        ),
        Step(
            r"-(1+e^{-x})^{-2}\cdot(-e^{-x})",
            r"chain rule again: the exponent $-x$ has derivative $-1$",
        ),
        Step(r"(1+e^{-x})^{-2}\,e^{-x}", "minus times minus is plus"),
        Step(r"\frac{e^{-x}}{(1+e^{-x})^2}", "a negative power is a denominator"),
        Step(
            r"\frac{1}{1+e^{-x}}\cdot\frac{e^{-x}}{1+e^{-x}}",
            "split the fraction into a product of two",
        ),
        Step(
            r"\frac{1}{1+e^{-x}}\cdot\frac{(1+e^{-x})-1}{1+e^{-x}}",
            "add 1 to the second numerator and take it away again",
        ),
        Step(
            r"\frac{1}{1+e^{-x}}\left(\frac{1+e^{-x}}{1+e^{-x}}-\frac{1}{1+e^{-x}}\right)",
            "split that numerator at the minus sign",
        ),
        Step(
            r"\frac{1}{1+e^{-x}}\left(1-\frac{1}{1+e^{-x}}\right)",
            "a number over itself is 1",
        ),
        Step(r"\sigma(x)(1-\sigma(x))", r"definition of $\sigma$, read backwards, twice"),
    ),
)

SIGMOID_COMPLEMENT = Derivation(
    "sigmoid_complement",
    "One minus the logistic function turns the sign of its argument",
    scalar(),
    r"1-\sigma(x)",
    (
        Step(r"1-\frac{1}{1+e^{-x}}", r"definition of $\sigma$"),
        Step(r"\frac{1+e^{-x}}{1+e^{-x}}-\frac{1}{1+e^{-x}}", "write 1 over the same denominator"),
        Step(r"\frac{e^{-x}}{1+e^{-x}}", "subtract the numerators"),
        Step(
            r"\frac{e^{-x}e^{x}}{(1+e^{-x})e^{x}}",
            r"multiply numerator and denominator by $e^{x}$",
        ),
        Step(r"\frac{1}{e^{x}+1}", r"$e^{-x}e^{x}=1$, above and below"),
        Step(r"\frac{1}{1+e^{-(-x)}}", r"write $x$ as $-(-x)$"),
        Step(r"\sigma(-x)", r"definition of $\sigma$ at $-x$"),
    ),
)

SIGMOID_DERIVATIVE_EVEN = Derivation(
    "sigmoid_derivative_even",
    "The derivative of the logistic function is the same at x and at −x",
    scalar(),
    r"\sigma'(x)",
    (
        Step(r"\sigma(x)(1-\sigma(x))", "derivative of the logistic function"),
        Step(r"\sigma(x)\,\sigma(-x)", r"$1-\sigma(x)=\sigma(-x)$"),
        Step(r"\sigma(-x)\,\sigma(x)", "the order of factors does not matter"),
        Step(r"\sigma(-x)(1-\sigma(-x))", r"$\sigma(x)=1-\sigma(-x)$"),
        Step(r"\sigma'(-x)", r"derivative of the logistic function, at $-x$"),
    ),
)

LOG_SIGMOID_DERIVATIVE = Derivation(
    "log_sigmoid_derivative",
    "Derivative of the logarithm of the logistic function",
    scalar(),
    r"\frac{d}{dx}\log\sigma(x)",
    (
        Step(
            r"\frac{1}{\sigma(x)}\cdot\sigma'(x)",
            r"chain rule; the logarithm has derivative $1/z$",
        ),
        Step(
            r"\frac{\sigma(x)(1-\sigma(x))}{\sigma(x)}",
            "derivative of the logistic function",
        ),
        Step(r"1-\sigma(x)", r"cancel $\sigma(x)$"),
        Step(r"\sigma(-x)", r"$1-\sigma(x)=\sigma(-x)$"),
    ),
)

LOG_SIGMOID_OF_MINUS_DERIVATIVE = Derivation(
    "log_sigmoid_of_minus_derivative",
    "The same with a minus inside, as a negative sample has it",
    scalar(),
    r"\frac{d}{dx}\log\sigma(-x)",
    (
        Step(
            r"\frac{1}{\sigma(-x)}\cdot\frac{d}{dx}\sigma(-x)",
            r"chain rule; the logarithm has derivative $1/z$",
        ),
        Step(
            r"\frac{1}{\sigma(-x)}\cdot\sigma'(-x)\cdot(-1)",
            r"chain rule; the inner function $-x$ has derivative $-1$",
        ),
        Step(
            r"-\frac{\sigma(-x)(1-\sigma(-x))}{\sigma(-x)}",
            r"derivative of the logistic function, at $-x$",
        ),
        Step(r"-(1-\sigma(-x))", r"cancel $\sigma(-x)$"),
        Step(r"-\sigma(x)", r"$1-\sigma(-x)=\sigma(x)$"),
    ),
)

SIGMOID_OF_MINUS = Derivation(
    "sigmoid_of_minus",
    "Minus the logarithm of the logistic function is a softplus",
    scalar(),
    r"-\log\sigma(x)",
    (
        Step(r"-\log\frac{1}{1+e^{-x}}", r"definition of $\sigma$"),
        Step(r"\log(1+e^{-x})", r"$-\log\frac1z=\log z$"),
        Step(
            r"\operatorname{softplus}(-x)", r"definition: $\operatorname{softplus}(z)=\log(1+e^z)$"
        ),
    ),
)

SOFTPLUS_REFLECTION = Derivation(
    "softplus_reflection",
    "Softplus at x and at −x differ by x",
    scalar(),
    r"\operatorname{softplus}(x)",
    (
        Step(r"\log(1+e^{x})", "definition of softplus"),
        Step(r"\log\left(e^{x}(e^{-x}+1)\right)", r"take $e^{x}$ out of the bracket"),
        Step(r"\log e^{x}+\log(e^{-x}+1)", "the logarithm of a product is a sum"),
        Step(r"x+\log(1+e^{-x})", "logarithm and exponential undo each other"),
        Step(r"x+\operatorname{softplus}(-x)", r"definition of softplus at $-x$"),
    ),
)

SOFTPLUS_DERIVATIVE = Derivation(
    "softplus_derivative",
    "Derivative of softplus",
    scalar(),
    r"\frac{d}{dx}\operatorname{softplus}(x)",
    (
        Step(r"\frac{d}{dx}\log(1+e^{x})", "definition of softplus"),
        Step(
            r"\frac{1}{1+e^{x}}\cdot\frac{d}{dx}(1+e^{x})",
            r"chain rule; the logarithm has derivative $1/z$",
        ),
        Step(r"\frac{e^{x}}{1+e^{x}}", r"1 is constant and $e^{x}$ is its own derivative"),
        Step(
            r"\frac{e^{x}e^{-x}}{(1+e^{x})e^{-x}}",
            r"multiply numerator and denominator by $e^{-x}$",
        ),
        Step(r"\frac{1}{e^{-x}+1}", r"$e^{x}e^{-x}=1$, above and below"),
        Step(r"\sigma(x)", r"definition of $\sigma$"),
    ),
)

SIGMOID_TANH = Derivation(
    "sigmoid_tanh",
    "The logistic function is a hyperbolic tangent, moved and scaled",
    scalar(),
    r"\sigma(x)",
    (
        Step(r"\frac{1}{1+e^{-x}}", r"definition of $\sigma$"),
        Step(
            r"\frac{e^{x/2}}{e^{x/2}+e^{-x/2}}",
            r"multiply numerator and denominator by $e^{x/2}$",
        ),
        Step(
            r"\frac{1}{2}\cdot\frac{(e^{x/2}+e^{-x/2})+(e^{x/2}-e^{-x/2})}{e^{x/2}+e^{-x/2}}",
            r"write $2e^{x/2}$ as a sum and a difference; what is added cancels",
        ),
        Step(
            r"\frac{1}{2}\left(1+\frac{e^{x/2}-e^{-x/2}}{e^{x/2}+e^{-x/2}}\right)",
            "split the numerator; the first part equals the denominator",
        ),
        Step(
            r"\frac{1}{2}\left(1+\tanh\frac{x}{2}\right)",
            "definition of the hyperbolic tangent",
        ),
    ),
)

DERIVATIONS = (
    SIGMOID_DERIVATIVE,
    SIGMOID_COMPLEMENT,
    SIGMOID_DERIVATIVE_EVEN,
    LOG_SIGMOID_DERIVATIVE,
    LOG_SIGMOID_OF_MINUS_DERIVATIVE,
    SIGMOID_OF_MINUS,
    SOFTPLUS_REFLECTION,
    SOFTPLUS_DERIVATIVE,
    SIGMOID_TANH,
)
