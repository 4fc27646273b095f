"""Signs of derivatives: which d is one, and which signs belong together.

A d is a differential in \\frac{d..}{d..} and d../d.. only; anywhere else it is a letter.
"""

from wordgrad.latex.alphabet import OPEN_CLOSE
from wordgrad.latex.pieces import Piece

CLOSE_OPEN = {close: open_ for open_, close in OPEN_CLOSE.items()}


class Differentials:
    """Looks around in a list of pieces; changes kinds in place and joins signs."""

    def __init__(self, pieces: list[Piece], text: str) -> None:
        self.pieces, self.text = pieces, text
        self.partner: dict[int, int] = {}

    # ------------------------------------------------------------------ looking around
    def kind(self, at: int) -> str:
        return self.pieces[at].kind if 0 <= at < len(self.pieces) else ""

    def pair(self) -> None:
        """Remember for each bracket where its partner is, in both directions."""
        self.partner.clear()
        stack: list[int] = []
        for at, piece in enumerate(self.pieces):
            if piece.kind in OPEN_CLOSE:
                stack.append(at)
            elif piece.kind in CLOSE_OPEN:
                begin = stack.pop()
                self.partner[begin], self.partner[at] = at, begin

    def after_scripts(self, at: int) -> int:
        """The place behind the primes, subscripts and superscripts that begin at `at`."""
        while self.kind(at) in ("SUB", "SUP", "PRIME", "TRANS"):
            at = self.partner[at + 1] + 1 if self.kind(at) in ("SUB", "SUP") else at + 1
        return at

    def inside(self, at: int, kinds: tuple[str, ...]) -> bool:
        """Whether the bracket at `at` holds one of these kinds, not counting inner brackets."""
        end, at = self.partner[at], at + 1
        while at < end:
            if self.kind(at) in kinds:
                return True
            at = self.partner[at] + 1 if at in self.partner else at + 1
        return False

    # ------------------------------------------------------------------ joining
    def join(self) -> None:
        """`|V|` is a size, `|j|` a distance, `, ..., ` a run; `\\partial^2` is one sign."""
        out: list[Piece] = []
        at = 0
        while at < len(self.pieces):
            kinds = [self.kind(i) for i in range(at, at + 5)]
            first = self.pieces[at]
            if kinds[:3] == ["MID", "NAME", "MID"]:
                name = self.pieces[at + 1].value
                kind = "NAME" if name[-1].isupper() else "DISTANCE"
                out.append(Piece(kind, name, first.start, self.pieces[at + 2].end))
                at += 3
            elif kinds[:3] == ["COMMA", "DOTS", "COMMA"]:
                out.append(Piece("TO", "...", first.start, self.pieces[at + 2].end))
                at += 3
            elif kinds == ["PARTIAL", "SUP", "LBRACE", "NUMBER", "RBRACE"]:
                order = self.pieces[at + 3].value
                out.append(Piece("PARTIAL_N", order, first.start, self.pieces[at + 4].end))
                at += 5
            else:
                out.append(first)
                at += 1
        self.pieces = out

    def join_slashes(self) -> None:
        """A slash and the sign of the derivative behind it are one sign."""
        out: list[Piece] = []
        for piece in self.pieces:
            if piece.kind == "PARTIAL" and out and out[-1].kind == "SLASH":
                out[-1] = Piece("OVER", "/", out[-1].start, piece.end)
            elif piece.kind == "PARTIAL" and [p.kind for p in out[-2:]] == ["SLASH", "LPAR"]:
                out.pop()
                out[-1] = Piece("OVER_OPEN", "/(", out[-1].start, piece.end)
            else:
                out.append(piece)
        self.pieces = out

    # ------------------------------------------------------------------ differentials
    def is_d(self, at: int) -> bool:
        return self.kind(at) == "NAME" and self.pieces[at].value == "d"

    def make_partial(self, at: int) -> None:
        """The d at `at` is a sign of the derivative, with its order."""
        self.pieces[at].kind, self.pieces[at].value = "PARTIAL", "1"
        if [self.kind(i) for i in range(at + 1, at + 5)] == ["SUP", "LBRACE", "NUMBER", "RBRACE"]:
            order, end = self.pieces[at + 3].value, self.pieces[at + 4].end
            self.pieces[at] = Piece("PARTIAL_N", order, self.pieces[at].start, end)
            del self.pieces[at + 1 : at + 5]
            self.pair()

    def differential_fraction(self, at: int) -> None:
        """In \\frac{d..}{d..} a d is a sign of the derivative."""
        numerator = at + 1
        denominator = self.partner[numerator] + 1
        if not (self.is_d(numerator + 1) and self.is_d(denominator + 1)):
            return
        if (
            self.kind(denominator + 2) in ("RBRACE", "SUB", "SUP")
            or self.kind(numerator + 2) == "SUB"
        ):
            return
        i = denominator + 1
        while i < self.partner[denominator]:
            if self.is_d(i) and self.kind(i + 1) != "SUB":
                self.make_partial(i)
            i = self.partner[i] + 1 if i in self.partner else i + 1
        self.make_partial(numerator + 1)

    def differential_slash(self, at: int) -> None:
        """In d../d.. a d is a sign of the derivative."""
        if not self.is_d(at + 1) or self.kind(at + 2) not in ("NAME", "FUNC"):
            return
        begin = at - 1
        if not self.is_d(begin):
            while self.kind(begin) in ("RBRACE", "RPAR", "RSQB", "TRANS", "PRIME"):
                begin = self.partner.get(begin, begin) - 1
                begin -= self.kind(begin) in ("SUB", "SUP")
            begin -= self.kind(begin) in ("NAME", "FUNC", "EULER")
        if self.is_d(begin) and begin < at:
            self.make_partial(at + 1)
            self.make_partial(begin)
