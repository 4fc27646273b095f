"""The shape of every factor, written under it: what meets in a product can be seen to fit."""

from collections.abc import Iterable, Iterator, Mapping

from wordgrad.book.marks import Wrap
from wordgrad.calculus.sorts import Sort
from wordgrad.latex import syntax as tree
from wordgrad.latex.parser import parse_line
from wordgrad.latex.syntax import Span
from wordgrad.meaning.elaborate import elaborate_line
from wordgrad.meaning.notation import Notation
from wordgrad.meaning.reader import Reader
from wordgrad.meaning.scope import Scope
from wordgrad.meaning.shapes import Typed

__all__ = ["free_indices", "shape_latex", "shape_wraps"]


def shape_latex(typed: Typed) -> str:
    r"""The shape as rows times columns; that of a number is 1.

    Examples
    --------
    >>> from wordgrad.meaning.contexts import naive_softmax
    >>> from wordgrad.meaning.elaborate import elaborate_expression
    >>> shape_latex(elaborate_expression(r"U^\top", naive_softmax()))
    'd\\times V'
    """
    if typed.is_scalar:
        return "1"
    return rf"{_size(typed.rows)}\times {_size(typed.cols)}"


def _size(sort: Sort | None) -> str:
    return sort.size.replace("*", "") if sort else "1"


class _Recorder(Reader):
    """A reader that remembers the array of each node."""

    def __init__(self, scope: Scope, marked: Iterable[Span]) -> None:
        super().__init__(scope)
        self.arrays: dict[int, Typed] = {}
        self.edges = {place for span in marked for place in span}

    def apart(self, left: tree.Node, right: tree.Node) -> bool:
        """Does a mark begin or end between two neighbours?"""
        return bool(self.edges & {left.span[1], right.span[0]})

    def read(self, node: tree.Node) -> Typed:
        """The array of a node, remembered."""
        typed = super().read(node)
        self.arrays[id(node)] = typed
        return typed


def free_indices(latex: str, notation: Notation) -> Mapping[str, Sort]:
    """What the free indices of a line run over."""
    return elaborate_line(latex, notation).free_indices


def shape_wraps(
    latex: str, notation: Notation, free: Mapping[str, Sort], marked: Iterable[Span] = ()
) -> list[Wrap]:
    r"""A brace with its shape under each factor.

    Numbers that stand side by side share a brace.  A line in which nothing but numbers are
    multiplied has one brace.

    Parameters
    ----------
    latex : str
        The line.
    notation : Notation
    free : mapping of name to Sort
        What its free indices run over.
    marked : iterable of (int, int)
        Parts that will be marked besides: no brace reaches over an end of one.

    Examples
    --------
    >>> from wordgrad.book.marks import wrapped
    >>> from wordgrad.meaning.contexts import naive_softmax
    >>> line = r"2U^\top y"
    >>> wrapped(line, shape_wraps(line, naive_softmax(), {}))
    '\\underbrace{2}_{1}\\underbrace{U^\\top}_{d\\times V} \\underbrace{y}_{V\\times 1}'
    """
    line = parse_line(latex)
    reader = _Recorder(Scope(notation, free), marked)
    for part in line.parts:
        reader.read(part)
    reader.scope.settle()
    labels = [
        label for part in line.parts for label in (*_of_term(part, reader), *_inside(part, reader))
    ]
    if not labels:
        labels = [_label((part,), reader) for part in line.parts]
    return list({label.span: label for label in labels}.values())


def _label(nodes: tuple[tree.Expr, ...], reader: _Recorder) -> Wrap:
    """A brace under neighbours, with the shape of the last: the others are numbers, if any."""
    shape = shape_latex(reader.arrays[id(nodes[-1])])
    return Wrap((nodes[0].span[0], nodes[-1].span[1]), r"\underbrace{", f"}}_{{{shape}}}")


def _inside(node: tree.Node, reader: _Recorder, *, labelled: bool = False) -> Iterator[Wrap]:
    """The labels of all products and sums in a node.

    What stands alone in the brackets of a `labelled` factor has that factor's shape.
    """
    factors: tuple[tree.Expr, ...] = ()
    if isinstance(node, tree.Mul):
        factors = node.factors
        yield from _of_product(node, reader)
    elif not labelled:
        for term in _terms(node):
            yield from _of_term(term, reader)
    if isinstance(node, tree.Derivative) and node.style != "prefix":
        return
    for child in node.children():
        if id(child) in reader.arrays or isinstance(child, tree.Case):
            brackets = labelled and isinstance(node, tree.Group | tree.Transpose | tree.Neg)
            yield from _inside(child, reader, labelled=brackets or child in factors)


def _terms(node: tree.Node) -> tuple[tree.Expr, ...]:
    match node:
        case tree.Add():
            return node.terms
        case tree.Big():
            return (node.body,)
        case tree.Group():
            return (node.operand,)
        case tree.Case():
            return (node.value,)
    return ()


def _of_product(node: tree.Mul, reader: _Recorder) -> Iterator[Wrap]:
    """A label for each array, one for each run of numbers; none if there are only numbers."""
    scalar = [reader.arrays[id(factor)].is_scalar for factor in node.factors]
    if all(scalar):
        return
    run: list[tree.Expr] = []
    for factor, is_number in zip(node.factors, scalar, strict=True):
        if run and (not is_number or reader.apart(run[-1], factor)):
            yield _label(tuple(run), reader)
            run = []
        if is_number:
            run.append(factor)
            continue
        yield _label((factor,), reader)
    if run:
        yield _label(tuple(run), reader)


def _of_term(node: tree.Expr, reader: _Recorder) -> Iterator[Wrap]:
    """The label of an array that stands by itself in a sum."""
    while isinstance(node, tree.Neg):
        node = node.operand
    plain = isinstance(node, tree.Name | tree.Transpose | tree.Component)
    plain = plain or (isinstance(node, tree.Derivative) and node.style == "frac")
    if plain and id(node) in reader.arrays and not reader.arrays[id(node)].is_scalar:
        yield _label((node,), reader)
