"""The one exception of this folder: a line that could not be read, and the place where."""

WINDOW = 60  # how much of a long line is shown on either side of the place


class NotUnderstood(ValueError):
    """A line that the parser cannot read; it says nothing about whether the line is right.

    Parameters
    ----------
    message : str
        What was read, what is allowed there, and what to do.
    position : int
        Index into `text` of the first character that could not be used.
    text : str
        The line as it was given.

    Examples
    --------
    >>> print(NotUnderstood("the bracket is never closed", 4, "U v_(c").pointer())
    U v_(c
        ^
    """

    def __init__(self, message: str, position: int, text: str) -> None:
        super().__init__(message, position, text)
        self.message = message
        self.position = max(0, min(position, len(text)))
        self.text = text

    def pointer(self) -> str:
        """The line of the text that holds the place, and a caret below the place."""
        begin = self.text.rfind("\n", 0, self.position) + 1
        end = self.text.find("\n", self.position)
        end = len(self.text) if end < 0 else end
        left, right = max(begin, self.position - WINDOW), min(end, self.position + WINDOW)
        shown = ("…" if left > begin else "") + self.text[left:right] + ("…" if right < end else "")
        column = self.position - left + (left > begin)
        return f"{shown.replace(chr(9), ' ')}\n{' ' * column}^"

    def __str__(self) -> str:
        return f"{self.message}\n{self.pointer()}"


class Refusal(Exception):
    """Raised while a tree is built, where the place is known but not the text; never leaves here.

    Parameters
    ----------
    message : str
        As in `NotUnderstood`.
    position : int
        Index into the text of the line.
    """

    def __init__(self, message: str, position: int) -> None:
        super().__init__(message, position)
        self.message, self.position = message, position
