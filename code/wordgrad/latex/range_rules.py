"""The limits of sums and products: where each bound index runs and what it leaves out."""

from dataclasses import dataclass, replace

from lark import Token

from wordgrad.latex.errors import Refusal
from wordgrad.latex.heads import BigHead
from wordgrad.latex.index_rules import only_indices
from wordgrad.latex.parts import Parts, begin, end, place
from wordgrad.latex.syntax import IndexNumber, Range


@dataclass(frozen=True, slots=True)
class Limit:
    """The part below or above a big operator; `upper` is the text above it."""

    ranges: tuple[Range, ...]
    upper: str
    span: tuple[int, int]


class RangeRules:
    """The grammar's rules about limits."""

    def bare(self, parts: Parts) -> Range:
        return Range(str(parts[0]), span=place(parts))

    def starts(self, parts: Parts) -> Range:
        return Range(str(parts[0]), str(parts[2]), span=place(parts))

    def runs(self, parts: Parts) -> Range:
        return Range(str(parts[0]), str(parts[2]), str(parts[4]), span=place(parts))

    def member(self, parts: Parts) -> Range:
        found: Range = parts[2]
        return replace(found, name=str(parts[0]), span=place(parts))

    def differs(self, parts: Parts) -> Range:
        return Range(str(parts[0]), excluded=only_indices([parts[2]]), span=place(parts))

    def window(self, parts: Parts) -> Range:
        return Range(str(parts[2]), str(parts[0]), str(parts[4]), span=place(parts))

    def distance(self, parts: Parts) -> Range:
        """`|j| <= m`, `0 < |j| <= m`."""
        name, bound = parts[-3], str(parts[-1])
        excluded: tuple[IndexNumber, ...] = ()
        if len(parts) == 5:
            if parts[0] != "0":
                raise Refusal("only 0 < |j| can be read here", begin(parts[0]))
            excluded = (IndexNumber(0, span=place(parts[:1])),)
        return Range(str(name), "-" + bound, bound, excluded, span=place(parts))

    def bound(self, parts: Parts) -> Token:
        """A limit as plain text, with its place: `-m`, `2m`, `V-1`."""
        signs = {"PLUS": "+", "MINUS": "-"}
        value = "".join(signs.get(part.type, str(part)) for part in parts)
        return Token("BOUND", value, start_pos=begin(parts[0]), end_pos=end(parts[-1]))

    bound_atom = bound

    def named_set(self, parts: Parts) -> Range:
        """`V`, `[V]`, `{1, ..., V}`."""
        if len(parts) == 5:
            return Range("", str(parts[1]), str(parts[3]), span=place(parts))
        return Range("", "", str(parts[len(parts) // 2]), span=place(parts))

    def set(self, parts: Parts) -> Range:
        """A set, perhaps without some elements."""
        if len(parts) == 1:
            return parts[0]  # type: ignore[no-any-return]
        excluded = parts[3] if isinstance(parts[2], Token) else [parts[2]]
        found: Range = parts[0]
        return replace(found, excluded=only_indices(excluded), span=place(parts))

    def limits(self, parts: Parts) -> tuple[Range, ...]:
        """All ranges below one operator; conditions join the range they speak of."""
        ranges: dict[str, Range] = {}
        for item in (part for part in parts if isinstance(part, Range)):
            known = ranges.get(item.name)
            if known is None:
                ranges[item.name] = item
            elif item.excluded and not item.lower and not item.upper:
                excluded = known.excluded + item.excluded
                span = (known.span[0], item.span[1])
                ranges[item.name] = replace(known, excluded=excluded, span=span)
            else:
                raise Refusal(f"the index {item.name} is given two ranges", item.span[0])
        return tuple(ranges.values())

    def lower(self, parts: Parts) -> Limit:
        return Limit(parts[2], "", place(parts))

    def upper(self, parts: Parts) -> Limit:
        return Limit((), str(parts[-2] if len(parts) > 1 else parts[0]), place(parts))

    def big_head(self, parts: Parts) -> BigHead:
        """The operator with its ranges; the upper limit belongs to all that start below."""
        operator, *limits = parts
        ranges = [found for limit in limits for found in limit.ranges]
        upper = [limit.upper for limit in limits if limit.upper]
        if len(limits) > 2 or len(upper) > 1 or (len(limits) == 2 and not upper):
            raise Refusal("one subscript and one superscript at most", limits[-1].span[0])
        if upper and not ranges:
            raise Refusal("an upper limit without an index; write \\sum_{k=1}^{K}", begin(operator))
        ranges = [with_upper(found, ranges, upper) for found in ranges]
        span = (begin(operator), limits[-1].span[1] if limits else operator.end_pos)
        return BigHead(str(operator), tuple(ranges), span)  # type: ignore[arg-type]


def with_upper(found: Range, ranges: list[Range], upper: list[str]) -> Range:
    """The range with the limit from above the operator; `i, j = 1` starts both at 1."""
    starts = [other.lower for other in ranges if other.lower and not other.upper]
    if found.upper:
        return found
    lower = found.lower or (starts[0] if starts and not found.excluded else "")
    if lower and not upper:
        message = (
            f"the sum over {found.name} has no upper limit; write ^{{V}} or {found.name} \\in V"
        )
        raise Refusal(message, found.span[0])
    if upper and not lower and not upper[0].isalpha():
        message = f"where does {found.name} start? write {found.name} = 1 below the sign"
        raise Refusal(message, found.span[0])
    return replace(found, lower=lower, upper=upper[0]) if upper else found
