"""Every derivation of the book: a quantity, lines of LaTeX that it equals, a reason for each."""

from collections.abc import Mapping
from difflib import get_close_matches
from types import MappingProxyType

from wordgrad.derivations import (
    cbow,
    naive_softmax,
    negative_sampling,
    optimum,
    sigmoid,
    softmax,
    window,
)
from wordgrad.proof.derivation import Derivation

_CHAPTERS = (sigmoid, softmax, naive_softmax, negative_sampling, window, cbow, optimum)

ALL: Mapping[str, Derivation] = MappingProxyType(
    {chain.id: chain for chapter in _CHAPTERS for chain in chapter.DERIVATIONS}
)


def derivation(id: str) -> Derivation:
    """The derivation of that name.

    Parameters
    ----------
    id : str
        One of the keys of `ALL`.

    Returns
    -------
    Derivation

    Raises
    ------
    ValueError
        If there is none; the message names the nearest ids.

    Examples
    --------
    >>> derivation("naive_vc").result
    'U^\\\\top(\\\\hat y-y)'
    >>> derivation("naive_cv")
    Traceback (most recent call last):
    ...
    ValueError: no derivation is called 'naive_cv'; near to it: naive_vc, naive_U, naive_uw
    """
    if id in ALL:
        return ALL[id]
    near = get_close_matches(id, ALL, n=3, cutoff=0.4) or list(ALL)[:3]
    raise ValueError(f"no derivation is called {id!r}; near to it: {', '.join(near)}")


__all__ = ["ALL", "derivation"]
