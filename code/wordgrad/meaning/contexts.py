"""The notations of the book, one per subject: scalar functions, softmax, the pair losses, windows.

The book's table of symbols is made from these; nothing is written down twice.

Losses are defined through the scores `theta`, so that a derivative by a score means something:
what is differentiated by `theta` is what `theta` occurs in.
"""

from collections.abc import Iterable
from functools import cache
from typing import Literal

from wordgrad.calculus.sorts import DIM, NEG, VOC, WIN
from wordgrad.meaning.notation import Call, IndexFunction, Notation, Quantity

PairLoss = Literal["softmax", "negative_sampling"]

WINDOW = r"\sum_{-m\le j\le m,\ j\neq 0}"

_SIZES = tuple(Quantity(name, kind="size") for name in ("V", "d", "K", "m"))
_VECTORS = (
    Quantity("u", (VOC, DIM), least=1),
    Quantity("v", (VOC, DIM), least=1),
    Quantity("U", (VOC, DIM), array="u"),
)
_NEGATIVES = IndexFunction("n", (NEG,))
_NEGATIVE_LETTERS = dict.fromkeys(("k", "l", "ell"), NEG)
_CONTEXT_WORDS = IndexFunction("w", (WIN,))


def _by_name(quantities: Iterable[Quantity]) -> dict[str, Quantity]:
    return {quantity.name: quantity for quantity in quantities}


def _scores_of(vector: str) -> Quantity:
    """The score theta_i of word i; written by word, it means the same in either layout of U."""
    return Quantity("theta", (VOC,), definition=rf"u_i^\top {vector}", formals=("i",))


def _one_hot(word: str) -> Quantity:
    """The target y: 1 for the word to be predicted, 0 for every other."""
    return Quantity("y", (VOC,), definition=rf"\delta_{{i{word}}}", formals=("i",))


def _counts(name: str, total: str) -> Quantity:
    """How often each word occurs: b in the window (its bag of words), r among the negatives."""
    return Quantity(name, (VOC,), definition=total, formals=("i",))


_SOFTMAX = (
    Quantity("Z", definition=r"\sum_{w=1}^{V} e^{\theta_w}"),
    Quantity("yhat", (VOC,), definition=r"\operatorname{softmax}(\theta)"),
)
_MEAN_OUTSIDE = Quantity("ubar", (DIM,), definition=r"\sum_{w=1}^{V}\hat y_w u_w")
_REPEATS = _counts("r", r"\sum_{k=1}^{K}\delta_{i n_k}")
_BAG_OF_WORDS = _counts("b", WINDOW + r"\mathbb 1[w_{c+j}=i]")
PROBABILITY = Call("P", "w", VOC, r"\hat y_w", conditional=True)


@cache
def scalar() -> Notation:
    """Functions of one real number x."""
    return Notation("scalar", _by_name((Quantity("x"), Quantity("s"))))


@cache
def scores(target: Literal["one-hot", "distribution"] = "one-hot") -> Notation:
    """Softmax and cross-entropy of free scores theta; `s` is a shift."""
    table = (
        Quantity("theta", (VOC,)),
        *_SOFTMAX,
        Quantity("s"),
        _one_hot("o") if target == "one-hot" else Quantity("y", (VOC,), kind="distribution"),
        Quantity("J", definition=r"-\sum_{w=1}^{V} y_w\log\hat y_w"),
        *_SIZES,
    )
    return Notation(f"scores, {target} target", _by_name(table))


@cache
def naive_softmax() -> Notation:
    """One center word c, one outside word o, the loss over the whole vocabulary."""
    loss = r"-\sum_{w=1}^{V} y_w\log\hat y_w"
    table = (
        *_VECTORS,
        _scores_of("v_c"),
        *_SOFTMAX,
        _one_hot("o"),
        _MEAN_OUTSIDE,
        Quantity("J", definition=loss),
        *_SIZES,
    )
    calls = {
        "P": PROBABILITY,
        "p": PROBABILITY,
        "J": Call("J", "o", VOC, r"-\log\hat y_o"),
    }
    return Notation("naive softmax", _by_name(table), calls=calls)


@cache
def negative_sampling() -> Notation:
    """One center word c, one outside word o, K negatives n_1..n_K that may coincide."""
    loss = r"-\log\sigma(\theta_o)-\sum_{k=1}^{K}\log\sigma(-\theta_{n_k})"
    table = (
        *_VECTORS,
        _scores_of("v_c"),
        _one_hot("o"),
        _REPEATS,
        Quantity("J", definition=loss),
        *_SIZES,
    )
    return Notation(
        "negative sampling",
        _by_name(table),
        index_functions={"n": _NEGATIVES, "w": _NEGATIVES},
        calls={"J": Call("J", "o", VOC, loss)},
        looked_up={NEG: "n"},
        usual=_NEGATIVE_LETTERS,
    )


@cache
def window(pair_loss: PairLoss) -> Notation:
    """Skip-gram over the words around the center; `F(w_{c+j}, v_c)` is the loss of one of them,
    also written `J(v_c, w_{c+j}, U)`; `J` alone is the total.

    With negative sampling, `n_{j,k}` is the k-th negative of position j.
    """
    if pair_loss == "softmax":
        pair = r"-\log\hat y_{w_{c+j}}"
        functions = {"w": _CONTEXT_WORDS}
        probability = {"P": PROBABILITY, "p": PROBABILITY}
        extra: tuple[Quantity, ...] = (*_SOFTMAX, _MEAN_OUTSIDE)
    else:
        pair = r"-\log\sigma(\theta_{w_{c+j}})-\sum_{k=1}^{K}\log\sigma(-\theta_{n_{j,k}})"
        functions = {"w": _CONTEXT_WORDS, "n": IndexFunction("n", (WIN, NEG))}
        probability = {}
        repeats = WINDOW + r"\sum_{k=1}^{K}\mathbb 1[n_{j,k}=i]"
        extra = (_counts("r", repeats),)
    total = WINDOW + r" F(w_{c+j}, v_c)"
    calls = {name: Call(name, "j", WIN, pair) for name in ("F", "J")}
    table = (
        *_VECTORS,
        _scores_of("v_c"),
        *extra,
        _BAG_OF_WORDS,
        Quantity("J", definition=total),
        *_SIZES,
    )
    return Notation(
        f"window, {pair_loss}",
        _by_name(table),
        index_functions=functions,
        calls={**calls, **probability},
        looked_up={WIN: "w"},
        usual={} if pair_loss == "softmax" else _NEGATIVE_LETTERS,
    )


@cache
def cbow(pair_loss: PairLoss, combine: Literal["sum", "mean"] = "sum") -> Notation:
    """The center word c predicted from the sum or the mean of its context vectors, vhat."""
    context = WINDOW + r" v_{w_{c+j}}"
    vhat = context if combine == "sum" else r"\frac{1}{2m}" + context
    if pair_loss == "softmax":
        loss = r"-\log\hat y_c"
        extra: tuple[Quantity, ...] = (*_SOFTMAX, _MEAN_OUTSIDE)
    else:
        loss = r"-\log\sigma(\theta_c)-\sum_{k=1}^{K}\log\sigma(-\theta_{n_k})"
        extra = (_REPEATS,)
    table = (
        *_VECTORS,
        Quantity("vhat", (DIM,), definition=vhat),
        _scores_of(r"\hat v"),
        *extra,
        _one_hot("c"),
        _BAG_OF_WORDS,
        Quantity("J", definition=loss),
        *_SIZES,
    )
    return Notation(
        f"cbow {combine}, {pair_loss}",
        _by_name(table),
        index_functions={"w": _CONTEXT_WORDS, "n": _NEGATIVES},
        looked_up={NEG: "n", WIN: "w"},
        usual={} if pair_loss == "softmax" else _NEGATIVE_LETTERS,
    )


@cache
def free() -> Notation:
    """The vectors, scores and probabilities of the book; the loss is the reader's to define."""
    table = (
        *_VECTORS,
        _scores_of("v_c"),
        *_SOFTMAX,
        _one_hot("o"),
        _MEAN_OUTSIDE,
        _REPEATS,
        Quantity("x"),
        Quantity("s"),
        *_SIZES,
    )
    return Notation(
        "free",
        _by_name(table),
        index_functions={"n": _NEGATIVES, "w": _NEGATIVES},
        calls={"P": PROBABILITY, "p": PROBABILITY},
        looked_up={NEG: "n"},
        usual=_NEGATIVE_LETTERS,
    )
