"""Slips in plain sentences."""

_SENTENCES = {
    "sign": "The sign is the other way round: ${written}$ should be ${meant}$.",
    "minus inside sigma": "A minus inside $\\sigma$ is lost or too many: "
    "${written}$ should be ${meant}$.",
    "sign of an exponent": "The exponent has the wrong sign: ${written}$ should be ${meant}$.",
    "wrong index": "The index ${written}$ should be ${meant}$ here.",
    "wrong letter": "${written}$ stands where ${meant}$ is meant.",
    "term dropped": "A term is missing: ${written}$ should be ${meant}$.",
    "term extra": "A term is too many: ${written}$ should be ${meant}$.",
    "factor dropped": "A factor is missing: ${written}$ should be ${meant}$.",
    "factor extra": "A factor is too many: ${written}$ should be ${meant}$.",
    "sum dropped": "A sum is missing: ${written}$ should be ${meant}$.",
    "sum not collapsed": "Only one term of the sum is left: ${written}$ should be ${meant}$.",
    "case w=o forgotten": "The case $w=o$ is forgotten: ${written}$ should be ${meant}$.",
    "transposed": "The line is transposed: ${written}$ should be ${meant}$.",
    "outer product swapped": "The factors are in the wrong order: ${written}$ should be ${meant}$.",
    "joint for conditional": "A conditional probability is meant: ${meant}$.",
    "extra sigma": "A $\\sigma$ is too many: ${written}$ should be ${meant}$.",
    "log split": "The logarithm does not go inside the sum: ${written}$ should be ${meant}$.",
    "window bound": "The sum runs over the wrong range: ${written}$ should be ${meant}$.",
}
_OTHERWISE = "${written}$ should be ${meant}$."


def sentence(kind: str, written: str, meant: str) -> str:
    """What was written and what is meant."""
    text = _SENTENCES.get(kind, _OTHERWISE)
    return text.replace("{written}", written).replace("{meant}", meant)
