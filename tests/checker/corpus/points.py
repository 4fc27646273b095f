"""Random points with all the coincidences that the assumptions of a target allow.

A point is a dictionary of names: the arrays, the indices, and what is defined from them.  The
names are those in which the values of the corpus are typed.
"""

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

import numpy as np

from tests.checker.corpus.vocabulary import VOCABULARY, Array, counts, neg, nll, onehot, softmax

Point = dict[str, Any]
SEED = 20131016
COUNT = 40
_SIZES = ((2, 3, 2, 1), (3, 4, 3, 1), (2, 5, 3, 2))  # d, V, K, m: all different axes differ
_ROOMY = ((2, 7, 3, 1), (3, 8, 2, 2))  # where words must all differ


def context_of(target: str) -> str:
    """What a target speaks of: "scalar", "scores", "pair", "window" or "cbow"."""
    first = target.partition("_")[0]
    if first in ("sigmoid", "log", "softplus"):
        return "scalar"
    if first in ("softmax", "ce", "normaliser"):
        return "scores"
    return {"naive": "pair", "neg": "pair"}.get(first, first)


@cache
def points(target: str, layout: str, assuming: tuple[tuple[str, str], ...]) -> tuple[Point, ...]:
    """The points at which lines of a derivation are compared.

    Parameters
    ----------
    target : str
        Id of a derivation of the book.
    layout : {"rows", "columns"}
        How the name `U` stacks the outside vectors; `u` always has one row per word.
    assuming : pairs of key and value
        `w`, `negatives`, `pair_loss`, `context` as in `check_derivation`, with nothing left out.
    """
    rng = np.random.default_rng(SEED)
    given = dict(assuming)
    return tuple(_draw(target, layout, given, number, rng) for number in range(COUNT))


def _draw(
    target: str, layout: str, given: Mapping[str, str], number: int, rng: np.random.Generator
) -> Point:
    context = context_of(target)
    if context == "scalar":
        return {**VOCABULARY, "x": rng.normal() * 1.5}
    roomy = given["negatives"] == "distinct" or given["words"] == "distinct"
    sizes = _ROOMY if roomy else _SIZES
    d, size, K, m = sizes[number % len(sizes)]
    if context == "scores":
        return _scores(size, rng)
    base = _vectors(d, size, layout, rng)
    base |= _indices(base, given, K, m, rng)
    return {"pair": _pair, "window": _window, "cbow": _cbow}[context](base, target, given)


def _scores(size: int, rng: np.random.Generator) -> Point:
    o, i, j = (int(rng.integers(size)) for _ in range(3))
    theta = rng.normal(size=size)
    return {
        **VOCABULARY,
        "V": size,
        "words": range(size),
        "o": o,
        "i": i,
        "j": j,
        "s": rng.normal(),
        "theta": theta,
        "y": onehot(o, size),
        "yhat": softmax(theta),
        "Z": np.exp(theta).sum(),
        "I": np.eye(size),
    }


def _vectors(d: int, size: int, layout: str, rng: np.random.Generator) -> Point:
    u, v = rng.normal(size=(size, d)), rng.normal(size=(size, d))
    return {
        **VOCABULARY,
        "d": d,
        "V": size,
        "words": range(size),
        "u": u,
        "v": v,
        "U": u if layout == "rows" else u.T,
        "a": int(rng.integers(d)),
        "I": np.eye(size),
        "prior": rng.uniform(0.1, 0.9),  # P(c), for who writes a joint probability
    }


def _indices(
    base: Point,
    given: Mapping[str, str],
    K: int,
    m: int,
    rng: np.random.Generator,
) -> Point:
    size = base["V"]
    o, c, w = (int(rng.integers(size)) for _ in range(3))
    if given["w"] == "o":
        w = o
    elif given["w"] == "not o":
        w = _other_than(o, size, rng)
    elif given["w"] == "not c":
        w = _other_than(c, size, rng)
    if given["negatives"] == "distinct":
        n = rng.permutation([word for word in range(size) if word != o])[:K]
    else:
        n = rng.integers(size, size=K)
    distinct = given["words"] == "distinct"
    ctx = rng.permutation(size)[: 2 * m] if distinct else rng.integers(size, size=2 * m)
    return {
        "o": o,
        "c": c,
        "w": w,
        "K": K,
        "m": m,
        "negatives": range(K),
        "n": n,
        "l": int(rng.integers(K)),
        "ctx": ctx,
        "with_center": np.insert(ctx, m, c),
        "positions": range(2 * m),
        "j": int(rng.integers(2 * m)),
        "njk": rng.integers(size, size=(2 * m, K)),
    }


def _other_than(word: int, size: int, rng: np.random.Generator) -> int:
    return int((word + rng.integers(1, size)) % size)


def _predicting(point: Point, h: Array, predicted: int) -> Point:
    """Names for a vector h that predicts a word."""
    theta = point["u"] @ h
    return {
        **point,
        "theta": theta,
        "yhat": softmax(theta),
        "Z": np.exp(theta).sum(),
        "y": onehot(predicted, point["V"]),
        "un": point["u"][point["n"]],
        "unl": point["u"][point["n"][point["l"]]],
        "uo": point["u"][point["o"]],
        "uw": point["u"][point["w"]],
        "uc": point["u"][point["c"]],
        "vc": point["v"][point["c"]],
        "r": counts(point["n"], point["V"]),
        "b": counts(point["ctx"], point["V"]),
        "uctx": point["u"][point["ctx"]],
        "vctx": point["v"][point["ctx"]],
    }


def _pair(point: Point, target: str, given: Mapping[str, str]) -> Point:
    """J(u, v): the loss of one pair."""
    c, o, n = point["c"], point["o"], point["n"]
    new = _predicting(point, point["v"][c], o)
    if target.startswith("naive"):
        return {**new, "J": lambda u, v: nll(u, v[c], o)}
    return {**new, "J": lambda u, v: neg(u, v[c], o, n)}


def _window(point: Point, target: str, given: Mapping[str, str]) -> Point:
    """J(u, v): the loss summed over a window; F(u, h, j): that of position j."""
    c, ctx, njk = point["c"], point["ctx"], point["njk"]
    new = _predicting(point, point["v"][c], point["o"])

    def pair(u: Array, h: Array, j: int) -> Any:
        if given["pair_loss"] == "softmax":
            return nll(u, h, ctx[j])
        return neg(u, h, ctx[j], njk[j])

    def loss(u: Array, v: Array) -> Any:
        return sum(pair(u, v[c], j) for j in range(len(ctx)))

    return {**new, "r": counts(njk, point["V"]), "F": pair, "J": loss}


def _cbow(point: Point, target: str, given: Mapping[str, str]) -> Point:
    """J(u, v): the loss of the center word given its context; Jh(u, h): as a function of v-hat."""
    c, n, ctx = point["c"], point["n"], point["ctx"]
    mean = given["context"] == "mean"

    def hidden(v: Array) -> Array:
        return v[ctx].mean(axis=0) if mean else v[ctx].sum(axis=0)

    def loss(u: Array, h: Array) -> Any:
        return nll(u, h, c) if given["pair_loss"] == "softmax" else neg(u, h, c, n)

    vhat = hidden(point["v"])
    new = _predicting(point, vhat, c)
    return {**new, "vhat": vhat, "Jh": loss, "J": lambda u, v: loss(u, hidden(v))}


def coincidences(point: Point) -> Iterator[str]:
    """Which of the words a point speaks of are one and the same."""
    if "i" in point:
        o, i, j = point["o"], point["i"], point["j"]
        yield from (name for name, holds in (("i=j", i == j), ("j=o", j == o)) if holds)
        return
    if "w" not in point:
        return
    o, w, n, ctx = point["o"], point["w"], point["n"], point["ctx"]
    held = {
        "w=o": w == o,
        "w=c": w == point["c"],
        "n=o": o in n,
        "w=n": w in n,
        "n repeats": len(set(n)) < len(n),
        "n_l repeats": int((n == n[point["l"]]).sum()) > 1,
        "context repeats": len(set(ctx)) < len(ctx),
        "c in context": point["c"] in ctx,
    }
    yield from (name for name, holds in held.items() if holds)
