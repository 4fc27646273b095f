"""The quantities a derivation can aim at, and the forms in which a reader may write each.

A target is the left-hand side of one of the book's derivations.  The reader may give the gradient
by a whole vector or matrix, by one row, or by one component, and name the indices freely; so a
target has several forms, each with slots for the reader's index names.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache

from wordgrad.checker.trees import places, put
from wordgrad.derivations import derivation
from wordgrad.latex.parser import parse_expression
from wordgrad.latex.syntax import Derivative, Expr, Index, IndexName, Name, Transpose
from wordgrad.meaning import contexts
from wordgrad.meaning.notation import Assumptions, Notation, Quantity


@dataclass(frozen=True)
class Form:
    """One way to write a target.

    Parameters
    ----------
    tree : Expr
        The quantity, with the slot names in place of the reader's indices.
    slots : tuple of str
        The index names in the tree that the reader may replace.
    """

    tree: Expr
    slots: tuple[str, ...]

    def named(self, names: Mapping[str, str]) -> Expr:
        """The tree with the reader's index names."""
        return renamed(self.tree, names)


@dataclass(frozen=True, eq=False)
class Target:
    """What a derivation aims at.

    Parameters
    ----------
    id : str
        Id of the book's derivation, empty for a quantity of the reader's own.
    title : str
    notation : Notation
        With the assumptions under which the target holds.
    forms : tuple of Form
        The form of the book first.
    """

    id: str
    title: str
    notation: Notation
    forms: tuple[Form, ...]


@cache
def target_of(name: str) -> Target:
    """The target of one of the book's derivations.

    Raises
    ------
    ValueError
        If there is no derivation of this id; the message names near ones.
    """
    chosen = derivation(name)
    tree = parse_expression(chosen.quantity)
    forms = tuple(dict.fromkeys(forms_of(tree, chosen.notation)))
    return Target(chosen.id, chosen.title, chosen.notation, forms)


@cache
def free_target() -> Target:
    """No target: the reader defines a loss and asks for any derivative."""
    return Target("", "your own loss", contexts.free(), ())


def forms_of(tree: Expr, notation: Notation) -> Iterator[Form]:
    """The tree itself, then the other numbers of subscripts its letters may carry."""
    yield Form(tree, _free_names(tree, notation))
    if not isinstance(tree, Derivative):
        return
    for variable in tree.variables:
        for other in _other_views(variable, notation):
            changed = tuple(other if v is variable else v for v in tree.variables)
            yield from _with_matching_body(replace(tree, variables=changed), tree, notation)


def _with_matching_body(
    changed: Derivative, tree: Derivative, notation: Notation
) -> Iterator[Form]:
    """A Jacobian by all scores is taken of all probabilities, one by one score of one of them."""
    yield Form(changed, _free_names(changed, notation))
    for body in _other_views(tree.body, notation):
        both = replace(changed, body=body)
        yield Form(both, _free_names(both, notation))


def _other_views(variable: Expr, notation: Notation) -> Iterator[Expr]:
    """The same letter with fewer or more subscripts: u_w and u_{w,a}; U, u_w and U_{wa}."""
    if isinstance(variable, Transpose):
        variable = variable.operand
    quantity = notation.quantity(variable.name) if isinstance(variable, Name) else None
    if not isinstance(variable, Name) or quantity is None:
        return
    for name, count in _spellings(variable, quantity, notation):
        kept = variable.subscripts[:count]
        new = tuple(IndexName(f"{sort.name}*") for sort in quantity.sorts[len(kept) : count])
        yield Name(name, (*kept, *new))


def _spellings(variable: Name, quantity: Quantity, notation: Notation) -> Iterator[tuple[str, int]]:
    axes = len(quantity.sorts)
    for count in range(quantity.least, axes + 1):
        if count != len(variable.subscripts) and not (quantity.array and count == 1):
            yield variable.name, count
    if quantity.array and not variable.subscripts:
        yield quantity.array, 1


def _free_names(tree: Expr, notation: Notation) -> tuple[str, ...]:
    """Names of indices that the reader may replace: neither bound nor constant."""
    found = [
        place.node.name
        for place in places(tree)
        if isinstance(place.node, IndexName)
        and place.node.name not in place.bound
        and place.node.name not in notation.constants
        and place.node.name not in notation.anchors
    ]
    return tuple(dict.fromkeys(found))


def renamed(tree: Expr, names: Mapping[str, str]) -> Expr:
    """The tree with free index names replaced."""
    result = tree
    for place in places(tree):
        if isinstance(place.node, IndexName) and place.node.name not in place.bound:
            new: Index = IndexName(names.get(place.node.name, place.node.name))
            changed = put(result, place.path, new)
            assert isinstance(changed, Expr)
            result = changed
    return result


def renamed_assumptions(assumptions: Assumptions, names: Mapping[str, str]) -> Assumptions:
    """Assumptions on slots become assumptions on the reader's indices."""

    def pairs(given: tuple[tuple[str, str], ...]) -> tuple[tuple[str, str], ...]:
        return tuple((names.get(a, a), names.get(b, b)) for a, b in given)

    return replace(
        assumptions, equal=pairs(assumptions.equal), distinct=pairs(assumptions.distinct)
    )
