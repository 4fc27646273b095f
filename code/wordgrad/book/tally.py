"""How much was proved, and how long it took: counted while the page is built."""

from dataclasses import dataclass
from time import perf_counter

from wordgrad.book.derivations import insist
from wordgrad.book.page import Group, Page, Text, page
from wordgrad.derivations import ALL

__all__ = ["Tally", "prove_all", "show_tally"]


@dataclass(frozen=True)
class Tally:
    """What was proved.

    Parameters
    ----------
    derivations, lines : int
    seconds : float
        Wall time of the proofs, without imports.
    """

    derivations: int
    lines: int
    seconds: float


def prove_all() -> Tally:
    """Prove every line of every derivation.

    Raises
    ------
    NotProved
        If a line is not proved.
    """
    start = perf_counter()
    for chosen in ALL.values():
        insist(chosen)
    lines = sum(len(chosen.steps) for chosen in ALL.values())
    return Tally(len(ALL), lines, perf_counter() - start)


def show_tally() -> Page:
    """The tally as three numbers with their captions."""
    tally = prove_all()
    figures = (
        (f"{tally.derivations}", "derivations"),
        (f"{tally.lines}", "lines, all of them proved"),
        (f"{tally.seconds:.1f} s", "for all proofs, as this page was built"),
    )
    return page(
        Group(
            "wg-tally",
            tuple(
                Group("wg-count", (Text(number, "wg-number"), Text(caption, "wg-caption")))
                for number, caption in figures
            ),
        )
    )
