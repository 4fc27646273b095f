"""Letters: known words, subscripts, and products of single letters."""

import re

from wordgrad.latex import alphabet as a
from wordgrad.latex.pieces import Piece
from wordgrad.latex.scan import Mode, TextScanner

LETTERS = re.compile(r"[A-Za-z]+")
UPRIGHT_WORD = re.compile(r"[A-Za-z]{2,}(?:[-_][A-Za-z]{2,})+|[A-Za-z]+")
TEXTUAL_SUBSCRIPT = re.compile(r"\{\s*([A-Za-z]+(?:[-_ ][A-Za-z]+)*)\s*\}")
SUBSCRIPT = ("SUB", "LBRACE")
EXPONENT = re.compile(r"[eE][-+]?\d")
LONG_WORDS = tuple(word for word in a.WORDS if len(word) > 2)


def is_textual(name: str, letters: str) -> bool:
    """Whether letters in a subscript are a word (`J_{sg}`) rather than indices (`X_{wc}`)."""
    parts = re.split("[-_ ]", letters)
    if any(len(part) == 1 for part in parts):
        return False
    return name in a.LOSSES or any(
        part in ("in", "out") or (len(part) > 2 and not set(part) <= set("ijklmn"))
        for part in parts
    )


class WordScanner(TextScanner):
    """Reads letters."""

    def open_brace(self, mode: Mode) -> None:
        """Read `{neg-sample}` behind `J_` as one word; other braces open a stretch of text."""
        found = TEXTUAL_SUBSCRIPT.match(self.text, self.at)
        if not found or self.last().kind != "SUB" or not self.base():
            return super().open_brace(mode)
        if not is_textual(self.base(), found.group(1)):
            return super().open_brace(mode)
        return self.emit("WORD", re.sub("[- ]", "_", found.group(1)), found.end() - self.at)

    def base(self) -> str:
        """The letter that the subscript just begun stands on; empty if it is no letter."""
        back = 2
        while self.last(back).kind == "RBRACE":
            back += 1
        return self.last(back).value if self.last(back).kind == "NAME" else ""

    def run_of(self, pattern: re.Pattern[str]) -> str:
        found = pattern.match(self.text, self.at)
        assert found is not None
        return found.group()

    def letters(self) -> None:
        """A run of letters; in math it is a known word, a subscript, or a product."""
        if self.stretches[-1].mode == "upright":
            return self.word()
        run = self.run_of(LETTERS)
        if self.last().kind in ("SUB", "SUP"):
            return self.script_letters(run)
        if self.last().kind == "NUMBER" and EXPONENT.match(self.text, self.at):
            raise self.error("write powers of ten as 10^{-3}")
        if run in a.WORDS:
            return self.emit(*a.WORDS[run], len(run))
        if run[0] == "d" and a.WORDS.get(run[1:], ("",))[0] in ("NAME", "FUNC"):
            self.emit("NAME", "d", 1)  # dtheta, dvhat, dsigma
            return self.emit(*a.WORDS[run[1:]], len(run) - 1)
        if run == "in" and any(piece.kind == "BIG" for piece in self.out[-5:]):
            return self.emit("IN", "in", 2)
        if run in a.PROSE:
            raise self.error(f"“{run}” is prose; give only the formula, one line at a time")
        inside = next((word for word in LONG_WORDS if word in run), None)
        if inside:
            raise self.error(f"“{run}” contains “{inside}”; put spaces around “{inside}”")
        if len(run) > 3 and run.islower():
            message = f"“{run}” is no word I know; put spaces between the letters of a product"
            raise self.error(message)
        for letter in run:
            self.emit("NAME", letter, 1)
        return None

    def script_letters(self, run: str) -> None:
        """Letters straight behind `_` or `^`: TeX takes one; `y_hat` and `J_neg` are plain text."""
        name = self.last(2)
        if self.last().kind == "SUB" and name.kind == "NAME":
            if run in ("hat", "bar", "tilde"):
                self.out.pop()
                name.value, name.end = name.value + run, self.at + len(run)
                self.at += len(run)
                return None
            if name.value in a.LOSSES and len(run) > 1:
                word = self.run_of(UPRIGHT_WORD).partition("-")[0]
                return self.emit("WORD", word, len(word))
            if name.value == "delta" and len(run) == 2:
                self.out.append(Piece("LBRACE", "{", self.at, self.at))
                self.emit("NAME", run[0], 1)
                self.emit("NAME", run[1], 1)
                return self.out.append(Piece("RBRACE", "}", self.at, self.at))
        if self.last().kind == "SUP" and run == "top":
            return self.emit("TRANS", "top", 3)
        return self.emit("NAME", run[0], 1)

    def word(self) -> None:
        """A run of letters in upright text."""
        run = self.run_of(UPRIGHT_WORD)
        value = run.replace("-", "_")
        if self.last().kind == "WORD":  # \text{neg sample}
            self.last().value += "_" + value
            self.last().end = self.at = self.at + len(run)
            return None
        known = run if run in a.WORDS else run.lower()
        below = self.last().kind == "SUB" or (self.last(2).kind, self.last().kind) == SUBSCRIPT
        if known in a.WORDS and not (below and a.WORDS[known][0] == "FUNC"):
            return self.emit(*a.WORDS[known], len(run))
        if len(run) == 1 or (len(run) == 2 and run[0] == "d"):  # \mathrm{dx}
            for letter in run:
                self.emit("NAME", letter, 1)
            return None
        return self.emit("WORD", value, len(run))

    def sign(self) -> None:
        """A hyphen between upright words belongs to them; other signs are read as in math."""
        hyphen = self.text[self.at] == "-" and self.last().kind == "WORD"
        if hyphen and self.stretches[-1].mode == "upright":
            self.at += 1
        else:
            super().sign()
