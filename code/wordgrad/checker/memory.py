"""What has been learned on the way: letters of the reader's, sizes, what equals what."""

from dataclasses import dataclass, field, replace

from wordgrad.checker.book_names import with_quantity
from wordgrad.checker.comparison import Comparer
from wordgrad.checker.conditions import under
from wordgrad.checker.dependence import reaches, with_dependence
from wordgrad.checker.loss_parts import loss_in
from wordgrad.checker.reading import Segment
from wordgrad.checker.trees import places
from wordgrad.latex.errors import NotUnderstood
from wordgrad.latex.printer import to_latex
from wordgrad.latex.syntax import Expr, Group, Name, Neg, Number
from wordgrad.meaning.notation import Notation, Quantity
from wordgrad.proof.judge import judge


@dataclass
class Memory:
    """What the lines so far have said of letters and sizes."""

    comparer: Comparer
    slips: bool = True  # whether to say what is wrong with a wrong line
    own: set[str] = field(default_factory=set)  # letters that the reader has defined
    unread: set[str] = field(default_factory=set)  # letters of lines that were not read
    written: list[tuple[Expr, Expr]] = field(default_factory=list)  # what equals what, as shown
    said: dict[str, int] = field(default_factory=dict)  # sizes with a number: `K = 3`
    latest: tuple[str, ...] = ()  # the letters that were defined last

    def with_dependence(self, segment: Segment, text: str) -> Segment:
        """The segment with derivatives by the reader's letters that say what is meant."""
        notation = self.comparer.notation
        parts = (with_dependence(part, notation, self.written, text) for part in segment.parts)
        return replace(segment, parts=tuple(parts))

    def demand_known(self, segment: Segment, text: str) -> None:
        """Refuse what rests on a line that was not read."""
        for name in (p.node for part in segment.parts for p in places(part)):
            if isinstance(name, Name) and name.name in self.unread:
                letter = to_latex(Name(name.name))
                message = f"{letter} was given a meaning on a line that is not read"
                raise NotUnderstood(message, name.span[0], text)

    def demand_no_size(self, segment: Segment, text: str) -> None:
        """Refuse to give a size a value that it cannot be compared with."""
        first = segment.parts[0]
        quantity = self.comparer.notation.quantity(first.name) if isinstance(first, Name) else None
        if quantity is not None and quantity.kind == "size" and not quantity.definition:
            self.unread.add(quantity.name)
            message = (
                f"{quantity.name} stays open here: lines are checked for every {quantity.name}"
            )
            raise NotUnderstood(message, 0, text)

    def demand_free(self, segment: Segment, text: str) -> None:
        """Refuse to give a letter of the target another meaning."""
        target, name = self.comparer.target, segment.parts[0]
        quantity = target.notation.quantity(name.name) if isinstance(name, Name) else None
        if quantity is None or quantity.name != getattr(name, "name", ""):
            return
        if any(reaches(form.tree, quantity, target.notation) for form in target.forms):
            letter = to_latex(Name(quantity.name))
            raise NotUnderstood(f"{letter} has a meaning already; use another letter", 0, text)

    def doubt(self, segment: Segment) -> None:
        """A line that was not read may have given a meaning to the letter on its left."""
        first = segment.parts[0]
        if isinstance(first, Name) and self.comparer.notation.quantity(first.name) is None:
            self.unread.add(first.name)

    def is_likelihood(self, segment: Segment, part: Expr) -> bool:
        """Whether a small l is the logarithm of the likelihood: the loss with the other sign."""
        first = segment.parts[0]
        if getattr(first, "name", "") != "ell" or segment.continues:
            return False
        notation = under(self.comparer.notation, self.comparer.conditions)
        if judge(Neg(Group(part)), Name("J"), notation).status not in ("proved", "agrees"):
            return False
        self.unread.add("ell")
        return True

    def names_a_probability(self) -> bool:
        """Whether the letter that was defined last is the probability of each word."""
        known = self.comparer.notation.quantities
        return any(known[name].definition.startswith(r"\hat{y}") for name in self.latest)

    def say(self, size: str, value: Expr) -> str:
        """From here on a size is a number, or has another name too; a sentence that says so."""
        if isinstance(value, Number):
            self.said[size] = int(value.value)
            self.comparer = self.comparer.at_sizes(self.said)
            return f"lines below are read for {size} = {self.said[size]}"
        assert isinstance(value, Name)
        other = Quantity(value.name, definition=size)
        self.define(with_quantity(self.comparer.notation, other))
        return f"{value.name} is read as {size}"

    def define(self, notation: Notation) -> None:
        """From here on lines are read in this notation, which knows a letter of the reader's."""
        before = self.comparer.notation.quantities
        new = {name for name, q in notation.quantities.items() if before.get(name) is not q}
        implied = {name for name in new if any(other.startswith(f"{name}_at") for other in new)}
        self.own |= new - implied
        self.latest = tuple(sorted(new - implied))
        self.comparer = self.comparer.reading(notation)
        for name in sorted(new - implied):
            loss = loss_in(name, notation)
            if loss is not None:
                self.written.append((Name("J"), loss))
