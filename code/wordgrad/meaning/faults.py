"""Why a line that parses has no meaning, and where: each error carries the node at fault."""

from wordgrad.latex.syntax import Node


class LineError(ValueError):
    """Base of the errors below.

    Parameters
    ----------
    message : str
        In plain words, without the place.
    node : Node, optional
        The factor at fault; its `span` points into the source text.

    Notes
    -----
    `str(error)` quotes the factor once the source text is known (`in_text`).
    """

    def __init__(self, message: str, node: Node | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.node = node
        self.source = ""

    @property
    def span(self) -> tuple[int, int]:
        """Start and end of the factor in the source text; (0, 0) if unknown."""
        return self.node.span if self.node is not None else (0, 0)

    def in_text(self, text: str) -> "LineError":
        """The same error, quoting the factor from the text it was read from."""
        self.source = text[slice(*self.span)].strip()
        return self

    def __str__(self) -> str:
        return f"{self.message} (in `{self.source}`)" if self.source else self.message


class ShapeError(LineError):
    """Shapes that do not fit, such as a column over words added to one over components."""


class SortError(LineError):
    """An index used for two different kinds of thing, or for none."""


class UnknownName(LineError):
    """A letter that the notation does not have."""


class Unsupported(LineError):
    """Meaningful notation that is not read yet."""
