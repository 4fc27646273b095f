"""Proved derivations and their results; a line that is not proved cannot be shown."""

from wordgrad.book.page import Formula, Group, Page, Text, page
from wordgrad.derivations import derivation
from wordgrad.proof.derivation import Derivation
from wordgrad.proof.judge import judge_derivation

__all__ = ["NotProved", "insist", "show_derivation", "show_result"]


class NotProved(ValueError):
    """A line that was to be shown is not proved."""


def show_derivation(name: str) -> Page:
    """The derivation line by line, each with its reason and the mark of its proof.

    Parameters
    ----------
    name : str
        Id of the derivation, such as "naive_vc".

    Raises
    ------
    ValueError
        If there is no such derivation.
    NotProved
        If a line is not proved, or only under a side condition that was not declared.
    """
    chosen = derivation(name)
    insist(chosen)
    assuming = (Text(chosen.assuming, "wg-assuming"),) if chosen.assuming else ()
    steps = [
        Group(
            "wg-step",
            (
                Formula((f"{chosen.quantity} = " if number == 0 else "= ") + step.latex),
                Text(step.because, "wg-because", "✓"),
            ),
        )
        for number, step in enumerate(chosen.steps)
    ]
    return page(Group(f"wg-derivation {css_class(name)}", (*assuming, *steps)))


def css_class(name: str) -> str:
    """The class by which the page's scripts know a derivation.

    Examples
    --------
    >>> css_class("naive_vc")
    'wg-of-naive-vc'
    """
    return f"wg-of-{name.lower().replace('_', '-')}"


def result_class(name: str) -> str:
    """The class by which they know the last equation of a derivation.

    Examples
    --------
    >>> result_class("naive_vc")
    'wg-ends-naive-vc'
    """
    return css_class(name).replace("wg-of-", "wg-ends-", 1)


def show_result(name: str) -> Page:
    """Only the equation a derivation ends with: quantity = last line, proved.

    Raises
    ------
    NotProved
        If any of its lines is not proved.
    """
    chosen = derivation(name)
    insist(chosen)
    equation = Formula(f"{chosen.quantity} = {chosen.result}")
    return page(Group(f"wg-result {result_class(name)}", (equation,)))


def insist(chosen: Derivation) -> None:
    """Judge every line.

    Raises
    ------
    NotProved
        If a line is not proved, or only under an open side condition.
    """
    for step, verdict in zip(chosen.steps, judge_derivation(chosen), strict=True):
        if verdict.status != "proved" or verdict.side_conditions:
            raise NotProved(
                f"derivation {chosen.id!r}: the line {step.latex!r} is {verdict.status}"
                f"{': ' + verdict.message if verdict.message else ''}"
            )
