"""What is said when a line has no code."""


class CannotGenerate(ValueError):
    """A line, or a part of one, that cannot be turned into code; the message names the part."""
