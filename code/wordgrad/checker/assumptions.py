"""The reader's assumptions: which quantity of the book is meant, what is known of indices.

Every key has a default that depends on the target; the report prints all of them.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from difflib import get_close_matches
from functools import lru_cache

from wordgrad.calculus.sorts import NEG
from wordgrad.checker.targets import Target, free_target, target_of
from wordgrad.checker.trees import places
from wordgrad.checker.units import with_units
from wordgrad.derivations import ALL
from wordgrad.latex.syntax import IndexApply
from wordgrad.meaning.notation import Notation

ALLOWED: Mapping[str, tuple[str, ...]] = {
    "w": ("any", "o", "not o"),
    "pair_loss": ("softmax", "negative_sampling", "either"),
    "context": ("sum", "mean"),
    "negatives": ("any", "distinct"),
}
LAYOUTS = ("rows", "columns")
_ANY_LETTER = dict.fromkeys("abefghijpqrstxyz", NEG)


@dataclass(frozen=True)
class Reading:
    """A target under one choice of assumptions."""

    target: Target
    assuming: dict[str, str]


def readings(
    target: str, layout: str, assuming: Mapping[str, str] | None = None
) -> tuple[Reading, ...]:
    """The ways to read a target: one, or two if either pair loss will do.

    Raises
    ------
    ValueError
        If the target, the layout, a key or a value is unknown; the message says what is allowed.
    """
    given = dict(assuming or {})
    _validate(layout, given)
    return _readings(target, layout, tuple(sorted(given.items())))


@lru_cache(maxsize=256)
def _readings(
    target: str, layout: str, assuming: tuple[tuple[str, str], ...]
) -> tuple[Reading, ...]:
    given = dict(assuming)
    if not target:
        own = free_target()
        known = with_units(own.notation)
        turned = known.with_columns() if layout == "columns" else known
        return (Reading(replace(own, notation=turned), given),)
    base = target_of(target)
    defaults = _defaults(base)
    chosen = {key: given.get(key, value) for key, value in defaults.items()}
    losses = (
        ("softmax", "negative_sampling")
        if chosen["pair_loss"] == "either"
        else (chosen["pair_loss"],)
    )
    found = []
    for loss in losses:
        one = {**chosen, "pair_loss": loss}
        found.append(Reading(_resolved(base, one, layout), one))
    return tuple(found)


def _validate(layout: str, given: Mapping[str, str]) -> None:
    if layout not in LAYOUTS:
        raise ValueError(f"layout is {layout!r}; it must be 'rows' or 'columns'")
    for key, value in given.items():
        if key not in ALLOWED:
            near = get_close_matches(key, ALLOWED, 1)
            hint = f"; did you mean {near[0]!r}?" if near else ""
            raise ValueError(f"assuming has no key {key!r}; keys are {', '.join(ALLOWED)}{hint}")
        if value not in ALLOWED[key]:
            options = ", ".join(repr(option) for option in ALLOWED[key])
            raise ValueError(f"assuming {key}={value!r}; it must be one of {options}")


def _defaults(target: Target) -> dict[str, str]:
    """What the book's derivation assumes."""
    assumptions = target.notation.assumptions
    w = "o" if assumptions.equal else "not o" if assumptions.distinct else "any"
    return {
        "w": "any" if any("c" in pair for pair in assumptions.distinct) else w,
        "pair_loss": "negative_sampling" if _is_negative(target.id) else "softmax",
        "context": "mean" if "_mean_" in target.id else "sum",
        "negatives": "distinct" if "n" in assumptions.injective or assumptions.avoiding else "any",
    }


def _is_negative(name: str) -> bool:
    return name.startswith("neg_") or "_neg_" in name


def _resolved(base: Target, chosen: Mapping[str, str], layout: str) -> Target:
    """The target of the family (window, cbow) that fits, with the assumptions on indices."""
    target = target_of(_member(base.id, chosen))
    notation = _with_indices(target, chosen)
    if _is_about_negatives(target):
        notation = replace(notation, usual={**_ANY_LETTER, **notation.usual})
    notation = with_units(notation)
    if layout == "columns":
        notation = notation.with_columns()
    return replace(target, notation=notation)


def _is_about_negatives(target: Target) -> bool:
    """By the vector of a negative sample: then `u_j` is read as `u_{n_j}`, whatever the letter."""
    stated = places(target.forms[0].tree)
    return any(isinstance(p.node, IndexApply) and p.node.function == "n" for p in stated)


def _member(name: str, chosen: Mapping[str, str]) -> str:
    family, _, rest = name.partition("_")
    if family not in ("window", "cbow"):
        return name
    for part in ("mean_", "neg_"):
        rest = rest.removeprefix(part)
    mean = "mean_" if family == "cbow" and chosen["context"] == "mean" else ""
    negative = "neg_" if chosen["pair_loss"] == "negative_sampling" else ""
    member = f"{family}_{mean}{negative}{rest}"
    return member if member in ALL else name


def _with_indices(target: Target, chosen: Mapping[str, str]) -> Notation:
    notation = target.notation
    before = notation.assumptions
    about_c = tuple(pair for pair in before.distinct if "c" in pair)
    distinct = ((("w", "o"),) if chosen["w"] == "not o" else ()) + about_c
    functions = notation.index_functions
    separate = chosen["negatives"] == "distinct" and "n" in functions
    positive_word = "c" if target.id.startswith("cbow") else "o"
    return notation.assuming(
        equal=(("w", "o"),) if chosen["w"] == "o" else (),
        distinct=distinct,
        injective=tuple(dict.fromkeys((*_without_n(before.injective), *(("n",) * separate)))),
        avoiding=(("n", positive_word),) if separate else (),
    )


def _without_n(names: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(name for name in names if name != "n")
