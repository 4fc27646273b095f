"""Slips in plain sentences."""

_SENTENCES = {
    "sign": "The sign is the other way round: {change}.",
    "minus lost inside sigma": "A minus inside $\\sigma$ is lost, or one too many: {change}.",
    "wrong index": "The index is wrong here: {change}.",
    "wrong vector": "Another vector belongs here: {change}.",
    "y for yhat": "Target $y$ and prediction $\\hat y$ are mixed up: {change}.",
    "term dropped": "A term is missing: {change}.",
    "term extra": "A term is too many: {change}.",
    "factor dropped": "A factor is missing: {change}.",
    "factor extra": "A factor is too many: {change}.",
    "extra sigma": "A $\\sigma$ is too many: {change}.",
    "sum dropped": "A sum is missing: {change}.",
    "sum not collapsed": "Only one term of the sum is left: {change}.",
    "case w=o forgotten": "One case is forgotten, where two words are the same: {change}.",
    "case turned round": "The case is the other way round: {change}.",
    "repeats counted wrongly": "A word may occur several times: {change}.",
    "transposed": "A transpose is missing, or one too many: {change}.",
    "outer product swapped": "The factors are in the wrong order: {change}.",
    "joint for conditional": "A conditional probability is meant: {change}.",
    "log split": "A logarithm does not go into a sum, nor into both parts of a fraction: {change}.",
    "log of exp": "Logarithm and exponential undo each other, no more and no less: {change}.",
    "quotient rule": "The quotient rule is $(f/g)'=(f'g-fg')/g^2$: {change}.",
    "window bound": "The sum runs over the wrong positions: {change}.",
    "index both free and bound": "One letter is both summed over and free; the sum needs one of "
    "its own: {change}.",
}
_OTHERWISE = "{change}."


def sentence(kind: str, written: str, meant: str) -> str:
    """What was written and what is meant.

    Examples
    --------
    >>> sentence("sign", "u_o", "-u_o")
    'The sign is the other way round: $u_o$ should be $-u_o$.'
    """
    text = _SENTENCES.get(kind, _OTHERWISE)
    return text.replace("{change}", f"${written}$ should be ${meant}$")
