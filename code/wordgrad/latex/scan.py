"""From characters to pieces: commands, letters, numbers and signs with their places.

Styling is dropped here, Unicode and plain ASCII become the same pieces as LaTeX, and upright
words (`\\text{softmax}`, `{\\rm T}`, `exp`) are looked up.  Nothing is dropped in silence: what is
no command, letter, number or sign of the notation raises `NotUnderstood`.
"""

import re
from difflib import get_close_matches
from unicodedata import name as character_name
from unicodedata import normalize

from wordgrad.latex import alphabet as a
from wordgrad.latex.errors import NotUnderstood
from wordgrad.latex.pieces import Piece

COMMAND = re.compile(r"\\([A-Za-z]+\*?|.)", re.DOTALL)
LETTERS = re.compile(r"[A-Za-z]+")
UPRIGHT_WORD = re.compile(r"[A-Za-z]+(?:[-_][A-Za-z]+)*")
NUMBER = re.compile(r"\d+(?:\.\d+)?|\.\d+")
BOLD_ONE = re.compile(r"\s*(?:\{\s*1\s*\}|1(?!\d))")
BLACKBOARD = re.compile(r"\s*(?:\{\s*([A-Z1])\s*\}|([A-Z1]))")
TEXTUAL_SUBSCRIPT = re.compile(r"\{\s*([A-Za-z]+(?:[-_ ][A-Za-z]+)*)\s*\}")
LINE_SKIP = re.compile(r"\[\s*-?[\d.]+\s*(?:em|ex|pt|mm|cm|in)\s*\]")
ENVIRONMENT = re.compile(r"\s*\{\s*([a-zA-Z]+\*?)\s*\}(?:\[[a-z]\])?")
COLUMNS = re.compile(r"\s*\{[lcr|@{}\s\d]*?\}")
COMPOSED = {":=": ("REL", ":="), "!=": ("NEQ", "neq"), "<=": ("LE", "le"), "**": ("SUP", "^")} | {
    "=>": ("REL", r"\Rightarrow"),
    "..": ("DOTS", "dots"),
}
BOLD = ("mathbf", "boldsymbol", "bm", "pmb", "textbf")
LOSSES = ("J", "L", "calJ", "calL")
INVISIBLE = "\u200b\u200c\u200d\u2060\u2061\ufeff"


def is_textual(name: str, word: str) -> bool:
    """Whether letters in a subscript are a word (`J_{sg}`) rather than indices (`X_{wc}`)."""
    parts = re.split("[-_ ]", word)
    if any(len(part) == 1 for part in parts):
        return False
    return name in LOSSES or any(
        part in ("in", "out") or (len(part) > 2 and not set(part) <= set("ijklmn"))
        for part in parts
    )


class Scanner:
    """Walks over the text once, left to right."""

    def __init__(self, text: str) -> None:
        self.text, self.at = text, 0
        self.out: list[Piece] = []
        self.modes: list[tuple[str, bool]] = [("math", True)]  # (mode, is its brace a piece)
        self.environments: list[tuple[str, str, int]] = []  # (name, kind, start)

    def run(self) -> list[Piece]:
        """All pieces of the text."""
        while self.at < len(self.text):
            self.step()
        if self.environments:
            name, _, start = self.environments[-1]
            raise self.error(f"\\begin{{{name}}} has no \\end{{{name}}}; add it", start)
        return self.out

    def error(self, message: str, at: int | None = None) -> NotUnderstood:
        return NotUnderstood(message, self.at if at is None else at, self.text)

    def emit(self, kind: str, value: str, length: int) -> None:
        self.out.append(Piece(kind, value, self.at, self.at + length))
        self.at += length

    def last(self, back: int = 1) -> Piece:
        return self.out[-back] if len(self.out) >= back else Piece("", "", 0, 0)

    def step(self) -> None:
        """Read what begins here."""
        sign, pair = self.text[self.at], self.text[self.at : self.at + 2]
        if sign == "\\":
            self.command()
        elif sign.isspace() or sign in INVISIBLE or sign == "~":
            self.at += 1
        elif sign.isascii() and sign.isalpha():
            self.word() if self.modes[-1][0] == "upright" else self.letters()
        elif number := NUMBER.match(self.text, self.at):
            self.emit("NUMBER", number.group(), len(number.group()))
        elif pair in COMPOSED:
            length = 3 if self.text.startswith("...", self.at) else 2
            self.emit(*COMPOSED[pair], length)
        elif sign == "%":
            end = self.text.find("\n", self.at)
            self.at = len(self.text) if end < 0 else end
        elif sign in "{}$":
            self.brace(sign)
        elif sign in a.SIGN_VALUES:
            self.emit(*a.SIGN_VALUES[sign], 1)
        elif sign in a.SIGNS:
            self.emit(a.SIGNS[sign], sign, 1)
        else:
            self.unicode(sign)

    def brace(self, sign: str) -> None:
        """Braces open and close a stretch of upright text; a dollar inside it turns to math."""
        mode, shown = self.modes[-1]
        if sign == "{":
            if not self.textual_subscript():
                self.open_brace(mode)
        elif sign == "}":
            if len(self.modes) > 1:
                self.modes.pop()
            self.emit("RBRACE", "}", 1) if shown else self.skip(1)
        elif mode == "math":
            self.emit("DOLLAR", "$", 1)
        else:
            self.modes[-1] = ("dollar" if mode == "upright" else "upright", shown)
            self.at += 1

    def skip(self, length: int) -> None:
        self.at += length

    def open_brace(self, mode: str) -> None:
        self.modes.append((mode, True))
        self.emit("LBRACE", "{", 1)

    def textual_subscript(self) -> bool:
        """`_{neg-sample}` behind a name is one word."""
        found = TEXTUAL_SUBSCRIPT.match(self.text, self.at)
        name = self.last(2)
        if not found or self.last().kind != "SUB" or name.kind != "NAME":
            return False
        if not is_textual(name.value, found.group(1)):
            return False
        self.emit("WORD", re.sub("[- ]", "_", found.group(1)), found.end() - self.at)
        return True

    def letters(self) -> None:
        """A run of letters in math: a known word, a subscript, or a product of letters."""
        run = LETTERS.match(self.text, self.at).group()  # type: ignore[union-attr]
        if self.last().kind in ("SUB", "SUP"):
            return self.script_letters(run)
        if run in a.WORDS:
            return self.emit(*a.WORDS[run], len(run))
        if run == "in" and any(p.kind == "BIG" for p in self.out[-5:]):
            return self.emit("IN", "in", 2)
        if run in a.PROSE:
            raise self.error(f"“{run}” is prose; give only the formula, one line at a time")
        inside = next((w for w in a.WORDS if len(w) > 2 and w in run), None)
        if inside:
            raise self.error(f"“{run}” contains “{inside}”; put spaces around “{inside}”")
        if len(run) > 3 and run.islower():
            raise self.error(
                f"“{run}” is no word I know; put spaces between the letters of a product"
            )
        for letter in run:
            self.emit("NAME", letter, 1)
        return None

    def script_letters(self, run: str) -> None:
        """Letters straight behind `_` or `^`: TeX takes one; `y_hat` and `J_neg` are plain text."""
        name = self.last(2)
        if self.last().kind == "SUB" and name.kind == "NAME":
            word = UPRIGHT_WORD.match(self.text.replace("-", " "), self.at).group()  # type: ignore[union-attr]
            if run in ("hat", "bar", "tilde"):
                self.out.pop()
                name.value, name.end = name.value + run, self.at + len(run)
                return self.skip(len(run))
            if name.value in LOSSES and len(run) > 1:
                return self.emit("WORD", word, len(word))
            if name.value == "delta" and len(run) == 2:
                self.out.append(Piece("LBRACE", "{", self.at, self.at))
                self.emit("NAME", run[0], 1)
                self.emit("NAME", run[1], 1)
                return self.out.append(Piece("RBRACE", "}", self.at, self.at))
        return self.emit("NAME", run[0], 1)

    def word(self) -> None:
        """A run of letters in upright text."""
        run = UPRIGHT_WORD.match(self.text, self.at).group()  # type: ignore[union-attr]
        if run in a.WORDS or run.lower() in ("if", "otherwise"):
            return self.emit(*a.WORDS.get(run, a.WORDS[run.lower()]), len(run))
        if len(run) == 1 or (len(run) == 2 and run[0] == "d"):
            for letter in run:
                self.emit("NAME", letter, 1)
            return None
        value = re.sub("-", "_", run)
        if self.last().kind == "WORD" and self.last().end < self.at:
            self.last().value += "_" + value
            self.last().end = self.at + len(run)
            return self.skip(len(run))
        return self.emit("WORD", value, len(run))

    def unicode(self, sign: str) -> None:
        """A sign beyond ASCII."""
        if sign in a.GREEK_SIGNS:
            return self.emit("NAME", a.GREEK_SIGNS[sign], 1)
        for table, kind in ((a.SUPERSCRIPTS, "SUP"), (a.SUBSCRIPTS, "SUB")):
            if sign in table:
                return self.small_signs(table, kind)
        if sign in a.COMBINING and self.last().kind == "NAME":
            self.last().value += a.COMBINING[sign]
            self.last().end += 1
            return self.skip(1)
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
        self.out.append(Piece(kind, kind, self.at, self.at))
        self.out.append(Piece("LBRACE", "{", self.at, self.at))
        while self.at < len(self.text) and (sign := self.text[self.at]) in table:
            plain = table[sign]
            if plain.isdigit() and self.last().kind == "NUMBER":
                self.last().value += plain
                self.last().end += 1
                self.at += 1
            elif plain.isdigit():
                self.emit("NUMBER", plain, 1)
            else:
                self.emit(a.SIGNS.get(plain, "NAME"), plain, 1)
        self.out.append(Piece("RBRACE", "}", self.at, self.at))

    def command(self) -> None:
        """A backslash and what follows."""
        found = COMMAND.match(self.text, self.at)
        if not found:
            raise self.error("a backslash with nothing behind it; remove it")
        name = found.group(1).rstrip("*") if len(found.group(1)) > 1 else found.group(1)
        length = len(found.group())
        if name in a.COMMANDS:
            return self.emit(*a.COMMANDS[name], length)
        handler = {"begin": self.begin, "end": self.end, "\\": self.newline, "not": self.negation}
        if name in handler:
            return handler[name](length)
        self.at += length
        return self.styling(name, length)

    def styling(self, name: str, length: int) -> None:
        """A command that changes the look of what follows, or adds an accent."""
        begin = self.at - length
        if name in a.ACCENTS:
            self.out.append(Piece("ACCENT", a.ACCENTS[name], begin, self.at))
        elif name in a.BLACKBOARD:
            self.blackboard(begin)
        elif name in a.UPRIGHT:
            self.upright(name)
        elif name == "substack":
            self.out.append(Piece("SUBSTACK", name, begin, self.at))
        elif name in a.SKIPPED_WITH_ARGUMENT:
            self.skip_argument(name, begin)
        elif name not in a.SKIPPED:
            near = get_close_matches(name, [*a.COMMANDS, *a.UPRIGHT, *a.ACCENTS], 1)
            hint = f"did you mean \\{near[0]}?" if near else "use the commands of the notation page"
            raise self.error(f"\\{name} is not a command I know; {hint}", begin)
        elif name in ("left", "right") and self.text.startswith(".", self.at):
            self.at += 1
        elif name in BOLD and (one := BOLD_ONE.match(self.text, self.at)):
            self.emit("ONE", "1", one.end() - self.at)

    def upright(self, name: str) -> None:
        """`\\text{...}` opens a stretch of words; `{\\rm ...}` turns the rest of its braces."""
        brace = re.compile(r"\s*\{").match(self.text, self.at)
        if brace:
            self.at = brace.end() - 1
            if self.last().kind in ("SUB", "SUP", "FRAC", "ACCENT"):
                return self.open_brace("upright")
            self.modes.append(("upright", False))
            self.at += 1
        elif name in ("rm", "sf", "tt") and len(self.modes) > 1:
            self.modes[-1] = ("upright", self.modes[-1][1])
        return None

    def blackboard(self, begin: int) -> None:
        found = BLACKBOARD.match(self.text, self.at)
        if not found:
            raise self.error("\\mathbb takes one capital letter or 1", begin)
        letter = found.group(1) or found.group(2)
        kind = {"1": "ONE", "E": "EXPECT"}.get(letter, "NAME")
        self.emit(kind, letter, found.end() - self.at)

    def skip_argument(self, name: str, begin: int) -> None:
        """Drop `{...}` behind a command that does not change the formula."""
        found = re.compile(r"\s*\{[^{}]*(?:\{[^{}]*\}[^{}]*)*\}").match(self.text, self.at)
        if not found:
            raise self.error(f"\\{name} needs an argument in braces", begin)
        self.at = found.end()

    def newline(self, length: int) -> None:
        self.emit("NEWLINE", r"\\", length)
        if skip := LINE_SKIP.match(self.text, self.at):
            self.at = skip.end()

    def negation(self, length: int) -> None:
        equal = re.compile(r"\s*=").match(self.text, self.at + length)
        if not equal:
            raise self.error("\\not is read before = only; write \\neq")
        self.emit("NEQ", "neq", equal.end() - self.at)

    def begin(self, length: int) -> None:
        found = ENVIRONMENT.match(self.text, self.at + length)
        if not found or found.group(1) not in a.ENVIRONMENTS:
            known = ", ".join(name for name in a.ENVIRONMENTS if not name.endswith("*"))
            raise self.error(f"\\begin needs one of these environments: {known}")
        name, kind, start = found.group(1), a.ENVIRONMENTS[found.group(1)], self.at
        end = found.end()
        if name in ("array", "alignedat") and (columns := COLUMNS.match(self.text, end)):
            end = columns.end()
        if name == "array" and self.last().kind == "LSET":
            self.out.pop()
            kind = "LEFT_CASES"
        self.environments.append((name, kind, start))
        self.emit("BEGIN_" + kind.removeprefix("LEFT_"), name, end - start) if kind else None
        self.at = end

    def end(self, length: int) -> None:
        found = ENVIRONMENT.match(self.text, self.at + length)
        if not found or not self.environments or self.environments[-1][0] != found.group(1):
            due = f"\\end{{{self.environments[-1][0]}}}" if self.environments else "no \\end"
            raise self.error(f"\\end without its \\begin; here {due} can stand")
        name, kind, _ = self.environments.pop()
        if kind:
            self.emit("END_" + kind.removeprefix("LEFT_"), name, found.end() - self.at)
        self.at = found.end()
        if kind == "LEFT_CASES":
            closing = re.compile(r"\s*\\right\s*\.").match(self.text, self.at)
            if not closing:
                raise self.error("cases written with \\left\\{ end with \\right.; add it")
            self.at = closing.end()
