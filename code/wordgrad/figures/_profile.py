"""Where the interpreter spends the time of a call: shares of functions, and how many calls."""

import cProfile
import pstats
from collections.abc import Callable
from dataclasses import dataclass

__all__ = ["Profile", "profile"]


@dataclass(frozen=True)
class Profile:
    """What a profiler saw.

    Parameters
    ----------
    shares : dict
        Name of a function -> share of the time spent in it, without the functions it calls; the
        largest first.
    calls : float
        Calls of functions for each item of work.
    """

    shares: dict[str, float]
    calls: float

    def __str__(self) -> str:
        lines = [f"{share:4.0%}  {name}" for name, share in self.shares.items()]
        return "\n".join([*lines, f"{self.calls:,.1f} calls of functions a word"])


def profile(call: Callable[[], object], n_items: int, most: int = 4) -> Profile:
    """Profile a call that works on `n_items` items; name the `most` functions that take longest.

    Examples
    --------
    >>> import math
    >>> found = profile(lambda: [math.sqrt(n) for n in range(1000)], 1000)
    >>> round(found.calls), "math.sqrt" in found.shares
    (1, True)
    """
    profiler = cProfile.Profile()
    profiler.runcall(call)
    found: dict[str, float] = {}
    calls = 0
    for (_, _, name), (_, n_calls, own_time, *_) in pstats.Stats(profiler).stats.items():  # type: ignore[attr-defined]
        found[_plain(name)] = found.get(_plain(name), 0.0) + own_time
        calls += n_calls
    total = sum(found.values())
    largest = sorted(found, key=lambda name: -found[name])[:most]
    return Profile({name: found[name] / total for name in largest}, calls / n_items)


def _plain(name: str) -> str:
    """Say a built-in function's name as a reader knows it.

    Examples
    --------
    >>> _plain("<method 'at' of 'numpy.ufunc' objects>")
    'numpy.ufunc.at'
    >>> _plain("<built-in method numpy.zeros>"), _plain("skipgram_step")
    ('numpy.zeros', 'skipgram_step')
    """
    if name.startswith("<method '"):
        _, method, _, owner, *_ = name.split("'")
        return f"{owner}.{method}"
    return name.removeprefix("<built-in method ").removesuffix(">")
