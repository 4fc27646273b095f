"""What changes from one line to the next: the smallest parts in which their trees differ."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher

from wordgrad.latex import syntax as tree
from wordgrad.latex.parser import parse_line
from wordgrad.latex.syntax import Span

__all__ = ["Change", "Run", "apart", "change"]

Run = tuple[Span, ...]  # neighbours in a sum or product, or a single part


@dataclass
class Change:
    """Where two lines differ.

    Parameters
    ----------
    old : list of Run
        Parts of the upper line that the lower one does not have; empty if something was added.
    new : list of Run
        Parts of the lower line that are new, or that something was taken from.
    """

    old: list[Run] = field(default_factory=list)
    new: list[Run] = field(default_factory=list)

    def __iadd__(self, other: "Change") -> "Change":
        self.old += other.old
        self.new += other.new
        return self


def change(above: str, line: str) -> Change:
    r"""The change from a line to the one below it.

    Parameters
    ----------
    above, line : str
        Both as LaTeX.

    Examples
    --------
    >>> found = change(r"-u_o+\frac{1}{Z}\hat y", r"-v_c+\frac{1}{Z}\hat y")
    >>> found.old, found.new
    ([((1, 4),)], [((1, 4),)])
    """
    upper, lower = parse_line(above).parts[-1], parse_line(line).parts[-1]
    return _change(upper, lower)


def _change(a: tree.Expr, b: tree.Expr) -> Change:
    if a == b:
        return Change()
    if isinstance(a, tree.Add) and isinstance(b, tree.Add):
        return _in_row(b, a.terms, b.terms)
    if isinstance(a, tree.Mul) and isinstance(b, tree.Mul):
        return _in_row(b, a.factors, b.factors)
    pairs = list(_pairs(a, b))
    if not pairs:
        return Change([(a.span,)], [(b.span,)])
    total = Change()
    for left, right in pairs:
        total += _change(left, right)
    return total


def _pairs(a: tree.Expr, b: tree.Expr) -> Iterator[tuple[tree.Expr, tree.Expr]]:
    """Parts that correspond, if nothing but these differs."""
    if type(a) is not type(b) or _frame(a) != _frame(b):
        return
    yield from zip(_parts(a), _parts(b), strict=True)


def _parts(node: tree.Expr) -> tuple[tree.Expr, ...]:
    match node:
        case tree.Neg() | tree.Group() | tree.Transpose() | tree.Component():
            return (node.operand,)
        case tree.Quotient():
            return node.numerator, node.denominator
        case tree.Power():
            return node.base, node.exponent
        case tree.Apply():
            return (node.argument,)
        case tree.Big() | tree.Derivative():
            return (node.body,)
        case tree.Cases():
            return tuple(row.value for row in node.rows)
    return ()


_HOLE = tree.Name("")


def _frame(node: tree.Expr) -> tree.Node | None:
    """The node with its parts cut out; None if it has none."""
    parts = _parts(node)
    if not parts:
        return None

    def cut(child: tree.Node) -> tree.Node:
        if isinstance(child, tree.Case):
            return child.with_children(cut)
        return _HOLE if any(child is part for part in parts) else child

    return node.with_children(cut)


def _in_row(b: tree.Expr, old: Sequence[tree.Expr], new: Sequence[tree.Expr]) -> Change:
    """Terms or factors that were put in, taken out or exchanged."""
    total = Change()
    for kind, i, j, k, m in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind == "equal":
            continue
        if j - i == m - k:
            for left, right in zip(old[i:j], new[k:m], strict=True):
                total += _change(left, right)
            continue
        total += Change(_run(old[i:j]), _run(new[k:m]))
    if not total.new:
        total.new = [(b.span,)]
    return total


def _run(nodes: Sequence[tree.Expr]) -> list[Run]:
    return [tuple(node.span for node in nodes)] if nodes else []


def apart(runs: Sequence[Run], others: Sequence[Run]) -> list[Span]:
    """One span for each run, or one for each member where it would cut through another run.

    Examples
    --------
    >>> apart([((0, 2), (3, 5))], [((3, 5), (6, 8))])
    [(0, 2), (3, 5)]
    >>> apart([((0, 2), (3, 5))], [((3, 5),)])
    [(0, 5)]
    """
    spans: list[Span] = []
    for run in runs:
        start, end = run[0][0], run[-1][1]
        edges = [(other[0][0], other[-1][1]) for other in others]
        cut = any(a < start < b < end or start < a < end < b for a, b in edges)
        spans += run if cut else [(start, end)]
    return spans
