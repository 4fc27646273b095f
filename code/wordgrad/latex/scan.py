"""From characters to pieces: numbers, braces and signs with their places.

Unicode and plain ASCII become the same pieces as LaTeX.  Nothing is dropped in silence: what is no
command, letter, number or sign of the notation raises `NotUnderstood`.  Letters are read in
`words.py`, commands in `commands.py`.
"""

import re
from abc import ABC, abstractmethod
from dataclasses import dataclass
from typing import Literal
from unicodedata import name as character_name
from unicodedata import normalize

from wordgrad.latex import alphabet as a
from wordgrad.latex.errors import NotUnderstood
from wordgrad.latex.pieces import Piece

NUMBER = re.compile(r"\d+(?:\.\d+)?|\.\d+", re.ASCII)


Mode = Literal["math", "upright", "dollar"]


@dataclass(slots=True)
class Stretch:
    """Text between braces: what letters mean there, and whether its braces are kept."""

    mode: Mode
    braces: bool
    start: int


class TextScanner(ABC):
    """Walks over the text once, left to right."""

    def __init__(self, text: str) -> None:
        self.text, self.at = text, 0
        self.out: list[Piece] = []
        self.stretches = [Stretch("math", True, 0)]

    def run(self) -> list[Piece]:
        """All pieces of the text."""
        while self.at < len(self.text):
            self.step()
        for stretch in self.stretches:
            if not stretch.braces:
                raise self.error("“{” is opened here and never closed; add “}”", stretch.start)
        return self.out

    def error(self, message: str, at: int | None = None) -> NotUnderstood:
        return NotUnderstood(message, self.at if at is None else at, self.text)

    def emit(self, kind: str, value: str, length: int) -> None:
        """A piece that begins here and is `length` characters long."""
        self.out.append(Piece(kind, value, self.at, self.at + length))
        self.at += length

    def last(self, back: int = 1) -> Piece:
        """The piece `back` places before the end, an empty one if there is none."""
        return self.out[-back] if len(self.out) >= back else Piece("", "", 0, 0)

    @abstractmethod
    def command(self) -> None:
        """A backslash and what follows."""

    @abstractmethod
    def letters(self) -> None:
        """A run of letters."""

    def step(self) -> None:
        """Read what begins here."""
        sign = self.text[self.at]
        if sign == "\\":
            self.command()
        elif sign.isspace() or sign in a.INVISIBLE or sign == "~":
            self.at += 1
        elif sign.isascii() and sign.isalpha():
            self.letters()
        elif number := NUMBER.match(self.text, self.at):
            self.emit("NUMBER", number.group(), len(number.group()))
        elif sign == "%":  # a comment
            end = self.text.find("\n", self.at)
            self.at = len(self.text) if end < 0 else end
        elif sign in "{}$":
            self.brace(sign)
        else:
            self.sign()

    def sign(self) -> None:
        """A sign of one to three characters; the longest counts."""
        for length in range(a.LONGEST_SIGN, 0, -1):
            found = self.text[self.at : self.at + length]
            if found in a.SIGNS:
                return self.emit(*a.SIGNS[found], len(found))
        return self.unicode(self.text[self.at])

    # ------------------------------------------------------------------ braces
    def brace(self, sign: str) -> None:
        """Braces open and close a stretch of text; a dollar in upright text turns to math."""
        stretch = self.stretches[-1]
        if sign == "{":
            self.open_brace(stretch.mode)
        elif sign == "}":
            if len(self.stretches) > 1:
                self.stretches.pop()
            if stretch.braces:
                self.emit("RBRACE", "}", 1)
            else:
                self.at += 1
        elif stretch.mode == "math":
            self.emit("DOLLAR", "$", 1)
        else:
            stretch.mode = "dollar" if stretch.mode == "upright" else "upright"
            self.at += 1

    def open_brace(self, mode: Mode) -> None:
        self.stretches.append(Stretch(mode, True, self.at))
        self.emit("LBRACE", "{", 1)

    # ------------------------------------------------------------------ Unicode
    def unicode(self, sign: str) -> None:
        """A sign beyond ASCII that is a letter, an accent or a small raised or lowered sign."""
        for table, kind in ((a.SUPERSCRIPTS, "SUP"), (a.SUBSCRIPTS, "SUB")):
            if sign in table:
                return self.small_signs(table, kind)
        if sign in a.COMBINING and self.last().kind == "NAME":
            self.last().value += a.COMBINING[sign]
            self.last().end = self.at = self.at + 1
            return None
        parts = normalize("NFD", sign)
        if len(parts) == 2 and parts[1] in a.COMBINING and parts[0].isascii():
            return self.emit("NAME", parts[0] + a.COMBINING[parts[1]], 1)
        plain = normalize("NFKC", sign)
        if len(plain) == 1 and plain.isascii() and plain.isalpha():
            script = "SCRIPT" in character_name(sign, "") and plain.isupper()
            return self.emit("NAME", "cal" * script + plain, 1)
        raise self.error(f"the sign “{sign}” is not part of the notation; write it in LaTeX")

    def small_signs(self, table: dict[str, str], kind: str) -> None:
        """Unicode superscripts and subscripts: `²`, `⁻¹`, `ₖ`."""
        self.out.append(Piece(kind, "^" if kind == "SUP" else "_", self.at, self.at))
        self.out.append(Piece("LBRACE", "{", self.at, self.at))
        while self.at < len(self.text) and (sign := self.text[self.at]) in table:
            plain = table[sign]
            if plain.isdigit() and self.last().kind == "NUMBER":
                self.last().value += plain
                self.last().end = self.at = self.at + 1
            elif plain.isdigit():
                self.emit("NUMBER", plain, 1)
            else:
                self.emit(a.SIGNS.get(plain, ("NAME", ""))[0], plain, 1)
        self.out.append(Piece("RBRACE", "}", self.at, self.at))
