"""What a line stands in: the left-hand side that it may continue, the line above, the case."""

from collections.abc import Iterator, Sequence
from copy import copy
from dataclasses import dataclass, field, fields, replace

from wordgrad.checker.book_names import with_quantity
from wordgrad.checker.clauses import Clauses
from wordgrad.checker.comparison import Comparer, Reference
from wordgrad.checker.conditions import NO_NEGATIVE_IS_O, names_of, under
from wordgrad.checker.dependence import reaches, with_dependence
from wordgrad.checker.differentials import differential_of, is_differential, with_directions
from wordgrad.checker.loss_parts import loss_in
from wordgrad.checker.one_number import of_one_number
from wordgrad.checker.reading import Segment, read_line
from wordgrad.checker.trees import index_names, places
from wordgrad.latex.errors import NotUnderstood
from wordgrad.latex.parser import parse_line
from wordgrad.latex.printer import to_latex
from wordgrad.latex.syntax import Derivative, Expr, Group, Name, Neg, Number, Relation
from wordgrad.meaning.notation import Notation, Quantity
from wordgrad.proof.judge import judge


@dataclass
class Context:
    """What has been read so far."""

    comparer: Comparer
    slips: bool = True  # whether to say what is wrong with a wrong line
    subject: Reference | None = None  # the left-hand side that a line may continue
    above: Expr | None = None  # the last part of the line above
    case: tuple[Relation, ...] = ()  # "Case w = o:" holds for the lines below it
    own: set[str] = field(default_factory=set)  # letters that the reader has defined
    unread: set[str] = field(default_factory=set)  # letters of lines that were not read
    written: list[tuple[Expr, Expr]] = field(default_factory=list)  # what equals what, as shown
    said: dict[str, int] = field(default_factory=dict)  # sizes with a number: `K = 3`
    lost: bool = False  # the left-hand side that a line may continue is not read
    latest: tuple[str, ...] = ()  # the letters that were defined last
    repeats: bool = False  # the reader has said that negatives may be drawn twice
    class_letter: str = ""  # what the reader calls the target word in texts on classification

    def copy(self) -> "Context":
        """The same, to go back to."""
        own, unread, written, said = map(copy, (self.own, self.unread, self.written, self.said))
        return replace(self, own=own, unread=unread, written=written, said=said)

    def become(self, other: "Context") -> None:
        """Go back to a copy."""
        for part in fields(self):
            setattr(self, part.name, getattr(other.copy(), part.name))

    def with_dependence(self, segment: Segment, text: str) -> Segment:
        """The segment with derivatives by the reader's letters that say what is meant."""
        notation = self.comparer.notation
        parts = (with_dependence(part, notation, self.written, text) for part in segment.parts)
        return replace(segment, parts=tuple(parts))

    def demand_known(self, segment: Segment, text: str) -> None:
        """Refuse what rests on a line that was not read, and sizes with a number."""
        first = segment.parts[0]
        quantity = self.comparer.notation.quantity(first.name) if isinstance(first, Name) else None
        if quantity is not None and quantity.kind == "size" and not quantity.definition:
            self.unread.add(quantity.name)
            message = (
                f"{quantity.name} stays open here: lines are checked for every {quantity.name}"
            )
            raise NotUnderstood(message, 0, text)
        for name in (p.node for part in segment.parts for p in places(part)):
            if isinstance(name, Name) and name.name in self.unread:
                letter = to_latex(Name(name.name))
                message = f"{letter} was given a meaning on a line that is not read"
                raise NotUnderstood(message, name.span[0], text)

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

    def is_aside(self, segment: Segment) -> bool:
        """Whether a line says more of a letter of the reader's: lines below go on from before."""
        first = segment.parts[0]
        return isinstance(first, Name) and first.name in self.own and not segment.continues

    def learn(self, part: Expr) -> None:
        """A part that holds, in every case, is what the left-hand side in force equals."""
        self.above = part
        if self.subject is not None and not self.comparer.conditions:
            self.written.insert(0, (self.subject.tree, part))

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

    def claims(self, segment: Segment) -> tuple[Expr, ...]:
        """The parts that are claimed to equal the subject; a left-hand side becomes the subject."""
        subject = segment.subject
        if subject is None and not segment.continues and len(segment.parts) > 1:
            first = segment.parts[0]
            if not self.comparer.target.forms or self.comparer.is_target(first):
                subject = first
        if subject is None:
            return segment.parts
        self.subject = self.comparer.subject_reference(subject)
        self.above, self.lost = None, False
        return segment.parts[1:]

    def references(self, part: Expr, segment: Segment) -> Iterator[Reference]:
        """What a part may be equal to: the left-hand side in force, else a form of the target."""
        subject = self.subject
        bound_to_subject = segment.continues or segment.subject is not None
        if subject is not None:
            notation = under(subject.notation, self.comparer.conditions)
            subject = Reference(subject.tree, notation)
        if subject is not None and bound_to_subject:
            yield subject
            return
        if subject is not None and set(index_names(subject.tree)) <= set(index_names(part)):
            yield subject
        yield from self.comparer.references(part)
        if subject is not None:
            yield subject

    def follows(self, part: Expr) -> bool | None:
        """Whether a part equals the line above; None if there is none."""
        if self.above is None:
            return None
        notation = self.subject.notation if self.subject else self.comparer.notation
        notation = under(notation, self.comparer.conditions)
        return judge(self.above, part, notation).status in ("proved", "agrees")

    def conditions_of(self, clauses: Clauses, segments: Sequence[Segment]) -> tuple[Relation, ...]:
        """Those of the line, of the case it belongs to, or of the line that it goes on from."""
        if clauses.concludes and not segments[0].continues:
            self.case = ()
        before = self.comparer.conditions if segments[0].continues else self.case
        return clauses.conditions or before

    def admit(self, conditions: tuple[Relation, ...], text: str) -> None:
        """Refuse conditions on anything but words: two negatives, say."""
        notation = self.comparer.notation
        if NO_NEGATIVE_IS_O in conditions and "n" not in notation.index_functions:
            raise NotUnderstood("there are no negatives here", 0, text)
        for name in (name for relation in conditions for name in names_of(relation)):
            if name in notation.usual or of_one_number(notation):
                message = (
                    f"a condition on {name} is not read here; conditions are on words, w \\neq o"
                )
                raise NotUnderstood(message, 0, text)

    def varying(self, text: str) -> tuple[Name, ...] | None:
        """What varies in a line of differentials, `dJ = ...` or what goes on from one; else None."""
        line = parse_line(text)
        goes_on = bool(line.leading) and self.subject is not None and is_differential(self.subject.tree)
        begins = not line.leading and len(line.parts) > 1 and differential_of(line.parts[0])
        if not goes_on and not begins:
            return None
        self.comparer = self.comparer.reading(with_directions(self.comparer.notation))
        forms = (form.tree for form in self.comparer.target.forms)
        by = next((form.variables for form in forms if isinstance(form, Derivative)), ())
        return tuple(name for name in by if isinstance(name, Name))

    def lose(self, text: str) -> None:
        """A line was not read: what goes on from it is said of its left-hand side."""
        self.above = None
        left, sign, _ = text.partition("=")
        if not sign or not left.strip(" &$"):
            return
        try:
            (segment,), _ = read_line(f"{left}= 0", self.comparer.notation)
        except (NotUnderstood, ValueError):
            segment = None
        subject = segment.subject if segment is not None else None
        self.lost = subject is None
        self.subject = self.comparer.subject_reference(subject) if subject is not None else None

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
