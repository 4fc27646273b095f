"""Index form as JavaScript: plain functions over numbers and nested arrays, no dependency."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from wordgrad.codegen.numpy_writer import scatter
from wordgrad.codegen.program import Let
from wordgrad.codegen.terms import Axis, Big, Delta, Index, Soft
from wordgrad.codegen.writer import ATOM, PRODUCT, Piece, Writer

HELPERS = {
    "table": """\
/** The array f(0), ..., f(n - 1). */
const table = (n, f) => Array.from({ length: n }, (_, i) => f(i));""",
    "sum": """\
/** f(0) + ... + f(n - 1). */
function sum(n, f) {
  let total = 0;
  for (let i = 0; i < n; i++) total += f(i);
  return total;
}""",
    "prod": """\
/** f(0) * ... * f(n - 1). */
function prod(n, f) {
  let total = 1;
  for (let i = 0; i < n; i++) total *= f(i);
  return total;
}""",
    "sigmoid": """\
/** 1 / (1 + exp(-x)) without overflow. */
function stableSigmoid(x) {
  const e = Math.exp(-Math.abs(x));
  return (x < 0 ? e : 1) / (1 + e);
}""",
    "log_sigmoid": """\
/** log(1 / (1 + exp(-x))) without overflow. */
const stableLogSigmoid = (x) => Math.min(x, 0) - Math.log1p(Math.exp(-Math.abs(x)));""",
    "softplus": """\
/** log(1 + exp(x)) without overflow. */
const stableSoftplus = (x) => Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));""",
    "below_top": """\
/** The top score, the scores minus it, and the sum of exp of all but the top. */
function belowTop(scores) {
  let top = 0;
  for (let i = 1; i < scores.length; i++) if (scores[i] > scores[top]) top = i;
  let others = 0;
  for (let i = 0; i < scores.length; i++) {
    if (i !== top) others += Math.exp(scores[i] - scores[top]);
  }
  return { top: scores[top], below: scores.map((x) => x - scores[top]), others };
}""",
    "softmax": """\
/** exp(scores) over their sum, shifted by the top score. */
function stableSoftmax(scores) {
  const { below, others } = belowTop(scores);
  return below.map((x) => Math.exp(x) / (1 + others));
}""",
    "log_softmax": """\
/** The logarithm of the softmax. */
function stableLogSoftmax(scores) {
  const { below, others } = belowTop(scores);
  return below.map((x) => x - Math.log1p(others));
}""",
    "log_sum_exp": """\
/** The logarithm of the sum of exp(scores). */
function stableLogSumExp(scores) {
  const { top, others } = belowTop(scores);
  return top + Math.log1p(others);
}""",
}
_NAMES = {
    "sigmoid": "stableSigmoid",
    "log_sigmoid": "stableLogSigmoid",
    "softplus": "stableSoftplus",
    "softmax": "stableSoftmax",
    "log_softmax": "stableLogSoftmax",
    "log_sum_exp": "stableLogSumExp",
}


class JavaScriptWriter(Writer):
    """Writes statements in JavaScript; see `Writer`."""

    functions: Mapping[str, str] = MappingProxyType(
        {"exp": "Math.exp", "log": "Math.log", "tanh": "Math.tanh", "sqrt": "Math.sqrt"}
    )
    end = ";"

    def helper(self, name: str) -> str:
        """Helpers have names that no formula has."""
        return _NAMES[name]

    def statement(self, let: Let) -> list[str]:
        """`const name = ...;`"""
        self.start(let)
        if isinstance(let.value, Soft):
            scores = self.component(let.value.scores.name, let.value.scores.indices[:-1])  # type: ignore[union-attr]
            outer = let.axes if let.value.at is None else let.axes[:-1]
            row = f"{self.soft(let.value)}({scores.text})"
            return [f"const {let.name} = {self._table(outer, row)};"]
        if isinstance(let.value, Big) and let.value.operator == "sum":
            found = scatter(let, let.value)
            if found is not None and let.axes == (found[0],):
                return self._scattered(let, let.value)
        return [f"const {let.name} = {self._table(let.axes, self.piece(let.value).text)};"]

    def _table(self, axes: Sequence[Axis], text: str) -> str:
        """Nested arrays with this entry."""
        for axis in reversed(axes):
            self.used.add("table")
            text = f"table({self.length(axis)}, ({self.variables[axis]}) => {text})"
        return text

    def _scattered(self, let: Let, total: Big) -> list[str]:
        """Each term is added to the word that it belongs to."""
        found = scatter(let, total)
        assert found is not None, "the caller has looked"
        target, words, rest = found
        value = " * ".join(self.piece(factor).within(PRODUCT) for factor in rest) or "1"
        lines = [f"const {let.name} = new Array({self.length(target)}).fill(0);"]
        indent = ""
        for axis in total.axes:
            name = self.variables[axis]
            lines.append(f"{indent}for (let {name} = 0; {name} < {self.length(axis)}; {name}++)")
            indent += "  "
        return [*lines, f"{indent}{let.name}[{self.index(words).text}] += {value};"]

    def component(self, name: str, indices: tuple[Index, ...]) -> Piece:
        """`name[w][a]`."""
        return Piece(name + "".join(f"[{self.index(index).text}]" for index in indices))

    def delta(self, expr: Delta) -> Piece:
        """A comparison as a number."""
        left, right = self.index(expr.left).text, self.index(expr.right).text
        return Piece(f"({left} === {right} ? 1 : 0)", level=ATOM)

    def series(self, expr: Big) -> Piece:
        """Nested calls of `sum` or `prod`."""
        text = self.piece(expr.body).text
        self.used.add(expr.operator)
        for axis in reversed(expr.axes):
            text = f"{expr.operator}({self.length(axis)}, ({self.variables[axis]}) => {text})"
        return Piece(text)

    def aligned(self, pieces: Sequence[Piece]) -> list[Piece]:
        """Numbers need no alignment."""
        return list(pieces)
