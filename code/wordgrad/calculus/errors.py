"""What the calculus says when it cannot go on."""


class CalculusError(Exception):
    """Base of the errors below; none of them refutes anything."""


class Unsupported(CalculusError):
    """An expression the normal form has no rule for."""


class Undefined(CalculusError):
    """An expression without a value: a division by zero, the logarithm of zero."""


class OutOfFuel(CalculusError):
    """The step budget is used up."""
