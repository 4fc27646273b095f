"""Lines as they stand in a program, in LaTeX: `U.T @ (yhat - y)`, `np.outer(a, b)`, `u[o]`.

Only what has one meaning is rewritten; the rest stays, for the parser to say that it is not read.
A line that shows no sign of a program is left alone.
"""

import re

_LIBRARY = r"(?:np|numpy|jnp|torch|tf|F|math)\s*\.\s*"
_NAMES = r"(?:scores?|logits?|probs?|preds?|dscores|dlogits|diff|err|errors?)"
_ARRAYS = rf"(?:yhat|y_hat|theta|[uvUVyzps]|\\text\{{{_NAMES}\}})"
_PROGRAM = re.compile(
    rf"@|(?<![A-Za-z\\.]){_LIBRARY}[a-z]|(?<=[A-Za-z)\]])\.(?:T(?![A-Za-z])|(?:dot|sum|exp|log)\s*\()"
    rf"|(?<![A-Za-z\\}}_]){_ARRAYS}\[\s*[a-z](?:_[a-z])?\s*\]"
    r"|(?<![A-Za-z\\])grad[A-Z]?\w*\s*=|\[\s*(?::\s*,\s*None|None\s*,)"
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
    r"(^\s*|;\s*)(?:grad_?|d_?|nabla_?|g_)(U|theta|vhat|v_hat|[uv]_?[a-z])(?:_grad)?\s*=(?!=)"
)
_COURSE = {"gradCenterVec": "v_c", "gradOutsideVecs": "U"}  # names in a course on this
_COURSE_GRADIENT = re.compile(rf"^(\s*)({'|'.join(_COURSE)})\s*=(?!=)")
_SOME_GRADIENT = re.compile(
    r"^\s*(?:grad|gradient|dx)\s*=(?!=)"
)  # that of the target, whatever it is
_WORDS = re.compile(rf"(?<![A-Za-z\\{{_]){_NAMES}(?![A-Za-z({{])")
_COLUMN = re.compile(r"\[\s*:\s*,\s*(?:None|np\.newaxis)\s*\]|\.reshape\(\s*-1\s*,\s*1\s*\)")
_ROW = re.compile(r"\[\s*(?:None|np\.newaxis)\s*,\s*:\s*\]|\.reshape\(\s*1\s*,\s*-1\s*\)")
_SUM_METHOD = re.compile(r"\.sum\(\s*\)")
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
    text = text.replace("==", "=")
    text = _WORDS.sub(lambda m: rf"\text{{{m.group()}}}", text)
    if not _PROGRAM.search(text):
        return text
    text = _COURSE_GRADIENT.sub(lambda m: _derivative(m.group(1), _COURSE[m.group(2)]), text)
    text = _SOME_GRADIENT.sub("", _GRADIENT.sub(_as_derivative, text))
    text = _ROW.sub(r"^\\top", _COLUMN.sub("", text))
    text = _with_totals(text)
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
    return _derivative(space, by)


def _derivative(space: str, by: str) -> str:
    return rf"{space}\frac{{\partial J}}{{\partial {by}}} ="


def _with_totals(text: str) -> str:
    """`a.sum()` and `f(a).sum()` as calls."""
    for _ in range(_MOST_CALLS):
        found = _SUM_METHOD.search(text)
        if not found:
            break
        begin, depth = found.start(), 0
        while begin > 0:
            depth += (text[begin - 1] in ")]}") - (text[begin - 1] in "([{")
            if depth < 0 or (depth == 0 and not re.match(r"[A-Za-z0-9_.\\([{]", text[begin - 1])):
                break
            begin -= 1
        inside = text[begin : found.start()]
        if not inside.strip():
            break
        text = f"{text[:begin]}np.sum({inside}){text[found.end() :]}"
    return text


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
