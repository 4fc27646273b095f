"""From one written line to its syntax tree, or to the place that could not be read."""

from collections.abc import Callable
from functools import lru_cache
from importlib.resources import files
from importlib.util import find_spec
from typing import TYPE_CHECKING, cast

from wordgrad.latex.errors import NotUnderstood, Refusal
from wordgrad.latex.layout import MAX_DEPTH
from wordgrad.latex.syntax import Expr, Line, Node

if TYPE_CHECKING:
    from lark import Lark

__all__ = ["NotUnderstood", "parse_expression", "parse_line", "parser_tables"]

MAX_TREE_DEPTH = 3 * MAX_DEPTH


@lru_cache(maxsize=1)
def _parser() -> "Lark":
    """The LALR parser; lark is loaded, and the tables are built, when a line is first read.

    In a browser building them takes half a second; there they come as a module (`parser_tables`).
    """
    from lark import Lark

    from wordgrad.latex.build import TreeBuilder
    from wordgrad.latex.lexer import LineLexer

    if find_spec("wordgrad.latex.tables") is None:
        return _built()
    from wordgrad.latex.tables import DATA, MEMO  # type: ignore[import-not-found]

    DATA["options"]["lexer"] = DATA["parser"]["lexer_conf"]["lexer_type"] = LineLexer
    from_tables: Callable[..., Lark] = Lark._load_from_dict  # plain data; nothing in it is run
    return from_tables(DATA, MEMO, transformer=TreeBuilder())


def parser_tables() -> str:
    """Source of a module `wordgrad.latex.tables`: the parser as this version of lark builds it.

    It is for whoever ships the package to where every second counts, and it is made anew whenever
    the grammar or lark changes.
    """
    from lark.grammar import Rule
    from lark.lexer import TerminalDef

    data, memo = _built().memo_serialize([TerminalDef, Rule])
    data["options"] |= {"lexer": None, "transformer": None}
    data["parser"]["lexer_conf"]["lexer_type"] = None
    head = '"""Made from grammar.lark; not to be changed by hand."""'
    return f"{head}\n\nDATA = {data}\nMEMO = {memo}\n"


def _built() -> "Lark":
    from lark import Lark

    from wordgrad.latex.build import TreeBuilder
    from wordgrad.latex.lexer import LineLexer

    grammar = files("wordgrad.latex").joinpath("grammar.lark").read_text(encoding="utf-8")
    return Lark(
        grammar,
        start="line",
        parser="lalr",
        lexer=LineLexer,
        transformer=TreeBuilder(),
        keep_all_tokens=True,
        maybe_placeholders=False,
    )


def _read(text: str) -> Line:
    """The line, or `NotUnderstood` with a message in words."""
    from lark.exceptions import UnexpectedToken

    from wordgrad.latex.expected import describe

    try:
        return cast(Line, _parser().parse(text))
    except Refusal as refusal:
        raise NotUnderstood(refusal.message, refusal.position, text) from None
    except UnexpectedToken as error:
        message, position = describe(error, text, _parser())
        raise NotUnderstood(message, position, text) from None


@lru_cache(maxsize=4096)
def parse_line(text: str) -> Line:
    """Read one line: expressions with relation signs between them.

    Parameters
    ----------
    text : str
        LaTeX, Unicode or plain ASCII; at most 4,000 characters, nested at most 60 deep.

    Returns
    -------
    Line
        Spans of all nodes are indices into `text`.

    Raises
    ------
    NotUnderstood
        When the line cannot be read or can be read in two ways; never another exception.

    Examples
    --------
    >>> line = parse_line(r"\\frac{d}{dx} e^x = e^x")
    >>> line.relations
    ('=',)
    >>> parse_line("u_o)")
    Traceback (most recent call last):
    wordgrad.latex.errors.NotUnderstood: “)” closes a bracket that was never opened; remove it
    u_o)
       ^
    """
    line = _read(text)
    _check_depth(line, text)
    return line


def parse_expression(text: str) -> Expr:
    """Read one expression, with no relation sign.

    Parameters
    ----------
    text : str
        As for `parse_line`.

    Returns
    -------
    Expr

    Raises
    ------
    NotUnderstood
        As `parse_line`, and when a relation sign is there.

    Examples
    --------
    >>> parse_expression(r"\\hat y_w")
    Name(name='yhat', subscripts=(IndexName(name='w'),))
    """
    line = parse_line(text)
    if line.leading or line.relations:
        position = line.span[0] if line.leading else line.parts[0].span[1]
        raise NotUnderstood(
            "one expression is wanted here, without a relation sign", position, text
        )
    return line.parts[0]


def _check_depth(line: Line, text: str) -> None:
    """Refuse trees that would exhaust the stack of whoever walks them."""
    level: list[Node] = [line]
    for _ in range(MAX_TREE_DEPTH):
        level = [child for node in level for child in node.children()]
        if not level:
            return
    message = f"the formula nests deeper than {MAX_TREE_DEPTH} levels; give an inner part a name"
    raise NotUnderstood(message, level[0].span[0], text)
