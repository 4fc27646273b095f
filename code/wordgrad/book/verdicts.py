"""One line and what the judge says of it: in signs, in words, and in numbers to recompute."""

import re

from wordgrad.book.page import Block, Formula, Group, Page, Text, page
from wordgrad.calculus.sorts import DIM, VOC
from wordgrad.derivations import derivation
from wordgrad.meaning.notation import Notation
from wordgrad.oracle.witness import Numbers, Witness
from wordgrad.proof.judge import judge
from wordgrad.proof.verdict import Verdict

__all__ = ["line_blocks", "show_judged", "witness_text"]

# status -> sign between the two sides, mark, words, class
_SAID = {
    "proved": ("=", "✓", "holds, proved for all sizes", "wg-holds"),
    "agrees": (r"\approx", "≈", "agrees at every point tried, not proved", "wg-open"),
    "layout": (r"\overset{?}{=}", "↔", "holds in the other layout", "wg-open"),
    "wrong": (r"\neq", "✗", "does not hold", "wg-fails"),
    "ill_formed": (r"\overset{?}{=}", "✗", "the shapes do not fit", "wg-fails"),
    "not_understood": (r"\overset{?}{=}", "?", "cannot be read", "wg-open"),
}


def show_judged(name: str, latex: str) -> Page:
    """A line of one's own, judged against the quantity of a derivation.

    Parameters
    ----------
    name : str
        Id of the derivation, such as "naive_vc".
    latex : str
        What its quantity is claimed to be.

    Returns
    -------
    Page
        The claim, the verdict, and for a wrong line the numbers that refute it.

    Raises
    ------
    ValueError
        If there is no such derivation.
    """
    chosen = derivation(name)
    verdict = judge(chosen.quantity, latex, chosen.notation)
    css = _SAID[verdict.status][3]
    blocks = line_blocks(chosen.quantity, latex, verdict, chosen.notation)
    return page(Group(f"wg-judged {css}", blocks))


def line_blocks(
    quantity: str, latex: str, verdict: Verdict, notation: Notation
) -> tuple[Block, ...]:
    """The claim `quantity = latex`, the verdict in words, and what it rests on."""
    sign, mark, words, css = _SAID[verdict.status]
    said = Text(f"[{mark} {words}]{{.{css}}}{_conditions(verdict)}", "wg-verdict")
    return Formula(f"{quantity} {sign} {latex}"), said, *_grounds(verdict, notation)


def _conditions(verdict: Verdict) -> str:
    return f"; {verdict.message}" if verdict.side_conditions else ""


def _grounds(verdict: Verdict, notation: Notation) -> tuple[Text, ...]:
    """Why a line is not proved: numbers for a wrong one, the message for any other."""
    if verdict.witness:
        return (Text(witness_text(verdict.witness, notation), "wg-witness"),)
    if verdict.status == "proved":
        return ()
    first, *_ = verdict.message.splitlines()  # below it, the place is marked for a terminal
    words = re.sub("“([^”]*)”", r"`\1`", first).replace("the line above", "the left side")
    return (Text(words[0].upper() + words[1:] + ".", "wg-witness"),)


def witness_text(witness: Witness, notation: Notation, quantity: str = "the left side") -> str:
    """The numbers at which a line fails, as a reader would write them down.

    Parameters
    ----------
    witness : Witness
        From `judge(quantity, line, ...)`: `left` belongs to the quantity, `right` to the line.
    notation : Notation
    quantity : str
        What the quantity is called in the sentence.

    Examples
    --------
    >>> from wordgrad.meaning.contexts import scalar
    >>> verdict = judge(r"\\sigma'(x)", r"\\sigma(x)", scalar())
    >>> witness_text(verdict.witness, scalar())
    'Take $x=2.$ Then the left side is $0.10499$ and the line gives $0.8808.$'
    """
    given = [f"{name}={n}" for name, n in (*witness.sizes.items(), *witness.indices.items())]
    for name, value in witness.inputs.items():
        given += _inputs(name, value, notation)
    stops = [","] * (len(given) - 1) + ["."]  # within the formula, so that no line begins with one
    take = " ".join(f"${one}{stop}$" for one, stop in zip(given, stops, strict=True))
    entry = f"In entry ${','.join(map(str, witness.component))}$" if witness.component else "Then"
    return (
        f"Take {take} {entry} {quantity} is ${_number(witness.left)}$ "
        f"and the line gives ${_number(witness.right)}.$"
    )


def _inputs(name: str, value: Numbers, notation: Notation) -> list[str]:
    """Vectors one by one: `u_1=(2, 0.5)`; everything else as it is."""
    sorts = next(q.sorts for q in notation.quantities.values() if q.stored_as == name)
    if sorts == (VOC, DIM) and isinstance(value, tuple):
        return [f"{name}_{word}={_written(row)}" for word, row in enumerate(value, start=1)]
    return [f"{_LETTERS.get(name, name)}={_written(value)}"]


_LETTERS = {"theta": r"\theta"}


def _written(value: Numbers) -> str:
    """Numbers in round brackets; a single one has none."""
    if not isinstance(value, tuple):
        return _number(value)
    if len(value) == 1:
        return _written(value[0])
    return f"({', '.join(map(_written, value))})"


def _number(value: float) -> str:
    return f"{value:.5g}" if value else "0"
