"""What a line depends on: the sorts of its free indices, and the arrays and tables it reads.

An index gets its sort from the places it stands in.  Where its letter is usually something else
that can be looked up (`k` a negative, read as the word `n_k`), the usual sort is taken.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from wordgrad.calculus.sorts import VOC, Sort
from wordgrad.latex import syntax
from wordgrad.meaning.notation import Notation, Quantity
from wordgrad.oracle.ranges import size_symbol
from wordgrad.oracle.values import EvaluationError


@dataclass
class Reading:
    """What was found in some lines.

    Parameters
    ----------
    notation : Notation
    uses : mapping of free index to list of Sort
        The sorts wanted where it stands.
    links : list of pairs of Index
        Indices that are compared with each other.
    quantities, functions : set of str
        Base arrays and index functions read, also by way of definitions.
    sizes : set of str
        Letters of the sizes that matter.
    largest_number, furthest_position : int
        The largest number written as an index and as a window position.
    """

    notation: Notation
    uses: dict[str, list[Sort]] = field(default_factory=dict)
    links: list[tuple[syntax.Index, syntax.Index]] = field(default_factory=list)
    quantities: set[str] = field(default_factory=set)
    functions: set[str] = field(default_factory=set)
    sizes: set[str] = field(default_factory=set)
    largest_number: int = 1
    furthest_position: int = 1

    def needs(self) -> "Needs":
        """What a world must hold, in a form that can be a key."""
        sorts = self.sorts()
        letters = {size_symbol(sort)[1] for sort in sorts.values()}
        return Needs(
            self.notation,
            tuple(sorted(sorts.items(), key=lambda item: item[0])),
            tuple(sorted(self.functions)),
            tuple(sorted(self.quantities)),
            tuple(sorted(self.sizes | letters)),
        )

    def sorts(self) -> dict[str, Sort]:
        """The sort of each free index.

        Raises
        ------
        EvaluationError
            If an index is used for two kinds of thing.
        """
        found = {name: self._from_uses(name) for name in self.uses}
        for _ in found:
            for left, right in (*self.links, *((b, a) for a, b in self.links)):
                if isinstance(left, syntax.IndexName) and found.get(left.name, VOC) is None:
                    found[left.name] = self._of(right, found)
        return {name: sort or VOC for name, sort in found.items()}

    def _from_uses(self, name: str) -> Sort | None:
        if name in self.notation.constants:
            return self.notation.constants[name]
        wanted = list(dict.fromkeys(self.uses[name]))
        for sort in (usual_sort(self.notation, name), *wanted):
            if sort and all(s in (sort, read_as(self.notation, sort)) for s in wanted):
                return sort
        if wanted:
            nouns = " and as a ".join(sort.noun for sort in wanted)
            raise EvaluationError(f"the index {name} is used as a {nouns}; use two letters")
        return None

    def _of(self, index: syntax.Index, found: Mapping[str, Sort | None]) -> Sort | None:
        if isinstance(index, syntax.IndexName):
            return found.get(index.name, self.notation.constants.get(index.name))
        if isinstance(index, syntax.IndexApply):
            function = self.notation.index_functions.get(index.function)
            return function.result if function else VOC
        return None


@dataclass(frozen=True)
class Needs:
    """What a world must hold for some lines: free indices with their sorts, and names."""

    notation: Notation
    indices: tuple[tuple[str, Sort], ...]
    functions: tuple[str, ...]
    quantities: tuple[str, ...]
    sizes: tuple[str, ...]


def usual_sort(notation: Notation, letter: str) -> Sort | None:
    """What a letter stands for unless its uses say otherwise."""
    return notation.usual.get(letter.rstrip("'"))


def read_as(notation: Notation, sort: Sort | None) -> Sort | None:
    """What an index of this sort can be read as, by looking it up; None if nothing."""
    name = notation.looked_up.get(sort) if sort else None
    return notation.index_functions[name].result if name else None


def free_name(notation: Notation, name: str) -> str:
    """The index that a free letter stands for: `t` is another name of the center `c`."""
    other = name in notation.anchors and name not in notation.constants
    return notation.anchors[0] if other else name


def selected(quantity: Quantity, count: int) -> tuple[Sort, ...]:
    """Sorts of so many subscripts; a matrix turned over takes both the other way round."""
    turned = quantity.transposed and count == 2
    return quantity.sorts[::-1] if turned else quantity.sorts[:count]


def is_center(index: syntax.Index, notation: Notation) -> bool:
    """Is this `w_c` or `w_t`, the word at the center?  (If the letter is not bound.)"""
    match index:
        case syntax.IndexApply(arguments=(syntax.IndexName(name=name),)):
            return name in notation.anchors
    return False
