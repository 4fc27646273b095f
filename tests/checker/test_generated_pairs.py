"""True and false lines by the thousand, made from the proved lines of the book.

A true one is a proved line rewritten without changing its value, in another notation: it must never
be called wrong.  A false one is a proved line with one edit after which plain NumPy loops
(`loops`) find another value than the derivative of the loss: it must never be passed.
"""

from collections.abc import Callable, Iterator
from dataclasses import replace
from fractions import Fraction
from functools import cache
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.checker.corpus.points import points
from tests.checker.corpus.truth import DEFAULTS, OF_TARGET, TRUTH, Forms
from tests.checker.loops import Unknown, value
from wordgrad.checker import check_derivation, lines
from wordgrad.checker.edits import edits
from wordgrad.checker.targets import renamed
from wordgrad.checker.trees import Place, index_names, places, put
from wordgrad.derivations import ALL
from wordgrad.latex.parser import parse_expression
from wordgrad.latex.printer import to_latex
from wordgrad.latex.syntax import (
    Add,
    Big,
    Derivative,
    Expr,
    Group,
    IndexName,
    Mul,
    Name,
    Neg,
    Number,
    Quotient,
    Transpose,
)

TRUE = [(name, latex) for name, each in ALL.items() for _, latex in each.pairs()]
FALSE = ("naive_vc", "naive_uw", "naive_uo", "naive_U", "softmax_ce_theta", "softmax_jacobian",
         "neg_vc", "neg_uo", "sigmoid_derivative", "log_sigmoid_derivative")  # fmt: skip
FRESH = ("a", "b", "g", "x'")


# --------------------------------------------------------------- rewriting without changing
def _rewritings(tree: Expr) -> list[Expr]:
    """Every way to rewrite one place of a tree, and the whole."""
    found = [
        Neg(Group(Neg(Group(tree)))),
        Transpose(Group(Transpose(Group(tree)))),
        Add((Group(tree), Group(tree), Neg(Group(tree)))),
        Quotient(Mul((Number(Fraction(2)), Group(tree)), ("",)), Number(Fraction(2))),
    ]
    for place in places(tree):
        if isinstance(place.node, Expr) and _is_inside_quantity(place):
            continue
        for new in _at(place, tree):
            changed = put(tree, place.path, new)
            assert isinstance(changed, Expr)
            found.append(changed)
    return found


def _is_inside_quantity(place: Place) -> bool:
    return any(name == "variables" for name, _ in place.path)


def _at(place: Place, tree: Expr) -> Iterator[Expr]:
    node = place.node
    match node:
        case Add(terms):
            yield Group(Add(terms[::-1]))
            yield Group(Add((*terms[1:], terms[0])))
        case Mul((Number() as number, *others), operators):
            yield Group(Mul((Group(Mul((*others,), operators[1:])) if others[1:] else others[0],
                             number), ("",)))  # fmt: skip
        case Quotient(Add(terms), below):
            yield Group(Add(tuple(Quotient(Group(term), below) for term in terms)))
        case Quotient(above, below):
            whole = Quotient(Number(Fraction(1)), below)
            yield Group(Mul((whole, Group(above)), ("",)))
        case Big(operator="sum", ranges=(only,), body=body) if only.upper:
            taken = {*index_names(tree), *place.bound, only.name}
            taken |= {p.node.name for p in places(tree) if isinstance(p.node, Name | IndexName)}
            for name in FRESH:
                if name not in taken and not _binds(body, only.name):
                    yield Big("sum", (replace(only, name=name),), renamed(body, {only.name: name}))


def _binds(body: Expr, name: str) -> bool:
    return any(isinstance(p.node, Big) and p.node.ranges[0].name == name for p in places(body))


SPELLINGS: tuple[tuple[str, str], ...] = (
    (r"\frac", r"\dfrac"), (r"\frac", r"\tfrac"), (r"^\top", "^T"), (r"^\top", r"^{\mathsf T}"),
    (r"^\top", r"^{\intercal}"), (r"\hat{y}", r"\hat y"), (r"\hat{y}", r"\hat{\mathbf{y}}"),
    (r"\log", r"\ln"), ("(", r"\left("), (r"\sigma", "σ"), (r"\partial", "∂"), (" ", r"\, "),
    (r"\hat{y}", "ŷ"), (r"\sum", "Σ"), (r"\cdot", "⋅"), ("v_c", r"\mathbf{v}_c"),
    ("v_c", r"\boldsymbol v_{c}"), ("u_o", r"\vec{u}_{o}"), ("u_", r"\bm{u}_"),
)  # fmt: skip


def _spelled(latex: str, spelling: tuple[str, str]) -> str:
    old, new = spelling
    if old == "(":
        latex = latex.replace(")", r"\right)")
    return latex.replace(old, new)


@st.composite
def _true_lines(draw: Callable[..., Any]) -> tuple[str, str]:
    name, latex = draw(st.sampled_from(TRUE))
    tree = parse_expression(latex)
    for _ in range(draw(st.integers(0, 2))):
        tree = draw(st.sampled_from(_rewritings(tree)))
    text = to_latex(tree)
    for spelling in draw(
        st.lists(st.sampled_from(SPELLINGS), max_size=4, unique_by=lambda s: s[0])
    ):
        text = _spelled(text, spelling)
    return name, text


def _must_not_be_called_wrong(pair: tuple[str, str]) -> None:
    name, latex = pair
    lines = check_derivation([latex, f"{ALL[name].quantity} = {latex}"], name).lines
    for line in lines:
        assert line.status not in ("wrong", "ill_formed"), (name, line.latex, line.message)


@settings(deadline=None, max_examples=40, derandomize=True)
@given(_true_lines())
def test_a_line_rewritten_is_not_called_wrong(pair: tuple[str, str]) -> None:
    _must_not_be_called_wrong(pair)


@pytest.mark.slow
@settings(deadline=None, max_examples=1200)
@given(_true_lines())
def test_many_lines_rewritten_are_not_called_wrong(pair: tuple[str, str]) -> None:
    _must_not_be_called_wrong(pair)


# ------------------------------------------------------------------------ edits that change
def _right(name: str, tree: Expr) -> bool | None:
    """Does the tree equal the derivative of the loss?  None if the loops cannot tell."""
    given = tuple(sorted({**DEFAULTS, **OF_TARGET.get(name, {})}.items()))
    worst = 0.0
    for point in points(name, "rows", given):
        try:
            worst = max(worst, _distance(np.asarray(value(tree, point)), TRUTH[name](point)))
        except Unknown:
            return None
    if worst < 1e-7:
        return True
    return False if worst > 1e-3 else None


def _distance(found: Any, forms: Forms) -> float:
    """How far it is from the nearest form of its shape; a plain 0 has any shape."""
    fits = [
        form for form in forms if np.shape(form) == found.shape or (not found.ndim and not found)
    ]
    return min((float(np.abs(found - form).max()) for form in fits), default=1.0)


@cache
def _false_lines() -> tuple[tuple[str, str], ...]:
    """All single edits of lines that the loops can evaluate and find to be wrong."""
    found: dict[tuple[str, str], None] = {}
    for name in FALSE:
        for _, latex in ALL[name].pairs():
            tree = parse_expression(latex)
            if any(isinstance(p.node, Derivative) for p in places(tree)):
                continue
            indices = tuple(dict.fromkeys((*index_names(tree), "o", "c")))
            if name.startswith(("sigmoid", "log")):
                indices = ()
            for edit in edits(tree, indices):
                found[name, to_latex(edit.tree)] = None
    return tuple(found)


def _must_not_be_passed(pair: tuple[str, str]) -> bool:
    """Whether the pair could be judged by the loops, and was wrong."""
    name, latex = pair
    if _right(name, parse_expression(latex)) is not False:
        return False
    (line,) = check_derivation([f"{ALL[name].quantity} = {latex}"], name).lines
    assert line.status not in ("proved", "agrees"), (name, latex, line.status)
    return True


def test_the_loops_find_the_lines_of_the_book_right() -> None:
    told = [
        _right(name, parse_expression(latex)) for name in FALSE for _, latex in ALL[name].pairs()
    ]
    assert False not in told
    assert told.count(True) >= len(FALSE)


@pytest.fixture
def _verdicts_only(monkeypatch: pytest.MonkeyPatch) -> None:
    """The slip is not searched for: it takes most of the time and does not change a verdict."""
    monkeypatch.setattr(lines, "find_slip", lambda *arguments: (None, ""))


@pytest.mark.usefixtures("_verdicts_only")
def test_a_line_with_an_edit_that_changes_it_is_not_passed() -> None:
    pairs = _false_lines()
    used = sum(_must_not_be_passed(pair) for pair in pairs[:: max(1, len(pairs) // 60)])
    assert used >= 20


@pytest.mark.slow
@pytest.mark.usefixtures("_verdicts_only")
def test_all_lines_with_an_edit_that_changes_them_are_not_passed() -> None:
    used = sum(_must_not_be_passed(pair) for pair in _false_lines())
    assert used >= 300
