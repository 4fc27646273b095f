"""The notation of the book as tables: shapes and definitions are those that the grammar reads."""

from dataclasses import dataclass
from typing import Literal

from wordgrad.book.page import Block, Formula, Group, Page, Text, page
from wordgrad.meaning.contexts import (
    PairLoss,
    cbow,
    naive_softmax,
    negative_sampling,
    scalar,
    scores,
    window,
)
from wordgrad.meaning.notation import Notation

__all__ = [
    "CONTEXTS",
    "SYMBOLS",
    "Context",
    "Symbol",
    "Turned",
    "in_columns",
    "shape",
    "show_definitions",
    "show_symbols",
]


@dataclass(frozen=True)
class Symbol:
    """A letter of the book.

    Parameters
    ----------
    latex : str
        As it is printed, with its usual subscript.
    words : str
        What it is.
    code : str
        Its name in the package; empty if it has none of its own.
    name : str
        Its name in the tables of the grammar; empty for an index or a function.
    columns : str
        What it is where U has one column per word, if that is another thing.
    """

    latex: str
    words: str
    code: str = ""
    name: str = ""
    columns: str = ""


SYMBOLS: dict[str, tuple[Symbol, ...]] = {
    "Sizes": (
        Symbol("V", "number of words in the vocabulary", "vocab_size", "V"),
        Symbol("d", "dimension of the vectors", "dim", "d"),
        Symbol("K", "number of negatives of one pair", "negative", "K"),
        Symbol("m", "radius of the window: it has $2m$ context words", "window", "m"),
    ),
    "Words, positions, components": (
        Symbol("c", "the center word", "center_idx"),
        Symbol("o", "the outside word", "outside_idx"),
        Symbol("w", "any word, from 1 to $V$"),
        Symbol("j", r"a position in the window, from $-m$ to $m$ without 0"),
        Symbol("w_{c+j}", "the word at position $j$", "outside_idxs[j]"),
        Symbol("k", "a negative, from 1 to $K$"),
        Symbol("n_k", "the word drawn as the $k$-th negative", "negative_idx[k]"),
        Symbol("n_{j,k}", "the same for position $j$ of a window", "negative_idxs[j, k]"),
    ),
    "Vectors": (
        Symbol("v_w", "center vector of word $w$", "center_vecs[w]", "v"),
        Symbol("u_w", "outside vector of word $w$", "outside_vecs[w]", "u"),
        Symbol(
            "U",
            "all outside vectors, one row per word",
            "outside_vecs",
            "U",
            "all outside vectors, one column per word",
        ),
        Symbol(r"\hat v", "CBOW: the context vectors as one", "context", "vhat"),
        Symbol(r"\bar u", "expected outside vector under $\\hat y$", "", "ubar"),
    ),
    "Computed from them": (
        Symbol(r"\theta_w", "score of word $w$", "scores[w]", "theta"),
        Symbol("Z", "softmax normaliser", "", "Z"),
        Symbol(r"\hat y_w", "predicted probability of word $w$", "probs[w]", "yhat"),
        Symbol("y_w", "the truth: 1 for the right word, 0 for others", "target[w]", "y"),
        Symbol("b_w", "how often $w$ occurs in the window", "", "b"),
        Symbol("r_w", "how often $w$ was drawn as a negative", "", "r"),
        Symbol("J", "the loss, in nats", "loss", "J"),
        Symbol("x", "a real number", "x", "x"),
        Symbol("s", "a number added to all scores", "", "s"),
    ),
    "Functions and signs": (
        Symbol(r"\sigma(x)", r"logistic function, $\frac{1}{1+e^{-x}}$", "sigmoid"),
        Symbol(r"\operatorname{softmax}(\theta)", "scores to probabilities", "softmax"),
        Symbol(r"\log x", "natural logarithm"),
        Symbol(r"\delta_{ij}", "1 if $i=j$, otherwise 0"),
        Symbol(r"\mathbb 1[\cdot]", "1 if the statement holds, otherwise 0"),
        Symbol(r"a\odot b", "product entry by entry", "a * b"),
        Symbol(r"a^\top", "transpose: a column becomes a row", "a.T"),
        Symbol("F(w_{c+j}, v_c)", "loss of the pair at position $j$", "pair_loss"),
        Symbol(r"P(w\mid c)", r"another way to write $\hat y_w$"),
    ),
}


@dataclass(frozen=True)
class Context:
    """Where a letter has its meaning: a subject, perhaps one of its variants, and the grammar's
    tables for it."""

    subject: str
    notation: Notation
    loss: str = ""
    combine: str = ""

    @property
    def variants(self) -> tuple[str, ...]:
        """What tells it from other contexts with the same subject."""
        return tuple(variant for variant in (self.combine, self.loss) if variant)


_LOSSES: tuple[PairLoss, ...] = ("softmax", "negative_sampling")
_COMBINE: tuple[Literal["sum", "mean"], ...] = ("sum", "mean")

CONTEXTS = (
    Context("numbers", scalar()),
    Context("scores", scores()),
    Context("a pair", naive_softmax(), "softmax"),
    Context("a pair", negative_sampling(), "negative sampling"),
    *(Context("a window", window(loss), loss.replace("_", " ")) for loss in _LOSSES),
    *(
        Context("CBOW", cbow(loss, combine), loss.replace("_", " "), combine)
        for combine in _COMBINE
        for loss in _LOSSES
    ),
)


# -------------------------------------------------------------------------------- the letters
def show_symbols() -> Page:
    """Every letter: what it is, the shape the grammar gives it, its name in the code."""
    parts: list[Block] = []
    for title, symbols in SYMBOLS.items():
        parts.append(Text(f"**{title}**", "wg-title"))
        parts += [_row(symbol) for symbol in symbols]
    return page(Group("wg-rows wg-symbols", tuple(parts)))


def _row(symbol: Symbol) -> Group:
    aside = [shape(symbol), f"`{symbol.code}`" if symbol.code else ""]
    classes = ("wg-shape", "wg-in-code")
    parts = [Text(text, css) for text, css in zip(aside, classes, strict=True) if text]
    letter, words = Text(f"${symbol.latex}$", "wg-letter"), Text(symbol.words, "wg-words")
    return Group("wg-row", (letter, words, *parts))


@dataclass(frozen=True)
class Turned:
    """A letter where U has one column per word: what it is, its shape, its name in the code."""

    words: str
    shape: str
    code: str


def in_columns(symbol: Symbol) -> Turned | None:
    """The letter in columns; None if it is the same there.

    Examples
    --------
    >>> in_columns(Symbol("U", "in rows", "outside_vecs", "U", "in columns"))
    Turned(words='in columns', shape='`(d, V)`', code='outside_vecs.T')
    """
    if not symbol.columns:
        return None
    return Turned(symbol.columns, shape(symbol, columns=True), f"{symbol.code}.T")


def shape(symbol: Symbol, columns: bool = False) -> str:
    """Shape of a letter with the subscripts it is shown with; empty if it is no quantity.

    Examples
    --------
    >>> shape(Symbol("u_w", "", name="u")), shape(Symbol("U", "", name="U"))
    ('`(d,)`', '`(V, d)`')
    """
    if not symbol.name:
        return ""
    notations = (context.notation for context in CONTEXTS)
    found = (
        (one.with_columns() if columns else one).quantities.get(symbol.name) for one in notations
    )
    quantity = next(quantity for quantity in found if quantity)
    sizes = [sort.size for sort in quantity.sorts[symbol.latex.count("_") :]]
    if quantity.transposed:
        sizes = sizes[::-1]
    if not sizes:
        return "whole number" if quantity.kind == "size" else "number"
    return f"`({', '.join(sizes)}{',' if len(sizes) == 1 else ''})`"


# ---------------------------------------------------------------------------- the definitions
def show_definitions() -> Page:
    """What the computed letters stand for, and where: read from the tables of the grammar."""
    rows = (
        Group("wg-row", (Formula(f"{left} = {right}"), Text(_where(left, contexts), "wg-where")))
        for (left, right), contexts in _definitions().items()
    )
    return page(Group("wg-rows wg-definitions", tuple(rows)))


def _definitions() -> dict[tuple[str, str], list[Context]]:
    """Both sides of each definition, and the contexts that have it."""
    found: dict[tuple[str, str], list[Context]] = {}
    for symbol in (symbol for symbols in SYMBOLS.values() for symbol in symbols):
        for context in CONTEXTS:
            both = _definition(symbol, context.notation)
            if both:
                found.setdefault(both, []).append(context)
    return found


def _definition(symbol: Symbol, notation: Notation) -> tuple[str, str] | None:
    quantity = notation.quantities.get(symbol.name)
    if quantity and quantity.definition:
        letter = symbol.latex.partition("_")[0]
        below = "".join(f"_{formal}" for formal in quantity.formals)
        return letter + below, quantity.definition
    call = notation.calls.get(symbol.latex.partition("(")[0])
    if call and symbol.latex.endswith(")"):
        return symbol.latex, call.definition
    return None


def _where(left: str, contexts: list[Context]) -> str:
    """The subjects, each with its variant if not all of its variants share the definition."""
    having = {sides: found for sides, found in _definitions().items() if sides[0] == left}
    if len(having) == 1:
        return "everywhere"
    every = [context for found in having.values() for context in found]
    return "; ".join(
        _subject(
            [context for context in contexts if context.subject == subject],
            [context for context in every if context.subject == subject],
        )
        for subject in dict.fromkeys(context.subject for context in contexts)
    )


def _subject(here: list[Context], every: list[Context]) -> str:
    """The subject with the variants that all of `here` share and not all of `every` do."""
    telling = [
        variant
        for variant in here[0].variants
        if all(variant in context.variants for context in here)
        and not all(variant in context.variants for context in every)
    ]
    return ", ".join([here[0].subject, *telling])
