"""What a line stands in: the left-hand side that it may continue, the line above, the case."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields, replace

from wordgrad.checker.clauses import Clauses
from wordgrad.checker.comparison import Reference
from wordgrad.checker.conditions import NO_NEGATIVE_IS_O, names_of, under
from wordgrad.checker.differentials import differential_of, is_differential, with_directions
from wordgrad.checker.memory import Memory
from wordgrad.checker.one_number import of_one_number
from wordgrad.checker.reading import Segment, parsed, read_line
from wordgrad.checker.trees import index_names
from wordgrad.latex.errors import NotUnderstood
from wordgrad.latex.syntax import Derivative, Expr, Name, Relation
from wordgrad.proof.judge import judge


@dataclass
class Context(Memory):
    """What has been read so far."""

    subject: Reference | None = None  # the left-hand side that a line may continue
    above: Expr | None = None  # the last part of the line above
    case: tuple[Relation, ...] = ()  # "Case w = o:" holds for the lines below it
    lost: bool = False  # the left-hand side that a line may continue is not read
    repeats: bool = False  # the reader has said that negatives may be drawn twice
    class_letter: str = ""  # what the reader calls the target word in texts on classification

    def copy(self) -> "Context":
        """The same, to go back to."""
        return replace(
            self,
            own=set(self.own),
            unread=set(self.unread),
            written=list(self.written),
            said=dict(self.said),
        )

    def become(self, other: "Context") -> None:
        """Go back to a copy."""
        for part in fields(self):
            setattr(self, part.name, getattr(other.copy(), part.name))

    def is_aside(self, segment: Segment) -> bool:
        """Whether a line says more of a letter of the reader's: lines below go on from before."""
        first = segment.parts[0]
        return isinstance(first, Name) and first.name in self.own and not segment.continues

    def learn(self, part: Expr) -> None:
        """A part that holds, in every case, is what the left-hand side in force equals."""
        self.above = part
        if self.subject is not None and not self.comparer.conditions:
            self.written.insert(0, (self.subject.tree, part))

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
        """What varies in a line of differentials, or in what goes on from one; else None."""
        line = parsed(text)
        goes_on = (
            bool(line.leading) and self.subject is not None and is_differential(self.subject.tree)
        )
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
