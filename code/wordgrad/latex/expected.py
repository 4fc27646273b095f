"""Says in words what came, what could have come, and what to do."""

from lark import Lark, Token
from lark.exceptions import UnexpectedToken

GROUPS = {
    "a quantity": {"NAME"},
    "a number": {"NUMBER"},
    "a bracket": {"LPAR"},
    "+ or -": {"PLUS"},
    "=": {"EQ"},
    "“)”": {"RPAR"},
    "“]”": {"RSQB"},
    "“\\}”": {"RSET"},
    "“}”": {"RBRACE"},
    "“\\rangle”": {"RANGLE"},
    "“\\|”": {"RNORM"},
    "a comma": {"COMMA"},
    "“\\in”": {"IN"},
    "“&”": {"AMP"},
    "“\\\\”": {"NEWLINE"},
    "“/”": {"SLASH", "OVER"},
    "the end of the line": {"$END"},
}
HINTS = {
    "MID": "a bar is read in P(o \\mid c) and in |V| only",
    "NEQ": "\\neq is read in conditions and below sums only",
    "LE": "\\le is read below sums only",
    "IN": "\\in is read below sums only",
    "SUB": "a subscript needs something to stand on; two subscripts go into one pair of braces",
    "SUP": "a superscript needs something to stand on",
    "DOTS": "dots are read in matrices and in 1, ..., V only; write a sum",
    "LT": "< is read in 0 < |j| \\le m only",
    "END": "a full stop ends the line",
    "IF": "conditions are read inside cases only",
    "COMMA": "one formula at a time; commas separate arguments and indices only",
}


def accepted_before(token: Token, text: str, parser: Lark) -> set[str]:
    """The kinds of token that could have stood in the place of this one.

    The state in which lark stops has been reduced with the wrong token in sight and has forgotten
    some of them, so the text is read again up to there.
    """
    state = parser.parse_interactive(text)
    for earlier in state.lexer_thread.lex(state.parser_state):  # type: ignore[no-untyped-call]
        if earlier.start_pos == token.start_pos and earlier.type == token.type:
            break
        state.feed_token(earlier)
    return set(state.accepts())  # type: ignore[no-untyped-call]


def describe(error: UnexpectedToken, text: str, parser: Lark) -> tuple[str, int]:
    """The message and the place for a token that the grammar does not allow there."""
    token = error.token
    accepted = accepted_before(token, text, parser)
    allowed = [words for words, kinds in GROUPS.items() if kinds & accepted]
    if token.type == "$END":
        came, position = "the line ends", len(text.rstrip())
    else:
        position = token.start_pos or 0
        came = f"“{text[position : token.end_pos] or token}”"
    before = text[:position].rstrip()
    where = f" behind “{tail(before)}”" if before else " at the beginning"
    hint = HINTS.get(token.type, "check what is missing or too much here")
    listed = ", ".join(allowed) or "something else"
    return f"{came}{where}; allowed here: {listed}; {hint}", position


def tail(text: str) -> str:
    """The last few signs of a text, not cut inside a command."""
    start = max(len(text) - 12, 0)
    command = text.rfind("\\", 0, start + 1)
    if command >= 0 and text[command + 1 : start + 1].isalpha():
        start = command
    return text[start:]
