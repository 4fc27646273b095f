"""Names for what is computed once.

Sums, functions and softmaxes get a name of their own, so that what occurs twice is computed once
and what is the same for all entries is not computed for each.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from wordgrad.codegen.convert import Converter
from wordgrad.codegen.terms import Add, Apply, Axis, Big, Expr, Mul, Pow, Ref, Soft
from wordgrad.codegen.trees import axes_of, key, mapped

_CALLED = {
    "softmax": "probabilities",
    "log_softmax": "log_probabilities",
    "log_sum_exp": "log_total",
    "sum": "total",
    "prod": "product",
    "exp": "power",
    "log": "logarithm",
    "sigmoid": "sigma",
    "log_sigmoid": "log_sigma",
    "softplus": "plus",
    "tanh": "tangent",
}


@dataclass(frozen=True)
class Let:
    """An array with a name: its entry at the axes."""

    name: str
    axes: tuple[Axis, ...]
    value: Expr


class Lowering:
    """Names what is to be computed once."""

    def __init__(self, converter: Converter) -> None:
        self.converter = converter
        self.lets: list[Let] = []
        self._known: dict[object, str] = {}
        self._defined: dict[str, str] = {}
        self._taken: set[str] = set()
        self._labels: dict[object, str] | None = None

    def _definitions(self) -> Mapping[object, str]:
        """The names of the definitions by what they are."""
        if self._labels is None:
            pairs = [
                (n, self.converter.definition(n)) for n in self.converter.signature.definitions
            ]
            self._labels = {self._label(body, axes): name for name, (axes, body) in pairs}
        return self._labels

    def _label(self, expr: Expr, axes: tuple[Axis, ...]) -> object:
        """Equal for arrays with equal entries, also if one is written out and one has a name."""
        numbered = {axis: n for n, axis in enumerate(axes)}

        def written_out(ref: Ref) -> Expr:
            meaning = self.converter.unfold(ref)
            return ref if meaning is None else mapped(meaning, written_out)

        plain = mapped(expr, written_out)
        return key(plain, lambda axis: numbered[axis]), tuple(axis.sort for axis in axes)

    def name(self, hint: str) -> str:
        """The hint, or the hint with a number."""
        name, number = hint, 1
        while name in self._taken:
            number += 1
            name = f"{hint}_{number}"
        self._taken.add(name)
        return name

    def lower(self, expr: Expr, root: bool = False) -> Expr:
        """The expression with names for what is bound; at the root it is bound by its caller."""
        match expr:
            case Ref():
                return self._component(expr)
            case Add(terms):
                return Add(tuple(self.lower(term) for term in terms))
            case Mul(factors):
                return Mul(tuple(self.lower(factor) for factor in factors))
            case Pow(base, exponent):
                return Pow(self.lower(base), self.lower(exponent))
            case Soft():
                return self.soft(expr)
            case Apply(function, argument) if root:
                return Apply(function, self.lower(argument))
            case Big(operator, axes, body) if root:
                return Big(operator, axes, self.lower(body))
            case Apply(function, _):
                return self.bind(expr, axes_of(expr), function)
            case Big(operator, _, _):
                return self.bind(expr, axes_of(expr), operator)
        return expr

    def bind(self, expr: Expr, axes: tuple[Axis, ...], hint: str) -> Ref:
        """The array with this entry, computed before if it has not been yet."""
        label = self._label(expr, axes)
        if label not in self._known:
            value = self.lower(expr, root=True)
            name = self.name(self._definitions().get(label, _CALLED.get(hint, hint)))
            self.lets.append(Let(name, axes, value))
            self._known[label] = name
        return Ref(self._known[label], axes)

    def soft(self, expr: Soft, hint: str = "") -> Ref:
        """A softmax (or its logarithm, or the log-sum-exp) of a named array of scores."""
        outer = tuple(axis for axis in axes_of(expr.scores) if axis != expr.axis)
        axes = (*outer, expr.axis)
        label = expr.kind, self._label(expr.scores, axes)
        if label not in self._known:
            scores = self.lower(expr.scores)
            if not (isinstance(scores, Ref) and scores.indices == axes):
                scores = self.bind(expr.scores, axes, "scores")
            at = None if expr.at is None else expr.axis
            name = self.name(hint or _CALLED[expr.kind])
            shape = outer if at is None else axes
            self.lets.append(Let(name, shape, Soft(expr.kind, expr.axis, scores, at)))
            self._known[label] = name
        at_index = () if expr.at is None else (expr.at,)
        return Ref(self._known[label], (*outer, *at_index))

    def _component(self, ref: Ref) -> Expr:
        """A base quantity as it is; a defined one as a whole array if all of it is used."""
        if ref.name not in self.converter.signature.definitions:
            return ref
        axes, body = self.converter.definition(ref.name)
        whole = all(isinstance(index, Axis) for index in ref.indices)
        if not (whole or isinstance(body, Soft)):
            meaning = self.converter.unfold(ref)
            assert meaning is not None, "it is defined"
            return self.lower(meaning)
        if ref.name not in self._defined:
            self._defined[ref.name] = self._definition(ref.name, axes, body)
        return Ref(self._defined[ref.name], ref.indices)

    def _definition(self, name: str, axes: tuple[Axis, ...], body: Expr) -> str:
        if isinstance(body, Soft) and (body.at,) == axes:
            return self.soft(body, name).name
        return self.bind(body, axes, name).name
