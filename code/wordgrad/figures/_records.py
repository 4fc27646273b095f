"""What was measured before the book was built: records with date, machine and versions."""

import json
from functools import cache
from pathlib import Path
from typing import Any

__all__ = ["record", "told"]

FOLDER = Path(__file__).with_name("records")


@cache
def record(name: str) -> dict[str, Any]:
    """Return a record by its name.

    A script in ``tests/benchmarks`` writes it there and here; here it travels with the package, so
    that a cell finds it in a reader's browser, too.

    Raises
    ------
    ValueError
        If there is none of that name.

    Examples
    --------
    >>> record("hyperparameters")["corpus"]["name"]
    'sotu'
    """
    path = FOLDER / f"{name}.json"
    if not path.exists():
        known = ", ".join(sorted(one.stem for one in FOLDER.glob("*.json")))
        raise ValueError(f"there is no record {name!r}; there are {known}")
    result: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return result


def told(name: str) -> str:
    """Say when, where and with what a record was measured, in short lines."""
    of = record(name)
    machine, versions = of["machine"], of["versions"]
    which = [f"{package} {version}" for package, version in versions.items() if version]
    lines = [", ".join(which[start : start + 3]) for start in range(0, len(which), 3)]
    when = (
        f"measured {of['date'][:10]} on {machine['cores']} cores ({machine['cpu']}), "
        f"load {machine['load']}"
    )
    return "\n".join([when, *lines])
