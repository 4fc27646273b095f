"""The sampled loss in a letter of the reader's: J in `z_k`, K numbers that need not differ.

`\\partial J/\\partial z_k` speaks of one term of the sum; that two negatives may be one word, and
have one score then, does not matter to it.
"""

from wordgrad.latex.parser import parse_expression
from wordgrad.latex.printer import to_latex
from wordgrad.latex.syntax import Expr, IndexName, Name
from wordgrad.meaning.notation import Notation
from wordgrad.proof.judge import judge

_POSITIVE = (  # what the letter is worth, and the term of the word that is predicted in it
    (r"\theta_{WORD}", r"-\log\sigma(LETTER)"),
    (r"\sigma(\theta_{WORD})", r"-\log(LETTER)"),
    (r"-\theta_{WORD}", r"-\log\sigma(-LETTER)"),
    (r"\sigma(-\theta_{WORD})", r"-\log(1-LETTER)"),
)
_NEGATIVE = (
    (r"\theta_{n_k}", r"-\sum_{k=1}^{K}\log\sigma(-LETTER)"),
    (r"\sigma(\theta_{n_k})", r"-\sum_{k=1}^{K}\log(1-LETTER)"),
    (r"\sigma(-\theta_{n_k})", r"-\sum_{k=1}^{K}\log(LETTER)"),
    (r"-\theta_{n_k}", r"-\sum_{k=1}^{K}\log\sigma(LETTER)"),
)
_OTHER = {False: r"-\sum_{k=1}^{K}\log\sigma(-\theta_{n_k})", True: r"-\log\sigma(\theta_{WORD})"}


def is_part(value: Expr, notation: Notation) -> bool:
    """Whether a value is the term of the word that is predicted, or those of all negatives.

    Examples
    --------
    >>> from wordgrad.meaning.contexts import negative_sampling
    >>> is_part(parse_expression(r"-\\log\\sigma(u_o^\\top v_c)"), negative_sampling())
    True
    >>> is_part(parse_expression(r"\\log\\sigma(u_o^\\top v_c)"), negative_sampling())
    False
    """
    function = notation.index_functions.get("n")
    if function is None or len(function.arguments) != 1 or notation.quantity("yhat"):
        return False
    word = "c" if notation.quantity("vhat") else "o"
    parts = (parse_expression(latex.replace("WORD", word)) for latex in _OTHER.values())
    return any(judge(part, value, notation).status == "proved" for part in parts)


def loss_in(name: str, notation: Notation) -> Expr | None:
    """The loss of one pair with negatives, written in a letter; None if it has no part in it.

    Examples
    --------
    >>> from dataclasses import replace
    >>> from wordgrad.meaning.contexts import negative_sampling
    >>> from wordgrad.meaning.notation import Quantity
    >>> book = negative_sampling()
    >>> own = Quantity("q", definition=r"\\sigma(\\theta_o)")
    >>> notation = replace(book, quantities={**book.quantities, "q": own})
    >>> to_latex(loss_in("q", notation))
    '-\\\\log(q) - \\\\sum_{k=1}^{K} \\\\log \\\\sigma(-\\\\theta_{n_k})'
    """
    quantity, function = notation.quantities[name], notation.index_functions.get("n")
    loss = notation.quantities.get("J")
    if function is None or len(function.arguments) != 1 or loss is None or not quantity.definition:
        return None
    if quantity.sorts not in ((), function.arguments):
        return None
    word = "c" if notation.quantity("vhat") else "o"
    every = bool(quantity.sorts)
    letter = Name(name, (IndexName("k"),) if every else ())
    for worth, part in _NEGATIVE if every else _POSITIVE:
        same = judge(parse_expression(worth.replace("WORD", word)), letter, notation)
        if same.status == "proved" and not same.side_conditions:
            text = part.replace("LETTER", to_latex(letter)) + _OTHER[every]
            whole = parse_expression(text.replace("WORD", word))
            is_loss = judge(Name("J"), whole, notation).status == "proved"
            return whole if is_loss else None
    return None
