"""Commands of LaTeX: signs, styling, accents, upright text and environments."""

import re
from difflib import get_close_matches

from wordgrad.latex import alphabet as a
from wordgrad.latex.pieces import Piece
from wordgrad.latex.scan import Stretch
from wordgrad.latex.words import WordScanner

COMMAND = re.compile(r"\\([A-Za-z]+\*?|.)", re.DOTALL)
BRACE = re.compile(r"\s*\{")
ARGUMENT = re.compile(r"\s*\{[^{}]*(?:\{[^{}]*\}[^{}]*)*\}")
BOLD_ONE = re.compile(r"\s*(?:\{\s*1\s*\}|1(?!\d))")
CAPITAL_OR_ONE = re.compile(r"\s*(?:\{\s*([A-Z1])\s*\}|([A-Z1]))")
LINE_SKIP = re.compile(r"\[\s*-?[\d.]+\s*(?:em|ex|pt|mm|cm|in)\s*\]")
ENVIRONMENT = re.compile(r"\s*\{\s*([a-zA-Z]+\*?)\s*\}(?:\[[a-z]\])?")
COLUMNS = re.compile(r"\s*\{[lcr|@{}\s\d]*?\}")
EQUAL = re.compile(r"\s*=")
RIGHT_DOT = re.compile(r"\s*\\right\s*\.")


class Scanner(WordScanner):
    """Reads text with commands in it."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.environments: list[tuple[str, str, int]] = []  # (name, kind, start)

    def run(self) -> list[Piece]:
        """All pieces of the text."""
        out = super().run()
        if self.environments:
            name, _, start = self.environments[-1]
            raise self.error(f"\\begin{{{name}}} has no \\end{{{name}}}; add it", start)
        return out

    def command(self) -> None:
        """A backslash and what follows."""
        found = COMMAND.match(self.text, self.at)
        if not found:
            raise self.error("a backslash with nothing behind it; remove it")
        name, length = found.group(1), len(found.group())
        name = name.rstrip("*") or name
        if name in a.COMMANDS:
            return self.emit(*a.COMMANDS[name], length)
        special = {"begin": self.begin, "end": self.end, "\\": self.newline, "not": self.negation}
        if name in special:
            return special[name](length)
        if name == "_" and self.stretches[-1].mode != "upright":
            return self.emit("SUB", "_", length)
        self.at += length
        return self.styling(name, self.at - length)

    def styling(self, name: str, begin: int) -> None:
        """A command that changes the look of what follows, or adds an accent."""
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
        elif name in ("left", "right") and self.text.startswith(".", self.at):
            self.at += 1
        elif name in a.BOLD and (one := BOLD_ONE.match(self.text, self.at)):
            self.emit("ONE", "1", one.end() - self.at)
        elif name not in a.SKIPPED and name != "_":
            near = get_close_matches(name, sorted({*a.COMMANDS, *a.UPRIGHT, *a.ACCENTS}), 1)
            hint = f"did you mean \\{near[0]}?" if near else "see the page on notation"
            raise self.error(f"\\{name} is not a command I know; {hint}", begin)

    def upright(self, name: str) -> None:
        """`\\text{...}` opens a stretch of words; `{\\rm ...}` turns the rest of its braces."""
        brace = BRACE.match(self.text, self.at)
        if brace:
            self.at = brace.end() - 1
            if self.last().kind in ("SUB", "SUP", "FRAC", "ACCENT"):
                return self.open_brace("upright")
            self.stretches.append(Stretch("upright", False, self.at))
            self.at += 1
        elif name in a.UPRIGHT_SWITCHES and len(self.stretches) > 1:
            self.stretches[-1].mode = "upright"
        return None

    def blackboard(self, begin: int) -> None:
        """`\\mathbb 1`, `\\mathbb{E}`."""
        found = CAPITAL_OR_ONE.match(self.text, self.at)
        if not found:
            raise self.error("\\mathbb takes one capital letter or 1", begin)
        letter = found.group(1) or found.group(2)
        kind = {"1": "ONE", "E": "EXPECT"}.get(letter, "NAME")
        self.emit(kind, letter, found.end() - self.at)

    def skip_argument(self, name: str, begin: int) -> None:
        """Drop `{...}` behind a command that does not change the formula."""
        found = ARGUMENT.match(self.text, self.at)
        if not found:
            raise self.error(f"\\{name} needs an argument in braces", begin)
        self.at = found.end()

    def newline(self, length: int) -> None:
        """A line break, perhaps with a distance."""
        self.emit("NEWLINE", r"\\", length)
        if skip := LINE_SKIP.match(self.text, self.at):
            self.at = skip.end()

    def negation(self, length: int) -> None:
        """`\\not=`"""
        equal = EQUAL.match(self.text, self.at + length)
        if not equal:
            raise self.error("\\not is read before = only; write \\neq")
        self.emit("NEQ", r"\neq", equal.end() - self.at)

    def begin(self, length: int) -> None:
        """`\\begin{...}`: cases and matrices are kept, alignments only checked."""
        found = ENVIRONMENT.match(self.text, self.at + length)
        if not found or found.group(1) not in a.ENVIRONMENTS:
            known = ", ".join(sorted(name for name in a.ENVIRONMENTS if name[-1] != "*"))
            raise self.error(f"\\begin needs one of these environments: {known}")
        name, kind, start, end = (
            found.group(1),
            a.ENVIRONMENTS[found.group(1)],
            self.at,
            found.end(),
        )
        if name in ("array", "alignedat") and (columns := COLUMNS.match(self.text, end)):
            end = columns.end()
        if name == "array" and self.last().kind == "LSET":  # \left\{ \begin{array}
            self.out.pop()
            kind = "LEFT_CASES"
        self.environments.append((name, kind, start))
        if kind:
            self.emit("BEGIN_" + kind.removeprefix("LEFT_"), f"\\begin{{{name}}}", end - start)
        self.at = end

    def end(self, length: int) -> None:
        """`\\end{...}` of the environment that was opened last."""
        found = ENVIRONMENT.match(self.text, self.at + length)
        if not found or not self.environments or self.environments[-1][0] != found.group(1):
            due = f"\\end{{{self.environments[-1][0]}}}" if self.environments else "no \\end"
            raise self.error(f"\\end without its \\begin; here {due} can stand")
        name, kind, _ = self.environments.pop()
        if kind:
            length = found.end() - self.at
            self.emit("END_" + kind.removeprefix("LEFT_"), f"\\end{{{name}}}", length)
        self.at = found.end()
        if kind == "LEFT_CASES":
            closing = RIGHT_DOT.match(self.text, self.at)
            if not closing:
                raise self.error("cases written with \\left\\{ end with \\right.; add it")
            self.at = closing.end()
