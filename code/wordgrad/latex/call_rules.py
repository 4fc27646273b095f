"""Calls: losses, probabilities and expectations."""

from wordgrad.latex import syntax as s
from wordgrad.latex.errors import Refusal
from wordgrad.latex.index_rules import as_argument, subscripted
from wordgrad.latex.parts import Parts, Subscript, begin, nodes, place

RANDOM_VARIABLES = ("O", "C", "W")


class CallRules:
    """The grammar's rules about calls."""

    def call(self, parts: Parts) -> s.Expr:
        name = call_name(parts)
        if name == "delta":
            return kronecker(parts)
        rows = [part for part in parts if isinstance(part, list)]
        arguments, given = [tuple(as_argument(name, n) for n in row) for row in [*rows, []][:2]]
        return s.Call(name, arguments, given, span=place(parts))

    def arguments(self, parts: Parts) -> list[s.Node]:
        return nodes(parts)

    def random_variable(self, parts: Parts) -> s.Node:
        """`O = o`: the value counts; other conditions are kept."""
        left, _, right = parts
        upper = left.name if isinstance(left, s.Name) else ""
        lower = right.name if isinstance(right, s.Name) else ""
        if upper in RANDOM_VARIABLES or (lower and upper == lower.upper() != lower):
            return right  # type: ignore[no-any-return]
        first, second = as_argument("P", left), as_argument("P", right)
        if isinstance(left, s.Name) and len(left.name) == 1 and not left.subscripts:
            first = s.IndexName(left.name, span=left.span)
        if not isinstance(first, s.Index) or not isinstance(second, s.Index):
            raise Refusal("an argument like D = 1 has an index on either side", begin(left))
        return s.Relation(first, second, span=place(parts))

    def expectation(self, parts: Parts) -> s.Expectation:
        return s.Expectation(str(parts[3]), parts[5], parts[7].content, span=place(parts))

    def plain_distribution(self, parts: Parts) -> s.Call:
        return s.Call(call_name(parts), (), span=place(parts))


def kronecker(parts: Parts) -> s.Delta:
    """`\\delta(i, j)`"""
    indices = [as_argument("P", node) for node in parts[2]]
    if len(parts) != 4 or len(indices) != 2 or not all(isinstance(i, s.Index) for i in indices):
        raise Refusal("Kronecker's delta has two indices", begin(parts[0]))
    return s.Delta(*indices, span=place(parts))  # type: ignore[arg-type]


def call_name(parts: Parts) -> str:
    """`J`, `J_neg`, `P_n`."""
    found = [part for part in parts if isinstance(part, Subscript)]
    if not found:
        return str(parts[0])
    name = subscripted(str(parts[0]), found[0], place(parts))
    if len(name.subscripts) > 1:
        raise Refusal("a function has one subscript at most here", found[0].span[0])
    for index in name.subscripts:
        if not isinstance(index, s.IndexName):
            raise Refusal("the subscript of a function is a word or a letter", index.span[0])
        return f"{name.name}_{index.name}"
    return name.name
