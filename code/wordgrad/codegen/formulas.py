"""The formulas that the pages calculate with: which proved line each comes from, and the module."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from wordgrad.codegen.errors import CannotGenerate
from wordgrad.codegen.generate import code_of_helpers, function_code, program_of
from wordgrad.derivations import derivation
from wordgrad.proof.derivation import Derivation
from wordgrad.proof.judge import all_proved, judge_derivation


@dataclass(frozen=True)
class Formula:
    """One function of the module.

    Parameters
    ----------
    name : str
        Of the JavaScript function.
    derivation : str
        The id of the derivation that has the line.
    step : int
        Which of its steps, counted from 1.
    parameters : mapping of str to str
        The parameters in order, each with the name that the derivation gives it.
    over : tuple of str
        Free indices of the line that become axes of the result.
    negated : bool
        The function is minus the line.
    """

    name: str
    derivation: str
    step: int
    parameters: Mapping[str, str]
    over: tuple[str, ...] = ()
    negated: bool = False


_X = MappingProxyType({"x": "x"})
_SCORES = MappingProxyType({"theta": "theta"})
_TARGET = MappingProxyType({"theta": "theta", "o": "o"})
_PAIR = MappingProxyType({"v": "v_c", "o": "o", "U": "U"})
_SAMPLED = MappingProxyType({**_PAIR, "negatives": "negatives"})

FORMULAS = (
    Formula("sigmoid", "softplus_derivative", 6, _X),
    Formula("sigmoidDerivative", "sigmoid_derivative_even", 2, _X),
    Formula("logSigmoid", "sigmoid_of_minus", 1, _X, negated=True),
    Formula("softplus", "softplus_reflection", 1, _X),
    Formula("softmax", "softmax_shift", 1, _SCORES, over=("i",)),
    Formula("logSoftmax", "ce_equals_nll", 3, _SCORES, over=("o",), negated=True),
    Formula("crossEntropy", "ce_equals_nll", 3, _TARGET),
    Formula("crossEntropyGradient", "softmax_ce_theta_vector", 1, _TARGET),
    Formula("naiveSoftmaxLoss", "naive_loss", 2, _PAIR),
    Formula("naiveSoftmaxGradCenter", "naive_vc", 11, _PAIR),
    Formula("naiveSoftmaxGradOutside", "naive_U", 2, _PAIR),
    Formula("negativeSamplingLoss", "neg_loss", 2, _SAMPLED),
    Formula("negativeSamplingGradCenter", "neg_vc", 7, _SAMPLED),
    Formula("negativeSamplingGradOutside", "neg_U", 3, _SAMPLED),
)


def javascript_module(formulas: Iterable[Formula] = FORMULAS) -> str:
    """An ES module that exports the formulas.

    Parameters
    ----------
    formulas : iterable of Formula

    Returns
    -------
    str
        Indices count from 0; vectors and matrices are plain arrays, a matrix has one row per word.

    Raises
    ------
    CannotGenerate
        If a derivation is not proved for all sizes, or its line has no code.

    Examples
    --------
    >>> print(javascript_module(FORMULAS[:1]).partition("export ")[2])
    function sigmoid(x) {
      // softplus_derivative, line 6: \\sigma(x)
      return stableSigmoid(x);
    }
    <BLANKLINE>
    """
    helpers: set[str] = set()
    functions = []
    for formula in formulas:
        chain = derivation(formula.derivation)
        _require_proof(chain, formula)
        needed, text = formula_code(formula, chain)
        helpers |= needed
        functions.append(f"export {text}")
    head = "// Generated from proved lines of the book; do not edit. Indices count from 0."
    return "\n\n".join([head, *code_of_helpers(helpers, "javascript"), *functions]) + "\n"


def formula_code(formula: Formula, chain: Derivation) -> tuple[set[str], str]:
    """The helpers that a formula needs, and its function in JavaScript."""
    step = formula.step - 1
    made = program_of(chain, step=step, over=formula.over, negated=formula.negated)
    comment = f"{chain.id}, line {formula.step}{', its negative' if formula.negated else ''}"
    comment += f", over all {', '.join(formula.over)}" if formula.over else ""
    line = f"{comment}: {chain.steps[step].latex}"
    return function_code(made, "javascript", formula.name, line, formula.parameters)


def _require_proof(chain: Derivation, formula: Formula) -> None:
    verdicts = judge_derivation(chain)
    if all_proved(verdicts):
        return
    bad = next(n for n, v in enumerate(verdicts, start=1) if not all_proved((v,)))
    raise CannotGenerate(
        f"{formula.name} comes from {chain.id}, of which line {bad} is not proved "
        f"({verdicts[bad - 1].status}); mend the derivation or take another one"
    )
