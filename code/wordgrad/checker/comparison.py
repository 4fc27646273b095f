"""One part of a line against what it should equal, in every form and layout that is plausible."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import islice, permutations

from wordgrad.checker.conditions import under
from wordgrad.checker.said import at_sizes
from wordgrad.checker.targets import Target, renamed, renamed_assumptions
from wordgrad.checker.trees import index_names, places, put
from wordgrad.latex.printer import to_latex
from wordgrad.latex.syntax import (
    Apply,
    Big,
    Call,
    Derivative,
    Expr,
    Group,
    Line,
    Name,
    Node,
    Relation,
    Transpose,
)
from wordgrad.meaning.elaborate import elaborate_line
from wordgrad.meaning.faults import LineError
from wordgrad.meaning.notation import Notation
from wordgrad.proof.judge import judge
from wordgrad.proof.verdict import Verdict

_RANK = {"proved": 0, "agrees": 1, "layout": 2, "wrong": 3, "not_understood": 4, "ill_formed": 5}
_MOST_ASSIGNMENTS = 6


@dataclass(frozen=True, eq=False)
class Reference:
    """Something a part may be equal to, with the notation in which both are read."""

    tree: Expr
    notation: Notation

    @property
    def latex(self) -> str:
        """As shown in a report."""
        return to_latex(self.tree)


@dataclass(frozen=True, eq=False)
class Comparison:
    """The best verdict for a part, and what it was compared with."""

    verdict: Verdict
    reference: Reference


class Comparer:
    """Compares parts against the forms of one target; remembers notations made for index names.

    Parameters
    ----------
    target : Target
    notation : Notation
        That of the target, with the reader's own definitions.
    conditions : tuple of Relation
        What the reader's line says of its own indices.
    said : mapping of size to int, optional
        Sizes that the reader has given a number.
    """

    def __init__(
        self,
        target: Target,
        notation: Notation,
        conditions: tuple[Relation, ...] = (),
        said: Mapping[str, int] | None = None,
    ) -> None:
        self.target = target
        self.notation = notation
        self.conditions = conditions
        self.said = dict(said or {})
        self._under: dict[tuple[Relation, ...], Comparer] = {}
        self._notations: dict[tuple[tuple[str, str], ...], Notation] = {}
        self._turned: dict[Notation, Notation] = {}

    def under(self, conditions: tuple[Relation, ...]) -> "Comparer":
        """The same for a line that is claimed under some conditions only."""
        if conditions == self.conditions:
            return self
        if conditions not in self._under:
            self._under[conditions] = Comparer(self.target, self.notation, conditions, self.said)
        return self._under[conditions]

    def reading(self, notation: Notation) -> "Comparer":
        """The same in a notation that knows one letter more."""
        return Comparer(self.target, notation, self.conditions, self.said)

    def at_sizes(self, said: Mapping[str, int]) -> "Comparer":
        """The same for sizes of the reader's."""
        if self.said == said:
            return self
        return Comparer(self.target, self.notation, self.conditions, said)

    # ---------------------------------------------------------------------------- references
    def references(self, part: Expr) -> Iterator[Reference]:
        """The target's forms with the reader's index names, those of the right shape first."""
        free = self._free(part)
        for form in self.target.forms:
            for names in _assignments(form.slots, free):
                yield Reference(form.named(names), self._named(names))

    def subject_reference(self, subject: Expr) -> Reference:
        """A left-hand side as reference; assumptions on `w` go to the letter it uses."""
        for form in self.target.forms:
            names = _match(form.tree, subject, form.slots)
            if names is not None:
                return Reference(subject, self._named(names))
        return Reference(subject, under(self.notation, self.conditions))

    def is_target(self, subject: Expr) -> bool:
        """Is the left-hand side one of the target's forms, whatever its indices are called?"""
        return any(_match(form.tree, subject, form.slots) is not None for form in self.target.forms)

    def _named(self, names: Mapping[str, str]) -> Notation:
        assumptions = renamed_assumptions(self.notation.assumptions, names)
        if assumptions == self.notation.assumptions:
            return under(self.notation, self.conditions)
        key = tuple(sorted(names.items()))
        if key not in self._notations:
            renamed = self.notation.assuming(equal=assumptions.equal, distinct=assumptions.distinct)
            self._notations[key] = under(renamed, self.conditions)
        return self._notations[key]

    def _free(self, part: Expr) -> tuple[str, ...]:
        try:
            found = elaborate_line(Line((part,)), self.notation).free_indices
        except LineError:
            return ()
        return tuple(name for name in found if name not in self.notation.constants)

    # --------------------------------------------------------------------------- comparisons
    def best(self, part: Expr, references: Iterator[Reference]) -> Comparison | None:
        """The best verdict over the references; the first of equal rank wins."""
        found: Comparison | None = None
        for reference in references:
            verdict = self._judge(part, reference)
            if found is None or _RANK[verdict.status] < _RANK[found.verdict.status]:
                found = Comparison(verdict, reference)
            if verdict.status == "proved":
                break
        return found

    def _judge(self, part: Expr, reference: Reference) -> Verdict:
        verdict = judge(reference.tree, part, reference.notation)
        if self.said and verdict.status != "proved":
            verdict = at_sizes(part, reference.tree, reference.notation, self.said) or verdict
        if verdict.status in ("wrong", "ill_formed"):
            return self._in_other_layout(part, reference) or verdict
        return verdict

    def _in_other_layout(self, part: Expr, reference: Reference) -> Verdict | None:
        for other, message in self.other_layouts(reference):
            if judge(other.tree, part, other.notation).status == "proved":
                return Verdict("layout", message)
        for changed, message in _turned_derivatives(part):
            for tree in (reference.tree, Transpose(reference.tree)):
                if judge(tree, changed, reference.notation).status == "proved":
                    return Verdict("layout", message)
        return None

    def other_layouts(self, reference: Reference) -> Iterator[tuple[Reference, str]]:
        """The same quantity as others stack or turn it, each with a sentence that says how."""
        turned, flipped = self._other(reference.notation), Transpose(reference.tree)
        here, there = ("row", "column") if _has_rows(self.notation) else ("column", "row")
        stacked = f"right if U has one {there} per word; here it has one {here}"
        yield Reference(reference.tree, turned), stacked
        yield Reference(flipped, reference.notation), "right up to a transpose"
        yield Reference(flipped, turned), f"the transpose, if U has one {there} per word"

    def _other(self, notation: Notation) -> Notation:
        if notation not in self._turned:
            rows = _has_rows(notation)
            self._turned[notation] = notation.with_columns() if rows else notation.with_rows()
        return self._turned[notation]


def _turned_derivatives(part: Expr) -> Iterator[tuple[Expr, str]]:
    """A chain of derivatives as it is written where gradients are rows, or Jacobians turned."""
    if isinstance(part, Derivative):
        return
    found = [p for p in places(part) if isinstance(p.node, Derivative)]
    losses = [p for p in found if _is_loss(p.node)]
    for chosen, message in (
        (losses, "right if the gradient of a loss is written as a row"),
        ([p for p in found if p not in losses], "right if Jacobians are written transposed"),
    ):
        result: Node = part
        for place in reversed(chosen):
            if isinstance(place.node, Expr):
                result = put(result, place.path, Transpose(place.node))
        if chosen and len(found) > 1 and isinstance(result, Expr):
            yield result, message


def _is_loss(node: Node) -> bool:
    return (
        isinstance(node, Derivative)
        and isinstance(node.body, Name | Call | Apply | Big)
        and not (
            isinstance(node.body, Name) and node.body.name in ("theta", "yhat", "u", "v", "vhat")
        )
    )


def _has_rows(notation: Notation) -> bool:
    return not any(quantity.transposed for quantity in notation.quantities.values())


def _assignments(slots: tuple[str, ...], free: tuple[str, ...]) -> Iterator[dict[str, str]]:
    """Ways to give the slots names the reader uses, the plainest first."""
    if not slots:
        yield {}
        return
    kept = {slot: slot for slot in slots if slot in free}
    if len(kept) == len(slots):
        yield kept
        return
    if len(free) < len(slots) and any(slot.endswith("*") for slot in slots):
        return  # a form with more indices than the reader has written
    choices = permutations(free, min(len(slots), len(free)))
    for chosen in islice(choices, _MOST_ASSIGNMENTS):
        yield dict(zip(slots, chosen, strict=False))


def _match(form: Expr, subject: Expr, slots: tuple[str, ...]) -> dict[str, str] | None:
    """The reader's names for the slots, if the left-hand side is this form."""
    ours, theirs = index_names(form), index_names(subject)
    if len(ours) != len(theirs):
        return None
    names = {a: b for a, b in zip(ours, theirs, strict=True) if a in slots}
    return names if _plain(renamed(form, names)) == _plain(subject) else None


def _plain(tree: Expr) -> Expr:
    """Without what only concerns how a derivative was written."""
    while isinstance(tree, Group):
        tree = tree.operand
    if isinstance(tree, Apply) and tree.primes == 1 and isinstance(tree.argument, Name):
        return Derivative(replace(tree, primes=0), (tree.argument,))
    if isinstance(tree, Derivative):
        body = Name("J") if isinstance(tree.body, Name) and not tree.body.subscripts else tree.body
        return Derivative(body, tree.variables)
    return tree
