"""A derivation as data: a quantity, and lines of LaTeX that it equals, each with its reason."""

from dataclasses import dataclass
from itertools import pairwise

from wordgrad.meaning.notation import Notation


@dataclass(frozen=True)
class Step:
    """One line: it equals the line above.

    Parameters
    ----------
    latex : str
        The line as the page shows it, without a relation sign.
    because : str
        Why it follows from the line above: a short phrase, with `$...$` for mathematics.
    """

    latex: str
    because: str


@dataclass(frozen=True)
class Derivation:
    """A chain `quantity = step = step = ...`.

    Parameters
    ----------
    id : str
        What the book, the command line and the checker call it ("naive_vc").
    title : str
        What is derived, in words.
    notation : Notation
        How the lines are read, with the assumptions under which they hold.
    quantity : str
        LaTeX of what is being computed: the left-hand side.
    steps : tuple of Step
        In order; the last one is the result.
    assuming : str
        The assumptions in words, empty if there are none.
    """

    id: str
    title: str
    notation: Notation
    quantity: str
    steps: tuple[Step, ...]
    assuming: str = ""

    @property
    def result(self) -> str:
        """LaTeX of the last line."""
        return self.steps[-1].latex

    def pairs(self) -> list[tuple[str, str]]:
        """Each line with the one above it, as (above, line)."""
        lines = [self.quantity, *(step.latex for step in self.steps)]
        return list(pairwise(lines))
