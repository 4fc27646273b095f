"""Syntax trees made by hypothesis, also ones that no text gives directly."""

from fractions import Fraction

from hypothesis import strategies as st

from wordgrad.latex import syntax as s

LETTERS = st.sampled_from(["o", "w", "c", "i", "j", "k", "n", "w'", "ell", "x"])
NAMES = st.sampled_from(
    ["u", "v", "x", "y", "U", "yhat", "theta", "ubar", "J", "J_neg", "calV", "delta", "sigma", "p"]
)
SIZES = st.sampled_from([("1", "V"), ("-m", "m"), ("", "V"), ("", ""), ("1", "2m"), ("", "calV")])
NUMBERS = st.sampled_from(["0", "1", "2", "10", "0.5", "1.25", "0.001"])
SIGNS = st.sampled_from(["", "", "", "cdot", "times", "odot", "otimes"])
BRACKETS = st.sampled_from(["(", "[", "\\{", "{"])
STYLES = st.sampled_from(["frac", "prefix", "nabla", "inline"])
FUNCTIONS = st.sampled_from(["exp", "log", "softmax", "softplus", "diag", "sqrt"])

Trees = st.SearchStrategy[s.Expr]


def few(items: st.SearchStrategy, least: int, most: int) -> st.SearchStrategy:
    """A short tuple."""
    return st.lists(items, min_size=least, max_size=most).map(tuple)


letters = st.builds(s.IndexName, LETTERS)
counts = st.builds(s.IndexNumber, st.integers(0, 12))
shifts = st.builds(s.IndexShift, LETTERS, st.one_of(letters, counts), st.sampled_from([1, -1]))
indices = st.recursive(
    st.one_of(letters, counts, shifts),
    lambda inner: st.builds(s.IndexApply, st.sampled_from("wn"), few(inner, 1, 2)),
    max_leaves=3,
)
relations = st.builds(s.Relation, indices, indices, st.booleans())
one_range = st.builds(
    lambda name, size, excluded: s.Range(name, *size, excluded),
    LETTERS,
    SIZES,
    few(indices, 0, 1),
)
ranges = st.lists(one_range, max_size=2, unique_by=lambda item: item.name).map(tuple)

numbers = st.builds(lambda text: s.Number(Fraction(text)), NUMBERS)
names = st.builds(
    lambda name, below: s.Name(name, below if name != "delta" else below[:1]),
    NAMES,
    few(indices, 0, 2),
)
atoms = st.one_of(
    numbers,
    names,
    st.builds(s.Delta, indices, indices),
    st.builds(s.Indicator, relations),
)
laws = st.builds(lambda given: s.Call("P", (), given), few(letters, 1, 2))
variables = st.one_of(names, names.map(s.Transpose))


@st.composite
def products(draw: st.DrawFn, inner: Trees) -> s.Expr:
    factors = draw(few(inner, 2, 4))
    signs = draw(few(SIGNS, len(factors) - 1, len(factors) - 1))
    return s.Mul(factors, signs)


def has_no_subscript_yet(node: s.Expr) -> bool:
    """Whether the node is a bare name: a subscript would belong to the name."""
    while isinstance(node, s.Group) and node.bracket == "{":
        node = node.operand
    return isinstance(node, s.Name) and not node.subscripts


def deeper(inner: Trees) -> Trees:
    """Nodes that hold other nodes."""
    components = inner.filter(lambda node: not has_no_subscript_yet(node))
    return st.one_of(
        products(inner),
        st.builds(s.Add, few(inner, 2, 3)),
        st.builds(s.Neg, inner),
        st.builds(s.Quotient, inner, inner, st.booleans()),
        st.builds(s.Power, inner, inner),
        st.builds(s.Transpose, inner),
        st.builds(s.Component, components, few(indices, 1, 2)),
        st.builds(s.Group, inner, BRACKETS),
        st.builds(s.Apply, FUNCTIONS, inner, bracketed=st.booleans()),
        st.builds(s.Apply, st.sampled_from(["sigma", "tanh"]), inner, st.integers(0, 2)),
        st.builds(lambda argument: s.Apply("exp", argument, style="e^"), inner),
        st.builds(s.Call, st.just("J"), few(inner, 1, 2)),
        st.builds(s.Inner, inner, inner),
        st.builds(s.Norm, inner),
        st.builds(s.Big, st.sampled_from(["sum", "prod"]), ranges, inner),
        st.builds(s.Expectation, LETTERS, laws, inner),
        st.builds(s.Derivative, inner, few(variables, 1, 2), STYLES),
        st.builds(s.Cases, few(st.builds(s.Case, inner, st.none() | relations), 1, 2)),
        st.builds(s.Matrix, few(st.builds(s.Row, few(inner, 2, 3)), 1, 2)),
    )


expressions = st.recursive(atoms, deeper, max_leaves=8)
