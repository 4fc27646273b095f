"""What the checker says of each line, in one list."""

from collections.abc import Sequence

from wordgrad.checker import check_derivation


def statuses(lines: Sequence[str], target: str = "", **assuming: str) -> list[str]:
    """The status of each line."""
    report = check_derivation(lines, target, assuming=assuming, slips=False)
    return [line.status for line in report.lines]
