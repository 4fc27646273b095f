"""Lines as they stand in a program, in LaTeX: `U.T @ (yhat - y)`, `np.outer(a, b)`, `u[o]`.

Only what has one meaning is rewritten; the rest stays, for the parser to say that it is not read.
A line that shows no sign of a program is left alone.
"""

import re

_LIBRARY = r"(?:np|numpy|jnp|torch|tf|F|math)\s*\.\s*"
_ARRAYS = r"(?:yhat|y_hat|theta|[uvUVyzps])"
_PROGRAM = re.compile(
    rf"@|(?<![A-Za-z\\.]){_LIBRARY}[a-z]|(?<=[A-Za-z)\]])\.(?:T(?![A-Za-z])|(?:dot|sum|exp|log)\s*\()"
    rf"|(?<![A-Za-z\\}}_]){_ARRAYS}\[\s*[a-z](?:_[a-z])?\s*\]"
)
_FUNCTIONS = {
    "exp": r"\exp",
    "log": r"\log",
    "sigmoid": r"\sigma",
    "softmax": r"\operatorname{softmax}",
    "tanh": r"\tanh",
    "sqrt": r"\sqrt",
    "diag": r"\operatorname{diag}",
    "outer": r"\text{outer}",
    "sum": r"\text{total}",
    "logsumexp": r"\text{logsumexp}",
}
_CALLED = re.compile(rf"(?<![A-Za-z\\.])(?:{_LIBRARY})({'|'.join(_FUNCTIONS)})\s*\(")
_OWN_CALLED = re.compile(r"(?<![A-Za-z\\._{])(outer|logsumexp)\s*\(")
_BINARY = re.compile(rf"(?<![A-Za-z\\.])(?:{_LIBRARY})(dot|matmul|inner|multiply)\s*\(")
_SIGNS = {"dot": r"\cdot", "matmul": r"\cdot", "inner": r"\cdot", "multiply": r"\odot"}
_ENTRY = re.compile(rf"(?<![A-Za-z\\}}_])({_ARRAYS})\[\s*([a-z](?:_[a-z])?)\s*\]")
_GRADIENT = re.compile(
    r"^(\s*)(?:grad_?|d_?|nabla_?|g_)(U|theta|vhat|v_hat|[uv]_?[a-z])(?:_grad)?\s*=(?!=)"
)
_GLUED = re.compile(r"(?<![A-Za-z\\_])([uv])([ockwn])(?![A-Za-z_(])")
_METHOD = re.compile(r"\.(?:dot)\s*\(")
_TRANSPOSED = re.compile(r"(?<=[A-Za-z)\]}])\.(?:T(?![A-Za-z])|transpose\(\))")
_MOST_CALLS = 20


def without_code(text: str) -> str:
    """The line in LaTeX, if it is written as in a program.

    Examples
    --------
    >>> without_code("dJ/dv_c = U.T @ (yhat - y)")
    'dJ/dv_c = U^\\\\top \\\\cdot (yhat - y)'
    >>> without_code("grad_U = np.outer(yhat - y, v_c)")
    '\\\\frac{\\\\partial J}{\\\\partial U} = \\\\text{outer}(yhat - y, v_c)'
    >>> without_code("U^T (yhat - y)")
    'U^T (yhat - y)'
    """
    if not _PROGRAM.search(text):
        return text
    text = _GRADIENT.sub(_as_derivative, text)
    text = _GLUED.sub(r"\1_\2", text)
    text = _TRANSPOSED.sub(r"^\\top", text)
    for _ in range(_MOST_CALLS):
        found = _BINARY.search(text)
        if not found:
            break
        text = _with_sign(text, found)
    text = _METHOD.sub(r" \\cdot (", text)
    text = _CALLED.sub(lambda m: _FUNCTIONS[m.group(1)] + "(", text)
    text = _OWN_CALLED.sub(lambda m: _FUNCTIONS[m.group(1)] + "(", text)
    text = _ENTRY.sub(_entry, text)
    return text.replace("@", r"\cdot").replace("**", "^")


def _as_derivative(found: re.Match[str]) -> str:
    space, name = found.groups()
    by = {"theta": r"\theta", "vhat": r"\hat v", "v_hat": r"\hat v"}.get(name, name)
    if len(by) == 2 and by[0] in "uv":
        by = f"{by[0]}_{by[1]}"
    return rf"{space}\frac{{\partial J}}{{\partial {by}}} ="


def _entry(found: re.Match[str]) -> str:
    name, index = found.groups()
    return f"{name.lower() if name in ('U', 'V') else name}_{{{index}}}"


def _with_sign(text: str, found: re.Match[str]) -> str:
    """`np.dot(a, b)` as a product of two brackets; as it is if it has not two arguments."""
    depth, commas = 1, list[int]()
    for end in range(found.end(), len(text)):
        depth += (text[end] in "([{") - (text[end] in ")]}")
        if depth == 0:
            break
        if depth == 1 and text[end] == ",":
            commas.append(end)
    else:
        commas = []
    name = found.group(1)
    if len(commas) != 1:  # not read: the parser will say so
        return f"{text[: found.start()]}\\text{{{name}}}{text[found.end() - 1 :]}"
    left, right = text[found.end() : commas[0]], text[commas[0] + 1 : end]
    product = f"(({left}) {_SIGNS[name]} ({right}))"
    return text[: found.start()] + product + text[end + 1 :]
