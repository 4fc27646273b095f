"""The reader of one expression: a rule for each kind of node, registered where it is written."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Literal

import sympy as sp

from wordgrad.calculus.limits import check_time
from wordgrad.latex import syntax as tree
from wordgrad.meaning.faults import Unsupported
from wordgrad.meaning.scope import Scope
from wordgrad.meaning.shapes import Typed, fresh

Kind = Literal["nonzero", "positive"]
Rule = Callable[["Reader", Any], Typed]
_RULES: dict[type[tree.Node], Rule] = {}


def reads(kind: type[tree.Node]) -> Callable[[Rule], Rule]:
    """Register the rule for a kind of node."""

    def register(rule: Rule) -> Rule:
        _RULES[kind] = rule
        return rule

    return register


@dataclass(frozen=True, eq=False, slots=True)
class Requirement:
    """A value that must be positive or not zero; its tree is made when somebody asks."""

    kind: Kind
    value: Typed
    node: tree.Node

    def expression(self) -> sp.Expr:
        """The tree, with new indices for the axes: it is required of every component."""
        rows, cols = self.value.shape
        return self.value.component(rows and fresh(rows), cols and fresh(cols))


@dataclass(eq=False)
class Reader:
    """Turns syntax trees into arrays, within one scope.

    Parameters
    ----------
    scope : Scope
        The notation and the indices met so far.
    requirements : list of Requirement
        Denominators, arguments of logarithms and bases of powers, in the order of reading.
    """

    scope: Scope
    requirements: list[Requirement] = field(default_factory=list)

    def read(self, node: tree.Node) -> Typed:
        """The array that a node stands for.

        Raises
        ------
        LineError
            If it stands for none.
        """
        check_time()
        rule = _RULES.get(type(node))
        if rule is None:
            raise Unsupported(f"{type(node).__name__} is not read yet", node)
        return rule(self, node).at(node)

    def require(self, kind: Kind, value: Typed, node: tree.Node) -> None:
        """Note a condition under which the expression has a value."""
        self.requirements.append(Requirement(kind, value, node))
