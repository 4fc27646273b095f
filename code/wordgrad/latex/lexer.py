"""From the reader's text to tokens with their true places, in four small steps.

scan (signs and words) -> lay_out (brackets) -> Assembler (arguments) -> Classifier (what each is).
"""

from collections.abc import Iterator

from lark.lexer import Lexer, Token

from wordgrad.latex.assemble import Assembler
from wordgrad.latex.classify import Classifier
from wordgrad.latex.commands import Scanner
from wordgrad.latex.errors import NotUnderstood
from wordgrad.latex.layout import lay_out
from wordgrad.latex.pieces import Piece

MAX_LENGTH = 4000


def pieces_of(text: str) -> list[Piece]:
    """The classified pieces of a line.

    Parameters
    ----------
    text : str
        LaTeX, Unicode or plain text; at most 4,000 characters.

    Raises
    ------
    NotUnderstood
        When a sign, word, command or bracket cannot be read.

    Examples
    --------
    >>> [(p.kind, p.value, p.start) for p in pieces_of(r"\\hat y_w'")]
    [('NAME', 'yhat', 0), ('SUB', '_', 6), ('LBRACE', '{', 7), ('NAME', 'w', 7), \
('RBRACE', '}', 8), ('PRIME', "'", 8)]
    """
    if len(text) > MAX_LENGTH:
        message = f"{len(text)} characters; a line has at most {MAX_LENGTH}: split it"
        raise NotUnderstood(message, MAX_LENGTH, text)
    pieces = lay_out(Scanner(text).run(), text)
    return [piece for piece in Classifier(Assembler(pieces, text).run(), text).run() if piece.kind]


class LineLexer(Lexer):
    """What lark asks for tokens."""

    def __init__(self, lexer_conf: object) -> None:
        del lexer_conf  # the terminals are declared in the grammar and made here

    def lex(self, text: str) -> Iterator[Token]:  # type: ignore[override]
        """The tokens of one line."""
        for piece in pieces_of(text):
            yield Token(piece.kind, piece.value, start_pos=piece.start, end_pos=piece.end)
