"""A piece: one sign of the reader's text with its kind, its value and its place."""

from dataclasses import dataclass


@dataclass(slots=True)
class Piece:
    """What the scanner makes of a stretch of text; `start` and `end` count in the reader's text."""

    kind: str
    value: str
    start: int
    end: int
