"""From a proved line to code: what the rest of the project calls."""

from collections.abc import Mapping, Sequence

import sympy as sp

from wordgrad.codegen.convert import Converter
from wordgrad.codegen.functions import Language, code_of_helpers, function_code
from wordgrad.codegen.program import Program, program
from wordgrad.codegen.terms import Axis, Expr, Free, Index, new_axis
from wordgrad.meaning.elaborate import elaborate_line, signature_of
from wordgrad.meaning.notation import Notation
from wordgrad.proof.derivation import Derivation


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
    expr = converter.convert(
        sp.sympify(typed.component(symbols[0], symbols[1]), strict=True), places
    )
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
