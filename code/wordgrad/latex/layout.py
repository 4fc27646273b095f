"""Brackets that belong together, and what only lays a line out: alignment, line breaks, dollars."""

from wordgrad.latex.alphabet import OPEN_CLOSE, kinds
from wordgrad.latex.errors import NotUnderstood
from wordgrad.latex.pieces import Piece

MAX_DEPTH = 60
CLOSING = frozenset(OPEN_CLOSE.values())
EDGE = frozenset({"DOLLAR", "END", "COMMA", "SEMI", "AMP", "NEWLINE"})
CONTINUES = kinds("EQ REL PLUS MINUS CDOT TIMES ODOT OTIMES SLASH COMMA")


def lay_out(pieces: list[Piece], text: str) -> list[Piece]:
    """Check the brackets and drop the layout.

    Raises
    ------
    NotUnderstood
        When a bracket has no partner, brackets nest deeper than 60, or a line break stands
        between two expressions.
    """
    return pair_brackets(trim(pieces, text), text)


def trim(pieces: list[Piece], text: str) -> list[Piece]:
    """Without dollars and punctuation at the ends of the line."""
    begin, end = 0, len(pieces)
    while end > begin and pieces[end - 1].kind in EDGE:
        end -= 1
    while begin < end and pieces[begin].kind in ("DOLLAR", "AMP", "NEWLINE"):
        begin += 1
    if begin == end:
        raise NotUnderstood(
            "the line is empty; write a formula such as J = -\\log \\hat y_o", 0, text
        )
    kept = []
    for piece, following in zip(pieces[begin:end], [*pieces[begin + 1 : end], None], strict=True):
        if piece.kind == "DOLLAR":
            raise NotUnderstood("a $ inside a line; give one formula at a time", piece.start, text)
        closes = following is not None and following.kind in ("NEWLINE", "END_CASES", "END_MATRIX")
        if piece.kind in ("END", "COMMA", "SEMI") and closes:
            continue
        if piece.kind == "END":
            message = (
                f"“{piece.value}” ends a line, but the line goes on; remove it or split the line"
            )
            raise NotUnderstood(message, piece.start, text)
        kept.append(piece)
    return kept


def pair_brackets(pieces: list[Piece], text: str) -> list[Piece]:
    """Match brackets with a stack; inside `cases` and matrices `&` and `\\\\` are kept."""
    stack: list[Piece] = []
    out: list[Piece] = []
    for at, piece in enumerate(pieces):
        if piece.kind == "NORM":
            piece.kind = "RNORM" if stack and stack[-1].kind == "LNORM" else "LNORM"
        stacked = is_stacked(pieces, at)
        if piece.kind in OPEN_CLOSE:
            stack.append(Piece("SUBARRAY" if stacked else piece.kind, piece.value, piece.start, at))
            if len(stack) > MAX_DEPTH:
                message = f"brackets nest deeper than {MAX_DEPTH}; give an inner part a name"
                raise NotUnderstood(message, piece.start, text)
            if stacked:
                continue
        elif piece.kind in CLOSING:
            opened = close(stack, piece, text)
            if opened.kind == "SUBARRAY":
                continue
        elif piece.kind in ("AMP", "NEWLINE"):
            separator(pieces, at, stack, out, text)
            continue
        if piece.kind != "SUBSTACK":
            out.append(piece)
    if stack:
        opened = stack[-1]
        due = "its partner" if opened.kind == "SUBARRAY" else shown(OPEN_CLOSE[opened.kind])
        message = f"“{opened.value}” is opened here and never closed; add {due}"
        raise NotUnderstood(message, opened.start, text)
    return out


def is_stacked(pieces: list[Piece], at: int) -> bool:
    """Whether this opens the lines below a sum: `\\substack{` or an array in a subscript."""
    before = [piece.kind for piece in pieces[max(0, at - 2) : at]]
    kind = pieces[at].kind
    return (kind == "LBRACE" and before[-1:] == ["SUBSTACK"]) or (
        kind == "BEGIN_MATRIX" and before == ["SUB", "LBRACE"]
    )


def close(stack: list[Piece], piece: Piece, text: str) -> Piece:
    """Take the bracket from the stack that this piece closes."""
    if not stack:
        message = f"{shown(piece.kind)} closes a bracket that was never opened; remove it"
        raise NotUnderstood(message, piece.start, text)
    opened = stack.pop()
    due = OPEN_CLOSE.get(opened.kind)
    if due is not None and due != piece.kind:
        message = (
            f"“{opened.value}” is open and {shown(piece.kind)} comes; close it with {shown(due)}"
        )
        raise NotUnderstood(message, piece.start, text)
    return opened


def shown(kind: str) -> str:
    """How a closing bracket is written, in quotation marks."""
    signs = {"RPAR": ")", "RSQB": "]", "RSET": "\\}", "RBRACE": "}", "RANGLE": "\\rangle"}
    signs |= {"RNORM": "\\|", "END_CASES": "\\end{cases}", "END_MATRIX": "\\end{bmatrix}"}
    return f"“{signs[kind]}”"


def separator(
    pieces: list[Piece], at: int, stack: list[Piece], out: list[Piece], text: str
) -> None:
    """Keep, translate or drop one `&` or `\\\\`."""
    piece = pieces[at]
    inside = next((p.kind for p in reversed(stack) if p.kind in ("SUBARRAY", *STRUCTURES)), "")
    if inside in STRUCTURES:
        if not (piece.kind == "NEWLINE" and pieces[at + 1].kind in ("END_CASES", "END_MATRIX")):
            out.append(piece)
    elif inside == "SUBARRAY" and piece.kind == "NEWLINE":
        if out and out[-1].kind != "COMMA" and pieces[at + 1].kind not in CLOSING:
            out.append(Piece("COMMA", ",", piece.start, piece.end))
    elif piece.kind == "NEWLINE":
        following = next(p for p in pieces[at + 1 :] if p.kind not in ("AMP", "NEWLINE"))
        if out and out[-1].kind not in CONTINUES and following.kind not in CONTINUES:
            message = "a line break between two formulas; give one line at a time"
            raise NotUnderstood(message, piece.start, text)


STRUCTURES = ("BEGIN_CASES", "BEGIN_MATRIX")
