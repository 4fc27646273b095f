"""Questions and answers as JSON, for the box on the book's pages in which a reader checks lines.

The page's worker calls `answer` with what stands in the box; the build asks for `choices`, which
fill the box's menus. A question is data: it is parsed and never executed.
"""

import json
import math
from collections.abc import Iterator
from typing import Any

from wordgrad.checker.assumptions import ALLOWED, LAYOUTS, readings
from wordgrad.checker.check import check_derivation
from wordgrad.checker.document import Passage, passages
from wordgrad.checker.matching import check_passage
from wordgrad.checker.report import Report
from wordgrad.derivations import (
    ALL,
    cbow,
    naive_softmax,
    negative_sampling,
    optimum,
    sigmoid,
    softmax,
    window,
)
from wordgrad.latex.errors import NotUnderstood
from wordgrad.latex.parser import parse_line
from wordgrad.latex.printer import to_latex

__all__ = ["MOST_CHARACTERS", "answer", "choices", "decisive", "groups"]

MOST_CHARACTERS = 10_000
# Heading of the chapter that shows them (and, behind a colon, of its part) -> where they stand.
CHAPTERS = {
    "The sigmoid": sigmoid,
    "Softmax and cross-entropy": softmax,
    "The naive softmax loss": naive_softmax,
    "Negative sampling": negative_sampling,
    "From a pair to a window: skip-gram": window,
    "From a pair to a window: CBOW": cbow,
    "What the vectors learn": optimum,
}


def answer(question: str) -> str:
    """Judge what stands in the box.

    Parameters
    ----------
    question : str
        A JSON object with "text" and, if they are not the defaults, "target", "layout" and
        "assuming" as for `check_derivation`.  Without a target, it is found by the left-hand side.

    Returns
    -------
    str
        A JSON object.  "derivations" is what `wordgrad check --json` prints for a `.txt` file with
        this text; "read" has, for each line of each derivation, the LaTeX of it as it was read,
        empty if it was not.  If the question cannot be answered, "error" says why instead.

    Examples
    --------
    >>> reply = json.loads(answer('{"text": "= x + x", "target": "sigmoid_derivative"}'))
    >>> [line["status"] for line in reply["derivations"][0]["lines"]]
    ['wrong']
    >>> json.loads(answer('{"text": "= x", "target": "sigmoids"}'))["error"][:34]
    "no derivation is called 'sigmoids'"
    """
    try:
        given = _question(question)
        reports = [(passage, _report(passage, given)) for passage in passages(given["text"])]
    except ValueError as error:
        return json.dumps({"error": str(error)})
    if not reports:
        return json.dumps({"error": "no formula was found: write one formula per line"})
    derivations = [
        {"source": "box", "line": passage.first, **report.to_json()} for passage, report in reports
    ]
    read = [[_as_read(line.latex) for line in report.lines] for _, report in reports]
    return json.dumps(_finite({"derivations": derivations, "read": read}), ensure_ascii=False)


def choices() -> dict[str, Any]:
    """What the box offers.

    Returns
    -------
    dict
        "layouts" and "assuming" with all values allowed; "targets", a list with "id", "title",
        "quantity" (LaTeX), "lines" (the book's derivation) and "assuming": the assumptions that
        make a difference to this target, with the values that the book takes; "groups", the ids
        as the menu shows them (see `groups`).

    Examples
    --------
    >>> offered = choices()
    >>> offered["layouts"]
    ['rows', 'columns']
    >>> {target["id"]: target["assuming"] for target in offered["targets"]}["neg_uk"]
    {'negatives': 'distinct'}
    """
    return {
        "characters": MOST_CHARACTERS,
        "layouts": list(LAYOUTS),
        "assuming": {key: list(values) for key, values in ALLOWED.items()},
        "targets": [_choice(name) for name in ALL],
        "groups": [{"title": title, "ids": list(ids)} for title, ids in groups().items()],
    }


def groups() -> dict[str, tuple[str, ...]]:
    """Every target once: what the handwritten sheet asks for, then the others by chapter.

    Returns
    -------
    dict of str to tuple of str
        Ids under the heading of their chapter, both in the book's order.

    Examples
    --------
    >>> [first, *_] = groups().items()
    >>> print(first[0], *first[1][:2], sep=", ")
    The homework sheet, sigmoid_derivative, naive_vc
    """
    from wordgrad.derivations.sheet import SHEET  # not needed for a verdict in a browser

    asked = dict.fromkeys(line.target for line in SHEET if line.target)
    found = {"The homework sheet": tuple(asked)}
    for title, chapter in CHAPTERS.items():
        found[title] = tuple(one.id for one in chapter.DERIVATIONS if one.id not in asked)
    return found


def _question(question: str) -> dict[str, Any]:
    try:
        given = json.loads(question)
    except (ValueError, RecursionError):
        raise ValueError("the question is not JSON") from None
    if not isinstance(given, dict) or not isinstance(given.get("text"), str):
        raise ValueError("the question must be an object with a text")
    if len(given["text"]) > MOST_CHARACTERS:
        raise ValueError(
            f"{len(given['text'])} characters are given; at most {MOST_CHARACTERS} are checked here"
        )
    assuming = given.get("assuming", {})
    texts = [given.get("target", ""), given.get("layout", "rows")]
    if not isinstance(assuming, dict) or not all(
        isinstance(each, str) for each in [*texts, *assuming.values()]
    ):
        raise ValueError("target, layout and assumptions must be given as text")
    return given


def _report(passage: Passage, given: dict[str, Any]) -> Report:
    layout, assuming = given.get("layout", "rows"), given.get("assuming", {})
    if given.get("target"):
        return check_derivation(passage.lines, given["target"], layout, assuming)
    return check_passage(passage.lines, layout, assuming)


def _as_read(line: str) -> str:
    try:
        return to_latex(parse_line(line))
    except NotUnderstood:
        return ""


def _finite(value: Any) -> Any:
    """The same without infinities, for which JSON has no word."""
    if isinstance(value, float) and not math.isfinite(value):
        return str(value)
    if isinstance(value, dict):
        return {key: _finite(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [_finite(each) for each in value]
    return value


def _choice(name: str) -> dict[str, Any]:
    chosen = ALL[name]
    (reading, *_) = readings(name, "rows", None)
    first, *more = (step.latex for step in chosen.steps)
    return {
        "id": name,
        "title": chosen.title,
        "quantity": chosen.quantity,
        "lines": [f"{chosen.quantity} = {first}", *(f"= {line}" for line in more)],
        "assuming": {key: reading.assuming[key] for key in decisive(name)},
    }


def decisive(name: str) -> Iterator[str]:
    """The assumptions that change what a target is, or what its free index w may be.

    Parameters
    ----------
    name : str
        Id of a target.

    Yields
    ------
    str
        Keys as for `check_derivation`.

    Examples
    --------
    >>> list(decisive("neg_uk"))
    ['negatives']
    """
    for key, values in ALLOWED.items():
        resolved = [reading.target for v in values for reading in readings(name, "rows", {key: v})]
        if key == "w" and not any("w" in form.slots for form in resolved[0].forms[:1]):
            continue
        if len({(target.id, repr(target.notation.assumptions)) for target in resolved}) > 1:
            yield key
