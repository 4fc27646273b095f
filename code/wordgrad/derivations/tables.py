"""Gradient tables: every vector by both losses, each cell the result of a derivation.

The table that the last question of the handwritten sheet asks for.  Nothing is typed in here but
which derivation stands in which cell.
"""

from dataclasses import dataclass

from wordgrad.derivations import derivation
from wordgrad.proof.derivation import Derivation

COLUMNS = ("softmax cross-entropy", "negative sampling")


@dataclass(frozen=True)
class Row:
    """One vector (or matrix) and its gradient under each loss.

    Parameters
    ----------
    name : str
        What it is, in words.
    shape : str
        Shape of the gradient, which is the shape of what it is taken by.
    cells : tuple of Derivation
        One per column of the table.
    """

    name: str
    shape: str
    cells: tuple[Derivation, ...]


@dataclass(frozen=True)
class Table:
    """Rows under common columns.

    Parameters
    ----------
    title : str
        What is differentiated.
    columns : tuple of str
        The losses.
    rows : tuple of Row
        In reading order.
    """

    title: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...]


def _row(name: str, shape: str, *ids: str) -> Row:
    return Row(name, shape, tuple(derivation(id) for id in ids))


def pair_table() -> Table:
    """Gradients of one pair: center word c, outside word o."""
    rows = (
        _row("center vector", "(d,)", "naive_vc", "neg_vc"),
        _row("vector of the outside word", "(d,)", "naive_uo", "neg_uo"),
        _row("vector of another word in the loss", "(d,)", "naive_uw_other", "neg_uk"),
        _row("any outside vector", "(d,)", "naive_uw", "neg_uw"),
        _row("all outside vectors", "(V, d)", "naive_U", "neg_U"),
    )
    return Table("One pair", COLUMNS, rows)


def window_table() -> Table:
    """Gradients of a skip-gram window: the sum over the words around the center."""
    rows = (
        _row("center vector", "(d,)", "window_vc", "window_neg_vc"),
        _row("any other center vector", "(d,)", "window_vw", "window_neg_vw"),
        _row("any outside vector", "(d,)", "window_uw", "window_neg_uw"),
        _row("all outside vectors", "(V, d)", "window_U", "window_neg_U"),
    )
    return Table("Skip-gram over a window", COLUMNS, rows)


def cbow_table(combine: str = "sum") -> Table:
    """Gradients of CBOW with the sum or the mean of the context vectors.

    Raises
    ------
    ValueError
        If `combine` is neither "sum" nor "mean".
    """
    prefixes = {"sum": ("cbow", "cbow_neg"), "mean": ("cbow_mean", "cbow_mean_neg")}
    if combine not in prefixes:
        raise ValueError(f"combine is {combine!r}; it must be 'sum' or 'mean'")
    subjects = (
        ("context", "(d,)", "vhat"),
        ("vector of a context word, all different", "(d,)", "vj"),
        ("vector of a context word that may repeat", "(d,)", "vj_repeated"),
        ("any center vector", "(d,)", "vw"),
        ("any outside vector", "(d,)", "uw"),
        ("all outside vectors", "(V, d)", "U"),
    )
    rows = tuple(
        _row(name, shape, *(f"{prefix}_{ending}" for prefix in prefixes[combine]))
        for name, shape, ending in subjects
    )
    return Table(f"CBOW, {combine} of the context vectors", COLUMNS, rows)


def gradient_tables() -> tuple[Table, ...]:
    """All tables, in the order of the book."""
    return pair_table(), window_table(), cbow_table("sum"), cbow_table("mean")
