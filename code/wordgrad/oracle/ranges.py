"""What a written range of a sum says: the sort of its index, and the values it takes."""

import re
from collections.abc import Mapping

from wordgrad.calculus.limits import TooLarge
from wordgrad.calculus.sorts import WIN, Sort
from wordgrad.latex.syntax import IndexNumber, Range
from wordgrad.meaning.notation import Notation
from wordgrad.oracle.values import EvaluationError

MOST_TERMS = 20_000  # that an evaluation adds up, in sums inside each other
_LIMIT = re.compile(r"(?P<sign>[-+]?)(?P<factor>\d*)(?P<symbol>[^\d+-]*)(?P<shift>[-+]\d+)?")


def size_symbol(sort: Sort) -> tuple[int, str]:
    """Factor and letter of a size: (1, "V"), (2, "m")."""
    factor, _, symbol = sort.size.rpartition("*")
    return int(factor or 1), symbol


def length(sort: Sort, sizes: Mapping[str, int]) -> int:
    """How many values an index of this sort has."""
    factor, symbol = size_symbol(sort)
    return factor * sizes[symbol]


def all_values(sort: Sort, sizes: Mapping[str, int]) -> list[int]:
    """Every value of an index: 1..n, and -m..m without 0 for a window position."""
    if sort == WIN:
        half = sizes[size_symbol(sort)[1]]
        return [*range(-half, 0), *range(1, half + 1)]
    return list(range(1, length(sort, sizes) + 1))


def written_sort(part: Range, notation: Notation) -> Sort | None:
    """The sort that the limits name; None for a bare index or plain numbers.

    A bare `j \\neq 0` is a window position: only there is 0 an index that could be left out.
    """
    if part.lower == part.upper == "" and IndexNumber(0) in part.excluded:
        return WIN
    for text in (part.upper, part.lower):
        symbol = _parts(text)["symbol"]
        if symbol in notation.ranges:
            return notation.ranges[symbol]
    return None


def values_of(part: Range, sort: Sort, notation: Notation, sizes: Mapping[str, int]) -> list[int]:
    """The values that the bound index takes, excluded numbers left out.

    Raises
    ------
    EvaluationError
        If a limit cannot be read.
    TooLarge
        If there are more than `MOST_TERMS` of them.
    """
    if part.lower == "" or (sort == WIN and (part.lower, part.upper) == ("1", "2m")):
        values = all_values(sort, sizes)
    else:
        lower = _limit(part.lower, notation, sizes)
        upper = _limit(part.upper, notation, sizes)
        require_few(upper - lower + 1)
        values = list(range(lower, upper + 1))
    dropped = [index.value for index in part.excluded if isinstance(index, IndexNumber)]
    return [value for value in values if value not in dropped]


def require_few(terms: int) -> None:
    """Go on only with a sum that can be added up term by term.

    Raises
    ------
    TooLarge
        If it has more than `MOST_TERMS` terms.
    """
    if terms > MOST_TERMS:
        raise TooLarge(
            f"a sum of {terms} terms; at most {MOST_TERMS} are added up: "
            "use the letters of the sizes (V, K, m), or fewer sums inside each other"
        )


def written_number(part: Range) -> int:
    """The upper limit of a range like 1..3, 1 if it is not a number."""
    return int(part.upper) if part.upper.isdecimal() else 1


def _parts(text: str) -> dict[str, str]:
    match = _LIMIT.fullmatch(text.replace(" ", ""))
    return (
        {key: value or "" for key, value in match.groupdict().items()} if match else {"symbol": ""}
    )


def _limit(text: str, notation: Notation, sizes: Mapping[str, int]) -> int:
    parts = _parts(text)
    symbol = parts["symbol"]
    if text == "" or len(parts) == 1 or (symbol and symbol not in notation.ranges):
        known = ", ".join(notation.ranges)
        raise EvaluationError(f"cannot read the limit {text!r} of a sum; known sizes are {known}")
    size = sizes[size_symbol(notation.ranges[symbol])[1]] if symbol else 1
    value = int(parts["factor"] or 1) * size
    return (-value if parts["sign"] == "-" else value) + int(parts["shift"] or 0)
