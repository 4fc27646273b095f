"""One program as the text of one function, with the helpers that it needs."""

import re
from collections.abc import Iterator, Mapping
from keyword import iskeyword
from typing import Literal

from wordgrad.calculus.sorts import Sort
from wordgrad.codegen import javascript_writer, numpy_writer
from wordgrad.codegen.program import Input, Program, letter_of, renamed, size_letters

Language = Literal["numpy", "javascript"]


def function_code(
    made: Program,
    language: Language,
    name: str,
    comment: str,
    parameters: Mapping[str, str] | None = None,
) -> tuple[set[str], str]:
    """The helpers that a function needs, and the function."""
    if language not in ("numpy", "javascript"):
        raise ValueError(f"language is {language!r}; it must be 'numpy' or 'javascript'")
    if not name.isidentifier() or iskeyword(name):
        raise ValueError(f"name is {name!r}; it must be one that a function can have, like 'loss'")
    comment = " ".join(comment.split())  # a line break would end the comment
    if parameters is not None:
        made = renamed(made, parameters)
    kind = numpy_writer.NumpyWriter if language == "numpy" else javascript_writer.JavaScriptWriter
    writer = kind(made)
    body = [line for let in made.lets[:-1] for line in writer.statement(let)]
    body += writer.returned(made.lets[-1])
    sizes = _sizes(made, "\n".join(body), language)
    names = [item.name for item in made.inputs]
    if language == "numpy":
        text = [f"def {name}({', '.join(names)}):", f"    # {comment}"]
        text += [f"    {line}" for line in (*sizes, *body)]
    else:
        text = [f"function {name}({', '.join(names)}) {{", f"  // {comment}"]
        text += [f"  {line}" for line in (*sizes, *body)]
        text.append("}")
    return writer.used, "\n".join(text)


def _sizes(made: Program, body: str, language: Language) -> list[str]:
    """Statements for the sizes that the code mentions and the caller does not give."""
    lines = []
    for letter in size_letters(made.lets):
        if not re.search(rf"(?<![\w.]){letter}(?!\w)", body):
            continue
        found = next(_lengths(made, letter), None)
        if found is None:
            continue
        item, axis, sort = found
        if language == "numpy":
            text = f"{item.name}.shape[{axis}]" + (" // 2" if sort.size != letter else "")
            lines.append(f"{letter} = {text}")
        else:
            text = f"{item.name}{'[0]' * axis}.length" + (" / 2" if sort.size != letter else "")
            lines.append(f"const {letter} = {text};")
    return lines


def _lengths(made: Program, letter: str) -> Iterator[tuple[Input, int, Sort]]:
    """Axes of inputs that have the size."""
    for item in made.inputs:
        if item.kind in ("array", "table"):
            for axis, sort in enumerate(item.sorts):
                if letter_of(sort) == letter:
                    yield item, axis, sort


def code_of_helpers(names: set[str], language: Language) -> list[str]:
    """The helpers, with what they need, in the order of their definition."""
    if names & numpy_writer.NEEDS_TOP:
        names = names | {"below_top"}
    helpers = numpy_writer.HELPERS if language == "numpy" else javascript_writer.HELPERS
    return [text for name, text in helpers.items() if name in names]
