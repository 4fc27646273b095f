"""How names, indices and limits are written in LaTeX: the way back from the tree's plain names."""

import re

from wordgrad.latex.alphabet import GREEK, LOSSES, WORDS
from wordgrad.latex.syntax import (
    Index,
    IndexApply,
    IndexName,
    IndexNumber,
    IndexShift,
    Range,
    Relation,
)

ACCENTS = ("hat", "bar", "tilde")
SPECIAL = {"ones": r"\mathbf{1}", "ell": r"\ell", "dots": r"\dots"}
BOUND_PARTS = re.compile(r"[A-Za-z_]+|\d+|[-+]")


def letter(name: str) -> str:
    """A name without its textual subscript: `yhat`, `theta`, `calV`, `w'`, `loss`."""
    plain = name.rstrip("'")
    primes = name[len(plain) :]
    if plain in SPECIAL:
        return SPECIAL[plain] + primes
    if len(plain) == 1:
        return name
    if plain in GREEK:
        return f"\\{plain}{primes}"
    for accent in ACCENTS:
        stem = plain.removesuffix(accent)
        if stem != plain and is_letter(stem):
            return f"\\{accent}{{{letter(stem)}}}{primes}"
    if plain.startswith("cal") and len(plain) == 4:
        return rf"\mathcal{{{plain[3]}}}{primes}"
    return rf"\text{{{plain.replace('_', '-')}}}{primes}"


def is_letter(name: str) -> bool:
    """Whether a name is a letter with accents rather than a word."""
    if not name:
        return False
    if len(name) == 1 or name in GREEK or name == "ell":
        return True
    if name.startswith("cal") and len(name) == 4:
        return True
    return any(name.endswith(a) and is_letter(name.removesuffix(a)) for a in ACCENTS)


def spell(name: str, indices: tuple[Index, ...] = ()) -> str:
    """A name with its subscripts.

    Parameters
    ----------
    name : str
        As in the tree: `yhat`, `J_neg`.
    indices : tuple of Index

    Returns
    -------
    str

    Examples
    --------
    >>> spell("J_neg", (IndexName("k"),))
    'J_{\\\\text{neg},k}'
    >>> spell("yhat", (IndexApply("n", (IndexName("k"),)),))
    '\\\\hat{y}_{n_k}'
    """
    base, _, word = name.partition("_")
    if name in WORDS or not is_letter(base.rstrip("'")):
        base, word = name, ""
    below = [upright(word)] if word else []
    below += [index_latex(index) for index in indices]
    if not below:
        return letter(base)
    if len(below) == 1 and len(below[0]) == 1:
        return f"{letter(base)}_{below[0]}"
    tight = len(below) == 2 and all(len(part) == 1 and part.isalpha() for part in below)
    separator = "" if tight and base not in LOSSES and below != ["i", "n"] else ","
    return f"{letter(base)}_{{{separator.join(below)}}}"


def upright(word: str) -> str:
    """A textual subscript; a single letter needs no `\\text`."""
    return letter(word) if is_letter(word) else rf"\text{{{word.replace('_', '-')}}}"


def index_latex(index: Index) -> str:
    """An index: `w`, `n_k`, `c+j`."""
    if isinstance(index, IndexName):
        return letter(index.name)
    if isinstance(index, IndexNumber):
        return str(index.value)
    if isinstance(index, IndexApply):
        return spell(index.function, index.arguments)
    assert isinstance(index, IndexShift)
    sign = "+" if index.sign == 1 else "-"
    return f"{letter(index.anchor)}{sign}{index_latex(index.offset)}"


def relation_latex(relation: Relation) -> str:
    """`w = o`, `w \\neq o`."""
    sign = "=" if relation.equal else r"\neq"
    return f"{index_latex(relation.left)} {sign} {index_latex(relation.right)}"


def bound_latex(bound: str) -> str:
    """A limit: `-m`, `2m`, `calV`."""
    parts = BOUND_PARTS.findall(bound)
    return "".join(letter(part) if part[0].isalpha() else part for part in parts)


def limits_latex(ranges: tuple[Range, ...]) -> str:
    """The limits of a sum or product."""
    if len(ranges) == 1:
        (only,) = ranges
        simple = only.lower and only.upper and not only.lower.startswith("-")
        if simple:
            excluded = "".join(f", {exclusion(only.name, i)}" for i in only.excluded)
            upper = bound_latex(only.upper)
            return f"_{{{letter(only.name)}={bound_latex(only.lower)}{excluded}}}^{{{upper}}}"
    inside = ", ".join(range_latex(item) for item in ranges)
    return f"_{{{inside}}}" if inside else ""


def range_latex(item: Range) -> str:
    """One range, all of it below the operator."""
    name, excluded = letter(item.name), list(item.excluded)
    if item.lower:
        start = rf"{bound_latex(item.lower)} \le {name} \le {bound_latex(item.upper)}"
    elif item.upper:
        start = rf"{name} \in {bound_latex(item.upper)}"
    elif excluded:
        start = exclusion(item.name, excluded.pop(0))
    else:
        start = name
    return "".join([start, *(f", {exclusion(item.name, other)}" for other in excluded)])


def exclusion(name: str, other: Index) -> str:
    """`j \\neq 0`"""
    return rf"{letter(name)} \neq {index_latex(other)}"
