"""Which index a letter stands for, and what it runs over, found from how it is used.

Every letter gets a `Binder`.  While a line is read, binders collect their uses; `settle` then
fixes the sort of each or says which use does not fit.  Components are made only after that.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager

import sympy as sp

from wordgrad.calculus.sorts import VOC, WIN, Sort
from wordgrad.latex import syntax as tree
from wordgrad.meaning.binders import Binder, Make, Term, array, index_symbol
from wordgrad.meaning.faults import SortError, UnknownName, Unsupported
from wordgrad.meaning.notation import IndexFunction, Notation
from wordgrad.meaning.shapes import kronecker, over


class Scope:
    """The indices of one line.

    Parameters
    ----------
    notation : Notation
    free : mapping of name to Sort
        Sorts of free indices that are known beforehand, say from the line above.
    """

    def __init__(self, notation: Notation, free: Mapping[str, Sort] | None = None) -> None:
        self.notation = notation
        self.known = {**notation.constants, **(free or {})}
        self.stack: list[Binder] = []
        self.free: dict[str, Binder] = {}
        self.binders: list[Binder] = []
        self.links: list[tuple[Term, Term, tree.Node]] = []
        self.shadowed: list[str] = []

    # --------------------------------------------------------------------------- letters
    @contextmanager
    def binding(self, *binders: Binder) -> Iterator[None]:
        """Within the block these letters mean these binders."""
        outer = {binder.name for binder in self.stack}
        self.shadowed += [binder.name for binder in binders if binder.name in outer]
        self.binders += binders
        self.stack += binders
        try:
            yield
        finally:
            del self.stack[len(self.stack) - len(binders) :]

    def is_bound(self, name: str) -> bool:
        """Does a sum around this place bind the letter?"""
        return any(binder.name == name for binder in self.stack)

    def letter(self, name: str) -> Binder:
        """The innermost binder of the letter; a new free index if there is none."""
        for binder in reversed(self.stack):
            if binder.name == name:
                return binder
        if name in self.notation.anchors and name not in self.known:
            name = self.notation.anchors[0]
        if name not in self.free:
            symbol = index_symbol(name)
            binder = Binder(name, lambda: symbol, self.known.get(name))
            self.free[name] = binder
            self.binders.append(binder)
        return self.free[name]

    # ----------------------------------------------------------------------------- terms
    def term(self, node: tree.Node) -> Term:
        """Read an index."""
        match node:
            case tree.IndexName(name):
                quantity = self.notation.quantity(name)
                if quantity and quantity.kind == "size" and not self.is_bound(name):
                    raise SortError(f"{name} is a size, not an index", node)
                binder = self.letter(name)
                return Term(node, lambda: binder.current(), binder)
            case tree.IndexNumber(value):
                if value < 1:
                    raise SortError("indices count from 1", node)
                number = sp.Integer(value)
                return Term(node, lambda: number)
            case tree.IndexApply(name, arguments):
                return self._looked_up(node, name, arguments)
            case tree.IndexShift(anchor, offset, sign):
                if anchor not in self.notation.anchors or sign != 1:
                    raise Unsupported("a position is written c+j or t+j with -m ≤ j ≤ m", node)
                if isinstance(offset, tree.IndexNumber):
                    raise Unsupported("a fixed position has no name here; write c+j", node)
                return Term(node, self.use(offset, WIN), known=WIN)
        raise Unsupported("this cannot be read as an index", node)

    def _looked_up(self, node: tree.Node, name: str, arguments: tuple[tree.Index, ...]) -> Term:
        """`n_k`, `w_{c+j}`, and `w_t`, which is the center word itself."""
        if len(arguments) == 1 and isinstance(arguments[0], tree.IndexName):
            anchor = arguments[0].name
            if name == "w" and anchor in self.notation.anchors and not self.is_bound(anchor):
                return self.term(arguments[0])
        function = self.notation.index_functions.get(name)
        if function is None:
            raise UnknownName(
                f"no words are looked up as {name}_{{...}} here{_listed(self.notation)}", node
            )
        if len(arguments) != len(function.arguments):
            raise SortError(
                f"{name} takes {len(function.arguments)} subscripts, not {len(arguments)}", node
            )
        pairs = zip(arguments, function.arguments, strict=True)
        parts = [self.use(argument, sort) for argument, sort in pairs]
        base = array(function.name)
        return Term(node, lambda: base[tuple(part() for part in parts)], known=function.result)

    def use(self, node: tree.Node, sort: Sort) -> Make:
        """Read an index where one of this sort is needed."""
        term = self.term(node)
        if term.binder:
            term.binder.uses.append((sort, node))
        elif term.known and term.known != sort and self._reader(term.known, sort) is None:
            raise SortError(f"a {sort.noun} is needed here, not a {term.known.noun}", node)
        return lambda: self._read_as(term, sort)

    def same(self, left: tree.Node, right: tree.Node, node: tree.Node) -> Make:
        """Kronecker's delta of two indices, which must have a sort in common."""
        a, b = self.term(left), self.term(right)
        self.links.append((a, b, node))

        def delta() -> sp.Expr:
            if a.sort is None or b.sort is None or a.sort == b.sort:
                return kronecker(a.make(), b.make())
            common = b.sort if self._reader(a.sort, b.sort) else a.sort
            return kronecker(self._read_as(a, common), self._read_as(b, common))

        return delta

    def _reader(self, sort: Sort | None, wanted: Sort) -> IndexFunction | None:
        """How an index of one sort is read where another is needed: u_k as u_{n_k}."""
        name = self.notation.looked_up.get(sort) if sort else None
        function = self.notation.index_functions.get(name) if name else None
        if function is None or function.arguments != (sort,) or function.result != wanted:
            return None
        return function

    def _read_as(self, term: Term, wanted: Sort) -> sp.Expr:
        if term.sort is None or term.sort == wanted:
            return term.make()
        function = self._reader(term.sort, wanted)
        assert function is not None, "settle() has admitted a use that cannot be read"
        return array(function.name)[term.make()]

    # ----------------------------------------------------------------------------- sorts
    def settle(self) -> None:
        """Fix the sort of every index.

        Raises
        ------
        SortError
            If an index is used for two kinds of thing, or nothing tells what it runs over.
        """
        for binder in self.binders:
            binder.sort = binder.sort or self._from_uses(binder)
        for _ in self.binders:
            for a, b, _node in self.links:
                for one, other in ((a, b), (b, a)):
                    if one.binder and one.sort is None:
                        one.binder.sort = other.sort
        for a, b, _node in self.links:
            for term in (a, b):
                if term.binder and not term.binder.uses:
                    term.binder.sort = term.sort or VOC
        for binder in self.binders:
            self._check(binder)
        for a, b, node in self.links:
            if a.sort is None or b.sort is None or a.sort == b.sort:
                continue
            if not (self._reader(a.sort, b.sort) or self._reader(b.sort, a.sort)):
                raise SortError(f"cannot compare a {a.sort.noun} and a {b.sort.noun}", node)

    def _from_uses(self, binder: Binder) -> Sort | None:
        sorts = list(dict.fromkeys(sort for sort, _ in binder.uses))
        usual = self.notation.usual.get(binder.name.rstrip("'"))
        for sort in (usual, *sorts):
            if sort and all(s == sort or self._reader(sort, s) for s in sorts):
                return sort
        return sorts[0] if sorts else None

    def _check(self, binder: Binder) -> None:
        if binder.sort is None:
            node = binder.uses[0][1] if binder.uses else None
            raise SortError(f"nothing tells what the index {binder.name} runs over", node)
        for sort, node in binder.uses:
            if sort != binder.sort and self._reader(binder.sort, sort) is None:
                raise SortError(
                    f"the index {binder.name} runs over {over(binder.sort)}, "
                    f"but a {sort.noun} is needed here",
                    node,
                )


def _listed(notation: Notation) -> str:
    known = sorted(notation.index_functions)
    return f"; known: {', '.join(known)}" if known else ""
