"""Arguments the way TeX takes them: after this every script and fraction has its braces.

`x_i` becomes `x _ { i }`, `\\frac12` becomes `\\frac { 1 } { 2 }`, `\\hat{y_w}` becomes
`yhat _ { w }`, `u^{\\mathsf T}` becomes `u` and a transpose mark, and braces around a single sign
go away.
"""

from wordgrad.latex.alphabet import QUANTITIES, kinds
from wordgrad.latex.errors import NotUnderstood
from wordgrad.latex.layout import MAX_DEPTH
from wordgrad.latex.pieces import Piece

LABELS = (["LPAR", "NUMBER", "RPAR"], ["LPAR", "NAME", "RPAR"])
SINGLE = kinds(
    "NAME NUMBER WORD FUNC EQ ONE EXPECT BIG PLUS MINUS CDOT TIMES ODOT OTIMES REL IF OTHERWISE"
)


def is_euler(out: list[Piece]) -> bool:
    """Whether the last piece is the letter e."""
    return bool(out) and (out[-1].kind, out[-1].value) == ("NAME", "e")


def is_index_letter(name: str) -> bool:
    """Whether a prime makes another index (`w'`, `i'`) rather than a transpose (`u'`)."""
    letter = name.rstrip("'")
    return letter == "ell" or (len(letter) == 1 and letter.islower() and letter not in QUANTITIES)


class Assembler:
    """Rewrites a balanced list of pieces."""

    def __init__(self, pieces: list[Piece], text: str) -> None:
        self.pieces, self.text, self.depth = pieces, text, 0

    def run(self) -> list[Piece]:
        """The whole line, rewritten."""
        return self.walk(0, in_subscript=False)[0]

    def error(self, message: str, at: int) -> NotUnderstood:
        position = self.pieces[at].start if at < len(self.pieces) else len(self.text)
        return NotUnderstood(message, position, self.text)

    def walk(self, at: int, *, in_subscript: bool) -> tuple[list[Piece], int]:
        """Rewrite up to the brace that closes, or to the end."""
        out: list[Piece] = []
        while at < len(self.pieces) and self.pieces[at].kind != "RBRACE":
            at = self.step(at, out, in_subscript)
        return out, at

    def step(self, at: int, out: list[Piece], in_subscript: bool) -> int:
        """Rewrite one unit, append it to `out`, and tell where the next one begins."""
        piece = self.pieces[at]
        if piece.kind == "LBRACE":
            content, end = self.walk(at + 1, in_subscript=in_subscript)
            if not content:  # {} prints nothing
                return end + 1
            argument = bool(out) and out[-1].kind == "FUNC"
            alone = len(content) == 1 and content[0].kind in SINGLE and not argument
            out += content if alone else [piece, *content, self.pieces[end]]
            return end + 1
        if piece.kind in ("SUB", "SUP"):
            return self.script(at, out, in_subscript)
        if piece.kind == "FRAC":
            return self.fraction(at, out, in_subscript)
        if piece.kind == "FUNC" and piece.value == "sqrt":
            return self.root(at, out, in_subscript)
        if piece.kind == "ACCENT":
            return self.accent(at, out, in_subscript)
        if piece.kind == "PRIME" and out and out[-1].kind == "NAME":
            name = out[-1]
            if in_subscript or is_index_letter(name.value):
                name.value, name.end = name.value + "'", piece.end
                return at + 1
        out.append(piece)
        return at + 1

    def argument(self, at: int, in_subscript: bool) -> tuple[list[Piece], int]:
        """What TeX takes as the argument that begins at `at`, without braces around it."""
        self.depth += 1
        if self.depth > MAX_DEPTH:
            raise self.error(
                f"arguments nest deeper than {MAX_DEPTH}; give an inner part a name", at
            )
        found = self.bare_argument(at, in_subscript)
        self.depth -= 1
        return found

    def bare_argument(self, at: int, in_subscript: bool) -> tuple[list[Piece], int]:
        """An argument in braces, in parentheses (plain text), or of one sign."""
        if at >= len(self.pieces) or self.pieces[at].kind == "RBRACE":
            raise self.error("an argument is missing here; write it in braces", at)
        out: list[Piece] = []
        first = self.pieces[at].kind
        if first == "LBRACE":
            content, end = self.walk(at + 1, in_subscript=in_subscript)
            return content, end + 1
        if first == "LPAR":  # plain text: e^(-x)
            end = self.partner(at)
            while at < end + 1:
                at = self.step(at, out, in_subscript)
            return out[1:-1], at
        if first == "MINUS":  # plain text: e^-x
            at = self.step(at, out, in_subscript)
            if at >= len(self.pieces) or self.pieces[at].kind == "RBRACE":
                raise self.error("an argument is missing here; write it in braces", at)
        return out, self.step(at, out, in_subscript)

    def partner(self, at: int) -> int:
        """Index of the parenthesis that closes the one at `at`."""
        depth = 0
        for end in range(at, len(self.pieces)):
            depth += {"LPAR": 1, "RPAR": -1}.get(self.pieces[end].kind, 0)
            if depth == 0:
                return end
        raise self.error("this parenthesis is never closed; close it", at)

    def braced(self, content: list[Piece], at: int, end: int) -> list[Piece]:
        """The content between two braces; they have no width where the text has none."""
        if not content:
            raise self.error("the braces are empty; write something between them", at)
        left, right = content[0].start, content[-1].end
        return [Piece("LBRACE", "{", left, left), *content, Piece("RBRACE", "}", right, right)]

    def script(self, at: int, out: list[Piece], in_subscript: bool) -> int:
        """A subscript or superscript."""
        piece = self.pieces[at]
        following = at + 1 < len(self.pieces) and self.pieces[at + 1]
        if following and following.kind == "NUMBER" and len(following.value) > 1:
            message = (
                f"does {piece.value} take {following.value[0]} or {following.value}? write braces"
            )
            raise self.error(message, at + 1)
        content, end = self.argument(at + 1, piece.kind == "SUB")
        stop = self.pieces[end - 1].end
        kinds = [part.kind for part in content]
        if (
            piece.kind == "SUP"
            and kinds in (["TRANS"], ["NAME"])
            and content[0].value in ("T", "top")
        ):
            out.append(Piece("TRANS", content[0].value, piece.start, stop))
        elif piece.kind == "SUP" and kinds and set(kinds) == {"PRIME"}:
            out += content
        elif piece.kind == "SUP" and kinds in LABELS and not is_euler(out):
            raise self.error("a bracketed sign above is no power; write it as a subscript", at)
        else:
            self.attach(piece, self.braced(content, at, end), out, stop)
        return end

    def attach(self, piece: Piece, content: list[Piece], out: list[Piece], stop: int) -> None:
        """Put a script behind its base; look at what the base becomes by it."""
        if piece.kind == "SUP" and is_euler(out):
            out[-1].kind = "EULER"
        if piece.kind == "SUB" and len(out) > 1 and out[-1].kind == "PRIME":
            primes = 0
            while len(out) > primes and out[-1 - primes].kind == "PRIME":
                primes += 1
            if len(out) > primes and out[-1 - primes].kind == "NAME":
                out[-1 - primes].value += "'" * primes
                out[-1 - primes].end = out[-1].end
                del out[-primes:]
        content[-1].end = max(stop, content[-1].end)
        out += [piece, *content]

    def fraction(self, at: int, out: list[Piece], in_subscript: bool) -> int:
        """`\\frac` with its two arguments; without braces TeX takes one sign for each."""
        out.append(self.pieces[at])
        at += 1
        for _ in range(2):
            number = self.pieces[at] if at < len(self.pieces) else None
            if number is not None and number.kind == "NUMBER" and len(number.value) > 1:
                first = Piece("NUMBER", number.value[0], number.start, number.start + 1)
                rest = Piece("NUMBER", number.value[1:], number.start + 1, number.end)
                self.pieces[at : at + 1] = [first, rest]
            content, end = self.argument(at, in_subscript)
            out += self.braced(content, at, end)
            out[-1].end = max(out[-1].end, self.pieces[end - 1].end)
            at = end
        return at

    def root(self, at: int, out: list[Piece], in_subscript: bool) -> int:
        """`\\sqrt` covers one argument, so `\\sqrt x y` is clear."""
        if at + 1 < len(self.pieces) and self.pieces[at + 1].kind == "LSQB":
            raise self.error("only square roots are read; write a power", at + 1)
        content, end = self.argument(at + 1, in_subscript)
        out.append(self.pieces[at])
        out += self.braced(content, at, end)
        return end

    def accent(self, at: int, out: list[Piece], in_subscript: bool) -> int:
        """An accent joins its letter: `\\hat y` is yhat, and `\\hat{y_w}` has the subscript w."""
        piece = self.pieces[at]
        content, end = self.argument(at + 1, in_subscript)
        name = content[0] if content else piece
        if name.kind == "WORD" and piece.value == "cal":
            name.kind = "NAME"
        alone = all(p.kind in ("SUB", "LBRACE", "RBRACE") for p in scripts_only(content[1:]))
        if name.kind not in ("NAME", "EULER") or not alone:
            raise self.error("an accent stands on one letter, with or without subscripts", at)
        value = "cal" + name.value if piece.value == "cal" else name.value + piece.value
        stop = self.pieces[end - 1].end if len(content) == 1 else name.end
        out.append(Piece("NAME", value, piece.start, stop))
        out += content[1:]
        return end


def scripts_only(pieces: list[Piece]) -> list[Piece]:
    """The pieces outside braces; the two braces themselves are kept."""
    out, depth = [], 0
    for piece in pieces:
        depth -= piece.kind == "RBRACE"
        if depth == 0:
            out.append(piece)
        depth += piece.kind == "LBRACE"
    return out
