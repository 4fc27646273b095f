"""Sums and products in LaTeX, with brackets where the neighbours of a factor would join it.

The rules of reach.py are kept here from the other side: what is printed must read back as it was.
"""

from collections.abc import Callable
from typing import Any

from wordgrad.latex import syntax as s
from wordgrad.latex.alphabet import CALLEES
from wordgrad.latex.heads import is_bracketed, is_simple
from wordgrad.latex.spelling import index_latex, is_letter

SIGNS = {"": " ", "cdot": r" \cdot ", "times": r" \times ", "odot": r" \odot "}
SIGNS["otimes"] = r" \otimes "
TALL = (r"\frac", r"\sum", r"\prod", r"\begin")
OPENING = ("(", "[", "{", r"\{", r"\left")
BRACKETS = {"(": "()", "[": "[]", "\\{": (r"\{", r"\}"), "{": "{}"}
FUNCTIONS = {"sigma": r"\sigma", "diag": r"\operatorname{diag}"} | {
    name: rf"\operatorname{{{name}}}" for name in ("softmax", "softplus")
}
WRITERS: dict[type[s.Expr], Callable[[Any], str]] = {}  # filled by print_factors.py


def total(node: s.Expr) -> str:
    """Anything, where + and - may stand."""
    if not isinstance(node, s.Add):
        return signed(node)
    text = signed(node.terms[0])
    for term in node.terms[1:]:
        text += f" - {signed(term.operand)}" if isinstance(term, s.Neg) else f" + {signed(term)}"
    return text


def signed(node: s.Expr) -> str:
    """A product with a minus in front, perhaps."""
    if isinstance(node, s.Neg):
        return f"-{row(node.operand)}"
    return row(node)


def row(node: s.Expr) -> str:
    """A product, or what can stand alone in one."""
    if isinstance(node, s.Mul):
        return product(node)
    if isinstance(node, s.Add | s.Neg):
        return bracket(node)
    return open_factor(node)


def bracket(node: s.Expr, kind: str = "(") -> str:
    """The node in brackets that grow with it."""
    left, right = BRACKETS[kind]
    inside = total(node)
    if kind != "{" and any(command in inside for command in TALL):
        left, right = rf"\left{left}", rf"\right{right}"
    return f"{left}{inside}{right}"


def product(node: s.Mul) -> str:
    """Factors in order, each bracketed unless it reads back in this place."""
    text = following = ""
    for at in reversed(range(len(node.factors))):
        following = factor_text(node, at, following)
        text = (SIGNS[node.operators[at - 1]] if at else "") + following + text
    return text


def factor_text(node: s.Mul, at: int, following: str) -> str:
    """The factor at `at`, with brackets where its neighbours would join it."""
    item, last = node.factors[at], at == len(node.factors) - 1
    before = node.operators[at - 1] if at else None
    if isinstance(item, s.Neg) and last and before:
        return signed(item)
    if isinstance(item, s.Add | s.Neg | s.Mul):
        return bracket(item)
    if isinstance(item, s.Quotient) and item.inline:
        return open_factor(item) if not at and keeps_quotient(node) else stacked(item)
    if isinstance(item, s.Apply) and not item.bracketed:
        return open_factor(item) if keeps_bare(node, at) else closed_call(item)
    text = open_factor(item)
    if swallows(item) and not last:
        return bracket(item)
    if isinstance(item, s.Number) and before == "":
        return bracket(item)
    if not last and not node.operators[at] and joins(item, following):
        return bracket(item)
    return text


def swallows(node: s.Expr) -> bool:
    """Whether the node takes what stands behind it."""
    if isinstance(node, s.Derivative):
        return node.style in ("prefix", "nabla") and not is_bracketed(node.body)
    if isinstance(node, s.Power):
        return isinstance(node.base, s.Apply) and not node.base.bracketed
    return isinstance(node, s.Big)


def is_head(node: s.Mul, at: int) -> bool:
    """Whether the factor at `at` is printed with a sign in front that ends other reaches."""
    item = node.factors[at]
    if isinstance(item, s.Apply):
        return keeps_bare(node, at)
    if swallows(item) and at < len(node.factors) - 1:
        return False
    return isinstance(item, s.Big) or (
        isinstance(item, s.Derivative) and item.style in ("prefix", "nabla")
    )


def keeps_quotient(node: s.Mul) -> bool:
    """Whether `a/b` can begin this product without brackets."""
    first, second = node.factors[:2]
    assert isinstance(first, s.Quotient)
    if isinstance(first.denominator, s.Big | s.Derivative):
        return False
    numbers = isinstance(first.numerator, s.Number) and isinstance(first.denominator, s.Number)
    return bool(node.operators[0]) or is_head(node, 1) or (numbers and not is_simple(second))


def keeps_bare(node: s.Mul, at: int) -> bool:
    """Whether a function can stay without brackets before what follows."""
    item = node.factors[at]
    assert isinstance(item, s.Apply)
    if not bare(item) or at == len(node.factors) - 1:
        return bare(item)
    if swallows(item.argument):
        return False
    if node.operators[at]:
        return item.function == "log" or not is_simple(item.argument)
    return is_head(node, at + 1)


def joins(item: s.Expr, following: str) -> bool:
    """Whether a letter would be read as a function of what follows."""
    if not isinstance(item, s.Name):
        return False
    if item.name.rstrip("'") == "sigma" and not item.subscripts:
        return True
    if item.name == "p" and item.subscripts:  # p_w(...) is a product
        return len(index_latex(item.subscripts[0]).partition("_")[0]) > 1
    letter = item.name.partition("_")[0].rstrip("'")
    callee = letter in CALLEES or not is_letter(letter)
    return callee and following.startswith(("(", r"\left("))


def open_factor(node: s.Expr) -> str:
    """A factor or head, as it stands at the end of a row."""
    return WRITERS[type(node)](node)


def closed(node: s.Expr) -> str:
    """A factor that stands firm wherever it is."""
    inline = isinstance(node, s.Quotient | s.Derivative) and "/" in open_factor(node)
    loose = isinstance(node, s.Add | s.Neg | s.Mul) or swallows(node) or inline
    if isinstance(node, s.Quotient):
        return stacked(node)
    if isinstance(node, s.Apply) and not node.bracketed:
        return closed_call(node)
    return bracket(node) if loose else open_factor(node)


def bare(node: s.Apply) -> bool:
    """Whether the function can be written without brackets around its argument."""
    argument = node.argument
    if node.bracketed or node.function in ("sigma", "sqrt"):
        return False
    if isinstance(argument, s.Mul):
        simple = all(is_simple(item) for item in argument.factors)
        numbers = any(isinstance(item, s.Number) for item in argument.factors[1:])
        run = simple and not numbers and not any(argument.operators)
        return run and node.function == "log" and not row(argument).startswith(OPENING)
    if isinstance(argument, s.Add | s.Neg) or (
        isinstance(argument, s.Quotient) and argument.inline
    ):
        return False
    return not row(argument).startswith(OPENING)


def function_name(node: s.Apply) -> str:
    return FUNCTIONS.get(node.function, f"\\{node.function}") + "'" * node.primes


def closed_call(node: s.Apply, power: str = "") -> str:
    if node.function == "sqrt" and not node.primes and not power:
        return f"\\sqrt{{{total(node.argument)}}}"
    return f"{function_name(node)}{power}{bracket(node.argument)}"


def stacked(node: s.Quotient) -> str:
    above, below = total(node.numerator), total(node.denominator)
    if above.startswith("d ") and below.startswith("d "):
        above = bracket(node.numerator)
    return f"\\frac{{{above}}}{{{below}}}"
