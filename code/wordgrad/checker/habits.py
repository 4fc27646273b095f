"""Habits of writing, in the marks that the parser knows: `J_{v_c}`, `D_{v_c}J`, `J^{(j)}`."""

import re

from wordgrad.checker.code_style import without_code

_VECTOR = (
    r"(?:\\(?:mathbf|boldsymbol|bm|vec)\s*\{?\s*)?[uv]\}?"
    r"_\s*(?:[a-z](?![A-Za-z])|\{[^{}]*(?:\{[^{}]*\})?[^{}]*\})"
)
_LOSS = r"(?:J|L|\\ell|\\mathcal\s*\{?[JL]\}?)"
_U = r"(?:\\(?:mathbf|boldsymbol|bm|vec)\s*)?\{?\s*u\s*\}?(?:_\s*w)?"
_MODEL = r"(?:p|\\hat\s*(?:y|\{\s*y\s*\}))"
_ONES = r"(?:\\(?:mathbf|mathbb|bm|boldsymbol|mathds)\s*(?:\{\s*1\s*\}|1)|1)"
_TRANSPOSE = r"\^\s*(?:\\top|\\intercal|T|\{\s*(?:\\top|T|\\intercal|\\mathsf\s*\{?T\}?)\s*\})"
_MARKS: tuple[tuple[str, str], ...] = (
    (r"\\eqno\s*(?:\{[^{}]*\}|\([^()]*\))\s*$", ""),
    (r"\\(?:checkmark|quad\\checkmark|,\\checkmark)\s*$|✓\s*$", ""),
    # a derivative as a subscript, where nothing but a relation follows
    (
        rf"^(\s*){_LOSS}_\{{({_VECTOR}|U|\\theta|\\hat\s*v)\}}(?=\s*(?:&?=|:=))",
        r"\1\\frac{\\partial J}{\\partial \2}",
    ),
    (
        rf"(?<![A-Za-z\\])D_\s*(?:\{{({_VECTOR}|U|\\theta|\\hat\s*v)\}}|(U)|(\\theta))\s*(?={_LOSS}(?![A-Za-z_^(]))",
        r"\\nabla_{\1\2\3} ",
    ),
    (rf"^(\s*)\\nabla\s*{_LOSS}\s*&?=(?!=)", r"\1"),  # the gradient that is looked for
    # products and means
    (r"(?<=[A-Za-z0-9}])\s+\.\s+(?=[uv](?:_|hat))", r" \\cdot "),
    (rf"\\langle\s*{_U}\s*\\rangle", r"\\bar u "),
    (
        rf"(?:\\mathbb\s*\{{?\s*E\s*\}}?|\\operatorname\{{E\}}|𝔼)\s*_\s*(?:{_MODEL}|\{{\s*(?:w\s*\\sim\s*)?{_MODEL}\s*\}})\s*[\[(]\s*{_U}\s*[\])]",
        r"\\bar u ",
    ),
    # a term of a loss, numbered above
    (rf"({_LOSS})\s*\^\s*\{{\s*\(\s*([a-z])\s*\)\s*\}}", r"\1_{\2}"),
    # a sum of exponentials as a product
    (
        rf"(\\(?:log|ln)|(?<![A-Za-z\\])(?:log|ln))\s*({_ONES}\s*{_TRANSPOSE}\s*(?:e\s*\^\s*\{{[^{{}}]*(?:\{{[^{{}}]*\}}[^{{}}]*)*\}}|\\exp\s*\([^()]*\)))",
        r"\1(\2)",
    ),
    (r"\\delta_([a-z])([a-z])(?=_)", r"\\delta_{\1}\2"),  # two letters, each with a subscript
    # both sides of a window at once
    (r"(?<=[{\s])([ct])\s*(?:\\pm|±)\s*([a-z])(?![A-Za-z])", r"\1+\2''"),
    # names of sets: a word, or a letter with a subscript
    (
        r"(\\in|∈)\s*(NEG|Neg|neg|negs|negatives|samples|ctx|context|Context|win|window)(?![A-Za-z])",
        r"\1 \\text{\2}",
    ),
    (
        r"(\\in|∈)\s*(\\mathcal\s*(?:\{[A-UW-Z]\}|[A-UW-Z])|[A-UW-Z])_\s*(?:[a-z](?![A-Za-z])|\{[^{}]*\})",
        r"\1 \2",
    ),
    # signs below a letter of the reader's own
    (
        r"(?<![A-Za-z\\])([a-z]|\\[a-z]+)\s*(?<!\\sum)(?<!\\prod)_\s*(?:\+|\{\s*\+\s*\})",
        r"\1_{\\text{pos}}",
    ),
    (
        r"(?<![A-Za-z\\])([a-z]|\\[a-z]+)\s*(?<!\\sum)(?<!\\prod)_\s*(?:-|−|\{\s*[-−]\s*\})",
        r"\1_{\\text{neg}}",
    ),
)
_COMPILED = tuple((re.compile(mark), known) for mark, known in _MARKS)


def in_known_marks(text: str) -> str:
    """The line in marks that the parser knows; positions in it may move.

    Examples
    --------
    >>> in_known_marks(r"J_{v_c} = U^\\\\top(\\\\hat y-y)".replace("\\\\\\\\", "\\\\"))
    '\\\\frac{\\\\partial J}{\\\\partial v_c} = U^\\\\top(\\\\hat y-y)'
    >>> in_known_marks("J^{(j)} = 0 \\\\eqno(3)")
    'J_{j} = 0 '
    """
    text = without_code(text)
    for mark, known in _COMPILED:
        text = mark.sub(known, text)
    return text
