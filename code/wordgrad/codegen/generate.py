"""From a proved line to code: what the rest of the project calls."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, Literal

import numpy as np
import sympy as sp

from wordgrad.calculus.sorts import Sort
from wordgrad.codegen import javascript_writer, numpy_writer
from wordgrad.codegen.convert import Converter
from wordgrad.codegen.program import Input, Program, letter_of, program, renamed, size_letters
from wordgrad.codegen.terms import Axis, Expr, Free, Index, new_axis
from wordgrad.meaning.elaborate import elaborate_line, signature_of
from wordgrad.meaning.notation import Notation
from wordgrad.proof.derivation import Derivation

Language = Literal["numpy", "javascript"]


def program_of(
    line: Derivation | str,
    notation: Notation | None = None,
    *,
    step: int = -1,
    over: Sequence[str] = (),
    negated: bool = False,
) -> Program:
    """The program that computes a line; the arguments are those of `generate`."""
    latex, notation, quantity = _read(line, notation, step)
    left = elaborate_line(quantity, notation)
    right = elaborate_line(latex, notation, left.free_indices)
    typed = right.parts[-1]
    shaped = left.parts[-1] if typed.is_zero else typed
    converter = Converter(signature_of(notation), {**left.free_indices, **right.free_indices})
    places: dict[sp.Expr, Index] = {}
    symbols: list[sp.Expr | None] = []
    axes: list[Axis] = []
    for sort in shaped.shape:
        symbols.append(None if sort is None else sp.Dummy("axis", integer=True))
        if sort is not None:
            axes.append(new_axis(sort))
            places[symbols[-1]] = axes[-1]
    expr = converter.convert(sp.sympify(typed.component(symbols[0], symbols[1])), places)
    if negated:
        expr = converter.algebra.neg(expr)
    front, expr = _over(converter, expr, over)
    return program(converter, expr, (*front, *axes), _whole_names(notation))


def _read(
    line: Derivation | str, notation: Notation | None, step: int
) -> tuple[str, Notation, str]:
    """The line, its notation, and the quantity that it equals."""
    if isinstance(line, Derivation):
        return line.steps[step].latex, line.notation, line.quantity
    if notation is None:
        raise ValueError("a line of LaTeX needs a notation; a derivation brings its own")
    return line, notation, line


def _over(converter: Converter, expr: Expr, over: Sequence[str]) -> tuple[tuple[Axis, ...], Expr]:
    """Free indices turned into axes of the result."""
    axes = []
    for name in over:
        if name not in converter.free:
            known = ", ".join(converter.free) or "none"
            raise ValueError(f"over names {name!r}; the free indices of this line are: {known}")
        sort = converter.free[name]
        axes.append(new_axis(sort))
        expr = converter.algebra.replaced(expr, {Free(name, sort): axes[-1]})
    return tuple(axes), expr


def _whole_names(notation: Notation) -> dict[str, str]:
    """What an array is called as a whole: U for u."""
    return {q.array: q.name for q in notation.quantities.values() if q.array and not q.least}


def generate(
    line: Derivation | str,
    language: Language = "numpy",
    name: str = "",
    *,
    notation: Notation | None = None,
    step: int = -1,
    over: Sequence[str] = (),
    negated: bool = False,
    parameters: Mapping[str, str] | None = None,
) -> str:
    r"""Code that computes a line: helpers, then one function.

    Parameters
    ----------
    line : Derivation or str
        A derivation, of which one step is taken, or LaTeX without a relation sign.
    language : {"numpy", "javascript"}
        NumPy without loops, or JavaScript over plain numbers and nested arrays.
    name : str
        Of the function; the id of the derivation if empty.
    notation : Notation
        How LaTeX is read; a derivation brings its own.
    step : int
        Which step of a derivation; the last one if not given.
    over : sequence of str
        Free indices that become the first axes of the result.
    negated : bool
        Minus the line.
    parameters : mapping of str to str
        Parameters in order: the name that they get, and the name that they would have.

    Returns
    -------
    str
        Indices count from 0; a window is its 2m context words, the center left out.

    Raises
    ------
    CannotGenerate
        If a part of the line has no code; the message names it.
    ValueError
        If `language`, `over` or `parameters` names something that is not there.

    Examples
    --------
    >>> from wordgrad.derivations import derivation
    >>> print(generate(derivation("naive_U")).partition("def naive_U")[2])
    (v_c, U, o):
        # (\hat y-y)\,v_c^\top
        V = U.shape[0]
        y = 1.0 * (np.arange(V) == o)
        theta = np.einsum("ab,b->a", U, v_c)
        yhat = softmax(theta)
        return (yhat - y)[:, None] * v_c
    <BLANKLINE>
    >>> line, notation = r"-\log\sigma(\theta_o)", derivation("neg_U").notation
    >>> print(generate(line, "javascript", "loss", notation=notation).partition("\n\nfunction ")[2])
    loss(u_o, v_c) {
      // -\log\sigma(\theta_o)
      const d = u_o.length;
      const total = sum(d, (a) => u_o[a] * v_c[a]);
      const log_sigma = stableLogSigmoid(total);
      return -log_sigma;
    }
    <BLANKLINE>
    """
    latex = _read(line, notation, step)[0]
    made = program_of(line, notation, step=step, over=over, negated=negated)
    chosen = name or (line.id if isinstance(line, Derivation) else "formula")
    helpers, function = function_code(made, language, chosen, latex, parameters)
    preamble = ["import numpy as np"] if language == "numpy" else []
    return "\n\n".join([*preamble, *code_of_helpers(helpers, language), function]) + "\n"


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


def compiled_numpy(
    made: Program, parameters: Mapping[str, str] | None = None
) -> Callable[..., Any]:
    """The NumPy function of a program, ready to be called.

    Parameters
    ----------
    made : Program
    parameters : mapping of str to str
        As for `generate`.

    Returns
    -------
    function
        Takes the inputs of the program in order, arrays as float64 and words as integers.

    Examples
    --------
    >>> from wordgrad.derivations import derivation
    >>> made = program_of(derivation("neg_uw"))
    >>> [(item.name, item.kind) for item in made.inputs]
    [('u_w', 'array'), ('v_c', 'array'), ('w', 'index'), ('o', 'index'), ('negatives', 'table')]
    >>> compiled_numpy(made)(np.array([0.0]), np.array([1.0]), 1, 0, np.array([1, 1]))
    array([1.])
    """
    helpers, function = function_code(made, "numpy", "formula", "", parameters)
    namespace: dict[str, Any] = {"np": np}
    exec("\n\n".join([*code_of_helpers(helpers, "numpy"), function]), namespace)
    formula: Callable[..., Any] = namespace["formula"]
    return formula
