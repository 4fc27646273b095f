"""What a sign is by what stands around it: function or name, call or product, sum or letter.

The grammar sees one sign ahead only; whatever needs a longer look is decided here.
"""

from wordgrad.latex.alphabet import CALLEES, kinds
from wordgrad.latex.differentials import Differentials
from wordgrad.latex.pieces import Piece

BRACKETS = ("LPAR", "LSQB", "LSET", "LBRACE")
OPERAND = kinds(
    "NAME NUMBER WORD FUNC FUNC_OPEN EULER BIG FRAC NABLA ONE EXPECT LANGLE LNORM CALLEE"
)
RELATIONS = ("EQ", "NEQ")
SIGNS = ("PLUS", "MINUS", "CDOT", "TIMES", "ODOT")


class Classifier(Differentials):
    """Changes kinds in place; a few pieces are joined or added."""

    def run(self) -> list[Piece]:
        """The line with every kind decided."""
        self.join()
        self.pair()
        for at, piece in enumerate(self.pieces):
            if piece.kind == "FRAC":
                self.differential_fraction(at)
            elif piece.kind == "SLASH":
                self.differential_slash(at)
        for at, piece in enumerate(self.pieces):
            rule = getattr(self, "see_" + piece.kind.lower(), None)
            if rule is not None:
                rule(at, piece)
        self.join_slashes()
        return self.pieces

    # ------------------------------------------------------------------ one kind each
    def see_func(self, at: int, piece: Piece) -> None:
        """A function with a bracket behind it is a call; a bare sigma is a name."""
        behind = self.after_scripts(at + 1)
        if piece.value == "sigma" and self.kind(at + 1) == "SUB":
            piece.kind = "NAME"
        elif self.kind(behind) in BRACKETS:
            piece.kind = "FUNC_OPEN"
        elif piece.value == "sigma" and self.kind(behind) not in OPERAND:
            piece.kind = "NAME"
            primes = 0
            while self.kind(at + 1 + primes) == "PRIME":
                primes += 1
                piece.value += "'"
                piece.end = self.pieces[at + primes].end
            for prime in self.pieces[at + 1 : at + 1 + primes]:
                prime.kind = ""

    def see_name(self, at: int, piece: Piece) -> None:
        """A letter that acts on what is in the bracket behind it, or the expectation."""
        if piece.value == "E" and self.kind(at + 1) == "SUB" and self.inside(at + 2, ("SIM",)):
            piece.kind = "EXPECT"
        elif piece.value == "I":
            self.see_one(at, piece)
        elif piece.value == "delta":
            self.see_delta(at, piece)
        elif piece.value in CALLEES and self.is_call(at, piece):
            piece.kind = "CALLEE"

    def see_delta(self, at: int, piece: Piece) -> None:
        """Kronecker's delta with a condition, or with its indices in brackets."""
        self.see_one(at, piece)
        if piece.kind == "NAME" and self.kind(at + 1) == "LPAR" and self.inside(at + 1, ("COMMA",)):
            piece.kind = "CALLEE"

    def is_call(self, at: int, piece: Piece) -> bool:
        """Whether "(" behind the letter holds arguments; `p_w(...)` and `p(a+b)` are products."""
        bracket = at + 1
        if self.kind(bracket) == "SUB":
            bracket = self.partner[at + 2] + 1
            if self.kind(bracket) != "LPAR":
                return False
            subscript = self.pieces[at + 3]
            textual = subscript.kind == "WORD" or len(subscript.value) > 1
            return textual or piece.value != "p" or self.inside(bracket, ("MID",))
        if self.kind(bracket) != "LPAR":
            return False
        calculated = piece.value == "p" and self.inside(bracket, ("TRANS", *SIGNS))
        return not calculated or self.inside(bracket, ("MID",))

    def see_word(self, at: int, piece: Piece) -> None:
        if self.kind(at + 1) == "LPAR":
            piece.kind = "CALLEE"

    def see_one(self, at: int, piece: Piece) -> None:
        """An indicator when a condition is behind it; bold or transposed, the vector of ones."""
        bracket = at + 1 + (self.kind(at + 1) == "SUB")
        while self.kind(bracket) in BRACKETS and self.kind(bracket + 1) in BRACKETS:
            bracket += 1
        if self.kind(bracket) in BRACKETS and self.inside(bracket, RELATIONS):
            piece.kind = "IND"
        elif piece.kind == "ONE" or (piece.value == "1" and self.kind(at + 1) == "TRANS"):
            piece.kind, piece.value = "NAME", "ones"

    def see_number(self, at: int, piece: Piece) -> None:
        if piece.value == "1":
            self.see_one(at, piece)

    def see_lsqb(self, at: int, piece: Piece) -> None:
        """`[w = o]` alone is an indicator as well."""
        before = [self.kind(i) for i in range(at - 3, at)]
        belongs = before[-1] == "IND" or before == ["IND", "SUB", "LBRACE"]
        if not belongs and self.inside(at, RELATIONS):
            piece.kind = "IVERSON"

    def see_lpar(self, at: int, piece: Piece) -> None:
        """`- (w = o)` too, where a sign before it shows that it is no condition of the line."""
        if at and self.kind(at - 1) in SIGNS and self.inside(at, RELATIONS):
            piece.kind = "IVERSON"
            self.pieces[self.partner[at]].kind = "RSQB"
