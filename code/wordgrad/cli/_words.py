"""Targets and assumptions in plain words, for `wordgrad check`."""

from collections.abc import Mapping

_WORDS = {
    ("w", "any"): "w is any word",
    ("w", "o"): "w is the outside word o",
    ("w", "not o"): "w is not the outside word o",
    ("pair_loss", "softmax"): "the loss of a pair is softmax",
    ("pair_loss", "negative_sampling"): "the loss of a pair is negative sampling",
    ("pair_loss", "either"): "the loss of a pair is softmax or negative sampling",
    ("context", "sum"): "context vectors are summed",
    ("context", "mean"): "context vectors are averaged",
    ("negatives", "any"): "negatives may repeat",
    ("negatives", "distinct"): "negatives are all different",
}


def aim(target: str, defines: bool) -> str:
    """What a derivation is judged against, in words.

    Parameters
    ----------
    target : str
        Empty if the lines have none.
    defines : bool
        Whether the lines define a loss of their own.

    Examples
    --------
    >>> aim("naive_vc", False)
    'Gradient by the center vector (target naive_vc)'
    >>> aim("", True)
    'your own definitions'
    """
    from wordgrad.derivations import derivation

    if target:
        return f"{derivation(target).title} (target {target})"
    if defines:
        return "your own definitions"
    return "no left-hand side of the book; say what it is by --target (--targets lists all)"


def assumed(target: str, layout: str, assuming: Mapping[str, str]) -> str:
    """The assumptions that make a difference to this target, as a clause; empty if none does.

    Parameters
    ----------
    target, layout, assuming
        As a `wordgrad.checker.Report` has them.

    Examples
    --------
    >>> assumed("neg_uk", "rows", {"w": "any", "negatives": "distinct"})
    'U has one row per word; negatives are all different'
    >>> assumed("sigmoid_derivative", "rows", {})
    ''
    """
    from wordgrad.checker.box import decisive
    from wordgrad.derivations import derivation

    keys = tuple(decisive(target)) if target else tuple(assuming)
    has_matrix = not target or derivation(target).notation.quantity("U") is not None
    stacked = [f"U has one {layout[:-1]} per word"] if has_matrix else []
    return "; ".join([*stacked, *(_WORDS[key, assuming[key]] for key in keys if key in assuming)])


def listed_targets() -> str:
    """All targets, grouped as in the book, one on a line."""
    from wordgrad.checker.box import groups
    from wordgrad.derivations import ALL

    width = max(map(len, ALL)) + 2
    parts = []
    for title, ids in groups().items():
        rows = (f"  {name:{width}}{ALL[name].title}" for name in ids)
        parts.append("\n".join([title, *rows]))
    return "\n\n".join(parts)
