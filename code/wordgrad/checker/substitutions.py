"""Repairs that put the intended thing in place of what stands there, by the rule that was broken.

Each rule looks at one node and proposes what its writer may have meant: the other vector, the
square of a denominator, the logarithm outside of the sum.
"""

from collections.abc import Callable, Iterator
from dataclasses import replace
from fractions import Fraction
from typing import Any

from wordgrad.checker.trees import Place, bare, index_names, places
from wordgrad.latex.syntax import (
    Add,
    Apply,
    Big,
    Call,
    Expr,
    Group,
    Index,
    IndexApply,
    IndexName,
    IndexNumber,
    Mul,
    Name,
    Neg,
    Node,
    Number,
    Power,
    Quotient,
    Range,
    Transpose,
)
from wordgrad.meaning.notation import Notation

Proposals = Iterator[tuple[str, Node]]
TWO = Number(Fraction(2))
ONE = Number(Fraction(1))
_VECTORS = ("u", "v", "vhat")
_OF_WORDS = ("u", "yhat", "theta", "y")
_COUNTS = ("r", "b")


def substitutions(tree: Expr, place: Place, notation: Notation) -> Proposals:
    """What may have been meant at one place of a line.

    Parameters
    ----------
    tree : Expr
        The whole line.
    place : Place
        Where to look.
    notation : Notation

    Yields
    ------
    tuple of str and Node
        The kind of the edit and the node to put there.
    """
    for kind, rule in _RULES:
        if isinstance(place.node, kind):
            yield from rule(place.node, place, notation)
    if isinstance(place.node, Name):
        yield from _other_vectors(tree, place)
        yield from _other_words(tree, place, notation)
    if isinstance(place.node, Name) and place.node.name == "theta":
        yield "log of exp", Apply("exp", place.node, style="e^")
    if isinstance(place.node, Power):
        yield from _of_square(tree, place.node)
    if isinstance(place.node, Number | Name):
        yield from _counts(tree, place.node, notation)


def _other_vectors(tree: Expr, place: Place) -> Proposals:
    """Another vector that occurs in the line, or the outside vector of the word summed over."""
    node = place.node
    if not isinstance(node, Name) or node.name not in _VECTORS:
        return
    found = [p.node for p in places(tree) if isinstance(p.node, Name) and p.node.name in _VECTORS]
    summed = [Name("u", (IndexName(name),)) for name in place.bound] if node.name != "u" else []
    for vector in dict.fromkeys((*found, *summed)):
        if vector != node:
            yield "wrong index" if vector.name == node.name else "wrong vector", vector


def _other_words(tree: Expr, place: Place, notation: Notation) -> Proposals:
    """The same letter for another word: one that is looked up where a plain one is meant."""
    node = place.node
    if not isinstance(node, Name) or node.name not in _OF_WORDS or not node.subscripts:
        return
    names = dict.fromkeys((*place.bound, *notation.constants))
    for word in (*words_of(tree), *(IndexName(name) for name in names)):
        if word != node.subscripts[0]:
            yield "wrong index", replace(node, subscripts=(word, *node.subscripts[1:]))


def _counts(tree: Expr, node: Number | Name, notation: Notation) -> Proposals:
    """How often a word occurs, where 1 or K stands: r_w, b_w of a word of the line."""
    if node not in (ONE, Name("K")):
        return
    for letter in _COUNTS:
        if notation.quantity(letter):
            for subscripts in ((), *((word,) for word in words_of(tree))):
                yield "repeats counted wrongly", Name(letter, subscripts)


def words_of(tree: Expr) -> list[Index]:
    """The words a line speaks of: w of u_w, n_k of u_{n_k}."""
    found: dict[Index, None] = {}
    for place in places(tree):
        node = place.node
        if isinstance(node, Name) and node.name in _OF_WORDS and node.subscripts:
            found[node.subscripts[0]] = None
        elif isinstance(node, IndexApply):
            found[node] = None
    return list(found)


def _of_call(node: Call, place: Place, notation: Notation) -> Proposals:
    if not node.given and len(node.arguments) == 2:
        given = replace(node, arguments=node.arguments[:1], given=node.arguments[1:])
        yield "joint for conditional", given


def _of_quotient(node: Quotient, place: Place, notation: Notation) -> Proposals:
    """(f/g)' has the square of g below, and a minus above; log(a/b) is a difference."""
    denominator, numerator = node.denominator, bare(node.numerator)
    products = isinstance(numerator, Add) and all(_is_product(t) for t in numerator.terms)
    if isinstance(denominator, Power) and isinstance(numerator, Add) and products:
        for position, term in enumerate(numerator.terms):
            turned = term.operand if isinstance(term, Neg) else Neg(term)
            terms = (*numerator.terms[:position], turned, *numerator.terms[position + 1 :])
            yield "quotient rule", replace(node, numerator=Add(terms))
        yield "quotient rule", replace(node, numerator=Neg(Group(numerator)))
    logs = (numerator, bare(denominator))
    if all(isinstance(part, Apply) and part.function == "log" for part in logs):
        yield "log split", Group(Add((logs[0], Neg(logs[1]))))
    base = denominator if isinstance(denominator, Name | Group) else Group(denominator)
    yield "quotient rule", replace(node, denominator=Power(base, TWO))


def _is_product(term: Expr) -> bool:
    """f'g or g'f: what the numerator of the quotient rule is made of."""
    return isinstance(bare(term.operand if isinstance(term, Neg) else term), Mul)


def _of_square(tree: Expr, node: Power) -> Proposals:
    """A square where two different words meet."""
    base = bare(node.base)
    if node.exponent != TWO or not isinstance(base, Name) or not base.subscripts:
        return
    for name in dict.fromkeys(index_names(tree)):
        other = replace(base, subscripts=(IndexName(name), *base.subscripts[1:]))
        yield "wrong index", Mul((base, other), ("",))


def _of_big(node: Big, place: Place, notation: Notation) -> Proposals:
    body = bare(node.body)
    if node.operator == "sum":
        yield "log split", Apply("log", replace(node, body=Apply("exp", body)))
    if node.operator == "sum" and isinstance(body, Apply) and body.function == "log":
        inside = replace(node, body=body.argument)
        yield "log split", replace(body, argument=inside)
    (first, *more) = node.ranges
    if "m" in notation.ranges and first.upper not in ("V", "calV", "K"):
        full = Range(first.name, "-m", "m", (IndexNumber(0),))
        yield "window bound", replace(node, ranges=(full, *more))
    for index in first.excluded:
        if isinstance(index, IndexName):
            yield "case w=o forgotten", replace(node, ranges=(replace(first, excluded=()), *more))


def _of_apply(node: Apply, place: Place, notation: Notation) -> Proposals:
    argument = node.argument
    if node.function == "exp":
        yield "log of exp", Group(argument) if isinstance(argument, Add | Neg) else argument
    elif node.function == "log" and isinstance(argument, Big):
        inside = Apply("exp", argument.body)
        yield "log of exp", replace(node, argument=replace(argument, body=inside))


def _of_product(node: Mul, place: Place, notation: Notation) -> Proposals:
    """The transpose belongs on the other factor, or on one of them; 2m is one factor too many."""
    for position, (left, right) in enumerate(zip(node.factors, node.factors[1:], strict=False)):
        for pair in (_turned(left), right), (left, _turned(right)), (_turned(left), _turned(right)):
            factors = (*node.factors[:position], *pair, *node.factors[position + 2 :])
            yield "transposed", replace(node, factors=factors)
        rest = (*node.factors[:position], *node.factors[position + 2 :])
        if len(rest) == 1:
            yield "factor extra", rest[0]
        elif rest:
            operators = (*node.operators[:position], *node.operators[position + 2 :])
            yield "factor extra", Mul(rest, operators[: len(rest) - 1])


def _turned(factor: Expr) -> Expr:
    return factor.operand if isinstance(factor, Transpose) else Transpose(factor)


_RULES: tuple[tuple[Any, Callable[[Any, Place, Notation], Proposals]], ...] = (
    (Call, _of_call),
    (Quotient, _of_quotient),
    (Big, _of_big),
    (Apply, _of_apply),
    (Mul, _of_product),
)
