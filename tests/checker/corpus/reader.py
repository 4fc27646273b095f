"""Reading the corpus: text files of derivations as typed, with a NumPy value for each line.

A derivation starts with a head line::

    @ id | target | key=value | ...

with the keys `layout` (rows if absent), `slip` (what went wrong first, by name; names separated
by "/" are equally good) and those of `assuming`.  Then come the lines as a reader would type them.
A line of formula is followed by what its right-hand side is worth, indented and after "~", one for
each member of a chain `a = b = c`.  A line that states something of its own, rather than the
quantity of the derivation, is given as `~ left :: right`.  A typed line without a value is prose.
Lines that start with "# " are comments of ours.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from zlib import crc32

FOLDER = Path(__file__).parent
HELD_OUT = 7  # every seventh derivation, by the checksum of its id
UNSEEN = "unseen.txt"  # and all of these
GUARDS = "strangers.txt"  # and none of these: chosen because they were judged rightly
Value = str  # a NumPy expression in the words of `vocabulary` and `points`


@dataclass(frozen=True)
class Formula:
    """A typed line that says something.

    Parameters
    ----------
    latex : str
        As typed.
    values : tuple of str
        What its members are worth.
    left : str or None
        What they are compared with; None for the target of the derivation.
    """

    latex: str
    values: tuple[Value, ...]
    left: Value | None = None


@dataclass(frozen=True, eq=False)
class Case:
    """One derivation.

    Parameters
    ----------
    id, target, layout : str
    assuming : mapping
        What is passed to the checker; the rest is its defaults.
    slips : tuple of str
        Names that fit the first wrong line, empty if none is claimed.
    typed : tuple of str
        All lines, prose included.
    formulas : tuple of Formula
    file : str
    """

    id: str
    target: str
    layout: str
    assuming: Mapping[str, str]
    slips: tuple[str, ...]
    typed: tuple[str, ...]
    formulas: tuple[Formula, ...]
    file: str

    @property
    def held_out(self) -> bool:
        """Is it kept for measuring, and not looked at while the checker is improved?"""
        by_chance = crc32(self.id.encode()) % HELD_OUT == 0
        return self.file == UNSEEN or (self.file != GUARDS and by_chance)


@cache
def corpus() -> tuple[Case, ...]:
    """All derivations, in the order of the files."""
    return tuple(case for path in sorted(FOLDER.glob("*.txt")) for case in _cases(path))


def _cases(path: Path) -> Iterator[Case]:
    head, body = "", list[str]()
    for text in [*path.read_text(encoding="utf-8").splitlines(), "@"]:
        if text.startswith("@"):
            if head:
                yield _case(head, body, path.name)
            head, body = text, []
        elif text.strip() and not text.startswith("# "):
            body.append(text)


def _case(head: str, body: list[str], file: str) -> Case:
    name, target, *options = (part.strip() for part in head[1:].split("|"))
    pairs = (option.partition("=") for option in options)
    chosen = {key.strip(): value.strip() for key, _, value in pairs}
    layout, slip = chosen.pop("layout", "rows"), chosen.pop("slip", "")
    typed: list[str] = []
    values: list[list[str]] = []
    for text in body:
        if text.startswith("    ~"):
            values[-1].append(text.strip().removeprefix("~").strip())
        else:
            typed.append(text)
            values.append([])
    formulas = tuple(
        _formula(latex, given) for latex, given in zip(typed, values, strict=True) if given
    )
    slips = tuple(part.strip() for part in slip.split("/") if part)
    return Case(name, target, layout, chosen, slips, tuple(typed), formulas, file)


def _formula(latex: str, given: list[str]) -> Formula:
    left, found, right = given[0].partition("::")
    texts = [right, *given[1:]] if found else given
    values = tuple(text.strip() for text in texts)
    return Formula(latex, values, left.strip() if found else None)
