"""What the checker says: one report per line, and one for the whole derivation."""

from dataclasses import asdict, dataclass
from typing import Any

from wordgrad.oracle.compare import Witness
from wordgrad.proof.verdict import Status

HOLDS = ("proved", "agrees", "layout")


@dataclass(frozen=True)
class Slip:
    """The single edit that makes a wrong line right.

    Parameters
    ----------
    kind : str
        Name of the slip: "sign", "wrong index", ...
    sentence : str
        What was done, in plain words.
    written, meant : str
        LaTeX of the part as written and as repaired.
    """

    kind: str
    sentence: str
    written: str
    meant: str


@dataclass(frozen=True)
class LineReport:
    """The judgement of one written line.

    Parameters
    ----------
    latex : str
        The line as given.
    status : str
        One of "proved", "agrees", "layout", "wrong", "ill_formed", "not_understood".
    message : str
        One or two plain sentences.
    reference : str
        LaTeX of what the line was compared with.
    witness : Witness or None
        Numbers at which a wrong line fails.
    slip : Slip or None
        The mistake, if a single edit repairs the line.
    repair : str
        The repaired right-hand side, empty if there is none.
    follows : bool or None
        Does it follow from the line above, also when that one is wrong?  None if there is no
        line above to compare with.
    side_conditions : tuple of str
        Where the line holds.
    remarks : tuple of str
        How letters were read, where that needed a decision.
    """

    latex: str
    status: Status
    message: str = ""
    reference: str = ""
    witness: Witness | None = None
    slip: Slip | None = None
    repair: str = ""
    follows: bool | None = None
    side_conditions: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()

    @property
    def holds(self) -> bool:
        """Is the line right, if only in another layout?"""
        return self.status in HOLDS


@dataclass(frozen=True)
class Report:
    """The judgement of a derivation.

    Parameters
    ----------
    target : str
        Id of the derivation of the book it is judged against; empty in free mode.
    assuming : dict
        The assumptions used, every key with its value.
    layout : str
        "rows" or "columns": how U is stacked.
    lines : tuple of LineReport
        In written order.
    """

    target: str
    assuming: dict[str, str]
    layout: str
    lines: tuple[LineReport, ...]

    @property
    def first_wrong(self) -> int | None:
        """Index of the first line that is wrong or ill-formed; None if there is none."""
        bad = (n for n, line in enumerate(self.lines) if line.status in ("wrong", "ill_formed"))
        return next(bad, None)

    @property
    def holds(self) -> bool:
        """Are all lines read and right?"""
        return all(line.holds for line in self.lines)

    @property
    def summary(self) -> str:
        """One sentence for the whole derivation."""
        unread = sum(line.status == "not_understood" for line in self.lines)
        note = f" {_count(unread, 'line')} could not be read." if unread else ""
        if not self.lines:
            return "There is no formula to check."
        if self.first_wrong is None:
            if unread == len(self.lines):
                return "No line could be read."
            good = len(self.lines) - unread
            return ("Every line holds." if not unread else f"{_count(good, 'line')} hold.") + note
        first = self.lines[self.first_wrong]
        name = f": {first.slip.kind}" if first.slip else ""
        last = self.lines[-1]
        lucky = " The last line is right all the same." if last.holds else ""
        return f"The first wrong line is line {self.first_wrong + 1}{name}.{lucky}{note}"

    def to_json(self) -> dict[str, Any]:
        """Plain dictionaries and lists, for `json.dumps`."""
        return {
            **asdict(self),
            "first_wrong": self.first_wrong,
            "holds": self.holds,
            "summary": self.summary,
        }


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"
