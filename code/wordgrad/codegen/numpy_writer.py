"""Index form as NumPy: einsum, broadcasting and gathers, no Python loop over an index."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from wordgrad.codegen.algebra import factors_of
from wordgrad.codegen.errors import CannotGenerate
from wordgrad.codegen.program import Let
from wordgrad.codegen.terms import Axis, Big, Delta, Expr, Index, Looked, Soft, axes_of
from wordgrad.codegen.writer import ATOM, PRODUCT, Piece, Writer

HELPERS = {
    "sigmoid": '''\
def sigmoid(x):
    """1 / (1 + exp(-x)) without overflow."""
    e = np.exp(-np.abs(x))
    return np.where(np.less(x, 0), e, 1.0) / (1.0 + e)''',
    "log_sigmoid": '''\
def log_sigmoid(x):
    """log(1 / (1 + exp(-x))) without overflow."""
    return np.minimum(x, 0.0) - np.log1p(np.exp(-np.abs(x)))''',
    "softplus": '''\
def softplus(x):
    """log(1 + exp(x)) without overflow."""
    return np.maximum(x, 0.0) + np.log1p(np.exp(-np.abs(x)))''',
    "below_top": '''\
def below_top(scores):
    """The top score, the scores minus it, and the sum of exp of all but the top (last axis)."""
    where = np.argmax(scores, axis=-1)[..., None]
    top = np.take_along_axis(scores, where, -1)
    others = np.exp(scores - top)
    np.put_along_axis(others, where, 0.0, -1)
    return top, scores - top, others.sum(axis=-1, keepdims=True)''',
    "softmax": '''\
def softmax(scores):
    """exp(scores) over their sum along the last axis, shifted by the top score."""
    _, below, others = below_top(scores)
    return np.exp(below) / (1.0 + others)''',
    "log_softmax": '''\
def log_softmax(scores):
    """The logarithm of softmax(scores)."""
    _, below, others = below_top(scores)
    return below - np.log1p(others)''',
    "log_sum_exp": '''\
def log_sum_exp(scores):
    """The logarithm of the sum of exp(scores) along the last axis."""
    top, _, others = below_top(scores)
    return (top + np.log1p(others))[..., 0]''',
}
NEEDS_TOP = {"softmax", "log_softmax", "log_sum_exp"}


class NumpyWriter(Writer):
    """Writes statements in NumPy; see `Writer`."""

    functions: Mapping[str, str] = MappingProxyType(
        {"exp": "np.exp", "log": "np.log", "tanh": "np.tanh", "sqrt": "np.sqrt"}
    )

    def statement(self, let: Let) -> list[str]:
        """`name = ...`, an array with the axes of the statement."""
        self.start(let)
        if isinstance(let.value, Soft):
            return [f"{let.name} = {self.soft(let.value)}({self.piece(let.value.scores).text})"]
        scattered = self._scattered(let)
        if scattered:
            return scattered
        piece = self.piece(let.value)
        return [f"{let.name} = {self.filled(piece, let.axes).text}"]

    def filled(self, piece: Piece, axes: tuple[Axis, ...]) -> Piece:
        """The piece with all axes, repeated along those that it does not depend on."""
        if set(piece.axes) == set(axes):
            return self.shaped(piece, axes)
        shape = ", ".join(self.length(axis) for axis in axes)
        shape += "," if len(axes) == 1 else ""
        if not piece.axes:
            return Piece(f"np.full(({shape}), {piece.text}, dtype=float)", axes)
        return Piece(f"np.broadcast_to({self.shaped(piece, axes).text}, ({shape})).copy()", axes)

    # -------------------------------------------------------------------------------- axes
    def aligned(self, pieces: Sequence[Piece]) -> list[Piece]:
        """Axes in one order, with new axes where one piece has fewer than the others."""
        joint = self.joint(pieces)
        return [self.shaped(piece, joint) for piece in pieces]

    def shaped(self, piece: Piece, target: tuple[Axis, ...]) -> Piece:
        """The piece so that it broadcasts to the target axes."""
        wanted = tuple(axis for axis in target if axis in piece.axes)
        if wanted != piece.axes:
            if len(wanted) == 2:
                piece = Piece(f"{piece.within(ATOM)}.T", wanted)
            else:
                places = ", ".join(str(piece.axes.index(axis)) for axis in wanted)
                piece = Piece(f"np.transpose({piece.text}, ({places}))", wanted)
        if not wanted:
            return piece
        tail = target[target.index(wanted[0]) :]
        if tail == wanted:
            return piece
        slots = ", ".join(":" if axis in wanted else "None" for axis in tail)
        return Piece(f"{piece.within(ATOM)}[{slots}]", wanted)

    # --------------------------------------------------------------------------- components
    def component(self, name: str, indices: tuple[Index, ...]) -> Piece:
        """An array, a slice of it, or rows gathered from it."""
        plain = [index for index in indices if isinstance(index, Axis)]
        pieces = [self.index(index) for index in indices]
        gathers = [
            p for p, i in zip(pieces, indices, strict=True) if isinstance(i, Looked) and p.axes
        ]
        if len(gathers) > 1:
            raise CannotGenerate(f"{name} is looked up along two axes at once")
        slots, axes = [], list[Axis]()
        for piece, index in zip(pieces, indices, strict=True):
            slots.append(":" if isinstance(index, Axis) else piece.text)
            axes += piece.axes
        while slots and slots[-1] == ":":
            slots.pop()
        text = f"{name}[{', '.join(slots)}]" if slots else name
        if len(set(axes)) == len(axes):
            return Piece(text, tuple(axes))
        if gathers or len(set(plain)) != 1:
            raise CannotGenerate(f"{name} has the same index in two places")
        return Piece(f'np.einsum("{"a" * len(plain)}->a", {text})', (plain[0],))

    def delta(self, expr: Delta) -> Piece:
        """A comparison as numbers."""
        if isinstance(expr.left, Axis) and isinstance(expr.right, Axis):
            return Piece(
                f"np.eye({self.length(expr.left)})",
                self.joint([Piece("", (expr.left, expr.right))]),
            )
        sides = [self._counted(index) for index in (expr.left, expr.right)]
        left, right = self.aligned(sides)
        return Piece(f"1.0 * ({left.text} == {right.text})", self.joint(sides), PRODUCT)

    def _counted(self, index: Index) -> Piece:
        if isinstance(index, Axis):
            return Piece(f"np.arange({self.length(index)})", (index,))
        return self.index(index)

    # --------------------------------------------------------------------------------- sums
    def series(self, expr: Big) -> Piece:
        """`np.einsum` of the factors; `np.sum` or `np.prod` if there is one only."""
        factors = factors_of(expr.body) if expr.operator == "sum" else (expr.body,)
        pieces = [self.piece(factor) for factor in factors]
        left = tuple(axis for axis in self.joint(pieces) if axis not in expr.axes)
        if len(pieces) == 1:
            axes = pieces[0].axes
            places = [str(n) for n, axis in enumerate(axes) if axis in expr.axes]
            along = places[0] if len(places) == 1 else f"({', '.join(places)})"
            rest = tuple(axis for axis in axes if axis not in expr.axes)
            where = f", axis={along}" if rest else ""
            return Piece(f"np.{expr.operator}({pieces[0].text}{where})", rest)
        letters = dict(zip(self.order, "abcdefghijklmnop", strict=False))
        terms = ",".join("".join(letters[axis] for axis in piece.axes) for piece in pieces)
        result = "".join(letters[axis] for axis in left)
        operands = ", ".join(piece.text for piece in pieces)
        return Piece(f'np.einsum("{terms}->{result}", {operands})', left)

    def _scattered(self, let: Let) -> list[str]:
        """A sum of terms that each belong to the word looked up: counted, not compared."""
        if not isinstance(let.value, Big) or let.value.operator != "sum":
            return []
        found = scatter(let, let.value)
        if found is None:
            return []
        target, words, rest = found
        table = self.index(words)
        pieces = [self.piece(factor) for factor in rest]
        extra = tuple(axis for axis in self.joint(pieces) if axis not in table.axes)
        size = self.length(target)
        flat = len(table.axes) > 1
        if not rest:
            words_text = f"{table.text}.ravel()" if flat else table.text
            return [f"{let.name} = np.bincount({words_text}, minlength={size})"]
        weights = self.aligned(pieces)
        value = " * ".join(piece.within(PRODUCT) for piece in weights)
        joint = (*table.axes, *extra)
        if not extra and self.joint(pieces) == table.axes:
            ravel = (
                (table.text, value) if not flat else (f"{table.text}.ravel()", f"np.ravel({value})")
            )
            return [f"{let.name} = np.bincount({ravel[0]}, weights={ravel[1]}, minlength={size})"]
        whole = Piece(value, self.joint(pieces), PRODUCT)
        shape = ", ".join(self.length(axis) for axis in (target, *extra))
        order = (target, *extra)
        if order != let.axes:
            return []
        return [
            f"{let.name} = np.zeros(({shape},))",
            f"np.add.at({let.name}, {table.text}, {self.filled(whole, joint).text})",
        ]


def scatter(let: Let, total: Big) -> tuple[Axis, Looked, tuple[Expr, ...]] | None:
    """The axis, the words and the other factors of sum_k delta(w, n_k) g_k; None if it is none."""
    factors = factors_of(total.body)
    for place, factor in enumerate(factors):
        if not isinstance(factor, Delta):
            continue
        for target, words in ((factor.left, factor.right), (factor.right, factor.left)):
            if not (isinstance(target, Axis) and target in let.axes and isinstance(words, Looked)):
                continue
            rest = factors[:place] + factors[place + 1 :]
            if set(words.arguments) == set(total.axes) and not _mentions(rest, target):
                return target, words, rest
    return None


def _mentions(factors: Sequence[Expr], axis: Axis) -> bool:
    return any(axis in axes_of(factor) for factor in factors)
